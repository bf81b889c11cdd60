"""What follows from how a distribution factors, and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symderiv import E, at_most, distribution, entropy, equal, greater, implies, ln, variables
from symderiv.language.encode import encode
from symderiv.language.written import Scalar
from symderiv.model.statement import Context, Statement
from symderiv.refuters import finite
from symderiv.search import Question, proof_of

x, y, z = variables("x y z")
P = distribution("P", x, y)
R = distribution("R", x, y, z)
S = distribution("S", x, y | z)
F = distribution("F", x, y, factors=P(x, y))
APART = equal(P(x, y), P(x) * P(y))
THREE = equal(R(x, y, z), R(x) * R(y) * R(z))
PAIRS = equal(R(x, y, z), R(x, y) * R(z))
GIVEN = equal(R(x, y | z), R(x | z) * R(y | z))
CHAIN = equal(R(x, y, z), R(x) * R(y | x) * R(z | y))
SAME = equal(R(z | x, y), R(z | y))

TRUE = [
    (APART, equal(P.H(x, y), P.H(x) + P.H(y))),
    (APART, equal(P.I(x, y), 0)),
    (APART, equal(P.H(x | y), P.H(x))),
    (APART, equal(P(x | y), P(x))),
    (equal(P(x | y), P(x)), equal(P(x, y), P(x) * P(y))),
    (equal(P(x | y), P(x)), equal(P.I(x, y), 0)),
    (APART, equal(E[P(x, y)](ln(P(x, y))), E[P(x)](ln(P(x))) + E[P(y)](ln(P(y))))),
    (THREE, equal(R.H(x, y, z), R.H(x) + R.H(y) + R.H(z))),
    (THREE, equal(R(x, y), R(x) * R(y))),
    (THREE, equal(R.I(x, y | z), 0)),
    (PAIRS, equal(R.H(x, y | z), R.H(x, y))),
    (PAIRS, equal(R.I(x, z), 0)),
    (GIVEN, equal(R.I(x, y | z), 0)),
    (GIVEN, equal(R.H(x, y | z), R.H(x | z) + R.H(y | z))),
    (GIVEN, equal(R.H(x | y, z), R.H(x | z))),
    (CHAIN, equal(R.I(x, z | y), 0)),
    (CHAIN, equal(R(z | x, y), R(z | y))),
    (SAME, equal(R.H(z | x, y), R.H(z | y))),
    (SAME, equal(R.I(x, z | y), 0)),
]
FALSE = [
    (APART, equal(P(x, y), P(x))),
    (APART, equal(P.H(x, y), P.H(x))),
    (APART, equal(P.H(x | y), P.H(y))),
    (PAIRS, equal(R.I(x, y), 0)),
    (PAIRS, equal(R(x, y), R(x) * R(y))),
    (GIVEN, equal(R.I(x, y), 0)),
    (GIVEN, equal(R(x, y), R(x) * R(y))),
    (CHAIN, equal(R.I(x, z), 0)),
    (CHAIN, equal(R.I(x, y | z), 0)),
    (SAME, equal(R.I(x, y | z), 0)),
    (equal(R(x, y), R(x) * R(y)), equal(R.I(x, y | z), 0)),
]


@pytest.mark.parametrize(("assumed", "claim"), TRUE)
def test_what_independence_says_is_proved(assumed, claim):
    assert proof_of(Question(encode(Statement(claim, Context((assumed,)))), (), 0)) is not None


@pytest.mark.parametrize(("assumed", "claim"), FALSE)
def test_what_it_does_not_say_is_refuted(assumed, claim):
    assert finite.search(encode(Statement(claim, Context((assumed,)))), 0) is not None


@pytest.mark.parametrize(("assumed", "claim"), TRUE)
def test_it_holds_of_the_whole_itself(assumed, claim):
    """No model of the factors contradicts what is defined by sums over the whole: a second way to the same numbers."""
    assert finite.search(encode(Statement(claim, Context((assumed,)))), 1) is None


@pytest.mark.parametrize(
    ("assumed", "head"),
    [(APART, "P(x)"), (THREE, "R(y)"), (PAIRS, "R(x,y)"), (GIVEN, "R(x|z)"), (CHAIN, "R(z|y)"), (SAME, "R(x,y)")],
)
def test_the_factors_stand_for_themselves(assumed, head):
    claim = equal(entropy(P(x)), 0) if assumed is APART else equal(entropy(R(x, y, z)), 0)
    encoded = encode(Statement(claim, Context((assumed,))))
    assert head not in {definition.head for definition in encoded.definitions}
    assert encoded.assumptions == ()


@pytest.mark.parametrize(
    "assumed",
    [
        equal(R(x, y), R(x) * R(y)),
        equal(R(x, y, z), R(x | y) * R(y | x) * R(z)),
        equal(R(x, y, z), R(x, y) * R(y, z)),
        equal(R(x, y, z), R(x) * R(y) * R(z) * 2),
        at_most(R(x, y, z), R(x) * R(y) * R(z)),
        implies(greater(R(x), 0), THREE),
        replace(THREE, parameters=(Scalar("t"),)),
        equal(R(x, y, z), R(x) * R(y) * R(z) * R(x | y)),
        equal(R(x, y, z), R(x, y, z)),
        equal(R(x, y, z), P(x, y) * R(z)),
        equal(R(x, y), R(x) * R(y) * R(z)),
        equal(R(x, y), R(x, y) * R(z)),
        equal(R(x, y, z), R(x) * R(y)),
        equal(R(x, y, z), R(x | z) * R(y) * R(z | x)),
        equal(R(x, y, z.copy("w")), R(x, y) * R(z.copy("w"))),
        equal(R(x, y, z), R(x, y) * R(z.copy("w"))),
        equal(S(x, y | z), S(x | z) * S(y | z)),
        equal(F(x, y), F(x) * F(y)),
    ],
)
def test_what_is_no_factorisation_is_an_equation_like_others(assumed):
    encoded = encode(Statement(equal(R(x), R(y)), Context((assumed,))))
    assert len(encoded.assumptions) == 1


def test_the_first_of_two_factorisations_defines_the_whole():
    encoded = encode(Statement(equal(R(x), R(y)), Context((PAIRS, THREE))))
    heads = {definition.head for definition in encoded.definitions}
    assert len(encoded.assumptions) == 1
    assert "R" in heads
    assert "R(x,y)" not in heads
