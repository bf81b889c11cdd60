r"""Functions that prose defines a second time: `now let $f(x) = x^3$`, of which nothing holds before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from symderiv.documents.asides import SENTENCE_END
from symderiv.documents.displays import Display, Row
from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Source

_SAME_SENTENCE = re.compile(r"[\s,;]*[a-z]")
"""The beginning of prose that belongs to the display before it: `where $f(x) = x$`."""


def tell_functions_said_anew(source: Source, displays: Sequence[Display]) -> None:
    """Has what prose says a function to be hold from where it is said, if the function was another one before."""
    first: dict[str, int] = {}
    for row in (r for d in displays for r in (*d.rows, *d.inline, *d.conditions, *d.limited)):
        if (name := _defined(row)) and row.kind != "continued":
            first[name] = min(row.place[0], first.get(name, row.place[0]))
    _leave_out_contrasts(source, displays)
    for display in displays:
        for number, row in enumerate(display.inline):
            between = source.text[display.piece.end : row.place[0]]
            own = _SAME_SENTENCE.match(between) is not None and SENTENCE_END.search(between) is None
            if first.get(_defined(row), row.place[0]) < row.place[0] and not own:
                display.inline[number] = replace(row, onwards=True, anew=True)


def _leave_out_contrasts(source: Source, displays: Sequence[Display]) -> None:
    """Has nothing hold of a function that one sentence says to be two things: `$f(x) = x^2$ against $f(x) = x^3$`."""
    for display in displays:
        rows = (row for row in (*display.inline, *display.limited) if _defined(row))
        said = [(row, printed(row.left), printed(row.right)) for row in rows if row.left and row.right]
        contrasts = {
            id(row)
            for (one, left, body), (other, again, another) in combinations(said, 2)
            if left == again and body != another
            if SENTENCE_END.search(source.text, *sorted((one.place[0], other.place[0]))) is None
            for row in (one, other)
        }
        display.limited += [row for row in display.inline if id(row) in contrasts]
        display.inline = [row for row in display.inline if id(row) not in contrasts]


def _defined(row: Row) -> str:
    """The name of the function that an equation says what it is at names; empty where it is none."""
    left = row.left
    if row.sign != "=" or not isinstance(left, t.Applied):
        return ""
    return left.head.text if all(isinstance(part, t.Name) for part in (*left.before, *left.after)) else ""
