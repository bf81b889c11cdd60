r"""Names that get new values, `w \leftarrow w - \eta g`: what they were before says nothing of them behind it."""

from __future__ import annotations

from collections.abc import Sequence

from symderiv.documents.asides import SENTENCE_END
from symderiv.documents.displays import UPDATES, Display
from symderiv.formulas import tree as t


def updated_names(text: str, displays: Sequence[Display], last: Display) -> frozenset[str]:
    """The names that are updated up to a display, and of which no later sentence says what they are."""
    upto = [display for display in displays if display.number <= last.number]
    rows = [row for d in upto for row in (*d.inline, *d.conditions, *d.limited)]
    rows += [row for d in upto for row in d.rows if d is not last or row.sign == UPDATES]
    updated: dict[str, int] = {}
    for row in sorted(rows, key=lambda row: row.place[0]):
        name = row.left.text if isinstance(row.left, t.Name) else ""
        if row.sign == UPDATES and name:
            updated[name] = row.place[1]
        elif row.sign == "=" and name in updated and SENTENCE_END.search(text, updated[name], row.place[0]):
            del updated[name]
    return frozenset(updated)
