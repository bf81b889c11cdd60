"""Where words set a derivative to zero, what they lead to is inferred from that; what is solved for is not refuted."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

RIDGE = r"""The objective is

$$
J(w) = (y - \Phi w)^\top (y - \Phi w) + \lambda w^\top w .
$$

Its gradient is

$$
%s J(w) = -2 \Phi^\top (y - \Phi w) + 2 \lambda w .
$$

Setting the gradient to zero we get

$$
%s
$$
"""


@pytest.mark.parametrize("nabla", [r"\nabla", r"\nabla_w"])
def test_a_gradient_that_is_set_to_zero(tmp_path, nabla):
    text = RIDGE % (nabla, r"(\Phi^\top \Phi + \lambda I) w = \Phi^\top y .")
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", "proved", "proved"]
    wrong = RIDGE % (nabla, r"(\Phi^\top \Phi - \lambda I) w = \Phi^\top y .")
    assert verdicts(checked(tmp_path, wrong, "text.md"))[-1] in ("gap", "refuted", "unknown")


def test_what_follows_goes_on_from_it(tmp_path):
    text = RIDGE % (r"\nabla", r"(\Phi^\top \Phi + \lambda I) w = \Phi^\top y")
    text += "\nand hence\n\n$$\nw = (\\Phi^\\top \\Phi + \\lambda I)^{-1} \\Phi^\\top y .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"


@pytest.mark.parametrize(
    ("before", "words", "right", "wrong"),
    [
        (r"\ell(\lambda) = n \ln \lambda - \lambda s", "Equating its derivative to zero yields",
         r"\lambda = \frac{n}{s}", r"\lambda = \frac{s}{n}"),
        (r"f(x) = x^2 - 4 x + c, \quad f'(x) = 2 x - 4", "Setting this to zero gives", "x = 2", "x = -2"),
        (r"\frac{\partial g}{\partial a} = 2 a + b - 3, \quad \frac{\partial g}{\partial b} = a + 4 b",
         "Setting the derivative with respect to $a$ to zero gives", "a = (3 - b)/2", "a = - 4 b"),
        (r"\frac{\partial g}{\partial a} = 2 a + b - 3, \quad \frac{\partial g}{\partial b} = a + 4 b",
         "Setting the derivative with respect to $b$ to zero gives", "a = - 4 b", "a = (3 - b)/2"),
    ],
)  # fmt: skip
def test_a_derivative_that_is_set_to_zero(tmp_path, before, words, right, wrong):
    text = f"We have\n\n$$\n{before} .\n$$\n\n{words}\n\n$$\n%s .\n$$\n"
    assert verdicts(checked(tmp_path, text % right, "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text % wrong, "text.md"))[-1] in ("gap", "refuted", "unknown")


def test_what_is_solved_for_without_a_derivative_that_was_read_is_given(tmp_path):
    text = "The loss of the model is minimal at\n\n$$\na = 2 b .\n$$\n\nIt follows that\n\n$$\na + b = %s .\n$$\n"
    assert verdicts(checked(tmp_path, text % "3 b", "text.md")) == ["given", "proved"]
    assert verdicts(checked(tmp_path, text % "2 b", "text.md"))[-1] in ("gap", "refuted")


def test_an_equation_with_zero_that_is_to_be_solved_is_given(tmp_path):
    text = r"""Let $N_k = \sum_{n=1}^N \gamma_{nk}$. The update of the means solves

$$
0 = \sum_{n=1}^N \gamma_{nk} (x_n - \mu_k)
$$

so that

$$
\mu_k = \frac{1}{N_k} \sum_{n=1}^N \gamma_{nk} %s .
$$
"""
    assert verdicts(checked(tmp_path, text % "x_n", "text.md")) == ["given", "proved"]
    assert verdicts(checked(tmp_path, text % r"\mu_n", "text.md"))[-1] != "proved"


@pytest.mark.parametrize(
    ("step", "verdict"),
    [("f'(x) = 3 x^2 + 2", "proved"), ("f'(x) = 3 x + 2", "gap"), ("f''(x) = 6 x", "proved"), ("f''(x) = 6", "gap")],
)
def test_a_prime_is_the_derivative_of_what_was_said(tmp_path, step, verdict):
    text = f"Let\n\n$$\nf(x) = x^3 + 2 x .\n$$\n\nThen\n\n$$\n{step} .\n$$\n"
    found = verdicts(checked(tmp_path, text, "text.md"))[-1]
    assert found == verdict or (verdict == "gap" and found in ("refuted", "unknown"))


def test_an_equation_with_denominators_is_solved(tmp_path):
    text = r"""Let

$$
f(d) = a \log d + b \log(1 - d) .
$$

Setting the derivative to zero gives

$$
d = %s .
$$
"""
    assert verdicts(checked(tmp_path, text % r"\frac{a}{a + b}", "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text % r"\frac{b}{a + b}", "text.md"))[-1] != "proved"


def test_a_constraint_holds_for_what_follows(tmp_path):
    text = "We maximise subject to $w^\\top w = 1$. We get\n\n$$\nl w^\\top w = l .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"


def test_a_solution_is_no_value_of_what_is_arbitrary(tmp_path):
    text = "Let\n\n$$\nf(x) = x^2 .\n$$\n\nSetting the derivative to zero gives\n\n$$\nx = 0 .\n$$\n\n"
    text += "For all $x$ we have\n\n$$\n%s .\n$$\n"
    assert verdicts(checked(tmp_path, text % "x^2 = 0", "text.md"))[-1] in ("gap", "refuted")
    assert verdicts(checked(tmp_path, text % r"f(x) = x \cdot x", "text.md"))[-1] == "proved"


def test_nothing_rests_on_a_derivative_that_is_wrong(tmp_path):
    text = "Let\n\n$$\nf(x) = x^2\n$$\n\nand\n\n$$\nf'(x) = 3 x .\n$$\n\nThen\n\n$$\nf'(2) = 6 .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


@pytest.mark.parametrize(
    ("words", "step"),
    [
        ("Setting $x$ to zero gives", "x = -1"),
        ("Setting $x = 0$ gives", "x = -1"),
        ("Setting this to zero gives", "x = -1"),
        ("We set the constant $c$ to zero and get", "x = -1"),
    ],
)
def test_what_is_no_derivative_is_not_differentiated(tmp_path, words, step):
    text = f"Let\n\n$$\nf(x) = x^2 + 2 x + c .\n$$\n\n{words}\n\n$$\n{step} .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


def test_what_was_said_last_can_be_set_to_zero(tmp_path):
    text = "Let\n\n$$\nf(x) = x - 2 .\n$$\n\nSetting this to zero gives\n\n$$\nx = %s .\n$$\n"
    assert verdicts(checked(tmp_path, text % "2", "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text % "5", "text.md"))[-1] != "proved"


def test_what_is_solved_wrongly_is_told(tmp_path):
    text = "Let $a$ satisfy\n\n$$\n2 a - 4 b = 0 .\n$$\n\nSolving for $a$ we obtain\n\n$$\na = %s .\n$$\n"
    assert verdicts(checked(tmp_path, text % "2 b", "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text % "3 b", "text.md"))[-1] in ("gap", "refuted")
