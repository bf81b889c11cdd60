"""Distributions of which it is assumed how they factor: `P(x, y) = P(x) P(y)`, `P(x, y | z) = P(x | z) P(y | z)`.

Where the factors come in an order in which each one is given variables before it alone, they may be any distributions,
and they are the marginals and conditionals of their product.  So the factors stand for themselves, and the whole is
defined by them.  A conditional that is a factor is a distribution for every value of what is given, of probability 0
too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sympy import Expr

from symderiv.language.probability import Distribution, Probability
from symderiv.language.written import Times
from symderiv.model.statement import Proposition, Relation


@dataclass(frozen=True)
class Independence:
    """The assumption that says how a distribution factors, and the marginals and conditionals that its factors are."""

    stated: Proposition
    factors: tuple[Probability, ...]

    def has(self, outcomes: Iterable[str], given: Iterable[str]) -> bool:
        """True where the probability of some variables given others is a factor."""
        asked = frozenset(outcomes), frozenset(given)
        return any((_roles(factor.outcomes), _roles(factor.given)) == asked for factor in self.factors)


def independences(assumptions: Iterable[Proposition]) -> dict[Distribution, Independence]:
    """How distributions factor by what is assumed of them; the first assumption for each one."""
    found: dict[Distribution, Independence] = {}
    for stated in assumptions:
        for whole, product in ((stated.left, stated.right), (stated.right, stated.left)):
            factors = _factors(whole, product) if _is_plain(stated) else ()
            if factors:
                found.setdefault(factors[0].of, Independence(stated, factors))
    return found


def _is_plain(stated: Proposition) -> bool:
    return stated.relation is Relation.EQUAL and not stated.premises and not stated.parameters


def _factors(whole: Expr, product: Expr) -> tuple[Probability, ...]:
    """The factors of the distribution of all variables of `whole`, if `product` has some of them; else none."""
    parts = product.args if isinstance(product, Times) else (product,)
    factors = tuple(part for part in parts if isinstance(part, Probability))
    if not isinstance(whole, Probability) or len(factors) < len(parts):
        return ()
    of = whole.of
    if of.given or of.factors is not None or any(factor.of != of for factor in factors):
        return ()
    variables = frozenset(of.outcomes)
    every = (*((Probability(of, whole.given, ()),) if whole.given else ()), *factors)
    is_whole = variables == {*whole.outcomes, *whole.given} and len(every) > 1
    return every if is_whole and _is_ordered(every, variables) else ()


def _is_ordered(factors: Sequence[Probability], variables: frozenset[Expr]) -> bool:
    """True where some order of the factors gives each variable once, and nothing before it was given."""
    seen: frozenset[Expr] = frozenset()
    waiting = list(factors)
    while ready := [f for f in waiting if set(f.given) <= seen and seen.isdisjoint(f.outcomes)]:
        waiting.remove(ready[0])
        seen |= frozenset(ready[0].outcomes)
    return not waiting and seen == variables


def _roles(indices: Iterable[Expr]) -> frozenset[str]:
    return frozenset(str(index.role) for index in indices)
