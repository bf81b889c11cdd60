"""Markdown documents (`.md`): the chains of their displayed formulas."""

from __future__ import annotations

from symderiv.documents.files import reader
from symderiv.documents.markdown_files import read_markdown

READER = reader((".md", ".markdown"), read_markdown)
