"""A gradient by what a program has computed before, as one loop.

The gradients of the readers of a tensor are put in, as far as they are not at hand, until only the forward part, what
is given, and gradients that are at hand remain.  A recurrence has no such form.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from symderiv.gradients.statements import cell_of, gradient_expression
from symderiv.loops.derivative import backward_of
from symderiv.loops.rewriting import map_parts, substitute
from symderiv.model.program import (
    Affine,
    Atom,
    Expression,
    For,
    Program,
    Read,
    Reduction,
    Statement,
    Variable,
    of_atom,
    operands,
    places,
)

DEEPEST = 6
"""How many gradients are put into one another."""


def closed_loop(program: Program, tensor: str, at_hand: Collection[str]) -> tuple[Program, For] | None:
    """A loop that computes the gradient of a tensor, and the program with its indices; None where there is none."""
    found = _ClosedForm(program, at_hand)
    value = found.gradient(tensor, DEEPEST)
    if value is None or "" in found.domains.values():
        return None
    cell = cell_of(program, tensor)
    target = Read(f"{tensor}.grad", tuple(of_atom(Variable(name)) for name in cell))
    loop = For(cell, (Statement(target, "+=", value),))
    return replace(program, domains=found.domains), loop


class _ClosedForm:
    def __init__(self, program: Program, at_hand: Collection[str]) -> None:
        self.program = program
        self.derived = backward_of(program)
        self.computed = {place.statement.target.tensor for place in places(self.derived)}
        self.at_hand = at_hand
        self.domains = dict(program.domains)
        self.around: list[str] = []

    def gradient(self, tensor: str, depth: int) -> Expression | None:
        """The gradient at the cell that `cell_of` names."""
        cell = cell_of(self.program, tensor)
        for name, size in zip(cell, self.program.shapes[tensor], strict=True):
            if self.domains.setdefault(name, size) != size:
                return None
        value = gradient_expression(self.program, self.derived, tensor)
        own = f"{tensor}.grad" if tensor in self.program.outputs else ""
        return self._put_in(value, frozenset(cell), depth, own)

    def _put_in(self, value: Expression, taken: frozenset[str], depth: int, own: str) -> Expression | None:
        if isinstance(value, Read) and value.tensor.endswith(".grad") and value.tensor != own:
            return self._read(value, taken, depth)
        inner = taken | set(value.indices) if isinstance(value, Reduction) else taken
        if isinstance(value, Reduction):
            self._note(value)
        parts: dict[Expression, Expression] = {}
        for part in operands(value):
            changed = self._put_in(part, inner, depth, own)
            if changed is None:
                return None
            parts[part] = changed
        return map_parts(value, lambda part: parts[part])

    def _read(self, entry: Read, taken: frozenset[str], depth: int) -> Expression | None:
        tensor = entry.tensor.removesuffix(".grad")
        if entry.tensor in self.at_hand or entry.tensor not in self.computed:
            return entry
        if tensor in self.around:
            return None
        self.around.append(tensor)
        inner = self.gradient(tensor, depth - 1) if depth else None
        self.around.pop()
        if inner is None:
            return None
        values: dict[Atom, Affine] = {
            Variable(name): index for name, index in zip(cell_of(self.program, tensor), entry.indices, strict=True)
        }
        return substitute(self._apart(inner, taken), values)

    def _note(self, value: Reduction) -> None:
        """The ranges of indices that got other names when readers were put together."""
        for name in value.indices:
            self.domains.setdefault(name, self.program.domains.get(name.rstrip("'"), ""))

    def _apart(self, value: Expression, taken: frozenset[str]) -> Expression:
        """The expression with its own sums over indices that are called like nothing else."""
        if isinstance(value, Reduction):
            fresh, changed = [], dict[Atom, Affine]()
            for name in value.indices:
                new = name
                while new in taken or new in fresh or self.domains.get(new, self.domains[name]) != self.domains[name]:
                    new += "'"
                self.domains[new] = self.domains[name]
                fresh.append(new)
                changed[Variable(name)] = of_atom(Variable(new))
            body = self._apart(substitute(value.body, changed), taken | set(fresh))
            return Reduction(tuple(fresh), body)
        return map_parts(value, lambda part: self._apart(part, taken))
