"""Comparisons with a maximum that a program computes: `[x[b,j] >= m[b]]` says the same as `[x[b,j] == m[b]]` where
`m[b]` is the largest of all `x[b,j]`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symderiv.loops.rewriting import map_parts, map_statements, substitute, substituted
from symderiv.model.program import (
    ONE,
    ZERO,
    Affine,
    Atom,
    Comparison,
    Expression,
    IndexComparison,
    Looked,
    Place,
    Program,
    Read,
    Reduction,
    Size,
    Variable,
    combine,
    of_atom,
    operands,
    places,
)

Binding = dict[Atom, Affine]
MARK = "^"
"""Ends the names of the indices of a statement while it is compared with something else."""


def with_plain_maxima(program: Program) -> Program:
    """The program with comparisons between a maximum and one of its values written as equations."""
    found = [place for place in places(program.forward) if place.statement.operator == "max=" and not place.loops]
    if not found:
        return program
    return replace(program, backward=map_statements(program.backward, lambda value: _plain(program, found, value)))


def _plain(program: Program, found: Sequence[Place], expression: Expression) -> Expression:
    expression = map_parts(expression, lambda part: _plain(program, found, part))
    match expression:
        case Comparison(kind, left, Read() as largest) if kind != "==" and _is_value(program, found, left, largest):
            return Comparison("==", left, largest) if kind == ">=" else ZERO
        case Comparison(">=", Read() as largest, right) if _is_value(program, found, right, largest):
            return ONE
        case Comparison("==", Read() as largest, right) if _is_value(program, found, right, largest):
            return Comparison("==", right, largest)
        case _:
            return expression


def _is_value(program: Program, found: Sequence[Place], value: Expression, largest: Read) -> bool:
    """True where `value` is one of those whose largest `largest` is."""
    for place in found:
        statement = place.statement
        if statement.target.tensor != largest.tensor:
            continue
        apart: Binding = {Variable(name): of_atom(Variable(name + MARK)) for name in place.indices}
        names = [name + MARK for name in place.indices]
        binding: Binding | None = {}
        for own, other in zip(statement.target.indices, largest.indices, strict=True):
            binding = None if binding is None else _index(program, substituted(own, apart), other, names, binding)
        pattern = substitute(statement.value, apart)
        if binding is not None and _matched(program, pattern, value, names, binding) is not None:
            return True
    return False


def _matched(
    program: Program, pattern: Expression, value: Expression, names: Sequence[str], binding: Binding
) -> Binding | None:
    """What the indices of a loop are, so that an expression in it is another one; they take values of their range."""
    found: Binding | None = binding
    match pattern, value:
        case (Read(one, own, _), Read(other, theirs, _)) if one == other:
            pairs = list(zip(own, theirs, strict=True))
        case (IndexComparison(one, left, right), IndexComparison(other, left_, right_)) if one == other:
            pairs = [(left, left_), (right, right_)]
        case (Reduction() | Size(), _):
            return binding if pattern == value else None
        case _:
            return _matched_parts(program, pattern, value, names, binding)
    for own_index, other_index in pairs:
        found = None if found is None else _index(program, own_index, other_index, names, found)
    return found


def _matched_parts(
    program: Program, pattern: Expression, value: Expression, names: Sequence[str], binding: Binding
) -> Binding | None:
    inner, other = operands(pattern), operands(value)
    if type(pattern) is not type(value) or len(inner) != len(other):
        return None
    same = map_parts(pattern, lambda _: ONE) == map_parts(value, lambda _: ONE)
    found: Binding | None = binding if same else None
    for one, two in zip(inner, other, strict=True):
        found = None if found is None else _matched(program, one, two, names, found)
    return found


def _index(program: Program, own: Affine, other: Affine, names: Sequence[str], binding: Binding) -> Binding | None:
    """The binding under which one index is another: at most one variable is new, and is a variable of its range."""
    rest = combine(other, substituted(own, binding), -1)
    new = [(a, c) for a, c in own.terms if isinstance(a, Variable) and a.name in names and a not in binding]
    if any(isinstance(atom, Looked) for atom, _ in own.terms):
        return binding if substituted(own, binding) == other else None
    if not new:
        return binding if rest == Affine() else None
    ((atom, coefficient), *more) = new
    if more or abs(coefficient) != 1 or not isinstance(atom, Variable):
        return None
    value = combine(rest, Affine(((atom, 1),)), coefficient)
    value = combine(Affine(), value, coefficient)
    variable = value.variable
    domain = program.domains[atom.name.removesuffix(MARK)]
    if variable is None or program.domains.get(variable.name) != domain:
        return None
    return {**binding, atom: value}
