"""The rows of a display, from its tokens: the sides of each relation read as trees, and what goes on from what."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, replace

from symderiv.documents.displays import Display, Row
from symderiv.documents.document import Document
from symderiv.documents.rows import Clause, Sign, clauses
from symderiv.formulas import tree as t
from symderiv.formulas.grammar import read_expression
from symderiv.formulas.grids import with_diagonals
from symderiv.formulas.series import with_series
from symderiv.formulas.source import Unread
from symderiv.formulas.tokens import Token, closed, tokenize
from symderiv.formulas.whole_sums import with_whole_sums

_FOR_EACH = re.compile(
    r"\b(?:for|every|each|all|any|fixed|given)\s+(?:\w+\s+){0,2}\$(?P<name>[^$,=\\]{1,9})\$", re.IGNORECASE
)
_REFERENCE = re.compile(r"\\(?:eq|auto|c|C)?ref\s*\{(?P<name>[^{}]*)\}|\((?P<number>\d+)\)|:eqref:`(?P<role>[^`]*)`")
_ASIDE = re.compile(r"\W*(?:where|with|if|for|when|since|because|as|given)\W*", re.IGNORECASE)
"""Words in a row between a relation and what is said beside it."""


def references(text: str) -> tuple[str, ...]:
    """The labels that a text refers to."""
    return tuple(
        (match["name"] or match["number"] or match["role"] or "").strip() for match in _REFERENCE.finditer(text)
    )


def read_rows(document: Document, display: Display, before: Side | None = None) -> None:
    """Reads the rows of a display; one that begins with a relation goes on from what stands `before` it."""
    try:
        tokens = tokenize(document.source, display.piece.start, display.piece.end, document.macros)
    except Unread as problem:
        display.problem = problem
        return
    last = before
    first: str | None = None
    found = clauses(tokens)
    # `for every $i$`, and `i = 1, ..., n` beside it: an index of the whole relation.
    outside = {match["name"].strip() for match in _FOR_EACH.finditer(display.before.split("\n\n")[-1])}
    outside |= {clause.sides[0][0].text for clause in found if len(clause.sides[0]) == 1}
    beside: tuple[int, Side | None] | None = None
    row = -1
    for clause in found:
        if _is_aside(clause):
            beside = beside or ((row, last) if clause.number == row else None)
        elif not clause.continues:
            beside = None
        resumed = beside[1] if beside is not None and clause.continues and clause.number > beside[0] else None
        row = clause.number if not _is_aside(clause) else row
        last = resumed or last
        beside = beside if resumed is None else None
        read = [_side(document, side) for side in clause.sides]
        sides = _with_whole_sums(read, last if clause.continues else None, outside)
        kind = _kind(clause, sides[0], first) if resumed is None else "sided"
        if clause.continues:
            left = last
        else:
            left = sides[0]
            first = left.text if kind != "restarted" else first
        for number, sign in enumerate(clause.signs):
            right = sides[number + 1]
            display.rows.append(
                _row(document, display, clause, sign, left, right, kind if number == 0 else "continued")
            )
            left = right
        last = left


def _is_aside(clause: Clause) -> bool:
    r"""True of `\text{where} \quad q = c a` behind a relation: the next row goes on from that relation."""
    return _ASIDE.fullmatch(clause.lead) is not None and not clause.continues


@dataclass(frozen=True)
class Side:
    """A side as it stands in the source, with its tree or what is wrong with it."""

    text: str
    place: tuple[int, int]
    node: t.Node | None
    problem: Unread | None


def _side(document: Document, tokens: Sequence[Token]) -> Side:
    if not tokens:
        return Side("", (0, 0), None, None)
    place = (tokens[0].start, tokens[-1].end)
    text = "".join(token.text for token in tokens)
    try:
        read = read_expression(document.source, closed(tokens, place[1]))
        return Side(text, place, with_diagonals(with_series(read)), None)
    except Unread as problem:
        return Side(text, place, None, problem)


def expression_of(document: Document, display: Display) -> Side | None:
    """What a display shows that has no relation, where it is a formula."""
    with suppress(Unread):
        tokens = tokenize(document.source, display.piece.start, display.piece.end, document.macros)
        side = _side(document, tokens)
        return side if side.node is not None else None
    return None


def _with_whole_sums(sides: Sequence[Side], before: Side | None, outside: Set[str]) -> list[Side]:
    """The sides of a clause, which may go on from one before it; what is bound `outside` of it is no index of a sum."""
    nodes = [side.node for side in (*sides, *([before] if before is not None else [])) if side.node is not None]
    whole = iter(with_whole_sums(nodes, frozenset(outside)))
    return [side if side.node is None else replace(side, node=next(whole)) for side in sides]


def _kind(clause: Clause, left: Side, first: str | None) -> str:
    if clause.continues:
        return "continued"
    if first is None or clause.lead not in ("", "implies", "equivalent"):
        return "first"
    return "restarted" if left.text == first else "sided"


def _row(
    document: Document, display: Display, clause: Clause, sign: Sign, left: Side | None, right: Side, kind: str
) -> Row:
    start = sign.start if clause.continues or kind == "continued" or left is None else left.place[0]
    end = max(right.place[1], sign.end)
    problem = (left.problem if left is not None else None) or right.problem
    if problem is None and (left is None or left.node is None or right.node is None):
        problem = Unread(document.source.span(sign.start, sign.end), f"{sign.text} lacks a side")
    cites = references(document.source.text[sign.start : sign.end])
    texts = tuple(
        document.source.text[side.place[0] : side.place[1]] if side is not None else "" for side in (left, right)
    )
    return Row(
        display.number, (start, end), kind, sign.text, left.node if left else None, right.node, clause.lead, cites,
        problem, clause.label, (texts[0], texts[1]), line=clause.number,
    )  # fmt: skip
