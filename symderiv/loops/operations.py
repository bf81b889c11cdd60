"""The operations of loop programs: how many there are, and how many in a row one statement takes.

One operation computes the right side of a statement, or the body of a sum in it, from what it reads.  A sum of n terms
takes ceil(log2 n) operations in a row on a tree, one with unbounded fan-in, and n if it is made serially: that is the
reduction model, and it has to be named.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from symderiv.loops.counts import log_cost, size_cost, trips
from symderiv.loops.dependences import is_plain
from symderiv.loops.growth import NOTHING, ONE, Cost
from symderiv.loops.rewriting import variables
from symderiv.model.program import Expression, Loop, Node, Program, Read, Reduction, operands


class Model(Enum):
    """How a sum of n terms is made: on a tree, in one operation, or one term after the other."""

    TREE = "tree"
    FAN_IN = "fan-in"
    SERIAL = "serial"


def outermost(value: Expression) -> Iterator[Read | Reduction]:
    """The entries and sums in an expression that stand in no sum."""
    if isinstance(value, Read | Reduction):
        yield value
        return
    for part in operands(value):
        yield from outermost(part)


def reductions(value: Expression) -> Iterator[Reduction]:
    """The sums in an expression that stand in no other sum."""
    return (part for part in outermost(value) if isinstance(part, Reduction))


def summing(terms: Sequence[Cost], model: Model) -> Cost:
    """The operations in a row of a sum over several indices, each of which takes so many values."""
    if not terms or model is Model.FAN_IN:
        return ONE if terms else NOTHING
    total = log_cost(terms[0]) if model is Model.TREE else terms[0]
    for count in terms[1:]:
        total = total + log_cost(count) if model is Model.TREE else total * count
    return total


def work_of(program: Program, value: Expression) -> Cost:
    """The operations that compute an expression once."""
    total = ONE
    for inner in reductions(value):
        once = work_of(program, inner.body)
        for index in inner.indices:
            once = once * size_cost(program, program.domains[index])
        total = total + once
    return total


def depths(program: Program, value: Expression, model: Model) -> Iterator[tuple[Read | None, Cost]]:
    """The operations in a row from each entry that an expression reads to its value; None is for what reads nothing."""
    yield None, ONE
    for part in outermost(value):
        if isinstance(part, Read):
            yield part, ONE
        else:
            terms = [size_cost(program, program.domains[index]) for index in part.indices]
            whole = ONE + summing(terms, model)
            yield from ((entry, depth + whole) for entry, depth in depths(program, part.body, model))


def sum_around(program: Program, indices: Sequence[str], target: Read, model: Model, loops: Sequence[Loop]) -> Cost:
    """The operations in a row that add up what one statement computes for one cell of its target.

    `indices` are those of its parallel loop, `loops` the sequential ones around it.
    """
    kept = determined(target)
    terms = [size_cost(program, program.domains[index]) for index in indices if index not in kept]
    terms += [trips(program, loop, loops[:n]) for n, loop in enumerate(loops) if loop.index not in kept]
    return summing(terms, model)


def determined(target: Read) -> set[str]:
    """The indices that a cell of a target determines, one for each of its axes: the others are summed over.

    An axis at an entry of a tensor determines none, since all entries may be the same.
    """
    found: set[str] = set()
    axes = [variables(index) for index in target.indices if is_plain(index)]
    for names in sorted(axes, key=len):
        found |= set(sorted(names - found)[:1])
    return found


def work(program: Program, nodes: tuple[Node, ...], around: tuple[Loop, ...] = ()) -> Cost:
    """The number of operations: each statement is computed for all values of its indices."""
    total = NOTHING
    for node in nodes:
        if isinstance(node, Loop):
            total = total + trips(program, node, around) * work(program, node.body, (*around, node))
            continue
        for statement in node.body:
            once = work_of(program, statement.value)
            for index in node.indices:
                once = once * size_cost(program, program.domains[index])
            total = total + once
    return total
