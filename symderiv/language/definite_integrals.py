r"""Integrals between two ends: a sum with weights, of which it is known what they sum powers and exponentials to.

An integral from a to b is negative of what is positive where b is less than a, and the integral of 1 is b - a, which is
no number of elements.  So each value between the ends has a weight, of which the sign is known where the order of the
ends is.  An integral to or from infinity in the usual direction needs none.  Source: DLMF 1.4.18, 4.10.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import perm

from symderiv.kernel import terms as k
from symderiv.language.index_values import weights
from symderiv.language.summands import Shape, inverse, plain, raised

Ends = tuple[k.Term, k.Term]
INFINITY = r"\infty"
HIGHEST = 3
"""The highest power of the variable beside an exponential."""
_Known = tuple[tuple[k.Term, ...], k.Term, k.Term, str]
"""What an equation needs, the summand, its integral or antiderivative, and the rule."""


def is_weighted(lower: str, upper: str) -> bool:
    """Whether an integral with these limits, as they are written, may be of either sign, or is of a finite range."""
    if not lower or not upper:
        return False
    return not (lower == f"-{INFINITY}" != upper or upper == INFINITY != lower)


def facts_of_weights(ends: Ends, value: k.Entry) -> Iterator[k.Term]:
    """The sign of the weight of a value between two ends, and that it lies between them, by the order of the ends."""
    lower, upper = ends
    (place,) = value.indices
    weight = k.Entry(weights(place.domain), (place,)) if isinstance(place, k.Index) else value
    gap = plain(k.subtract(upper, lower))
    is_upward = isinstance(gap, k.Number) and gap.value > 0
    for known in (weight, plain(k.subtract(value, lower)), plain(k.subtract(upper, value))):
        yield k.positive(known) if is_upward else k.Implies(k.positive(gap), k.positive(known))
    if not is_upward:
        yield k.Implies(k.nonnegative(gap), k.nonnegative(weight))


def between(shape: Shape, ends: Ends) -> _Known | None:
    """What is needed of the ends, the summand, and its integral between them; None of what is not known."""
    known = None
    if not (shape.square or shape.rest or shape.gammas or shape.weight is None):
        known = _of_logarithm(shape) or _of_exponential(shape) or _of_power(shape)
    if known is None:
        return None
    needs, summand, whole, rule = known
    conditions: dict[k.Term, None] = {}
    values: list[k.Term] = []
    for end in map(plain, ends):
        positive = k.positive(shape.value)
        if end == k.ZERO and positive in needs and whole != k.Apply("log", (shape.value,)):
            # t^s vanishes at 0 for s > 0, and so does t ln t.
            values.append(k.ZERO)
            others = [need for need in needs if need != positive]
            conditions |= dict.fromkeys([*others, *_rising(shape, rule)])
            continue
        values.append(_replaced(whole, shape.value, end))
        conditions |= dict.fromkeys(_replaced(need, shape.value, end) for need in needs)
    return tuple(conditions), summand, k.subtract(values[1], values[0]), rule


def _rising(shape: Shape, rule: str) -> Iterator[k.Term]:
    """What the antiderivative of a power needs to be 0 at 0: a positive exponent."""
    if rule == "integral.power":
        yield k.positive(plain(k.Add((*shape.power, k.ONE))))


def _of_logarithm(shape: Shape) -> _Known | None:
    if shape.logarithms != 1 or shape.rate or shape.power:
        return None
    value, logarithm = shape.value, k.Apply("log", (shape.value,))
    return (k.positive(value),), logarithm, k.subtract(k.Multiply((value, logarithm)), value), "integral.logarithm"


def _of_exponential(shape: Shape) -> _Known | None:
    """Of t^n exp(c t) it is exp(c t) times the sum of (-1)^j n!/(n-j)! t^(n-j) / c^(j+1)."""
    if not shape.rate or shape.logarithms or len(shape.power) != (shape.whole != 0):
        return None
    degree = next((n for n in range(HIGHEST + 1) if shape.whole == n), None)
    if degree is None:
        return None
    rate = plain(k.Add(tuple(shape.rate)))
    growth = k.Apply("exp", (k.Multiply((rate, shape.value)),))
    terms = [
        k.Multiply((
            k.number((-1) ** j * perm(degree, j)), *_whole_power(shape.value, degree - j), _power(rate, -j - 1)
        ))
        for j in range(degree + 1)
    ]  # fmt: skip
    summand = k.Multiply((*_whole_power(shape.value, degree), growth))
    return (k.Relation("!=", rate, k.ZERO),), summand, k.Multiply((growth, k.Add(tuple(terms)))), "integral.exponential"


def _of_power(shape: Shape) -> _Known | None:
    """Of t^s it is t^(s+1) / (s+1), and ln t where s is -1; of what is no whole power for positive t."""
    if shape.rate or shape.logarithms:
        return None
    value = shape.value
    exponent = plain(k.Add(tuple(shape.power))) if shape.power else k.ZERO
    more = plain(k.Add((exponent, k.ONE)))
    if isinstance(exponent, k.Number):
        power = exponent.value
        summand = k.Multiply((_power(value, power),)) if power else k.ONE
        if power == -1:
            return (k.positive(value),), summand, k.Apply("log", (value,)), "integral.power"
        is_whole = power.denominator == 1 and power >= 0
        return (
            () if is_whole else (k.positive(value),),
            summand,
            k.Multiply((inverse(more), _power(value, power + 1))),
            "integral.power",
        )
    needs = (k.positive(value), k.Relation("!=", more, k.ZERO))
    return needs, raised(value, exponent), k.Multiply((raised(value, more), inverse(more))), "integral.power"


def _whole_power(value: k.Term, exponent: int) -> tuple[k.Term, ...]:
    return (_power(value, exponent),) if exponent else ()


def _power(value: k.Term, exponent: Fraction | int) -> k.Term:
    return k.Power(value, Fraction(exponent))


def _replaced(term: k.Term, old: k.Term, new: k.Term) -> k.Term:
    if term == old:
        return new
    return k.rebuild(term, [_replaced(child, old, new) for child in term.children]) if term.children else term
