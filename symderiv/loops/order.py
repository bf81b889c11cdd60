"""Whether a program may be executed in the order in which it is written.

A read of a cell is legal when every instance that writes the cell precedes it.  Iterations of a parallel loop read what
stood before the loop, so nothing that it writes precedes anything that it reads.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from symderiv.loops.integers import Constraint, Instance, equal, less
from symderiv.model.program import Place, Program, Variable, of_atom

if TYPE_CHECKING:
    from symderiv.loops.accesses import Access
    from symderiv.loops.analysis import Analysis


def unordered(analysis: Analysis, write: Access, read: Access) -> Instance | None:
    """The smallest instance at which a cell is read before it is written; None where there is none."""
    late = list(not_before(write.place, read.place))
    if not late:
        return None
    other = write.renamed("~")
    if is_plain(write, analysis.program) and is_plain(read, analysis.program) and not read.place.loops:
        return Instance({}, {})
    same = analysis.same_cell(read, other)
    variables = [Variable(v) for v in (*read.variables, *other.variables)]
    return analysis.integers.find(variables, [[*same, *order] for order in late])


def is_plain(access: Access, program: Program) -> bool:
    """True of an access whose indices are distinct variables that take all values, so that every cell is accessed."""
    variables = [index.variable for index in access.entry.indices]
    names = [v.name for v in variables if v is not None]
    shape = program.shapes.get(access.entry.tensor, ())
    if len(names) != len(variables) or len(set(names)) != len(names) or access.place.loops:
        return False
    if len(access.constraints) != 2 * len(access.variables):
        return False
    return all(program.domains.get(name) == size for name, size in zip(names, shape, strict=True))


def not_before(write: Place, read: Place) -> Iterator[list[Constraint]]:
    """The ways in which an instance of `write` (its variables end in ~) does not precede one of `read`."""
    common: list[Constraint] = []
    for level in range(min(len(write.positions), len(read.positions))):
        if write.positions[level] > read.positions[level]:
            yield common
        if write.positions[level] != read.positions[level]:
            return
        if level == len(write.loops) or level == len(read.loops):
            break
        loop = read.loops[level]
        own, other = of_atom(Variable(loop.index)), of_atom(Variable(loop.index + "~"))
        yield [*common, less(own, other) if loop.range.step > 0 else less(other, own)]
        common = [*common, equal(own, other)]
    yield common
