"""The cells that the statements of a program write and read, with everything that is known where they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symderiv.loops.integers import Constraint, at_most, equal, less
from symderiv.loops.rewriting import substituted, variables
from symderiv.model.program import (
    Affine,
    Atom,
    Comparison,
    Expression,
    Function,
    IndexComparison,
    Looked,
    Node,
    Place,
    Power,
    Product,
    Program,
    Read,
    Reduction,
    SizeOf,
    Sum,
    Variable,
    combine,
    of_atom,
    places,
)


@dataclass(frozen=True)
class Access:
    """An entry at a place of the program: its variables, and the constraints under which it is read or written."""

    entry: Read
    place: Place
    variables: tuple[str, ...]
    constraints: tuple[Constraint, ...]

    def renamed(self, suffix: str) -> Access:
        """The same with other names for all variables."""
        values: dict[Atom, Affine] = {Variable(v): of_atom(Variable(v + suffix)) for v in self.variables}
        entry = Read(self.entry.tensor, tuple(substituted(i, values) for i in self.entry.indices), self.entry.span)
        constraints = tuple(Constraint(substituted(c.expression, values), c.kind) for c in self.constraints)
        return Access(entry, self.place, tuple(v + suffix for v in self.variables), constraints)


class Accesses:
    """The accesses of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program

    def written(self, nodes: tuple[Node, ...]) -> Iterator[Access]:
        """One for each statement.  Where its guards are 0, a statement adds nothing."""
        for place in places(nodes):
            names, known = self.around(place)
            adds = place.statement.operator == "+="
            guards = tuple(guards_of(place.statement.value)) if adds else ()
            yield Access(place.statement.target, place, names, (*known, *guards))

    def read(self, nodes: tuple[Node, ...]) -> Iterator[Access]:
        """One for each entry that a statement reads."""
        for place in places(nodes):
            names, known = self.around(place)
            yield from self._read(place.statement.value, place, names, known)

    def around(self, place: Place) -> tuple[tuple[str, ...], tuple[Constraint, ...]]:
        """The variables of the loops around a statement, with their ranges."""
        known: list[Constraint] = []
        for loop in place.loops:
            low, high = loop.range.first, loop.range.last
            if loop.range.step < 0:
                low, high = high, low
            index = of_atom(Variable(loop.index))
            known += [at_most(low, index), at_most(index, high)]
        for name in place.indices:
            known += self.inside(name)
        return (*(loop.index for loop in place.loops), *place.indices), tuple(known)

    def inside(self, index: str) -> list[Constraint]:
        """0 <= index < size."""
        variable = of_atom(Variable(index))
        return [Constraint(variable), less(variable, of_atom(SizeOf(self.program.domains[index])))]

    def known_within(self, indices: tuple[str, ...], known: tuple[Constraint, ...]) -> tuple[Constraint, ...]:
        """What is known inside of a sum; what is known of an index outside of it does not hold of its namesake."""
        outside = (c for c in known if variables(c.expression).isdisjoint(indices))
        return (*outside, *(constraint for index in indices for constraint in self.inside(index)))

    def _read(
        self, expression: Expression, place: Place, names: tuple[str, ...], known: tuple[Constraint, ...]
    ) -> Iterator[Access]:
        match expression:
            case Read(_, indices, _):
                yield Access(expression, place, names, known)
                for index in indices:
                    yield from self._looked(index, expression, place, names, known)
            case Reduction(indices, body):
                yield from self._read(body, place, (*names, *indices), self.known_within(indices, known))
            case Product(factors):
                guards = tuple(guard for factor in factors for guard in guards_of(factor))
                for factor in factors:
                    yield from self._read(factor, place, names, (*known, *guards))
            case Sum(parts) | Function(_, parts):
                for part in parts:
                    yield from self._read(part, place, names, known)
            case Power(base, _, _):
                yield from self._read(base, place, names, known)
            case Comparison(_, left, right):
                yield from self._read(left, place, names, known)
                yield from self._read(right, place, names, known)
            case IndexComparison(_, left, right):
                for index in (left, right):
                    yield from self._looked(index, Read("", (), place.statement.span), place, names, known)
            case _:
                return

    def _looked(
        self, index: Affine, entry: Read, place: Place, names: tuple[str, ...], known: tuple[Constraint, ...]
    ) -> Iterator[Access]:
        """Entries of integer tensors are read too."""
        for atom, _ in index.terms:
            if isinstance(atom, Looked):
                yield Access(Read(atom.tensor, atom.indices, entry.span), place, names, known)
                for inner in atom.indices:
                    yield from self._looked(inner, entry, place, names, known)


def guards_of(factor: Expression) -> Iterator[Constraint]:
    """What holds wherever a factor is not 0."""
    match factor:
        case IndexComparison(">=", left, right):
            yield Constraint(combine(left, right, -1))
        case IndexComparison("==", left, right):
            yield equal(left, right)
        case Product(factors):
            for inner in factors:
                yield from guards_of(inner)
        case Power(base, exponent, _) if exponent > 0:
            yield from guards_of(base)
        case _:
            return
