"""Canonical names for the bound indices of a product.

A product of factors with bound indices is a coloured hypergraph.  It is split into connected components; in each,
colours are refined until they are stable; where indices stay alike, one is singled out at a time and the least result
is kept. Indices that can be exchanged without changing the product need only one trial each, which keeps symmetric
products (a complete graph of equal factors) from growing factorially.

Source: B. D. McKay, "Practical graph isomorphism", Congressus Numerantium 30 (1981), 45-87.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from symderiv.kernel.polynomial import Exponent, Factor, Monomial
from symderiv.kernel.terms import Index, Key, Term, first_unused, key

Rename = Callable[[Term, dict[Term, Term]], Term]
"""Substitutes indices in a factor and puts the terms inside it into canonical order again."""

FactorKey = tuple[Key, Exponent]
Colouring = dict[Index, int]


def canonical_monomial(bound: Sequence[Index], factors: Sequence[Factor], rename: Rename) -> Monomial:
    """The product with canonical names; every index of `bound` occurs in a factor."""
    if not bound:
        return Monomial((), tuple(sorted(factors, key=_factor_key)))
    labelled: list[tuple[list[Factor], list[Index], list[Factor]]] = []
    constant: list[Factor] = []
    for indices, part in components(bound, factors):
        if not indices:
            constant.extend(part)
            continue
        order = _order(indices, part, rename)
        local = _relabel(order, part, 0, rename)
        labelled.append((local, order, part))
    if len(labelled) > 1:
        labelled.sort(key=lambda item: [_factor_key(f) for f in item[0]])
    start = first_unused("#", (base for base, _ in factors))
    names: list[Index] = []
    result = constant
    for local, order, part in labelled:
        first = start + len(names)
        result.extend(_relabel(order, part, first, rename) if first else local)
        names.extend(_name(first + k, index) for k, index in enumerate(order))
    return Monomial(tuple(names), tuple(sorted(result, key=_factor_key)))


def _factor_key(factor: Factor) -> FactorKey:
    return (key(factor[0]), factor[1])


def _name(position: int, index: Index) -> Index:
    return Index(f"#{position:03d}", index.domain)


def _relabel(order: Sequence[Index], factors: Sequence[Factor], start: int, rename: Rename) -> list[Factor]:
    names: dict[Term, Term] = {index: _name(start + k, index) for k, index in enumerate(order)}
    return sorted(((rename(base, names), exponent) for base, exponent in factors), key=_factor_key)


def components(bound: Sequence[Index], factors: Sequence[Factor]) -> list[tuple[list[Index], list[Factor]]]:
    """Groups of indices and factors that share no index; the factors without bound indices come first."""
    indices = set(bound)
    groups: list[tuple[set[Index], list[Factor]]] = [(set(), [])]
    for factor in factors:
        inside = {name for name in factor[0].free if isinstance(name, Index) and name in indices}
        if not inside:
            groups[0][1].append(factor)
            continue
        joined, apart = [factor], []
        for group in groups[1:]:
            if group[0] & inside:
                inside |= group[0]
                joined.extend(group[1])
            else:
                apart.append(group)
        groups = [groups[0], *apart, (inside, joined)]
    return [([i for i in bound if i in names], part) for names, part in groups]


def _order(indices: list[Index], factors: list[Factor], rename: Rename) -> list[Index]:
    """The indices of one component in canonical order."""
    if len(indices) == 1:
        return indices
    domains = sorted({index.domain for index in indices})
    return _search(_refine({i: domains.index(i.domain) for i in indices}, factors, rename), factors, rename)


def _search(colours: Colouring, factors: list[Factor], rename: Rename) -> list[Index]:
    cells: dict[int, list[Index]] = {}
    for index, colour in colours.items():
        cells.setdefault(colour, []).append(index)
    open_cells = [cell for _, cell in sorted(cells.items()) if len(cell) > 1]
    if not open_cells:
        return sorted(colours, key=lambda index: colours[index])
    best: list[Index] | None = None
    best_key: list[FactorKey] = []
    tried: list[Index] = []
    for index in open_cells[0]:
        if any(_exchangeable(index, other, factors, rename) for other in tried):
            continue
        tried.append(index)
        singled = {i: 2 * c + (0 if i == index else 1) for i, c in colours.items()}
        order = _search(_refine(singled, factors, rename), factors, rename)
        found = [_factor_key(f) for f in _relabel(order, factors, 0, rename)]
        if best is None or found < best_key:
            best, best_key = order, found
    return best or []


def _refine(colours: Colouring, factors: list[Factor], rename: Rename) -> Colouring:
    """Splits colours by the factors in which an index stands and by the colours of the others there, until stable."""
    while True:
        seen: dict[Index, tuple[int, list[FactorKey]]] = {}
        for index in colours:
            marks: dict[Term, Term] = {i: Index(f"~{c:03d}", i.domain) for i, c in colours.items()}
            marks[index] = Index("~self", index.domain)
            inside = [f for f in factors if index in f[0].free]
            seen[index] = (colours[index], sorted((key(rename(base, marks)), exponent) for base, exponent in inside))
        ranks = sorted({(colour, tuple(keys)) for colour, keys in seen.values()})
        refined = {index: ranks.index((colour, tuple(keys))) for index, (colour, keys) in seen.items()}
        if len(ranks) == len(set(colours.values())) or len(ranks) == len(colours):
            return refined
        colours = refined


def _exchangeable(one: Index, other: Index, factors: list[Factor], rename: Rename) -> bool:
    """True where exchanging the two indices leaves the product as it is."""
    if one.domain != other.domain:
        return False
    touched = [f for f in factors if not f[0].free.isdisjoint((one, other))]
    swapped = [(rename(base, {one: other, other: one}), exponent) for base, exponent in touched]
    return sorted(map(_factor_key, touched)) == sorted(map(_factor_key, swapped))
