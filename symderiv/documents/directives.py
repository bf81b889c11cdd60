"""Comments that start with `symderiv:`: what a text does not say of its names, for the checker alone.

`let P(x,y) be a distribution`, `assume RELATION`, `define NAME = EXPRESSION`, `ignore[CODE] REASON`.  One is in force
from where it stands to the end of the file, or of the group, proof or cell that it stands in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from symderiv.documents.document import Document, Piece
from symderiv.formulas.declarations import Declared, read_assumption
from symderiv.formulas.source import Source, Unread

if TYPE_CHECKING:
    from symderiv.documents.displays import Row

_IGNORE = re.compile(r"\s*ignore\[(?P<code>[a-z-]+)\]\s*(?P<reason>.*?)\s*$", re.DOTALL)
_VERB = re.compile(r"\s*(?P<verb>[a-z]+)")
_RELATION = ("assume", "define")


@dataclass
class Directive:
    """One comment: names that it declares, the place of a relation that it states, or a code that it ignores."""

    piece: Piece
    declared: Declared | None = None
    stated: tuple[int, int] | None = None
    ignored: str = ""
    problem: Unread | None = None
    rows: list[Row] = field(default_factory=list)
    """The relations that it states, read."""


@dataclass
class Scopes:
    """The directives in force while the pieces of a document go by."""

    document: Document
    _open: list[list[Directive]] = field(default_factory=lambda: [[]])

    def visit(self, piece: Piece) -> Directive | None:
        """Takes a comment, which is returned, or the border of a group, proof or cell, into account."""
        match piece.kind:
            case "open":
                self._open.append([])
            case "close" if len(self._open) > 1:
                self._open.pop()
            case "comment":
                directive = _directive(self.document, piece)
                self._open[-1].append(directive)
                return directive
            case _:
                pass
        return None

    def in_force(self) -> tuple[Directive, ...]:
        """The directives that are in force here, the outer ones first."""
        return tuple(directive for scope in self._open for directive in scope if directive.problem is None)


def _directive(document: Document, piece: Piece) -> Directive:
    text = document.text(piece)
    ignored = _IGNORE.match(text)
    if ignored is not None:
        if not ignored["reason"]:
            return _wrong(document, piece, "a reason is expected", "ignore[unread] a picture")
        return Directive(piece, ignored=ignored["code"])
    verb = _VERB.match(text)
    word = verb["verb"] if verb is not None else ""
    if word in _RELATION and verb is not None:
        return Directive(piece, stated=(piece.start + verb.end(), piece.end))
    if word != "let":
        known = "let, assume, define or ignore[CODE] is expected"
        return _wrong(document, piece, f"{word or 'nothing'} where {known}", "symderiv: assume x > 0")
    try:
        declared = read_assumption(_only(document.source, piece))
    except Unread as problem:
        return Directive(piece, problem=problem)
    return Directive(piece, declared=declared if isinstance(declared, Declared) else None)


def _wrong(document: Document, piece: Piece, message: str, hint: str) -> Directive:
    return Directive(piece, problem=Unread(document.source.span(piece.start, piece.end), message, hint))


def _only(source: Source, piece: Piece) -> Source:
    """The source with everything else blank, so that places stay what they are."""
    blank = re.sub(r"[^\n]", " ", source.text[: piece.start])
    return Source(source.path, blank + source.text[piece.start : piece.end], source.places)
