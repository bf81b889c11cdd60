"""Equations that a text sets up and solves: what is posed, where a derivative is zero, and what solves it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set

from symderiv.documents.displays import Display, Row, names_of
from symderiv.documents.leading_words import are_conclusive, last_words
from symderiv.documents.optima import SET_TO_ZERO, SEVERAL
from symderiv.documents.role import ARROWS, DEFINITION, EXTREMUM, SOLVED, STATIONARY, Role
from symderiv.formulas import tree as t
from symderiv.formulas.functions import estimated

_EXTREMAL = re.compile(
    r"\b(?:roots?|(?:derivatives?|gradients?|slopes?|differentials?|scores?|partials?)\b[^.]{0,40}\bvanish\w*"
    r"|stationar\w+|first[- ]order|extrem\w+|(?:maxi|mini)m(?:i[sz]\w+|um|al)|optim\w+|solv\w+)\b",
    re.IGNORECASE,
)
"""Words before an equation with 0 that is to be solved."""
_NOT_SO = re.compile(r"\b(?:without|would|not|never|cannot|nobody)\b|n't\b", re.IGNORECASE)
"""Words by which it is not so."""


def being_solved(
    before: tuple[int, frozenset[str]], display: Display, roles: Mapping[int, Role]
) -> tuple[int, frozenset[str]]:
    """The section and the names of an equation that is being solved, as it stands behind a display."""
    own = [roles[id(row)] for row in display.rows]
    begins = any(role.reason == EXTREMUM for role in own) or SET_TO_ZERO.search(last_words(display)) is not None
    goes_on = before[0] == display.section and bool(before[1]) and all(role.kind == "inference" for role in own)
    if not own or not (begins or goes_on):
        return -1, frozenset()
    return display.section, names_of(*(side for row in display.rows for side in (row.left, row.right)))


def is_what_solves(row: Row, display: Display, names: frozenset[str]) -> bool:
    r"""True of `\hat{\theta} = a / b` behind an equation for `\theta` that is being solved, where it follows."""
    plain = estimated(row.left.text) if isinstance(row.left, t.Name) else ""
    follows = row.kind == "first" and row.sign == "="
    follows = follows and (row.lead in ARROWS or are_conclusive(last_words(display)))
    return follows and plain in names and plain not in names_of(row.right)


def as_a_solution(role: Role, solves: bool, is_stationary: bool) -> Role:
    """The role of an equation for a new name that says where an equation holds, or where a derivative is zero."""
    if role == DEFINITION and solves:
        return Role("inference", SOLVED)
    return Role("inference", STATIONARY) if role.kind == "given" and is_stationary else role


def is_stationary(row: Row, display: Display, names: Set[tuple[int, str]]) -> bool:
    r"""True of `w^* = a / b` behind `setting the derivative to zero gives`, where w was spoken of."""
    squared = isinstance(row.left, t.Power) and isinstance(row.left.exponent, t.Numeral)
    name = row.left.base if squared and isinstance(row.left, t.Power) else row.left
    text = name.text if isinstance(name, t.Name) and row.sign == "=" else ""
    is_first = row is display.rows[0] and row.kind == "first"
    return (
        is_first
        and (display.section, estimated(text) or text) in names
        and SET_TO_ZERO.search(last_words(display)) is not None
        and _NOT_SO.search(last_words(display)) is None
    )


def is_to_be_solved(row: Row, display: Display) -> bool:
    """True of the first equation of a display with 0 at a side, where the words before it set something to zero."""
    equations = (other for other in display.rows if other.sign == "=" and (is_zero(other.left) or is_zero(other.right)))
    words = last_words(display)
    if not any(pattern.search(words) for pattern in (SET_TO_ZERO, _EXTREMAL)):
        return False
    if next(equations, None) is row or sets_its_slope_to_zero(row, display):
        return True
    # `setting these derivatives to zero`: one equation with 0 for each of them.
    earlier = [other for other in display.rows[: display.rows.index(row)] if other.kind != "continued"]
    listed = row.kind in ("sided", "restarted") and SEVERAL.search(words) is not None
    return listed and all(map(is_plain_zero, (row, *earlier)))


def sets_its_slope_to_zero(row: Row, display: Display) -> bool:
    r"""True of the last sign of `\frac{\partial L}{\partial b} = -\sum_i a_i = 0`."""
    place = display.rows.index(row)
    begins = next((other for other in reversed(display.rows[: place + 1]) if other.kind != "continued"), row)
    slope = begins.left if isinstance(begins.left, t.Derivative) else None
    is_of_a_name = slope is not None and isinstance(slope.body, t.Name | t.Applied)
    return row.sign == "=" and row.kind == "continued" and is_zero(row.right) and is_of_a_name


def is_plain_zero(row: Row) -> bool:
    """True of an equation with 0 that speaks of no derivative."""
    sides = [side for side in (row.left, row.right) if side is not None]
    slopes = any(isinstance(node, t.Derivative) for side in sides for node in t.walk(side))
    return row.sign == "=" and any(map(is_zero, sides)) and not slopes


def is_solution(row: Row, display: Display) -> bool:
    """True of the first relation of a display where the words before it speak of an extremum, or of a solution."""
    words = last_words(display)
    return display.rows[0] is row and any(pattern.search(words) for pattern in (SET_TO_ZERO, _EXTREMAL))


def is_zero(node: t.Node | None) -> bool:
    """True of the number 0, and of a vector of zeros."""
    return (isinstance(node, t.Numeral) and node.value == 0) or (isinstance(node, t.Name) and node.base == "0")
