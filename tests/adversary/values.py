"""A second opinion: the value of a tree in a finite model, by exact rationals and rigorous enclosures.

It is written on the adversary's own trees, so that it checks reading and encoding as well as proving.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import reduce
from itertools import product
from math import prod

from flint import arb, ctx, fmpq

from tests.adversary.tree import Relation, Tree

Number = Fraction | arb
Matrix = tuple[tuple[Number, ...], ...]
Value = Number | Matrix
ctx.prec = 160


class Undefined(Exception):
    """There is no value here."""


@dataclass
class Model:
    """Values for all names.  `elements` says where the free variables of distributions stand."""

    numbers: Mapping[str, Fraction] = field(default_factory=dict)
    tables: Mapping[str, Mapping[tuple[int, ...], Fraction]] = field(default_factory=dict)
    alphabets: Mapping[str, int] = field(default_factory=dict)
    elements: Mapping[str, int] = field(default_factory=dict)
    joints: Mapping[str, tuple[tuple[str, ...], Mapping[tuple[int, ...], Fraction]]] = field(default_factory=dict)
    outcomes: Sequence[Fraction] = ()
    random: Mapping[str, Sequence[Fraction]] = field(default_factory=dict)
    matrices: Mapping[str, Matrix] = field(default_factory=dict)


def role(variable: str) -> str:
    """x and x' are elements of one alphabet."""
    return variable.rstrip("'")


def enclosure(value: Number) -> arb:
    return value if isinstance(value, arb) else arb(fmpq(value.numerator, value.denominator))


def plus(one: Number, other: Number) -> Number:
    exact = isinstance(one, Fraction) and isinstance(other, Fraction)
    return one + other if exact else enclosure(one) + enclosure(other)


def times(one: Number, other: Number) -> Number:
    if one == 0 and isinstance(one, Fraction):
        return one
    if other == 0 and isinstance(other, Fraction):
        return other
    exact = isinstance(one, Fraction) and isinstance(other, Fraction)
    return one * other if exact else enclosure(one) * enclosure(other)


def total(values: Sequence[Number]) -> Number:
    return reduce(plus, values, Fraction(0))


def is_positive(value: Number) -> bool:
    return bool(value > 0)


def raised(base: Number, exponent: Number) -> Number:
    """A power; real exponents need a positive base."""
    if isinstance(exponent, Fraction) and exponent.denominator == 1 and abs(exponent) < 40:
        if exponent < 0 and not (base > 0 or base < 0):
            raise Undefined
        return base ** int(exponent)
    if base == 0 and isinstance(base, Fraction) and exponent > 0:
        return Fraction(0)
    if not is_positive(base):
        raise Undefined
    return (enclosure(base).log() * enclosure(exponent)).exp()


