"""Tensors that satisfy linear equations, and equations that are left as they are."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.terms import Delta, Entry, Index, Multiply, Power, Relation, forall, number, sum_over
from symderiv.refuters.linear import VAIN, LinearEquations

I, J, K = (Index(name, "n") for name in ("i", "j", "k"))
CELLS = [(0, 0), (0, 1), (1, 0), (1, 1)]
MATRICES = st.lists(st.integers(-4, 4), min_size=4, max_size=4)


def of(name, *indices):
    return Entry(name, indices)


def table(values):
    return {cell: Fraction(value) for cell, value in zip(CELLS, values, strict=True)}


INVERSE = forall([I, J], Relation("=", sum_over([K], Multiply((of("A", I, K), of("A^{-1}", K, J)))), Delta(I, J)))
SQUARED = forall([I], Relation("=", sum_over([J], Multiply((of("x", I), of("x", J)))), number(4)))
SUMS = forall([I], Relation("=", sum_over([J], Multiply((of("A", I, J), of("x", J)))), of("y", I)))


@given(MATRICES)
def test_an_inverse_is_solved_for(values):
    one, two, three, four = values
    assume(one * four != two * three)
    drawn = Model({"n": 2}, {}, {"A": table(values), "A^{-1}": table([1, 2, 3, 4])})
    model = LinearEquations([INVERSE]).solved(drawn)
    assert Evaluator(model).holds(INVERSE)
    assert model.tensors["A"] == drawn.tensors["A"]


def test_an_equation_that_is_not_linear_is_left_as_it_is():
    squares = forall([I], Relation("=", Power(of("x", I), Fraction(2)), number(1)))
    drawn = Model({"n": 2}, {}, {"x": {(0,): Fraction(3), (1,): Fraction(5)}})
    for equation in (squares, SQUARED):
        assert LinearEquations([equation]).solved(drawn) == drawn


def test_what_is_in_vain_for_one_tensor_is_not_so_for_others():
    equations = LinearEquations([INVERSE, SUMS])
    singular = Model(
        {"n": 2},
        {},
        {
            "A": table([1, 1, 1, 1]),
            "A^{-1}": table([1, 2, 3, 4]),
            "x": {(0,): Fraction(3), (1,): Fraction(5)},
            "y": {(0,): Fraction(1), (1,): Fraction(1)},
        },
    )
    for _ in range(2 * VAIN):
        model = equations.solved(singular, fixed={"A"})
        assert Evaluator(model).holds(SUMS)
        assert model.tensors["A^{-1}"] == singular.tensors["A^{-1}"]
