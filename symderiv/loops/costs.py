"""The span of a loop program: how many of its operations wait for each other, under a reduction model.

The span of straight-line code is its longest path.  To what is inside of a sequential loop, what its iterations wait
for each other is added (`loops/chains.py`).  All this looks at whole tensors, and is a bound from above, up to a
constant factor; `loops/graphs.py` looks at cells.

Source: Blelloch, Prefix sums and their applications (1990), for work and span.
"""

from __future__ import annotations

from collections.abc import Mapping

from symderiv.loops.chains import waiting
from symderiv.loops.growth import NOTHING, Cost, largest_of
from symderiv.loops.operations import Model, depths, sum_around
from symderiv.model.program import For, Loop, Node, Program, Statement


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
        late = waiting(program, node, model, around)
        finished |= {name: cost + late for name, cost in inner.items() if cost != finished.get(name)}


def _ready(program: Program, statement: Statement, model: Model, finished: Mapping[str, Cost]) -> Cost:
    """When the values of a statement are there."""
    return largest_of(
        depth if entry is None else depth + finished.get(entry.tensor, NOTHING)
        for entry, depth in depths(program, statement.value, model)
    )
