"""Inequalities between probabilities of events, by what happens and what does not.

Method: the difference of the sides is the mean of a sum over the events that happen, with a number for each set of
them.  It is one term for each way in which all events may happen or not, whose number must not be negative, and whose
indicator is not.  It stops at more than a few events, and where other factors stand beside them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.polynomial import Factor, Monomial, to_fraction
from symderiv.kernel.terms import (
    ONE,
    ZERO,
    Delta,
    Forall,
    Gather,
    Index,
    Multiply,
    Power,
    Relation,
    Term,
    instantiate,
    number,
    subtract,
    sum_over,
)
from symderiv.language.events import HAPPENS
from symderiv.provers.combination import Combination, Instance
from symderiv.provers.task import Found, Prover, Task

MOST = 5
"""The most events in one inequality."""
Events = frozenset[Delta]


def search(task: Task) -> Found | None:
    """A proof by all ways in which events may happen."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind != "<=":
        return None
    try:
        return _by_cases(task, goal)
    except (Exhausted, RecursionError):
        return None


def _by_cases(task: Task, goal: Relation) -> Found | None:
    combination = Combination(task, goal, task.encoded.definitions)
    longest = max(combination.gap, key=lambda m: len(m.bound), default=None)
    if longest is None or not longest.bound:
        return None
    names, opened = combination.opened(longest)
    weight = tuple(factor for factor in opened if not _is_event(factor))
    whole = sum_over(names, Multiply(tuple(_power(factor) for factor in weight)))
    counted: dict[Events, Fraction] = defaultdict(Fraction)
    for monomial, coefficient in combination.gap.items():
        events = _events(combination, monomial, names, weight)
        if events is None or (not monomial.bound and combination.normalizer.canonical(whole) != ONE):
            return None
        counted[events] += to_fraction(coefficient)
    every = sorted(frozenset[Delta]().union(*counted), key=repr)
    if not 1 <= len(every) <= MOST:
        return None
    for happening, indicator in _cases(every):
        value = sum((c for events, c in counted.items() if events <= happening), Fraction(0))
        others = [event for event in every if event not in happening]
        if value < 0 and combination.normalizer.polynomial(
            sum_over(names, Multiply((*map(_power, weight), *indicator)))
        ):
            return None
        if value > 0 and others:
            instance = _instance(combination, others[0], names)
            if instance is None:
                return None
            line, right = instance
            rest = [factor for factor in indicator if factor != subtract(ONE, others[0])]
            multiplier = Multiply((number(value), *map(_power, weight), *rest))
            combination.subtract(Instance(line, names, ZERO, right, multiplier), "probability.event")
    return combination.found()


def _cases(every: Sequence[Delta]) -> Iterator[tuple[Events, tuple[Term, ...]]]:
    """What happens and what not: the events, and the factors of the indicator."""
    for size in range(len(every) + 1):
        for chosen in combinations(every, size):
            yield frozenset(chosen), tuple(e if e in chosen else subtract(ONE, e) for e in every)


def _is_event(factor: Factor) -> bool:
    base, exponent = factor
    sides = (base.left, base.right) if isinstance(base, Delta) else ()
    return exponent == 1 and any(isinstance(side, Gather) and side.name == HAPPENS for side in sides)


def _power(factor: Factor) -> Term:
    base, exponent = factor
    return base if exponent == 1 else Power(base, Fraction(exponent))


def _events(
    combination: Combination, monomial: Monomial, names: tuple[Index, ...], weight: tuple[Factor, ...]
) -> Events | None:
    """The events in a term of the difference; None where something else stands beside them."""
    own, factors = combination.opened(monomial)
    if not monomial.bound:
        return frozenset() if not factors else None
    rest = tuple(factor for factor in factors if not _is_event(factor))
    if own != names or set(rest) != set(weight):
        return None
    return frozenset(base for base, _ in factors if isinstance(base, Delta) and (base, 1) not in rest)


def _instance(combination: Combination, event: Delta, names: tuple[Index, ...]) -> tuple[int, Term] | None:
    """A line which says for all outcomes that the indicator of an event is at most 1, and what is not negative then."""
    side = next(s for s in (event.left, event.right) if isinstance(s, Gather) and s.name != HAPPENS)
    for fact in combination.task.facts:
        if fact.rule != "probability.event":
            continue
        line, stated = combination.builder.hypothesis(fact.proposition), fact.proposition
        for index in side.indices:
            if isinstance(stated, Forall):
                line = combination.builder.add("instance", (line,), index)
                stated = instantiate(stated.body, index)
        if (
            isinstance(stated, Relation)
            and combination.normalizer.polynomial(subtract(stated.right, subtract(ONE, event))) == {}
        ):
            for index in reversed(names):
                line = combination.builder.add("generalise", (line,), index)
            return line, stated.right
    return None


PROVER = Prover("events", cost=4, search=search)
