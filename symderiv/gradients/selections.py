"""Sums that select at most one term, inside of functions: `[t >= 1] * x[t-1]` is a sum over all u of [u = t - 1] x[u].

Where R holds of at most one index, f(sum_u R g + a) = sum_u R f(g + a) + (1 - sum_u R) f(a), and
(sum_u R g)^c = sum_u R g^c.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from symderiv.kernel import terms as k
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.signs import NEGATIVE, Signs
from symderiv.loops.equations import STEP
from symderiv.loops.relations import Shape


def through_selections(term: k.Term, shapes: Mapping[str, Shape], signs: Signs) -> k.Term:
    """The term with comparisons and powers inside of the sums that select what they are of."""
    if isinstance(term, k.Reduce):
        names, body = k.opened(term, "selection ")
        return k.reduce_over(term.kind, names, through_selections(body, shapes, signs))
    changed = k.rebuild(term, tuple(through_selections(part, shapes, signs) for part in term.children))
    if isinstance(changed, k.Power) and (changed.exponent < 0 or changed.exponent.denominator != 1):
        return _raised(changed.base, changed.exponent, shapes, signs)
    if not isinstance(changed, k.Apply) or changed.function != STEP:
        return changed
    (inner,) = changed.arguments
    parts = inner.terms if isinstance(inner, k.Add) else (inner,)
    for number, part in enumerate(parts):
        found = _selected(part, parts, shapes)
        if found is not None:
            index, relation, value = found
            rest = (*parts[:number], *parts[number + 1 :])
            held = k.sum_over([index], k.Multiply((relation, _is_positive((value, *rest), shapes, signs))))
            none = k.subtract(k.ONE, k.sum_over([index], relation))
            return k.Add((held, k.Multiply((none, _is_positive(rest, shapes, signs)))))
    return changed


def _raised(base: k.Term, exponent: Fraction, shapes: Mapping[str, Shape], signs: Signs) -> k.Term:
    """A power of a sum with at most one term that is not 0: that of the term, since 0 to any exponent but 0 is 0.

    A power of a power is one where the normal form, which multiplies out, would not see that it may be.
    """
    found = _selected(base, (), shapes)
    if found is not None:
        index, relation, value = found
        return k.sum_over([index], k.Multiply((relation, _raised(value, exponent, shapes, signs))))
    while isinstance(base, k.Multiply) and len(base.factors) == 1:
        (base,) = base.factors
    if isinstance(base, k.Power) and not signs.sign(base.base) & NEGATIVE:
        return k.Power(base.base, base.exponent * exponent)
    return k.Power(base, exponent)


def _is_positive(parts: tuple[k.Term, ...], shapes: Mapping[str, Shape], signs: Signs) -> k.Term:
    """The indicator of a positive sum; one of nothing is compared exactly, so that 0 > 0 is false."""
    whole = k.Add(parts)
    if not parts or not Normalizer().polynomial(whole):
        return k.ZERO
    return through_selections(k.Apply(STEP, (whole,)), shapes, signs)


def _selected(
    part: k.Term, beside: tuple[k.Term, ...], shapes: Mapping[str, Shape]
) -> tuple[k.Index, k.Term, k.Term] | None:
    """The index of a sum, the relation that at most one value of it satisfies, and what else is in the sum."""
    factors = part.factors if isinstance(part, k.Multiply) else (part,)
    sums = [factor for factor in factors if isinstance(factor, k.Reduce)]
    if len(sums) != 1 or sums[0].kind != "sum":
        return None
    outside = [factor for factor in factors if factor is not sums[0]]
    names, body = k.opened(sums[0], "selected ", beside)
    inside = body.factors if isinstance(body, k.Multiply) else (body,)
    for index, (number, factor) in product(names, enumerate(inside)):
        others = [name for name in names if name != index]
        if isinstance(factor, k.Entry) and factor.free.isdisjoint(others) and _selects(factor, index, shapes):
            rest = k.sum_over(others, k.Multiply((*inside[:number], *inside[number + 1 :])))
            return index, factor, k.Multiply((*outside, rest))
    return None


def _selects(entry: k.Entry, index: k.Index, shapes: Mapping[str, Shape]) -> bool:
    """Whether an entry is an equation of indices that at most one value of an index satisfies."""
    shape = shapes.get(entry.tensor)
    if shape is None or shape.kind != "==" or entry.indices.count(index) != 1:
        return False
    place = entry.indices.index(index)
    others = (*entry.indices[:place], *entry.indices[place + 1 :])
    return shape.coefficients[place] != 0 and all(index not in other.free for other in others)
