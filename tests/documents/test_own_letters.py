"""Letters by which the field means something, where the text means something else: no convention holds of them."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts


def last(folder, said, claim):
    return verdicts(checked(folder, f"{said}\n\n$$ {claim} $$\n", "text.md"))[-1]


ENERGY = r"Boltzmann machines have $p(x) = e^{-E(x)} / Z$. Hence"
SQUARES = "The error function is\n\n$$ E(w) = \\frac12 \\sum_{n=1}^N (w x_n - t_n)^2 . $$\n\nThen"
FUNCTIONAL = "The error is\n\n$$ E[w] = \\frac12 \\sum_{n=1}^N (w x_n - t_n)^2 . $$\n\nThen"
OWN = [
    ("Let $E(x)$ be the energy of a state $x$. Then", "E(a x + b) = a E(x) + b"),
    ("Let $E$ be an energy. Then", "E(x + y) = E(x) + E(y)"),
    ("The energy of a state is denoted $E(x)$. Then", "E(2 x) = 2 E(x)"),
    (ENERGY, "E(2 x) = 2 E(x)"),
    (SQUARES, "E(2 w) = 2 E(w)"),
    (FUNCTIONAL, "E[2 w] = 2 E[w]"),
    ("Let $P(x)$ be a polynomial. Then", r"\sum_x P(x) = 1"),
    ("Let $p(x)$ be the price of a good $x$. Then", r"\sum_x p(x) = 1"),
    ("Let $p(x)$ and $q(x)$ be positive functions. Then", r"\sum_x p(x) \ln \frac{p(x)}{q(x)} \ge 0"),
    (r"Let $\delta_{ij}$ be the distance between $i$ and $j$. Then", r"\sum_i \delta_{ij} a_i = a_j"),
    (r"The backpropagated errors $\delta_{jk}$ satisfy", r"\sum_j \delta_{jk} a_j = a_k"),
    (r"Let $\Gamma(h)$ be the autocovariance at lag $h$. Then", r"\Gamma(h + 1) = h \Gamma(h)"),
]
AS_EVER = [
    ("Let $X$ be a random variable. Then", "E(2 X) = 2 E(X)"),
    ("Let $X$ and $Y$ be random variables. The mean squared error of $a$ is $E[(X - a)^2]$. Then", "E[2 X] = 2 E[X]"),
    ("Let $X$ be a random variable. The expected loss is $E(X)$. Then", "E(2 X) = 2 E(X)"),
    ("Let $X$ be a random variable with $E(X) = \\sum_x x p(x)$. Then", "E(2 X) = 2 E(X)"),
    (SQUARES.replace("Then", "Let $X$ be a random variable. Then"), "E[2 X] = 2 E[X]"),
    ("Let $P(x)$ be a probability distribution. Then", r"\sum_x P(x) = 1"),
    ("Let $p(x)$ and $q(x)$ be probability functions. Then", r"\sum_x p(x) \ln \frac{p(x)}{q(x)} \ge 0"),
    ("Let $x_j$ be positions. Then", r"\sum_i \delta_{ij} a_i = a_j"),
    (r"Let $a > 0$ be the variance of an error. Then", r"\Gamma(a + 1) = a \Gamma(a)"),
]


@pytest.mark.parametrize(("said", "claim"), OWN)
def test_what_a_text_takes_a_letter_for_has_no_conventions(tmp_path, said, claim):
    assert last(tmp_path, said, claim) not in ("proved", "given")


@pytest.mark.parametrize(("said", "claim"), AS_EVER)
def test_conventions_hold_of_what_is_not_said_to_be_something_else(tmp_path, said, claim):
    assert last(tmp_path, said, claim) == "proved"


def test_what_is_told_of_the_letter_is_used(tmp_path):
    slope = r"\frac{\partial E}{\partial w} = \sum_{n=1}^N (w x_n - t_n) x_n"
    assert last(tmp_path, SQUARES, slope) == "proved"
    assert last(tmp_path, SQUARES, slope.replace("w x_n - t_n", "w x_n + t_n")) in ("gap", "refuted")


def test_it_is_told_for_the_sections_behind_it_too(tmp_path):
    text = f"# Energies\n\nLet $E(x)$ be the energy of $x$, for which\n\n$$ E(0) = 1 . $$\n\n# Sums\n\n{ENERGY}"
    assert last(tmp_path, text, "E(2 x) = 2 E(x)") == "gap"


@pytest.mark.parametrize(
    ("said", "claim", "word"),
    [
        ("Let $X$ and $Y$ be conditionally independent given $Z$. Then", "p(x, y) = p(x) p(y)", "unknown"),
        ("Let $X$ and $Y$ be independent. Then", "p(x, y) = p(x) p(y)", "proved"),
        ("Then", "p(x, y) = p(y | x) p(x)", "proved"),
        ("Let $V$ be the value function. Then", "V(a x) = a^2 V(x)", "gap"),
        ("Let", "p(x, y) = p(x) p(y)", "given"),
        ("Let $T(n)$ be the number of steps. Then", "T(n) = 2 T(n/2) + n", "given"),
    ],
)
def test_what_stands_on_both_sides_defines_nothing(tmp_path, said, claim, word):
    assert last(tmp_path, said, claim) == word
