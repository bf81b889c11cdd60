"""Linear inequalities: each one follows from others, or there are values at which it does not, and never both."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv import at_most, equal, less, scalars
from symderiv.kernel.replay import derive, replay_refutation
from symderiv.language.encode import encode
from symderiv.model.statement import Context, Statement
from symderiv.provers import products
from symderiv.provers.task import Task
from symderiv.refuters import corners
from symderiv.refuters.finite import sequent

a, b, c = scalars("a b c")
SMALL = st.integers(-3, 3)
RELATION = st.tuples(st.sampled_from((at_most, less)), SMALL, SMALL, SMALL)


def _stated(relation, one, other, constant):
    return relation(one * a + other * b, constant + 0 * a)


@settings(deadline=None, max_examples=60)
@given(RELATION, st.lists(RELATION, min_size=1, max_size=3))
def test_an_inequality_is_proved_or_refuted_and_not_both(claim, assumed):
    statement = Statement(_stated(*claim), Context(tuple(_stated(*known) for known in assumed)))
    encoded = encode(statement)
    found, model = products.search(Task(encoded)), corners.search(encoded, 1)
    assert found is None or model is None
    if found is not None:
        derive(found.proof, {})
    if model is not None:
        replay_refutation(sequent(encoded), model)
    holds = all(_holds(known, x, y) for known in assumed for x, y in [(0, 0)])
    assert not (found is not None and holds and not _holds(claim, 0, 0))


def _holds(relation, x, y):
    kind, one, other, constant = relation
    value = one * x + other * y
    return value < constant if kind is less else value <= constant


@pytest.mark.parametrize(
    ("claim", "assumed"),
    [
        (less(a, 3), (less(2 * a, 8),)),
        (less(a, b), (at_most(a, b),)),
        (at_most(a + b + c, 3), (at_most(a + b, 1), at_most(b + c, 2), at_most(a + c, 4))),
        (at_most(a + b, 6), (at_most(2 * a + b, 8), at_most(a + 2 * b, 13))),
        (equal(a, 2 + 0 * b), (equal(a + b, 3 + 0 * a), less(b, 1 + 0 * b))),
        (at_most(a, 100 + 0 * a), (equal(a + b, 100 + 0 * a), less(b, Fraction(1, 9) + 0 * b))),
    ],
)
def test_values_are_found_where_a_claim_fails_anywhere(claim, assumed):
    encoded = encode(Statement(claim, Context(assumed)))
    model = corners.search(encoded, 1)
    assert model is not None
    replay_refutation(sequent(encoded), model)


@pytest.mark.parametrize(
    ("claim", "assumed"), [(less(a, 4), (less(2 * a, 8),)), (at_most(a * b, b), (less(a, 1),)), (less(a, b), ())]
)
def test_nothing_is_said_of_what_holds_or_is_not_linear(claim, assumed):
    model = corners.search(encode(Statement(claim, Context(assumed))), 1)
    assert (model is None) == (claim != less(a, b))
