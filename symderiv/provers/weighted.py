"""Inequalities as weighted sums of assumed ones: `E[X] <= E[Y]` from `X <= Y`, and `a x <= a y` from `x <= y`.

Method: a term that keeps the difference of the sides from being non-negative is divided by such a term of an assumed
inequality, with its indices put in for those that the assumption is for all of; the quotient is the weight, and what it
is summed over.  Or so a sum on the other side.  Then the next such term.  It stops where a weight has no sign, or no
single term tells it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice, product
from typing import NamedTuple

from flint import fmpq

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.polynomial import Factor, Monomial
from symderiv.kernel.signs import allowed
from symderiv.kernel.terms import Delta, Index, Multiply, Relation, Term, substitute, subtract, sum_over
from symderiv.provers.combination import Combination, Instance, product_term
from symderiv.provers.multiples import opened_equation
from symderiv.provers.task import Found, Prover, Task

MOST = 3
"""How many inequalities are added."""
BRANCHES = 12
"""How many weights are tried for one term."""


class _Weighted(NamedTuple):
    """An assumed inequality for all of some indices, and a weight for each choice of these."""

    premise: Term
    names: tuple[Index, ...]
    stated: Relation
    weight: Term


def search(task: Task) -> Found | None:
    """A proof by assumed inequalities with weights."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind not in ("<=", "<"):
        return None
    opened = [(fact.proposition, *opened_equation(fact.proposition)) for fact in task.encoded.assumptions]
    known = [(premise, names, s) for premise, names, s in opened if s is not None and s.kind in ("<=", "<")]
    for stage in (task.stages[0], task.stages[-1]) if known else ():
        try:
            found = _continued(task, goal, known, stage, ())
        except (Exhausted, RecursionError):
            continue
        if found is not None:
            return found
    return None


def _continued(
    task: Task,
    goal: Relation,
    known: Sequence[tuple[Term, tuple[Index, ...], Relation]],
    stage: int,
    chosen: tuple[_Weighted, ...],
) -> Found | None:
    """The proof with some inequalities, and perhaps more of them."""
    combination = Combination(task, goal, task.definitions(stage))
    for one in chosen:
        line = combination.builder.hypothesis(one.premise)
        strict = one.stated.kind == "<" and not one.names
        instance = Instance(line, one.names, one.stated.left, one.stated.right, one.weight, strict)
        combination.subtract(instance, "order.weighted")
    if chosen and (found := combination.found()) is not None:
        return found
    wanting = next((monomial for monomial, coefficient in combination.gap.items() if coefficient < 0), None)
    if wanting is None or len(chosen) == MOST:
        return None
    # A term without the indices of an assumption, such as f(E X), has no weight; what is on the other side does.
    others = (monomial for monomial, coefficient in combination.gap.items() if coefficient > 0 and monomial.bound)
    found_by = chain.from_iterable(_weights(combination, monomial, known) for monomial in (wanting, *others))
    for weighted in islice(dict.fromkeys(found_by), BRANCHES):
        found = _continued(task, goal, known, stage, (*chosen, weighted))
        if found is not None:
            return found
    return None


def _weights(
    combination: Combination, wanting: Monomial, known: Sequence[tuple[Term, tuple[Index, ...], Relation]]
) -> Iterator[_Weighted]:
    """The assumed inequalities, with weights, that take a term out of the difference, by terms of its sign."""
    normalizer, coefficient = combination.normalizer, combination.gap[wanting]
    own, factors = combination.opened(wanting)
    free = sorted((n for n in combination.goal.free if isinstance(n, Index)), key=str)
    for premise, names, stated in known:
        given = normalizer.polynomial(subtract(stated.right, stated.left))
        for below, share in given.items():
            if share * coefficient <= 0 or below.bound:
                continue
            choices = [[index for index in (*own, *free) if index.domain == name.domain] for name in names]
            for places in product(*choices):
                if len(set(places)) < len(places):
                    continue
                put_in: dict[Term, Term] = dict(zip(names, places, strict=True))
                moved = [(substitute(base, put_in), exponent) for base, exponent in below.factors]
                rest = _quotient(factors, moved)
                if rest is None:
                    continue
                weight = _weight(coefficient / share, rest, own, dict(zip(places, names, strict=True)))
                if allowed("<=", normalizer.signs.sign(weight)):
                    yield _Weighted(premise, names, stated, weight)


def _weight(ratio: fmpq, rest: Sequence[Factor], own: Sequence[Index], names: dict[Index, Index]) -> Term:
    """What is left of a term, for the indices of the assumption, summed over those that it does not have."""
    deltas = [Delta(place, name) for place, name in names.items() if place not in own]
    bound: dict[Term, Term] = {place: name for place, name in names.items() if place in own}
    body = substitute(product_term(ratio, rest), bound)
    over = [index for index in own if index not in bound]
    return sum_over(over, Multiply((body, *deltas)) if deltas else body)


def _quotient(above: Sequence[Factor], below: Sequence[Factor]) -> list[Factor] | None:
    """A product over another one; None where it is no multiple of it."""
    total = dict(above)
    for base, exponent in below:
        if total.get(base, 0) < exponent:
            return None
        total[base] = total.get(base, 0) - exponent
    return [(base, exponent) for base, exponent in total.items() if exponent]


PROVER = Prover("weighted inequalities", cost=3, search=search)
