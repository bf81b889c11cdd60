"""A text with its places, and the errors that point into it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from symderiv.model.diagnostic import Diagnostic, SymderivError
from symderiv.model.span import Span


class Unread(SymderivError):
    """A text that cannot be read faithfully; the diagnostic points at the token."""

    code = "unread"

    def __init__(self, span: Span, message: str, hint: str = "") -> None:
        super().__init__(Diagnostic(self.code, span, message, hint))


class Unfitting(Unread):
    """A reading in which a matrix stands where none can: where the text has another reading, that is meant."""


class Ambiguous(Unread):
    """A text that has more than one reading.

    Where a convention would decide, `convention` is its name in `Source.conventions`.
    """

    code = "ambiguous"

    def __init__(self, span: Span, message: str, hint: str = "", convention: str = "") -> None:
        super().__init__(span, message, hint)
        self.convention = convention


class Place(NamedTuple):
    """An offset in a text, with the line and column (from 1) of the file from which it goes on there.

    `path` is that of the file, where it is another one than the text's.
    """

    offset: int
    line: int
    column: int
    path: str = ""


@dataclass(frozen=True)
class Source:
    """A text and where it comes from.

    `places` are given, in order, where the text stands in one or more files in pieces.  Of two at one offset, the first
    one is where the text before it ends, the last one where the text behind it starts.
    """

    path: str
    text: str
    places: tuple[Place, ...] = ()
    labelled: Container[str] = frozenset()
    """The names of which the text shows that a bracket above is a label and no exponent, as in `x^{(i)}`."""
    conventions: Mapping[str, bool] = field(default_factory=dict)
    """How far something reaches that could reach to what follows, or not: `slash`, `argument`, `body`, `factorial`."""

    def span(self, start: int, end: int) -> Span:
        """The place of `text[start:end]`."""
        path, line, column = self._place(start)
        end_path, end_line, end_column = self._place(end, is_end=end > start)
        if end_path != path:  # it goes on in another file
            end_line, end_column = line, column
        return Span(path, line, column, end_line, end_column)

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line starts."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    @cached_property
    def _pieces(self) -> list[int]:
        return [place.offset for place in self.places]

    def _place(self, offset: int, is_end: bool = False) -> tuple[str, int, int]:
        if self.places:
            first, behind = bisect_left(self._pieces, offset), bisect_right(self._pieces, offset)
            number = first if is_end and first < behind else max(behind - 1, 0)
            if is_end and number and self.places[number - 1].path != self.places[number].path:
                number -= 1
            place = self.places[number]
            return place.path or self.path, place.line, place.column + offset - place.offset
        line = bisect_right(self._lines, offset)
        return self.path, line, offset - self._lines[line - 1] + 1
