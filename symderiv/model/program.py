"""Loop programs as data.  Indices count from 0; a size is a positive integer.

A program computes tensors by statements `target operator value`, each for all values of its indices.  Statements stand
in blocks: a parallel block (`for b,j:`), whose iterations all read what stood before it, or a sequential one
(`loop t = 1..T:`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from symderiv.model.claims import Claim
from symderiv.model.span import Span

NOWHERE = Span("", 1, 1, 1, 1)


@dataclass(frozen=True)
class Variable:
    """An index variable."""

    name: str


@dataclass(frozen=True)
class SizeOf:
    """A size, used as an integer."""

    name: str


@dataclass(frozen=True)
class Looked:
    """The entry of an integer tensor, used as an index."""

    tensor: str
    indices: tuple[Affine, ...]


Atom = Variable | SizeOf | Looked


@dataclass(frozen=True)
class Affine:
    """An integer combination of distinct atoms, in a fixed order with coefficients not 0, and a constant."""

    terms: tuple[tuple[Atom, int], ...] = ()
    constant: int = 0

    @cached_property
    def variable(self) -> Variable | None:
        """The variable, where the expression is one."""
        if self.constant == 0 and len(self.terms) == 1:
            atom, coefficient = self.terms[0]
            if coefficient == 1 and isinstance(atom, Variable):
                return atom
        return None


def affine(terms: dict[Atom, int], constant: int = 0) -> Affine:
    """The combination with its atoms in order and without those whose coefficient is 0."""
    kept = sorted(((a, c) for a, c in terms.items() if c), key=lambda item: (type(item[0]).__name__, repr(item[0])))
    return Affine(tuple(kept), constant)


def of_atom(atom: Atom) -> Affine:
    """One atom."""
    return Affine(((atom, 1),))


def combine(one: Affine, other: Affine, factor: int = 1) -> Affine:
    """`one + factor * other`."""
    total = dict(one.terms)
    for atom, coefficient in other.terms:
        total[atom] = total.get(atom, 0) + factor * coefficient
    return affine(total, one.constant + factor * other.constant)


@dataclass(frozen=True)
class Constant:
    """A rational number."""

    value: Fraction


@dataclass(frozen=True)
class Size:
    """A size, used as a real number."""

    name: str


@dataclass(frozen=True)
class Read:
    """An entry of a tensor; `x.grad` is the name of the gradient of `x`."""

    tensor: str
    indices: tuple[Affine, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Sum:
    """A sum of terms."""

    terms: tuple[Expression, ...]


@dataclass(frozen=True)
class Product:
    """A product of factors."""

    factors: tuple[Expression, ...]


@dataclass(frozen=True)
class Power:
    """A rational power; a quotient is a product with powers of -1."""

    base: Expression
    exponent: Fraction
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Function:
    """One of `FUNCTIONS` applied to real numbers."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True)
class Reduction:
    """The sum of `body` over all values of `indices`."""

    indices: tuple[str, ...]
    body: Expression


@dataclass(frozen=True)
class Comparison:
    """1 where `left kind right` holds for two real numbers, else 0; kind is `>`, `>=` or `==`."""

    kind: str
    left: Expression
    right: Expression


@dataclass(frozen=True)
class IndexComparison:
    """1 where two integers compare as said, else 0; kind is `>=` or `==`, `!=` being written as one minus that."""

    kind: str
    left: Affine
    right: Affine


Expression = (
    Constant | Size | Read | Sum | Product | Power | Function | Reduction | Comparison | IndexComparison
)  # fmt: skip

FUNCTIONS = {
    "sqrt": 1,
    "exp": 1,
    "ln": 1,
    "tanh": 1,
    "sigmoid": 1,
    "relu": 1,
    "abs": 1,
    "sin": 1,
    "cos": 1,
    "max": 2,
    "min": 2,
}
"""The functions of the notation, with their numbers of arguments; `log` is read as `ln`."""

