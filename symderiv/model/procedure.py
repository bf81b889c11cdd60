"""A procedure in Python that builds the nodes of a computation graph, with the equations that define them."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.model.program import Affine
from symderiv.model.span import Span


@dataclass(frozen=True)
class Text:
    """A text that stands in a file from a line on.

    `margin` columns stand before each of its lines there, `indent` more before the first one.  A text whose lines are
    nowhere in the file is at a `place`.
    """

    source: str
    path: str
    line: int = 1
    margin: int = 0
    indent: int = 0
    place: Span | None = None

    def span(self, line: int, column: int, end_line: int, end_column: int) -> Span:
        """The place in the file of a part of the text; lines and columns count from 1."""
        if self.place is not None:
            return self.place
        first, last = (self.margin + self.indent * (number == 1) for number in (line, end_line))
        before = self.line - 1
        return Span(self.path, before + line, first + column, before + end_line, last + end_column)


@dataclass(frozen=True)
class Equation:
    """`name[index] = value` for all indices from `first` to `last`; `value` is Python.

    `variable` stands for the index minus `offset` in the value; it is empty where the index is fixed.
    """

    name: str
    variable: str
    offset: Affine
    first: Affine
    last: Affine
    value: str
    span: Span
    left: str
    right: str


@dataclass(frozen=True)
class Procedure:
    """A procedure that has to build what equations define; `lengths` are the numbers of elements of given lists."""

    title: str
    text: Text
    equations: tuple[Equation, ...]
    lengths: dict[str, Affine]
    span: Span
    source: str = ""
    name: str = ""
