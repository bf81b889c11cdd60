"""What is wrong at a place: a stable code, a message, and what would help."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.model.span import Span


@dataclass(frozen=True)
class Diagnostic:
    """A finding that is not the verdict of a step.  `code` is kebab-case and has a page in `symderiv explain`."""

    code: str
    span: Span
    message: str
    hint: str = ""


class SymderivError(Exception):
    """Base of every error that a user can cause; it carries its diagnostic."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(f"{diagnostic.span}: {diagnostic.message}")
        self.diagnostic = diagnostic
