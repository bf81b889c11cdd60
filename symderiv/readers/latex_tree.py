"""What the grammar makes of a formula: a small tree with positions, before anything is known about its names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from fractions import Fraction


@dataclass(frozen=True)
class Node:
    """A part of a formula that stands at `start` to `end` of its source."""

    start: int
    end: int


@dataclass(frozen=True)
class Numeral(Node):
    """A number, exact."""

    value: Fraction


@dataclass(frozen=True)
class Name(Node):
    """A name with its accents, subscripts and primes; `base` is its letter, `marks` are those in its subscript."""

    text: str
    base: str
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Applied(Node):
    """A name before brackets: a call or a product, as the name decides.

    `bar` is the text of the bar between `before` and `after`; `opening` is the bracket, `separators` stand between
    the arguments.
    """

    head: Name
    opening: str
    before: tuple[Node, ...]
    bar: str
    after: tuple[Node, ...]
    separators: frozenset[str]


@dataclass(frozen=True)
class Negation(Node):
    """Minus a term."""

    body: Node


@dataclass(frozen=True)
class Addition(Node):
    """A sum; what is subtracted is a `Negation`."""

    terms: tuple[Node, ...]


@dataclass(frozen=True)
class Product(Node):
    """Factors side by side."""

    factors: tuple[Node, ...]


@dataclass(frozen=True)
class Division(Node):
    """A fraction; `slash` is true of one on the line."""

    above: Node
    below: Node
    slash: bool = False


@dataclass(frozen=True)
class Power(Node):
    """A superscript."""

    base: Node
    exponent: Node


@dataclass(frozen=True)
class Root(Node):
    """A square root."""

    body: Node


@dataclass(frozen=True)
class Function(Node):
    r"""`\ln` or `\exp` with its argument, which may stand in brackets."""

    word: str
    body: Node
    bracketed: bool


@dataclass(frozen=True)
class Total(Node):
    """A sum over the values of variables."""

    over: tuple[Name, ...]
    body: Node


@dataclass(frozen=True)
class Draw(Node):
    r"""`(x,y) \sim P(x,y)`."""

    names: tuple[Name, ...]
    weight: Node


@dataclass(frozen=True)
class Average(Node):
    """An expectation over draws, the first outermost."""

    draws: tuple[Draw, ...]
    body: Node


@dataclass(frozen=True)
class Sides(Node):
    """A chain of relations: `signs[i]` stands between `sides[i]` and `sides[i + 1]`."""

    sides: tuple[Node, ...]
    signs: tuple[str, ...]


def parts(node: Node) -> Iterator[Node]:
    """The direct parts of a node, in order."""
    for field in fields(node):
        value = getattr(node, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Node):
                yield part


def walk(node: Node) -> Iterator[Node]:
    """A node and everything in it."""
    yield node
    for part in parts(node):
        yield from walk(part)
