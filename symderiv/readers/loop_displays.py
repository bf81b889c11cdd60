"""The loop programs in a document: the loops of a section, those for gradients being its backward part."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symderiv.documents.document import Document, Piece
from symderiv.documents.loop_displays import holds_loops
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.program import Program
from symderiv.readers.loop_rows import Row, program_of_rows

_BREAK = re.compile(r"\\\\(?:\s*\[[^\]]*\])?")
_GRADIENT = re.compile(r"\.\s*(?:\\grad\b|\\mathrm\{grad\}|grad\b)")
_ASSIGNS = re.compile(r"\\pluseq|\\minuseq|[+-]\s*(?:\\!)?\s*=")


def programs_of(document: Document) -> tuple[tuple[Program, ...], tuple[Diagnostic, ...]]:
    """The programs of a document, a section each, and what is wrong with them."""
    programs: list[Program] = []
    findings: list[Diagnostic] = []
    for rows in _sections(document):
        backward = [row for row in rows if _GRADIENT.search(_ASSIGNS.split(row.text, maxsplit=1)[0])]
        forward = [row for row in rows if row not in backward]
        program, found = program_of_rows(forward, backward)
        findings += found
        if program is not None and not found:
            programs.append(program)
    return tuple(programs), tuple(findings)


def _sections(document: Document) -> Iterator[list[Row]]:
    rows: list[Row] = []
    for piece in document.pieces:
        if piece.kind == "heading" and rows:
            yield rows
            rows = []
        if piece.kind == "display" and holds_loops(document.text(piece)):
            rows += _rows(document, piece)
    if rows:
        yield rows


def _rows(document: Document, piece: Piece) -> Iterator[Row]:
    text, start = document.source.text, piece.start
    ends = [*_BREAK.finditer(text, piece.start, piece.end), None]
    for end in ends:
        stop = piece.end if end is None else end.start()
        row = text[start:stop]
        if row.strip():
            begin = start + len(row) - len(row.lstrip())
            span = document.source.span(begin, stop)
            yield Row(row.strip(), document.source.path, span.line, span.column)
        start = stop if end is None else end.end()
