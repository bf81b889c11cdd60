"""Determinants: what is known of them, on what they depend, and that nobody chooses their values."""

from __future__ import annotations

import pytest

from symderiv.answers import judged
from symderiv.documents.single import read_general
from symderiv.language.encode import encode
from symderiv.model.verdict import Proved, Refuted
from symderiv.runner import Finished
from symderiv.search import Question, search


def verdict_on(text):
    (statement,), _ = read_general(text)
    encoded = encode(statement)
    return judged(encoded, Finished(search(Question(encoded))), {})[0]


@pytest.mark.parametrize(
    "text",
    [
        r"|\mathbf{A} \mathbf{B}| = |\mathbf{B}| |\mathbf{A}|",
        r"|\mathbf{A}^\top \mathbf{B}| = |\mathbf{B}^\top \mathbf{A}|",
        r"|(\mathbf{A} + \mathbf{B})^\top| = |\mathbf{B} + \mathbf{A}|",
        r"((\mathbf{A} \mathbf{C})^\top)^{-1} = (\mathbf{C}^\top \mathbf{A}^\top)^{-1}",
    ],
)
def test_what_is_known_of_them(text):
    assert isinstance(verdict_on(text), Proved)


@pytest.mark.parametrize(
    "text",
    [
        r"\sum_{i=1}^n |\mathbf{A}_i| = n |\mathbf{A}_i|",
        r"\sum_{i=1}^n |\mathbf{A} + \mathbf{B}_i| = n |\mathbf{A} + \mathbf{B}_i|",
        r"\sum_{i=1}^n |\mathbf{A} + a_i \mathbf{B}| = n |\mathbf{A} + a_i \mathbf{B}|",
        r"|\mathbf{A} + \mathbf{B}| = |\mathbf{A}| + |\mathbf{B}|",
        r"(\mathbf{A} \mathbf{C})^{-1} = (\mathbf{C}^\top \mathbf{A}^\top)^{-1}",
    ],
)
def test_what_is_false_is_not_proved(text):
    assert not isinstance(verdict_on(text), Proved)


@pytest.mark.parametrize(
    "text",
    [
        r"|\mathbf{I}_n + \mathbf{x} \mathbf{x}^\top| = 1 + \mathbf{x}^\top \mathbf{x}",
        r"|\mathbf{A}^\top \mathbf{A}| \ge 0",
        r"|\mathbf{I}_n + \mathbf{A} \mathbf{B}| = |\mathbf{I}_m + \mathbf{B} \mathbf{A}|",
        r"|\mathbf{A} \mathbf{x} \mathbf{x}^\top|^2 = |\mathbf{A} \mathbf{x} \mathbf{x}^\top \mathbf{A}|",
    ],
)
def test_what_is_true_is_not_refuted(text):
    assert not isinstance(verdict_on(text), Refuted)


@pytest.mark.parametrize("text", [r"|\mathbf{A}| > 0", r"|\mathbf{A}|^2 = |\mathbf{A}|"])
def test_any_number_is_the_determinant_of_some_matrix(text):
    assert isinstance(verdict_on(text), Refuted)
