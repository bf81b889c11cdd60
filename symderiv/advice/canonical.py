"""Choices that do not depend on what bound indices are called: their canonical order, and a leading monomial.

A product of factors with bound indices is a coloured hypergraph.  It is split into connected components; in each,
colours are refined until they are stable; where indices stay alike, one is singled out at a time and the least result
is kept. Indices that can be exchanged without changing the product need only one trial each, which keeps symmetric
products (a complete graph of equal factors) from growing factorially.

A poor choice costs the normal form its uniqueness, and thereby proofs; it makes nothing true.

Source: B. D. McKay, "Practical graph isomorphism", Congressus Numerantium 30 (1981), 45-87.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from symderiv.kernel import terms as k
from symderiv.kernel.polynomial import Exponent, Factor, Monomial, Polynomial, components, factor_key, monomial_key

KNOWN = frozenset({"exp", "log"})
"""The functions of which the normal form knows more than an equation for a value of theirs says."""
VALUES = ("value in ", r"\Pr")
"""What the names of the tensors begin with that hold the values of indices, and the chances of outcomes."""
Rename = Callable[[k.Term, dict[k.Term, k.Term]], k.Term]
"""Substitutes indices in a factor and puts the terms inside it into canonical order again."""

FactorKey = tuple[k.Key, Exponent]
Colouring = dict[k.Index, int]


def leading(polynomial: Polynomial) -> Monomial:
    """The monomial that the others are solved for: the greatest, whatever indices are called.

    A sum over numbers or outcomes, as a series, an integral or a mean is, is greater than its value, however long.
    """
    return max(polynomial, key=lambda monomial: (_is_series(monomial), _blind_key(monomial), monomial_key(monomial)))


def defined(variables: Iterable[k.Term], left: Polynomial, right: Polynomial) -> Monomial | None:
    """The left side of an equation where it is the value of a function: it is solved for that.

    None where the atom stands on the right, does not hold all variables, or is less than a series or an integral.
    """
    lead = next(iter(left)) if len(left) == 1 else None
    if lead is None or left[lead] != 1 or lead.bound or len(lead.factors) != 1 or lead.factors[0][1] != 1:
        return None
    atom = lead.factors[0][0]
    if not isinstance(atom, k.Apply) or atom.function in KNOWN or not set(variables) <= atom.free:
        return None
    if any(map(_is_series, right)):
        return None
    bases = [base for monomial in right for base, _ in monomial.factors]
    return None if any(part == atom for base in bases for part in k.subterms(base)) else lead


def _is_series(monomial: Monomial) -> bool:
    """True of a sum in which the value of an index stands, or the chance of an outcome."""
    parts = (part for base, _ in monomial.factors for part in k.subterms(base)) if monomial.bound else ()
    values = (part for part in parts if isinstance(part, k.Entry) and part.tensor.startswith(VALUES))
    return any(not value.free.isdisjoint(monomial.bound) for value in values)


def _blind_key(monomial: Monomial) -> tuple[object, ...]:
    factors = []
    for base, exponent in monomial.factors:
        marked = (n for n in base.free if isinstance(n, k.Index) and n.name[0] in "#%$")
        names: dict[k.Term, k.Term] = {n: k.Index("~", n.domain) for n in marked}
        factors.append((k.substitute(base, names), exponent))
    return monomial_key(Monomial(monomial.bound, tuple(sorted(factors, key=factor_key))))


def ordered(bound: Sequence[k.Index], factors: Sequence[Factor], rename: Rename) -> list[k.Index]:
    """The indices of `bound`, each of which occurs in a factor, in canonical order."""
    if len(bound) <= 1:
        return list(bound)
    groups = [(_order(indices, part, rename), part) for indices, part in components(bound, factors)[1:]]
    if len(groups) > 1:
        groups.sort(key=lambda group: _relabelled(group[0], group[1], rename))
    return [index for order, _ in groups for index in order]


def _relabelled(order: Sequence[k.Index], factors: Sequence[Factor], rename: Rename) -> list[FactorKey]:
    """The factors with the indices numbered in their order, as far as they are compared."""
    names: dict[k.Term, k.Term] = {index: k.Index(f"#{n:03d}", index.domain) for n, index in enumerate(order)}
    return sorted(factor_key((rename(base, names), exponent)) for base, exponent in factors)


def _order(indices: list[k.Index], factors: list[Factor], rename: Rename) -> list[k.Index]:
    """The indices of one component in canonical order."""
    if len(indices) == 1:
        return indices
    domains = sorted({index.domain for index in indices})
    return _search(_refine({i: domains.index(i.domain) for i in indices}, factors, rename), factors, rename)


def _search(colours: Colouring, factors: list[Factor], rename: Rename) -> list[k.Index]:
    cells: dict[int, list[k.Index]] = {}
    for index, colour in colours.items():
        cells.setdefault(colour, []).append(index)
    open_cells = [cell for _, cell in sorted(cells.items()) if len(cell) > 1]
    if not open_cells:
        return sorted(colours, key=lambda index: colours[index])
    best: list[k.Index] | None = None
    best_key: list[FactorKey] = []
    tried: list[k.Index] = []
    for index in open_cells[0]:
        if any(_exchangeable(index, other, factors, rename) for other in tried):
            continue
        tried.append(index)
        singled = {i: 2 * c + (0 if i == index else 1) for i, c in colours.items()}
        order = _search(_refine(singled, factors, rename), factors, rename)
        found = _relabelled(order, factors, rename)
        if best is None or found < best_key:
            best, best_key = order, found
    return best or []


def _refine(colours: Colouring, factors: list[Factor], rename: Rename) -> Colouring:
    """Splits colours by the factors in which an index stands and by the colours of the others there, until stable."""
    while len({*colours.values()}) < len(colours):
        seen: dict[k.Index, tuple[int, list[FactorKey]]] = {}
        marks: dict[k.Term, k.Term] = {i: k.Index(f"~{c:03d}", i.domain) for i, c in colours.items()}
        for index in colours:
            own = {**marks, index: k.Index("~self", index.domain)}
            inside = [f for f in factors if index in f[0].free]
            keys = sorted(factor_key((rename(base, own), exponent)) for base, exponent in inside)
            seen[index] = (colours[index], keys)
        ranks = sorted({(colour, tuple(keys)) for colour, keys in seen.values()})
        refined = {index: ranks.index((colour, tuple(keys))) for index, (colour, keys) in seen.items()}
        if len(ranks) == len({*colours.values()}):
            return refined
        colours = refined
    return colours


def _exchangeable(one: k.Index, other: k.Index, factors: list[Factor], rename: Rename) -> bool:
    """True where exchanging the two indices leaves the product as it is."""
    if one.domain != other.domain:
        return False
    touched = [f for f in factors if not f[0].free.isdisjoint((one, other))]
    swapped = [(rename(base, {one: other, other: one}), exponent) for base, exponent in touched]
    return sorted(map(factor_key, touched)) == sorted(map(factor_key, swapped))