ZERO = Constant(Fraction(0))
ONE = Constant(Fraction(1))
MINUS_ONE = Constant(Fraction(-1))


@dataclass(frozen=True)
class Range:
    """The values of an index from `first` to `last`, both included; downwards where `step` is -1."""

    first: Affine
    last: Affine
    step: int = 1


@dataclass(frozen=True)
class Statement:
    """`target operator value` for all values of the indices of the parallel loop around it.

    `number` counts the statements of a program from 1.
    """

    target: Read
    operator: str
    value: Expression
    span: Span = field(default=NOWHERE, compare=False)
    number: int = 0


@dataclass(frozen=True)
class For:
    """A parallel loop: all iterations read what stood before it."""

    indices: tuple[str, ...]
    body: tuple[Statement, ...]
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Loop:
    """A sequential loop: one iteration after the other."""

    index: str
    range: Range
    body: tuple[Node, ...]
    span: Span = field(default=NOWHERE, compare=False)


Node = For | Loop


@dataclass(frozen=True)
class Relation:
    """A hypothesis of the author, `left kind right`; kind is one of `>=`, `>`, `==`, `!=`."""

    kind: str
    left: Expression
    right: Expression
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Program:
    """A loop program with its declarations.

    `shapes` gives the sizes of each tensor, by the names of sizes; `domains` the size that each index ranges over;
    `ranges` the bounds of the indices that do not take all values; `sizes` the names of all sizes, with what each is
    where it depends on others; `written` how indices of sequential loops are written that have another name here.
    `title`, `source` and `name` are what the author says of it, `claims` what is claimed of its costs.
    """

    path: str
    forward: tuple[Node, ...]
    shapes: dict[str, tuple[str, ...]]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    integers: dict[str, str] = field(default_factory=dict)
    constants: frozenset[str] = frozenset()
    unit: frozenset[str] = frozenset()
    sizes: dict[str, Affine | None] = field(default_factory=dict)
    domains: dict[str, str] = field(default_factory=dict)
    assumptions: tuple[Relation, ...] = ()
    backward: tuple[Node, ...] = ()
    named: tuple[tuple[str, Span], ...] = ()
    averaged: dict[str, str] = field(default_factory=dict)
    span: Span = NOWHERE
    title: str = ""
    source: str = ""
    name: str = ""
    written: dict[str, str] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where a statement stands: the loops around it from the outside, each with its position in its block.

    `positions` has one more element than `loops`: the position in the innermost block comes last.
    """

    statement: Statement
    indices: tuple[str, ...]
    loops: tuple[Loop, ...]
    positions: tuple[int, ...]


def places(nodes: tuple[Node, ...]) -> Iterator[Place]:
    """The statements of a block in order."""
    yield from _places(nodes, (), ())


def _places(nodes: tuple[Node, ...], loops: tuple[Loop, ...], positions: tuple[int, ...]) -> Iterator[Place]:
    for number, node in enumerate(nodes):
        if isinstance(node, Loop):
            yield from _places(node.body, (*loops, node), (*positions, number))
        else:
            for statement in node.body:
                yield Place(statement, node.indices, loops, (*positions, number))


def operands(expression: Expression) -> tuple[Expression, ...]:
    """The direct parts of an expression."""
    match expression:
        case Sum(parts) | Product(parts) | Function(_, parts):
            return parts
        case Power(base, _) | Reduction(_, base):
            return (base,)
        case Comparison(_, left, right):
            return (left, right)
        case _:
            return ()


def subexpressions(expression: Expression) -> Iterator[Expression]:
    """The expression and everything in it."""
    yield expression
    for part in operands(expression):
        yield from subexpressions(part)


def reads(expression: Expression) -> Iterator[Read]:
    """The entries that an expression reads, one for each occurrence."""
    for part in subexpressions(expression):
        if isinstance(part, Read):
            yield part
