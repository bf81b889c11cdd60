r"""Displays that hold loops: `\mbox{For}\;b,j\quad \mu[j] \pluseq ...`."""

from __future__ import annotations

import re

_HEAD = re.compile(r"\\(?:mbox|text|textrm|mathrm)\s*\{\s*[Ff]or\b|\\For\b")
_ADDS = re.compile(r"\\pluseq|\\minuseq|[+-]\s*(?:\\!)?\s*=")


def holds_loops(text: str) -> bool:
    """True of the LaTeX of a display whose rows are loops."""
    return _HEAD.search(text) is not None and _ADDS.search(text) is not None
