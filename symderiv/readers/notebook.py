"""Notebooks (`.ipynb`): the chains of the displayed formulas in their Markdown cells."""

from __future__ import annotations

from pathlib import Path

from symderiv.model.page import Page, Reader

SUFFIXES = (".ipynb",)


def read(path: Path) -> Page:
    """The page of a notebook.  What reads it is imported when there is one: scripts do without."""
    from symderiv.documents.notebook_files import read_notebook
    from symderiv.readers.documents import read_document

    return read_document(path, read_notebook)


READER = Reader(SUFFIXES, read)
