r"""Whether a bare `I` is the identity matrix, as it is by convention where a text says nothing else of it.

A text says something else where it defines the name, declares it, or speaks of it without the word: `the Fisher
information matrix $I$`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from symderiv.documents.displays import Display, Row
from symderiv.formulas import tree as t

_WRITTEN = ("I", r"\mathbf{I}", r"\mathrm{I}", r"\boldsymbol{I}", r"\bm{I}", r"\mathsf{I}", r"\mathbb{I}")
_MENTIONED = re.compile(
    r"\$\s*(?:\\(?:mathbf|mathrm|boldsymbol|bm|mathsf|mathbb)\s*\{?\s*)?I\s*\}?\s*(?:\$|\\in\b|=|:|,)"
)
_SENTENCE = re.compile(r"(?<=[.!?])\s|\n\s*\n")


def identities(displays: Sequence[Display], rows: Iterable[Row], declared: Iterable[str]) -> frozenset[str]:
    """The ways of writing `I` that stand for the identity matrix where they stand among matrices."""
    own = {row.left.text for row in rows if isinstance(row.left, t.Name) and row.sign in ("=", ":=", r"\sim", r"\in")}
    taken = own | set(declared)
    prose = (text for display in displays for text in (display.before, display.after))
    if any(_MENTIONED.search(part) and "identity" not in part for text in prose for part in _SENTENCE.split(text)):
        return frozenset()
    return frozenset(name for name in _WRITTEN if name not in taken)
