"""LaTeX documents (`.tex`): the chains of their displayed formulas."""

from __future__ import annotations

from pathlib import Path

from symderiv.model.page import Page, Reader

SUFFIXES = (".tex",)


def read(path: Path) -> Page:
    """The page of a document.  What reads it is imported when there is one: scripts do without."""
    from symderiv.documents.latex_files import read_latex
    from symderiv.readers.documents import read_document

    return read_document(path, read_latex)


READER = Reader(SUFFIXES, read)
