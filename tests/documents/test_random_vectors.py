"""Random vectors: their means and covariances, by prose or by their law, and means of what is made of them."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

ROW = (
    "\n\n$$ x^\\mathrm{T} A x + b^\\mathrm{T} x = b^\\mathrm{T} x + x^\\mathrm{T} A x $$\n\nand therefore\n\n$$ %s $$\n"
)
SAID = f"Let $x$ be a random vector with mean $\\mu$ and covariance $\\Sigma$. We begin with{ROW}"
SIZED = SAID.replace("a random vector", "an $n \\times 1$ random vector")
DRAWN = f"Let $x \\sim \\mathcal{{N}}(\\mu, \\Sigma)$. We begin with{ROW}"
RIGHT = [
    r"\mathrm{E}[A x + b] = A \mu + b",
    r"\mathrm{E}[(x - \mu)(x - \mu)^\mathrm{T}] = \Sigma",
    r"\mathrm{E}[x x^\mathrm{T}] = \Sigma + \mu \mu^\mathrm{T}",
    r"\mathrm{E}[x^\mathrm{T} A x] = \mathrm{tr}(A \Sigma) + \mu^\mathrm{T} A \mu",
    r"\mathrm{E}[(x - \mu)^\mathrm{T} \Sigma^{-1} (x - \mu)] = \mathrm{tr}(\Sigma^{-1} \Sigma)",
    r"\mathrm{E}[(A x - A \mu)(A x - A \mu)^\mathrm{T}] = A \Sigma A^\mathrm{T}",
]
WRONG = [
    r"\mathrm{E}[A x + b] = A \mu - b",
    r"\mathrm{E}[x x^\mathrm{T}] = \Sigma",
    r"\mathrm{E}[x x^\mathrm{T}] = \Sigma - \mu \mu^\mathrm{T}",
    r"\mathrm{E}[x^\mathrm{T} A x] = \mu^\mathrm{T} A \mu",
    r"\mathrm{E}[(A x - A \mu)(A x - A \mu)^\mathrm{T}] = A \Sigma A",
    r"\mathrm{E}[x^\mathrm{T} A x] = \mathrm{tr}(\Sigma) + \mu^\mathrm{T} A \mu",
]


def verdict(tmp_path, text):
    _, found = verdicts(checked(tmp_path, text, "text.md"))
    return found


@pytest.mark.parametrize("formula", RIGHT)
@pytest.mark.parametrize("text", [SAID, SIZED, DRAWN])
def test_means_of_what_is_made_of_a_random_vector(tmp_path, text, formula):
    assert verdict(tmp_path, text % formula) == "proved"


@pytest.mark.parametrize("formula", WRONG)
@pytest.mark.parametrize("text", [SAID, SIZED, DRAWN])
def test_wrong_ones_are_not_proved(tmp_path, text, formula):
    assert verdict(tmp_path, text % formula) != "proved"


@pytest.mark.parametrize(
    "words",
    [
        r"Let $x$ be a vector.",
        r"Let $x$ be a random vector.",
        r"Let $x \sim \mathcal{N}(\mu, \Sigma)$ and $x \sim \mathcal{N}(m, S)$.",
        r"Let $x$ be a random vector with mean $m$ and covariance $S$.",
    ],
)
def test_nothing_is_known_of_the_mean_of_another(tmp_path, words):
    text = f"{words} We begin with{ROW}"
    assert verdict(tmp_path, text % r"\mathrm{E}[A x + b] = A \mu + b") != "proved"


def test_the_trace_of_what_is_the_identity(tmp_path):
    """The size of the identity is that of the matrix beside it."""
    text = f"Let $\\Sigma$ be symmetric. We begin with{ROW}"
    assert verdict(tmp_path, text % r"2 \mathrm{tr}(\Sigma^{-1} \Sigma) - n = n") != "proved"
    chain = r"\mathrm{tr}(\Sigma^{-1} (2 \Sigma) - I_n) = \mathrm{tr}(\Sigma^{-1} \Sigma) = \mathrm{tr}(I_n) = n"
    assert verdicts(checked(tmp_path, text % chain, "text.md"))[2:] == ["proved", "proved"]


MADE = r"""Let $y \sim \mathcal{N}(\mu, \Sigma)$ and let

