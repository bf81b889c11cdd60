"""Markdown documents (`.md`): the chains of their displayed formulas."""

from __future__ import annotations

from pathlib import Path

from symderiv.model.page import Page, Reader

SUFFIXES = (".md", ".markdown")


def read(path: Path) -> Page:
    """The page of a document.  What reads it is imported when there is one: scripts do without."""
    from symderiv.documents.files import reader
    from symderiv.documents.markdown_files import read_markdown

    return reader(SUFFIXES, read_markdown).read(path)


READER = Reader(SUFFIXES, read)
