"""What is known of signs: as much as follows, and no more."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.signs import ANY, NEGATIVE, POSITIVE, ZERO
from symderiv.kernel.terms import (
    MINUS_ONE,
    ONE,
    REAL,
    Add,
    Apply,
    Bound,
    Delta,
    Entry,
    Forall,
    Gather,
    Implies,
    Index,
    Multiply,
    Power,
    Reduce,
    Relation,
    Size,
    Symbol,
    abstract,
    forall,
    negate,
    nonnegative,
    nonzero,
    number,
    positive,
    subtract,
    sum_over,
)
from symderiv.kernel.terms import ZERO as NOUGHT

a, b, c = map(Symbol, "abc")
i, j, k = Index("i", "I"), Index("j", "I"), Index("k", "K")
u, v, w, e = Entry("u", (i,)), Entry("v", (i,)), Entry("w", (i, k)), Entry("e", (i,))
uj = Entry("u", (j,))
SOME = POSITIVE | ZERO
LESS = NEGATIVE | ZERO
APART = NEGATIVE | POSITIVE


def power(base, *exponent):
    return Power(base, Fraction(*exponent))


def log(term):
    return Apply("log", (term,))


def over(kind, index, body):
    return Reduce(kind, index.domain, abstract(body, index))


def negative(term):
    return Relation("<", term, NOUGHT)


def at_most(one, other):
    return Relation("<=", one, other)


def less(one, other):
    return Relation("<", one, other)


ABOVE, NOT_BELOW = forall([i], positive(u)), forall([i], nonnegative(u))
SIGNS = {
    "a positive number": (number(Fraction(1, 2)), (), POSITIVE),
    "nothing": (number(0), (), ZERO),
    "a negative number": (number(-2), (), NEGATIVE),
    "a symbol": (a, (), ANY),
    "a delta": (Delta(i, j), (), SOME),
    "a size": (Size("I"), (), POSITIVE),
    "an exponential": (Apply("exp", (a,)), (), POSITIVE),
    "an absolute value": (Apply("abs", (a,)), (), SOME),
    "an absolute value of what is not nothing": (Apply("abs", (a,)), (nonzero(a),), POSITIVE),
    "another function": (Apply("f", (a,)), (), ANY),
    "a product of nothing": (Multiply(()), (), POSITIVE),
    "a product": (Multiply((a, b)), (positive(a), negative(b)), NEGATIVE),
    "a product of negatives": (Multiply((a, b)), (negative(a), negative(b)), POSITIVE),
    "a product that may be nothing": (Multiply((a, b)), (positive(a), nonnegative(b)), SOME),
    "a product of a sum with itself": (Multiply((Add((a, b)), Add((a, b)))), (), SOME),
    "a product of equal sums": (Multiply((Add((a, b)), Add((b, a)))), (), SOME),
    "a product of equal sums that are positive": (
        Multiply((Add((power(a, 3), b)), Add((b, power(a, 3))))),
        (positive(a), positive(b)),
        POSITIVE,
    ),
    "a product of equal sums and another": (Multiply((Add((a, b)), c, Add((b, a)))), (negative(c),), LESS),
    "a product of equal sums and anything": (Multiply((Add((a, b)), c, Add((b, a)))), (), ANY),
    "a product of equal sums over a set": (
        Multiply((over("sum", i, u), Apply("exp", (a,)), over("sum", j, Multiply((uj, ONE))))),
        (),
        SOME,
    ),
    "a sum that is not nothing, times what is positive": (
        over("sum", i, Multiply((c, u, v))),
        (positive(c), ABOVE, forall([i], nonnegative(v)), nonzero(over("sum", i, Multiply((u, v))))),
        POSITIVE,
    ),
    "a sum of what may be nothing, times what is positive": (
        over("sum", i, Multiply((c, u, v))),
        (positive(c), ABOVE, forall([i], nonnegative(v)), nonzero(over("sum", i, Multiply((a, v))))),
        SOME,
    ),
    "a product of sums that differ": (Multiply((Add((a, b)), Add((a, c)))), (), ANY),
    "a product of three equal sums": (Multiply((Add((a, b)), Add((b, a)), Add((a, b)))), (), ANY),
    "a sum of nothing": (Add(()), (), ZERO),
    "a sum": (Add((a, b)), (positive(a), nonnegative(b)), POSITIVE),
    "a sum of two that may be nothing": (Add((a, b)), (nonnegative(a), nonnegative(b)), SOME),
    "a sum of negatives": (Add((a, b)), (negative(a), negative(b)), NEGATIVE),
    "a sum of both": (Add((a, b)), (positive(a), negative(b)), ANY),
    "a square": (power(a, 2), (), SOME),
    "a square of what is not nothing": (power(a, 2), (nonzero(a),), POSITIVE),
    "one over a square": (power(a, -2), (), SOME),
    "a cube": (power(a, 3), (negative(a),), NEGATIVE),
    "one over": (power(a, -1), (positive(a),), POSITIVE),
    "one over what may be nothing": (power(a, -1), (nonnegative(a),), SOME),
    "the zeroth power": (power(a, 0), (), POSITIVE),
    "a root": (power(a, 1, 2), (nonnegative(a),), SOME),
    "a root of what may be negative": (power(a, 1, 2), (nonzero(a),), ANY),
    "a maximum": (Apply("max", (a, ONE)), (), POSITIVE),
    "a maximum of what may be nothing": (Apply("max", (a, b)), (nonnegative(a),), SOME),
    "a maximum of negatives": (Apply("max", (a, b)), (negative(a), negative(b)), NEGATIVE),
    "a minimum": (Apply("min", (a, b)), (positive(a),), ANY),
    "a minimum of positives": (Apply("min", (a, b)), (positive(a), positive(b)), POSITIVE),
    "a minimum of a negative": (Apply("min", (a, b)), (negative(a),), NEGATIVE),
    "a logarithm": (log(a), (positive(a),), ANY),
    "products of numbers": (Add((Multiply((ONE, number(4))), Multiply((number(-2), number(3))))), (), NEGATIVE),
    "products of numbers that cancel": (Add((Multiply((number(2), number(3))), number(-6))), (), ZERO),
    "products of numbers and another": (
        Add((Multiply((number(-2), number(3))), number(6), a)),
        (positive(a),),
        POSITIVE,
    ),
    "a number times itself": (Multiply((a, a)), (), SOME),
    "a number times itself, thrice": (Multiply((a, a, a)), (), ANY),
    "a number times itself, and another": (Multiply((a, b, a)), (positive(b),), SOME),
    "a negative number times itself, and again": (Multiply((a, a, a)), (less(a, NOUGHT),), NEGATIVE),
    "a logarithm of two": (log(number(2)), (), POSITIVE),
    "a logarithm of one": (log(ONE), (), ZERO),
    "a logarithm of a half": (log(number(Fraction(1, 2))), (), NEGATIVE),
    "a logarithm of what is one more": (log(Add((ONE, Apply("exp", (a,))))), (), POSITIVE),
    "a logarithm of what is half more": (log(Add((number(Fraction(1, 2)), Apply("exp", (a,))))), (), ANY),
    "a number, and one that is greater": (Add((ONE, a, MINUS_ONE)), (positive(a),), POSITIVE),
    "a number, and one that is smaller": (Add((ONE, a, number(-2))), (positive(a),), ANY),
    "a logarithm of more than one": (log(a), (less(ONE, a),), POSITIVE),
    "a logarithm of one or more": (log(a), (at_most(ONE, a),), SOME),
    "a logarithm of less than one": (log(a), (positive(a), less(a, ONE)), NEGATIVE),
    "a logarithm of what may be nothing": (log(a), (nonnegative(a), less(a, ONE)), ANY),
    "a sum of positives": (over("sum", i, u), (ABOVE,), POSITIVE),
    "a sum of what may be nothing": (over("sum", i, u), (NOT_BELOW,), SOME),
    "a sum of what is not nothing": (over("sum", i, u), (forall([i], nonzero(u)),), ANY),
    "a sum of negatives over a set": (over("sum", i, negate(u)), (ABOVE,), NEGATIVE),
    "a sum of anything": (over("sum", i, u), (), ANY),
    "the largest": (over("max", i, u), (NOT_BELOW,), SOME),
    "the largest of what is not nothing": (over("max", i, u), (forall([i], nonzero(u)),), APART),
    "the least": (over("min", i, u), (ABOVE,), POSITIVE),
    "a product over a set": (over("product", i, u), (NOT_BELOW,), SOME),
    "a product of positives over a set": (over("product", i, u), (ABOVE,), POSITIVE),
    "a product of negatives over a set": (over("product", i, negate(u)), (ABOVE,), ANY),
    "a fact about all entries": (uj, (ABOVE,), POSITIVE),
    "a fact about all entries at a map": (Entry("u", (Gather("g", "I", (k,)),)), (ABOVE,), POSITIVE),
    "a fact about one entry": (uj, (positive(u),), ANY),
    "a fact about all numbers": (Apply("f", (a,)), (Forall(REAL, positive(Apply("f", (Bound(0),)))),), POSITIVE),
    "a fact on the left": (a, (less(a, NOUGHT),), NEGATIVE),
    "a fact that it is not more": (a, (at_most(a, NOUGHT),), LESS),
    "a fact that it is less than a negative": (a, (at_most(a, MINUS_ONE),), NEGATIVE),
    "a fact that it is less than a positive": (a, (less(a, ONE),), ANY),
    "a fact that it is more than a positive": (a, (at_most(ONE, a),), POSITIVE),
    "a fact that it is more than a negative": (a, (less(MINUS_ONE, a),), ANY),
    "a fact that it is not nothing": (a, (nonzero(a),), APART),
    "a fact that nothing is not it": (a, (Relation("!=", NOUGHT, a),), APART),
    "a fact that it is a number": (a, (Relation("=", a, number(-3)),), NEGATIVE),
    "a fact that a number is it": (a, (Relation("=", number(3), a),), POSITIVE),
    "two facts": (a, (nonnegative(a), nonzero(a)), POSITIVE),
    "a fact under a premise": (a, (Implies(positive(b), positive(a)), positive(b)), POSITIVE),
    "a fact under a premise that is open": (a, (Implies(positive(b), positive(a)), nonnegative(b)), ANY),
    "a fact under two premises": (a, (Implies(positive(b), Implies(positive(c), positive(a))), positive(b)), ANY),
    "facts in a row": (
        a,
        (Implies(positive(b), positive(a)), Implies(positive(c), positive(b)), positive(c)),
        POSITIVE,
    ),
    "facts that contradict each other": (a, (positive(a), negative(a)), ANY),
    "facts in a circle": (a, (Implies(positive(b), positive(a)), Implies(positive(a), positive(b))), ANY),
    "a difference": (subtract(b, a), (less(a, b),), POSITIVE),
    "a difference turned round": (subtract(a, b), (less(a, b),), NEGATIVE),
    "a difference that may be nothing": (subtract(b, a), (at_most(a, b),), SOME),
    "a difference and more": (Add((subtract(b, a), ONE)), (at_most(a, b),), POSITIVE),
    "a difference and less": (Add((subtract(b, a), MINUS_ONE)), (at_most(a, b),), ANY),
    "a difference from more": (subtract(a, Add((b, ONE))), (at_most(a, b),), NEGATIVE),
    "a difference of another": (subtract(c, a), (less(a, b),), ANY),
    "a difference that is not nothing": (subtract(a, b), (Relation("!=", a, b),), APART),
    "a number that is a difference": (c, (less(Add((c, a)), a),), NEGATIVE),
    "a difference under a premise": (subtract(b, a), (Implies(positive(c), less(a, b)), positive(c)), POSITIVE),
    "a difference under a premise that is open": (subtract(b, a), (Implies(positive(c), less(a, b)),), ANY),
    "a difference that is positive, and more": (Add((b, negate(a), ONE)), (positive(subtract(b, a)),), POSITIVE),
    "a difference of sizes": (subtract(Size("K"), Size("I")), (less(Size("I"), Size("K")),), POSITIVE),
    "a difference of sizes and more": (
        Add((Size("K"), negate(Size("I")), power(a, 2))),
        (less(Size("I"), Size("K")),),
        POSITIVE,
    ),
    "a difference of sizes from one with more": (
        subtract(Size("K"), Size("I")),
        (less(Add((power(a, 2), Size("I"))), Size("K")),),
        POSITIVE,
    ),
    "twice a difference": (subtract(Multiply((number(2), b)), Multiply((number(2), a))), (less(a, b),), POSITIVE),
    "a difference and something positive": (Add((subtract(b, a), power(c, 2))), (less(a, b),), POSITIVE),
    "a difference and something negative": (subtract(subtract(b, a), power(c, 2)), (less(a, b),), ANY),
    "a sum that is a product": (Add((Multiply((a, b)), a)), (positive(a), negative(Add((b, ONE)))), NEGATIVE),
    "a sum that is a square": (Add((power(a, 2), Multiply((number(-2), a, b)), power(b, 2))), (), SOME),
}


@pytest.mark.parametrize("name", SIGNS)
def test_what_is_known_of_a_sign(name):
    term, facts, expected = SIGNS[name]
    assert Normalizer(facts).signs.sign(term) == expected


HOLDS = {
    "a relation": (less(NOUGHT, Add((power(a, 2), ONE))), (), True),
    "a relation that is open": (less(a, b), (), False),
    "unequal": (Relation("!=", a, NOUGHT), (negative(a),), True),
    "equal": (Relation("=", Multiply((NOUGHT, a)), NOUGHT), (), True),
    "a premise that it is not nothing": (Implies(nonzero(a), positive(power(a, 2))), (), True),
    "a premise that nothing is not it": (Implies(Relation("!=", NOUGHT, a), positive(power(a, 2))), (), True),
    "a premise that it is positive": (Implies(positive(a), positive(power(a, 2))), (), True),
    "a premise that it is negative": (Implies(negative(a), positive(power(a, 2))), (), True),
    "a premise about another": (Implies(nonzero(b), positive(power(a, 2))), (), False),
    "a premise that it is one": (Implies(Relation("!=", a, ONE), positive(power(a, 2))), (), False),
    "a premise that it is not negative": (Implies(nonnegative(a), positive(power(a, 2))), (), False),
    "a premise about a product": (Implies(nonzero(Multiply((a, b))), positive(power(a, 2))), (), True),
    "a premise about a power": (Implies(nonzero(power(a, -1)), positive(power(a, 2))), (), True),
    "a premise about a sum": (Implies(nonzero(Add((a, b))), positive(power(a, 2))), (), False),
    "two premises": (
        Implies(nonzero(a), Implies(nonzero(b), positive(Multiply((power(a, 2), power(b, 2)))))),
        (),
        True,
    ),
    "the first of two premises": (
        Implies(nonzero(a), Implies(nonzero(b), positive(Multiply((power(a, 2), power(c, 2)))))),
        (),
        False,
    ),
    "a premise of its own sign": (Implies(nonzero(a), positive(a)), (nonnegative(a),), True),
    "a fact under the premise": (Implies(nonzero(a), positive(b)), (Implies(nonzero(a), positive(b)),), True),
    "a term of a sum": (Implies(nonzero(uj), positive(over("sum", i, u))), (NOT_BELOW,), True),
    "a term of a sum of anything that is not nothing": (Implies(nonzero(uj), nonzero(over("sum", i, u))), (), False),
    "an entry is no least one": (Implies(nonzero(uj), positive(over("min", i, u))), (NOT_BELOW,), False),
    "a term of a sum of anything": (Implies(nonzero(uj), positive(over("sum", i, u))), (), False),
    "a term of another sum": (
        Implies(nonzero(uj), positive(over("sum", i, v))),
        (NOT_BELOW, forall([i], nonnegative(v))),
        False,
    ),
    "a term of a sum of products": (
        Implies(nonzero(Multiply((uj, Entry("v", (j,))))), positive(over("sum", i, Multiply((u, v))))),
        (NOT_BELOW, forall([i], nonnegative(v))),
        True,
    ),
    "a factor of a term of a sum of products": (
        Implies(nonzero(uj), positive(over("sum", i, Multiply((u, v))))),
        (NOT_BELOW, forall([i], nonnegative(v))),
        False,
    ),
    "a factor beside a positive one": (
        Implies(nonzero(uj), positive(over("sum", i, Multiply((u, Apply("exp", (v,))))))),
        (NOT_BELOW,),
        True,
    ),
    "a sum beside a positive factor": (
        positive(over("sum", i, Multiply((u, Apply("exp", (v,)))))),
        (NOT_BELOW, positive(over("sum", i, u))),
        True,
    ),
    "a sum of two factors beside a positive one": (
        positive(over("sum", i, Multiply((u, v, Apply("exp", (v,)))))),
        (NOT_BELOW, forall([i], nonnegative(v)), positive(over("sum", i, Multiply((u, v))))),
        True,
    ),
    "a part of a sum over two sets": (
        Implies(nonzero(over("sum", k, w)), positive(sum_over([i, k], w))),
        (forall([i, k], nonnegative(w)),),
        True,
    ),
    "a negative sum": (Implies(nonzero(uj), negative(over("sum", i, negate(u)))), (NOT_BELOW,), True),
    "a number": (Add((a, ONE)), (), False),
}


@pytest.mark.parametrize("name", HOLDS)
def test_what_follows_from_signs(name):
    proposition, facts, expected = HOLDS[name]
    assert Normalizer(facts).signs.holds(proposition) is expected


def test_definitions_are_looked_through():
    squares = forall([i], Relation("=", e, power(u, 2)))
    meaning, unfolded = Normalizer((), (squares,), ()), Normalizer((), (), (squares,))
    for normal in (meaning, unfolded):
        assert normal.signs.sign(e) == SOME
        assert normal.signs.holds(Implies(nonzero(e), positive(power(u, 2))))
    assert Normalizer().signs.sign(e) == ANY


def test_what_is_said_of_a_name_is_said_of_what_it_stands_for():
    ratio = Relation("=", c, Add((a, b)))
    for stated in (positive(c), less(NOUGHT, c), Relation("!=", c, NOUGHT)):
        with_name = Normalizer((stated,), (), (ratio,)).signs
        assert with_name.sign(Add((a, b))) == with_name.sign(c)
        assert with_name.sign(c) != ANY
        assert Normalizer((), (), (ratio,)).signs.sign(Add((a, b))) == ANY


def test_what_is_said_of_a_name_is_said_of_sums_with_what_it_stands_for():
    ratio = Relation("=", c, Add((a, b)))
    for stated in (positive(c), less(NOUGHT, c), at_most(ONE, c)):
        assert Normalizer((stated,), (), (ratio,)).signs.sign(Add((a, b, ONE))) == POSITIVE
    assert Normalizer((), (), (ratio,)).signs.sign(Add((a, b, ONE))) == ANY


def test_what_is_said_of_all_entries_is_said_of_what_they_stand_for():
    sums = forall([i], Relation("=", e, Add((u, v))))
    normal = Normalizer((forall([i], positive(e)),), (), (sums,))
    same, other = (normal.canonical(Add((uj, Entry("v", (place,))))) for place in (j, i))
    assert normal.signs.sign(Entry("e", (j,))) == POSITIVE
    assert normal.signs.sign(same) == POSITIVE
    assert normal.signs.sign(other) == ANY


def test_a_group_is_not_empty_where_one_of_it_is_named():
    """`SUM_j [g(i) = g(j)] u[j]` has a term of its own for j = i; a group that nobody is in has none."""
    i, j = Index("i", "I"), Index("j", "I")
    here, there = Gather("g", "N", (i,)), Gather("g", "N", (j,))
    weight = Apply("exp", (Entry("u", (j,)),))
    sign = Normalizer().signs.sign
    assert sign(Delta(here, here)) == POSITIVE
    assert sign(sum_over([j], Multiply((Delta(here, there), weight)))) == POSITIVE
    for place in (Index("n", "N"), Gather("h", "N", (i,)), Gather("g", "N", (Index("m", "M"),))):
        assert sign(Delta(place, there)) == POSITIVE | ZERO
        assert sign(sum_over([j], Multiply((Delta(place, there), weight)))) == POSITIVE | ZERO


def test_a_step_is_not_negative_and_may_be_nothing():
    signs = Normalizer(()).signs
    for function in ("step", "equal"):
        assert signs.sign(Apply(function, (Symbol("a"), Symbol("b"))[: 1 + (function == "equal")])) == POSITIVE | ZERO
