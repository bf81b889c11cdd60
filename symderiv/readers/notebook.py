"""Notebooks (`.ipynb`): the chains of the displayed formulas in their Markdown cells."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from symderiv.model.page import Page
from symderiv.readers.document_reader import IMPORTS, DocumentReader

if TYPE_CHECKING:
    from symderiv.documents.document import Document
    from symderiv.formulas.source import Source

SUFFIXES = (".ipynb",)


def container(source: Source) -> Document:
    """The pieces of a notebook.  What reads it is imported when there is one: scripts do without."""
    from symderiv.documents.notebook_files import read_notebook

    return read_notebook(source)


def read(path: Path) -> Page:
    """The page of a notebook."""
    from symderiv.readers.documents import read_document

    return read_document(path, container)


READER = DocumentReader(SUFFIXES, read, IMPORTS, container=container)
