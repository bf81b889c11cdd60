r"""What writers leave to convention: Euler's number, powers of matrices, bases and arguments of logarithms."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts


def verdict(tmp_path, text):
    return verdicts(checked(tmp_path, text, "text.md"))[-1]


def test_e_in_a_logarithm_is_eulers_number(tmp_path):
    text = "Let $s > 0$. Then\n\n$$\n\\ln(2 \\pi s) + %s = \\ln(2 \\pi s e) .\n$$\n"
    assert verdict(tmp_path, text % "1") == "proved"
    assert verdict(tmp_path, text % "2") in ("gap", "refuted")


@pytest.mark.parametrize("said", ["We set $e = y - x$.", "Let $a = e + 1$.", "Let $a = 2 e$."])
def test_another_e_is_none(tmp_path, said):
    text = f"Let $s > 0$. {said} Then\n\n$$\n\\ln(s) + 1 = \\ln(s e) .\n$$\n"
    assert verdict(tmp_path, text) not in ("given", "proved")


@pytest.mark.parametrize(
    ("value", "expected"), [("e - 1", "proved"), (r"\frac{e^2 - e}{e}", "proved"), ("e + 1", "gap")]
)
def test_e_is_eulers_number_where_a_side_names_nothing_else(tmp_path, value, expected):
    assert verdict(tmp_path, f"We have\n\n$$ \\int_0^1 e^u du = {value} $$\n") == expected


def test_the_e_of_which_a_text_speaks_is_none(tmp_path):
    assert verdict(tmp_path, "For the error $e$ we have\n\n$$ \\int_0^1 e^u du = e - 1 $$\n") != "proved"


def test_the_square_of_a_matrix_is_a_product(tmp_path):
    text = "Let $X$ be an $n \\times p$ matrix and\n\n$$\nP = X (X^\\mathrm{T} X)^{-1} X^\\mathrm{T} .\n$$\n\n"
    text += "Then\n\n$$\n%s .\n$$\n"
    assert verdict(tmp_path, text % "P^2 = P") == "proved"
    assert verdict(tmp_path, text % "(I_n - P)^2 = I_n - P") == "proved"
    assert verdict(tmp_path, text % "(I_n - P)^2 = I_n + P") in ("gap", "refuted")


def test_information_has_units_greater_than_one(tmp_path):
    text = "Let $X$ be a discrete random variable. We have\n\n$$\n0 \\leq p(x) \\leq 1\n$$\n\n"
    text += "and therefore\n\n$$\n%s\n$$\n"
    assert verdict(tmp_path, text % r"\log_b p(x) \leq 0 .") == "proved"
    assert verdict(tmp_path, text % r"\log_b p(x) \geq 0 .") not in ("given", "proved")


def test_a_sum_behind_a_bracketed_argument_is_a_factor(tmp_path):
    text = "Let $a > 0$. Then\n\n$$\n\\sum_{i=1}^n y_i \\log(a) = \\log(a) \\sum_{i=1}^n y_i .\n$$\n"
    assert verdict(tmp_path, text) == "proved"


def test_what_the_text_says_of_two_values_is_put_in(tmp_path):
    text = r"""The posterior probabilities for $y = 1$ and $y = 0$ are given by

$$
\begin{split}
p(y=1|x) &= \frac{p(x|y=1) p(y=1)}{p(x)} \\
p(y=0|x) &= \frac{p(x|y=0) p(y=0)}{p(x)} .
\end{split}
$$

Taking the ratio, we have

$$
\frac{p(y=1|x)}{p(y=0|x)} = \frac{p(x|y=1) %s}{p(x|y=0) p(y=0)} .
$$
"""
    assert verdict(tmp_path, text % "p(y=1)") == "proved"
    assert verdict(tmp_path, text % "p(y=0)") not in ("given", "proved")


SQUARES = r"""Let $\sigma > 0$ and

$$
L(\mu, \sigma^2) = -\frac{n}{2} \ln \sigma^2 - \frac{S}{2\sigma^2} .
$$

Then

$$
%s .
$$
"""


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (r"\frac{\partial L(\mu, \sigma^2)}{\partial \sigma^2}", r"-\frac{n}{2\sigma^2} + \frac{S}{2\sigma^4}",
         r"-\frac{n}{\sigma} + \frac{S}{\sigma^3}"),
        (r"\frac{\partial^2 L(\mu, \sigma^2)}{\partial (\sigma^2)^2}", r"\frac{n}{2\sigma^4} - \frac{S}{\sigma^6}",
         r"\frac{n}{\sigma^2} - \frac{S}{\sigma^6}"),
        (r"\frac{\mathrm{d} L(\hat\mu, \hat\sigma^2)}{\mathrm{d}\sigma^2}",
         r"-\frac{n}{2\hat\sigma^2} + \frac{S}{2\hat\sigma^4}", r"-\frac{n}{\hat\sigma^2} + \frac{S}{2\hat\sigma^4}"),
    ],
)  # fmt: skip
def test_a_variance_is_a_variable(tmp_path, left, right, wrong):
    assert verdict(tmp_path, SQUARES % f"{left} = {right}") == "proved"
    assert verdict(tmp_path, SQUARES % f"{left} = {wrong}") in ("gap", "refuted")
