"""Inequalities that follow from assumed ones with weights: what is proved by them, and what is not."""

from __future__ import annotations

import pytest

from symderiv.check import Options, check_paths
from symderiv.kernel.replay import replay_proof
from symderiv.language.encode import encode
from symderiv.language.script import at_least, at_most, greater
from symderiv.language.written import scalars
from symderiv.model.statement import Context, Statement
from symderiv.search import ProofFound, Question, search
from symderiv.writers.verdicts import name_of

x, y, u, v, c = scalars("x y u v c")


def test_the_proof_replays_and_names_its_rule():
    context = Context((at_most(x, y), at_least(u, 0), at_most(u, v)))
    found = search(Question(encode(Statement(at_most(u * x + c * c * u, u * y + c * c * v), context))))
    assert isinstance(found, ProofFound)
    assert found.rules == ("order.weighted",)
    assert found.conditions == ()
    replay_proof(found.goal, found.proof)


@pytest.mark.parametrize(("weight", "found"), [(u * v, True), (c, False)], ids=["its weight", "another"])
def test_what_an_assumption_divides_by_can_be_in_the_weight(weight, found):
    context = Context((at_least(v, 0), greater(u, 0), at_most(1 / u, y)))
    answer = search(Question(encode(Statement(at_most(v, weight * y), context))))
    assert isinstance(answer, ProofFound) is found


RANDOM = "Let $X$ and $Y$ be random variables with $X \\le Y$. Then\n\n"
SUMS = "Suppose that $a_i \\le b_i$ and $w_i \\ge 0$ for all $i$. Then\n\n"


@pytest.mark.parametrize(
    ("said", "rows"),
    [
        (
            RANDOM,
            [
                (r"E[X] \le E[Y]", "proved"),
                (r"E[2 X + 1] \le E[2 Y + 1]", "proved"),
                (r"E[Y] \le E[X]", "gap"),
                (r"E[X] < E[Y]", "gap"),
                (r"E[X^2] \le E[X Y]", "gap"),
            ],
        ),
        (
            SUMS,
            [
                (r"\sum_{i=1}^n w_i a_i \le \sum_{i=1}^n w_i b_i", "proved"),
                (r"\sum_{i=1}^n \sum_{j=1}^n w_i w_j a_i \le \sum_{i=1}^n \sum_{j=1}^n w_i w_j b_i", "proved"),
                (r"\sum_{i=1}^n w_i b_i \le \sum_{i=1}^n w_i a_i", "gap"),
                (r"\sum_{i=1}^n a_i \le \sum_{i=1}^n a_i b_i", "gap"),
            ],
        ),
        (SUMS.replace(r" and $w_i \ge 0$", ""), [(r"\sum_{i=1}^n w_i a_i \le \sum_{i=1}^n w_i b_i", "gap")]),
    ],
    ids=["means", "sums", "weights of either sign"],
)
def test_inequalities_are_summed_with_weights_that_are_not_negative(tmp_path, said, rows):
    path = tmp_path / "text.md"
    path.write_text(said + "\n\nThen\n\n".join(f"$$ {formula} . $$" for formula, _ in rows) + "\n", encoding="utf-8")
    report = check_paths([path], Options(jobs=1, cache=False)).files[0]
    found = [name_of(step.verdict) for derivation in report.derivations for step in derivation.steps]
    # What is proved above is known below: a wrong row follows from none of them.
    assert found == [verdict for _, verdict in rows]
