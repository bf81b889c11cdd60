"""What all documents have in common: chains of relations, loop programs and procedures, in one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from symderiv.documents.document import Document
from symderiv.formulas.source import Source
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.page import Page
from symderiv.readers.loop_displays import programs_of
from symderiv.readers.procedure_blocks import procedures_of


def read_document(path: Path, read: Callable[[Source], Document]) -> Page:
    """The page of a document, with the reader of its container.

    What reads prose and formulas is imported when there is a document: scripts do without.
    """
    from symderiv.documents.files import document_of
    from symderiv.documents.page import page_of

    document = document_of(path, read)
    if isinstance(document, Diagnostic):
        return Page(str(path), (), (document,))
    page = page_of(document)
    programs, findings = programs_of(document)
    procedures, others = procedures_of(document.source)
    return replace(page, programs=programs, procedures=procedures, diagnostics=(*page.diagnostics, *findings, *others))
