"""What the grammar makes of a formula: a small tree with positions, before anything is known about its names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
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
    """A name with its accents, subscripts and primes.

    `base` is its letter, `stem` the name without its subscript, `marks` are the names in the subscript, and `lower` its
    pieces where it is a row of names and numbers.
    """

    text: str
    base: str
    marks: tuple[str, ...] = ()
    stem: str = ""
    lower: tuple[str, ...] = ()
    labelled: bool = False
    """True where the last pieces stand above in brackets: `x^{(i)}` is one of several x, and no entry of one."""


@dataclass(frozen=True)
class Applied(Node):
    """A name before brackets: a call or a product, as the name decides.

    `bar` is the text of the bar between `before` and `after`; `opening` is the bracket, `separators` stand
    between the arguments on either side of the bar, in order.
    """

    head: Name
    opening: str
    before: tuple[Node, ...]
    bar: str
    after: tuple[Node, ...]
    separators: tuple[str, ...]


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
    """A root: the square root where no degree is given."""

    body: Node
    degree: Node | None = None


@dataclass(frozen=True)
class Function(Node):
    r"""`\ln`, `\exp` or another function by its word, with its argument, which may stand in brackets."""

    word: str
    body: Node
    bracketed: bool
    base: Node | None = None


ABOVE, BELOW = r"\downarrow", r"\uparrow"
"""The arrows of limits from above and from below."""


@dataclass(frozen=True)
class Total(Node):
    r"""A sum, product, extremum or limit over the values of variables.

    The values are those `within` a set, or from `lower` to `upper`, or all; `condition` is what else stands below.
    A limit goes to `upper`, by an `arrow` that goes down or up where it is one from above or below.
    A product is `open` where the factors that follow it could belong to it.
    """

    over: tuple[Name, ...]
    body: Node
    kind: str = "sum"
    lower: Node | None = None
    upper: Node | None = None
    within: Node | None = None
    condition: Node | None = None
    arrow: str = r"\to"
    open: bool = False


@dataclass(frozen=True)
class Integral(Node):
    """An integral over variables, within a region where one is named below it."""

    over: tuple[Name, ...]
    body: Node
    lower: Node | None
    upper: Node | None


@dataclass(frozen=True)
class Derivative(Node):
    r"""`\frac{d^k f}{dx^k}`, a partial derivative, or a gradient (`sign` is `\nabla`)."""

    sign: str
    over: tuple[Node, ...]
    order: Node | None
    body: Node
    places: tuple[Node, ...] = ()
    r"""What stands in brackets behind it, where that is several names: `\frac{\partial f}{\partial x}(x, y)`."""


@dataclass(frozen=True)
class Bars(Node):
    """What stands between bars: an absolute value, a determinant or a norm, as the bars and what they hold decide."""

    kind: str
    body: Node
    lower: Node | None = None


@dataclass(frozen=True)
class Angles(Node):
    """An expectation in angle brackets, with its distribution as subscript."""

    body: Node
    weight: Node | None


@dataclass(frozen=True)
class Factorial(Node):
    """A factorial."""

    body: Node


@dataclass(frozen=True)
class Binomial(Node):
    """A binomial coefficient."""

    above: Node
    below: Node


@dataclass(frozen=True)
class Between(Node):
    """The difference of what stands in brackets between two places: `[F]_a^b`; or its value at one place."""

    body: Node
    lower: Node
    upper: Node | None


@dataclass(frozen=True)
class Listing(Node):
    """Several things in brackets, which close with `closing` where that is not the counterpart of `opening`.

    `separators` are the signs between them; empty where all are commas.
    """

    opening: str
    items: tuple[Node, ...]
    closing: str = ""
    separators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operation(Node):
    """An operation on sets, events or matrices that is written between its operands."""

    sign: str
    operands: tuple[Node, ...]


@dataclass(frozen=True)
class Ellipsis(Node):
    """Dots that stand for what a pattern says."""


@dataclass(frozen=True)
class Array(Node):
    """Rows of cells: a matrix, or cases."""

    kind: str
    rows: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True)
class Prose(Node):
    """Words inside a formula."""

    text: str


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


INNER = r"\langle"
"""The sign of an operation that is an inner product."""
TIGHT = (r"\otimes", r"\odot", r"\circ", r"\oplus")
"""Operations that bind as tightly as a product."""


def parts(node: Node) -> tuple[Node, ...]:
    """The direct parts of a node, in order."""
    known: tuple[Node, ...] | None = node.__dict__.get("_parts")
    if known is None:  # trees are walked through many times, and do not change
        known = tuple(part for field in fields(node) for part in _nodes(getattr(node, field.name)))
        node.__dict__["_parts"] = known
    return known


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _nodes(item)


def mapped(node: Node, change: Callable[[Node], Node]) -> Node:
    """The node with `change` applied to each of its direct parts."""
    new: dict[str, object] = {}
    for field in fields(node):
        old = getattr(node, field.name)
        found = _mapped(old, change)
        if found is not old:
            new[field.name] = found
    return replace(node, **new) if new else node  # type: ignore[arg-type]


def _mapped(value: object, change: Callable[[Node], Node]) -> object:
    if isinstance(value, Node):
        return change(value)
    if isinstance(value, tuple) and any(isinstance(item, Node | tuple) for item in value):
        found = tuple(_mapped(item, change) for item in value)
        return value if all(a is b for a, b in zip(found, value, strict=True)) else found
    return value


def walk(node: Node) -> Iterator[Node]:
    """A node and everything in it."""
    pending = [node]
    while pending:
        found = pending.pop()
        yield found
        pending.extend(reversed(parts(found)))
