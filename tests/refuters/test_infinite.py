"""What integrals and series of formulas are said to be holds in no finite model, so that none is looked for."""

from __future__ import annotations

from random import Random

import pytest

from symderiv.kernel.terms import Apply, Bound, Entry, Forall, Multiply, Reduce, Relation, Symbol, number
from symderiv.language.index_values import value_tensor
from symderiv.refuters.infinite import have_no_models
from symderiv.refuters.random_models import models

RAY, NATURAL, FEW = r"\int_{0}^{\infty}", r"\{0,\ldots,\infty\}", r"\{0,\ldots,n\}"
RATE, OTHER, TENSOR = Symbol("r"), Symbol("s"), "p"


def value(domain):
    return Entry(value_tensor(domain), (Bound(0),))


def exponential(domain):
    return Apply("exp", (Multiply((number(-1), RATE, value(domain))),))


def equation(domain, *factors, right=OTHER):
    return Relation("=", Reduce("sum", domain, Multiply(factors)), right)


@pytest.mark.parametrize("domain", [RAY, NATURAL])
def test_no_model_is_looked_for_where_a_formula_is_summed(domain):
    stated = [equation(domain, RATE, exponential(domain), right=number(1))]
    assert have_no_models(stated)
    assert have_no_models([Forall("I", fact) for fact in stated])
    assert not list(models(stated, (), Random(0), 1))


@pytest.mark.parametrize(
    "stated",
    [
        [equation(FEW, exponential(FEW))],  # a sum of a few values is one
        [equation(RAY, exponential(RAY), Entry(TENSOR, (Bound(0),)))],  # a density can be 0 but at one value
        [equation(RAY, value(RAY))],  # rational values have a rational sum
        [equation(RAY, Apply("exp", (RATE,)))],  # no function of the values
        [Relation("<=", Reduce("sum", RAY, exponential(RAY)), OTHER)],  # an inequality need not be exact
        [Relation("=", OTHER, Reduce("sum", RAY, exponential(RAY)))],  # a name can be defined by an integral
    ],
)
def test_models_of_others_are(stated):
    assert not have_no_models(stated)


def test_a_name_is_defined_once():
    twice = [Relation("=", OTHER, Reduce("sum", RAY, Multiply((number(n), exponential(RAY))))) for n in (1, 2)]
    assert not have_no_models(twice[:1])
    assert have_no_models(twice)
