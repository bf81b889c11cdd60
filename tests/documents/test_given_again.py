"""Which relations of a chain or a proof are given: what says what a name is, and what was given before."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

REGRESSION = r"""Assume the model

$$
y_i = a + b x_i + e_i, \; e_i \sim \mathcal{N}(0, s^2), \; i = 1, \ldots, n .
$$

The sum of squared residuals is

$$
R(a, b) = \sum_{i=1}^n r_i^2 = \sum_{i=1}^n (y_i - a - b x_i)^2 .
$$

Its derivatives are

$$
\begin{split}
\frac{\partial R(a, b)}{\partial a} &= -2 \sum_{i=1}^n (y_i - a - b x_i) \\
\frac{\partial R(a, b)}{\partial b} &= %s
\end{split}
$$
"""


def test_a_chain_says_what_a_new_name_in_it_is(tmp_path):
    right = r"-2 \sum_{i=1}^n x_i (y_i - a - b x_i)"
    assert verdicts(checked(tmp_path, REGRESSION % right, "text.md"))[3:] == ["given", "given", "proved", "proved"]
    wrong = right.replace("-2", "2")
    assert verdicts(checked(tmp_path, REGRESSION % wrong, "text.md"))[-1] in ("gap", "refuted")


@pytest.mark.parametrize("step", ["(a + b)^2 = a^2 + b^2 + c", "a^2 = b^2", "f(x) = (x + 1)^2 = x^2 + 1"])
def test_a_chain_of_known_names_is_inferred(tmp_path, step):
    text = f"Let $a = 1$ and $b = 2$. Then\n\n$$\n{step} .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("given", "proved")


def test_what_was_given_is_given_again(tmp_path):
    text = (
        "The risk is defined as\n\n$$\n\\mathrm{R}(h) = \\mathrm{E}[(h - Y)^2] .\n$$\n\nThis can be written as\n\n$$\n"
    )
    text += "\\begin{split}\n\\mathrm{R}(h) &= \\mathrm{E}[(h - Y)^2] \\\\\n&= %s\n\\end{split}\n$$\n"
    right = r"h^2 - 2 h \, \mathrm{E}[Y] + \mathrm{E}[Y^2]"
    assert verdicts(checked(tmp_path, text % right, "text.md")) == ["given", "given", "proved"]
    assert verdicts(checked(tmp_path, text % right.replace("-", "+"), "text.md"))[-1] in ("gap", "refuted")


def test_the_mean_of_a_defined_name_is_inferred(tmp_path):
    text = r"""Let

$$
m = \frac{1}{n} \sum_{i=1}^n X_i .
$$

The expectation of $m$ is given by

$$
\mathrm{E}[m] = \mathrm{E}\left[ %s \right] = \frac{1}{n} \sum_{i=1}^n \mathrm{E}[X_i] .
$$
"""
    assert verdicts(checked(tmp_path, text % r"\frac{1}{n} \sum_{i=1}^n X_i", "text.md")) == [
        "given",
        "proved",
        "proved",
    ]
    assert verdicts(checked(tmp_path, text % r"\sum_{i=1}^n X_i", "text.md"))[1] not in ("given", "proved")


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [("a - 1", "b - 2", "proved"), ("a - 1", "b - 3", "told"), ("a + 1", "b - 2", "told")],
)
def test_each_derivative_that_is_set_to_zero_is_one(tmp_path, first, second, verdict):
    text = "Let\n\n$$\nL(a, b) = (a - 1)^2 + (b - 2)^2 .\n$$\n\nSetting both derivatives to zero gives\n\n$$\n"
    text += f"\\begin{{split}}\n0 &= 2 ({first}) \\\\\n0 &= 2 ({second}) .\n\\end{{split}}\n$$\n"
    found = verdicts(checked(tmp_path, text, "text.md"))[1:]
    assert (found == ["proved", "proved"]) is (verdict == "proved")
    assert any(word in ("gap", "refuted") for word in found) is (verdict == "told")


def test_a_cited_chain_is_what_its_left_side_came_to(tmp_path):
    text = r"""We note that

$$ \label{eq:sum}
\begin{split}
(a + b)^2 + c &= (a + b)(a + b) + c \\
&= a^2 + a b + b a + b^2 + c \\
&= a^2 + 2 a b + b^2 + c .
\end{split}
$$

Let $t = \sin(u)$. With \eqref{eq:sum}, we get

$$
\ln\left((a + b)^2 + c\right) = \ln\left(%s\right) .
$$
"""
    assert verdicts(checked(tmp_path, text % "a^2 + 2 a b + b^2 + c", "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text % "a^2 + 2 a b + b^2 - c", "text.md"))[-1] in ("gap", "refuted")


def test_what_remains_to_be_said_of_a_name_is_a_definition(tmp_path):
    text = "Completing the square, we have\n\n$$\nx^2 + 2 x = (x + 1)^2 + r\n$$\n\n"
    text += "with the remaining term\n\n$$\nr = %s .\n$$\n"
    assert verdicts(checked(tmp_path, text % "-1", "text.md")) == ["proved", "given"]
    assert verdicts(checked(tmp_path, text % "1", "text.md"))[0] in ("gap", "refuted")


REDEFINED = """We define

$$ f(x) = x^2 $$

and later AGAIN

$$ f(x) = x^3 $$

Then

$$ f(2) = VALUE $$
"""


@pytest.mark.parametrize("again", ["let", "we redefine", "we now define", "set instead"])
def test_what_is_defined_again_is_no_longer_what_it_was(tmp_path, again):
    text = REDEFINED.replace("AGAIN", again)
    assert verdicts(checked(tmp_path, text.replace("VALUE", "4"), "text.md"))[-1] != "proved"
    assert verdicts(checked(tmp_path, text.replace("VALUE", "8"), "text.md"))[1] == "given"
    assert verdicts(checked(tmp_path, text.replace("f(2) = VALUE", "x^2 = x^3"), "text.md"))[-1] != "proved"
