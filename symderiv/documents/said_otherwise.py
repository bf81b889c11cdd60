r"""Functions that prose says in passing to be something else: `for the second loss we have $f(x) = x^3$`.

Whether such words begin something new or speak of one case of several is not read: what the function was before is not
known behind them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from symderiv.documents.displays import Display, Row
from symderiv.documents.said_in_passing import LIMITS, before_in_sentence, is_under_a_condition
from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Source

_ANOTHER = re.compile(
    r"\b(?:second|third|fourth|last|(?:an)?other|alternative\w*|instead|different|new|now|next(?=,)|again)\b",
    re.IGNORECASE,
)


class SaidOtherwise:
    """Where prose says in passing that a function is something else."""

    def __init__(self, source: Source, displays: Sequence[Display]) -> None:
        rows = (row for display in displays for row in display.limited)
        self._found = [
            (row.place[0], printed(row.left), printed(row.right))
            for row in rows
            if row.sign == "=" and isinstance(row.left, t.Applied) and row.right is not None
            if _is_of_another(source, row)
        ]

    def end(self, row: Row) -> int | None:
        """The place in the text from which it is not known whether a function is what a relation says it is."""
        if not self._found or row.sign != "=" or row.right is None or not isinstance(row.left, t.Applied):
            return None
        left, right = printed(row.left), printed(row.right)
        ends = (at for at, head, body in self._found if at > row.place[0] and head == left and body != right)
        return min(ends, default=None)


def _is_of_another(source: Source, row: Row) -> bool:
    if is_under_a_condition(source.text, row):
        return False
    words = before_in_sentence(source.text, row)
    return (LIMITS.search(words) or _ANOTHER.search(words)) is not None
