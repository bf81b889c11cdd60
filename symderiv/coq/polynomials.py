"""Indexed sums of products as the search sees them: multiplied out, everything that is no sum or product an atom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cmp_to_key, lru_cache
from itertools import count
from typing import NamedTuple

from symderiv.advice.canonical import ordered
from symderiv.coq.errors import Unproved
from symderiv.kernel import terms as k

OPENED = "%"
"""First character of the names that opened indices are given; certificates do not use it."""

MOST = 5_000
"""Monomials of one product."""


class Monomial(NamedTuple):
    """The sum over `bound` of the product of `factors`; repeated factors are powers."""

    bound: tuple[k.Index, ...]
    factors: tuple[k.Term, ...]


Polynomial = dict[Monomial, Fraction]

Loose = list[tuple[Fraction, list[k.Index], list[k.Term]]]
"""Monomials with coefficients, before they are put into canonical form."""

_numbers = count()


def multiplied_out(term: k.Term) -> Loose:
    """The term as a sum of products.  Every bound index has a name of its own."""
    match term:
        case k.Number(value):
            return [(value, [], [])] if value else []
        case k.Add(terms):
            return [monomial for part in terms for monomial in multiplied_out(part)]
        case k.Multiply(factors):
            return _product(multiplied_out(factor) for factor in factors)
        case k.Power(base, exponent) if exponent.denominator == 1 and exponent >= 0:
            return _product(multiplied_out(base) for _ in range(exponent.numerator))
        case k.Reduce("sum", domain, body):
            name = k.Index(f"{OPENED}{OPENED}{next(_numbers)}", domain)
            inner = multiplied_out(k.instantiate(body, name))
            return [(value, [name, *bound], factors) for value, bound, factors in inner]
        case _:
            return [(Fraction(1), [], [term])]


def _product(parts: Iterable[Loose]) -> Loose:
    result: Loose = [(Fraction(1), [], [])]
    for part in parts:
        if len(result) * len(part) > MOST:
            raise Unproved("a product has too many terms")
        result = [(a * b, p + q, f + g) for a, p, f in result for b, q, g in part]
    return result


def canonical(bound: Sequence[k.Index], factors: Sequence[k.Term]) -> Monomial:
    """The monomial with names and an order that do not depend on what its bound indices were called."""
    inside = frozenset[k.Term]().union(*(factor.free for factor in factors))
    used = [index for index in bound if index in inside]
    idle = sorted((index for index in bound if index not in inside), key=k.key)
    powers = [(base, times) for base, times in Counter(factors).items()]
    order = [*ordered(used, powers, k.substitute), *idle]
    start = k.first_unused(OPENED, inside.difference(bound))
    fresh = tuple(k.Index(f"{OPENED}{start + n}", index.domain) for n, index in enumerate(order))
    names = dict[k.Term, k.Term](zip(order, fresh, strict=True))
    return Monomial(fresh, tuple(sorted((k.substitute(factor, names) for factor in factors), key=k.key)))


def collected(loose: Loose) -> Polynomial:
    """The sum of some monomials."""
    total: Polynomial = {}
    for value, bound, factors in loose:
        add(total, canonical(bound, factors), value)
    return total


def add(total: Polynomial, monomial: Monomial, value: Fraction) -> None:
    """Adds a multiple of a monomial."""
    value += total.pop(monomial, Fraction(0))
    if value:
        total[monomial] = value


@lru_cache(maxsize=1 << 12)
def _polynomial(term: k.Term) -> tuple[tuple[Monomial, Fraction], ...]:
    return tuple(collected(multiplied_out(term)).items())


def polynomial(term: k.Term) -> Polynomial:
    """The term multiplied out."""
    return dict(_polynomial(term))


def quoted(total: Polynomial) -> k.Term:
    """A polynomial as a term, its monomials in an order that does not depend on the names of indices."""
    parts = [quoted_monomial(m, c) for m, c in sorted(total.items(), key=cmp_to_key(_compare))]
    return parts[0] if len(parts) == 1 else k.Add(tuple(parts))


def quoted_monomial(monomial: Monomial, value: Fraction = Fraction(1)) -> k.Term:
    """A monomial with a coefficient as a term."""
    factors = (*([k.Number(value)] if value != 1 or not monomial.factors else []), *monomial.factors)
    inner = factors[0] if len(factors) == 1 else k.Multiply(factors)
    return k.sum_over(monomial.bound, inner)


def _compare(one: tuple[Monomial, Fraction], other: tuple[Monomial, Fraction]) -> int:
    keys = [(blind_key(m), m.factors and [k.key(f) for f in m.factors], c) for m, c in (one, other)]
    return -1 if keys[0] < keys[1] else int(keys[0] > keys[1])


def blind_key(monomial: Monomial) -> tuple[object, ...]:
    """A sort key in which all opened indices look alike."""
    factors = []
    for factor in monomial.factors:
        opened = [n for n in factor.free if isinstance(n, k.Index) and n.name.startswith(OPENED)]
        names: dict[k.Term, k.Term] = {n: k.Index("~", n.domain) for n in opened}
        factors.append(k.key(k.substitute(factor, names)))
    return (len(monomial.factors), sorted(factors), [index.domain for index in monomial.bound])
