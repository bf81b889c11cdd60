"""Rewriting by equations: the leading monomial of an equation is found inside a product and replaced by the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from flint import fmpq

from symderiv.kernel.facts import Binding, Fact, match
from symderiv.kernel.polynomial import Exponent, Factor, Monomial, Polynomial, difference, leading
from symderiv.kernel.terms import Index, Term


class Rule(NamedTuple):
    """An equation solved for its lead: `lead = others`, for all `variables`, where `premises` hold."""

    name: str
    variables: frozenset[Term]
    lead: Monomial
    coefficient: fmpq
    others: Polynomial
    premises: tuple[Term, ...]


class Match(NamedTuple):
    """A lead found in a product: the values of its variables, and what remains of the product."""

    binding: Binding
    bound: tuple[Index, ...]
    rest: tuple[Factor, ...]


def solved(name: str, fact_variables: Sequence[Term], polynomial: Polynomial, premises: tuple[Term, ...]) -> Rule:
    """The rule that solves `polynomial = 0` for its leading monomial."""
    lead = leading(polynomial)
    coefficient = polynomial[lead]
    others = {monomial: -value / coefficient for monomial, value in polynomial.items() if monomial != lead}
    return Rule(name, frozenset(fact_variables), lead, coefficient, others, premises)


def equation_rule(number: int, fact: Fact, polynomial: Callable[[Term], Polynomial]) -> Rule | None:
    """The rule of an equation; None where it says nothing or its leading monomial does not mention every variable."""
    gap = difference(polynomial(fact.relation.left), polynomial(fact.relation.right))
    if not gap:
        return None
    rule = solved(f"premise {number}", fact.variables, gap, fact.premises)
    mentioned = frozenset().union(*(base.free for base, _ in rule.lead.factors))
    return rule if rule.lead.factors and rule.variables <= mentioned else None


def reduction_rule(base: Term, polynomial: Polynomial) -> Rule:
    """The rule that finds the leading monomial of a sum; `others` is what the sum has besides, over its coefficient."""
    return solved("sum.fold", (), polynomial, ())


def find_match(rule: Rule, bound: Sequence[Index], factors: Sequence[Factor]) -> Match | None:
    """The first place where the lead of a rule divides a product.

    A summed index of the lead must be a summed index of the product that stands nowhere else in it.
    """
    if not rule.lead.factors or len(rule.lead.bound) > len(bound) or len(rule.lead.factors) > len(factors):
        return None
    pattern = rule.variables | frozenset(rule.lead.bound)
    return _search(rule, pattern, rule.lead.factors, {}, tuple(bound), tuple(factors), frozenset())


def _search(
    rule: Rule,
    pattern: frozenset[Term],
    wanted: tuple[Factor, ...],
    binding: Binding,
    bound: tuple[Index, ...],
    factors: tuple[Factor, ...],
    taken: frozenset[int],
) -> Match | None:
    if not wanted:
        return _accepted(rule, binding, bound, factors)
    base, exponent = wanted[0]
    for position, (target, available) in enumerate(factors):
        if position in taken or not _divides(exponent, available):
            continue
        extended = match(base, target, pattern, binding)
        if extended is None:
            continue
        left = (*factors[:position], (target, available - exponent), *factors[position + 1 :])
        found = _search(rule, pattern, wanted[1:], extended, bound, left, taken | {position})
        if found is not None:
            return found
    return None


def _divides(wanted: Exponent, available: Exponent) -> bool:
    if wanted == available:
        return True
    return wanted.denominator == available.denominator == 1 and 0 < wanted < available


def _accepted(rule: Rule, binding: Binding, bound: tuple[Index, ...], factors: tuple[Factor, ...]) -> Match | None:
    rest = tuple(factor for factor in factors if factor[1] != 0)
    summed = [binding.get(index) for index in rule.lead.bound]
    if len(set(summed)) != len(summed) or any(value not in bound for value in summed):
        return None
    outside = frozenset().union(*(base.free for base, _ in rest))
    reached = frozenset().union(*(binding[v].free for v in rule.variables))
    if any(value in outside or value in reached for value in summed):
        return None
    return Match({v: binding[v] for v in rule.variables}, tuple(index for index in bound if index not in summed), rest)
