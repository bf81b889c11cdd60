"""Sums that select at most one term, inside of functions: `[t >= 1] * x[t-1]` is a sum over all u of [u = t - 1] x[u].

Where R holds of at most one index, f(sum_u R g + a) = sum_u R f(g + a) + (1 - sum_u R) f(a).
"""

from __future__ import annotations

from collections.abc import Mapping

from symderiv.kernel import terms as k
from symderiv.kernel.normal_form import Normalizer
from symderiv.loops.equations import STEP
from symderiv.loops.relations import Shape


def through_selections(term: k.Term, shapes: Mapping[str, Shape]) -> k.Term:
    """The term with comparisons inside of the sums that select what is compared."""
    if isinstance(term, k.Reduce):
        names, body = k.opened(term, "selection ")
        return k.reduce_over(term.kind, names, through_selections(body, shapes))
    changed = k.rebuild(term, tuple(through_selections(part, shapes) for part in term.children))
    if not isinstance(changed, k.Apply) or changed.function != STEP:
        return changed
    (inner,) = changed.arguments
    parts = inner.terms if isinstance(inner, k.Add) else (inner,)
    for number, part in enumerate(parts):
        found = _selected(part, parts, shapes)
        if found is not None:
            index, relation, value = found
            rest = (*parts[:number], *parts[number + 1 :])
            held = k.sum_over([index], k.Multiply((relation, _is_positive((value, *rest), shapes))))
            none = k.subtract(k.ONE, k.sum_over([index], relation))
            return k.Add((held, k.Multiply((none, _is_positive(rest, shapes)))))
    return changed


def _is_positive(parts: tuple[k.Term, ...], shapes: Mapping[str, Shape]) -> k.Term:
    """The indicator of a positive sum; one of nothing is compared exactly, so that 0 > 0 is false."""
    whole = k.Add(parts)
    if not parts or not Normalizer().polynomial(whole):
        return k.ZERO
    return through_selections(k.Apply(STEP, (whole,)), shapes)


def _selected(
    part: k.Term, beside: tuple[k.Term, ...], shapes: Mapping[str, Shape]
) -> tuple[k.Index, k.Term, k.Term] | None:
    """The index of a sum, the relation that at most one value of it satisfies, and what else is in the sum."""
    factors = part.factors if isinstance(part, k.Multiply) else (part,)
    sums = [factor for factor in factors if isinstance(factor, k.Reduce)]
    if len(sums) != 1 or sums[0].kind != "sum":
        return None
    outside = [factor for factor in factors if factor is not sums[0]]
    (index, *others), body = k.opened(sums[0], "selected ", beside)
    inside = body.factors if isinstance(body, k.Multiply) else (body,)
    for number, factor in enumerate(inside):
        if not others and isinstance(factor, k.Entry) and _selects(factor, index, shapes):
            return index, factor, k.Multiply((*outside, *inside[:number], *inside[number + 1 :]))
    return None


def _selects(entry: k.Entry, index: k.Index, shapes: Mapping[str, Shape]) -> bool:
    """Whether an entry is an equation of indices that at most one value of an index satisfies."""
    shape = shapes.get(entry.tensor)
    if shape is None or shape.kind != "==" or entry.indices.count(index) != 1:
        return False
    place = entry.indices.index(index)
    others = (*entry.indices[:place], *entry.indices[place + 1 :])
    return shape.coefficients[place] != 0 and all(index not in other.free for other in others)
