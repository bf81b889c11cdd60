"""Forms of words in which texts about machine learning say what their names are."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

SIGMOID = r"""The sigmoid is $\sigma(z) = \frac{1}{1 + e^{-z}}$.

The loss for one example with label $y$ and $\hat{y} = \sigma(z)$, $z = w x + b$, is

$$ L = - y \log \hat{y} - (1 - y) \log (1 - \hat{y}) $$

Hence

$$ \frac{\partial L}{\partial z} = \frac{\partial L}{\partial \hat{y}} \frac{\partial \hat{y}}{\partial z} = @ $$
"""


def test_a_thing_with_what_it_has_is_no_condition(tmp_path):
    assert verdicts(checked(tmp_path, SIGMOID.replace("@", r"\hat{y} - y"), "text.md")) == ["given", "proved", "proved"]
    assert verdicts(checked(tmp_path, SIGMOID.replace("@", r"y - \hat{y}"), "more.md"))[-1] in ("gap", "refuted")


@pytest.mark.parametrize(
    "words", ["For one case with $a = b$ we have", "For each choice with $c = a b$ and $a = b$ we get"]
)
def test_a_case_with_what_holds_in_it_is_one(tmp_path, words):
    text = f"{words}\n\n$$ a^2 = a b $$\n\nIn general,\n\n$$ a^2 = a b $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("gap", "refuted")


CONSTRAINED = r"""We maximise the variance $u^\top S u$ subject to $u^\top u = 1$, where $S$ is a symmetric matrix. The
Lagrangian is

$$ L(u, \lambda) = u^\top S u + \lambda (1 - u^\top u) $$

Its gradient is

$$ \nabla_u L = 2 S u - 2 \lambda u $$

Setting it to zero, we obtain

$$ S u = \lambda u $$

so that

$$ u^\top S u = \lambda u^\top u = @ $$
"""


def test_a_constraint_holds_for_the_solution(tmp_path):
    report = checked(tmp_path, CONSTRAINED.replace("@", r"\lambda"), "text.md")
    assert verdicts(report) == ["given", "proved", "proved", "proved", "proved"]
    assert verdicts(checked(tmp_path, CONSTRAINED.replace("@", r"2 \lambda"), "more.md"))[-1] in ("gap", "refuted")


def test_a_constraint_does_not_hold_of_the_problem(tmp_path):
    text = CONSTRAINED.split("Setting", maxsplit=1)[0] + "Moreover,\n\n$$ L(u, \\lambda) = u^\\top S u $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


PROBLEM = "We @ $x y$ subject to $x + y = {}$. Setting the derivative to zero,\n\n$$ x + y = {} $$\n\n"


@pytest.mark.parametrize(
    "next_problem",
    [
        PROBLEM.format(2, 2).replace("@", "now minimise"),
        "We now minimise $x y$ without a constraint. Setting the derivative to zero,\n\n$$ x = y $$\n\n",
    ],
)
def test_a_constraint_ends_with_its_problem(tmp_path, next_problem):
    text = PROBLEM.format(1, 1).replace("@", "maximise") + next_problem + "Hence\n\n$$ x y + x + y = x y + 1 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"
    text = PROBLEM.format(1, 1).replace("@", "maximise") + "Hence\n\n$$ x y + x + y = x y + 1 $$\n"
    assert verdicts(checked(tmp_path, text, "more.md"))[-1] == "proved"


@pytest.mark.parametrize(
    ("said", "formula", "expected"),
    [
        (r"Let $p_1, \ldots, p_n$ be a probability distribution. Then", r"\sum_{i=1}^n p_i^2 \leq 1", "proved"),
        (r"The entropy of $p_1, \ldots, p_n$ satisfies", r"- \sum_{i=1}^n p_i \log p_i \leq \log n", "proved"),
        (r"The entropy of the distribution $p_1, \dots, p_n$ is", r"- \sum_{i=1}^n p_i \log p_i \geq 0", "proved"),
        (r"Let $p_1, \ldots, p_n$ be a distribution. Then", r"\sum_{i=1}^n p_i^2 \leq \frac{1}{n}", "gap"),
        (r"Let $p_1, \ldots, p_n$ be the probabilities of $n$ events. Then", r"\sum_{i=1}^n p_i = 1", "gap"),
        (r"Let $p_1, \ldots, p_n$ be no distribution. Then", r"\sum_{i=1}^n p_i = 1", "gap"),
        (r"Let $p_1, \ldots, p_n$ be distributions. Then", r"\sum_{i=1}^n p_i = 1", "gap"),
    ],
)
def test_a_list_of_numbers_that_is_a_distribution(tmp_path, said, formula, expected):
    assert verdicts(checked(tmp_path, f"{said}\n\n$$ {formula} $$\n", "text.md")) == [expected]


@pytest.mark.parametrize("objective", [r"\sum_a \pi_\theta(a) r(a)", r"\mathbb{E}_{a \sim \pi_\theta}[r(a)]"])
def test_a_function_may_hide_its_parameter_in_a_policy(tmp_path, objective):
    text = f"The objective is $J(\\theta) = {objective}$. Its gradient is\n\n"
    right = text + "$$ \\nabla_\\theta J(\\theta) = \\nabla_\\theta \\sum_a \\pi_\\theta(a) r(a) $$\n"
    assert verdicts(checked(tmp_path, right, "text.md")) == ["proved"]
    other = text + "$$ J(\\phi) = \\sum_a \\pi_\\theta(a) r(a) $$\n"
    assert verdicts(checked(tmp_path, other, "more.md")) != ["proved"]


@pytest.mark.parametrize("letter", "abeostuvxz")
def test_what_a_symmetric_matrix_is_made_of_does_not_depend_on_a_letter(tmp_path, letter):
    text = f"Let $S$ be a symmetric matrix. Then\n\n$$ \\nabla_{letter} ({letter}^T S {letter}) = 2 S {letter} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved"]
