"""Polynomials as terms in the forms that functions of them can be taken apart in."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from symderiv.coq.polynomials import Monomial, Polynomial, blind_key, canonical, quoted, quoted_monomial
from symderiv.kernel import terms as k


def leading(total: Polynomial) -> Monomial:
    """The monomial that an equation is solved for: the greatest, whatever indices are called."""
    return max(total, key=blind_key)


def product_of(factors: list[k.Term]) -> k.Term:
    """The product of some factors; of one, that one."""
    return factors[0] if len(factors) == 1 else k.Multiply(tuple(factors))


def factored(total: Polynomial) -> k.Term:
    """A polynomial as a product: a number, common factors, independent sums."""
    if not total:
        return k.ZERO
    if len(total) == 1:
        ((monomial, value),) = total.items()
        parts = _components(monomial)
    else:
        value = total[leading(total)]
        common = _common(total)
        primitive: Polynomial = {}
        for monomial, coefficient in total.items():
            left = Counter(monomial.factors) - common
            primitive[canonical(monomial.bound, list(left.elements()))] = coefficient / value
        parts = [*common.elements(), quoted(primitive)]
    numbers: list[k.Term] = [k.Number(value)] if value != 1 or not parts else []
    return product_of([*numbers, *parts])


def _components(monomial: Monomial) -> list[k.Term]:
    """The factors without bound indices, and the sums that share none."""
    bound = set(monomial.bound)
    parts: list[k.Term] = [factor for factor in monomial.factors if factor.free.isdisjoint(bound)]
    left = [factor for factor in monomial.factors if not factor.free.isdisjoint(bound)]
    while left:
        linked, rest = [left.pop(0)], left
        reached = linked[0].free & bound
        while more := [factor for factor in rest if not factor.free.isdisjoint(reached)]:
            linked += more
            rest = [factor for factor in rest if factor not in more]
            reached = reached.union(*(factor.free & bound for factor in more))
        left = rest
        own = [index for index in monomial.bound if index in reached]
        parts.append(quoted_monomial(canonical(own, linked)))
    idle = [index for index in monomial.bound if all(index not in factor.free for factor in monomial.factors)]
    return [*parts, *(k.Reduce("sum", index.domain, k.ONE) for index in idle)]


def _common(total: Polynomial) -> Counter[k.Term]:
    """The factors without bound indices that all monomials share."""
    common: Counter[k.Term] | None = None
    for monomial in total:
        own = Counter(f for f in monomial.factors if f.free.isdisjoint(monomial.bound))
        common = own if common is None else common & own
    return common or Counter()


def exponents(total: Polynomial) -> k.Term:
    """A polynomial as a sum of multiples, `c * m` with m a monomial."""
    parts: list[k.Term] = []
    for monomial, value in sorted(total.items(), key=lambda item: (blind_key(item[0]), item[1])):
        inner = quoted_monomial(monomial)
        simple = value == 1 or not monomial.factors
        parts.append(quoted_monomial(monomial, value) if simple else k.Multiply((k.Number(Fraction(value)), inner)))
    return k.ZERO if not parts else parts[0] if len(parts) == 1 else k.Add(tuple(parts))
