"""Loop programs run at sizes that are numbers: parallel loops as grids, on which each index has an axis of its own."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from symderiv.model.program import Affine, Atom, For, Loop, Node, Program, SizeOf

Array = np.ndarray[Any, Any]
Whole = Array | int
"""Whole numbers on a grid, or a single one: NumPy takes ten times as long for an array of one cell as for a number."""
Grid = dict[str, Whole]


@dataclass
class Run(ABC):
    """A run of a program: sequential loops one iteration after the other, parallel ones all at once."""

    program: Program
    sizes: Mapping[str, int]

    def run(self, nodes: tuple[Node, ...], fixed: Grid | None = None) -> None:
        """Executes a block; `fixed` are the values of the sequential indices around it."""
        for node in nodes:
            if isinstance(node, Loop):
                first, last = (int(self.index(bound, fixed or {})) for bound in (node.range.first, node.range.last))
                for value in range(first, last + node.range.step, node.range.step):
                    self.run(node.body, {**(fixed or {}), node.index: value})
            else:
                self.parallel(node, fixed or {})

    @abstractmethod
    def parallel(self, node: For, fixed: Grid) -> None:
        """One parallel loop: every statement in it reads what stood before."""

    def extents(self, indices: tuple[str, ...]) -> tuple[int, ...]:
        """How many values each index takes."""
        return tuple(self.sizes[self.program.domains[index]] for index in indices)

    def grid(self, indices: tuple[str, ...], before: int) -> Grid:
        """The values of indices, each along an axis of its own, after `before` other axes."""
        return dict(zip(indices, _axes(self.extents(indices), before), strict=True))

    def index(self, index: Affine, grid: Grid) -> Whole:
        """The values of an index."""
        if index.variable is not None:
            return grid[index.variable.name]
        total: Whole = index.constant
        for atom, coefficient in index.terms:
            total = total + coefficient * self.atom(atom, grid)
        return total

    def atom(self, atom: Atom, grid: Grid) -> Whole:
        """The values of a part of an index: of a size or a variable."""
        name = getattr(atom, "name", "")
        return self.sizes[name] if isinstance(atom, SizeOf) else grid[name]


@lru_cache(maxsize=1 << 12)
def _axes(extents: tuple[int, ...], before: int) -> tuple[Array, ...]:
    """The numbers below each of some sizes, each along an axis of its own, after `before` other axes."""
    found = []
    for number, size in enumerate(extents):
        shape = (1,) * (before + number) + (size,) + (1,) * (len(extents) - 1 - number)
        axis = np.arange(size).reshape(shape)
        axis.setflags(write=False)
        found.append(axis)
    return tuple(found)


def widened(grid: Grid, count: int) -> Grid:
    """The grid with more axes behind all others."""
    return {
        name: value if isinstance(value, int) else value.reshape(value.shape + (1,) * count)
        for name, value in grid.items()
    }


def clipped(place: Whole, size: int) -> Whole:
    """Places along an axis, where what is before or behind it stands for the first or the last one."""
    if isinstance(place, int):
        return min(max(place, 0), size - 1)
    return np.minimum(np.maximum(place, 0), size - 1)  # for few cells clip takes longer
