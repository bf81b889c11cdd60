r"""What `$a_1, \ldots, a_n$` says of indices."""

from __future__ import annotations

import pytest

from symderiv.formulas.grammar import read_relations
from symderiv.formulas.listings import listed_in_prose, listed_indices, listed_ranges
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Source
from symderiv.formulas.usage import usage_of


@pytest.mark.parametrize(
    ("prose", "ranges"),
    [
        (r"Let $a_1, \ldots, a_n$ be numbers.", {"a": {("1", "n")}}),
        (r"Let $a_0, a_1, \dots, a_{T}$ be numbers.", {"a": {("0", "T")}}),
        (r"Data $(x_1, y_1), \ldots, (x_n, y_n)$ are given.", {"x": {("1", "n")}, "y": {("1", "n")}}),
        (r"$X_1, \ldots, X_n \sim p$", {"X": {("1", "n")}}),
        (r"$S = \{x_1, \ldots, x_n\}$, and $\{x_1, \ldots, x_m\}$", {"x": {("1", "n"), ("1", "m")}}),
        (r"$X_1, \ldots, Y_n$ and $i = 1, \ldots, n$", {}),
        (r"$a_1, \ldots, a_{n-1}$ and $a_i, \ldots, a_n$ and $\ldots )$", {}),
        (r"$a_1, \ldots, a_\tau$", {}),
        (r"$$ a_1, \ldots, a_n $$", {}),
    ],
)
def test_the_ranges_that_are_listed(prose, ranges):
    assert listed_ranges(listed_in_prose([prose])) == ranges


def alphabets(formula: str, listed: dict[str, set[tuple[str, str]]]) -> dict[str, str]:
    usage = usage_of([read_relations(Source("", formula))], listed=listed)
    return {letter: usage.alphabet_of(letter) for letter in "ijn"}


def test_letters_in_listed_places_have_the_range_of_the_list():
    a = {"a": {("1", "n")}}
    assert alphabets("a_i = 2", a) == {"i": r"\{1,\ldots,n\}", "j": "", "n": ""}
    assert alphabets("b_i = 2", a) == {"i": "", "j": "", "n": ""}
    assert alphabets(r"a_i + a_n = b_j", a) == {"i": r"\{1,\ldots,n\}", "j": "", "n": ""}
    assert alphabets(r"\sum_{i=1}^n a_i + a_j", a) == {"i": r"\{1,\ldots,n\}", "j": r"\{1,\ldots,n\}", "n": ""}


def test_a_letter_with_another_range_than_the_list_runs_over_what_is_not_clear():
    a = {"a": {("1", "n")}}
    assert alphabets(r"\sum_{i=1}^m a_i + a_j", a) == {"i": "", "j": "", "n": ""}
    assert alphabets(r"\sum_{i=1}^m a_i + a_j", {}) == {"i": r"\{1,\ldots,m\}", "j": r"\{1,\ldots,m\}", "n": ""}


LISTED = {"a": {("1", "n")}, "b": {("0", "9")}, "c": {("1", "n"), ("1", "m")}}


@pytest.mark.parametrize(
    ("formula", "ranges"),
    [
        (r"\sum_{k=1}^{j} a_k = 0", {"k": ("1", "n"), "j": ("1", "n")}),
        (r"\sum_{k=1}^{j-1} a_k = 0", {"k": ("1", "n"), "j": ("1", "n")}),
        (r"\sum_{k=j}^{n} a_k = 0", {"k": ("1", "n"), "j": ("1", "n")}),
        (r"\sum_{k=j+1}^{n} a_k = 0", {"k": ("1", "n"), "j": ("1", "n")}),
        (r"\sum_{k=0}^{j} b_k = 0", {"k": ("0", "9"), "j": ("0", "9")}),
        (r"a_i + d_l = a_{i+1}", {"i": ("1", "n")}),
        (r"\sum_{i : i < j} a_i = 0", {"i": ("1", "n"), "j": ("1", "n")}),
        (r"\sum_{i=1}^{j} a_j d_i = 0", {"j": ("1", "n")}),
        # They stand as numbers, or end a sum in another way.
        (r"\sum_{k=1}^{j} a_k = j", {"k": ("1", "n")}),
        (r"\sum_{k=1}^{j} j a_k = 0", {"k": ("1", "n")}),
        (r"\sum_{k=2}^{j} a_k = 0", {"k": ("1", "n")}),
        (r"\sum_{k=j}^{m} a_k = 0", {"k": ("1", "n")}),
        (r"\sum_{k=j-1}^{n} a_k = 0", {"k": ("1", "n")}),
        (r"\sum_{k=1}^{j+1} a_k = 0", {"k": ("1", "n")}),
        (r"\sum_{k=1}^{2 j} a_k = 0", {"k": ("1", "n")}),
        (r"\sum_{k=1}^{n} a_k = a_n", {"k": ("1", "n")}),
        (r"\prod_{k=1}^{j} a_k = 0", {"k": ("1", "n")}),
        (r"\sum_{k=1}^{j} d_k = 0", {}),
        (r"\sum_{k=1}^{j} d_k a_2 = 0", {}),
        (r"\sum_k^{j} a_k = 0", {"k": ("1", "n")}),
        (r"\sum_{k=1}^{j} c_k = 0", {}),
        (r"a_i = b_i", {}),
        (r"a_{\tau} = a_2", {}),
    ],
)
def test_the_ranges_of_letters_beside_what_is_listed(formula, ranges):
    found = listed_indices([read_relations(Source("", formula))], LISTED)
    assert {letter: (printed(low), printed(high)) for letter, (low, high) in found.items()} == ranges
