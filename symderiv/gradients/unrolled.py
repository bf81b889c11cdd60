"""A program at concrete sizes as terms of the kernel: every cell is a symbol, defined by what is written to it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from itertools import product

import numpy as np

from symderiv.gradients.comparison import Comparison as Run
from symderiv.gradients.system import targets
from symderiv.kernel import terms as k
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Model
from symderiv.kernel.normal_form import normalizer
from symderiv.kernel.terms import subterms
from symderiv.loops.derivative import backward_of
from symderiv.loops.equations import EQUAL, STEP
from symderiv.loops.grids import Grid
from symderiv.loops.instances import evaluated
from symderiv.model.program import (
    ZERO,
    Affine,
    Comparison,
    Constant,
    Expression,
    For,
    Function,
    IndexComparison,
    Looked,
    Loop,
    Node,
    Power,
    Product,
    Program,
    Read,
    Reduction,
    Size,
    SizeOf,
    Statement,
    Sum,
)

Values = Mapping[str, int]
Cell = tuple[int, ...]
Instance = tuple[Statement, Mapping[str, str], Values]
"""A statement, how its tensors are called, and the values of its indices."""

APART = 1e-6
"""How far two numbers are apart of which one stays the smaller one."""

OUTSIDE = -1
"""What is looked up outside of a tensor, where a guard is 0."""


class Unrolled:
    """The cells of a program, of its claimed gradients (`x.grad[0,1]`) and of the derived ones (`x.total[0,1]`).

    With `ties`, a value may be the largest beside others that equal it, as zeros do behind a rectifier.
    """

    def __init__(self, program: Program, run: Run, ties: bool = False) -> None:
        self.program = program
        self.ties = ties
        self.run = run
        self.data = run.data
        self.sizes = run.data.sizes
        derived = backward_of(program)
        computed = targets(program.backward)
        self.given = {
            f"{o}.grad": f"{o}.grad given" if f"{o}.grad" in computed else f"{o}.grad" for o in program.outputs
        }
        passed = targets(derived)
        self.total = {
            f"{n}.grad": f"{n}.total" for n in program.shapes if not n.endswith(".grad") and f"{n}.grad" in passed
        }
        only_given = {name: given for name, given in self.given.items() if name not in self.total}
        self.largest: set[str] = set()
        self._written: dict[tuple[str, Cell], list[Instance]] = {}
        self._parts: dict[tuple[str, Cell], list[k.Term]] = {}
        self._collect(program.forward, {})
        self._collect(program.backward, {})
        self._collect(derived, {**only_given, **self.total})
        own = {f"{o}.grad": self.given[f"{o}.grad"] for o in program.outputs if f"{o}.grad" in computed}
        self._added = own | {self.total[name]: given for name, given in self.given.items() if name in self.total}

    def parts(self, name: str, cell: Cell) -> list[k.Term]:
        """What is added to a cell: a counterexample needs those few that one cell depends on."""
        place = (name, cell)
        if place not in self._parts:
            found = []
            for statement, names, values in self._written.get(place, ()):
                term = self.value(statement.value, names, values)
                if term != k.ZERO or statement.operator == "max=":
                    found.append(term)
            if name in self._added:
                found.append(k.Symbol(cell_name(self._added[name], cell)))
            self._parts[place] = found
        return self._parts[place]

    def _collect(self, nodes: tuple[Node, ...], names: Mapping[str, str], fixed: Values | None = None) -> None:
        for node in nodes:
            if isinstance(node, Loop):
                first, last = (self.index(bound, fixed or {}) for bound in (node.range.first, node.range.last))
                for value in range(first, last + node.range.step, node.range.step):
                    self._collect(node.body, names, {**(fixed or {}), node.index: value})
            else:
                self._parallel(node, names, fixed or {})

    def _parallel(self, node: For, names: Mapping[str, str], fixed: Values) -> None:
        ranges = [range(self.sizes[self.program.domains[index]]) for index in node.indices]
        for chosen in product(*ranges):
            values = {**fixed, **dict(zip(node.indices, chosen, strict=True))}
            for statement in node.body:
                self._instance(statement, names, values)

    def _instance(self, statement: Statement, names: Mapping[str, str], values: Values) -> None:
        cell = tuple(self.index(index, values) for index in statement.target.indices)
        name = names.get(statement.target.tensor, statement.target.tensor)
        if statement.operator == "max=":
            self.largest.add(name)
        self._written.setdefault((name, cell), []).append((statement, names, values))

    def index(self, index: Affine, values: Values) -> int:
        """The value of an index."""
        total = index.constant
        for atom, coefficient in index.terms:
            if isinstance(atom, SizeOf):
                found = evaluated(Affine(((atom, 1),)), self.sizes)
            elif isinstance(atom, Looked):
                place = tuple(self.index(i, values) for i in atom.indices)
                found = self.data.integers[atom.tensor].get(place, OUTSIDE)
            else:
                found = values[atom.name]
            total += coefficient * found
        return total

    def value(self, expression: Expression, names: Mapping[str, str], values: Values) -> k.Term:
        """An expression at one choice of indices."""
        match expression:
            case Constant(value):
                return k.Number(value)
            case Size(name):
                return k.number(self.sizes[name])
            case Read(tensor, indices, _):
                return self._read(tensor, tuple(self.index(index, values) for index in indices), names)
            case Sum(terms):
                parts = tuple(self.value(term, names, values) for term in terms)
                numbers = [part.value for part in parts if isinstance(part, k.Number)]
                return k.Number(sum(numbers, Fraction(0))) if len(numbers) == len(parts) else k.Add(parts)
            case Product(factors):
                return self._product(factors, names, values)
            case Power(base, exponent, _):
                return k.Power(self.value(base, names, values), exponent)
            case Function(name, arguments):
                return function(name, [self.value(argument, names, values) for argument in arguments])
            case Reduction(indices, body):
                ranges = [range(self.sizes[self.program.domains[index]]) for index in indices]
                inner = [dict(zip(indices, chosen, strict=True)) for chosen in product(*ranges)]
                return k.Add(tuple(self.value(body, names, {**values, **more}) for more in inner))
            case Comparison("==", left, Read() as largest) if self._is_part(left, largest, names, values):
                return self._wins(left, largest, names, values)
            case Comparison(">", Read() as entry, right) if right == ZERO and (
                (rectified := self._rectified(entry, names, values)) is not None
            ):
                return k.Apply(STEP, (rectified,))
            case Comparison(kind, left, right):
                one, other = self.value(left, names, values), self.value(right, names, values)
                if not names and self._is_zero(one, other):  # as it is written; there is no derivative there
                    return k.number(int(kind != ">"))
                gap = k.subtract(one, other)
                branches = _Branches(self)
                near = k.subtract(*(branches.value(side, names, values) for side in (left, right)))
                if any(g.free and not normalizer((), (), ()).polynomial(g) for g in (gap, near)):
                    return k.number(int(kind != ">"))  # both are made of the same cells: no kink
                return k.Apply(EQUAL if kind == "==" else STEP, (gap,))
            case IndexComparison(kind, low, high):
                gap_ = self.index(low, values) - self.index(high, values)
                return k.number(int(gap_ >= 0 if kind == ">=" else gap_ == 0))

    def _rectified(self, entry: Read, names: Mapping[str, str], values: Values) -> k.Term | None:
        """What a cell is the positive part of, if it is that: it is positive where this is, and 0 on a whole region."""
        match self.parts(names.get(entry.tensor, entry.tensor), self._cell(entry, values)):
            case [k.Apply("max", (inner, bound))] if bound == k.ZERO:
                return inner
            case _:
                return None

    def _cell(self, entry: Read, values: Values) -> Cell:
        return tuple(self.index(index, values) for index in entry.indices)

    def _is_part(self, left: Expression, largest: Read, names: Mapping[str, str], values: Values) -> bool:
        if self.ties or largest.tensor not in self.largest:
            return False
        return self.value(left, names, values) in self.parts(largest.tensor, self._cell(largest, values))

    def _wins(self, left: Expression, largest: Read, names: Mapping[str, str], values: Values) -> k.Term:
        """That a value is the largest: it is above all others.  Where two are equal, that is neither true nor false."""
        value = self.value(left, names, values)
        others = [part for part in self.parts(largest.tensor, self._cell(largest, values)) if part != value]
        return k.Multiply(tuple(k.Apply(STEP, (k.subtract(value, other),)) for other in (k.ZERO, *others)))

    def _product(self, factors: tuple[Expression, ...], names: Mapping[str, str], values: Values) -> k.Term:
        terms: list[k.Term] = []
        for factor in factors:
            if isinstance(factor, IndexComparison) and self.value(factor, names, values) == k.ZERO:
                return k.ZERO
        for factor in factors:
            terms.append(self.value(factor, names, values))
            if terms[-1] == k.ZERO:
                return k.ZERO
        numbers = [term.value for term in terms if isinstance(term, k.Number)]
        return (
            k.Number(math.prod(numbers, start=Fraction(1))) if len(numbers) == len(terms) else k.Multiply(tuple(terms))
        )

    def _is_zero(self, one: k.Term, other: k.Term) -> bool:
        """True of numbers that are the same whatever is given: one term, or a cell to which nothing is added and 0."""
        empty = [k.ZERO if self._is_empty(term) else term for term in (one, other)]
        return empty[0] == empty[1]

    def _is_empty(self, term: k.Term) -> bool:
        if not isinstance(term, k.Symbol):
            return False
        tensor, cell = split_name(term.name)
        return not self.is_given(tensor) and tensor not in self.largest and not self.parts(tensor, cell)

    def _read(self, tensor: str, cell: Cell, names: Mapping[str, str]) -> k.Term:
        shape = self.program.shapes[tensor]
        if any(not 0 <= value < self.sizes[size] for value, size in zip(cell, shape, strict=True)):
            return k.ZERO
        name = names.get(tensor, tensor)
        return k.Symbol(cell_name(name, cell))

    def is_given(self, name: str) -> bool:
        """True of inputs, and of the gradients of outputs as they are given."""
        return name in self.given.values() or (name in self.data.tensors and name not in self.given)

    def definition(self, name: str, cell: Cell) -> k.Term | None:
        """The equation of a cell; None where it is given."""
        if self.is_given(name):
            is_one = any(self.given[f"{output}.grad"] == name for output in self.program.unit)
            return k.Relation("=", k.Symbol(cell_name(name, cell)), k.ONE) if is_one else None
        parts = self.parts(name, cell)
        body: k.Term = k.Apply("max", (k.ZERO, *parts)) if name in self.largest else k.Add(tuple(parts))
        if not parts:
            body = k.ZERO
        return k.Relation("=", k.Symbol(cell_name(name, cell)), body)

    def goal(self, tensor: str, claimed: str, cell: Cell) -> tuple[Sequent, Model]:
        """The claim about one cell, with everything that it depends on, and the values of what is given."""
        right: k.Term = k.Symbol(cell_name(self.total[f"{tensor}.grad"], cell))
        size = self.program.averaged.get(tensor)
        if size is not None:
            right = k.Multiply((k.number(Fraction(1, self.sizes[size])), right))
        conclusion = k.Relation("=", k.Symbol(cell_name(claimed, cell)), right)
        hypotheses: dict[str, k.Term] = {}
        symbols: dict[str, Fraction] = {}
        pending = [part.name for part in subterms(conclusion) if isinstance(part, k.Symbol)]
        while pending:
            label = pending.pop()
            if label in hypotheses or label in symbols:
                continue
            name, place = split_name(label)
            found = self.definition(name, place)
            if found is None:
                symbols[label] = self.data.tensors[name.removesuffix(" given")][place]
                continue
            hypotheses[label] = found
            pending += [part.name for part in subterms(found) if isinstance(part, k.Symbol)]
        return Sequent(frozenset(hypotheses.values()), conclusion), Model(symbols=symbols)


class _Branches(Unrolled):
    """The same with the one of two numbers that is smaller or larger here, and everywhere near, in place of both."""

    def __init__(self, whole: Unrolled) -> None:
        self.__dict__.update(whole.__dict__)

    def value(self, expression: Expression, names: Mapping[str, str], values: Values) -> k.Term:
        """An expression at one choice of indices."""
        match expression:
            case Function("min" | "max" as name, (one, other)):
                grid: Grid = {**values}
                gap = float(np.real(self.run.derived.value(one, grid, 0) - self.run.derived.value(other, grid, 0)))
                if abs(gap) > APART:
                    return self.value(one if (gap > 0) == (name == "max") else other, names, values)
            case Read(tensor, _, _) if tensor not in names:
                match self._written.get((tensor, self._cell(expression, values))):
                    case [(Statement(value=Function("min" | "max") as value), inner, own)]:
                        return self.value(value, inner, own)
        return super().value(expression, names, values)


def cell_name(tensor: str, cell: Cell) -> str:
    """The symbol of a cell."""
    return f"{tensor}[{','.join(map(str, cell))}]"


def split_name(label: str) -> tuple[str, Cell]:
    """The tensor and the cell of a symbol."""
    name, _, rest = label.rpartition("[")
    return name, tuple(int(part) for part in rest.removesuffix("]").split(",") if part)


def function(name: str, arguments: list[k.Term]) -> k.Term:
    """A function by those that the kernel evaluates."""
    first = arguments[0]
    match name:
        case "ln":
            return k.Apply("log", (first,))
        case "relu":
            return k.Apply("max", (first, k.ZERO))
        case "sigmoid":
            return k.Power(k.Add((k.ONE, k.Apply("exp", (k.negate(first),)))), Fraction(-1))
        case "tanh":
            twice = k.Apply("exp", (k.Multiply((k.number(2), first)),))
            return k.Multiply((k.Add((twice, k.MINUS_ONE)), k.Power(k.Add((twice, k.ONE)), Fraction(-1))))
        case _:
            return k.Apply(name, tuple(arguments))
