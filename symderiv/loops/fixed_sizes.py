"""Loops over sizes that are numbers, written out: `y[p] += x[2*p+d]` with d from 0 to 1 as two loops.

A window of two may be claimed as one loop over it or as one loop for each place in it; written out they are the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import reduce
from itertools import product

from symderiv.loops.rewriting import map_parts, substitute, substituted
from symderiv.model.program import (
    ZERO,
    Affine,
    Atom,
    Expression,
    For,
    Function,
    Loop,
    Node,
    Program,
    Read,
    Reduction,
    Statement,
    Sum,
    Variable,
    places,
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
    maxima = Counter(p.statement.target.tensor for p in places(program.forward) if p.statement.operator == "max=")
    if any(count > 1 for count in maxima.values()):
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
    if len(values) > MOST or (statement.operator == "max=" and not _is_window(statement, rest)):
        yield replace(node, body=(statement,))
        return
    if statement.operator == "max=":
        largest = reduce(_larger, (substitute(statement.value, value) for value in values))
        whole = replace(statement, operator="=", value=_larger(largest, ZERO))
        yield For(rest, (whole,), node.span)
        return
    for value in values:
        target = Read(statement.target.tensor, tuple(substituted(i, value) for i in statement.target.indices))
        inner = _expression(substitute(statement.value, value), extents)
        yield For(rest, (replace(statement, target=target, value=inner),), node.span)


def _is_window(statement: Statement, rest: tuple[str, ...]) -> bool:
    """True of a maximum over the indices of a window alone: each cell is written once for all other indices."""
    plain = {index.variable.name for index in statement.target.indices if index.variable is not None}
    return set(rest) <= plain and len(statement.target.indices) == len(rest)


def _larger(one: Expression, other: Expression) -> Expression:
    return Function("max", (one, other))


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
