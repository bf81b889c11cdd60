"""Files to documents: what is not text, or too much of it, is said; the rest goes through a container's reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from symderiv.documents.document import LARGEST, Document
from symderiv.formulas.source import Source
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.span import Span


def document_of(path: Path, read: Callable[[Source], Document]) -> Document | Diagnostic:
    """The document in a file, or why there is none."""
    found = text_of(path)
    return found if isinstance(found, Diagnostic) else read(Source(str(path), found))


def text_of(path: Path) -> str | Diagnostic:
    """The text of a file, or why it cannot be read."""
    name = str(path)
    start = Span(name, 1, 1, 1, 1)
    try:
        data = path.read_bytes()
    except OSError as error:
        return Diagnostic("unreadable-file", start, error.strerror or str(error))
    if len(data) > LARGEST:
        return Diagnostic("too-large", start, f"a document of more than {LARGEST} bytes", "divide it")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        place = Span(name, line, column, line, column)
        return Diagnostic("not-decodable", place, f"byte 0x{data[error.start]:02x} is not UTF-8")
