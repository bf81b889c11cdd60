r"""Which indices a sum is over, from where to where and in which order, where its sign says it in another way."""

from __future__ import annotations

import pytest

from symderiv.formulas.grammar import read_relations
from symderiv.formulas.printing import printed
from symderiv.formulas.restrictions import free_names, plain_ranges, with_restrictions
from symderiv.formulas.source import Source
from symderiv.formulas.tree import Total, parts


def restricted(text: str) -> str:
    return printed(with_restrictions(read_relations(Source("", text))))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (r"\sum_{i=1}^n \sum_{j=i+1}^n a_{ij}", r"\sum_{i = 1}^{n} \sum_{j = 1, i < j}^{n} a_{ij}"),
        (r"\sum_{i=1}^n \sum_{j=i}^n a_{ij}", r"\sum_{i = 1}^{n} \sum_{j = 1, i \leq j}^{n} a_{ij}"),
        (r"\sum_{t=1}^T \sum_{s=1}^{t-1} a_{ts}", r"\sum_{t = 1}^{T} \sum_{s = 1, s < t}^{T} a_{ts}"),
        (r"\sum_{t=0}^T \sum_{s=0}^{t} a_{ts}", r"\sum_{t = 0}^{T} \sum_{s = 0, s \leq t}^{T} a_{ts}"),
        (r"\sum_{i=1}^n \sum_{j \neq i} a_{ij}", r"\sum_{i = 1}^{n} \sum_{j = 1, j \neq i}^{n} a_{ij}"),
        (r"\sum_{i=1}^n \sum_{j > i} a_{ij}", r"\sum_{i = 1}^{n} \sum_{j = 1, i < j}^{n} a_{ij}"),
        (r"\sum_{i=1}^n \sum_{j : j \neq i} a_{ij}", r"\sum_{i = 1}^{n} \sum_{j = 1, j \neq i}^{n} a_{ij}"),
        (r"\sum_{1 \leq i < j \leq n} a_{ij}", r"\sum_{i, j = 1, i < j}^{n} a_{ij}"),
        (r"\sum_{1 \leq i < j \leq n} c", r"\sum_{i, j = 1, i < j}^{n} c"),
        (r"\sum_{i < j} a_i a_j", r"\sum_{i, j : i < j} a_i \cdot a_j"),
        (r"A_i = \sum_{i < j} a_{ij}", r"A_i = \sum_{j : i < j} a_{ij}"),
        (r"\sum_{i=1}^n \sum_{i < j} a_{ij}", r"\sum_{i = 1}^{n} \sum_{j = 1, i < j}^{n} a_{ij}"),
        (r"a_{ij} = \sum_{i < j} a_{ij}", r"a_{ij} = \sum_{i < j} a_{ij}"),
        (r"\sum_{i \in S, i < j} a_i", r"\sum_{i \in S, i < j} a_i"),
        (r"b_i = \sum_{j < i} a_i a_j", r"b_i = \sum_{j < i} a_i \cdot a_j"),
        (r"\sum_{j \neq i} a_j", r"\sum_{j \neq i} a_j"),
        (r"y_i + \sum_{i < j} a_{ij}", r"y_i + \sum_{j : i < j} a_{ij}"),
        (r"y_i \sum_{i < j} a_{ij}", r"y_i \cdot \sum_{j : i < j} a_{ij}"),
        (r"\sum_{i, j : i < j} a_{ij}", r"\sum_{i, j : i < j} a_{ij}"),
        (r"\sum_{i < j} a_j", r"\sum_{i, j : i < j} a_j"),
        (r"\sum_{2 \leq i \leq j \leq n} a_i a_j", r"\sum_{i, j = 2, i \leq j}^{n} a_i \cdot a_j"),
        (r"S_m = \sum_{1 \leq i < m \leq n} a_i", r"S_m = \sum_{i = 1, i < m}^{n} a_i"),
        # A sum with ends of its own keeps them.
        (
            r"\sum_{i=1}^m \sum_{\substack{j=1 \\ j \neq i}}^n a_{ij}",
            r"\sum_{i = 1}^{m} \sum_{j = 1, j \neq i}^{n} a_{ij}",
        ),
        # Other conditions, and other distances, stay as they are.
        (r"\sum_{i=1}^n \sum_{j=k+1}^n a_{ij}", r"\sum_{i = 1}^{n} \sum_{j = k + 1}^{n} a_{ij}"),
        (r"\sum_{i=1}^n \sum_{j=1}^{k-1} a_{ij}", r"\sum_{i = 1}^{n} \sum_{j = 1}^{k-1} a_{ij}"),
        (r"\sum_{i=1}^n \sum_{j=1}^{i-2} a_{ij}", r"\sum_{i = 1}^{n} \sum_{j = 1}^{i-2} a_{ij}"),
        (r"\sum_{i=1}^n \sum_{j,k=i+1}^n a_{ij}", r"\sum_{i = 1}^{n} \sum_{j, k = i + 1}^{n} a_{ij}"),
        (r"\sum_{i \in S} \sum_{j=1}^i a_{ij}", r"\sum_{i \in S} \sum_{j = 1}^{i} a_{ij}"),
        (r"\sum_{i \sim j} a_{ij}", r"\sum_{i \sim j} a_{ij}"),
        (r"\sum_{1 < i < j \leq n} a_{ij}", r"\sum_{1 < i < j \leq n} a_{ij}"),
        (r"\sum_{m \leq i < j \leq n} a_{ij}", r"\sum_{m \leq i < j \leq n} a_{ij}"),
        (r"\sum_{i < j < n} a_{ij}", r"\sum_{i < j < n} a_{ij}"),
        (r"\sum_{1 \leq i < j < n} a_{ij}", r"\sum_{1 \leq i < j < n} a_{ij}"),
        (r"\sum_{1 \leq i < j} a_{ij}", r"\sum_{1 \leq i < j} a_{ij}"),
        (r"\max_{i < j} a_{ij}", r"\max_{i < j} a_{ij}"),
        (r"\sum_{i=1}^n \sum_{j=i+2}^n a_{ij}", r"\sum_{i = 1}^{n} \sum_{j = i + 2}^{n} a_{ij}"),
        (r"\sum_{i=1}^n \sum_{j=i+1}^m a_{ij}", r"\sum_{i = 1}^{n} \sum_{j = i + 1}^{m} a_{ij}"),
        (r"\sum_{i=2}^n \sum_{j=1}^{i-1} a_{ij}", r"\sum_{i = 2}^{n} \sum_{j = 1}^{i-1} a_{ij}"),
        (r"\sum_{x_i > 0} x_i", r"\sum_{x_i > 0} x_i"),
        (r"\sum_{i=1}^n \sum_k^{i} a_k", r"\sum_{i = 1}^{n} \sum_{k}^{i} a_k"),
        (r"\sum_j^n \sum_{k=j}^n a_{jk}", r"\sum_{j}^{n} \sum_{k = j}^{n} a_{jk}"),
        (r"\sum_{x + y, i : i < j} a_{ij}", r"\sum_{x + y, i : i < j} a_{ij}"),
        (r"a_{ij} = \sum_{1 \leq i < j \leq n} a_{ij}", r"a_{ij} = \sum_{1 \leq i < j \leq n} a_{ij}"),
        (r"\sum_{i, k : i > k} a_i", r"\sum_{i, k : k < i} a_i"),
        (r"\sum_{i, k : i < k} a_i", r"\sum_{i, k : i < k} a_i"),
        (r"\sum_{2 : i < j} a_{ij}", r"\sum_{2 : i < j} a_{ij}"),
        (r"\sum_{i, i : i < j} a_{ij}", r"\sum_{i < j} a_{ij}"),
        (r"\sum_{1 \leq i < j, 2 m \leq n} a_{ij}", r"\sum_{1 \leq i < j, 2 \cdot m \leq n} a_{ij}"),
        (r"\sum_{i < j, d} a_{ij}", r"\sum_{i \mid i < j, d} a_{ij}"),
        # Several ends, or those of what is no index, are more than a range.
        (r"\sum_{1 \leq m, i < j, j \leq n} a_{ij}", r"\sum_{i \mid 1 \leq m, i < j, j \leq n} a_{ij}"),
        (
            r"\sum_{1 \leq i, 2 \leq j, i < j, j \leq n} a_{ij}",
            r"\sum_{i \mid 1 \leq i, 2 \leq j, i < j, j \leq n} a_{ij}",
        ),
        (r"\sum_{j \leq n, 1 \leq i, i < j} a_{ij}", r"\sum_{j \mid j \leq n, 1 \leq i, i < j} a_{ij}"),
        (r"\sum_{1 \leq i < j, i \leq n, j \leq m} a_{ij}", r"\sum_{i \mid 1 \leq i < j, i \leq n, j \leq m} a_{ij}"),
    ],
)
def test_what_is_meant(text, meant):
    assert restricted(text).replace(" ", "") == meant.replace(" ", "")


