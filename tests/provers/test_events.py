"""Linear statements about probabilities of events are proved exactly where they hold whatever happens."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from sympy import Integer

from symderiv.language import events as e
from symderiv.language import written as w
from symderiv.language.encode import encode
from symderiv.language.indices import Variable
from symderiv.language.probability import distribution
from symderiv.model.statement import Proposition, Relation, Statement
from symderiv.search import ProofFound, Question, search

OUTCOME = Variable(r"\omega", r"\Omega")
SPACE = distribution(r"\Pr", OUTCOME)
NAMES = ("A", "B", "C")


def random_event(random, depth=2):
    """An event, and for each way in which A, B and C may happen whether it does."""
    if depth == 0 or random.random() < 0.3:
        place = random.randrange(len(NAMES))
        return e.Event(NAMES[place], (), (OUTCOME,)), lambda way: way[place]
    if random.random() < 0.25:
        inner, happens = random_event(random, depth - 1)
        return e.Complement(inner), lambda way: not happens(way)
    (one, first), (other, second) = (random_event(random, depth - 1) for _ in range(2))
    if random.random() < 0.5:
        return e.Intersection(one, other), lambda way: first(way) and second(way)
    return e.Union(one, other), lambda way: first(way) or second(way)


def random_side(random):
    """A sum of probabilities with whole coefficients, and its value for each way."""
    terms, values = [Integer(random.choice((0, 0, 1)))], []
    for _ in range(random.randint(1, 3)):
        event, happens = random_event(random)
        factor = random.choice((1, 1, 1, -1, 2))
        terms.append(w.Times(Integer(factor), e.Probability.build(SPACE, (OUTCOME,), (), (event,))))
        values.append((factor, happens))
    start = int(terms[0])
    return w.Plus(*terms), lambda way: start + sum(factor * happens(way) for factor, happens in values)


def statement(random):
    """A statement, and whether it holds whatever happens: every way may be certain, and means are in between."""
    (left, one), (right, other) = random_side(random), random_side(random)
    gaps = [other(way) - one(way) for way in product((False, True), repeat=len(NAMES))]
    if random.random() < 0.7:
        # So that one in a few holds: the least number that makes it true, or one less.
        extra = -min(gaps) - random.choice((0, 0, 1))
        right = w.Plus(right, Integer(extra))
        return Proposition(left, Relation.AT_MOST, right), min(gaps) + extra >= 0
    return Proposition(left, Relation.EQUAL, right), not any(gaps)


@pytest.mark.parametrize("seed", range(60))
def test_exactly_what_holds_is_proved(seed):
    proposition, holds = statement(Random(seed))
    answer = search(Question(encode(Statement(proposition))))
    assert isinstance(answer, ProofFound) == holds, answer


@pytest.mark.parametrize("seed", range(20))
def test_two_ways_to_write_an_event_are_equal(seed):
    """Equations between sets, against the truth table."""
    random = Random(seed)
    (one, first), (other, second) = random_event(random, 3), random_event(random, 3)
    holds = all(first(way) == second(way) for way in product((False, True), repeat=len(NAMES)))
    answer = search(Question(encode(Statement(Proposition(one, Relation.EQUAL, other)))))
    assert isinstance(answer, ProofFound) == holds, answer
