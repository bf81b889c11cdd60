"""Where a pattern may stand in a term, a product or a sum.  The kernel checks each answer before it uses it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import islice, product

from symderiv.kernel import terms as k

Binding = dict[k.Term, k.Term]
Factor = tuple[k.Term, int | Fraction]


def match(pattern: k.Term, target: k.Term, variables: Container[k.Term], binding: Binding) -> Binding | None:
    """An extension of `binding` under which `pattern` is `target`; None where there is none.

    Only names in `variables` are bound, an index only to an index of its domain, and never to a term that refers to a
    binder around it.
    """
    if pattern in variables:
        known = binding.get(pattern)
        if known is not None:
            return binding if known is target else None
        return {**binding, pattern: target} if _may_stand_for(pattern, target) else None
    if pattern is target:
        return binding
    inner, other = pattern.children, target.children
    if pattern.mark != target.mark or not inner or len(inner) != len(other):
        return None
    for one, two in zip(inner, other, strict=True):
        extended = match(one, two, variables, binding)
        if extended is None:
            return None
        binding = extended
    return binding


def _may_stand_for(variable: k.Term, target: k.Term) -> bool:
    if isinstance(variable, k.Index):
        return isinstance(target, k.Index | k.Gather) and target.domain == variable.domain and not target.loose
    return not target.loose and not isinstance(target, k.Index | k.Gather)


def divisors(wanted: Sequence[Factor], variables: Container[k.Term], factors: Sequence[Factor]) -> Iterator[Binding]:
    """The bindings under which every one of the factors `wanted` divides another one of `factors`."""
    yield from _divisors(wanted, variables, tuple(enumerate(factors)), {})


def _divisors(
    wanted: Sequence[Factor], variables: Container[k.Term], left: tuple[tuple[int, Factor], ...], binding: Binding
) -> Iterator[Binding]:
    if not wanted:
        yield binding
        return
    base, exponent = wanted[0]
    for place, (target, available) in left:
        if exponent == available or (exponent.denominator == available.denominator == 1 and 0 < exponent < available):
            extended = match(base, target, variables, binding)
            if extended is not None:
                rest = tuple(item for item in left if item[0] != place)
                yield from _divisors(wanted[1:], variables, rest, extended)


@lru_cache(maxsize=1 << 12)
def _indices_in(term: k.Term) -> frozenset[k.Index | k.Gather]:
    """The indices in a term that are not bound variables."""
    own = (term,) if isinstance(term, k.Index | k.Gather) else ()
    return frozenset[k.Index | k.Gather](own).union(*map(_indices_in, term.children))


CHOICES = 64
"""How many choices of indices are tried for a witness."""


def choices(names: Sequence[k.Index], terms: Iterable[k.Term]) -> Iterable[Binding]:
    """Ways to put indices that occur in `terms` in the places of `names`."""
    known = frozenset[k.Index | k.Gather]().union(*map(_indices_in, terms))
    closed = [part for part in sorted(known.difference(names), key=k.key) if not part.loose]
    places = [[part for part in closed if part.domain == name.domain] for name in names]
    for chosen in islice(product(*places), CHOICES):
        yield dict(zip(names, chosen, strict=True))
