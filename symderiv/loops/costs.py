"""The span of a loop program: how many of its operations wait for each other, under a reduction model.

The span of straight-line code is its longest path.  A sequential loop waits for itself as long as the greatest mean
weight of a cycle of dependences says, once for each iteration (the maximum cycle mean of its dependence graph).  All
this looks at whole tensors, and is a bound from above up to a constant factor; `loops/graphs.py` looks at cells.

Source: Blelloch, Prefix sums and their applications (1990), for work and span; Karp (1978) for the cycle mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from symderiv.loops.counts import trips
from symderiv.loops.dependences import Dependence, dependences, recurrences
from symderiv.loops.growth import NOTHING, Cost, largest_of, number
from symderiv.loops.operations import Model, depths, sum_around
from symderiv.model.program import For, Loop, Node, Program, Statement

MOST_CYCLES = 2000
"""Cycles of one recurrence that are looked at; of more of them the sum of all that they take is a bound."""


def span(program: Program, nodes: tuple[Node, ...], model: Model) -> Cost:
    """The longest chain of operations that wait for each other."""
    finished: dict[str, Cost] = {}
    _advance(program, nodes, model, finished, ())
    return largest_of(finished.values())


def _advance(
    program: Program, nodes: tuple[Node, ...], model: Model, finished: dict[str, Cost], around: tuple[Loop, ...]
) -> None:
    """Enters when each tensor that the nodes compute is complete."""
    for node in nodes:
        if isinstance(node, For):
            for statement in node.body:
                name = statement.target.tensor
                ready = _ready(program, statement, model, finished)
                whole = ready + sum_around(program, node.indices, statement.target, model, around)
                finished[name] = largest_of((finished.get(name, NOTHING), whole))
            continue
        inner = dict(finished)
        _advance(program, node.body, model, inner, (*around, node))
        waiting = trips(program, node, around) * cycle_mean(program, node, model, around)
        finished |= {name: cost + waiting for name, cost in inner.items() if cost != finished.get(name)}


def _ready(program: Program, statement: Statement, model: Model, finished: Mapping[str, Cost]) -> Cost:
    """When the values of a statement are there."""
    return largest_of(
        depth if entry is None else depth + finished.get(entry.tensor, NOTHING)
        for entry, depth in depths(program, statement.value, model)
    )


def cycle_mean(program: Program, loop: Loop, model: Model, around: tuple[Loop, ...] = ()) -> Cost:
    """The greatest mean weight of a cycle: what each iteration waits for the ones before; 0 where it does not."""
    edges = dependences(loop)
    found = []
    for group in recurrences(edges):
        inside = [edge for edge in edges if edge.source in group and edge.target in group]
        is_even = all(edge.is_even for edge in inside)
        weights = [(edge, _weight(program, loop, edge, model, (*around, loop), is_even)) for edge in inside]
        found.append(_greatest_mean(weights, group))
    return largest_of(found)


def _weight(
    program: Program, loop: Loop, edge: Dependence, model: Model, around: tuple[Loop, ...], is_even: bool
) -> Cost:
    """What the reader of a dependence takes from the entry on, and the loops inside of which it stands.

    Where no loop inside runs against a dependence, each iteration of it is waited for once only, and is not counted.
    """
    reader = edge.reader
    through = largest_of(d for entry, d in depths(program, reader.statement.value, model) if entry == edge.entry)
    loops = (*around, *reader.loops)
    total = through + sum_around(program, reader.indices, reader.statement.target, model, loops)
    if reader.loops and not is_even:
        inner = reader.loops[0]
        total = total + trips(program, inner, around) * cycle_mean(program, inner, model, around)
    return total


def _greatest_mean(weights: Sequence[tuple[Dependence, Cost]], group: frozenset[str]) -> Cost:
    means: list[Cost] = []
    for mean in (mean for start in sorted(group) for mean in _cycles(weights, start, start, NOTHING, 0, ())):
        means.append(mean)
        if len(means) > MOST_CYCLES:
            total = NOTHING
            for _, cost in weights:
                total = total + cost
            return total
    return largest_of(means)


def _cycles(
    weights: Sequence[tuple[Dependence, Cost]], start: str, at: str, cost: Cost, distance: int, seen: tuple[str, ...]
) -> Iterator[Cost]:
    """The mean weights of the cycles through `start` that pass no tensor twice, and none that is before it."""
    for edge, weight in weights:
        if edge.source != at or edge.target in seen or edge.target < start:
            continue
        total, length = cost + weight, distance + edge.distance
        if edge.target != start:
            yield from _cycles(weights, start, edge.target, total, length, (*seen, edge.target))
        elif length:
            yield total * number(Fraction(1, length))
