"""What a misuse of the language raises: a diagnostic at the line of the user's own code."""

from __future__ import annotations

import linecache
import sys
from itertools import islice
from pathlib import Path
from types import FrameType

from symderiv.model.diagnostic import Diagnostic, SymderivError
from symderiv.model.span import Span

_PACKAGE = str(Path(__file__).resolve().parent.parent)


class LanguageError(SymderivError):
    """An expression or script that symderiv cannot give a meaning to."""

    code = "misuse"

    def __init__(self, message: str, hint: str = "", span: Span | None = None) -> None:
        super().__init__(Diagnostic(self.code, span or caller_span(), message, hint))


class CaptureError(LanguageError):
    """A substitution would bring a free variable under a binder of the same name."""

    code = "captured-variable"


class NameConflictError(LanguageError):
    """One name stands for two things."""

    code = "name-conflict"


class NotEncodableError(LanguageError):
    """An expression that is not of the language."""

    code = "not-encodable"


def caller_span() -> Span:
    """The place of the innermost call that stands outside of this package (and of SymPy, which calls back into it)."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and _is_internal(frame):
        frame = frame.f_back
    return Span("<unknown>", 1, 1, 1, 1) if frame is None else _span_of(frame)


def _is_internal(frame: FrameType) -> bool:
    name = frame.f_globals.get("__name__", "")
    return frame.f_code.co_filename.startswith(_PACKAGE) or name.split(".")[0] == "sympy"


def _span_of(frame: FrameType) -> Span:
    path, code = frame.f_code.co_filename, frame.f_code
    line, end_line, start, end = next(islice(code.co_positions(), frame.f_lasti // 2, None), (None, None, None, None))
    line = line or frame.f_lineno
    end_line = end_line or line
    return Span(path, line, _column(path, line, start), end_line, _column(path, end_line, end))


def _column(path: str, line: int, offset: int | None) -> int:
    """Columns count characters from 1; Python's count the bytes of UTF-8 from 0."""
    text = linecache.getline(path, line).encode()
    return len(text[: offset or 0].decode("utf-8", "replace")) + 1 if text else (offset or 0) + 1
