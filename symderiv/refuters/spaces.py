r"""Spaces in which random variables have the means and variances that are stated, and go together in several ways.

Values that are drawn at random seldom have a stated mean, and never are members of a family or events independent.
Here each variable has two values, so that any mean and variance are those of rational numbers; and all go by numbers of
their own, by one number, or those with the same index by one.  So do events, which happen or not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import product
from math import prod
from random import Random
from typing import Literal

from flint import fmpq

from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.facts import definitions_of, open_fact
from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.terms import Add, Bound, Entry, Index, Multiply, Power, Reduce, Term, abstract, subterms
from symderiv.language.events import HAPPENS, TRUTH, is_event_map
from symderiv.language.index_values import is_value_tensor, is_weights

MOST = 5
"""Variables of a space: it has 2 outcomes to that power."""

Coupling = Literal["apart", "together", "in part", "by index", "but for all"]
COUPLINGS: tuple[Coupling, ...] = ("apart", "together", "in part", "by index", "but for all")
"""How variables go together; `but for all` are they apart if fewer than all are looked at."""


def _step(random: Random) -> Fraction:
    return Fraction(random.randint(1, 4), random.randint(1, 2))


Member = tuple[str, tuple[int, ...]]
"""The tensor of a variable, and its indices but for the outcome; or an event."""
Gathered = tuple[str, tuple[str, ...]]
"""A function on index sets, and their names."""


@dataclass(frozen=True)
class Space:
    """The outcomes, their weights, the variables by the domains of their indices, and the terms for their moments."""

    outcomes: str
    weights: str
    axes: Mapping[str, tuple[str, ...]]
    means: dict[str, Term]
    """What is stated of the variables, with bound indices that are free."""
    variances: dict[str, Term]
    events: Sequence[str]

    def variable(self, moment: Term) -> tuple[str, tuple[Term, ...], bool] | None:
        """A variable with its indices, and whether a term is its variance rather than its mean; None of other terms."""
        if not isinstance(moment, Reduce) or (moment.kind, moment.domain) != ("sum", self.outcomes):
            return None
        chance = Entry(self.weights, (Bound(0),))
        match [factor for factor in _factors(moment.body) if factor != chance]:
            case [Entry(name, (*places, Bound(0)))] if name in self.axes:
                return name, tuple(places), False
            case [Power(Add((Entry(name, (*places, Bound(0))), _)), exponent)] if name in self.axes and exponent == 2:
                return name, tuple(places), True
        return None

    def sizes(self, domains: Iterable[str]) -> Iterator[dict[str, int]]:
        """Sizes at which there are few variables."""
        names, found = sorted({*domains} - {self.outcomes}), list[dict[str, int]]()
        for size in (3, 2):
            chosen = dict.fromkeys(names, size)
            chosen |= {TRUTH: 2} if self.events else {}
            count = sum(prod(chosen[axis] for axis in axes) for axes in self.axes.values()) + len(self.events)
            if count <= MOST and chosen not in found:
                found.append(chosen)
                yield {**chosen, self.outcomes: 2**count}

    def arranged(self, drawn: Model, stated: Sequence[Term], coupling: Coupling, random: Random) -> Model | None:
        """A model with other weights and values of the variables, so that they have their means and variances."""
        members = [
            (name, place)
            for name, axes in self.axes.items()
            for place in product(*(range(drawn.sizes[axis]) for axis in axes))
        ]
        evaluator, below = Evaluator(drawn, stated), {name: _step(random) for name in self.axes}
        sides: list[tuple[Fraction, Fraction]] = []
        chances: list[Fraction] = []
        for name, place in members:
            mean = _value(evaluator, self.means.get(name), place, Fraction(random.randint(-3, 3)))
            variance = _value(evaluator, self.variances.get(name), place, _step(random) ** 2)
            if mean is None or variance is None or variance < 0:
                return None
            above = variance / below[name]
            sides.append((mean + above, mean - below[name]) if variance else (mean, mean))
            chances.append(below[name] / (above + below[name]))
        members += [(name, ()) for name in self.events]
        chances += [Fraction(random.randint(1, 3), 4) for _ in self.events]
        places = list(product((0, 1), repeat=len(members)))
        weights = _weights(members, chances, places, coupling)
        tables: dict[str, dict[tuple[int, ...], Fraction]] = {name: {} for name in self.axes}
        for number, side in enumerate(sides):
            name, place = members[number]
            for outcome, choice in enumerate(places):
                tables[name][(*place, outcome)] = side[choice[number]]
        tables[self.weights] = {(outcome,): weight for outcome, weight in enumerate(weights)}
        happens = drawn.gathers.get(HAPPENS, {})
        said: dict[str, Mapping[tuple[int, ...], int]] = {
            name: {(outcome,): happens[outcome,] ^ choice[number] for outcome, choice in enumerate(places)}
            for number, name in enumerate(self.events, start=len(sides))
        }
        return replace(drawn, tensors={**drawn.tensors, **tables}, gathers={**drawn.gathers, **said})


def space_of(
    tensors: Mapping[str, tuple[str, ...]], gathers: Iterable[Gathered], weights: Sequence[str], stated: Sequence[Term]
) -> Space | None:
    """The one space in the hypotheses, where a mean or a variance of its variables is stated, or events are spoken of.

    `weights` are the names of distributions.
    """
    weights = [name for name in weights if len(tensors.get(name, ())) == 1]
    if len(weights) != 1:
        return None
    (outcomes,), defined = tensors[weights[0]], definitions_of(stated)
    variables = {n: axes[:-1] for n, axes in tensors.items() if axes[-1:] == (outcomes,) and n not in defined}
    del variables[weights[0]]
    elsewhere = {name for name, axes in tensors.items() if outcomes in axes} - {weights[0], *variables, *defined}
    if elsewhere or any(is_weights(name) or is_value_tensor(name) for name in variables):
        return None
    events = [name for name, axes in gathers if is_event_map(name) and axes == (outcomes,)]
    found = Space(outcomes, weights[0], variables, {}, {}, events)
    for left, right in _equations(stated):
        variable = None if outcomes in _domains(right) else found.variable(left)
        if variable is not None and all(isinstance(place, Index) for place in variable[1]):
            name, places, is_variance = variable
            (found.variances if is_variance else found.means).setdefault(name, reduce(abstract, places, right))
    return found if found.means or found.variances or events else None


def _equations(stated: Sequence[Term]) -> Iterator[tuple[Term, Term]]:
    """The sides of the equations that are stated, and what the same name stands for in two of them."""
    values: dict[Term, Term] = {}
    for hypothesis in stated:
        fact = open_fact(hypothesis)
        if fact.relation.kind == "=" and not fact.premises:
            left, right = fact.relation.left, fact.relation.right
            yield left, right
            if left in values:
                yield values[left], right
                yield right, values[left]
            values[left] = right


def _domains(term: Term) -> set[str]:
    return {part.domain for part in subterms(term) if isinstance(part, Reduce)}


def _factors(term: Term) -> list[Term]:
    return [f for part in term.factors for f in _factors(part)] if isinstance(term, Multiply) else [term]


def _value(evaluator: Evaluator, moment: Term | None, place: tuple[int, ...], otherwise: Fraction) -> Fraction | None:
    """What a moment of a member is stated to be, and something else where nothing is; None where that is no number."""
    if moment is None:
        return otherwise
    try:
        found = evaluator.value(moment, place)
    except (Rejected, Undefined):
        return None
    return Fraction(int(found.p), int(found.q)) if isinstance(found, fmpq) else None


def _weights(
    members: Sequence[Member], chances: Sequence[Fraction], places: Sequence[tuple[int, ...]], coupling: Coupling
) -> list[Fraction]:
    """How likely each place is, in which some variables have their second values."""
    by_index: dict[tuple[int, ...], list[int]] = {}
    for number, (_, place) in enumerate(members):
        by_index.setdefault(place, []).append(number)
    alone, whole = [[number] for number in range(len(members))], [list(range(len(members)))]
    groups = {"apart": alone, "together": whole, "in part": whole, "by index": list(by_index.values())}.get(
        coupling, alone
    )

    def weight(place: tuple[int, ...], groups: Sequence[Sequence[int]]) -> Fraction:
        return prod((_by_one_number(chances, place, group) for group in groups), start=Fraction(1))

    if coupling == "but for all":
        weights = [weight(place, alone) for place in places]
        return [own + min(weights) * (-1) ** sum(place) for own, place in zip(weights, places, strict=True)]
    if coupling == "in part":
        return [(weight(place, groups) + weight(place, alone)) / 2 for place in places]
    return [weight(place, groups) for place in places]


def _by_one_number(chances: Sequence[Fraction], place: Sequence[int], group: Sequence[int]) -> Fraction:
    """The chance that some variables have these values, if each has its first where one number is below its chance."""
    lower = max((chances[n] for n in group if place[n]), default=Fraction(0))
    upper = min((chances[n] for n in group if not place[n]), default=Fraction(1))
    return max(upper - lower, Fraction(0))
