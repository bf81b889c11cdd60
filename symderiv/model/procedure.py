"""A procedure in Python that builds the nodes of a computation graph, with the equations that define them."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.model.program import Affine
from symderiv.model.span import Span


@dataclass(frozen=True)
class Text:
    """A text in a file; `starts` are the line and the column at which each of its lines begins there.

    A text whose lines are nowhere in the file is at a `place`.
    """

    source: str
    path: str
    starts: tuple[tuple[int, int], ...] = ()
    place: Span | None = None

    def span(self, line: int, column: int, end_line: int, end_column: int) -> Span:
        """The place in the file of a part of the text; lines and columns count from 1."""
        if self.place is not None:
            return self.place
        (first, before), (last, behind) = self.starts[line - 1], self.starts[end_line - 1]
        return Span(self.path, first, before + column - 1, last, behind + end_column - 1)


def text_at(source: str, path: str, line: int = 1, margin: int = 0, indent: int = 0) -> Text:
    """A text whose lines follow each other from a line on, `margin` columns in, the first one `indent` more."""
    count = source.count("\n") + 1
    return Text(source, path, tuple((line + n, 1 + margin + indent * (n == 0)) for n in range(count)))


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
