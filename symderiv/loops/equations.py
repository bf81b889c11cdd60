"""What a program computes, as terms of the kernel: each tensor by the sum of all that is written to it.

A program that may be executed in its order computes the tensors that satisfy these equations.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

from flint import fmpq

from symderiv.advice.canonical import leading
from symderiv.kernel import terms as k
from symderiv.kernel.normal_form import Normalizer
from symderiv.loops.accesses import guards_of
from symderiv.loops.fingerprints import Fingerprints
from symderiv.loops.integers import Constraint, Integers, at_most, less, negation
from symderiv.loops.relations import Shape, domain_of, relation
from symderiv.loops.rewriting import free_variables, renamed, variables
from symderiv.model.program import (
    ZERO,
    Affine,
    Atom,
    Comparison,
    Constant,
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
    Size,
    SizeOf,
    Sum,
    Variable,
    affine,
    combine,
    of_atom,
    places,
    subexpressions,
)


@dataclass
class Frame:
    """A part of an expression around which sums over auxiliary indices may be put."""

    variables: frozenset[str]
    known: list[Constraint] = field(default_factory=list)
    indices: list[k.Index] = field(default_factory=list)
    relations: list[k.Term] = field(default_factory=list)
    is_product: bool = False


@dataclass(frozen=True)
class Edge:
    """The cells of a tensor at the start of one axis, or at its end."""

    axis: int
    is_last: bool


class Encoder:
    """Encodes statements of one program.  `names` says how tensors are called in the kernel.

    At the `edges` of some they are called otherwise.
    """

    def __init__(
        self,
        program: Program,
        integers: Integers,
        names: dict[str, str],
        expand: bool = False,
        edges: Mapping[str, tuple[Edge, str]] | None = None,
    ) -> None:
        self.program = program
        self.edges = edges or {}
        self.integers = integers
        self.names = names
        self.expand = expand
        self.domains = dict(program.domains)
        self.fingerprints = Fingerprints(program, self.domains)
        self.shapes: dict[str, Shape] = {}
        self._frames: list[Frame] = []
        self._indices: dict[str, k.Index] = {}
        self._auxiliary: dict[tuple[Affine, str], k.Index] = {}
        self._bounds: list[Constraint] = []
        self._cell: tuple[k.Index, ...] = ()
        self._count = 0

    def cell(self, tensor: str) -> tuple[k.Index, ...]:
        """Names for the indices of a tensor, after their sizes."""
        found: list[k.Index] = []
        for size in self.program.shapes[tensor]:
            name = next((i for i, s in self.domains.items() if s == size), size.lower())
            while any(index.name == name for index in found):
                name += "'"
            found.append(k.Index(name, size))
        return tuple(found)

    def entry(self, tensor: str, indices: Sequence[k.Term]) -> k.Term:
        """An entry of a tensor; a symbol where it has no indices."""
        name = self.names.get(tensor, tensor)
        found = k.Entry(name, tuple(indices)) if indices else k.Symbol(name)
        if tensor not in self.edges:
            return found
        edge, other = self.edges[tensor]
        outside = self.at_edge(edge, indices)
        inner = k.Multiply((k.subtract(k.ONE, outside), found))
        return k.Add((inner, k.Multiply((outside, k.Entry(other, tuple(indices))))))

    def at_edge(self, edge: Edge, indices: Sequence[k.Term]) -> k.Term:
        """1 at the edge of a tensor, 0 elsewhere."""
        index = indices[edge.axis]
        rest = combine(Affine((), 1), of_atom(SizeOf(domain_of(index))), -1) if edge.is_last else Affine()
        term, shape = relation("==", [(index, 1)], rest)
        if shape is not None:
            self.shapes[shape.name] = shape
        return term

    def computed(self, nodes: tuple[Node, ...], tensor: str, cell: Sequence[k.Index]) -> k.Term | None:
        """What the statements of a block write to a cell; None where it cannot be said."""
        found = [place for place in places(nodes) if place.statement.target.tensor == tensor]
        if any(place.statement.operator == "max=" for place in found):
            return self._maximum(found, cell)
        parts = [term for place in found for term in self.contributions(place, cell)]
        return parts[0] if len(parts) == 1 else k.Add(tuple(parts))

    def _maximum(self, found: Sequence[Place], cell: Sequence[k.Index]) -> k.Term | None:
        """The largest of the values and 0, with which every tensor starts."""
        values: list[k.Term] = [k.ZERO]
        for place in found:
            self._begin(place, cell)
            frame = self._frames[0]
            inner = self.value(place.statement.value)
            self._frames.clear()
            plain = [self._indices[name] for name in place.indices]
            if frame.relations and any(not isinstance(part, k.Entry) for part in frame.relations):
                return None
            if place.loops or any(self._reaches_cell(part, cell) for part in frame.relations):
                return None
            inner = k.sum_over(frame.indices, k.Multiply((*frame.relations, inner))) if frame.relations else inner
            values.append(k.reduce_over("max", [index for index in plain if index not in cell], inner))
        return k.Apply("max", tuple(values))

    def _reaches_cell(self, part: k.Term, cell: Sequence[k.Index]) -> bool:
        return not any(index in part.free for index in self._auxiliary.values())

    def contributions(self, place: Place, cell: Sequence[k.Index]) -> list[k.Term]:
        """What one statement adds to a cell, one term for each term of its value."""
        value = place.statement.value
        result: list[k.Term] = []
        for term in value.terms if isinstance(value, Sum) else (value,):
            self._begin(place, cell)
            frame = self._frames[0]
            inner = self.value(term)
            self._frames.clear()
            summed = [self._indices[n] for n in (*(loop.index for loop in place.loops), *place.indices)]
            summed = [index for index in dict.fromkeys(summed) if index not in cell]
            factors = (*self._kept(frame), *frame.relations, inner)
            result.append(k.sum_over([*summed, *frame.indices], k.Multiply(factors)))
        return result

    def _kept(self, frame: Frame) -> list[k.Term]:
        """The bounds of sequential loops that do not follow from the rest."""
        result: list[k.Term] = []
        for bound in self._bounds:
            if not self.integers.implies(frame.known, bound):
                result.append(self.related(bound))
                frame.known.append(bound)
        return result

    def _begin(self, place: Place, cell: Sequence[k.Index]) -> None:
        """Names the variables of a statement: after the cell where the target has them by themselves."""
        names = [loop.index for loop in place.loops] + list(place.indices)
        self._indices, self._auxiliary, self._cell = {}, {}, tuple(cell)
        frame = Frame(frozenset(names))
        self._frames = [frame]
        pending: list[tuple[Affine, k.Index]] = []
        for index, target in zip(cell, place.statement.target.indices, strict=True):
            variable = target.variable
            plain = variable is not None and self.domains[variable.name] == index.domain
            if plain and variable is not None and variable.name not in self._indices:
                self._indices[variable.name] = index
            else:
                pending.append((target, index))
        for name in names:
            self._indices.setdefault(name, self._fresh(self.domains[name]))
        for name in names:
            frame.known += self._inside(of_atom(Variable(name)), self.domains[name])
        for position, (target, index) in enumerate(pending):
            atom = Variable(f"cell {position}")
            self._indices[atom.name] = index
            frame.known += self._inside(of_atom(atom), index.domain)
            gap = Constraint(combine(target, of_atom(atom), -1), "==")
            frame.known.append(gap)
            frame.relations.append(self.related(gap))
            self._auxiliary.setdefault((target, index.domain), index)
        self._bounds = []
        for loop in place.loops:
            low, high = loop.range.first, loop.range.last
            if loop.range.step < 0:
                low, high = high, low
            counter = of_atom(Variable(loop.index))
            self._bounds += [at_most(low, counter), at_most(counter, high)]

    def side(self, expression: Expression) -> k.Term:
        """An expression for all values of the indices in it, under their own names."""
        self._indices = {v: k.Index(v, self.domains[v]) for v in free_variables(expression)}
        self._auxiliary, self._bounds, self._cell = {}, [], ()
        self._frames = [Frame(frozenset(self._indices))]
        result = self.value(expression)
        self._frames.clear()
        return result

    def _fresh(self, domain: str) -> k.Index:
        self._count += 1
        return k.Index(f"{domain.lower()}_{self._count}", domain)

    def _inside(self, index: Affine, size: str) -> list[Constraint]:
        return [Constraint(index), less(index, of_atom(SizeOf(size)))]

    def related(self, constraint: Constraint) -> k.Term:
        """A relation between indices as a factor of 0 or 1.

        Where one value alone is left out, as by `t >= 1`, it is written as one minus the indicator of that value.
        """
        opposite = self._left_out(constraint)
        if opposite is not None:
            return k.subtract(k.ONE, self.related(opposite))
        parts = [(self._atom(a), c) for a, c in constraint.expression.terms if not isinstance(a, SizeOf)]
        sizes: dict[Atom, int] = {a: c for a, c in constraint.expression.terms if isinstance(a, SizeOf)}
        term, shape = relation(constraint.kind, parts, affine(sizes, constraint.expression.constant))
        if shape is not None:
            self.shapes[shape.name] = shape
        return term

    def _left_out(self, constraint: Constraint) -> Constraint | None:
        """The equation for the one value of an index at which an inequality does not hold."""
        names = [atom for atom, _ in constraint.expression.terms if not isinstance(atom, SizeOf)]
        if constraint.kind == "==" or len(names) != 1 or isinstance(names[0], Looked):
            return None
        equation = Constraint(combine(constraint.expression, Affine((), 1)), "==")
        known = self._inside(of_atom(names[0]), self._indices[names[0].name].domain)
        return equation if self.integers.implies([*known, *negation(constraint)], equation) else None

    def _atom(self, atom: Variable | SizeOf | Looked) -> k.Term:
        if isinstance(atom, Looked):
            size = self.program.integers[atom.tensor]
            axes = self.program.shapes[atom.tensor]
            inner = tuple(self.index(i, axis) for i, axis in zip(atom.indices, axes, strict=True))
            return k.Gather(atom.tensor, size, inner)
        return self._indices[atom.name]

    def index(self, index: Affine, size: str) -> k.Term:
        """An index of an axis; a composite one becomes an auxiliary index that is summed."""
        if index.constant == 0 and len(index.terms) == 1 and index.terms[0][1] == 1:
            atom = index.terms[0][0]
            if isinstance(atom, Looked) and self.program.integers[atom.tensor] == size:
                return self._atom(atom)
            if isinstance(atom, Variable) and self._indices[atom.name].domain == size:
                return self._indices[atom.name]
        known = self._auxiliary.get((index, size))
        if known is not None and (known in self._cell or any(known in frame.indices for frame in self._frames)):
            return known
        frame = self._frame_for(index, size)
        auxiliary = self._fresh(size)
        atom = Variable(auxiliary.name)
        self._indices[auxiliary.name] = auxiliary
        self._auxiliary[index, size] = auxiliary
        frame.indices.append(auxiliary)
        gap = Constraint(combine(index, of_atom(atom), -1), "==")
        frame.known += [*self._inside(of_atom(atom), size), gap]
        frame.relations.append(self.related(gap))
        return auxiliary

    def _frame_for(self, index: Affine, size: str) -> Frame:
        """The outermost part that knows the variables of an index, and in which it is in range: a guard counts inside
        of its product only, since outside of it are terms that are not 0 where the guard is.
        """
        names, wanted = variables(index), self._inside(index, size)
        seen: frozenset[str] = frozenset()
        known = list(self._bounds)
        for frame in self._frames:
            seen |= frame.variables
            known += frame.known
            if names <= seen and all(self.integers.implies(known, inside) for inside in wanted):
                return frame
        return self._frames[-1]

    def value(self, expression: Expression) -> k.Term:
        """An expression as a term."""
        match expression:
            case Constant(value):
                return k.Number(value)
            case Size(name):
                return k.Size(name)
            case Read(tensor, indices, _):
                axes = self.program.shapes[tensor]
                return self.entry(tensor, [self.index(i, axis) for i, axis in zip(indices, axes, strict=True)])
            case Sum(terms):
                return k.Add(tuple(self.value(term) for term in terms))
            case Product(factors):
                return self.product(factors)
            case Power(Power(base, inner, _), outer, _) if (
                inner.denominator == outer.denominator == 1 and inner * outer
            ):
                return k.Power(self.value(base), inner * outer)
            case Power(base, exponent, _):
                return k.Power(self.value(base), exponent)
            case Function("relu" | "abs" | "max" | "min" as name, arguments):
                return self.kinked(name, arguments)
            case Function(name, arguments):
                return self.function(name, [self.value(argument) for argument in arguments])
            case Reduction(indices, body):
                return self.reduction(indices, body)
            case Comparison(kind, left, right):
                return self.comparison(kind, left, right)
            case IndexComparison():
                return self.product((expression,))

    def product(self, factors: Sequence[Expression]) -> k.Term:
        """A product: its guards come last, and those that follow from the rest are left out.

        Products in it are taken apart, so that no guard counts as known where it is written itself.
        """
        frame = Frame(frozenset(), is_product=True)
        factors = tuple(taken_apart(factors))
        guards = [f for f in factors if isinstance(f, IndexComparison)]
        frame.known += [g for factor in factors for g in guards_of(factor)]
        own = len(frame.known)
        self._frames.append(frame)
        inner = [self.value(f) for f in factors if not isinstance(f, IndexComparison)]
        self._frames.pop()
        known = [c for f in self._frames for c in f.known] + frame.known[own:] + self._bounds
        for guard in guards:
            (wanted,) = guards_of(guard)
            if not self.integers.implies(known, wanted):
                inner.append(self.related(wanted))
        body = k.Multiply((*frame.relations, *inner))
        return k.sum_over(frame.indices, body)

    def reduction(self, indices: tuple[str, ...], body: Expression) -> k.Term:
        """A sum over indices of the program."""
        around = frozenset[str]().union(*(outer.variables for outer in self._frames))
        if not around.isdisjoint(indices):  # what is known of an index outside does not hold of its namesake
            apart = {name: f"{name} {self._count}" for name in indices}
            self.domains |= {apart[name]: self.domains[name] for name in indices}
            indices, body = tuple(apart.values()), renamed(body, apart)
        frame = Frame(frozenset(indices))
        before = dict(self._indices)
        opened = []
        for name in indices:
            self._indices[name] = self._fresh(self.domains[name])
            opened.append(self._indices[name])
            frame.known += self._inside(of_atom(Variable(name)), self.domains[name])
        self._frames.append(frame)
        inner = self.value(body)
        self._frames.pop()
        self._indices = {**self._indices, **before}
        return k.sum_over([*opened, *frame.indices], k.Multiply((*frame.relations, inner)))

    def kinked(self, name: str, arguments: Sequence[Expression]) -> k.Term:
        """A function that has kinks, by the indicator of a comparison; at the kink its value is that of either side."""
        first, second = (*arguments, ZERO)[:2]
        if first == ZERO:
            first, second = second, first
        wins = self.comparison(">", second, first) if name == "min" else self.comparison(">", first, second)
        if name == "abs":
            wins = two_sided(wins)
        one, other = self.value(first), self.value(second)
        if second == ZERO:
            return k.Multiply((one, wins))
        return k.Add((other, k.Multiply((k.subtract(one, other), wins))))

    def comparison(self, kind: str, left: Expression, right: Expression) -> k.Term:
        """The indicator of a comparison.

        Where it does not matter what it is for equal numbers, there is a kink, which is excluded.  Then the comparison
        is written with that sign of the difference that makes two ways of writing it one.
        """
        one, other = self.value(left), self.value(right)
        gap, opposite = primitive(difference(one, other)), primitive(difference(other, one))
        sign = self.fingerprints.sign(left, right)
        turned = is_turned(gap) if not sign else sign < 0
        if kind == "==":
            return k.Apply(EQUAL, (opposite if turned else gap,))
        turns = is_smooth(self.program, left) and is_smooth(self.program, right)
        if not turns:
            return k.subtract(k.ONE, k.Apply(STEP, (opposite,))) if kind == ">=" else k.Apply(STEP, (gap,))
        ties = self._ties(gap)
        indicator = k.Apply(STEP, (opposite if turned else gap,))
        is_above = k.subtract(k.ONE, indicator) if turned else indicator
        if ties == k.ZERO or (kind == ">=") == turned:
            return is_above
        return k.subtract(is_above, ties) if turned else k.Add((is_above, ties))

    def _ties(self, gap: k.Term) -> k.Term:
        """1 where indices coincide so that both sides are one, as those of `r[n] > r[m]` where n = m; else 0.

        That is no kink: whatever the data are, the sides are equal there.
        """
        own = gap.free & {*self._indices.values(), *self._cell}
        pairs = [
            (one, other)
            for one, other in combinations(sorted(own, key=k.key), 2)
            if isinstance(one, k.Index) and isinstance(other, k.Index) and one.domain == other.domain
        ]
        for count in (1, 2):
            equal = [
                k.Multiply(tuple(k.Delta(*pair) for pair in chosen))
                for chosen in combinations(pairs, count)
                if not Normalizer().polynomial(k.substitute(gap, dict[k.Term, k.Term](chosen)))
            ]
            if equal:
                return k.subtract(k.ONE, k.Multiply(tuple(k.subtract(k.ONE, one) for one in equal)))
        return k.ZERO

    def function(self, name: str, arguments: Sequence[k.Term]) -> k.Term:
        """A function without kinks."""
        first = arguments[0]
        if name in ("sigmoid", "tanh", "sin", "cos") and is_turned(first):
            whole = self.function(name, [k.negate(first)])
            opposite = k.subtract(k.ONE, whole) if name == "sigmoid" else k.negate(whole)
            return whole if name == "cos" else opposite
        match name:
            case "exp":
                return k.Apply("exp", (first,))
            case "ln":
                return k.Apply("log", (first,))
            case "sigmoid" if self.expand:
                return k.Power(k.Add((k.ONE, k.Apply("exp", (k.negate(first),)))), Fraction(-1))
            case "tanh" if self.expand:
                square = k.Apply("exp", (k.Multiply((k.number(2), first)),))
                return k.Multiply((k.Add((square, k.MINUS_ONE)), k.Power(k.Add((square, k.ONE)), Fraction(-1))))
            case _:
                return k.Apply(name, tuple(arguments))


EXPANDED = frozenset(("sigmoid", "tanh"))
"""The functions that an encoder writes by exponentials, if it is told to."""


def can_be_expanded(program: Program) -> bool:
    """True of a program with such functions: without them both encodings are one."""
    statements = (place.statement for nodes in (program.forward, program.backward) for place in places(nodes))
    parts = (part for statement in statements for part in subexpressions(statement.value))
    return any(isinstance(part, Function) and part.name in EXPANDED for part in parts)


def taken_apart(factors: Sequence[Expression]) -> Iterator[Expression]:
    """The factors of a product of products; guards, which are their own powers, also out of powers."""
    for factor in factors:
        match factor:
            case Product(inner):
                yield from taken_apart(inner)
            case Power(base, exponent, span) if exponent > 0:
                parts = tuple(taken_apart((base,)))
                guards = [part for part in parts if isinstance(part, IndexComparison)]
                rest = tuple(part for part in parts if not isinstance(part, IndexComparison))
                yield from guards
                if rest or not guards:
                    yield Power(Product(rest), exponent, span) if guards else factor
            case _:
                yield factor


STEP, EQUAL = "step", "equal"
"""The indicators of a positive number, and of 0."""


def two_sided(indicator: k.Term) -> k.Term:
    """1 where an indicator is 1, and -1 where it is 0."""
    return k.Add((k.Multiply((k.number(2), indicator)), k.MINUS_ONE))


def difference(one: k.Term, other: k.Term) -> k.Term:
    """`one - other`, without a 0."""
    return one if other == k.ZERO else k.negate(other) if one == k.ZERO else k.subtract(one, other)


def primitive(term: k.Term) -> k.Term:
    """The term divided by the positive number that its coefficients have in common: its sign is the same."""
    coefficients = Normalizer().polynomial(term).values()
    content = fmpq(math.gcd(*(int(c.p) for c in coefficients)), math.lcm(*(int(c.q) for c in coefficients)))
    if content in (0, 1):
        return term
    return k.Multiply((k.Number(Fraction(int(content.q), int(content.p))), term))


def is_turned(term: k.Term) -> bool:
    """True of one of two terms that are the opposite of each other, where they are not 0."""
    polynomial = Normalizer().polynomial(term)
    return bool(polynomial) and polynomial[leading(polynomial)] < 0


KINKED = frozenset(("relu", "abs", "max", "min"))


def is_smooth(program: Program, expression: Expression, seen: frozenset[str] = frozenset()) -> bool:
    """True of an expression that has no kinks, nor what it reads: else it can stay 0 over a whole region."""
    for part in subexpressions(expression):
        if isinstance(part, Comparison | IndexComparison) or (isinstance(part, Function) and part.name in KINKED):
            return False
        if isinstance(part, Read) and part.tensor not in seen:
            seen |= {part.tensor}
            for place in (*places(program.forward), *places(program.backward)):
                statement = place.statement
                if statement.target.tensor == part.tensor and (
                    statement.operator == "max=" or not is_smooth(program, statement.value, seen)
                ):
                    return False
    return True
