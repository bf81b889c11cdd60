"""What prose calls the mean of indexed names is their mean."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

TEXT = r"""Let $x_1, \ldots, x_n$ be numbers %s

$$
S = \sum_{i=1}^n (x_i - \bar{x})^2 .
$$

Expanding the square, we get

$$
S = %s .
$$
"""
RIGHT = r"\sum_{i=1}^n x_i^2 - n \bar{x}^2"
SAID = [
    r"with the sample mean $\bar{x}$ and let",
    r"with the [sample mean](/D/mean) $\bar{x}$ and let",
    r"where $\bar{x}$ is the mean of the $x_i$, and let",
    r"where $\bar{x}$ denotes the arithmetic mean, and let",
    r"where $\bar{x}$ and $\bar{z}$ are the sample means, and let",
]
NOT_SAID = [
    "and let",
    r"where $\bar{x}$ is not the mean, and let",
    r"where $\bar{x}$ is a weighted mean, and let",
    r"where $\bar{x}$ is the mean of a distribution, and let",
    r"with the sample mean $\bar{z}$ and let",
    r"where $\bar{x}$ is the mean of the $y_i$, and let",
    r"where $\bar{x}$ is the mean value of another sample, and let",
    r"where $\bar{x}$ is the mean squared error, and let",
]


@pytest.mark.parametrize("words", SAID)
def test_it_is_the_sum_divided_by_the_number(tmp_path, words):
    assert verdicts(checked(tmp_path, TEXT % (words, RIGHT), "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, TEXT % (words, RIGHT.replace("-", "+")), "text.md"))[-1] in ("gap", "refuted")


@pytest.mark.parametrize("words", NOT_SAID)
def test_nothing_else_is(tmp_path, words):
    assert verdicts(checked(tmp_path, TEXT % (words, RIGHT), "text.md"))[-1] not in ("given", "proved")


def test_what_the_text_says_it_is_counts(tmp_path):
    words = r"with the sample mean $\bar{x}$. We set $\bar{x} = \sum_{i=1}^n x_i$ and let"
    assert verdicts(checked(tmp_path, TEXT % (words, RIGHT), "text.md"))[-1] not in ("given", "proved")
