"""What a container holds: prose, displayed formulas and headings, in order, with their places in one text."""

from __future__ import annotations

from dataclasses import dataclass, field

from symderiv.formulas.source import Source
from symderiv.formulas.tokens import Macro
from symderiv.model.diagnostic import Diagnostic

LARGEST = 4_000_000
"""Characters of a document; larger ones are refused."""


@dataclass(frozen=True)
class Piece:
    """A part of a text.

    `kind` is `prose`, `display` (then `environment` says which), `heading`, `comment` (what follows `symderiv:`), or
    `open` and `close` for the borders of a group, proof or cell.
    """

    kind: str
    start: int
    end: int
    environment: str = ""


@dataclass(frozen=True)
class Document:
    """The pieces of one file, the macros that it defines, and what is wrong with it."""

    source: Source
    pieces: tuple[Piece, ...]
    macros: dict[str, Macro] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()
    inputs: tuple[str, ...] = ()
    """The paths of the other files that stand in it."""

    def text(self, piece: Piece) -> str:
        """What stands in a piece."""
        return self.source.text[piece.start : piece.end]
