"""How long the iterations of a sequential loop wait for each other.

Statements that wait for each other in a circle do so as long as the greatest mean weight of such a circle says, once
for each iteration (the maximum cycle mean of the dependence graph), where no loop inside runs against a dependence.
Where one does, as in `h[i,j] = f(h[i-1,j+1], h[i,j-1])`, an affine schedule `2 i + j` that grows along each dependence
says how many of them can be in a row.  Where there is none, each iteration waits for all that is inside of it.

Source: Karp (1978) for the cycle mean; Lamport, The parallel execution of DO loops (1974), for schedules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from symderiv.loops.accesses import Accesses
from symderiv.loops.counts import extent, is_rectangular, trips
from symderiv.loops.dependences import Dependence, Entered, dependences, recurrences
from symderiv.loops.growth import NOTHING, ONE, Cost, largest_of, number
from symderiv.loops.integers import Integers, equal
from symderiv.loops.operations import Model, depths, sum_around
from symderiv.model.program import Loop, Program

Node = tuple[str, tuple[str, ...]]
"""The statements that compute one tensor inside of the same loops."""
Weights = dict[tuple[Node, Node, int], Cost]
"""What the reader of a dependence takes, by who is waited for, who waits, and the iterations between."""

MOST_CYCLES = 2000
"""Cycles of one recurrence that are looked at; of more of them the sum of all that they take is a bound."""


def waiting(program: Program, loop: Loop, model: Model, around: tuple[Loop, ...] = ()) -> Cost:
    """What all iterations of a loop wait for each other, inside of the loops `around`."""
    groups = _recurrences(dependences(loop, around))
    if not all(_is_even(loop, group) for group in groups):
        groups = _recurrences([edge for group in groups for edge in existing(program, loop, group)])
    return largest_of(_chain(program, loop, model, around, group) for group in groups)


def existing(program: Program, loop: Loop, edges: Sequence[Dependence]) -> Iterator[Dependence]:
    """The dependences without those between cells that are never the same, as of `h[l-1,0]` on `h[l,t]` with t >= 1."""
    accesses, integers = Accesses(program), Integers(program)
    written = {id(write.place.statement): write.renamed("~") for write in accesses.written((loop,))}
    read = list(accesses.read((loop,)))
    for edge in edges:
        write = written[id(edge.writer.statement)]
        for access in read:
            if access.place.statement is edge.reader.statement and access.entry == edge.entry:
                pairs = zip(write.entry.indices, access.entry.indices, strict=True)
                same = [equal(one, other) for one, other in pairs]
                if integers.find((), [(*access.constraints, *write.constraints, *same)]) is not None:
                    yield edge
                    break


def _recurrences(edges: Sequence[Dependence]) -> list[list[Dependence]]:
    """The dependences inside of each group of statements that wait for each other."""
    groups = recurrences((_source(edge), _target(edge)) for edge in edges)
    return [[edge for edge in edges if {_source(edge), _target(edge)} <= group] for group in groups]


def _is_even(loop: Loop, edges: Sequence[Dependence]) -> bool:
    """True where no loop inside runs against a dependence."""
    nests = ((loop, *edge.reader.loops) for edge in edges)
    return all(edge.is_even for edge in edges) and all(map(is_rectangular, nests))


def _source(edge: Dependence) -> Node:
    return edge.source, tuple(loop.index for loop in edge.writer.loops)


def _target(edge: Dependence) -> Node:
    return edge.target, tuple(loop.index for loop in edge.reader.loops)


def _chain(program: Program, loop: Loop, model: Model, around: tuple[Loop, ...], edges: Sequence[Dependence]) -> Cost:
    """What the longest path in one recurrence takes."""
    is_even = _is_even(loop, edges)
    factors = None if is_even else schedule(edges)
    costs = [(edge, _weight(program, edge, model, (*around, loop))) for edge in edges]
    if factors is not None:
        steps, nest = ONE, (loop, *edges[0].reader.loops)
        for depth, factor in enumerate(factors):
            steps = steps + number(factor) * extent(program, nest[depth], (*around, *nest[:depth]))
        readers = dict.fromkeys(map(_target, edges))
        return steps * _total(largest_of(cost for edge, cost in costs if _target(edge) == node) for node in readers)
    weights: Weights = {}
    for edge, cost in costs:
        place = (_source(edge), _target(edge), edge.distance)
        whole = cost if is_even else cost + _crossed(program, edge.reader, model, (*around, loop))
        weights[place] = largest_of((whole, weights.get(place, NOTHING)))
    return trips(program, loop, around) * _greatest_mean(weights)


def schedule(edges: Sequence[Dependence]) -> tuple[int, ...] | None:
    """Factors of the counters of a nest of loops, the outermost first, of which none is negative: their sum is the same
    or grows along each dependence, and stays the same only within an iteration of all.  None where none are found.

    An inner counter is settled first.  A dependence that runs against it lies between iterations of one outside, whose
    factor makes up for it.
    """
    if not all(edge.together for edge in edges):
        return None
    factors = [0] * len(edges[0].apart)
    for level in reversed(range(len(factors))):
        for edge in edges:
            if None in edge.apart:
                return None
            apart = [distance or 0 for distance in edge.apart]
            if any(apart[:level]) or not apart[level]:
                continue
            if apart[level] < 0:
                return None
            gained = sum(f * d for f, d in zip(factors[level + 1 :], apart[level + 1 :], strict=True))
            factors[level] = max(factors[level], -((gained - 1) // apart[level]))
    return tuple(factors)


def _weight(program: Program, edge: Dependence, model: Model, around: tuple[Loop, ...]) -> Cost:
    """What the reader of a dependence takes from the entry on."""
    reader = edge.reader
    through = largest_of(d for entry, d in depths(program, reader.statement.value, model) if entry == edge.entry)
    return through + sum_around(program, reader.indices, reader.statement.target, model, (*around, *reader.loops))


def _crossed(program: Program, reader: Entered, model: Model, around: tuple[Loop, ...]) -> Cost:
    """What the iterations of the loop inside in which a statement stands wait for each other, at all depths."""
    if not reader.loops:
        return NOTHING
    return _inside(program, reader.loops[0], model, around)


def _inside(program: Program, loop: Loop, model: Model, around: tuple[Loop, ...]) -> Cost:
    deeper = (_inside(program, node, model, (*around, loop)) for node in loop.body if isinstance(node, Loop))
    return waiting(program, loop, model, around) + _total(deeper)


def _total(costs: Iterator[Cost]) -> Cost:
    total = NOTHING
    for cost in costs:
        total = total + cost
    return total


def _greatest_mean(weights: Weights) -> Cost:
    """The greatest mean weight of a cycle, over the iterations that it spans."""
    means: list[Cost] = []
    nodes = sorted({source for source, _, _ in weights})
    for mean in (mean for start in nodes for mean in _cycles(weights, start, start, NOTHING, 0, ())):
        means.append(mean)
        if len(means) > MOST_CYCLES:
            return _total(iter(weights.values()))
    return largest_of(means)


def _cycles(
    weights: Weights, start: Node, at: Node, cost: Cost, distance: int, seen: tuple[Node, ...]
) -> Iterator[Cost]:
    """The mean weights of the cycles through `start` that pass nothing twice, and nothing that is before it."""
    for (source, target, apart), weight in weights.items():
        if source != at or target in seen or target < start:
            continue
        total, length = cost + weight, distance + apart
        if target != start:
            yield from _cycles(weights, start, target, total, length, (*seen, target))
        elif length:
            yield total * number(Fraction(1, length))
