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
from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.replay import replay_refutation
from symderiv.kernel.terms import key
from symderiv.language.encode import Encoded
from symderiv.language.families import without_ranges
from symderiv.language.index_values import is_value_tensor
from symderiv.refuters.chosen_values import chooses_values
from symderiv.refuters.random_models import CONSTANTS, models, satisfies, with_own_determinants
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
    """The model with simpler numbers, one after the other, as long as it still refutes."""
    stated = sorted(goal.hypotheses, key=key)
    doubtful, is_simplest = list(stated), False
    while not is_simplest:
        is_simplest = True
        for name, place in _open_values(model):
            for number in _simpler_numbers(_value(model, name, place)):
                simpler = with_own_determinants(_with_value(model, name, place, number), goal)
                if simpler is None or simpler == model:
                    continue
                # Most of them do not satisfy the hypotheses, which is seen sooner than by a replay.
                if satisfies(Evaluator(simpler, stated), doubtful) and _refutes(goal, simpler):
                    model, is_simplest = simpler, False
                    break
    return model


Place = tuple[int, ...] | None
"""Where a value stands in a tensor; a symbol has no places."""


def _open_values(model: Model) -> list[tuple[str, Place]]:
    """The names and places of the values that may be made simpler."""
    found: list[tuple[str, Place]] = [(n, None) for n, value in model.symbols.items() if value != CONSTANTS.get(n)]
    for tensor, table in model.tensors.items():
        if not is_value_tensor(tensor) and tensor == without_ranges(tensor) and len(table) <= LARGEST:
            found += [(tensor, place) for place in table]
    return found


def _value(model: Model, name: str, place: Place) -> Fraction:
    return model.symbols[name] if place is None else model.tensors[name][place]


def _with_value(model: Model, name: str, place: Place, number: Fraction) -> Model:
    if place is None:
        return replace(model, symbols={**model.symbols, name: number})
    return replace(model, tensors={**model.tensors, name: {**model.tensors[name], place: number}})


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
