"""Markdown documents (`.md`): the chains of their displayed formulas."""

from __future__ import annotations

from pathlib import Path

from symderiv.model.page import Page, Reader

SUFFIXES = (".md", ".markdown")


def read(path: Path) -> Page:
    """The page of a document.  What reads it is imported when there is one: scripts do without."""
    from symderiv.documents.markdown_files import read_markdown
    from symderiv.readers.documents import read_document

    return read_document(path, read_markdown)


READER = Reader(SUFFIXES, read)
