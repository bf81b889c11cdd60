"""The gamma function in the normal form: lowered where what is left is positive, and true at every point."""

from __future__ import annotations

import math
from fractions import Fraction
from random import Random

import pytest

from symderiv.kernel.definedness import definedness
from symderiv.kernel.errors import Exhausted, Rejected, Undefined
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import quote
from symderiv.kernel.replay import Line, replay_proof
from symderiv.kernel.signs import POSITIVE
from symderiv.kernel.terms import ONE, Add, Apply, Multiply, Number, Power, Relation, Symbol, number, positive

A, B = Symbol("a"), Symbol("b")
SHIFTS = [Fraction(n, 2) for n in range(-5, 8)]


def gamma(argument):
    return Apply("gamma", (argument,))


def digamma(argument):
    return Apply("digamma", (argument,))


def plus(*terms):
    return Add(terms)


def drawn(random):
    base = plus(random.choice((A, B, Add((A, B)), Multiply((number(2), A)))), Number(random.choice(SHIFTS)))
    function = random.choice((gamma, gamma, digamma))
    return Power(function(base), Fraction(random.choice((1, 1, 2, -1))))


@pytest.mark.parametrize("seed", range(60))
def test_the_normal_form_has_the_value_of_the_term(seed):
    random = Random(seed)
    model = Model(symbols={name: Fraction(random.randint(1, 9), random.choice((1, 2, 3))) for name in "ab"})
    facts = [
        Relation("<", Number(model.symbols[name] - Fraction(1, 3)), Symbol(name))
        for name in random.sample("ab", random.randint(0, 2))
    ]
    term = Add(tuple(Multiply((drawn(random), drawn(random))) for _ in range(2)))
    evaluator = Evaluator(model)
    try:
        value = evaluator.value(term)
    except Undefined:
        return
    try:
        found = evaluator.value(quote(Normalizer(facts).polynomial(term)))
    except Exhausted:
        return
    assert float(abs(value - found)) <= 1e-9 * max(1.0, abs(float(value)))


def test_it_is_lowered_no_further_than_what_is_known_to_be_positive():
    lowered = Multiply((A, gamma(A)))
    for facts, same in (((), False), ((positive(A),), True), ((positive(plus(A, ONE)),), False)):
        algebra = Normalizer(facts)
        assert (algebra.polynomial(gamma(plus(A, ONE))) == algebra.polynomial(lowered)) is same


def test_a_gamma_function_is_positive_where_its_argument_is():
    assert Normalizer([positive(A)]).signs.sign(gamma(A)) == POSITIVE
    assert Normalizer().signs.sign(gamma(A)) != POSITIVE
    assert Normalizer([positive(A)]).signs.sign(digamma(A)) != POSITIVE


def test_it_is_defined_of_positive_numbers():
    for function in (gamma, digamma):
        assert definedness(Relation("=", function(A), ONE), ()) == (positive(A),)


@pytest.mark.parametrize("value", [Fraction(1, 2), Fraction(7, 3), Fraction(6)])
def test_its_values_are_those_of_the_standard_library(value):
    evaluator = Evaluator(Model(symbols={"a": value}))
    assert math.isclose(float(evaluator.value(gamma(A))), math.gamma(value))
    slope = (math.lgamma(value + 1e-5) - math.lgamma(value - 1e-5)) / 2e-5
    assert math.isclose(float(evaluator.value(digamma(A))), slope, rel_tol=1e-6)


@pytest.mark.parametrize("value", [Fraction(0), Fraction(-1), Fraction(-1, 2)])
def test_it_has_no_value_elsewhere(value):
    for function in (gamma, digamma):
        with pytest.raises(Undefined):
            Evaluator(Model(symbols={"a": value})).value(function(A))


def test_a_proof_that_does_not_know_the_argument_to_be_positive_is_refused():
    goal = Relation("=", gamma(plus(A, ONE)), Multiply((A, gamma(A))))
    known = frozenset((positive(plus(A, ONE)),))
    line = Line("equality", (), (goal,))
    with pytest.raises(Rejected, match="normal forms differ"):
        replay_proof(Sequent(known, goal), (line,))


def test_a_proof_has_to_show_that_it_is_defined():
    goal = Relation("=", gamma(A), gamma(A))
    with pytest.raises(Rejected, match="definedness is open"):
        replay_proof(Sequent(frozenset(), goal), (Line("equality", (), (goal,)),))


def test_it_takes_one_argument():
    with pytest.raises(Rejected):
        replay_proof(
            Sequent(frozenset(), Relation("=", Apply("gamma", (A, B)), ONE)),
            (Line("equality", (), (Relation("=", Apply("gamma", (A, B)), ONE),)),),
        )


def test_a_root_of_a_gamma_function_is_not_taken_apart_where_it_may_be_negative():
    root = Power(gamma(A), Fraction(1, 2))
    squared = Power(Multiply((root, B)), Fraction(2))
    plain = Multiply((gamma(A), B, B))
    assert Normalizer([]).polynomial(squared) != Normalizer([]).polynomial(plain)
    known = Normalizer([positive(A)])
    assert known.polynomial(squared) == known.polynomial(plain)


def test_the_gamma_function_is_exact_at_whole_numbers_and_enclosed_elsewhere():
    evaluator = Evaluator(Model())
    assert evaluator.holds(Relation("=", gamma(number(5)), number(24))) is True
    assert evaluator.holds(Relation("=", gamma(number(1)), ONE)) is True
    between = [Relation("<", number(Fraction(1329, 1000)), gamma(number(Fraction(5, 2)))),
               Relation("<", gamma(number(Fraction(5, 2))), number(Fraction(133, 100))),
               Relation("<", digamma(number(5)), number(Fraction(1507, 1000))),
               Relation("<", number(Fraction(1506, 1000)), digamma(number(5)))]  # fmt: skip
    root = Power(number(2), Fraction(1, 2))
    between += [
        Relation("<", number(Fraction(886, 1000)), gamma(root)),
        Relation("<", gamma(root), number(Fraction(887, 1000))),
    ]
    assert all(evaluator.holds(relation) is True for relation in between)
    large = gamma(number(201))
    assert evaluator.holds(Relation("=", large, Multiply((number(200), gamma(number(200)))))) is not False
    assert evaluator.holds(Relation("=", gamma(number(200)), Multiply((number(199), gamma(number(199)))))) is True
    assert not isinstance(evaluator.value(large), type(evaluator.value(gamma(number(200)))))


def test_a_root_of_a_product_is_not_one_of_roots():
    """Of two negative factors no root is taken, though one is taken of their product."""
    roots = Multiply((Power(gamma(A), Fraction(1, 2)), Power(B, Fraction(1, 2))))
    root = Power(Multiply((gamma(A), B)), Fraction(1, 2))
    assert Normalizer().polynomial(root) != Normalizer().polynomial(roots)


@pytest.mark.parametrize("exponent", [-2, -1, 2])
def test_a_power_of_a_product_is_one_of_powers(exponent):
    algebra = Normalizer([positive(A)])
    whole = Power(Multiply((gamma(plus(A, ONE)), plus(B, ONE))), Fraction(exponent))
    parts = [Power(factor, Fraction(exponent)) for factor in (A, gamma(A), plus(B, ONE))]
    assert algebra.polynomial(whole) == algebra.polynomial(Multiply(tuple(parts)))
