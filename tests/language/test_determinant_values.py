"""Determinants in counterexamples: those of matrices that have values are what they are."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from symderiv.check import Options, check_paths, prove_statement
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Model
from symderiv.kernel.terms import Entry, Index, Relation, Symbol, sum_over
from symderiv.model.verdict import Gap, Refuted
from symderiv.refuters.random_models import with_own_determinants
from symderiv.writers.verdicts import name_of

i, j = Index("i", "D"), Index("j", "D")
DET = r"\left|A\right|"
TABLE = {(0, 0): Fraction(1), (0, 1): Fraction(2), (1, 0): Fraction(3), (1, 1): Fraction(4)}


def goal_about(tensor):
    return Sequent(frozenset(), Relation("=", Symbol(DET), sum_over([i, j], Entry(tensor, (i, j)))))


@pytest.mark.parametrize(("tensor", "value"), [("A", Fraction(-2)), ("A^{-1}", Fraction(-1, 2)), ("B", Fraction(9))])
def test_a_determinant_has_the_value_that_the_entries_give_it(tensor, value):
    model = Model({"D": 2}, {DET: Fraction(9)}, {tensor: TABLE})
    found = with_own_determinants(model, goal_about(tensor))
    assert found is not None
    assert found.symbols[DET] == value


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        (r"\ln |A| + x^\mathrm{T} A^{-1} x = \ln |A^{-1}| + x^\mathrm{T} A^{-1} x", "refuted"),
        (r"|A| + \mathrm{tr}(A) = 2 \mathrm{tr}(A)", "refuted"),
        (r"|A|^2 = |A| \, |A^\mathrm{T}|", "proved"),
        (r"|A^{-1}| = \frac{1}{|A|}", "proved"),
        (r"|A + A^\mathrm{T}| = 2 |A|", "unknown"),
    ],
)
def test_what_is_said_of_determinants(statement, verdict):
    report = prove_statement(statement, ["let A be a matrix"], Options(jobs=1, cache=False))
    (step,) = report.files[0].derivations[0].steps
    assert name_of(step.verdict) == verdict


def test_the_density_of_a_precision_for_that_of_a_covariance_is_told(tmp_path: Path):
    path = tmp_path / "text.md"
    wrong = r"\sqrt{\frac{|P|}{(2 \pi)^n}} \exp\left( -\frac{1}{2} (y - m)^\mathrm{T} P (y - m) \right)"
    path.write_text(
        "Let $P$ be an $n \\times n$ matrix.\n\n"
        rf"$$ p(y) = \mathcal{{N}}(y; m, P) = {wrong} $$"
        "\n\n"
        rf"$$ q(y) = \mathcal{{N}}(y; m, P^{{-1}}) = {wrong} $$",
        encoding="utf-8",
    )
    verdicts = [
        s.verdict for d in check_paths([path], Options(jobs=1, cache=False)).files[0].derivations for s in d.steps
    ]
    assert isinstance(verdicts[1], Refuted | Gap)
    assert name_of(verdicts[3]) == "proved"
