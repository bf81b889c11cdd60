"""What has several readings has a verdict where it is the same in all of them, and else none."""

from __future__ import annotations

import pytest

from symderiv.check import Options, prove_statement
from symderiv.model.verdict import Gap, Proved, Refuted
from symderiv.writers.verdicts import name_of
from tests.documents.checking import checked, steps_of, verdicts

CASES = [
    ("2 a/3 b + c = c + 2 a/3 b", "proved", r"b \neq 0"),
    ("a/b c = 5 a/b c", "refuted", ""),
    ("2 a/3 b = 2 a b/3", "unread", ""),
    (r"\ln a b - \ln a b = 0", "proved", ""),
    (r"\ln a b = \ln a + \ln b", "unread", ""),
    (r"\ln a b = \ln a + 7", "refuted", ""),
    ("2^n! + 1 = 1 + 2^n!", "proved", ""),
    (r"a/b c + \ln a b = \ln a b + a/b c", "proved", ""),
    (r"\sum_{i=1}^n (x_i) y = y \sum_{i=1}^n x_i", "proved", ""),
]


@pytest.mark.parametrize(("statement", "verdict", "condition"), CASES)
def test_statements(statement, verdict, condition):
    (step,) = prove_statement(statement, [], Options(jobs=1, cache=False)).files[0].derivations[0].steps
    assert name_of(step.verdict) == verdict
    assert condition in "".join(getattr(step.verdict, "conditions", ()))


def test_documents(tmp_path):
    report = checked(tmp_path, "\n\nThus we get\n\n".join(f"$$ {s} $$" for s, _, _ in CASES) + "\n", "text.md")
    assert verdicts(report) == [verdict for _, verdict, _ in CASES]
    assert [d.code for d in report.diagnostics] == ["ambiguous"] * 2
    assert {d.span.line for d in report.diagnostics} == {9, 17}


def test_a_mistake_in_every_reading_has_no_repair(tmp_path):
    report = checked(tmp_path, "We get\n\n$$ a/b c = -a/b c $$\n", "text.md")
    (step,) = (step for derivation in report.derivations for step in derivation.steps)
    assert name_of(step.verdict) == "refuted"
    assert "in every reading" in step.verdict.reason
    assert not step.verdict.repair


@pytest.mark.parametrize(
    ("step", "condition"),
    [
        (r"\sum_x q(x) \frac{p(x)}{q(x)} f(x) = \sum_x p(x) f(x)", "q(x) > 0"),
        (r"\sum_i b_i \frac{a_i}{b_i} = \sum_i a_i", r"b_{i} \neq 0"),
        (r"\frac{t}{y} y = t", r"y \neq 0"),
    ],
)
def test_what_is_divided_by_is_meant_not_to_be_0_although_it_cancels(tmp_path, step, condition):
    verdict = steps_of(checked(tmp_path, f"We have\n\n$$\n{step}\n$$\n", "text.md"))[0].verdict
    assert isinstance(verdict, Proved)
    assert verdict.conditions == (condition,)


@pytest.mark.parametrize(
    "step",
    [
        r"\sum_x q(x) \frac{p(x)}{q(x)} f(x) = \sum_x q(x) f(x)",
        r"\sum_x q(x) \frac{p(x)}{q(x)} = \sum_x \frac{p(x)}{q(x)}",
        r"\sum_i b_i^2 \frac{a_i}{b_i} = \sum_i a_i",
    ],
)
def test_that_something_is_divided_by_makes_nothing_true(tmp_path, step):
    verdict = steps_of(checked(tmp_path, f"We have\n\n$$\n{step}\n$$\n", "text.md"))[0].verdict
    assert isinstance(verdict, Refuted | Gap)


OPEN = r"""Let $a > 0$. The likelihood is $L = \prod_{i=1}^n a^{x_i} @$. Hence

$$ L = @ \prod_{i=1}^n a^{x_i} $$
"""


@pytest.mark.parametrize(
    ("factor", "expected"), [(r"e^{-a}", "unread"), ("b", "unread"), (r"\cdot b", "proved"), ("p(a)", "proved")]
)
def test_a_product_may_take_what_stands_beside_it(tmp_path, factor, expected):
    """`\\prod_i a^{x_i} e^{-a}` is `e^{-a}` or `e^{-n a}` times the product, and no proof rests on one of them."""
    text = OPEN.replace("@$", f"{factor}$").replace("= @", "= " + factor.removeprefix(r"\cdot "))
    assert verdicts(checked(tmp_path, text, "text.md")) == [expected]


@pytest.mark.parametrize(
    ("right", "expected"),
    [(r"a^{x} e^{-a} \prod_{i=1}^n a^{x_i} e^{-a}", "proved"), (r"a^x \prod_{i=1}^n a^{x_i} e^{-a}", "gap")],
)
def test_a_product_that_is_the_same_on_both_sides(tmp_path, right, expected):
    left = r"a^x e^{-a} \prod_{i=1}^n a^{x_i} e^{-a}"
    text = f"Let $a > 0$. Then\n\n$$ {left} = {right} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == [expected]


def test_a_statement_with_an_open_product():
    for right, expected in (("c \\prod_{i=1}^n x_i", "unread"), (r"\prod_{i=1}^n x_i c", "proved")):
        report = prove_statement(
            rf"\prod_{{i=1}}^n x_i c = {right}", ["x_i > 0", "c > 0"], Options(jobs=1, cache=False)
        )
        assert [name_of(s.verdict) for s in report.files[0].derivations[0].steps] == [expected]
