"""Roots, logarithms and absolute values of products mean what they are, whatever is known of the signs of the parts.

Terms, facts and points are random: roots and logarithms of what is negative have arbitrary values, and 0 is among the
numbers.  What is multiplied out on purpose has to be found again as a product, or left alone.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import quote
from symderiv.kernel.signs import NEGATIVE, POSITIVE, ZERO
from symderiv.kernel.terms import ONE, Add, Apply, Multiply, Number, Power, Relation, Symbol, Term, negate
from symderiv.kernel.terms import ZERO as NOUGHT
from tests.kernel.test_meaning import close, point

NAMES = tuple(map(Symbol, "abc"))
EXPONENTS = (Fraction(1, 2), Fraction(-1, 2), Fraction(3, 2), Fraction(1, 3), Fraction(2), Fraction(-1))


def linear(random: Random) -> Term:
    name = random.choice(NAMES)
    other = random.choice((*NAMES, ONE, negate(ONE), Number(Fraction(2))))
    return random.choice((name, negate(name), Add((name, other)), Add((name, negate(other)))))


def product(random: Random) -> Term:
    factors = [Power(linear(random), Fraction(random.randint(1, 3))) for _ in range(random.randint(1, 3))]
    scale = Number(Fraction(random.choice((1, 1, 2, 4, -1, -4)), random.choice((1, 9))))
    whole = Multiply((scale, *factors))
    return quote(Normalizer().polynomial(whole)) if random.random() < 0.7 else whole


def term(random: Random) -> Term:
    inner = product(random)
    if random.random() < 0.2:
        inner = Multiply((inner, Power(linear(random), Fraction(-random.randint(1, 2)))))
    found = random.choice(
        (Power(inner, random.choice(EXPONENTS)), Apply("abs", (inner,)), Apply("log", (inner,)), Add((inner, inner)))
    )
    return found if random.random() < 0.5 else Multiply((found, term(random)))


@pytest.mark.parametrize("seed", range(25))
def test_normal_forms_of_roots_and_their_signs(seed):
    random = Random(seed)
    compared = 0
    for _ in range(60):
        here = point(random)
        said = [Relation(kind, NOUGHT, linear(random)) for kind in ("<=", "<", "!=", "<", "<=")]
        said += [Relation("<", linear(random), NOUGHT), Relation("<", NOUGHT, product(random))]
        drawn = term(random)
        try:
            normalizer = Normalizer([fact for fact in said if here.holds(fact)], budget=2000)
            expected, found = here.value(drawn), here.value(quote(normalizer.polynomial(drawn)))
            sign = normalizer.signs.sign(drawn)
        except (Exhausted, OverflowError, RecursionError):
            continue
        if max(abs(expected), abs(found)) > 1e7:
            continue
        assert close(expected, found), (drawn, said, vars(here))
        if abs(expected) > 1e-6 or expected == 0:
            assert sign & (POSITIVE if expected > 0 else NEGATIVE if expected < 0 else ZERO), (drawn, vars(here))
        compared += 1
    assert compared > 30
