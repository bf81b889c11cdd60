"""Questions about integers for all sizes, answered by integer sets (isl).

Sizes and variables have places in place of names.  Every size is at least 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import islpy as isl

from symderiv.model.program import (
    Affine,
    Atom,
    Constant,
    Expression,
    Looked,
    Product,
    Program,
    Size,
    SizeOf,
    Sum,
    combine,
    of_atom,
)


@dataclass(frozen=True)
class Constraint:
    """`expression >= 0`, or `= 0` where `kind` is `==`."""

    expression: Affine
    kind: str = ">="


@dataclass(frozen=True)
class Instance:
    """Values of sizes and variables."""

    sizes: dict[str, int]
    variables: dict[str, int]


Row = tuple[bool, int, tuple[tuple[int, int], ...]]
"""Whether it is an equation, the constant, and the coefficients with their places."""


@lru_cache(maxsize=1 << 8)
def _number(value: int) -> isl.Val:
    return isl.Val(str(value))  # a Python integer may be larger than those of C


@lru_cache(maxsize=1 << 11)
def _set(shown: int, places: int, rows: tuple[Row, ...]) -> isl.Set:
    """The points at the first places where rows hold; the ways to state one program ask much the same.

    It is built constraint by constraint: to have isl read it from a text takes six times as long.
    """
    space = isl.Space.set_alloc(isl.DEFAULT_CONTEXT, 0, places)
    local = isl.LocalSpace.from_space(space)
    result = isl.BasicSet.universe(space)
    for is_equation, constant, coefficients in rows:
        row = isl.Constraint.alloc_equality(local) if is_equation else isl.Constraint.alloc_inequality(local)
        row = row.set_constant_val(_number(constant))
        for place, coefficient in coefficients:
            row = row.set_coefficient_val(isl.dim_type.set, place, _number(coefficient))
        result = result.add_constraint(row)
    return isl.Set.from_basic_set(result.project_out(isl.dim_type.set, shown, places - shown))


class Integers:
    """Integer points under what a program says about its sizes."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.sizes = list(program.sizes)
        self._places: dict[Atom, int] = {SizeOf(name): place for place, name in enumerate(self.sizes)}
        self._context = self._about_sizes()
        self._found: dict[tuple[tuple[Atom, ...], tuple[tuple[Constraint, ...], ...]], Instance | None] = {}

    def _about_sizes(self) -> list[Constraint]:
        stated = [at_most(Affine((), 1), of_atom(SizeOf(size))) for size in self.sizes]
        for size, value in self.program.sizes.items():
            if value is not None:
                stated.append(equal(of_atom(SizeOf(size)), value))
        for relation in self.program.assumptions:
            left, right = linear(relation.left), linear(relation.right)
            if left is not None and right is not None and relation.kind != "!=":
                stated.append({"==": equal, ">=": at_most, ">": less}[relation.kind](right, left))
        return stated

    def points(self, variables: Sequence[Atom], alternatives: Iterable[Sequence[Constraint]]) -> isl.Set:
        """The sizes and points at which all constraints of one of the alternatives hold.

        Entries of integer tensors count as variables of their own, with values in their range.
        """
        result: isl.Set | None = None
        for constraints in alternatives:
            places = self._places | {a: place for place, a in enumerate(dict.fromkeys(variables), len(self.sizes))}
            shown = len(places)
            stated = [*self._context, *constraints]
            for atom in (atom for constraint in constraints for atom, _ in constraint.expression.terms):
                if not isinstance(atom, SizeOf) and atom not in places:
                    places[atom] = len(places)
                    if isinstance(atom, Looked):
                        size = of_atom(SizeOf(self.program.integers[atom.tensor]))
                        stated += [at_most(Affine(), of_atom(atom)), less(of_atom(atom), size)]
            found = _set(shown, len(places), tuple([_row(constraint, places) for constraint in stated]))
            result = found if result is None else result.union(found)
        return result if result is not None else isl.Set("{ [] : false }")

    def smallest(self, points: isl.Set, variables: Sequence[Atom]) -> Instance | None:
        """The point with the smallest sizes, None where there is none."""
        if points.is_empty():
            return None
        count, distinct = len(self.sizes), list(dict.fromkeys(variables))
        summed = points.insert_dims(isl.dim_type.set, 0, 1)
        total = isl.Constraint.alloc_equality(isl.LocalSpace.from_space(summed.get_space()))
        total = total.set_coefficient_val(isl.dim_type.set, 0, isl.Val(-1))
        for number in range(count):
            total = total.set_coefficient_val(isl.dim_type.set, number + 1, isl.Val(1))
        point = summed.add_constraint(total).lexmin().sample_point()
        values = [
            point.get_coordinate_val(isl.dim_type.set, number).to_python()
            for number in range(1, 1 + count + len(distinct))
        ]
        named = {str(getattr(atom, "name", atom)): value for atom, value in zip(distinct, values[count:], strict=True)}
        return Instance(dict(zip(self.sizes, values[:count], strict=True)), named)

    def find(self, variables: Sequence[Atom], alternatives: Iterable[Sequence[Constraint]]) -> Instance | None:
        """The smallest point at which the constraints of one alternative hold."""
        question = (tuple(variables), tuple(tuple(constraints) for constraints in alternatives))
        if question not in self._found:
            self._found[question] = self.smallest(self.points(*question), variables)
        return self._found[question]

    def implies(self, constraints: Sequence[Constraint], conclusion: Constraint) -> bool:
        """True where a constraint follows from others, for all sizes."""
        return all(self.find((), [(*constraints, opposite)]) is None for opposite in negation(conclusion))


def _row(constraint: Constraint, places: Mapping[Atom, int]) -> Row:
    coefficients = tuple([(places[atom], coefficient) for atom, coefficient in constraint.expression.terms])
    return constraint.kind == "==", constraint.expression.constant, coefficients


def negation(constraint: Constraint) -> list[Constraint]:
    """The alternatives to a constraint."""
    below = Affine(tuple((a, -c) for a, c in constraint.expression.terms), -constraint.expression.constant - 1)
    if constraint.kind == ">=":
        return [Constraint(below)]
    above = Affine(constraint.expression.terms, constraint.expression.constant - 1)
    return [Constraint(below), Constraint(above)]


def linear(expression: Expression) -> Affine | None:
    """An expression in sizes alone as an integer combination; None where it is none."""
    match expression:
        case Constant(value) if value.denominator == 1:
            return Affine((), int(value))
        case Size(name):
            return Affine(((SizeOf(name), 1),))
        case Sum(parts):
            total = Affine()
            for part in parts:
                inner = linear(part)
                if inner is None:
                    return None
                total = combine(total, inner)
            return total
        case Product((Constant(value), other)) if value.denominator == 1:
            inner = linear(other)
            return None if inner is None else combine(Affine(), inner, int(value))
        case _:
            return None


def less(one: Affine, other: Affine) -> Constraint:
    """`one < other`."""
    return Constraint(combine(combine(other, one, -1), Affine((), -1)))


def at_most(one: Affine, other: Affine) -> Constraint:
    """`one <= other`."""
    return Constraint(combine(other, one, -1))


def equal(one: Affine, other: Affine) -> Constraint:
    """`one = other`."""
    return Constraint(combine(one, other, -1), "==")
