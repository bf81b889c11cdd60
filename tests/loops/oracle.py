"""Loop programs run by PyTorch, in float64, so that its automatic differentiation gives their gradients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch

from symderiv.loops.instances import Data
from symderiv.model import program as p

Tensor = torch.Tensor
Grid = Mapping[str, Tensor]


class Oracle:
    """The forward part of a program on given values, and the gradients of its outputs weighted by what is given."""

    def __init__(self, program: p.Program, data: Data) -> None:
        self.program = program
        self.sizes = data.sizes
        values = {name: torch.tensor(array) for name, array in data.arrays().items()}
        self.weights = {name: values.pop(f"{name}.grad") for name in program.outputs}
        self.tensors = values
        self.leaves = {n: t.requires_grad_() for n, t in values.items() if n not in program.integers}
        self.run(program.forward, {})

    def gradients(self) -> dict[str, Tensor]:
        """The gradient of every input."""
        total = sum((self.tensor(name) * weight).sum() for name, weight in self.weights.items())
        names = list(self.leaves)
        if not isinstance(total, torch.Tensor) or not total.requires_grad:
            return {name: torch.zeros_like(leaf) for name, leaf in self.leaves.items()}
        found = torch.autograd.grad(total, [self.leaves[n] for n in names], allow_unused=True, materialize_grads=True)
        return dict(zip(names, found, strict=True))

    def tensor(self, name: str) -> Tensor:
        if name not in self.tensors:
            shape = [self.sizes[size] for size in self.program.shapes[name]]
            self.tensors[name] = torch.zeros(shape, dtype=torch.float64)
        return self.tensors[name]

    def run(self, nodes: tuple[p.Node, ...], fixed: dict[str, Tensor]) -> None:
        for node in nodes:
            if isinstance(node, p.Loop):
                first, last = (int(self.index(bound, fixed)) for bound in (node.range.first, node.range.last))
                for value in range(first, last + node.range.step, node.range.step):
                    self.run(node.body, {**fixed, node.index: torch.tensor(value)})
            else:
                for statement in node.body:
                    self.write(statement, node.indices, fixed)

    def write(self, statement: p.Statement, indices: tuple[str, ...], fixed: dict[str, Tensor]) -> None:
        grid = {**fixed, **self.grid(indices)}
        shape = [self.sizes[self.program.domains[index]] for index in indices]
        value = self.value(statement.value, grid).broadcast_to(shape)
        name = statement.target.tensor
        old = self.tensor(name)
        if name in self.program.constants:
            value = value.detach()
        flat = self.flat(statement.target, grid, old.shape).broadcast_to(shape).reshape(-1)
        values = value.reshape(-1)
        match statement.operator:
            case "+=":
                new = old.reshape(-1).index_add(0, flat, values)
            case "=":
                new = old.reshape(-1).index_put((flat,), values)
            case _:
                new = old.reshape(-1).scatter_reduce(0, flat, values, "amax", include_self=True)
        self.tensors[name] = new.reshape(old.shape)

    def grid(self, indices: tuple[str, ...]) -> dict[str, Tensor]:
        count = len(indices)
        found = {}
        for position, index in enumerate(indices):
            size = self.sizes[self.program.domains[index]]
            found[index] = torch.arange(size).reshape([1] * position + [size] + [1] * (count - 1 - position))
        return found

    def flat(self, entry: p.Read, grid: Grid, shape: torch.Size) -> Tensor:
        """The position of a cell among all cells; what lies outside is multiplied by a guard that is 0."""
        total: Any = torch.tensor(0)
        for index, size in zip(entry.indices, shape, strict=True):
            total = total * size + self.index(index, grid).clamp(0, size - 1)
        return total

    def index(self, index: p.Affine, grid: Grid) -> Tensor:
        total = torch.tensor(index.constant)
        for atom, coefficient in index.terms:
            match atom:
                case p.SizeOf(name):
                    found = torch.tensor(self.sizes[name])
                case p.Looked(tensor, inner):
                    table = self.tensors[tensor]
                    found = table.reshape(-1)[self.flat(p.Read(tensor, inner), grid, table.shape)]
                case p.Variable(name):
                    found = grid[name]
            total = total + coefficient * found
        return total

    def value(self, expression: p.Expression, grid: Grid) -> Tensor:
        match expression:
            case p.Constant(number):
                return torch.tensor(float(number), dtype=torch.float64)
            case p.Size(name):
                return torch.tensor(float(self.sizes[name]), dtype=torch.float64)
            case p.Read(tensor, _, _):
                whole = self.tensor(tensor)
                return whole.reshape(-1)[self.flat(expression, grid, whole.shape)]
            case p.Sum(terms):
                return sum((self.value(term, grid) for term in terms), torch.tensor(0.0, dtype=torch.float64))
            case p.Product(factors):
                result = torch.tensor(1.0, dtype=torch.float64)
                for factor in factors:
                    result = result * self.value(factor, grid)
                return result
            case p.Power(base, exponent, _):
                inner = self.value(base, grid)
                return inner ** int(exponent) if exponent.denominator == 1 else inner ** float(exponent)
            case p.Function(name, arguments):
                return FUNCTIONS[name](*(self.value(argument, grid) for argument in arguments))
            case p.Reduction(indices, body):
                return self.reduced(indices, body, grid)
            case p.Comparison(kind, left, right):
                return COMPARISONS[kind](self.value(left, grid), self.value(right, grid)).double()
            case p.IndexComparison(kind, low, high):
                return COMPARISONS[kind](self.index(low, grid), self.index(high, grid)).double()

    def reduced(self, indices: tuple[str, ...], body: p.Expression, grid: Grid) -> Tensor:
        wider = {name: value.reshape([*value.shape, *([1] * len(indices))]) for name, value in grid.items()}
        values = self.value(body, {**wider, **self.grid(indices)})
        shape = [self.sizes[self.program.domains[index]] for index in indices]
        lead = list(values.shape[: -len(indices)]) if values.dim() >= len(indices) else []
        values = values.broadcast_to([*lead, *shape])
        return values.sum(dim=tuple(range(-len(indices), 0)))


FUNCTIONS = {
    "exp": torch.exp,
    "ln": torch.log,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "sin": torch.sin,
    "cos": torch.cos,
    "relu": torch.relu,
    "abs": torch.abs,
    "max": torch.maximum,
    "min": torch.minimum,
}
COMPARISONS = {">": torch.gt, ">=": torch.ge, "==": torch.eq}
