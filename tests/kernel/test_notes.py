"""The normal form says which rules it used, and no others."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.terms import (
    ONE,
    Add,
    Apply,
    Entry,
    Index,
    Multiply,
    Power,
    Relation,
    Symbol,
    negate,
    nonzero,
    number,
    positive,
    sum_over,
)

a, b, c = map(Symbol, "abc")
i, j = Index("i", "I"), Index("j", "I")
u, w = Entry("u", (i,)), Entry("w", (i, j))
OVER_A, OVER_B = Power(a, Fraction(-1)), Power(b, Fraction(-1))
BOTH = (positive(a), positive(b))
WHOLE = sum_over([i], u)


def log(*factors):
    return Apply("log", (factors[0] if len(factors) == 1 else Multiply(factors),))


def exp(*terms):
    return Apply("exp", (terms[0] if len(terms) == 1 else Add(terms),))


def gamma(term):
    return Apply("gamma", (term,))


USED = {
    "arithmetic": (Multiply((Add((a, b)), a)), (), set()),
    "a quotient": (Multiply((a, OVER_A)), (nonzero(a),), {"real.quotient"}),
    "a quotient that may be nothing over nothing": (Multiply((a, OVER_A)), (), set()),
    "powers that are joined": (Multiply((a, a, OVER_A)), (nonzero(a),), set()),
    "an exponential of a sum": (exp(a, b), (), {"exponential.sum"}),
    "an exponential of a number of times": (exp(Multiply((number(2), a))), (), set()),
    "an exponential of a logarithm": (exp(log(a)), BOTH, {"exponential.logarithm"}),
    "a logarithm of a product": (log(a, b), BOTH, {"logarithm.product"}),
    "a logarithm of a quotient": (log(a, OVER_B), BOTH, {"logarithm.quotient"}),
    "a logarithm of a number over another": (log(OVER_B), BOTH, {"logarithm.quotient"}),
    "a logarithm of a power": (log(Power(a, Fraction(3))), BOTH, {"logarithm.power"}),
    "a logarithm of an exponential": (log(exp(a)), BOTH, {"logarithm.exponential"}),
    "a logarithm of a number that is not known to be positive": (log(a, c), BOTH, set()),
    "a logarithm alone": (log(a), BOTH, set()),
    "a gamma function that is lowered": (gamma(Add((a, ONE))), BOTH, {"gamma.recurrence"}),
    "a gamma function that is not": (gamma(Add((c, ONE))), BOTH, set()),
    "a gamma function of one": (gamma(ONE), (), {"gamma.one"}),
    "a gamma function of two": (gamma(number(2)), (), {"gamma.recurrence"}),
    "a digamma function that is lowered": (Apply("digamma", (Add((a, ONE)),)), BOTH, {"digamma.recurrence"}),
    "a digamma function that is not": (Apply("digamma", (Add((c, ONE)),)), BOTH, set()),
    "an equation": (b, (Relation("=", a, b),), {"premise 0"}),
    "the second of two facts": (b, (positive(b), Relation("=", a, b)), {"premise 1"}),
    "an equation about something else": (c, (Relation("=", a, b),), set()),
    "a part of a sum over the sum": (
        sum_over([i], Multiply((u, Power(WHOLE, Fraction(-1))))),
        (nonzero(WHOLE),),
        {"sum.fold", "real.quotient"},
    ),
}


@pytest.mark.parametrize("name", USED)
def test_the_rules_that_were_used_are_named(name):
    term, facts, expected = USED[name]
    normal = Normalizer(facts)
    normal.polynomial(term)
    assert set(normal.used) == expected
    normal.used = {}
    normal.polynomial(Add((term, negate(ONE))))  # what is known already says so too
    assert set(normal.used) == expected


def test_a_definition_that_is_unfolded_is_named():
    normal = Normalizer(unfold=[Relation("=", c, Add((a, b)))])
    assert normal.polynomial(c) == Normalizer().polynomial(Add((a, b)))
    assert set(normal.used) == {"unfold c"}
