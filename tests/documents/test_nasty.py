r"""False statements that look as if they were to be proved: each names what must not be taken for something else."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

KNOWN = "It is known that\n\n$$\n1 + 1 = 2\n$$\n\n"
SUM = r"\sum_{i=1}^{n} (x_i - \bar{x})^2"
VARIANCE = (
    r"Here $\bar{x}$ is the sample mean over $i = 1, \ldots, n$, and $v$ is the sample variance of $x$. It follows that"
)
FALSE = {
    "a variance is not squared where its name is not": (VARIANCE, rf"{SUM} = (n-1) \, v^2"),
    "a second random variable is no constant": (
        "Let $X$ be a random variable and $b$ an independent random variable. Thus",
        r"\mathrm{Var}(X + b) = \mathrm{Var}(X)",
    ),
    "nor is noise": (
        "Let $X$ be a random variable, and let $b$ be random noise. Thus",
        r"\mathrm{Var}(X + b) = \mathrm{Var}(X)",
    ),
    "nor a coefficient that is random": (
        "Let $X$ be a random variable, where the coefficient $a$ is random too. Thus",
        r"\mathrm{E}[a X] = a \mathrm{E}[X]",
    ),
    "what is made of members of a random family is random": (
        r"Let $X_1, \ldots, X_n$ be random variables and let $Y_i = X_i + 1$. Thus",
        r"\mathrm{Var}(Y_i) = 0",
    ),
    "and so is their sum": (
        r"Let $X_1, \ldots, X_n$ be random variables and let $Y = \sum_{i=1}^n X_i$. Thus",
        r"\mathrm{Var}(Y) = 0",
    ),
    "one member is no constant beside the others": (
        r"Let $X_1, \ldots, X_n$ be independent random variables. Let $Y_i = X_i + X_1$. Thus",
        r"\mathrm{Var}\left(\sum_{i=1}^n Y_i\right) = \sum_{i=1}^n \mathrm{Var}(Y_i)",
    ),
    "what has a variance is made of something random, whatever the text calls that": (
        "Let $X$ be normal and let $Z = 2 X$. Thus",
        r"\mathrm{Var}(Z) = 0",
    ),
    "independence says nothing of fourth moments": (
        r"Let $X_1, \ldots, X_n$ be independent random variables with mean zero. Thus",
        r"\mathrm{E}\left[\left(\sum_{i=1}^n X_i\right)^4\right] = \sum_{i=1}^n \mathrm{E}[X_i^4]",
    ),
    "two lists of independent variables may depend on each other": (
        r"Let $w_1, \ldots, w_n$ be independent and let $x_1, \ldots, x_n$ be independent. Thus",
        r"\mathrm{E}\left[\sum_{i=1}^n w_i x_i\right] = \sum_{i=1}^n \mathrm{E}[w_i] \mathrm{E}[x_i]",
    ),
    "a determinant is no matrix": (r"Let $D = \begin{vmatrix} a & b \\ c & d \end{vmatrix}$. Thus", r"|D| = a d - b c"),
    "and has no square of a matrix": (
        r"Let $D = \begin{vmatrix} a & b \\ c & d \end{vmatrix}$. Thus",
        r"D^2 = \begin{bmatrix} a^2 + b c & a b + b d \\ a c + c d & b c + d^2 \end{bmatrix}",
    ),
    "a small letter may have a density of its own": (
        r"Let $X \sim \mathcal{N}(0, 1)$, and let $x$ have the density $p(x)$. Thus",
        r"\mathrm{E}[x^2] + \mathrm{E}[x] = 1",
    ),
    "or be drawn from another law": (
        r"Let $X \sim \mathcal{N}(0, 1)$. The data $x$ are drawn from $p(x) = r e^{- r x}$. Thus",
        r"\mathrm{E}[x^2] + \mathrm{E}[x] = 1",
    ),
    "the letter for a mean may be the median": (
        r"Let $X$ be a random variable, and let $\mu_X$ be the median of $X$. Thus",
        r"\mathrm{E}[(X - \mu_X)^2] = \mathrm{Var}(X)",
    ),
    "an index that is fixed is no index of a sum": (
        "For every $i$ we get",
        r"\sum_{i=1}^n a_i + y_i = \sum_{i=1}^n (a_i + y_i)",
    ),
    "an approximation that leads somewhere is used": ("By the Laplace approximation we get", r"(a + b)^2 = a^2 + b^2"),
    "a matrix without inverse has none": (
        "Thus",
        r"\begin{bmatrix} a & a \\ b & b \end{bmatrix}^{-1} = \begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}",
    ),
    "nothing is divided by what is 0": ("Thus", r"\frac{1}{x - x} = \frac{2}{x - x}"),
    "x over x is not 1 everywhere": ("Thus", r"1 + f(x/x) = 1 + f(1)"),
    "a root of a square has no sign": ("Thus", r"1 + f(\sqrt{x^2}) = 1 + f(x)"),
    "the total is not the partial derivative": (
        r"With $y = u^2 + x$ and $u = 3 x$ we get",
        r"1 + \frac{dy}{dx} = 1 + \frac{dy}{dx} + \frac{dy}{du} \frac{du}{dx}",
    ),
}


@pytest.mark.parametrize("name", FALSE)
def test_it_is_not_proved(tmp_path, name):
    words, step = FALSE[name]
    text = f"{KNOWN}{words}\n\n$$\n{step}\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("proved", "given")


LATER = r"""Let $A$ be a matrix. It is known that $1 + 1 = 2$, and therefore

$$
A^\top A = A A^\top
$$

Now suppose that $A = \begin{bmatrix} a & 0 \\ 0 & b \end{bmatrix}$. Then we have

$$
A^\top A = A A^\top
$$
"""


def test_what_is_supposed_of_a_matrix_holds_from_there_on(tmp_path):
    before, after = verdicts(checked(tmp_path, LATER, "text.md"))
    assert before not in ("proved", "given")
    assert after == "proved"