$$ b = a^\mathrm{T} y $$

Therefore

$$ %s $$
"""


@pytest.mark.parametrize(
    "formula",
    [
        r"\mathrm{Var}(2 b) = 0",
        r"\mathrm{E}[b y] = b \mu",
        r"\mathrm{Var}(a^\mathrm{T} y + b) = \mathrm{Var}(a^\mathrm{T} y)",
        r"\mathrm{E}[b^2 y y^\mathrm{T}] = b^2 (\Sigma + \mu \mu^\mathrm{T})",
    ],
)
def test_what_is_made_of_a_random_vector_is_no_constant(tmp_path, formula):
    assert "proved" not in verdicts(checked(tmp_path, MADE % formula, "text.md"))


NORMAL = r"""Let $x \sim \mathcal{N}(\mu, \Sigma)$ be a random vector, and let $A$ be a matrix and $b$ a vector.
We obtain

$$ %s . $$
"""
MODEL = r"""Consider the model $y = X \beta + \varepsilon$ with $\varepsilon \sim \mathcal{N}(0, \sigma^2 I_n)$.
We obtain

$$ %s . $$
"""


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (NORMAL, r"\mathrm{E}[A x + b] = A \mu + b", r"\mathrm{E}[A x + b] = A \mu - b"),
        (NORMAL, r"\mathrm{Cov}[A x + b] = A \Sigma A^\mathrm{T}", r"\mathrm{Cov}[A x + b] = A \Sigma A"),
        (NORMAL, r"\mathrm{Var}[x - b] = \Sigma", r"\mathrm{Var}[x - b] = \Sigma - b b^\mathrm{T}"),
        (NORMAL, r"\mathrm{Cov}[A x, x] = A \Sigma", r"\mathrm{Cov}[A x, x] = \Sigma A^\mathrm{T}"),
        (
            NORMAL,
            r"\mathrm{Var}[b^\mathrm{T} x] = b^\mathrm{T} \Sigma b",
            r"\mathrm{Var}[b^\mathrm{T} x] = b^\mathrm{T} b",
        ),
        (MODEL, r"\mathrm{E}[y] = X \beta", r"\mathrm{E}[y] = X \beta + \varepsilon"),
        (MODEL, r"\mathrm{Cov}[y] = \sigma^2 I_n", r"\mathrm{Cov}[y] = \sigma I_n"),
        (
            MODEL,
            r"\mathrm{Cov}[X^\mathrm{T} y] = \sigma^2 X^\mathrm{T} X",
            r"\mathrm{Cov}[X^\mathrm{T} y] = \sigma^2 X X^\mathrm{T}",
        ),
        (
            MODEL,
            r"\mathrm{Cov}[(X^\mathrm{T} X)^{-1} X^\mathrm{T} y] = \sigma^2 (X^\mathrm{T} X)^{-1}",
            r"\mathrm{Cov}[(X^\mathrm{T} X)^{-1} X^\mathrm{T} y] = \sigma^2 X^\mathrm{T} X",
        ),
    ],
)
def test_covariances_of_what_is_made_of_random_vectors(tmp_path, text, right, wrong):
    assert verdicts(checked(tmp_path, text % right, "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text % wrong, "text.md"))[-1] != "proved"


NOISE = r"$\varepsilon \sim \mathcal{N}(0, \sigma^2 I_n)$"


@pytest.mark.parametrize(
    "words",
    [
        rf"Consider $y = X \beta + \varepsilon$ with {NOISE} and a random $\beta$.",
        rf"Let $\beta \sim \mathcal{{N}}(0, S)$ and $y = X \beta + \varepsilon$ with {NOISE}.",
        rf"Let $y = X \beta + \varepsilon$ and $y = \varepsilon$ with {NOISE}.",
        rf"If $y = X \beta + \varepsilon$ with {NOISE}, good. Let now $y$ be arbitrary.",
    ],
)
def test_what_a_vector_is_made_of_is_random_where_it_is(tmp_path, words):
    text = f"{words} We obtain\n\n$$ \\mathrm{{Cov}}[X \\beta + \\varepsilon, y] = \\sigma^2 I_n . $$"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"
