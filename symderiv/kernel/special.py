"""The gamma function, and its logarithmic derivative, at arguments that differ by whole numbers.

Where t > 0: gamma(t + 1) = t gamma(t), and digamma(t + 1) = digamma(t) + 1/t.  Arguments are lowered as long as what is
left is known to be positive, so that the same function stands in terms that differ by such steps alone.  For arguments
that are not positive nothing is known of either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from symderiv.kernel import polynomial as p
from symderiv.kernel import terms as k

if TYPE_CHECKING:
    from symderiv.kernel.normal_form import Normalizer

FURTHEST = 12
"""How many steps an argument is lowered at most: each makes a longer product."""


def gamma(algebra: Normalizer, argument: k.Term, exponent: p.Exponent = 1) -> p.Polynomial:
    """The gamma function of an argument, to some power."""
    lowest, steps = _lowered(algebra, argument)
    if steps or lowest == k.ONE:
        algebra.used["gamma.recurrence" if steps else "gamma.one"] = None
    result = p.constant(1) if lowest == k.ONE else algebra.of_factor(k.Apply("gamma", (lowest,)), exponent)
    for step in steps:
        result = algebra.product(result, algebra.power(algebra.polynomial(step), exponent))
    return result


def digamma(algebra: Normalizer, argument: k.Term) -> p.Polynomial:
    """The logarithmic derivative of the gamma function."""
    lowest, steps = _lowered(algebra, argument)
    if steps:
        algebra.used["digamma.recurrence"] = None
    total: p.Accumulator = dict(algebra.of_factor(k.Apply("digamma", (lowest,))))
    for step in steps:
        p.accumulate(total, algebra.power(algebra.polynomial(step), -1))
    return total


def gammas_in(factors: tuple[k.Term, ...]) -> tuple[list[tuple[k.Term, Fraction]], tuple[k.Term, ...]]:
    """The gamma functions among the factors of a product, with their exponents, and the other factors."""
    found: list[tuple[k.Term, Fraction]] = []
    others: list[k.Term] = []
    for factor in factors:
        match factor:
            case k.Apply("gamma", (argument,)):
                found.append((argument, Fraction(1)))
            case k.Power(k.Apply("gamma", (argument,)), exponent) if exponent.denominator == 1:
                found.append((argument, exponent))
            case _:
                others.append(factor)
    return found, tuple(others)


def gammas_first(factors: tuple[k.Term, ...]) -> Sequence[k.Term]:
    """The factors of a product in an order in which sums meet what they cancel with before they are multiplied out."""
    if not any(map(_mentions_gamma, factors)):
        return factors
    flat = list(_flat(factors))
    return sorted(flat, key=lambda factor: not (isinstance(factor, k.Power) and factor.exponent < 0))


@lru_cache(maxsize=1 << 14)
def _mentions_gamma(term: k.Term) -> bool:
    own = isinstance(term, k.Apply) and term.function == "gamma"
    return own or any(map(_mentions_gamma, term.children))


def _flat(factors: tuple[k.Term, ...]) -> Iterator[k.Term]:
    for factor in factors:
        yield from _flat(factor.factors) if isinstance(factor, k.Multiply) else (factor,)


def _lowered(algebra: Normalizer, argument: k.Term) -> tuple[k.Term, list[k.Term]]:
    """The lowest argument, and all that lie one apart from each other above it but the given one."""
    current = algebra.canonical(argument)
    steps: list[k.Term] = []
    while len(steps) < FURTHEST:
        below = algebra.canonical(k.Add((current, k.MINUS_ONE)))
        if not algebra.signs.is_positive(below):
            break
        steps.append(below)
        current = below
    return current, steps
