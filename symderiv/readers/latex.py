"""LaTeX documents (`.tex`): the chains of their displayed formulas."""

from __future__ import annotations

from symderiv.documents.files import reader
from symderiv.documents.latex_files import read_latex

READER = reader((".tex",), read_latex)
