r"""`\int f(x) dx = F(x)` says that f is the derivative of F."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

TEXT = r"""**Proof:** Using the antiderivative, we have

$$
\int %s \, \mathrm{d}x = %s
$$
"""


@pytest.mark.parametrize(
    ("integrand", "primitive"),
    [
        (r"x \, \exp(-a x)", r"\left( - \frac{1}{a} x - \frac{1}{a^2} \right) \exp(-a x)"),
        (r"3 x^2", r"x^3"),
        (r"x", r"\frac{1}{2} x^2 + c"),
        (r"\frac{1}{x}", r"\ln x"),
    ],
)
def test_an_antiderivative_is_proved(tmp_path, integrand, primitive):
    assert verdicts(checked(tmp_path, TEXT % (integrand, primitive), "text.md")) == ["proved"]


@pytest.mark.parametrize(
    ("integrand", "primitive"),
    [
        (r"x \, \exp(-a x)", r"\left( - \frac{1}{a} x + \frac{1}{a^2} \right) \exp(-a x)"),
        (r"3 x^2", r"x^4"),
        (r"x", r"x^2 + c"),
        (r"\exp(x)", r"\exp(2 x)"),
    ],
)
def test_a_wrong_one_is_told(tmp_path, integrand, primitive):
    assert verdicts(checked(tmp_path, TEXT % (integrand, primitive), "text.md"))[0] in ("gap", "refuted")


def test_where_the_variable_is_bound_it_is_no_antiderivative(tmp_path):
    assert verdicts(checked(tmp_path, TEXT % ("p(x)", "1"), "text.md")) != ["proved"]
