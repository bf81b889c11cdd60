"""Inner values of a forward part under names of their own, so that claimed tensors can be their gradients.

Back-propagation through time is often written by `d[t] = (1 - h[t]^2) * (h.grad[t] + sum{k}(U[k] * d[t+1]))`.  This
`d` is the gradient of no tensor of the program, but of what `tanh` is applied to, or of what is written to `h[t+1]`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from symderiv.loops.notation import text_of
from symderiv.loops.rewriting import free_variables, map_parts, variables
from symderiv.model.program import (
    Expression,
    For,
    Function,
    Loop,
    Node,
    Program,
    Read,
    Reduction,
    Statement,
    Variable,
    of_atom,
)

SMOOTH = frozenset(("exp", "ln", "tanh", "sigmoid", "sin", "cos"))
"""The functions whose arguments get a name."""


@dataclass(frozen=True)
class Named:
    """A program in which inner values are tensors; what each of these is, as text."""

    program: Program
    values: dict[str, str]


def with_inner_values(program: Program, shapes: Collection[tuple[str, ...]]) -> Named:
    """The program with names for the inner values of these shapes."""
    naming = _Naming(program, shapes)
    forward = naming.nodes(program.forward, ())
    found = replace(program, forward=forward, shapes=naming.shapes)
    return Named(found, naming.values)


class _Naming:
    def __init__(self, program: Program, wanted: Collection[tuple[str, ...]]) -> None:
        self.domains = program.domains
        self.wanted = wanted
        self.shapes = dict(program.shapes)
        self.values: dict[str, str] = {}

    def nodes(self, nodes: Sequence[Node], loops: tuple[str, ...]) -> tuple[Node, ...]:
        """Statements with those that compute inner values before them."""
        result: list[Node] = []
        for node in nodes:
            if isinstance(node, Loop):
                result.append(replace(node, body=self.nodes(node.body, (*loops, node.index))))
                continue
            for statement in node.body:
                scope = _scope(statement.target, (*loops, *node.indices))
                added: list[Statement] = []
                value = self._named(statement, scope, added)
                result += [For(node.indices, (s,), node.span) for s in (*added, replace(statement, value=value))]
        return tuple(result)

    def _named(self, statement: Statement, scope: tuple[str, ...], added: list[Statement]) -> Expression:
        def named(value: Expression) -> Expression:
            if isinstance(value, Reduction):
                return value
            inner = map_parts(value, named)
            if isinstance(inner, Function) and inner.name in SMOOTH:
                (argument,) = inner.arguments
                return Function(inner.name, (self._entry(argument, statement, scope, added),))
            return inner

        is_moved = statement.operator == "=" and any(i.variable is None for i in statement.target.indices)
        value = named(statement.value)
        return self._entry(value, statement, scope, added) if is_moved else value

    def _entry(
        self, value: Expression, statement: Statement, scope: tuple[str, ...], added: list[Statement]
    ) -> Expression:
        """The value under a name, if it is one that is looked for."""
        shape = tuple(self.domains[index] for index in scope)
        if isinstance(value, Read) or shape not in self.wanted or not free_variables(value) <= {*scope}:
            return value
        name = f"{statement.target.tensor}~"
        while name in self.shapes:
            name += "~"
        self.shapes |= {name: shape, f"{name}.grad": shape}
        self.values[name] = text_of(value)
        entry = Read(name, tuple(of_atom(Variable(index)) for index in scope))
        added.append(replace(statement, target=entry, operator="=", value=value))
        return entry


def _scope(target: Read, around: tuple[str, ...]) -> tuple[str, ...]:
    """The indices around a statement, in the order in which its target has them."""
    own = [name for index in target.indices for name in sorted(variables(index)) if name in around]
    return tuple(dict.fromkeys((*own, *around)))
