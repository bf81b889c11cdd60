"""One number for each expression of a program, the same however it is written: its value at one fixed point.

A comparison of numbers can be written with either sign of their difference, and one of the two has to be chosen in the
same way wherever it stands: with other names of indices, with `d[b]` for `p[b] - t[b]`, with `x[l-1], x[l]` for
`x[p], x[p+1]`.  The sign of the difference at one point does not depend on any of these.

An input is a linear function of its indices there, so that a shift of all of them changes no difference between its
entries; a computed tensor is what its statements say.  Sums have one term, and what leads back to itself is an input.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from zlib import crc32

from symderiv.model.program import (
    Affine,
    Comparison,
    Constant,
    Expression,
    Function,
    IndexComparison,
    Looked,
    Power,
    Product,
    Program,
    Read,
    Reduction,
    Size,
    SizeOf,
    Statement,
    Sum,
    places,
)

RELATIVE = 1e-9
"""Differences that are smaller than this are taken for rounding."""
LARGEST = 30.0
"""The largest argument of an exponential."""


class Fingerprints:
    """The values of the expressions of one program."""

    def __init__(self, program: Program, domains: Mapping[str, str]) -> None:
        self.program = program
        self.domains = domains
        self.statements: dict[str, list[Statement]] = {}
        for place in (*places(program.forward), *places(program.backward)):
            self.statements.setdefault(place.statement.target.tensor, []).append(place.statement)
        self.known: dict[tuple[str, tuple[float, ...]], float] = {}
        self.active: set[str] = set()

    def sign(self, left: Expression, right: Expression) -> int:
        """The sign of a difference; 0 where this point does not tell."""
        try:
            one, other = self.value(left, {}), self.value(right, {})
        except (OverflowError, ZeroDivisionError, RecursionError):
            return 0
        gap = one - other
        if not math.isfinite(gap) or abs(gap) <= RELATIVE * (abs(one) + abs(other)):
            return 0
        return 1 if gap > 0 else -1

    def value(self, expression: Expression, bound: Mapping[str, float]) -> float:
        """The value of an expression, with values of some indices; the others have one that their range says."""
        match expression:
            case Constant(number):
                return float(number)
            case Size(name):
                return 2 + number_of(name)
            case Read(tensor, indices, _):
                return self.entry(tensor, tuple(self.index(index, bound) for index in indices))
            case Sum(terms):
                return sum(self.value(term, bound) for term in terms)
            case Product(factors):
                return math.prod(self.value(factor, bound) for factor in factors)
            case Power(base, exponent, _):
                inner = self.value(base, bound)
                whole = exponent.denominator == 1
                return float(inner ** int(exponent)) if whole else float(abs(inner) ** float(exponent))
            case Function(name, arguments):
                return applied(name, [self.value(argument, bound) for argument in arguments])
            case Reduction(indices, body):
                return self.value(body, {name: value for name, value in bound.items() if name not in indices})
            case Comparison(kind, left, right):
                gap = self.value(left, bound) - self.value(right, bound)
                return float(gap == 0 if kind == "==" else gap >= 0 if kind == ">=" else gap > 0)
            case IndexComparison():
                return 1.0

    def index(self, index: Affine, bound: Mapping[str, float]) -> float:
        """The value of an index, which need not be whole."""
        total = float(index.constant)
        for atom, coefficient in index.terms:
            if isinstance(atom, SizeOf):
                value = 2 + number_of(atom.name)
            elif isinstance(atom, Looked):
                inner = sum(self.index(one, bound) for one in atom.indices)
                value = number_of(atom.tensor) * (1 + inner)
            else:
                value = bound.get(atom.name, number_of(self.domains[atom.name]))
            total += coefficient * value
        return total

    def entry(self, tensor: str, cell: tuple[float, ...]) -> float:
        """The value of an entry."""
        written = self.statements.get(tensor, [])
        if not written or tensor in self.active or tensor.endswith(".grad"):
            slopes = (number_of(f"{tensor} {axis}") for axis in range(len(cell)))
            return number_of(tensor) + sum(slope * place for slope, place in zip(slopes, cell, strict=True))
        place = (tensor, tuple(round(place, 9) for place in cell))
        if place not in self.known:
            self.active.add(tensor)
            try:
                self.known[place] = sum(self.value(s.value, _bound(s, cell)) for s in written)
            finally:
                self.active.discard(tensor)
        return self.known[place]


def _bound(statement: Statement, cell: tuple[float, ...]) -> dict[str, float]:
    """The values of the indices that stand alone in the target."""
    pairs = zip(statement.target.indices, cell, strict=True)
    return {index.variable.name: value for index, value in pairs if index.variable is not None}


def number_of(name: str) -> float:
    """A number between 1/2 and 3/2 that belongs to a name."""
    return 0.5 + crc32(name.encode()) / 2**32


def applied(name: str, arguments: list[float]) -> float:
    """A function of the notation; logarithms are of absolute values."""
    first = arguments[0]
    match name:
        case "exp":
            return math.exp(min(first, LARGEST))
        case "ln":
            return math.log(abs(first)) if first else 0.0
        case "tanh":
            return math.tanh(first)
        case "sigmoid":
            return 1 / (1 + math.exp(min(-first, LARGEST)))
        case "sin":
            return math.sin(first)
        case "cos":
            return math.cos(first)
        case "relu":
            return max(first, 0.0)
        case "abs":
            return abs(first)
        case "max":
            return max(arguments)
        case _:
            return min(arguments)
