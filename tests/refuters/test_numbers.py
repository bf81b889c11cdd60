"""Numbers that satisfy linear equations, of which each has several of them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.terms import Add, Multiply, Relation, Symbol, number
from symderiv.refuters.numbers import solved

NAMES = ("a", "b", "c")
COEFFICIENTS = st.lists(st.integers(-4, 4), min_size=3, max_size=3)


def equation(coefficients, value):
    terms = tuple(Multiply((number(c), Symbol(name))) for c, name in zip(coefficients, NAMES, strict=True))
    return Relation("=", Add(terms), number(value))


@given(st.lists(COEFFICIENTS, min_size=1, max_size=3), st.lists(st.integers(-9, 9), min_size=3, max_size=3))
def test_equations_that_can_hold_together_do(rows, values):
    assume(all(any(row) for row in rows))
    known = [sum(c * v for c, v in zip(row, values, strict=True)) for row in rows]
    stated = [equation(row, value) for row, value in zip(rows, known, strict=True)]
    model = solved(Model({}, dict.fromkeys(NAMES, Fraction(1)), {}, {}, {}), stated)
    evaluator = Evaluator(model, stated)
    assert all(evaluator.holds(relation) for relation in stated)


def test_numbers_that_are_fixed_keep_their_values():
    stated = [equation([1, 1, 0], 3), equation([1, -1, 0], 1)]
    model = solved(Model({}, dict.fromkeys(NAMES, Fraction(1)), {}, {}, {}), stated, fixed={"b"})
    assert model.symbols["b"] == 1
