"""Which relations of a text are inferences, by the words before them and by what was there before."""

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.writers.verdicts import name_of
from tests.documents.checking import checked, steps_of, verdicts


@pytest.mark.parametrize(
    ("words", "formula", "is_given"),
    [
        (r"The derivative with respect to $x$ is", r"\frac{d}{dx} x^2 = 2 x", False),
        (
            "With the mean of the distribution, this reads",
            r"\mathrm{Var}(X) = \mathrm{E}(X^2) - \mathrm{E}(X)^2",
            False,
        ),
        ("With the last equation, the variance becomes", r"\mathrm{Var}(2 X) = 4 \mathrm{Var}(X)", False),
        (
            "The law of total probability states that, for two events, we have",
            r"p(A \cup B) = p(A) + p(B) - p(A \cap B)",
            True,
        ),
        ("We shall suppose that the statement holds for $n$", r"p(\bigcup_{i=1}^n A_i) \leq \sum_{i=1}^n p(A_i)", True),
        ("Using this, we then have", r"p(A \cup B) = p(A) + p(B)", False),
        ("If we assume that, we have", r"\mathrm{Var}(2 X) = 4 \mathrm{Var}(X)", False),
        ("with", "a = 2 b", True),
        ("where", r"\mathrm{RSS}(b) = (y - b)^2", True),
        ("The likelihood function is given by", r"f(x) = e^{-x}", True),
        (r"For $n = 1$, it is obviously true that", r"P(A_1) \leq P(A_1)", False),
        (r"The inequality states that", r"P(|X - m| \geq k) \leq \frac{v}{k^2}", True),
        (r"Applying this to the mean, we have", r"P(|X - m| \geq k) \leq \frac{v}{k^2}", False),
        (r"Because $y$ is constant within the set $V$, it can be moved out:", r"y \int_V f = \int_V y f", False),
    ],
)
def test_the_words_before_a_display_decide(tmp_path, words, formula, is_given):
    (step,) = steps_of(checked(tmp_path, f"{words}\n\n$$ {formula} $$\n", "text.md"))
    assert (name_of(step.verdict) == "given") is is_given


def test_a_name_that_the_display_has_already_is_not_defined_by_its_last_row(tmp_path):
    rows = r"v &= \frac{2 q}{a} \\ &= \frac{4 q}{2 a} \\ q &= \frac{a v}{2}"
    text = f"If we define $q = b + 1$, we have\n\\begin{{align}}\n{rows}\n\\end{{align}}\n"
    assert [name_of(step.verdict) for step in steps_of(checked(tmp_path, text))] == ["given", "proved", "proved"]


def test_the_number_of_terms_is_no_random_variable(tmp_path):
    text = (
        r"Let $X_1, \ldots, X_n$ be random variables, with $\bar{X} = \frac{1}{n} \sum_{i=1}^n X_i$. We get"
        "\n\n"
        r"$$ \mathrm{E}(\bar{X}) = \mathrm{E}\left( \frac{1}{n} \sum_{i=1}^n X_i \right)"
        r" = \frac{1}{n} \sum_{i=1}^n \mathrm{E}(X_i) $$"
    )
    assert {name_of(step.verdict) for step in steps_of(checked(tmp_path, text, "text.md"))} == {"proved"}


def test_a_definition_goes_on_over_the_names_of_functions(tmp_path: Path) -> None:
    text = "Define the mappings as\n$$ Y = g(X) = X + c \\quad \\Leftrightarrow \\quad X = g^{-1}(Y) = Y - c $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given"] * 4


def test_the_value_of_a_known_function_is_an_inference(tmp_path: Path) -> None:
    text = "We define\n$$ L = f(x) = x^2 + 1 $$\nThen\n$$ f(2) = 5 $$\n$$ f(3) = 11 $$\n"
    found = verdicts(checked(tmp_path, text, "text.md"))
    assert found[:3] == ["given", "given", "proved"]
    assert found[3] in ("refuted", "gap")


def test_nothing_rests_on_what_contradicts_a_definition(tmp_path: Path) -> None:
    text = "We define\n$$ f(x) = x^2 + 1 $$\nThen we get\n$$ f(x) = x^2 + 2 $$\n$$ f(2) = 6 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("given", "proved")


def test_the_first_value_of_a_recursion_is_given(tmp_path: Path) -> None:
    text = "The sequence is defined by\n$$ f(0) = 1 $$\n$$ f(n + 1) = 2 f(n) $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", "given"]


def test_a_distribution_that_follows_from_another_is_not_given(tmp_path):
    text = "We have\n\n$$\nz \\sim \\mathcal{N}(0, A A^\\top) \\sim \\mathcal{N}(0, B) .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", "unknown"]


