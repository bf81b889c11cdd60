"""Powers of powers and of products mean the same at every point, and are joined where the facts allow it."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from symderiv.kernel.errors import Rejected
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import quote
from symderiv.kernel.replay import Line, derive
from symderiv.kernel.terms import (
    ONE,
    Add,
    Apply,
    Multiply,
    Power,
    Relation,
    Symbol,
    negate,
    nonnegative,
    nonzero,
    positive,
)
from tests.kernel.total import Total

a, b = Symbol("a"), Symbol("b")
HALF = Fraction(1, 2)
EXPONENTS = [Fraction(n, d) for n in (-3, -2, -1, 1, 2, 3) for d in (1, 2)]
FACTS = [(), (nonzero(a),), (nonnegative(a),), (positive(a),), (positive(a), positive(b)), (Relation("<", a, b),)]
VALUES = (-2.0, 0.0, 1.0, 4.0)


def shapes(one, other):
    """Terms with a power inside a power."""
    inner = Power(a, one)
    yield Power(inner, other)
    yield Power(Multiply((inner, b)), other)
    yield Multiply((inner, Power(a, other)))
    yield Power(Add((inner, b)), other)
    yield Power(Multiply((inner, Add((ONE, Power(b, Fraction(2)))))), other)
    yield Apply("log", (Multiply((Power(inner, other), Power(b, one))),))


@pytest.mark.parametrize("other", EXPONENTS, ids=str)
@pytest.mark.parametrize("one", EXPONENTS, ids=str)
def test_a_power_of_a_power_keeps_its_value(one, other):
    for term in shapes(one, other):
        for facts in FACTS:
            normal = quote(Normalizer(facts).polynomial(term))
            for at, beside in product(VALUES, repeat=2):
                here = Total({}, {"a": at, "b": beside}, {}, {}, 0.5)
                if all(here.holds(fact) for fact in facts):
                    assert here.value(normal) == pytest.approx(here.value(term), rel=1e-6), (term, normal, at, beside)


def equality(left, right, *facts):
    lines = [Line("hypothesis", (), (fact,)) for fact in facts]
    roles = ["fact"] * len(facts)
    derive((*lines, Line("equality", tuple(range(len(facts))), (Relation("=", left, right), *roles))))


def root(term):
    return Power(term, HALF)


JOINED = [
    (Power(Multiply((a, b)), Fraction(-1)), Multiply((Power(a, Fraction(-1)), Power(b, Fraction(-1)))), ()),
    (root(Multiply((a, b))), Multiply((root(a), root(b))), (positive(a), positive(b))),
    (Power(root(a), Fraction(2)), a, (nonnegative(a),)),
    (Power(root(a), Fraction(-2)), Power(a, Fraction(-1)), (nonnegative(a),)),
    (root(Power(a, Fraction(2))), a, (positive(a),)),
    (Multiply((a, a)), Multiply((a, b)), (Relation("=", a, b),)),
]


@pytest.mark.parametrize(("left", "right", "facts"), JOINED, ids=[str(n) for n in range(len(JOINED))])
def test_powers_are_joined_where_the_facts_allow_it(left, right, facts):
    equality(left, right, *facts)
    if facts:
        with pytest.raises(Rejected, match="equality: normal forms differ"):
            equality(left, right)


def test_a_root_of_a_square_is_not_the_number_where_that_may_be_negative():
    for facts in ((), (nonzero(a),), (Relation("<", a, b),)):
        for other in (a, negate(a)):
            with pytest.raises(Rejected, match="equality: normal forms differ"):
                equality(root(Power(a, Fraction(2))), other, *facts)


def test_powers_of_what_may_be_0_are_put_together_where_none_is_left_out():
    """0 to any exponent but 0 is 0, so `s s^(-1/2)` is `s^(1/2)` also where s is 0, but `s^(1/2) s^(-1/2)` is not 1."""
    half, below = Power(a, HALF), Power(a, -HALF)
    known = Normalizer([nonnegative(a)]).polynomial
    assert known(Multiply((a, below))) == known(half)
    assert known(Multiply((Power(a, Fraction(-1)), half))) == known(below)
    assert known(Multiply((half, below))) != known(ONE)
    assert Normalizer().polynomial(Multiply((a, below))) != Normalizer().polynomial(half)
    certain = Normalizer([positive(a)]).polynomial
    assert certain(Multiply((half, below))) == certain(ONE)
