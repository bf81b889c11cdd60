"""Letters that prose calls the mean, the variance or the standard deviation of a variable."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

TEXT = r"""Let $X$ be a random variable with an exponential distribution:

$$
X \sim \mathrm{Exp}(\lambda)
$$

%s

$$
%s
$$
"""
BOTH = r"where $\mu$ and $\sigma$ are the mean and standard deviation of $X$, respectively. We get"
RIGHT = [
    (BOTH, r"\mu + 1 = 1 + \frac{1}{\lambda}"),
    (BOTH, r"\sigma^2 = \frac{1}{\lambda^2}"),
    (r"where $m$ is the [expected value](/D/mean) of $X$. We get", r"m + 1 = 1 + 1 / \lambda"),
    (r"Let $\sigma^2$ be the variance of $X$. Then", r"\sigma^2 = \frac{1}{\lambda^2}"),
    (r"Let $v$ denote the variance of $X$. Then", r"v + \mathrm{E}(X)^2 = \mathrm{E}(X^2)"),
]
WRONG = [
    (BOTH, r"\mu = \lambda"),
    (BOTH, r"\sigma^2 = \frac{1}{\lambda}"),
    (BOTH, r"\sigma = \frac{1}{\lambda^2}"),
    (r"where $m$ is the mean of $Y$. We get", r"m + 1 = 1 + 1 / \lambda"),
    (r"where $m$ is the mean of $X$ given $Y$. We get", r"m + 1 = 1 + 1 / \lambda"),
    (r"where $m$ is not the mean of $X$. We get", r"m + 1 = 1 + 1 / \lambda"),
    (r"where $m$ is the mean of $X$ and $Y$. We get", r"m + 1 = 1 + 1 / \lambda"),
    (r"where $m$ is the mean of $X$ under $q$. We get", r"m + 1 = 1 + 1 / \lambda"),
    (r"If $m$ is the mean of $X$ nothing is known. We get", r"m + 1 = 1 + 1 / \lambda"),
    (r"where $m$ is the mean of $X$, or $m$ is the variance of $X$. We get", r"m + 1 = 1 + 1 / \lambda"),
    (r"where $a$ and $b$ are the mean of $X$. We get", r"b + 1 = 1 + 1 / \lambda"),
]


@pytest.mark.parametrize(("words", "step"), RIGHT)
def test_what_follows_is_proved(tmp_path, words, step):
    assert verdicts(checked(tmp_path, TEXT % (words, step), "text.md"))[-1] == "proved"


@pytest.mark.parametrize(("words", "step"), WRONG)
def test_what_does_not_is_not(tmp_path, words, step):
    assert verdicts(checked(tmp_path, TEXT % (words, step), "text.md"))[-1] != "proved"