def test_the_sums_over_what_is_listed_have_the_range_of_the_list():
    tree = read_relations(Source("", r"\sum_{i : i < j} \sum_{k=1}^i a_k"))
    (one,) = plain_ranges([read_relations(Source("", r"\sum_{i=1}^n a_i"))]).values()
    assert printed(with_restrictions(tree)) == r"\sum_{i : i < j} \sum_{k = 1}^{i} a_k"
    found = with_restrictions(tree, {"i": one, "j": one})
    assert printed(found) == r"\sum_{i = 1, i < j}^{n} \sum_{k = 1, k \leq i}^{n} a_k"
    plain = read_relations(Source("", r"\sum_i \sum_{k=1}^i a_k"))
    assert printed(with_restrictions(plain, {"i": one})) == r"\sum_{i} \sum_{k = 1, k \leq i}^{n} a_k"


def test_a_sum_over_ordered_indices_that_mean_something_around_it_is_over_none():
    tree = read_relations(Source("", r"\sum_{1 \leq i < j \leq n} a_{ij}"))
    (found,) = parts(with_restrictions(tree, around=frozenset({"i", "j"})))
    assert isinstance(found, Total)
    assert (found.over, found.lower) == ((), None)


def test_ranges_that_end_at_other_indices_are_none_of_their_own():
    trees = [
        read_relations(Source("", text))
        for text in (r"\sum_{t=1}^T a_t", r"\sum_{k=1}^T \sum_{t=1}^k a_t", r"\sum_{j=1}^m b_j", r"\sum_{j=1}^n b_j")
    ]
    ranges = {name: printed(ends[1]) for name, ends in plain_ranges(trees).items()}
    assert ranges == {"t": "T", "k": "T"}
    others = [read_relations(Source("", text)) for text in (r"\sum_{k=t}^T a_k", r"\sum_{k \in S} a_k")]
    assert plain_ranges(others) == {}


def test_what_an_integral_binds_is_not_free():
    assert free_names(read_relations(Source("", r"\int x y_i \, dx + \sum_{i<j} z"))) == {"z", "y_i", "i"}
