"""Costs by whole tensors, beside the dependence graph at growing sizes: is a bound exceeded, is it reached?

A bound from above is reached where both grow at the same rate when sizes are doubled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from fractions import Fraction

from symderiv.loops.counts import size_cost
from symderiv.loops.graphs import operations_at, span_at
from symderiv.loops.growth import Cost, sizes_in
from symderiv.loops.instances import free_sizes, sizes_of
from symderiv.loops.operations import Model, work
from symderiv.model.program import Affine, IndexComparison, Node, Program, Read, SizeOf, places, subexpressions

SERIES = (2, 4, 8, 16, 32, 64)
"""The sizes that grow."""
FIXED = (3, 2, 1)
"""The sizes that do not grow, by preference; more where an index is shifted further, as by a guard `j <= J - 4`."""
ENOUGH = 3
"""Points that are needed to see a rate."""
MOST_WORK = 5_000
"""Operations of a graph that are looked at, where there are points enough."""
SAME_RATE = Fraction(7, 10)
"""What two rates of growth may differ by; that of log n halves when n is doubled."""


class Standing(Enum):
    """How a bound stands to what it bounds."""

    REACHED = "reached"
    NOT_REACHED = "not reached"
    EXCEEDED = "exceeded"


def standing(
    program: Program, nodes: tuple[Node, ...], bound: Cost, growing: Iterable[str], model: Model | None
) -> Standing:
    """How a bound of the span under a model (of the work without one) stands to the graph as some sizes grow."""
    result = Standing.REACHED
    for way in _ways(program, bound, set(growing)):
        found = _series(program, nodes, bound, way, model)
        if any(cost > (1 + sum(1 for _ in places(nodes))) * (limit + 1) for cost, limit in found):
            return Standing.EXCEEDED
        if way and not _is_reached(found):
            result = Standing.NOT_REACHED
    return result


def _ways(program: Program, bound: Cost, growing: set[str]) -> list[frozenset[str]]:
    """Sizes that grow together: each by itself, and those of each leading product, also beside one that shifts indices.

    A size that shifts no index only adds operations when it grows, so that it need not grow beside others.
    """
    products = [growing & set(sizes_in([monomial])) for monomial in bound.leading().monomials()]
    beside = [whole | {size} for whole in products for size in sorted(growing & set(_shifting(program)))]
    singles = [{size} for size in sorted(growing)]
    return list(dict.fromkeys(map(frozenset, [set(), *singles, *products, *beside])))


def _shifting(program: Program) -> Iterator[str]:
    """The sizes that stand in indices, guards and the bounds of loops."""
    for name in {atom.name for index in _indices(program) for atom, _ in index.terms if isinstance(atom, SizeOf)}:
        yield from sizes_in(size_cost(program, name).monomials())


def _indices(program: Program) -> Iterator[Affine]:
    """What stands in indices, guards and the bounds of loops."""
    for nodes in (program.forward, program.backward):
        for place in places(nodes):
            yield from place.statement.target.indices
            yield from (bound for loop in place.loops for bound in (loop.range.first, loop.range.last))
            for part in subexpressions(place.statement.value):
                if isinstance(part, Read):
                    yield from part.indices
                elif isinstance(part, IndexComparison):
                    yield from (part.left, part.right)


def _series(
    program: Program, nodes: tuple[Node, ...], bound: Cost, growing: frozenset[str], model: Model | None
) -> list[tuple[int, Fraction]]:
    """What a cost is at growing sizes, and the bound there."""
    operations = work(program, nodes)
    found: list[tuple[int, Fraction]] = []
    furthest = max((abs(index.constant) for index in _indices(program)), default=0)
    for fixed in (size + max(0, furthest - min(FIXED) - 1) for size in FIXED):
        found = []
        for count in SERIES:
            sizes = sizes_of(program, {**dict.fromkeys(free_sizes(program), fixed), **dict.fromkeys(growing, count)})
            most = MOST_WORK if len(found) >= ENOUGH else 2 * MOST_WORK
            if sizes is None or (model is not None and operations.value(sizes) > most):
                break
            cost = operations_at(program, nodes, sizes) if model is None else span_at(program, nodes, sizes, model)
            found.append((cost, bound.value(sizes)))
        if len(found) >= ENOUGH:
            break
    return found


def _is_reached(found: list[tuple[int, Fraction]]) -> bool:
    """Whether a cost grows at the rate of its bound, at the last three sizes."""
    if len(found) < ENOUGH:
        return False
    (first, low), (second, middle), (third, high) = found[-3:]
    if low == high:
        return third >= first
    if third <= second or middle == low:
        return third > second
    return (third - second) * (middle - low) >= SAME_RATE * (second - first) * (high - middle)
