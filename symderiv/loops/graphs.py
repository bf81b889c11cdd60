"""The dependence graph of a loop program at sizes that are numbers, cell by cell, and its longest path.

A term with a guard that is 0 waits for nothing.  An entry that is looked up by data waits for the whole axis, since the
order of the operations is fixed before the data are there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod

import numpy as np

from symderiv.loops.dependences import is_plain
from symderiv.loops.grids import Array, Grid, Run, Whole, clipped, widened
from symderiv.loops.instances import evaluated
from symderiv.loops.operations import Model, reductions
from symderiv.model.program import (
    Expression,
    For,
    IndexComparison,
    Loop,
    Node,
    Product,
    Program,
    Read,
    Reduction,
    Statement,
    operands,
    places,
)


def operations_at(program: Program, nodes: tuple[Node, ...], at: Mapping[str, int]) -> int:
    """The number of operations at sizes, and at values of the indices around, that are numbers."""
    total = 0
    for node in nodes:
        if isinstance(node, Loop):
            total += sum(operations_at(program, node.body, {**at, node.index: n}) for n in _iterations(node, at))
        else:
            count = prod(at[program.domains[index]] for index in node.indices)
            total += count * sum(_operations(program, statement.value, at) for statement in node.body)
    return total


def _operations(program: Program, value: Expression, sizes: Mapping[str, int]) -> int:
    return 1 + sum(
        prod(sizes[program.domains[index]] for index in inner.indices) * _operations(program, inner.body, sizes)
        for inner in reductions(value)
    )


def _iterations(loop: Loop, at: Mapping[str, int]) -> range:
    """The values of a sequential index, in order."""
    first, last = evaluated(loop.range.first, at), evaluated(loop.range.last, at)
    return range(first, last + loop.range.step, loop.range.step)


def span_at(program: Program, nodes: tuple[Node, ...], sizes: Mapping[str, int], model: Model) -> int:
    """The length of the longest path at sizes that are numbers."""
    computed = frozenset(place.statement.target.tensor for place in places(nodes))
    graph = Graph(program, sizes, model, computed)
    graph.run(nodes)
    return graph.span


@dataclass
class _Sums:
    """What one statement adds to each cell of a tensor: the number of terms, and when the last one is there."""

    terms: Array
    ready: Array


@dataclass
class Graph(Run):
    """A program that is run at some sizes, of which only times are kept."""

    model: Model
    computed: frozenset[str]
    _written: dict[str, dict[int, _Sums]] = field(default_factory=dict)
    _waiting: dict[int, tuple[Expression, ...]] = field(default_factory=dict)
    """The parts of expressions that may have to be waited for."""

    @property
    def span(self) -> int:
        """When the last cell is complete."""
        return max((int(self.complete(name, slice(None)).max()) for name in self._written), default=0)

    def parallel(self, node: For, fixed: Grid) -> None:
        """All operations of a loop wait for what stood before."""
        rank = len(node.indices)
        grid = {**fixed, **self.grid(node.indices, 0)}
        found = [(s, np.broadcast_to(self.time(s.value, grid, rank), self.extents(node.indices))) for s in node.body]
        for statement, times in found:
            self._write(statement, times, grid)

    def _write(self, statement: Statement, times: Array, grid: Grid) -> None:
        """Adds a term to each cell that a statement writes to; a guard keeps it from those out of range."""
        name = statement.target.tensor
        count = prod(self.sizes[size] for size in self.program.shapes[name])
        sums = self._written.setdefault(name, {}).setdefault(
            id(statement), _Sums(np.zeros(count, dtype=int), np.zeros(count, dtype=int))
        )
        cells, inside, looked = self.cells(statement.target, grid)
        cells, inside, times = np.broadcast_arrays(cells, inside, times.reshape(times.shape + (1,) * looked))
        np.add.at(sums.terms, cells[inside], 1)
        np.maximum.at(sums.ready, cells[inside], times[inside])

    def time(self, value: Expression, grid: Grid, rank: int) -> Array:
        """When an expression is computed, on a grid with `rank` axes."""
        return 1 + self.ready(value, grid, rank)

    def ready(self, value: Expression, grid: Grid, rank: int) -> Array:
        """When all that an expression is made of is there."""
        match value:
            case Read(tensor, _, _) if tensor in self.computed:
                cells, inside, looked = self.cells(value, grid)
                times = np.where(inside, self.complete(tensor, cells), 0)
                return np.asarray(times.max(axis=tuple(range(times.ndim - looked, times.ndim))))
            case Reduction(indices, body):
                count, extents = len(indices), self.extents(indices)
                times = self.time(body, {**widened(grid, count), **self.grid(indices, rank)}, rank + count)
                times = np.broadcast_to(times, np.broadcast_shapes(times.shape, (1,) * rank + extents))
                last = times.max(axis=tuple(range(times.ndim - count, times.ndim)))
                return np.asarray(last + self.summing(np.array(prod(extents))))
            case _:
                first, *others = self.waited_for(value) or (None,)
                if first is None:
                    return np.array(0)
                times = self.ready(first, grid, rank)
                for part in others:
                    times = np.maximum(times, self.ready(part, grid, rank))
                for factor in value.factors if isinstance(value, Product) else ():
                    if isinstance(factor, IndexComparison) and is_plain(factor.left) and is_plain(factor.right):
                        times = np.where(self.holds(factor, grid), times, 0)
                return times

    def waited_for(self, value: Expression) -> tuple[Expression, ...]:
        """The direct parts of an expression with a sum, or something that is computed, in them."""
        known = self._waiting.get(id(value))
        if known is None:
            known = self._waiting[id(value)] = tuple(filter(self._takes_time, operands(value)))
        return known

    def _takes_time(self, value: Expression) -> bool:
        is_computed = isinstance(value, Read) and value.tensor in self.computed
        return is_computed or isinstance(value, Reduction) or any(map(self._takes_time, operands(value)))

    def holds(self, guard: IndexComparison, grid: Grid) -> Array:
        """Where a guard that does not look at data holds."""
        left, right = self.index(guard.left, grid), self.index(guard.right, grid)
        return np.asarray(left >= right if guard.kind == ">=" else left == right)

    def complete(self, tensor: str, cells: Array | slice) -> Array:
        """When everything has been added to cells."""
        written = self._written.get(tensor, {}).values()
        found = [sums.ready[cells] + self.summing(sums.terms[cells]) for sums in written]
        times: Array = found[0] if found else np.array(0)
        for other in found[1:]:
            times = np.maximum(times, other)
        return times

    def summing(self, terms: Array) -> Array:
        """The operations in a row of sums of so many terms."""
        several = terms > 1
        match self.model:
            case Model.TREE:
                return np.where(several, np.frexp(terms - 1)[1], 0)  # the exponent of n is its number of binary digits
            case Model.FAN_IN:
                return several * 1
            case Model.SERIAL:
                return terms * several

    def cells(self, entry: Read, grid: Grid) -> tuple[Array, Array, int]:
        """The cells that an entry may be, numbered row by row; whether each is in range, else another one stands for
        it; and how many axes of data there are, behind all others.
        """
        count = sum(1 for index in entry.indices if not is_plain(index))
        wider, extra = widened(grid, count) if count else grid, iter(range(count - 1, -1, -1))
        cells: Whole = 0
        inside: Array | bool = True
        for index, axis in zip(entry.indices, self.program.shapes[entry.tensor], strict=True):
            size, variable = self.sizes[axis], index.variable
            place = self.index(index, wider) if is_plain(index) else np.arange(size).reshape(-1, *(1,) * next(extra))
            if variable is None or isinstance(place, int) or self.program.domains[variable.name] != axis:
                inside = inside & (place >= 0) & (place < size)
                place = clipped(place, size)
            cells = cells * size + place
        return np.asarray(cells), np.asarray(inside), count
