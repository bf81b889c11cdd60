r"""What a text gives cannot be as it stands: two definitions of one name, a lone differential, a function misnamed."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts

THEOREM = "**Theorem:** Let $y$ be a number. Then\n\n$$ z = a_n $$\n\n"
TWICE = "where the posterior parameters are given by\n\n$$\n\\begin{split}\n%s\n\\end{split}\n$$\n"


def test_a_name_that_a_list_defines_twice(tmp_path):
    report = checked(tmp_path, THEOREM + TWICE % "a_n &= a_0 + n y \\\\\na_n &= a_0 + n x", "text.md")
    assert verdicts(report)[-2:] == ["given", "gap"]
    assert "something else" in steps_of(report)[-1].verdict.reason


@pytest.mark.parametrize(
    "text",
    [
        TWICE % "a_n &= a_0 + n y \\\\\nb_n &= b_0 + n x",
        TWICE % "a_n &= a_0 + n y \\\\\na_n &= n y + a_0",
        "The roots are given by\n\n$$\n\\begin{split}\nx &= a + b \\\\\nx &= a - c\n\\end{split}\n$$\n",
        "The two lines are given by\n\n$$\n\\begin{split}\ny &= a x + b \\\\\ny &= c x + d\n\\end{split}\n$$\n",
        "The update is given by\n\n$$\n\\begin{split}\nx &= a y + b \\\\\nx &= x + c\n\\end{split}\n$$\n",
    ],
)
def test_lists_in_which_a_name_has_one_value(tmp_path, text):
    assert not {"gap", "refuted"} & {*verdicts(checked(tmp_path, text, "text.md"))}


@pytest.mark.parametrize(
    ("formula", "word"),
    [
        (r"F(y) = f(y) \, \mathrm{d}y", "gap"),
        (r"G(x) + 1 = \frac{x}{2} \, \mathrm{d}x", "gap"),
        (r"\mathrm{d}F(y) = f(y) \, \mathrm{d}y", "given"),
        (r"F(y) = \int_0^y f(t) \, \mathrm{d}t", "given"),
        (r"Q = T \, \mathrm{d}S", "given"),
        (r"\Pr(Y \in A) = f(y) \, \mathrm{d}y", "given"),
        (r"F(y) \, \mathrm{d}y = 0", "given"),
    ],
)
def test_differentials_on_one_side(tmp_path, formula, word):
    report = checked(tmp_path, f"Let\n\n$$\n{formula}\n$$\n", "text.md")
    found = verdicts(report)[0]
    assert (found == "gap") is (word == "gap")
    assert word == "given" or "differential" in steps_of(report)[0].verdict.reason


@pytest.mark.parametrize(
    ("words", "formula", "word"),
    [
        ("The logistic function", r"\sigma(x) = \frac{1}{1 + e^{-x}}", "given"),
        ("The logistic function", r"\sigma(x) = \frac{1}{1 + e^{x}}", "gap"),
        ("The logistic function with steepness $k$", r"f(x) = \frac{1}{1 + e^{-kx}}", "given"),
        ("The sigmoid", r"s(z) = \frac{e^z}{e^z + 1}", "given"),
        ("The hyperbolic tangent", r"t(z) = \frac{e^{2z} - 1}{e^{2z} + 1}", "given"),
        ("The hyperbolic tangent", r"t(z) = \frac{e^{z} - 1}{e^{z} + 1}", "gap"),
        ("The softplus function", r"\zeta(u) = \ln (1 + e^{u})", "given"),
        ("The softplus function", r"\zeta(u) = \ln (1 + e^{-u})", "gap"),
        ("The beta function", r"B(a, b) = \frac{\Gamma(a) \Gamma(b)}{\Gamma(a + b)}", "given"),
        ("The beta function", r"B(a, b) = \frac{\Gamma(a + b)}{\Gamma(a) \Gamma(b)}", "gap"),
        (
            "The multivariate gamma function",
            r"\Gamma_p(x) = \pi^{p(p-1)/4} \prod_{j=1}^p \Gamma\left(x - \frac{j-1}{2}\right)",
            "given",
        ),
        (
            "The multivariate gamma function",
            r"\Gamma_p(x) = \pi^{p(p-1)/4} \prod_{j=1}^k \Gamma\left(x - \frac{j-1}{2}\right)",
            "gap",
        ),
    ],
)
def test_functions_with_a_name(tmp_path, words, formula, word):
    report = checked(tmp_path, f"{words} is\n\n$$\n{formula}\n$$\n", "text.md")
    assert verdicts(report) == [word]
    assert word == "given" or "it is $" in steps_of(report)[0].verdict.reason