class Evaluation:
    """Values of trees in one model."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.kept: dict[tuple[object, ...], Fraction] = {}

    def number(self, tree: Tree, at: Mapping[str, int]) -> Number:
        """A value that is a number; a matrix of one entry is one."""
        found = plain(self.value(tree, at))
        if isinstance(found, tuple):
            raise Undefined
        return found

    def value(self, tree: Tree, at: Mapping[str, int]) -> Value:
        """The value where bound and free indices stand `at` their places."""
        match tree.head:
            case "number":
                return tree.data[0]  # type: ignore[no-any-return]
            case "scalar":
                return self.model.numbers[tree.data[0]]
            case "entry":
                return self._entry(tree, at)
            case "add" | "mul" | "neg":
                return self._ring(tree, at)
            case "sum" | "prod":
                return self._range(tree, at)
            case "total" | "expect" | "prob" | "entropy" | "info" | "kl" | "cross":
                return self._of_distributions(tree, at)
            case "rv" | "mean" | "var" | "cov":
                return self._of_variables(tree, at)
            case "matrix" | "transpose" | "inverse" | "trace" | "det" | "identity":
                return self._of_matrices(tree, at)
            case _:
                return self._function(tree.head, [self.number(part, at) for part in tree.parts])

    def _entry(self, tree: Tree, at: Mapping[str, int]) -> Number:
        name, *indices = tree.data
        table = self.model.tables[name]
        places = tuple(at[index] for index in indices)
        if places not in table:
            raise Undefined
        return table[places]

    def _ring(self, tree: Tree, at: Mapping[str, int]) -> Value:
        values = [self.value(part, at) for part in tree.parts]
        if tree.head == "neg":
            return scaled(Fraction(-1), values[0])
        return reduce(summed if tree.head == "add" else multiplied, values)

    def _function(self, head: str, arguments: list[Number]) -> Number:
        match head, arguments:
            case "div", [above, below]:
                if not (below > 0 or below < 0):
                    raise Undefined
                return times(above, Fraction(1) / below if isinstance(below, Fraction) else 1 / below)
            case "pow", [base, exponent]:
                return raised(base, exponent)
            case "sqrt", [value]:
                return raised(value, Fraction(1, 2))
            case "ln", [value]:
                if not is_positive(value):
                    raise Undefined
                return Fraction(0) if value == 1 else enclosure(value).log()
            case "exp", [value]:
                return Fraction(1) if value == 0 else enclosure(value).exp()
            case "abs", [value]:
                return abs(value)
        raise AssertionError(head)

    def _range(self, tree: Tree, at: Mapping[str, int]) -> Number:
        index, first, last = tree.data
        end = self.number(last, at)
        if not isinstance(end, Fraction) or end.denominator != 1:
            raise Undefined
        values = [self.number(tree.parts[0], {**at, index: n}) for n in range(first, int(end) + 1)]
        return total(values) if tree.head == "sum" else reduce(times, values, Fraction(1))

    # distributions

    def places(self, variables: Sequence[str], at: Mapping[str, int]) -> list[dict[str, int]]:
        """All ways to let variables stand somewhere."""
        ranges = [range(self.model.alphabets[role(v)]) for v in variables]
        return [{**at, **dict(zip(variables, found, strict=True))} for found in product(*ranges)]

    def marginal(self, name: str, variables: Sequence[str], at: Mapping[str, int]) -> Fraction:
        """The probability that some variables of a distribution have their values."""
        axes, table = self.model.joints[name]
        wanted = {role(v): at[v] for v in variables}
        key = (name, *sorted(wanted.items()))
        if key not in self.kept:
            self.kept[key] = sum(
                (
                    weight
                    for place, weight in table.items()
                    if all(place[axes.index(axis)] == value for axis, value in wanted.items())
                ),
                Fraction(0),
            )
        return self.kept[key]

    def probability(self, tree: Tree, at: Mapping[str, int]) -> Fraction:
        if tree.head == "mul":
            return prod((self.probability(part, at) for part in tree.parts), start=Fraction(1))
        name, outcomes, given = tree.data
        if set(map(role, outcomes)) & set(map(role, given)):
            raise Undefined
        below = self.marginal(name, given, at) if given else Fraction(1)
        if below == 0:
            raise Undefined
        return self.marginal(name, (*outcomes, *given), at) / below

    def _of_distributions(self, tree: Tree, at: Mapping[str, int]) -> Number:
        match tree.head, tree.data:
            case "prob", _:
                return self.probability(tree, at)
            case "total", variables:
                return total([self.number(tree.parts[0], place) for place in self.places(variables, at)])
            case "expect", variables:
                weight, body = tree.parts
                return total([self._weighted(weight, body, place) for place in self.places(variables, at)])
            case "entropy", (name, before, after):
                return self._entropy(name, before, after)
            case "info", (name, one, other, given):
                both = self._entropy(name, (*one, *other), given)
                return plus(plus(self._entropy(name, one, given), self._entropy(name, other, given)), -both)
            case "kl", _:
                return self._divergence(*tree.parts, at, relative=True)
        return self._divergence(*tree.parts, at, relative=False)

    def _weighted(self, weight: Tree, body: Tree, at: Mapping[str, int]) -> Number:
        factor = self.number(weight, at)
        return Fraction(0) if factor == 0 else times(factor, self.number(body, at))

    def _entropy(self, name: str, before: Sequence[str], after: Sequence[str]) -> Number:
        found: list[Number] = []
        for at in self.places((*before, *after), {}):
            joint = self.marginal(name, (*before, *after), at)
            if joint > 0:
                rate = joint / (self.marginal(name, after, at) if after else 1)
                found.append(times(-joint, enclosure(rate).log()))
        return total(found)

    def _divergence(self, one: Tree, other: Tree, at: Mapping[str, int], relative: bool) -> Number:
        outcomes = one.data[1] if one.head == "prob" else tuple(v for part in one.parts for v in part.data[1])
        found: list[Number] = []
        for place in self.places(outcomes, at):
            p, q = self.probability(one, place), self.probability(other, place)
            if p > 0:
                if q == 0:
                    raise Undefined
                found.append(times(p, enclosure(p / q if relative else 1 / q).log()))
        return total(found)

    # random variables

    def _of_variables(self, tree: Tree, at: Mapping[str, int]) -> Number:
        match tree.head:
            case "rv":
                if "" not in at:
                    raise Undefined
                return self.model.random[tree.data[0]][at[""]]
            case "mean":
                return self._mean(lambda place: self.number(tree.parts[0], place), at)
        one, other = tree.parts[0], tree.parts[-1]
        first, second = (self._mean(lambda p, t=t: self.number(t, p), at) for t in (one, other))
        return self._mean(lambda p: times(plus(self.number(one, p), -first), plus(self.number(other, p), -second)), at)

    def _mean(self, body: object, at: Mapping[str, int]) -> Number:
        weights = enumerate(self.model.outcomes)
        return total([times(weight, body({**at, "": place})) for place, weight in weights])  # type: ignore[operator]

    # matrices

    def _of_matrices(self, tree: Tree, at: Mapping[str, int]) -> Value:
        if tree.head == "matrix":
            return self.model.matrices[tree.data[0]]
        if tree.head == "identity":
            return unit(int(self.model.numbers["n"]))
        inner = self.value(tree.parts[0], at)
        inner = inner if isinstance(inner, tuple) else ((inner,),)
        if tree.head == "transpose":
            return tuple(zip(*inner, strict=True))
        if len(inner) != len(inner[0]):
            raise Undefined
        if tree.head == "trace":
            return total([inner[n][n] for n in range(len(inner))])
        inverse, determinant = inverted(inner)
        if tree.head == "det":
            return determinant
        if determinant == 0:
            raise Undefined
        return inverse


def unit(size: int) -> Matrix:
    return tuple(tuple(Fraction(int(i == j)) for j in range(size)) for i in range(size))


def scaled(factor: Number, value: Value) -> Value:
    if isinstance(value, tuple):
        return tuple(tuple(times(factor, entry) for entry in row) for row in value)
    return times(factor, value)


def plain(value: Value) -> Value:
    """A matrix of one entry is a number."""
    return value[0][0] if isinstance(value, tuple) and (len(value), len(value[0])) == (1, 1) else value


def summed(one: Value, other: Value) -> Value:
    one, other = plain(one), plain(other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        if (len(one), len(one[0])) != (len(other), len(other[0])):
            raise Undefined
        return tuple(tuple(map(plus, *rows)) for rows in zip(one, other, strict=True))
    if isinstance(one, tuple) or isinstance(other, tuple):
        raise Undefined
    return plus(one, other)


def multiplied(one: Value, other: Value) -> Value:
    if not isinstance(one, tuple):
        return scaled(one, other)
    if not isinstance(other, tuple):
        return scaled(other, one)
    if len(one[0]) != len(other):
        raise Undefined  # also x' x B, which only fits where B has one row
    columns = tuple(zip(*other, strict=True))
    return tuple(tuple(total(list(map(times, row, column))) for column in columns) for row in one)


def inverted(matrix: Matrix) -> tuple[Matrix, Fraction]:
    """The inverse and the determinant, by elimination; of a singular matrix the determinant alone means something."""
    size = len(matrix)
    rows = [[*map(Fraction, row), *extra] for row, extra in zip(matrix, unit(size), strict=True)]  # type: ignore[arg-type]
    determinant = Fraction(1)
    for n in range(size):
        pivot = next((m for m in range(n, size) if rows[m][n] != 0), None)
        if pivot is None:
            return matrix, Fraction(0)
        if pivot != n:
            rows[n], rows[pivot], determinant = rows[pivot], rows[n], -determinant
        determinant *= rows[n][n]
        rows[n] = [entry / rows[n][n] for entry in rows[n]]
        for m in range(size):
            if m != n:
                rows[m] = [a - rows[m][n] * b for a, b in zip(rows[m], rows[n], strict=True)]
    return tuple(tuple(row[size:]) for row in rows), determinant


def holds(relation: Relation, model: Model) -> bool | None:
    """Whether a relation is true in a model; None where the enclosures do not decide.

    Raises:
        Undefined: a side has no value there.
    """
    evaluation = Evaluation(model)
    left, right = (evaluation.value(side, model.elements) for side in (relation.left, relation.right))
    gap = summed(left, scaled(Fraction(-1), right))
    gaps = [entry for row in gap for entry in row] if isinstance(gap, tuple) else [gap]
    answers = [compared(entry, relation.sign) for entry in gaps]
    return False if False in answers else None if None in answers else True


def compared(gap: Number, sign: str) -> bool | None:
    """Whether `gap sign 0`."""
    if isinstance(gap, Fraction) or gap > 0 or gap < 0:
        return bool(
            {"=": gap == 0, "!=": gap != 0, "<": gap < 0, "<=": not gap > 0, ">": gap > 0, ">=": not gap < 0}[sign]
        )
    return None
