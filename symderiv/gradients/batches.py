"""Many values for one part of a backward loop, tried in one run.

The part is a hole, an entry of a tensor whose first axis counts what is tried.  What is computed from the loop gets this
axis too; everything else is run once.  Gradients are read as they are where they are right, so that none of them is
wrong because of another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from symderiv.gradients.comparison import TOLERANCE, Comparison, same
from symderiv.loops.execution import Execution
from symderiv.loops.grids import Array, Grid
from symderiv.model.program import (
    Expression,
    For,
    Loop,
    Node,
    Place,
    Program,
    Read,
    Statement,
    Variable,
    of_atom,
    places,
    reads,
)

HOLE = "hole"
APART = " apart"


@dataclass
class Batch(Execution):
    """A run in which some tensors have an axis for what is tried, before all others."""

    count: int = 1
    varied: frozenset[str] = field(default_factory=frozenset)

    def array(self, name: str) -> Array:
        """The array of a tensor; what is computed starts at zero."""
        if name in self.varied and name not in self.arrays:
            shape = [self.count, *(self.sizes[size] for size in self.program.shapes[name])]
            self.arrays[name] = np.zeros(shape, dtype=self.dtype)
        return super().array(name)

    def parallel(self, node: For, fixed: Grid) -> None:
        """One parallel loop: every statement in it reads what stood before."""
        grid = {**fixed, **self.grid(node.indices, 0)}
        extents = self.extents(node.indices)
        pending = []
        for statement in node.body:
            value = self.value(statement.value, grid, len(extents))
            if statement.target.tensor in self.varied:
                extents_of = (self.count, *extents)
            else:
                extents_of = extents
            pending.append((statement, self.places(statement.target, grid), np.broadcast_to(value, extents_of)))
        for statement, cells, value in pending:
            if statement.target.tensor in self.varied:
                self._write_all(statement, cells, value)
            else:
                self.write(statement, cells, value)

    def _write_all(self, statement: Statement, cells: tuple[Array, ...], value: Array) -> None:
        """Adds to the cells of everything that is tried, or sets them."""
        target = self.array(statement.target.tensor)
        shape = target.shape[1:]
        inner = np.ravel_multi_index(cells, shape) if cells else np.array(0)
        flat = target.reshape(self.count, -1)
        where = np.broadcast_to(inner, value.shape[1:]).reshape(-1)
        values = value.reshape(self.count, -1)
        if statement.operator == "=":
            flat[:, where] = values
        elif len(where) == flat.shape[1] and (where == np.arange(len(where))).all():
            flat += values
        else:
            wide = (np.arange(self.count)[:, None] * flat.shape[1] + where).reshape(-1)
            np.add.at(flat.reshape(-1), wide, values.reshape(-1))  # along one axis it is fast

    def value(self, expression: Expression, grid: Grid, rank: int) -> Array:
        """The values of an expression on a grid with `rank` axes, before which one stands for what is tried."""
        if not isinstance(expression, Read) or expression.tensor not in self.varied:
            return super().value(expression, grid, rank)
        cells = self.places(expression, grid)
        found = self.array(expression.tensor)[(slice(None), *cells)]
        return np.asarray(found.reshape((self.count,) + (1,) * (rank + 1 - found.ndim) + found.shape[1:]))


class Trials:
    """What one backward statement can be, tried on one run."""

    def __init__(self, run: Comparison, place: Place, right: frozenset[str]) -> None:
        """`right` are the gradients that are to be right, of which the others are computed."""
        self.program, self.run, self.place = run.program, run, place
        self.right = right
        self._known: dict[tuple[Expression, tuple[str, ...]], Array | None] = {}
        self.state = self._state()
        reached = self._reached(place.statement.target.tensor)
        self.later = frozenset() if place.loops else readers_of(run.program, place.statement.target.tensor)
        self.judged = sorted(reached & right)
        self.nodes = self._computing(self.program.backward, reached)
        self.varied = frozenset(f"{name}{APART}" if name in right else name for name in reached)

    def _state(self) -> dict[str, Array]:
        """The values of everything as it is claimed, where the gradients are right."""
        arrays = {name: array.copy() for name, array in self.run.derived.arrays.items()}
        arrays |= {name: self.run.gradient(name.removesuffix(".grad")) for name in self.right}
        arrays |= {f"{name}{APART}": self.run.given[name].copy() for name in self.right if name in self.run.given}
        for name in {f"{name}.grad" for name in self.program.shapes} - self.right:
            arrays.pop(name, None)
            if name in self.run.given:
                arrays[name] = self.run.given[name].copy()
        shapes = {f"{name}{APART}": self.program.shapes[name.removesuffix(".grad")] for name in self.right}
        self.program = replace(self.program, shapes={**self.program.shapes, **shapes})
        execution = Execution(self.program, self.run.data.sizes, arrays)
        execution.run(self._computing(self.run.program.backward, None))
        return arrays

    def _reached(self, tensor: str) -> set[str]:
        """A tensor and all that are computed from it, but for what is computed from gradients."""
        found, pending = {tensor}, [tensor]
        while pending:
            name = pending.pop()
            if name in self.right:
                continue
            for place in places(self.program.backward):
                target = place.statement.target.tensor
                if target not in found and any(entry.tensor == name for entry in reads(place.statement.value)):
                    found.add(target)
                    pending.append(target)
        return found

    def _computing(self, nodes: Sequence[Node], names: set[str] | None) -> tuple[Node, ...]:
        """The loops that compute some tensors, or all; gradients are written apart from where they are read."""
        result: list[Node] = []
        for node in nodes:
            if isinstance(node, Loop):
                result.append(replace(node, body=self._computing(node.body, names)))
                continue
            body = []
            for s in node.body:
                entry = s.target
                if names is None or entry.tensor in names:
                    name = f"{entry.tensor}{APART}" if entry.tensor in self.right else entry.tensor
                    body.append(replace(s, target=Read(name, entry.indices)))
            result += [replace(node, body=tuple(body))] if body else []
        return tuple(result)

    def can_mend(self) -> bool:
        """True where all gradients that are wrong are computed from the statement."""
        shown = (name for name in self.right if name not in self.judged)
        return bool(self.judged) and all(self._is_right(name) for name in shown)

    def _is_right(self, name: str) -> bool:
        found = self.state.get(f"{name}{APART}")
        wanted = self.run.gradient(name.removesuffix(".grad"))
        return same(np.zeros_like(wanted) if found is None else found, wanted)

    def known(self, expression: Expression) -> bool:
        """True of an expression whose values do not depend on what is tried, and are there before the statement."""
        return not any(entry.tensor in self.varied or entry.tensor in self.later for entry in reads(expression))

    def values(self, expression: Expression, scope: Sequence[str]) -> Array | None:
        """The values of an expression at all values of the indices around it; None where it has none."""
        place = (expression, tuple(scope))
        if place not in self._known:
            execution = Execution(self.program, self.run.data.sizes, self.state)
            try:
                with np.errstate(all="ignore"):
                    found = execution.value(expression, execution.grid(place[1], 0), len(scope))
                self._known[place] = np.broadcast_to(found, execution.extents(place[1]))
            except (KeyError, ValueError, IndexError):
                self._known[place] = None
        return self._known[place]

    def succeed(self, value: Expression, scope: Sequence[str], tried: Array) -> Array:
        """Which of the values that are tried for the hole in a value make all gradients right."""
        shapes = {**self.program.shapes, HOLE: tuple(self.program.domains[name] for name in scope)}
        program = replace(self.program, shapes=shapes)
        arrays = {name: array for name, array in self.state.items() if name not in self.varied}
        arrays |= {
            name: np.broadcast_to(self.run.given[given], (len(tried), *self.run.given[given].shape)).copy()
            for name in self.varied
            if (given := name.removesuffix(APART)) in self.run.given
        }
        arrays[HOLE] = tried
        batch = Batch(program, self.run.data.sizes, arrays, float, len(tried), self.varied | {HOLE})
        with np.errstate(all="ignore"):
            batch.run(_with_value(self.nodes, self.place.statement.number, value))
            good = np.ones(len(tried), dtype=bool)
            for name in self.judged:
                found = batch.array(f"{name}{APART}").reshape(len(tried), -1)
                wanted = self.run.gradient(name.removesuffix(".grad")).reshape(-1)
                scale = np.max(np.abs(wanted), initial=0.0) + np.max(np.abs(found), axis=1, initial=0.0)
                good &= np.max(np.abs(found - wanted), axis=1, initial=0.0) <= TOLERANCE * (scale + 1e-3)
        return good


def _with_value(nodes: Sequence[Node], number: int, value: Expression) -> tuple[Node, ...]:
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, Loop):
            result.append(replace(node, body=_with_value(node.body, number, value)))
        else:
            body = tuple(replace(s, value=value) if s.number == number else s for s in node.body)
            result.append(replace(node, body=body))
    return tuple(result)


def readers_of(program: Program, tensor: str) -> frozenset[str]:
    """A backward tensor, and all that are computed from it."""
    found, size = {tensor}, 0
    while len(found) > size:
        size = len(found)
        for place in places(program.backward):
            if any(entry.tensor in found for entry in reads(place.statement.value)):
                found.add(place.statement.target.tensor)
    return frozenset(found)


def hole(scope: Sequence[str]) -> Read:
    """The part that is tried."""
    return Read(HOLE, tuple(of_atom(Variable(name)) for name in scope))

