"""How sums over ranges, integrals, limits and derivatives are printed, and what indices refuse."""

from __future__ import annotations

import pytest
from sympy import latex

from symderiv import index_map, scalars, variables
from symderiv.language.indices import Bar, SumOver, Variable, measured, split_bar
from symderiv.language.quantities import (
    Component,
    Differentiated,
    IntegralOver,
    Limit,
    RangedProduct,
    RangedSum,
    RestrictedSum,
)
from symderiv.language.written import LanguageError

a, t = scalars("a t")
i, j, k = variables("i j k")
INTERVAL = Variable("t", measured("T"))


@pytest.mark.parametrize(
    ("expression", "printed"),
    [
        (Component("x_{{0}}", (i,), ("I",)), "x_{i}"),
        (Component("x", (i, j), ("I", "J")), "x_{i,j}"),
        (RangedSum(i, a, "i = 1", "n"), r"\sum_{i = 1}^{n} a"),
        (RangedSum(i, a, r"i \in S"), r"\sum_{i \in S} a"),
        (RangedProduct(i, a, "i = 1", "n"), r"\prod_{i = 1}^{n} a"),
        (RestrictedSum((i,), a, a, "i < j", "n"), r"\sum_{i < j}^{n} a"),
        (RestrictedSum((i,), a, a, "i < j"), r"\sum_{i < j} a"),
        (IntegralOver(i, a), r"\int a \, \mathrm{d}i"),
        (IntegralOver(i, a, "0", "1"), r"\int_{0}^{1} a \, \mathrm{d}i"),
        (IntegralOver(i, a, "A"), r"\int_{A} a \, \mathrm{d}i"),
        (Limit(i, a, None, "+"), r"\lim_{i \to \infty} a"),
        (Limit(i, a, None, "-"), r"\lim_{i \to -\infty} a"),
        (Limit(i, a, t, ""), r"\lim_{i \to t} a"),
        (Limit(i, a, t, "+"), r"\lim_{i \to t^{+}} a"),
        (Differentiated(a, t, r"\nabla"), r"\nabla_{t} a"),
        (Differentiated(a, t, r"\partial "), r"\frac{\partial }{\partial t} a"),
        (SumOver((i,), a), r"\sum_{i} a"),
        (SumOver((INTERVAL,), a), r"\int a \, \mathrm{d}t"),
    ],
)
def test_they_are_printed_as_they_are_written(expression, printed):
    assert latex(expression) == printed


def test_from_where_a_limit_is_reached():
    assert [Limit(i, a, t, side).sides for side in ("", "+", "-")] == [(1, -1), (1,), (-1,)]


def test_indices_have_one_bar_and_maps_one_value():
    assert split_bar((i, Bar(j, k))) == ((i, j), (k,))
    with pytest.raises(LanguageError):
        split_bar((Bar(i, j), Bar(j, k)))
    assert index_map("f", i, j, k)(i, j).args[2] == k
