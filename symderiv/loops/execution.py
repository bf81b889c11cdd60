"""Loop programs run on numbers, statement by statement, as they are written (NumPy).

This shares nothing with the symbolic derivatives: it is the second opinion on them.  Complex numbers carry a derivative
in their imaginary part (the complex-step method), so comparisons look at real parts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from symderiv.loops.grids import Array, Grid, Run, Whole, clipped, widened
from symderiv.model.program import (
    Affine,
    Atom,
    Comparison,
    Constant,
    Expression,
    For,
    Function,
    IndexComparison,
    Looked,
    Power,
    Product,
    Read,
    Reduction,
    Size,
    Statement,
    Sum,
)


@dataclass
class Execution(Run):
    """The state of a program: the sizes, and an array for each tensor that has been given or computed."""

    arrays: dict[str, Array]
    dtype: type = float
    tied: set[str] = field(default_factory=set)
    """The tensors of which a cell is the largest of values that are largest more than once."""

    def parallel(self, node: For, fixed: Grid) -> None:
        """One parallel loop: every statement in it reads what stood before."""
        grid = {**fixed, **self.grid(node.indices, 0)}
        rank = len(node.indices)
        pending = []
        with np.errstate(all="ignore"):
            for statement in node.body:
                value = np.broadcast_to(self.value(statement.value, grid, rank), self.extents(node.indices))
                pending.append((statement, self.places(statement.target, grid), value))
            for statement, places, value in pending:
                self.write(statement, places, value)

    def array(self, name: str) -> Array:
        """The array of a tensor; what is computed starts at zero."""
        if name not in self.arrays:
            self.arrays[name] = np.zeros([self.sizes[size] for size in self.program.shapes[name]], dtype=self.dtype)
        return self.arrays[name]

    def places(self, entry: Read, grid: Grid) -> tuple[Whole, ...]:
        """The cells of an entry, inside of the tensor: what is outside is multiplied by a guard that is zero."""
        axes = zip(entry.indices, self.program.shapes[entry.tensor], strict=True)
        return tuple([self.place(index, axis, grid) for index, axis in axes])

    def place(self, index: Affine, axis: str, grid: Grid) -> Whole:
        """The values of an index, inside of an axis."""
        variable = index.variable
        found = self.index(index, grid)
        if variable is not None and self.program.domains[variable.name] == axis:
            return found
        return clipped(found, self.sizes[axis])

    def write(self, statement: Statement, places: tuple[Whole, ...], value: Array) -> None:
        """Adds to cells, or sets them, or takes the larger value."""
        target = self.array(statement.target.tensor)
        if statement.target.tensor in self.program.constants:
            value = value.real  # what is not differentiated carries no derivative
        if not places:  # a scalar: as an array of one cell, written by all iterations
            target, places = target.reshape(1), (0,)
        # With one of them in the shape of the values, NumPy brings the others there.
        places = (np.broadcast_to(places[0], value.shape), *places[1:])
        match statement.operator:
            case "+=":
                cells = np.ravel_multi_index(places, target.shape)
                np.add.at(target.reshape(-1), cells.reshape(-1), value.reshape(-1))  # along one axis it is fast
            case "=":
                target[places] = value
            case _:
                best, each = target.real.copy(), np.broadcast_arrays(*places)
                np.maximum.at(best, tuple(each), value.real)
                wins = value.real == best[tuple(each)]
                chosen = tuple(place[wins] for place in each)
                if len({*zip(*(place.tolist() for place in chosen), strict=True)}) < np.count_nonzero(wins):
                    self.tied.add(statement.target.tensor)
                target[chosen] = value[wins]

    def atom(self, atom: Atom, grid: Grid) -> Whole:
        """The values of a part of an index; those of an integer tensor are looked up."""
        if not isinstance(atom, Looked):
            return super().atom(atom, grid)
        return np.asarray(self.arrays[atom.tensor][self.places(Read(atom.tensor, atom.indices), grid)])

    def value(self, expression: Expression, grid: Grid, rank: int) -> Array:
        """The values of an expression on a grid with `rank` axes."""
        match expression:
            case Constant(value):
                return np.array(float(value), dtype=self.dtype)
            case Size(name):
                return np.array(float(self.sizes[name]), dtype=self.dtype)
            case Read():
                return np.asarray(self.array(expression.tensor)[self.places(expression, grid)])
            case Sum(terms):
                total: Array = np.array(0.0, dtype=self.dtype)
                for term in terms:
                    total = total + self.value(term, grid, rank)
                return total
            case Product(factors):
                total = np.array(1.0, dtype=self.dtype)
                for factor in factors:
                    total = total * self.value(factor, grid, rank)
                return total
            case Power(base, exponent, _):
                return power(self.value(base, grid, rank), exponent)
            case Function(name, arguments):
                return apply(name, [self.value(argument, grid, rank) for argument in arguments])
            case Reduction(indices, body):
                return self.reduced(indices, body, grid, rank)
            case Comparison(kind, left, right):
                gap = (self.value(left, grid, rank) - self.value(right, grid, rank)).real
                return np.asarray({">": gap > 0, ">=": gap >= 0, "==": gap == 0}[kind] * 1.0)
            case IndexComparison(kind, low, high):
                distance = self.index(low, grid) - self.index(high, grid)
                return np.asarray((distance >= 0 if kind == ">=" else distance == 0) * 1.0)

    def reduced(self, indices: tuple[str, ...], body: Expression, grid: Grid, rank: int) -> Array:
        """A sum: its indices get axes behind all others."""
        count = len(indices)
        values = self.value(body, {**widened(grid, count), **self.grid(indices, rank)}, rank + count)
        shape = np.broadcast_shapes(values.shape, (1,) * rank + self.extents(indices))
        total: Array = np.broadcast_to(values, shape).sum(axis=tuple(range(len(shape) - count, len(shape))))
        return total


def power(base: Array, exponent: Fraction) -> Array:
    """A rational power."""
    if exponent.denominator == 1:
        return np.asarray(base ** float(exponent) if exponent < 0 else base ** int(exponent))
    return np.asarray(base ** float(exponent))


def apply(name: str, arguments: list[Array]) -> Array:
    """A function of the notation, for real numbers and for those that carry a derivative."""
    first = arguments[0]
    match name:
        case "exp":
            return np.asarray(np.exp(first))
        case "ln":
            return np.asarray(np.log(first))
        case "tanh":
            return np.asarray(np.tanh(first))
        case "sigmoid":
            return np.asarray(1 / (1 + np.exp(-first)))
        case "sin":
            return np.asarray(np.sin(first))
        case "cos":
            return np.asarray(np.cos(first))
        case "relu":
            return np.asarray(np.where(first.real > 0, first, 0))
        case "abs":
            return np.asarray(np.where(first.real < 0, -first, first))
        case "max":
            return np.asarray(np.where(first.real >= arguments[1].real, first, arguments[1]))
        case "min":
            return np.asarray(np.where(first.real <= arguments[1].real, first, arguments[1]))
        case _:
            raise ValueError(name)
