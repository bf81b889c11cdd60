"""Counterexamples among small finite models.

Method: models are drawn at random, sizes from the smallest upwards, until one satisfies all hypotheses and the
conclusion is false there, both sides being defined.  The first one has the smallest sizes that were tried; its values
are then made simpler one at a time.  It finds nothing where a function without interpretation occurs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice
from random import Random

from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Model
from symderiv.kernel.replay import replay_refutation
from symderiv.language.encode import Encoded
from symderiv.language.families import without_ranges
from symderiv.language.index_values import is_value_tensor
from symderiv.refuters.chosen_values import chooses_values
from symderiv.refuters.random_models import CONSTANTS, models, with_own_determinants
from symderiv.refuters.task import Refuter

FEW, MANY = 2, 24
"""Proposals for every choice of sizes: before the provers that take long, and after them."""

LARGEST = 27
"""Values of a tensor that are made simpler: each is tried many times."""

AT_FIRST = 12
"""Models that are evaluated before the provers that take long."""


def sequent(encoded: Encoded) -> Sequent:
    """The goal with everything that was stated."""
    facts = frozenset(f.proposition for f in (*encoded.facts, *encoded.assumptions))
    return Sequent(facts | frozenset(d.proposition for d in encoded.definitions), encoded.conclusion)


def search(encoded: Encoded, seed: int, tries: int = MANY, most: int | None = None) -> Model | None:
    """A model in which the conclusion is false, among the first `most` that satisfy the hypotheses."""
    goal = sequent(encoded)
    for model, evaluator in islice(models(goal.hypotheses, (goal.conclusion,), Random(seed), tries), most):
        try:
            if evaluator.holds(goal.conclusion) is False and _refutes(goal, model):
                return _simplest(goal, model)
        except (Rejected, Undefined):
            continue
    return None


def refuting(goal: Sequent, model: Model) -> Model | None:
    """A model made simpler, where it refutes."""
    return _simplest(goal, model) if _refutes(goal, model) else None


def _refutes(goal: Sequent, model: Model) -> bool:
    if chooses_values(goal, model):
        return False
    try:
        replay_refutation(goal, model)
    except Rejected:
        return False
    return True


def _simplest(goal: Sequent, model: Model) -> Model:
    """The model with simpler numbers, as long as it still refutes."""
    improved = True
    while improved:
        improved = False
        for candidate in _simpler(model):
            simpler = with_own_determinants(candidate, goal)
            if simpler is not None and simpler != model and _refutes(goal, simpler):
                model, improved = simpler, True
                break
    return model


def _simpler(model: Model) -> Iterator[Model]:
    for name, value in model.symbols.items():
        if value == CONSTANTS.get(name):
            continue
        for candidate in _simpler_numbers(value):
            yield replace(model, symbols={**model.symbols, name: candidate})
    for tensor, table in model.tensors.items():
        if is_value_tensor(tensor) or tensor != without_ranges(tensor) or len(table) > LARGEST:
            continue
        for place, value in table.items():
            for candidate in _simpler_numbers(value):
                yield replace(model, tensors={**model.tensors, tensor: {**table, place: candidate}})


def _simpler_numbers(value: Fraction) -> Iterator[Fraction]:
    for candidate in (Fraction(0), Fraction(1), Fraction(-1), Fraction(2), Fraction(int(value))):
        if _weight(candidate) < _weight(value):
            yield candidate


def _weight(value: Fraction) -> int:
    return 2 * abs(value.numerator) + 3 * (value.denominator - 1) + (1 if value < 0 else 0)


def _search_few(encoded: Encoded, seed: int) -> Model | None:
    return search(encoded, seed, FEW, AT_FIRST)


QUICK = Refuter("a few finite models", cost=2, search=_search_few)
REFUTER = Refuter("finite models", cost=9, search=search)
