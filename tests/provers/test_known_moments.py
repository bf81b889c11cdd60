"""Equations between moments with the values that are assumed of them: what is asked then, and where nothing is."""

from __future__ import annotations

import pytest
from sympy import Rational

from symderiv import (
    E,
    Var,
    at_least,
    at_most,
    equal,
    exp,
    greater,
    implies,
    random_variables,
    scalars,
    tensor,
    unequal,
    variables,
)
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.terms import subtract
from symderiv.language.encode import encode
from symderiv.language.written import Scalar
from symderiv.model.statement import Context, Statement
from symderiv.provers.known_moments import with_known_moments
from symderiv.provers.task import Task

a, b, c = scalars("a b c")
(i,) = variables("i")
X, Y = random_variables("X Y")
u = tensor("u", i)
MEAN, SQUARE = equal(E(X), a), equal(E(X**2), b)
OF_FAMILY, SPREAD_OF_FAMILY = tensor(r"\mathrm{E}(Z)", i)[i], Scalar(r"\mathrm{Var}(Z)")


def asked(claim, *assumptions):
    return with_known_moments(Task(encode(Statement(claim, Context(assumptions)))))


def plain(relation):
    return relation.kind, *map(Normalizer().canonical, (relation.left, relation.right))


def numbers(claim):
    relation = encode(Statement(claim, Context())).conclusion
    return Normalizer().polynomial(subtract(relation.left, relation.right))


@pytest.mark.parametrize(
    ("claim", "assumptions", "expected", "kept"),
    [
        (equal(E(X**2 + X), a), (MEAN, SQUARE), equal(a + b, a), ()),
        (equal(Var(X), 1), (MEAN, SQUARE), equal(b - a**2, 1), ()),
        (equal(E(X), c), (MEAN, greater(a, 0)), equal(a, c), (greater(a, 0),)),
        (equal(E(X), c), (MEAN, equal(E(X), a), at_most(b, c)), equal(a, c), (at_most(b, c),)),
        (equal(E(X), c), (MEAN, greater(E(X), 0)), equal(a, c), (greater(a, 0),)),
    ],
)
def test_moments_have_the_values_that_are_assumed(claim, assumptions, expected, kept):
    found = asked(claim, *assumptions)
    assert found is not None
    conclusion = found.conclusion
    assert Normalizer().polynomial(subtract(conclusion.left, conclusion.right)) == numbers(expected)
    assert len(found.assumptions) == len(kept)
    stated = {encode(Statement(claim, Context())).conclusion for claim in kept}
    assert {plain(fact.proposition) for fact in found.assumptions} == set(map(plain, stated))
    assert found.facts == found.definitions == ()


@pytest.mark.parametrize("again", [equal(E(X**2), a**2 + c), equal(Var(X), c)])
def test_what_is_assumed_of_a_moment_twice_relates_its_values(again):
    """No values are told of which one contradicts the others."""
    (kept,) = asked(equal(E(X), c), MEAN, SQUARE, again).assumptions
    assert kept.proposition.kind == "="
    found = Normalizer().polynomial(subtract(kept.proposition.left, kept.proposition.right))
    assert found in (numbers(equal(b - a**2, c)), numbers(equal(b, a**2 + c)), numbers(equal(a**2 + c, b)))


@pytest.mark.parametrize(
    ("claim", "assumptions"),
    [
        (equal(E(X), a), ()),
        (equal(a, b), (greater(a, 0),)),
        (at_most(E(X), b), (MEAN,)),
        (unequal(E(X), b), (MEAN,)),
        (implies(greater(c, 0), equal(E(X), b)), (MEAN,)),
        (equal(E(X), E(Y)), (MEAN,)),
        (equal(E(Y), E(X)), (MEAN,)),
        (equal(E(X) + E(X**3), a), (MEAN,)),
        (equal(E(X), exp(b)), (MEAN,)),
        (equal(E(X), b ** Rational(1, 2)), (MEAN,)),
        (equal(E(X), OF_FAMILY), (MEAN,)),
        (equal(E(X), SPREAD_OF_FAMILY), (MEAN,)),
        (equal(E(X), c), (MEAN, implies(greater(c, 0), equal(E(X), b)))),
        (equal(E(X), c), (MEAN, at_least(E(X**4), b))),
    ],
)
def test_nothing_is_asked_where_something_random_remains(claim, assumptions):
    assert asked(claim, *assumptions) is None
