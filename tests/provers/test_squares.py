"""Sums of squares: what is proved by completing them, and what is not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv import at_least, at_most, equal, greater, scalars
from symderiv.kernel.replay import replay_proof
from symderiv.language.encode import encode
from symderiv.model.statement import Context, Statement
from symderiv.provers.squares import completed
from symderiv.search import ProofFound, Question, search

a, b, c, d = scalars("a b c d")


def answer(proposition):
    return search(Question(encode(Statement(proposition, Context()))))


@pytest.mark.parametrize(
    "proposition",
    [
        at_least(a**2 + b**2, 2 * a * b),
        at_most((a + b) ** 2, 2 * a**2 + 2 * b**2),
        at_least(a**2 + b**2 + c**2, a * b + b * c + c * a),
        greater(a**2 - 2 * a + 2, 0),
        at_least(a**4 + b**4, 2 * a**2 * b**2),
        greater(a**4 - a**2 + 1, 0),
        at_least((a**2 + b**2) * (c**2 + d**2), (a * c + b * d) ** 2),
        at_least(3 * a**2 + 3 * b**2, 2 * a * b),
    ],
    ids=str,
)
def test_a_sum_of_squares_is_proved(proposition):
    found = answer(proposition)
    assert isinstance(found, ProofFound)
    assert found.rules == ("order.square",)
    assert found.conditions == ()
    replay_proof(found.goal, found.proof)


@pytest.mark.parametrize(
    "proposition",
    [
        greater(a**2 + b**2, 2 * a * b),
        at_least(a**2 + b**2, 3 * a * b),
        greater(a**2 - 2 * a + 1, 0),
        at_least(a**2 - b**2, 2 * a * b),
        at_least(a**3 + b**3, a * b),
        equal(a**2 + b**2, 2 * a * b),
    ],
    ids=str,
)
def test_what_is_no_sum_of_squares_is_not_proved(proposition):
    assert not isinstance(answer(proposition), ProofFound)


def test_squares_are_completed_with_exact_weights():
    form = [[Fraction(2), Fraction(1)], [Fraction(1), Fraction(2)]]
    assert completed(form) == [(2, [1, Fraction(1, 2)]), (Fraction(3, 2), [0, 1])]
    assert completed([[Fraction(-1)]]) == []
