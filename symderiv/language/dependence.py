r"""What a name depends on by the way it is written: `a_{b_i}` and the range `\{1,\ldots,i\}` depend on i.

Where i is bound around such a name, the name would be taken for something that does not change with i.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORDS = re.compile(r"\\(?:mathrm|text|operatorname|mathsf|mathtt)\s*\{[^{}]*\}")
_PLACES = re.compile(r"\{\d+\}")
_PARTS = re.compile(r"(?:\\[A-Za-z]+|[A-Za-z])'*")


def parts_of(name: str) -> frozenset[str]:
    """The letters and commands in a name that is written in LaTeX; any other name is one part."""
    if not set(name) & set("\\_^{"):
        return frozenset((name,))
    return frozenset(_PARTS.findall(_PLACES.sub(" ", _WORDS.sub(" ", name))))


def hidden(name: str, bound: Iterable[str]) -> str | None:
    """A bound variable that stands in a name as a part of it."""
    return next((variable for variable in bound if variable != name and variable in parts_of(name)), None)
