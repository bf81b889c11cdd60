"""What the text before a theorem has introduced, under the same heading, for the theorem and its proof.

A theorem stands for itself otherwise: what it supposes holds for nothing before it, nor for other theorems.  A name of
which its own words speak may be another one there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from symderiv.documents.displays import Display, Row
from symderiv.documents.leading_words import last_words
from symderiv.documents.names_in_use import letters_of
from symderiv.documents.role import Role
from symderiv.formulas import tree as t

_SUPPOSES = re.compile(r"\b(?:suppos\w+|assum\w+|if|when|first|example|case)\b", re.IGNORECASE)
"""Words before what may hold for a while alone."""
_FORMULA = re.compile(r"\$([^$]+)\$")


def inherit(groups: Sequence[Sequence[Display]], roles: Mapping[int, Role]) -> None:
    """Adds to what the prose of theorems says the definitions of the text before the first of them."""
    bases = {group[0].section: group for group in groups if group[0].section == group[0].base}
    own = {number: [*_introduced(group, roles)] for number, group in bases.items()}
    for group in groups:
        first = group[0]
        if first.section != first.base and first.base in own:
            prose = " ".join(text for display in group for text in (display.before, display.after))
            spoken_of = frozenset[str]().union(*map(letters_of, _FORMULA.findall(prose)))
            shown = {head for display in group for row in display.rows if (head := _head(row)) is not None}
            kept = [row for row in own[first.base] if (head := _head(row)) and not letters_of(head) & spoken_of]
            first.inline[:0] = [row for row in kept if _head(row) not in shown]


def _introduced(group: Sequence[Display], roles: Mapping[int, Role]) -> list[Row]:
    """The definitions that displays and the prose around them give for good."""
    said = [row for display in group for row in display.inline if not row.supposed and not row.onwards]
    shown = [(display, row, roles[id(row)]) for display in group if not display.local for row in display.rows]
    given = [row for display, row, role in shown if role.kind == "given" and not _SUPPOSES.search(last_words(display))]
    heads = [_head(row) for row in (*said, *given)]
    return [row for row in (*said, *given) if row.sign == "=" and heads.count(_head(row)) == 1]


def _head(row: Row) -> str | None:
    """The name that an equation is for."""
    match row.left:
        case t.Name(text=text):
            return text
        case t.Applied(head=head):
            return head.text
    return None
