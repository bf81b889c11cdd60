"""Many values for one part of a backward loop, tried in one run.

The part is a hole, an entry of a tensor whose first axis counts what is tried.  What is computed from the loop gets
this axis too; everything else is run once.  Gradients are read as they are where they are right, so that none of them
is wrong because of another one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from symderiv.gradients.comparison import TOLERANCE, Comparison, same
from symderiv.loops.execution import Execution
from symderiv.loops.grids import Array, Grid, Whole
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
            wide = (self.count, *extents) if statement.target.tensor in self.varied else extents
            pending.append((statement, self.places(statement.target, grid), np.broadcast_to(value, wide)))
        for statement, cells, value in pending:
            if statement.target.tensor in self.varied:
                self._write_all(statement, cells, value)
            else:
                self.write(statement, cells, value)

    def _write_all(self, statement: Statement, cells: tuple[Whole, ...], value: Array) -> None:
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
        every: Any = (slice(None), *cells)
        found = self.array(expression.tensor)[every]
        return np.asarray(found.reshape((self.count,) + (1,) * (rank + 1 - found.ndim) + found.shape[1:]))


class Trials:
    """What the backward statements of a program can be, tried on one run."""

    def __init__(self, run: Comparison, right: frozenset[str]) -> None:
        """`right` are the gradients that are to be right, of which the others are computed."""
        self.run, self.right = run, right
        shapes = {f"{name}{APART}": run.program.shapes[name.removesuffix(".grad")] for name in right}
        self.program = replace(run.program, shapes={**run.program.shapes, **shapes})
        self.state = self._state()

    def _state(self) -> dict[str, Array]:
        """The values of everything as it is claimed, where the gradients are right."""
        arrays = {name: array.copy() for name, array in self.run.derived.arrays.items()}
        for name in {f"{name}.grad" for name in self.program.shapes} - self.right:
            arrays.pop(name, None)
            if name in self.run.given:
                arrays[name] = self.run.given[name].copy()
        arrays |= {name: self.run.gradient(name.removesuffix(".grad")) for name in self.right}
        arrays |= {f"{name}{APART}": self.run.given[name].copy() for name in self.right if name in self.run.given}
        execution = Execution(self.program, self.run.data.sizes, arrays)
        execution.run(self._computing(self.run.program.backward, None))
        return arrays

    def reached(self, tensor: str) -> frozenset[str]:
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
        return frozenset(found)

    def _computing(self, nodes: Sequence[Node], names: frozenset[str] | None) -> tuple[Node, ...]:
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

    def can_mend(self, reached: frozenset[str]) -> bool:
        """True where all gradients that are wrong are among those that are reached."""
        return bool(reached & self.right) and all(map(self._is_right, self.right - reached))

    def _is_right(self, name: str) -> bool:
        found = self.state.get(f"{name}{APART}")
        wanted = self.run.gradient(name.removesuffix(".grad"))
        return same(np.zeros_like(wanted) if found is None else found, wanted)

    def values(self, expression: Expression, scope: Sequence[str]) -> Array | None:
        """The values of an expression at all values of the indices around it; None where it has none."""
        execution = Execution(self.program, self.run.data.sizes, self.state)
        indices = tuple(scope)
        try:
            with np.errstate(all="ignore"):
                found = execution.value(expression, execution.grid(indices, 0), len(indices))
            # Beyond the range of a sequential loop there may be no values, and none are needed.
            return np.broadcast_to(np.nan_to_num(found, nan=0.0, posinf=0.0, neginf=0.0), execution.extents(indices))
        except (KeyError, ValueError, IndexError):
            return None

    def succeed(
        self, place: Place, reached: frozenset[str], value: Expression, scope: Sequence[str], tried: Array
    ) -> Array:
        """Which of the values that are tried for the hole in a statement make all gradients right that it reaches."""
        shapes = {**self.program.shapes, HOLE: tuple(self.program.domains[name] for name in scope)}
        program = replace(self.program, shapes=shapes)
        varied = frozenset(f"{name}{APART}" if name in self.right else name for name in reached)
        arrays = {name: array for name, array in self.state.items() if name not in varied}
        arrays |= {
            name: np.broadcast_to(self.run.given[given], (len(tried), *self.run.given[given].shape)).copy()
            for name in varied
            if (given := name.removesuffix(APART)) in self.run.given
        }
        arrays[HOLE] = tried
        batch = Batch(program, self.run.data.sizes, arrays, count=len(tried), varied=varied | {HOLE})
        nodes = self._computing(self.run.program.backward, reached)
        with np.errstate(all="ignore"):
            batch.run(_with_value(nodes, place.statement.number, value))
            good = np.ones(len(tried), dtype=bool)
            for name in sorted(reached & self.right):
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
