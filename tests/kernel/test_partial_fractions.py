"""Fractions of sizes: they are taken apart where no denominator can be 0, and mean the same at every size."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

import pytest

from symderiv.kernel.errors import Rejected
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import quote
from symderiv.kernel.replay import Line, derive
from symderiv.kernel.terms import ONE, Add, Apply, Multiply, Power, Relation, Size, Symbol, nonzero, number, subtract
from tests.kernel.total import Total

B, J = Size("B"), Size("J")
AT_LEAST_2 = Relation("<=", number(2), B)
BASES = [
    B,
    Add((B, ONE)),
    subtract(B, ONE),
    Add((B, number(2))),
    Multiply((number(2), B)),
    Add((B, J)),
    Power(B, Fraction(2)),
]
EXPONENTS = (-1, -2)


def below(base, exponent=-1):
    return Power(base, Fraction(exponent))


def value(term, b, j=3):
    return Total({"B": b, "J": j}, {"a": 1.5}, {}, {}, 0.5).value(term)


@pytest.mark.parametrize(
    "factors", [(), (Symbol("a"),), (below(J),), (Add((B, number(3))),), (Apply("exp", (B,)),)], ids=str
)
@pytest.mark.parametrize("pair", list(combinations(BASES, 2)), ids=str)
def test_a_product_of_fractions_keeps_its_value_at_every_size(pair, factors):
    for first, second in product(EXPONENTS, repeat=2):
        term = Multiply((below(pair[0], first), below(pair[1], second), *factors))
        for facts, least in (((), 1), ((AT_LEAST_2,), 2)):
            normal = quote(Normalizer(facts).polynomial(term))
            for b in range(least, 6):
                assert value(normal, b) == pytest.approx(value(term, b)), (term, normal, b)


def equality(left, right, *facts):
    """Replays the equality of two terms by normal form."""
    lines = [Line("hypothesis", (), (fact,)) for fact in facts]
    roles = ["fact"] * len(facts)
    derive((*lines, Line("equality", tuple(range(len(facts))), (Relation("=", left, right), *roles))))


NEXT = Add((B, ONE))
BEFORE = subtract(B, ONE)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Multiply((below(B), below(NEXT))), subtract(below(B), below(NEXT))),
        (Multiply((below(NEXT), below(Add((B, number(2)))))), subtract(below(NEXT), below(Add((B, number(2)))))),
        (
            Multiply((below(NEXT), below(Add((B, number(3)))))),
            Multiply((number(Fraction(1, 2)), subtract(below(NEXT), below(Add((B, number(3))))))),
        ),
        (Multiply((below(B, -2), below(NEXT))), Add((below(B, -2), Multiply((number(-1), below(B))), below(NEXT)))),
        (
            Multiply((below(B), below(Add((B, number(2)))))),
            Multiply((number(Fraction(1, 2)), subtract(below(B), below(Add((B, number(2))))))),
        ),
    ],
)
def test_fractions_are_taken_apart(left, right):
    equality(left, right)


def test_a_denominator_that_can_be_zero_is_not_taken_apart():
    left, right = Multiply((below(BEFORE), below(B))), subtract(below(BEFORE), below(B))
    equality(left, right, AT_LEAST_2)
    with pytest.raises(Rejected, match="equality: normal forms differ"):
        equality(left, right)


@pytest.mark.parametrize(
    "right",
    [
        Add((below(B), below(NEXT))),
        subtract(below(NEXT), below(B)),
        subtract(below(B), below(Add((B, number(2))))),
        Multiply((number(2), subtract(below(B), below(NEXT)))),
        subtract(below(B, -2), below(NEXT)),
    ],
    ids=str,
)
def test_a_wrong_decomposition_is_rejected(right):
    with pytest.raises(Rejected, match="equality: normal forms differ"):
        equality(Multiply((below(B), below(NEXT))), right)


@pytest.mark.parametrize(("first", "second"), [(Fraction(-1, 2), Fraction(-1)), (Fraction(-1), Fraction(-1, 2))])
def test_roots_are_not_taken_apart(first, second):
    """(B - 3) (B - 3)^(-1/2) need not be (B - 3)^(1/2), since nothing is known of roots of what is below nothing."""
    low, high = subtract(B, number(3)), subtract(B, number(2))
    left = Multiply((Power(low, first), Power(high, second)))
    right = subtract(
        Multiply((Power(low, first), Power(high, second + 1))), Multiply((Power(low, first + 1), Power(high, second)))
    )
    with pytest.raises(Rejected, match="equality: normal forms differ"):
        equality(left, right, nonzero(low), nonzero(high))


def test_bases_that_differ_by_no_number_are_left_alone():
    term = Multiply((below(B), below(Add((B, J)))))
    assert len(Normalizer().polynomial(term)) == 1
