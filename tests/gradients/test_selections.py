"""Guards and shifted entries inside of comparisons, taken out of them."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from symderiv.gradients.selections import through_selections
from symderiv.kernel import terms as k
from symderiv.kernel.normal_form import Normalizer
from symderiv.loops.equations import STEP
from symderiv.loops.relations import Shape
from symderiv.model.program import Affine
from tests.loops.programs import answer

SHIFTED = """input x[T], c
output y[T]
for t: y[t] += relu([t >= 1] * x[t-1] - c)
backward x, c
for t: x.grad[t] += [t <= T-2] * [x[t] > c] * y.grad[t+1]
for t: c.grad -= [t >= 1] * [x[t-1] > c] * y.grad[t]
c.grad -= [0 > c] * y.grad[0]
"""
PLAIN = """input x[T]
output y[T]
for t: y[t] += relu([t >= 1] * x[t-1])
backward x
for t: x.grad[t] += [t <= T-2] * [x[t] > 0] * y.grad[t+1]
"""
TWICE = """input x[T], z[T], c
output y[T]
for t: y[t] += relu([t >= 1] * x[t-1] - [t >= 1] * z[t-1] + c)
backward c
for t: c.grad += [t >= 1] * [x[t-1] - z[t-1] + c > 0] * y.grad[t]
c.grad += [c > 0] * y.grad[0]
"""
RIGHT = {"shifted": SHIFTED, "plain": PLAIN, "twice": TWICE}
WRONG = {
    "the other sign": SHIFTED.replace("[0 > c]", "[c > 0]"),
    "the last cell": SHIFTED.replace("[0 > c] * y.grad[0]", "[0 > c] * y.grad[T-1]"),
    "nothing at the border": SHIFTED.replace("c.grad -= [0 > c] * y.grad[0]\n", ""),
    "without a bound": SHIFTED.replace("[t >= 1] * [x[t-1] > c]", "[t >= 1] * [x[t] > c]"),
    "all cells": TWICE.replace("c.grad += [c > 0] * y.grad[0]", "for t: c.grad += [c > 0] * y.grad[t]"),
}


@pytest.mark.parametrize("text", RIGHT.values(), ids=RIGHT.keys())
def test_a_guard_inside_a_comparison_is_proved(text):
    found = answer(text)
    assert found.is_proved, found


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_a_wrong_border_is_refuted(text):
    found = answer(text)
    assert not found.is_proved
    assert found.is_refused, found


def value(term, tables, at):
    """A term at numbers: entries from tables, sums over three values."""
    match term:
        case k.Number():
            return Fraction(int(term.numerator), int(term.denominator)) if hasattr(term, "numerator") else term.value
        case k.Entry(tensor, indices):
            return tables[tensor][tuple(at[index] for index in indices)]
        case k.Add(terms):
            return sum(value(part, tables, at) for part in terms)
        case k.Multiply(factors):
            total = Fraction(1)
            for factor in factors:
                total *= value(factor, tables, at)
            return total
        case k.Apply(function, (inner,)):
            assert function == STEP
            return Fraction(value(inner, tables, at) > 0)
        case k.Power(base, exponent):
            inner = value(base, tables, at)
            if exponent.denominator != 1:
                assert inner in (0, 1, 4), "a root of what is no square of these"
                inner, exponent = Fraction({0: 0, 1: 1, 4: 2}[int(inner)]), exponent * 2
            return inner ** int(exponent) if inner else Fraction(0)
        case k.Reduce(_, domain, body):
            name = k.Index(f"bound {len(at)}", domain)
            return sum(value(k.instantiate(body, name), tables, {**at, name: n}) for n in range(3))
    raise AssertionError(term)


@pytest.mark.parametrize("constant", [-2, -1, 0, 1, 2])
def test_what_is_taken_out_is_the_same_number(constant):
    shape = Shape("==", ("T", "T"), (-1, 1), Affine((), constant))
    t, u = k.Index("t", "T"), k.Index("u", "T")
    inner = k.sum_over([u], k.Multiply((shape.at([t, u]), k.Entry("x", (u,)))))
    term = k.Apply(STEP, (k.Add((inner, k.Entry("c", (t,)))),))
    split = through_selections(term, {shape.name: shape}, Normalizer().signs)
    assert split != term
    for x, c in product(product((-2, 0, 1), repeat=3), product((-1, 0, 2), repeat=3)):
        tables = {
            "x": {(n,): Fraction(v) for n, v in enumerate(x)},
            "c": {(n,): Fraction(v) for n, v in enumerate(c)},
            shape.name: shape.table({"T": 3}),
        }
        for place in range(3):
            assert value(term, tables, {t: place}) == value(split, tables, {t: place})


@pytest.mark.parametrize("exponent", [Fraction(-1), Fraction(-2), Fraction(1, 2), Fraction(-1, 2)])
@pytest.mark.parametrize("constant", [-2, 0, 1])
def test_a_power_of_what_is_selected_is_that_of_the_sum(constant, exponent):
    """Also where nothing is selected: the sum is 0 then, and so is its power."""
    shape = Shape("==", ("T", "T"), (-1, 1), Affine((), constant))
    t, u, w = (k.Index(name, "T") for name in "tuw")
    square = k.Power(k.Entry("x", (w,)), Fraction(2))
    inner = k.sum_over([u, w], k.Multiply((shape.at([t, u]), shape.at([t, w]), square)))
    split = through_selections(k.Power(inner, exponent), {shape.name: shape}, Normalizer().signs)
    assert isinstance(split, k.Reduce)
    assert not any(isinstance(part, k.Power) and isinstance(part.base, k.Reduce) for part in k.subterms(split))
    for x in product((-2, 0, 1), repeat=3):
        tables = {"x": {(n,): Fraction(v) for n, v in enumerate(x)}, shape.name: shape.table({"T": 3})}
        for place in range(3):
            whole = value(inner, tables, {t: place})
            expected = value(k.Power(k.Number(whole), exponent), tables, {t: place})
            assert value(split, tables, {t: place}) == expected


def test_what_may_select_several_is_left():
    shape = Shape(">=", ("T", "T"), (-1, 1), Affine())
    t, u = k.Index("t", "T"), k.Index("u", "T")
    term = k.Apply(STEP, (k.sum_over([u], k.Multiply((shape.at([t, u]), k.Entry("x", (u,))))),))
    assert through_selections(term, {shape.name: shape}, Normalizer().signs) == term
    equation = Shape("==", ("T", "T"), (-1, 1), Affine())
    both = k.Apply(STEP, (k.sum_over([u], k.Multiply((equation.at([u, u]), k.Entry("x", (u,))))),))
    assert through_selections(both, {equation.name: equation}, Normalizer().signs) == both
