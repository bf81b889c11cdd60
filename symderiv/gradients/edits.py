"""Edits of one backward loop, in the order in which such errors are made: signs, factors, indices, terms, loops."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from symderiv.gradients.statements import cell_of
from symderiv.loops.derivative import backward_of, product
from symderiv.loops.notation import lines_of
from symderiv.loops.rewriting import map_parts, substitute, substituted
from symderiv.model.program import (
    MINUS_ONE,
    Affine,
    Atom,
    Expression,
    For,
    Loop,
    Place,
    Power,
    Program,
    Read,
    Size,
    Statement,
    Variable,
    combine,
    of_atom,
    places,
    reads,
)

SIGN = "its sign"

Where = int | str | tuple[int, int]
"""Where an edit is made: at a statement by its number, at the start or the end, in a sequential loop at a place."""


@dataclass(frozen=True)
class Edit:
    """A change of one parallel loop; nothing takes its place where it is left out."""

    what: str
    nodes: tuple[For, ...]


def derived_instead(program: Program, found: Sequence[Place]) -> Iterator[tuple[Where, Edit]]:
    """Derived loops in place of statements that compute the same gradient."""
    derived = averaged_loops(program)
    for place in found:
        for other, loops in derived:
            if other.body[0].target.tensor == place.statement.target.tensor and len(loops) == len(place.loops):
                yield place.statement.number, Edit("another value is to be added", (other,))


def scope_of(place: Place) -> frozenset[str]:
    """The indices of the loops around a statement."""
    return frozenset((*place.indices, *(loop.index for loop in place.loops)))


def averaged_loops(program: Program) -> list[tuple[For, tuple[Loop, ...]]]:
    """The derived loops, with the averages that the program asks for, and the sequential loops around each."""
    result: list[tuple[For, tuple[Loop, ...]]] = []
    for place in places(backward_of(program)):
        statement = place.statement
        size = program.averaged.get(statement.target.tensor.removesuffix(".grad"))
        if size is not None:
            statement = replace(statement, value=product((Power(Size(size), Fraction(-1)), statement.value)))
        result.append((For(place.indices, (statement,)), place.loops))
    return result


def _node(indices: tuple[str, ...], statement: Statement, target: Read, value: Expression) -> tuple[For, ...]:
    return (For(indices, (replace(statement, target=target, value=value),)),)


def sign(program: Program, place: Place) -> Iterator[Edit]:
    """The sign of all that is added."""
    s = place.statement
    yield Edit(SIGN, _node(place.indices, s, s.target, product((MINUS_ONE, s.value))))


def other_indices(program: Program, place: Place) -> Iterator[Edit]:
    """Two indices of one entry exchanged, one replaced by another of its range, or one shifted."""
    s, indices, scope = place.statement, place.indices, scope_of(place)
    for target in _other_indices(program, s.target, scope, bool(place.loops)):
        yield Edit(f"an index of {s.target.tensor}", _node(indices, s, target, s.value))
    for entry in dict.fromkeys(reads(s.value)):
        for changed in _other_indices(program, entry, scope, bool(place.loops)):
            yield Edit(f"an index of {entry.tensor}", _node(indices, s, s.target, _replaced(s.value, entry, changed)))


def _other_indices(program: Program, entry: Read, scope: frozenset[str], is_sequential: bool) -> Iterator[Read]:
    count = len(entry.indices)
    for one in range(count):
        for other in range(one + 1, count):
            exchanged = list(entry.indices)
            exchanged[one], exchanged[other] = exchanged[other], exchanged[one]
            yield Read(entry.tensor, tuple(exchanged))
        for name in sorted(scope):
            if program.domains[name] == program.shapes[entry.tensor][one] and entry.indices[one] != of_atom(
                Variable(name)
            ):
                yield Read(entry.tensor, (*entry.indices[:one], of_atom(Variable(name)), *entry.indices[one + 1 :]))
        for shift in (1, -1) if is_sequential or entry.indices[one].variable is None else ():
            moved = combine(entry.indices[one], Affine((), shift))
            yield Read(entry.tensor, (*entry.indices[:one], moved, *entry.indices[one + 1 :]))


def _replaced(value: Expression, old: Expression, new: Expression) -> Expression:
    return new if value == old else map_parts(value, lambda part: _replaced(part, old, new))


def insertions(program: Program, names: Mapping[str, str] | None = None) -> Iterator[tuple[Where, Edit]]:
    """A derived loop that is missing: before the first loop that reads what it computes, or at the end.

    `names` are those of gradients that the program calls something else.
    """
    derived = [(_called(loop, names or {}), around) for loop, around in averaged_loops(program)]
    claimed = list(places(program.backward))
    for new in (*(loop for loop, around in derived if not around), *_seeds(program)):
        name = new.body[0].target.tensor
        what = f"a loop is missing: {lines_of((new,))[0]}"
        if not name.endswith(".grad"):
            yield "start", Edit(what, (new,))
            continue
        readers = [p for p in claimed if any(entry.tensor == name for entry in reads(p.statement.value))]
        if readers and readers[0].loops:
            yield "start", Edit(what, (new,))
        for place in readers:
            if not place.loops:
                yield place.statement.number, Edit(what, (new, For(place.indices, (place.statement,))))
                break
        else:
            yield "end", Edit(what, (new,))
    for new, around in derived:
        if len(around) == 1:
            yield from _inside_loops(program, new, around[0])


def _called(loop: For, names: Mapping[str, str]) -> For:
    """The loop with tensors that it reads called by other names."""

    def called(part: Expression) -> Expression:
        if isinstance(part, Read):
            return Read(names.get(part.tensor, part.tensor), part.indices)
        return map_parts(part, called)

    return replace(loop, body=tuple(replace(s, value=called(s.value)) for s in loop.body))


def _inside_loops(program: Program, new: For, around: Loop) -> Iterator[tuple[Where, Edit]]:
    """A derived loop that is missing in a sequential loop, at any place of its body."""
    what = f"a loop is missing: {lines_of((new,))[0]}"
    for number, loop in enumerate(program.backward):
        if isinstance(loop, Loop) and loop.range == around.range:
            values: dict[Atom, Affine] = {Variable(around.index): of_atom(Variable(loop.index))}
            (s,) = new.body
            target = Read(s.target.tensor, tuple(substituted(index, values) for index in s.target.indices))
            moved = For(new.indices, (replace(s, target=target, value=substitute(s.value, values)),))
            for position in range(len(loop.body) + 1):
                yield (number, position), Edit(what, (moved,))


def _seeds(program: Program) -> Iterator[For]:
    """Loops that add the gradient of an output to an auxiliary tensor of its shape."""
    auxiliary = {place.statement.target.tensor for place in places(program.backward)}
    for name in sorted(name for name in auxiliary if not name.endswith(".grad")):
        for output in program.outputs:
            cell = cell_of(program, output)
            is_known = [program.domains.get(index) for index in cell] == list(program.shapes[output])
            if program.shapes[output] == program.shapes[name] and cell and is_known:
                indices = tuple(of_atom(Variable(index)) for index in cell)
                value = Read(f"{output}.grad", indices)
                yield For(cell, (Statement(Read(name, indices), "+=", value),))
