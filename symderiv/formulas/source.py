"""A text with its places, and the errors that point into it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from symderiv.model.diagnostic import Diagnostic, SymderivError
from symderiv.model.span import Span


class Unread(SymderivError):
    """A text that cannot be read faithfully; the diagnostic points at the token."""

    code = "unread"

    def __init__(self, span: Span, message: str, hint: str = "") -> None:
        super().__init__(Diagnostic(self.code, span, message, hint))


class Ambiguous(Unread):
    """A text that has more than one reading."""

    code = "ambiguous"


@dataclass(frozen=True)
class Source:
    """A text and where it comes from.

    `places` are given where the text stands in a file in pieces: pairs of an offset in the text and the line and
    column (from 1) of the file from which it goes on there.
    """

    path: str
    text: str
    places: tuple[tuple[int, int, int], ...] = ()

    def span(self, start: int, end: int) -> Span:
        """The place of `text[start:end]`."""
        line, column = self._place(start)
        end_line, end_column = self._place(end)
        return Span(self.path, line, column, end_line, end_column)

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line starts."""
        return [0, *(found.end() for found in re.finditer("\n", self.text))]

    @cached_property
    def _pieces(self) -> list[int]:
        return [offset for offset, _, _ in self.places]

    def _place(self, offset: int) -> tuple[int, int]:
        if self.places:
            start, line, column = self.places[max(bisect_right(self._pieces, offset) - 1, 0)]
            return line, column + offset - start
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1
