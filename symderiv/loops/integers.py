"""Questions about integers for all sizes, answered by integer sets (isl).

Names of the program are replaced by names that isl accepts.  Every size is at least 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


@lru_cache(maxsize=1 << 11)
def _read(text: str) -> isl.Set:
    """The set that a text describes: the ways to state one program ask much the same, and reading takes the longest."""
    return isl.Set(text)


class Integers:
    """Integer points under what a program says about its sizes."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.sizes = list(program.sizes)
        self._size_names = {name: f"p{number}" for number, name in enumerate(self.sizes)}
        self._context = self._about_sizes()
        self._found: dict[tuple[tuple[Atom, ...], tuple[tuple[Constraint, ...], ...]], Instance | None] = {}

    def _about_sizes(self) -> list[str]:
        stated = [f"{name} >= 1" for name in self._size_names.values()]
        for size, value in self.program.sizes.items():
            if value is not None:
                stated.append(f"{self._size_names[size]} = {self._written(value, {})}")
        for relation in self.program.assumptions:
            left, right = linear(relation.left), linear(relation.right)
            if left is not None and right is not None and relation.kind != "!=":
                sign = {"==": "=", ">=": ">=", ">": ">"}[relation.kind]
                stated.append(f"{self._written(left, {})} {sign} {self._written(right, {})}")
        return stated

    def _written(self, expression: Affine, names: dict[Atom, str]) -> str:
        parts = [str(expression.constant)]
        for atom, coefficient in expression.terms:
            name = self._size_names[atom.name] if isinstance(atom, SizeOf) else names[atom]
            parts.append(f"{coefficient}*{name}")
        return " + ".join(parts)

    def points(self, variables: Sequence[Atom], alternatives: Iterable[Sequence[Constraint]]) -> isl.Set:
        """The points at which all constraints of one of the alternatives hold.

        Entries of integer tensors count as variables of their own, with values in their range.
        """
        result: isl.Set | None = None
        for constraints in alternatives:
            names: dict[Atom, str] = {atom: f"v{number}" for number, atom in enumerate(variables)}
            hidden: list[str] = []
            stated = list(self._context)
            for constraint in constraints:
                for atom, _ in constraint.expression.terms:
                    if not isinstance(atom, SizeOf) and atom not in names:
                        names[atom] = f"w{len(hidden)}"
                        hidden.append(names[atom])
                        if isinstance(atom, Looked):
                            size = self._size_names[self.program.integers[atom.tensor]]
                            stated.append(f"0 <= {names[atom]} < {size}")
                sign = "=" if constraint.kind == "==" else ">="
                stated.append(f"{self._written(constraint.expression, names)} {sign} 0")
            body = " and ".join(stated) or "true"
            if hidden:
                body = f"exists {', '.join(hidden)}: {body}"
            tuple_ = ", ".join(names[atom] for atom in variables)
            found = _read(f"[{', '.join(self._size_names.values())}] -> {{ [{tuple_}] : {body} }}")
            result = found if result is None else result.union(found)
        return result if result is not None else isl.Set("{ [] : false }")

    def smallest(self, points: isl.Set, variables: Sequence[Atom]) -> Instance | None:
        """The point with the smallest sizes, None where there is none."""
        if points.is_empty():
            return None
        count = len(self.sizes)
        moved = points.move_dims(isl.dim_type.set, 0, isl.dim_type.param, 0, points.dim(isl.dim_type.param))
        moved = moved.insert_dims(isl.dim_type.set, 0, 1)
        space = moved.get_space()
        total = isl.Constraint.alloc_equality(isl.LocalSpace.from_space(space))
        total = total.set_coefficient_val(isl.dim_type.set, 0, isl.Val(-1))
        for number in range(count):
            total = total.set_coefficient_val(isl.dim_type.set, number + 1, isl.Val(1))
        point = moved.add_constraint(total).lexmin().sample_point()
        values = [
            point.get_coordinate_val(isl.dim_type.set, number).to_python()
            for number in range(1, 1 + count + len(variables))
        ]
        named = {str(getattr(atom, "name", atom)): value for atom, value in zip(variables, values[count:], strict=True)}
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
