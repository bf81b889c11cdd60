"""Spaces in which variables have their means and variances, and go together in each way."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.terms import ONE, Bound, Entry, Forall, Multiply, Power, Reduce, Relation, Symbol, Term, subtract
from symderiv.refuters.spaces import COUPLINGS, MOST, space_of

OUTCOMES, INDICES, CHANCE = "O", "I", Entry("p", (Bound(0),))
SUM = Relation("=", Reduce("sum", OUTCOMES, CHANCE), ONE)


def mean(body: Term) -> Term:
    return Reduce("sum", OUTCOMES, Multiply((CHANCE, body)))


MEMBER, TWIN = Entry("X", (Bound(1), Bound(0))), Entry("X", (Bound(2), Bound(0)))
MEAN = Forall(INDICES, Relation("=", mean(MEMBER), Symbol("m")))
CENTERED = subtract(MEMBER, mean(TWIN))
VARIANCE = Forall(INDICES, Relation("=", mean(Power(CENTERED, Fraction(2))), Symbol("v")))
TENSORS = {"p": (OUTCOMES,), "X": (INDICES, OUTCOMES)}
DRAWN = Model({INDICES: 2, OUTCOMES: 4}, {"m": Fraction(2), "v": Fraction(3, 7)}, {}, {}, {})


def arranged(coupling: str, *stated: Term) -> Evaluator:
    space = space_of(TENSORS, (), ["p"], stated)
    assert space is not None
    model = space.arranged(DRAWN, stated, coupling, Random(1))  # type: ignore[arg-type]
    assert model is not None
    return Evaluator(model, stated)


@pytest.mark.parametrize("coupling", COUPLINGS)
def test_means_and_variances_are_what_is_stated(coupling):
    evaluator = arranged(coupling, MEAN, VARIANCE, SUM)
    assert all(evaluator.holds(stated) for stated in (MEAN, VARIANCE, SUM))


def test_variables_are_apart_in_one_way_alone():
    product = mean(Multiply((Entry("X", (Bound(2), Bound(0))), Entry("X", (Bound(1), Bound(0))))))
    covariances = {}
    for coupling in COUPLINGS:
        evaluator = arranged(coupling, MEAN, VARIANCE, SUM)
        covariances[coupling] = evaluator.value(product, (0, 1)) - 4
    assert covariances["apart"] == covariances["by index"] == 0
    assert covariances["together"] > covariances["in part"] > 0


def test_a_space_has_few_variables():
    space = space_of(TENSORS, (), ["p"], [MEAN, SUM])
    assert space is not None
    sizes = list(space.sizes([INDICES, OUTCOMES]))
    assert sizes == [{INDICES: 3, OUTCOMES: 8}, {INDICES: 2, OUTCOMES: 4}]
    assert all(size[OUTCOMES] <= 2**MOST for size in sizes)


@pytest.mark.parametrize(
    ("tensors", "weights", "stated"),
    [
        (TENSORS, ["p"], [SUM]),  # nothing is said of X
        (TENSORS, [], [MEAN]),
        ({**TENSORS, "q": (OUTCOMES,)}, ["p", "q"], [MEAN]),
        ({**TENSORS, "Y": (OUTCOMES, INDICES)}, ["p"], [MEAN]),
    ],
)
def test_where_there_is_no_such_space(tensors, weights, stated):
    assert space_of(tensors, (), weights, stated) is None


def test_a_variance_is_not_negative():
    space = space_of(TENSORS, (), ["p"], [MEAN, VARIANCE])
    assert space is not None
    negative = Model(DRAWN.sizes, {"m": Fraction(2), "v": Fraction(-1)}, {}, {}, {})
    assert space.arranged(negative, [MEAN, VARIANCE], "apart", Random(1)) is None
