"""Loops over sizes that are numbers, written out: `y[p] += x[2*p+d]` with d from 0 to 1 as two loops.

A window of two may be claimed as one loop over it or as one loop for each place in it; written out they are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

from symderiv.loops.rewriting import map_parts, substitute, substituted
from symderiv.model.program import (
    Affine,
    Atom,
    Expression,
    For,
    Loop,
    Node,
    Program,
    Read,
    Reduction,
    Statement,
    Sum,
    Variable,
)

MOST = 16
"""The copies that are made of one statement or of one sum."""


def written_out(program: Program) -> Program:
    """The program with such loops written out, the program itself where there are none."""
    extents = {
        name: program.sizes[size].constant  # type: ignore[union-attr]
        for name, size in program.domains.items()
        if is_number(program.sizes.get(size))
    }
    if not extents:
        return program
    forward, backward = (_nodes(nodes, extents) for nodes in (program.forward, program.backward))
    if (forward, backward) == (program.forward, program.backward):
        return program
    return replace(program, forward=forward, backward=backward)


def is_number(size: Affine | None) -> bool:
    """True of a size that is a number."""
    return size is not None and not size.terms


def _nodes(nodes: tuple[Node, ...], extents: Mapping[str, int]) -> tuple[Node, ...]:
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, Loop):
            result.append(replace(node, body=_nodes(node.body, extents)))
        else:
            for statement in node.body:
                result.extend(_copies(node, statement, extents))
    return tuple(result)


def _copies(node: For, statement: Statement, extents: Mapping[str, int]) -> Iterator[For]:
    fixed = [name for name in node.indices if name in extents]
    rest = tuple(name for name in node.indices if name not in extents)
    values = list(_values(fixed, extents))
    if statement.operator == "max=" or len(values) > MOST:
        yield replace(node, body=(statement,))
        return
    for value in values:
        target = Read(statement.target.tensor, tuple(substituted(i, value) for i in statement.target.indices))
        inner = _expression(substitute(statement.value, value), extents)
        yield For(rest, (replace(statement, target=target, value=inner),), node.span)


def _expression(expression: Expression, extents: Mapping[str, int]) -> Expression:
    if isinstance(expression, Reduction):
        fixed = [name for name in expression.indices if name in extents]
        rest = tuple(name for name in expression.indices if name not in extents)
        values = list(_values(fixed, extents))
        if fixed and len(values) <= MOST:
            whole = Sum(tuple(_expression(substitute(expression.body, value), extents) for value in values))
            return Reduction(rest, whole) if rest else whole
    return map_parts(expression, lambda part: _expression(part, extents))


def _values(names: list[str], extents: Mapping[str, int]) -> Iterator[dict[Atom, Affine]]:
    for chosen in product(*(range(extents[name]) for name in names)):
        yield {Variable(name): Affine((), value) for name, value in zip(names, chosen, strict=True)}
