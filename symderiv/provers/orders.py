r"""Sums over ordered indices: `2 \sum_{i<j} a_i a_j = \sum_{i \neq j} a_i a_j`, where an order is turned around.

Method: of two indices one is smaller or they are equal.  For every term of the difference of the sides with an order in
it, half of that equation is subtracted, times the rest of the term; what is symmetric cancels.  It stops where one term
has several orders in it, such as `i < j < k`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from flint import fmpq

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import Factor, Monomial, to_fraction
from symderiv.kernel.terms import Add, Apply, Delta, Entry, Index, Multiply, Relation, Term, substitute, sum_over
from symderiv.language.index_values import is_value_tensor
from symderiv.provers.combination import Combination, Instance, product_term
from symderiv.provers.equality import without_equations, without_order
from symderiv.provers.multiples import opened_equation
from symderiv.provers.task import Found, Prover, Task
from symderiv.rules.special_functions import INDEX_ORDER


def search(task: Task) -> Found | None:
    """A proof by the order of indices, each pair of which is taken both ways."""
    goal = task.conclusion
    known = [fact.proposition for fact in task.encoded.facts if fact.rule == INDEX_ORDER.name]
    if not isinstance(goal, Relation) or goal.kind == "!=" or not known:
        return None
    for tried, stage in product((without_equations(task), task), dict.fromkeys((-1, task.stages[-1]))):
        try:
            found = _by_orders(tried, goal, stage, known)
        except (Exhausted, RecursionError):
            continue
        if found is not None:
            return found
    return None


def _by_orders(task: Task, goal: Relation, stage: int, known: list[Term]) -> Found | None:
    combination = Combination(without_order(task), goal, task.definitions(stage))
    gap = dict(combination.gap)
    for proposition in known:
        names, stated = opened_equation(proposition)
        if stated is None or len(names) != 2:
            continue
        shares = ((monomial, -coefficient / 2) for monomial, coefficient in gap.items())
        found = [_weight(combination.normalizer, monomial, share, names) for monomial, share in shares]
        weights = [weight for weight in found if weight is not None]
        if weights:
            line = combination.builder.hypothesis(proposition)
            weight = Add(tuple(weights))
            combination.subtract(Instance(line, names, stated.left, stated.right, weight), INDEX_ORDER.name)
    return combination.found() if combination.instances else None


def _weight(algebra: Normalizer, monomial: Monomial, share: fmpq, pair: Sequence[Index]) -> Term | None:
    """What is beside the one order in a term, at a pair of indices; None where there is no order over their range."""
    compared = [(factor, _compared(algebra, factor)) for factor in monomial.factors]
    found = [(factor, places) for factor, places in compared if places is not None]
    if len(found) != 1 or any(place.domain != pair[0].domain for place in found[0][1]):
        return None
    order, places = found[0]
    rest: list[Factor] = [factor for factor in monomial.factors if factor is not order]
    bound = [place for place in places if place in monomial.bound]
    names: dict[Term, Term] = {place: name for place, name in zip(places, pair, strict=True) if place in bound}
    free = [Delta(name, place) for place, name in zip(places, pair, strict=True) if place not in bound]
    body = substitute(product_term(share, rest), names)
    return Multiply((sum_over([index for index in monomial.bound if index not in bound], body), *free))


def _compared(algebra: Normalizer, factor: Factor) -> tuple[Index, Index] | None:
    """The smaller and the greater index of which a factor says that they are so; None of any other factor."""
    base, exponent = factor
    if exponent != 1 or not isinstance(base, Apply) or base.function != "step":
        return None
    places: dict[Fraction, Index] = {}
    for monomial, coefficient in algebra.polynomial(base.arguments[0]).items():
        match monomial:
            case Monomial((), ((Entry(tensor, (Index() as index,)), 1),)) if is_value_tensor(tensor):
                places[to_fraction(coefficient)] = index
            case Monomial((), ()):
                pass
            case _:
                return None
    return (places[Fraction(-1)], places[Fraction(1)]) if places.keys() == {-1, 1} else None


PROVER = Prover("order of indices", cost=2, search=search)
