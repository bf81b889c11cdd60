r"""Relations that the words around them mean for some outcomes alone."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

NORMAL = r"Let $X \sim \mathcal{N}(0, 1)$."
APART = "Let $X$ and $Y$ be independent random variables."


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        (NORMAL + " Given $X > 0$, we obtain", "E[X] = 0"),
        (NORMAL + r" Given that \(X > 0\), we obtain", "E[X] = 0"),
        (NORMAL + " Conditional on $X > 0$, we have", "E[X] = 0"),
        (NORMAL + " If $X > 0$, then", "E[X] = 0"),
        (NORMAL + " We condition on $X > 0$. Then", "E[X] = 0"),
        (NORMAL + r" On the event $\{X > 0\}$ we get", "E[X] = 0"),
        (NORMAL + " We keep only samples with $X > 0$. Then", "E[X] = 0"),
        (NORMAL + " Samples below zero are discarded. Then", "E[X] = 0"),
        (NORMAL + " Truncating $X$ at zero, we get", "E[X] = 0"),
        (NORMAL + " Suppose we observe $X > 0$. Then", "E[X] = 0"),
        (NORMAL + " Given $Y = y$, we have", "E[X] = 0"),
        (NORMAL.replace("$.", "$, truncated to positive values.") + " Then", "E[X] = 0"),
        (NORMAL.replace("$.", "$ asymptotically.") + " Then", r"\mathrm{Var}(X) = 1"),
        (r"Let $X \sim \mathrm{Exp}(\lambda)$. Conditioning on $X > 2$, we obtain", r"E[X] = \frac{1}{\lambda}"),
        (r"Let $X$ have mean $m$ and variance $s$. Given that $X > 0$, we obtain", "E[2 X] = 2 m"),
        (NORMAL + " Let $Z = X^2$. Given $Z = 1$, we have", "E[X^2] = 1"),
        (APART + " Given $X + Y = 1$, we have", "E[X Y] = E[X] E[Y]"),
        (APART + " Let $Z = X + Y$. Given $Z$, we have", r"\mathrm{Cov}(X, Y) = 0"),
        (APART + " After observing $Z = X + Y$ we have", r"\mathrm{Cov}(X, Y) = 0"),
        ("Let $A$ and $B$ be independent events. Given $C$, we have", r"P(A \cap B) = P(A) P(B)"),
        (
            "Let $p(x, y, z)$ be a joint distribution, where $x$ and $y$ are independent. Given $z$, we have",
            "p(x, y) = p(x) p(y)",
        ),
    ],
)
def test_what_is_known_of_all_outcomes_says_nothing_of_some(tmp_path, said, formula):
    assert verdicts(checked(tmp_path, f"{said}\n\n$$ {formula} . $$\n", "text.md"))[-1] == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        NORMAL + " We have\n\n$$ 1 + 1 = 2 , $$\n\nand we get\n\n$$ E[X] = 0 $$\n\ngiven that $X > 0$.\n",
        NORMAL + " We have\n\n$$ 1 + 1 = 2 , $$\n\nand we get\n\n$$ E[X] = 0 \\quad \\text{given } X > 0 . $$\n",
        NORMAL + " Given $X > 0$, we get\n\n$$ E[Y] = 1 . $$\n\nMoreover, it follows that\n\n$$ E[X^2] = 1 . $$\n",
    ],
)
def test_what_is_given_may_stand_elsewhere(tmp_path, text):
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


def test_what_is_so_for_some_outcomes_is_not_so_for_all(tmp_path):
    given = "Let $X$ be a random variable. Given $X > 0$, the mean is\n\n$$ E[X] = m . $$\n\n"
    text = given + "In general, we have\n\n$$ E[2 X] = 2 m . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        (r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$. If $Y = X - \mu$, then", r"\mathrm{Var}(Y) = \sigma^2"),
        (NORMAL + r" Using $\mathrm{Var}(X) = 1$, we get", "E[X^2] = 1"),
        (
            r"Let $X \sim \mathrm{Exp}(\lambda)$ with density $f(x) = \lambda e^{-\lambda x}$ for $x > 0$. Then",
            r"E[X] = \frac{1}{\lambda}",
        ),
        (r"Let $X$ be a random variable with $X \geq 0$. Then", "E[2 X] = 2 E[X]"),
        (r"Let $X$ and $Y$ be random variables. If $X \leq Y$, then", r"E[X] \leq E[Y]"),
        (APART + " If $Z = X + Y$, then", r"\mathrm{Var}(Z) = \mathrm{Var}(X) + \mathrm{Var}(Y)"),
        ("Let $X$ and $Y$ be random variables. Given $Y$, we have", "E[X + Y] = E[X] + E[Y]"),
        (
            r"Given the design matrix $A$, let $y = A b + e$ with $e \sim \mathcal{N}(0, \sigma^2 I)$. Then",
            "E[y] = A b",
        ),
        (
            NORMAL + " Given $X > 0$, we get $$E[Y \\mid X > 0] = a . $$ By the law of total expectation, we have",
            "E[X + 1] = 1",
        ),
    ],
)
def test_what_is_so_for_all_outcomes_is_proved(tmp_path, said, formula):
    assert verdicts(checked(tmp_path, f"{said}\n\n$$ {formula} . $$\n", "text.md"))[-1] == "proved"