@pytest.mark.parametrize(
    "words", ["it follows that", "This results in the distribution", "we can apply the theorem to give"]
)
def test_a_distribution_that_follows_is_not_given(tmp_path, words):
    text = "Let\n\n$$\nX \\sim \\mathcal{N}(0, 1) .\n$$\n\nWith $Y = 2 X$, "
    text += f"{words}\n\n$$\nY \\sim \\mathcal{{N}}(0, 4) .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", "proved"]
    assert verdicts(checked(tmp_path, text.replace("(0, 4)", "(0, 2)"), "text.md"))[-1] not in ("given", "proved")


def test_the_derivative_of_what_is_known_is_inferred(tmp_path):
    text = "The loss $L = -\\sum_i y_i \\ln p_i$ with $\\sum_i y_i = 1$ has the gradient\n\n$$\n"
    text += "\\frac{\\partial L}{\\partial p_k} = %s .\n$$\n"
    assert verdicts(checked(tmp_path, text % r"-\frac{y_k}{p_k}", "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text % r"\frac{y_k}{p_k}", "text.md"))[0] in ("gap", "refuted")


AT_ANOTHER = r"""Let

$$ T(\theta) = \theta^2 $$

Then

$$ %s $$
"""


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"T(\theta_1) = \theta_1^2", "proved"),
        (r"T(\theta_1) = \theta_2^2", "gap"),
        (r"T(\lambda) = \lambda^3", "given"),
    ],
)
def test_a_function_at_another_of_its_names_is_no_new_one(tmp_path, formula, expected):
    assert verdicts(checked(tmp_path, AT_ANOTHER % formula, "text.md"))[-1] == expected


@pytest.mark.parametrize("apart", [r", \quad ", r" \quad \text{and} \quad ", ", ", r",\; "])
@pytest.mark.parametrize("left", ["(a + b)^2", r"\left( a + b \right)^2", "[a + b]^2", "a^2 + 2 a b", r"\frac{a}{b}"])
def test_an_equation_beside_another_is_no_condition(tmp_path, apart, left):
    text = f"It follows that\n\n$$\n1 + 1 = 2{apart}{left} = a^2 - 1\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("refuted", "gap")


def test_what_setting_a_derivative_to_zero_leads_to_is_an_inference(tmp_path: Path) -> None:
    rows = r"\frac{d}{dm} f(m) &= 0 \\ 0 &= 2 (m - a) \\ m &= %s"
    text = "Let $f(m) = (m - a)^2$. Setting its derivative to zero gives\n\\begin{align}\n%s\n\\end{align}\n"
    assert verdicts(checked(tmp_path, text % (rows % "a"))) == ["given", "proved", "proved"]
    assert verdicts(checked(tmp_path, text % (rows % "2 a")))[-1] == "gap"


def test_a_restated_value_under_a_condition_is_an_inference(tmp_path: Path) -> None:
    text = "We have\n\n$$ f(x) = x^a $$\n\nConsider its values. 1) If $a = 1$, then\n\n$$ f(x) = %s $$\n"
    assert verdicts(checked(tmp_path, text % "x", "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text % "2 x", "text.md"))[-1] not in ("given", "proved")


def test_of_two_equations_that_define_each_other_the_first_one_defines(tmp_path: Path) -> None:
    text = "Let $z = (x - m)/s$, so that $x = m + s z$. Then\n\n$$ \\frac{dz}{dx} = \\frac{1}{s} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved"]


def test_numbers_say_nothing_new_of_what_is_made_of_a_name(tmp_path):
    text = "Assume $w = 4$ and derive a contradiction.\n\nHence\n\n$$\nw + w = w + w = 4 + 4\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved", "gap"]


def test_a_sum_under_a_condition_is_no_new_name(tmp_path):
    text = "Let $a_1, \\ldots, a_n$ be numbers. Hence\n\n$$\n{0} = {0} = n - 1\n$$\n"
    report = checked(tmp_path, text.format(r"\sum_{i=1}^n \sum_{j : j \neq i} 1"), "text.md")
    assert verdicts(report)[-1] == "gap"


@pytest.mark.parametrize("words", ["Hence", "Therefore, for all $c$,", "It follows that"])
def test_what_prose_says_a_function_to_be_is_not_defined_again_by_what_follows(tmp_path, words):
    text = f"Let $f(c) = a - 2 b c + c^2$. {words}\n\n$$ f(c) = a - b^2 + @ $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", "(c - b)^2"), "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text.replace("@", "c"), "more.md")) == ["gap"]


def test_a_function_may_be_said_to_be_another_one_later(tmp_path):
    text = "Let $f(c) = a - c$. The second model is\n\n$$ f(c) = a + c $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given"]


def test_a_likelihood_of_data_that_are_listed_is_given(tmp_path):
    text = "Let $y = \\{y_1, \\ldots, y_n\\}$ with $\\lambda = 2 c$. The density is\n\n"
    text += "$$ p(y_i \\mid \\lambda) = \\lambda e^{-\\lambda y_i} . $$\n\nThe likelihood is\n\n"
    text += "$$ p(y \\mid \\lambda) = \\prod_{i=1}^n p(y_i \\mid \\lambda) . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "given"
