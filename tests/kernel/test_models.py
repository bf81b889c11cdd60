"""Values at finite models: exact where they are rational, enclosed where they are not, and none where there is none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import arb, fmpq

from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.replay import replay_refutation
from symderiv.kernel.terms import (
    ONE,
    REAL,
    ZERO,
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
    Number,
    Power,
    Reduce,
    Relation,
    Size,
    Symbol,
    abstract,
    forall,
    negate,
    number,
    positive,
    subtract,
)

i, j = Index("i", "I"), Index("j", "J")
U = {(0,): Fraction(2), (1,): Fraction(-3), (2,): Fraction(5)}
W = {(n, m): Fraction(10 * n + m) for n in range(3) for m in range(2)}
HERE = Model(
    sizes={"I": 3, "J": 2},
    symbols={"a": Fraction(3), "z": Fraction(0)},
    tensors={"u": U, "w": W},
    indices={"i": 1, "j": 0},
    gathers={"g": {(0,): 2, (1,): 0}},
)
a, z = Symbol("a"), Symbol("z")
u, w = Entry("u", (i,)), Entry("w", (i, j))
LOG2 = Apply("log", (number(2),))
LOG_HALF = Apply("log", (number(Fraction(1, 2)),))
NOTHING = Add((LOG2, LOG_HALF))
"""It is 0, which no enclosure shows."""


def value(term):
    return Evaluator(HERE).value(term)


def apply(function, *arguments):
    return Apply(function, tuple(n if not isinstance(n, int) else number(n) for n in arguments))


def power(base, *exponent):
    return Power(number(base), Fraction(*exponent))


def over(kind, index, body):
    return Reduce(kind, index.domain, abstract(body, index))


EXACT = {
    "a number": (number(Fraction(2, 3)), Fraction(2, 3)),
    "a size": (Size("J"), 2),
    "a symbol": (a, 3),
    "an entry": (u, -3),
    "an entry at two indices": (w, 10),
    "an entry at a map": (Entry("u", (Gather("g", "I", (j,)),)), 5),
    "equal indices": (Delta(i, i), 1),
    "different indices": (Delta(i, Gather("g", "I", (j,))), 0),
    "a sum of nothing": (Add(()), 0),
    "a sum": (Add((a, u)), 0),
    "a product of nothing": (Multiply(()), 1),
    "a product": (Multiply((a, u)), -9),
    "a sum over a set": (over("sum", i, u), 4),
    "a sum over two sets": (over("sum", i, over("sum", j, w)), 63),
    "a sum over three sets": (over("sum", i, over("sum", j, over("sum", Index("h", "I"), w))), 189),
    "a product over a set": (over("product", i, u), -30),
    "the largest": (over("max", i, u), 5),
    "the least": (over("min", i, u), -3),
    "a square": (Power(u, Fraction(2)), 9),
    "one over a square": (Power(u, Fraction(-2)), Fraction(1, 9)),
    "nothing to the zeroth": (Power(z, Fraction(0)), 1),
    "a root of nothing": (Power(z, Fraction(1, 2)), 0),
    "a root of a square": (power(4, 1, 2), 2),
    "the cube of a root": (power(4, 3, 2), 8),
    "one over a root": (power(Fraction(9, 4), -1, 2), Fraction(2, 3)),
    "a third root": (power(Fraction(8, 27), 2, 3), Fraction(4, 9)),
    "an exponential of nothing": (apply("exp", 0), 1),
    "a logarithm of one": (apply("log", 1), 0),
    "an absolute value": (apply("abs", -2), 2),
    "the larger": (apply("max", 1, 2, -4), 2),
    "the smaller": (apply("min", 1, 2, -4), -4),
    "the larger of two": (apply("max", 1, LOG_HALF, 2), 2),
    "a step above": (apply("step", 2), 1),
    "a step below": (apply("step", -2), 0),
    "a step at an enclosure": (apply("step", LOG_HALF), 0),
    "nothing is nothing": (apply("equal", 0), 1),
    "two is not nothing": (apply("equal", 2), 0),
    "less than nothing is not nothing": (apply("equal", -2), 0),
    "an enclosure is not nothing": (apply("equal", LOG2), 0),
}


@pytest.mark.parametrize("name", EXACT)
def test_rational_values_are_exact(name):
    term, expected = EXACT[name]
    found = value(term)
    assert isinstance(found, fmpq) or name == "the larger of two"
    assert found == fmpq(Fraction(expected).numerator, Fraction(expected).denominator)


ENCLOSED = {
    "a root": (power(2, 1, 2), "1.41421356237"),
    "a root of a fraction that is a square above the line": (power(Fraction(9, 2), 1, 2), "2.12132034356"),
    "a root of a fraction that is a square below the line": (power(Fraction(2, 9), 1, 2), "0.471404520791"),
    "one over a root": (power(2, -1, 2), "0.707106781187"),
    "a root of an enclosure": (Power(LOG2, Fraction(1, 2)), "0.832554611158"),
    "a square of an enclosure": (Power(LOG2, Fraction(2)), "0.480453013918"),
    "one over an enclosure": (Power(LOG2, Fraction(-1)), "1.44269504089"),
    "an exponential": (apply("exp", -1), "0.367879441171"),
    "a logarithm": (LOG2, "0.693147180560"),
    "a sine": (apply("sin", 1), "0.841470984808"),
    "a cosine": (apply("cos", 1), "0.540302305868"),
    "a power": (apply("power", 2, Number(Fraction(1, 2))), "1.41421356237"),
    "an absolute value": (apply("abs", LOG_HALF), "0.693147180560"),
    "the larger": (apply("max", LOG2, LOG_HALF), "0.693147180560"),
    "the smaller": (apply("min", LOG2, LOG_HALF), "-0.693147180560"),
    "the larger of a number": (apply("max", 0, LOG2), "0.693147180560"),
    "the smaller of a number": (apply("min", LOG2, 3), "0.693147180560"),
}


@pytest.mark.parametrize("name", ENCLOSED)
def test_other_values_are_enclosed(name):
    term, expected = ENCLOSED[name]
    found = value(term)
    assert isinstance(found, arb)
    assert abs(found - arb(expected)) < arb("1e-10")
    assert found.rad() < arb("1e-40")


UNDEFINED = {
    "one over nothing": Power(z, Fraction(-1)),
    "one over a root of nothing": Power(z, Fraction(-1, 2)),
    "one over what may be nothing": Power(NOTHING, Fraction(-1)),
    "a root of less than nothing": Power(u, Fraction(1, 2)),
    "a root of what may be less": Power(NOTHING, Fraction(1, 2)),
    "a logarithm of nothing": apply("log", 0),
    "a logarithm of what may be nothing": apply("log", NOTHING),
    "a power of nothing": apply("power", 0, 2),
    "a jump": apply("step", 0),
    "what may be a jump": apply("step", NOTHING),
    "what may be nothing": apply("equal", NOTHING),
}


@pytest.mark.parametrize("name", UNDEFINED)
def test_what_has_no_value_is_undefined(name):
    with pytest.raises(Undefined):
        value(UNDEFINED[name])


HOLDS = {
    "equal": (Relation("=", a, number(3)), True),
    "not equal": (Relation("=", a, u), False),
    "unequal": (Relation("!=", a, u), True),
    "not unequal": (Relation("!=", a, number(3)), False),
    "less": (Relation("<", u, a), True),
    "not less": (Relation("<", a, number(3)), False),
    "at most": (Relation("<=", a, number(3)), True),
    "not at most": (Relation("<=", a, u), False),
    "an enclosure is larger": (Relation("<", ZERO, LOG2), True),
    "an enclosure is not smaller": (Relation("<", LOG2, ZERO), False),
    "an enclosure is at least": (Relation("<=", ZERO, LOG2), True),
    "an enclosure is not at most": (Relation("<=", LOG2, ZERO), False),
    "an enclosure is another number": (Relation("=", LOG2, ONE), False),
    "an enclosure is unequal": (Relation("!=", LOG2, ONE), True),
    "what is 0 may be": (Relation("=", NOTHING, ZERO), None),
    "the larger of nothing and what may be": (Relation("=", apply("max", 0, NOTHING), ZERO), None),
    "the larger of what may be and nothing": (Relation("=", apply("max", NOTHING, 0), ZERO), None),
    "the smaller of nothing and what may be": (Relation("=", apply("min", 0, NOTHING), ZERO), None),
    "the smaller of what may be and nothing": (Relation("=", apply("min", NOTHING, 0), ZERO), None),
    "what is 0 may be less": (Relation("<", NOTHING, ZERO), None),
    "an enclosure without width": (Relation("=", apply("sin", 0), ZERO), None),
    "an enclosure without width is not more": (Relation("<", apply("sin", 0), ZERO), None),
    "for all": (forall([i], Relation("<=", u, number(5))), True),
    "not for all": (forall([i], Relation("<", u, number(5))), False),
    "for all it may be": (forall([i], Relation("<=", Multiply((u, NOTHING)), ONE)), True),
    "for some it may not be": (forall([i], Relation("<=", Multiply((u, NOTHING)), ZERO)), None),
    "for all of two": (forall([i, j], Relation("<=", w, number(21))), True),
    "a premise that fails": (Implies(Relation("<", a, u), Relation("=", a, u)), True),
    "a premise that holds": (Implies(Relation("<", u, a), Relation("=", a, u)), False),
    "a premise that may hold": (Implies(Relation("=", NOTHING, ZERO), Relation("=", a, u)), None),
}


@pytest.mark.parametrize("name", HOLDS)
def test_what_holds_at_a_model(name):
    proposition, expected = HOLDS[name]
    assert Evaluator(HERE).holds(proposition) is expected


def test_what_ranges_over_all_numbers_is_not_evaluated():
    with pytest.raises(Undefined):
        Evaluator(HERE).holds(Forall(REAL, positive(Bound(0))))


REFUSED = {
    "a set without a size": ("model: size", Size("K")),
    "a symbol without a value": ("model: value", Symbol("b")),
    "an entry without a value": ("model: value", Entry("v", (i,))),
    "an index without a value": ("model: index", Entry("u", (Index("k", "I"),))),
    "a map without a table": ("model: index", Entry("u", (Gather("h", "I", (i,)),))),
    "a map without a value": ("model: gather", Entry("u", (Gather("g", "I", (Gather("g", "I", (j,)),)),))),
    "an element that is not there": ("model: element", Entry("u", (Gather("g", "J", (j,)),))),
    "a proposition": ("model: not a real term", positive(a)),
    "an index": ("model: not a real term", i),
    "a function of two that has one": ("model: function", apply("exp", 1, 2)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_model_does_not_say_is_refused(name):
    check, term = REFUSED[name]
    with pytest.raises(Rejected) as caught:
        value(term)
    assert caught.value.check == check
    with pytest.raises(Rejected) as caught:
        Evaluator(HERE).holds(term if name != "a proposition" else a)
    assert caught.value.check == "model: not a proposition"


def test_a_definition_gives_values_at_all_indices():
    twice = forall([i, j], Relation("=", Entry("t", (j, i)), subtract(w, u)))
    evaluator = Evaluator(HERE, [twice, Relation("=", Symbol("c"), negate(a)), Relation("=", a, ONE)])
    assert evaluator.value(Entry("t", (j, i))) == 13
    assert evaluator.value(Symbol("c")) == -3
    assert evaluator.defines(twice)
    assert not evaluator.defines(Relation("=", a, ONE)), "the model says what a is"
    assert not evaluator.defines(Relation("=", Symbol("c"), a)), "the first definition counts"
    assert not evaluator.defines(Relation("<=", a, ONE))


def test_every_premise_of_a_conclusion_holds():
    goal = Sequent(frozenset(), Implies(positive(a), Implies(positive(Add((a, ONE))), Relation("=", a, ONE))))
    assert replay_refutation(goal, Model(symbols={"a": Fraction(2)})).left == 2
    with pytest.raises(Rejected, match="conclusion is not false"):
        replay_refutation(Sequent(frozenset(), Forall("I", Relation("=", a, ONE))), HERE)
