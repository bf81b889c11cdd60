"""Equations that are set up to be solved are given; what follows from them is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.checking import checked, verdicts

DERIVATIVE = "The log-likelihood has the derivative\n$$ D(\\lambda) = \\frac{n}{\\lambda} - s $$\n"


@pytest.mark.parametrize(
    "words",
    ["At the maximum we have", "The first-order condition reads", "We now calculate the root of the derivative:"],
)
def test_an_equation_with_zero_is_given_where_words_set_it_up(tmp_path: Path, words: str) -> None:
    text = f"{DERIVATIVE}{words}\n$$ 0 = \\frac{{n}}{{\\lambda}} - s $$\nand so\n$$ \\lambda = \\frac{{n}}{{s}} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", "given", "proved"]
    wrong = text.replace("\\frac{n}{s} $$", "\\frac{s}{n} $$")
    assert verdicts(checked(tmp_path, wrong, "text.md"))[-1] in ("refuted", "gap")


@pytest.mark.parametrize("words", ["Setting it to zero, we get", "We set the derivative equal to $0$ and obtain"])
def test_what_is_set_to_zero_is_the_derivative(tmp_path: Path, words: str) -> None:
    text = f"{DERIVATIVE}{words}\n$$ 0 = \\frac{{n}}{{\\lambda}} - s $$\nand so\n$$ \\lambda = \\frac{{n}}{{s}} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", "proved", "proved"]
    wrong = text.replace("- s $$\nand so", "+ s $$\nand so")
    assert verdicts(checked(tmp_path, wrong, "text.md"))[1] in ("refuted", "gap")


def test_without_such_words_it_is_to_be_shown(tmp_path: Path) -> None:
    text = f"{DERIVATIVE}Therefore\n$$ 0 = \\frac{{n}}{{\\lambda}} - s $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("refuted", "gap", "unknown")


def test_a_chain_goes_on_from_the_equation_that_is_solved(tmp_path: Path) -> None:
    text = (
        "The derivative is\n$$ f'(x) = \\frac{1}{\\sqrt{2 \\pi} \\sigma^3} (\\mu - x) e^{-x^2} $$\n"
        "We calculate its root:\n$$ f'(x) = 0 = \\frac{1}{\\sqrt{2 \\pi} \\sigma^3} (\\mu - x) e^{-x^2} \\\\\n"
        "0 = \\mu - x \\\\\nx = \\mu $$\n"
    )
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", "given", "proved", "proved", "proved"]
    wrong = text.replace("x = \\mu $$", "x = -\\mu $$")
    assert verdicts(checked(tmp_path, wrong, "text.md"))[-1] in ("refuted", "gap")


@pytest.mark.parametrize(
    ("words", "verdict"),
    [("For constants $a$ and $b$, we have", "proved"), ("Let $a$, $b$ be real numbers. We have", "proved")],
)
def test_no_expectation_averages_over_a_constant(tmp_path: Path, words: str, verdict: str) -> None:
    formula = "\\mathrm{Var}(aX + b) = \\mathrm{E}[a^2 (X - \\mathrm{E}(X))^2]"
    assert verdicts(checked(tmp_path, f"{words}\n$$ {formula} $$\n", "text.md")) == [verdict]
    assert verdicts(checked(tmp_path, f"We have\n$$ {formula} $$\n", "text.md")) != [verdict]


def test_what_a_chain_takes_out_of_an_expectation_is_a_constant_in_its_display(tmp_path: Path) -> None:
    text = (
        "We get\n\\begin{align}\n\\mathrm{E}(aX + b) &= a \\mathrm{E}(X) + b \\\\\n"
        "\\mathrm{Var}(aX + b) &= \\mathrm{E}[(aX - a \\mathrm{E}(X))^2]\n\\end{align}\n"
    )
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved", "proved"]


def test_a_property_of_a_moment_is_an_inference(tmp_path: Path) -> None:
    text = "Let $a$ be a constant and $X$ a random variable.\n$$ \\mathrm{E}(aX) = 2 a \\mathrm{E}(X) $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[0] in ("refuted", "gap")


@pytest.mark.parametrize(
    "words", ["We do not assume that $a$ is constant. We have", "Unless $a$ is a constant, this fails:"]
)
def test_a_constant_that_is_denied_is_none(tmp_path: Path, words: str) -> None:
    formula = "\\mathrm{Var}(a X) = \\mathrm{E}(a^2 (X - \\mathrm{E}(X))^2)"
    assert verdicts(checked(tmp_path, f"{words}\n$$ {formula} $$\n", "text.md")) != ["proved"]


def test_what_is_called_random_is_not_taken_out_of_an_expectation(tmp_path: Path) -> None:
    text = "Let $x$ be a random variable. We have\n$$ \\mathrm{E}(x y) = x \\mathrm{E}(y) $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) != ["proved"]


@pytest.mark.parametrize("claim", ["1 = 2", "x y = x y + 1", "a = b"])
def test_a_solution_is_no_derivative_that_is_set_to_zero_next(tmp_path, claim):
    text = "Setting the derivative to zero gives\n\n$$ x = \\frac{1}{2} $$\n\n"
    text += f"For the other function we proceed alike. Setting the derivative to zero,\n\n$$ {claim} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"
