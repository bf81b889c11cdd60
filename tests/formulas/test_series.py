"""Dots between terms: read as a sum or product where the terms are one pattern, and left alone where they are not."""

from __future__ import annotations

import pytest

from symderiv.formulas.grammar import read_expression
from symderiv.formulas.printing import printed
from symderiv.formulas.series import with_series
from symderiv.formulas.source import Source
from symderiv.formulas.tokens import closed, tokenize


def read(text: str) -> str:
    source = Source("text", text)
    return printed(with_series(read_expression(source, closed(tokenize(source, 0, len(text)), len(text)))))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (r"x_1 + \ldots + x_n", r"\sum_{i=1}^{n} x_i"),
        (r"x_1 + x_2 + \dots + x_{n}", r"\sum_{i=1}^{n} x_i"),
        (r"x_0 + x_1 + x_2 + \cdots + x_T", r"\sum_{i=0}^{T} x_i"),
        (r"x_1^2 + \cdots + x_n^2", r"\sum_{i=1}^{n} x_i^2"),
        (r"a_i b_1 + \ldots + a_i b_n", r"\sum_{j=1}^{n} a_i b_j"),
        (r"1 + 2 + \cdots + n", r"\sum_{i=1}^{n} i"),
        (r"1^2 + 2^2 + \cdots + n^2", r"\sum_{i=1}^{n} i^2"),
        (r"x_1 + \ldots + x_{10}", r"\sum_{i=1}^{10} x_i"),
        (r"X_{1j} + X_{2j} + \ldots + X_{nj}", r"\sum_{i=1}^{n} X_{ij}"),
        (r"p(x_1) \cdot \ldots \cdot p(x_n)", r"\prod_{i=1}^{n} p(x_i)"),
        (r"1 \cdot 2 \cdots n", r"\prod_{i=1}^{n} i"),
    ],
)
def test_terms_of_one_pattern_are_a_sum_or_product(text: str, meaning: str) -> None:
    assert read(text) == read(meaning)


@pytest.mark.parametrize(
    "text",
    [
        r"x_1 + x_3 + \ldots + x_n",
        r"x_1 + \ldots + y_n",
        r"x_1 + 2 x_2 + \ldots + n x_n",
        r"x_1 y_1 + \ldots + x_n y_m",
        r"x_1 + \ldots + x_n + x_{n+1}",
        r"x_1 + x_2 + x_3 + \ldots + x_2",
        r"x_1 + \ldots + x_1",
        r"x_i + \ldots + x_n",
        r"x_1^2 + \ldots + x_n^3",
        r"x + \ldots + y",
        r"1 + \ldots + 1",
        r"x_1 - x_2 + \ldots + x_n",
        r"2 + 4 + \ldots + n",
    ],
)
def test_dots_in_any_other_place_stay_what_they_are(text: str) -> None:
    assert r"\ldots" in read(text)
