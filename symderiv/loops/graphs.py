"""The dependence graph of a loop program at sizes that are numbers, cell by cell, and its longest path.

A term with a guard that is 0 waits for nothing.  An entry that is looked up by data waits for the whole axis, since the
order of the operations is fixed before the data are there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

from symderiv.loops.dependences import is_plain
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

Cell = tuple[str, tuple[int, ...]]


def operations_at(program: Program, nodes: tuple[Node, ...], at: Mapping[str, int]) -> int:
    """The number of operations at sizes, and at values of the indices around, that are numbers."""
    total = 0
    for node in nodes:
        if isinstance(node, Loop):
            total += sum(operations_at(program, node.body, {**at, node.index: n}) for n in iterations(node, at))
        else:
            count = prod(at[program.domains[index]] for index in node.indices)
            total += count * sum(_operations(program, statement.value, at) for statement in node.body)
    return total


def _operations(program: Program, value: Expression, sizes: Mapping[str, int]) -> int:
    return 1 + sum(
        prod(sizes[program.domains[index]] for index in inner.indices) * _operations(program, inner.body, sizes)
        for inner in reductions(value)
    )


def iterations(loop: Loop, at: Mapping[str, int]) -> range:
    """The values of a sequential index, in order."""
    first, last = evaluated(loop.range.first, at), evaluated(loop.range.last, at)
    return range(first, last + loop.range.step, loop.range.step)


def span_at(program: Program, nodes: tuple[Node, ...], sizes: Mapping[str, int], model: Model) -> int:
    """The length of the longest path at sizes that are numbers."""
    computed = frozenset(place.statement.target.tensor for place in places(nodes))
    graph = Graph(program, sizes, model, computed)
    graph.run(nodes, sizes)
    return graph.span


@dataclass
class _Sum:
    """What one statement adds to one cell: the number of terms, and when the last one is there."""

    terms: int = 0
    ready: int = 0


@dataclass
class Graph:
    """A program that is run at some sizes, of which only times are kept."""

    program: Program
    sizes: Mapping[str, int]
    model: Model
    computed: frozenset[str]
    _written: dict[Cell, dict[int, _Sum]] = field(default_factory=dict)

    @property
    def span(self) -> int:
        """When the last cell is complete."""
        return max(map(self.complete, self._written), default=0)

    def run(self, nodes: tuple[Node, ...], at: Mapping[str, int]) -> None:
        """A block, at values of all sizes and of the indices around it."""
        for node in nodes:
            if isinstance(node, Loop):
                for value in iterations(node, at):
                    self.run(node.body, {**at, node.index: value})
            else:
                self.parallel(node, at)

    def parallel(self, node: For, at: Mapping[str, int]) -> None:
        """A parallel loop: all of its operations wait for what stood before."""
        found: list[tuple[Statement, list[Cell], int]] = []
        for inner in self.values(node.indices, at):
            for statement in node.body:
                cells = list(self.cells(statement.target, inner))
                found.append((statement, cells, self.time(statement.value, inner)))
        for statement, cells, time in found:
            for cell in cells:
                whole = self._written.setdefault(cell, {}).setdefault(id(statement), _Sum())
                whole.terms += 1
                whole.ready = max(whole.ready, time)

    def values(self, indices: Sequence[str], at: Mapping[str, int]) -> Iterator[dict[str, int]]:
        """All values of some indices beside those of others."""
        for chosen in product(*(range(self.sizes[self.program.domains[index]]) for index in indices)):
            yield {**at, **dict(zip(indices, chosen, strict=True))}

    def time(self, value: Expression, at: Mapping[str, int]) -> int:
        """When an expression is computed."""
        return 1 + self.ready(value, at)

    def ready(self, value: Expression, at: Mapping[str, int]) -> int:
        """When all that an expression is made of is there."""
        match value:
            case Read(tensor, _, _) if tensor not in self.computed:
                return 0
            case Read():
                return max(map(self.complete, self.cells(value, at)), default=0)
            case Reduction(indices, body):
                times = [self.time(body, inner) for inner in self.values(indices, at)]
                return max(times) + self.summing(len(times))
            case _:
                times = [self.ready(part, at) for part in operands(value)]
                guarded = isinstance(value, Product) and any(self.is_zero(factor, at) for factor in value.factors)
                return 0 if guarded else max(times, default=0)

    def is_zero(self, factor: Expression, at: Mapping[str, int]) -> bool:
        """True of a guard that does not hold; one that looks at data may."""
        if not isinstance(factor, IndexComparison) or not (is_plain(factor.left) and is_plain(factor.right)):
            return False
        left, right = evaluated(factor.left, at), evaluated(factor.right, at)
        return not (left >= right if factor.kind == ">=" else left == right)

    def complete(self, cell: Cell) -> int:
        """When everything has been added to a cell; 0 for what is given, and for what is outside."""
        sums = self._written.get(cell, {}).values()
        return max((whole.ready + self.summing(whole.terms) for whole in sums), default=0)

    def summing(self, terms: int) -> int:
        """The operations in a row of a sum."""
        match self.model:
            case Model.TREE:
                return (terms - 1).bit_length()
            case Model.FAN_IN:
                return int(terms > 1)
            case Model.SERIAL:
                return terms if terms > 1 else 0

    def cells(self, entry: Read, at: Mapping[str, int]) -> Iterator[Cell]:
        """The cells that an entry may be."""
        shape = self.program.shapes.get(entry.tensor, ())
        axes = [
            (evaluated(index, at),) if is_plain(index) else range(self.sizes[shape[axis]])
            for axis, index in enumerate(entry.indices)
        ]
        return ((entry.tensor, place) for place in product(*axes))
