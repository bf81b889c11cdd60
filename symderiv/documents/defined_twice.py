"""A name that is defined twice.

In one list another one was meant: `a_n = a_0 + n y` and below it `a_n = a_0 + n x`.  In a later display it is something
else from there on: `now let $$ f(x) = x^3 $$`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from symderiv.documents.displays import Display, Row, names_of
from symderiv.documents.leading_words import last_words
from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed

_DEFINES = re.compile(r"\b(?:defin\w+|denot\w+|let|where|with|(?:is|are) (?:given|called|set))\b", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(?:systems?|equations?|curves?|lines?|graphs?|intersect\w*|solv\w+|solutions?|roots?|either|or|cases?|updat\w+"
    r"|iterat\w+|repeat\w*|steps?|algorithms?|assign\w*|alternativ\w+|ways?|forms?|equal\w*|agree\w*|both)\b",
    re.IGNORECASE,
)
"""Words of texts in which a name has several values in turn, or two equations hold together."""

DEFINED_TWICE = "the same list says above it that the name is something else"


def defined_before(display: Display, row: Row) -> Row | None:
    """The row above in the same list that says with other names what the name on the left is."""
    words = last_words(display)
    if not _is_definition(row) or not _DEFINES.search(words) or _SEVERAL.search(words):
        return None
    above = display.rows[: next(n for n, other in enumerate(display.rows) if other is row)]
    above = [other for other in above if other.line < row.line and not display.conditions_beside(other)]
    listed = [other for other in above if _is_definition(other)]
    same = (other for other in listed if _left(other) == _left(row) and names_of(other.right) != names_of(row.right))
    return None if display.conditions_beside(row) else next(same, None)


def redefined(rows: Sequence[tuple[Display, Row]]) -> dict[int, frozenset[int]]:
    """The places, in the order of rows, at which each of several definitions of one thing holds, by the row."""
    found: dict[str, list[int]] = {}
    for place, (display, row) in enumerate(rows):
        if row is display.rows[0] and row.sign == "=" and _is_defined_anew(display):
            found.setdefault(_left(row), []).append(place)
    holds: dict[int, frozenset[int]] = {}
    for places in found.values():
        rights = {printed(right) for place in places if (right := rows[place][1].right) is not None}
        for place, end in zip(places, [*places[1:], len(rows)], strict=True) if len(rights) > 1 else ():
            start = 0 if place == places[0] else place
            holds[id(rows[place][1])] = frozenset(range(start, end))
    return holds


def _is_defined_anew(display: Display) -> bool:
    words = last_words(display)
    return _LETS.search(words) is not None and not _SEVERAL.search(words) and not display.is_condition


_LETS = re.compile(r"\b(?:(?:re-?)?defin(?:e|es|ed|ing)|let|set|denote|put)\b", re.IGNORECASE)
_IN_TURN = re.compile(
    r"\b(?:systems?|curves?|lines?|graphs?|intersect\w*|solutions?|roots?|either|cases?|updat\w+|iterat\w+|repeat\w*"
    r"|algorithms?|assign\w*|alternativ\w+)\b",
    re.IGNORECASE,
)


def has_several_values(display: Display, row: Row) -> bool:
    """True of a name that stands on the left again where the words speak of roots, curves or updates."""
    again = row.kind == "restarted" and isinstance(row.left, t.Name)
    return again and _IN_TURN.search(last_words(display)) is not None


def _is_definition(row: Row) -> bool:
    """True of `x = ...` whose right side does not speak of x again."""
    parts = [] if row.right is None else t.walk(row.right)
    if any(isinstance(part, t.Listing | t.Array) for part in parts):
        return False
    is_new = row.kind in ("first", "sided", "restarted") and row.sign == "=" and isinstance(row.left, t.Name)
    return is_new and names_of(row.left).isdisjoint(names_of(row.right))


def _left(row: Row) -> str:
    return "" if row.left is None else printed(row.left)
