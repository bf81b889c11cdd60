r"""Displayed formulas to chains of relations.

Rows are of four kinds: one that begins with a relation continues the chain; one that repeats the left side restarts it;
one with two new sides is an equation of its own; one that begins with an operator goes on with the term before it.
Commas, words and arrows divide a row; what stands over a relation is its justification.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from symderiv.formulas.grammar import DOTS, OTHER_RELATIONS, RELATIONS
from symderiv.formulas.names import starts_name
from symderiv.formulas.tokens import Token, unaligned

SIGNS = {sign: sign for sign in OTHER_RELATIONS - {":"}} | RELATIONS | {
    r"\triangleq": ":=", r"\coloneqq": ":=", r"\doteq": ":=", r"\simeq": r"\approx", r"\cong": r"\approx",
    r"\ll": r"\ll", r"\gg": r"\gg", r"\perp": r"\perp", r"\mapsto": r"\mapsto", r"\longrightarrow": r"\to",
    r"\leftarrow": r"\leftarrow", r"\gets": r"\leftarrow", r"\longleftarrow": r"\leftarrow",
    r"\succ": r"\succ", r"\prec": r"\prec", r"\supset": r"\supset", r"\ni": r"\ni",
}  # fmt: skip
"""Signs between the sides of a relation, as they are kept."""
ARROWS = {
    r"\Rightarrow": "implies", r"\implies": "implies", r"\Longrightarrow": "implies", r"\Leftrightarrow": "equivalent",
    r"\iff": "equivalent", r"\Longleftrightarrow": "equivalent", r"\Leftarrow": "if", r"\therefore": "implies",
}  # fmt: skip
_OVER = (r"\overset", r"\stackrel", r"\underset")
_OUTER = frozenset({"split", "aligned", "alignedat", "gathered", "align", "array", "eqnarray", "gather", "equation"})
_COLUMNS = frozenset({"array", "alignedat"})
_OPERATORS = frozenset({"+", "-", r"\cdot", r"\times", "/", r"\cup", r"\cap", r"\pm"})
BOUNDS = frozenset({"<", ">", "<=", ">=", "!="})
_NAME = re.compile(r"\\?[A-Za-z]+(?:\{\\?[A-Za-z]+\})?'*(?:[_^](?:\{[^{}]*\}|\\?[A-Za-z]+|\d))*")
_OPENING = frozenset({"(", "[", r"\{", "{", r"\left|", r"\left\|", r"\left.", r"\langle"})
_CLOSING = frozenset({")", "]", r"\}", "}", r"\right|", r"\right\|", r"\right.", r"\rangle"})


@dataclass(frozen=True)
class Sign:
    """A relation with the tokens that stand over it."""

    text: str
    start: int
    end: int
    over: tuple[Token, ...] = ()


@dataclass(frozen=True)
class Clause:
    """Sides with signs between them.

    The first side is empty where the clause continues the one before it.  `lead` is `implies`, `equivalent` or `if`
    where an arrow stands before it, else the words that do; `label` is a name and colon before it.
    """

    sides: tuple[tuple[Token, ...], ...]
    signs: tuple[Sign, ...]
    lead: str = ""
    label: str = ""
    number: int = 0
    """The row of the display, from 0."""

    @property
    def continues(self) -> bool:
        """True where the left side is the last one before."""
        return not self.sides[0]


def clauses(tokens: Iterable[Token]) -> list[Clause]:
    """The clauses of a display in order; those without a relation are left out."""
    found: list[Clause] = []
    for number, row in enumerate(_whole_rows(_rows(_unwrapped(list(tokens))))):
        listed: list[tuple[str, tuple[Token, ...]]] = []
        for lead, segment in _segments(row):
            clause = _clause(segment, lead, number)
            if clause.signs:
                found += _bounded_together(found, listed, clause)
            listed = [(lead, name) for name in _names_listed(segment)] if not clause.signs else []
    return found


def _names_listed(segment: Sequence[Token]) -> Iterator[tuple[Token, ...]]:
    """The names of which a list is made up; none where something else stands in it."""
    commas = [n for n, token, _ in _at_top(segment) if token.text == ","]
    parts = [tuple(segment[begin + 1 : end]) for begin, end in zip((-1, *commas), (*commas, len(segment)), strict=True)]
    yield from parts if all(map(_is_name, parts)) else ()


def _is_name(side: Sequence[Token]) -> bool:
    return _NAME.fullmatch("".join(token.text for token in side)) is not None


def _bounded_together(
    found: list[Clause], listed: Sequence[tuple[str, tuple[Token, ...]]], clause: Clause
) -> Iterator[Clause]:
    """What `a, b > 0` says of each name, and `0 < a, b, c < 1`."""
    first, *others = clause.sides
    if clause.lead == "," and _is_name(first) and all(sign.text in BOUNDS for sign in clause.signs):
        before = found[-1] if found else None
        if before is not None and before.number == clause.number and _begin_and_end(before, clause):
            begun, *names = (before.sides[-1], *(name for _, name in listed), first)
            yield replace(before, sides=(begun, *others), signs=clause.signs, lead=",")
            for name in names:
                yield replace(clause, sides=(name, *others))
                yield replace(before, sides=(*before.sides[:-1], name), lead=",")
            return
        for lead, name in listed:
            yield replace(clause, sides=(name, *others), lead=lead)
    yield clause


def _begin_and_end(before: Clause, clause: Clause) -> bool:
    """True of `0 < a` and `b < 1`, one behind the other."""
    alike = len(before.signs) == len(clause.signs) == 1 and all(
        c.signs[0].text in ("<", "<=") for c in (before, clause)
    )
    ends = (before.sides[0], clause.sides[-1])
    return alike and _is_name(before.sides[-1]) and all(len(end) == 1 and end[0].kind == "number" for end in ends)


def _unwrapped(tokens: list[Token]) -> list[Token]:
    """Without the environments that only align, and without what says how their columns stand."""
    depth = 0
    columns = 0
    kept: list[Token] = []
    inside: list[bool] = []
    for position, token in enumerate(tokens):
        if position < columns:
            continue
        if token.kind == "begin":
            aligns = token.text.rstrip("*") in _OUTER and depth == sum(inside) and not _is_bracketed(kept)
            if token.text == "array" and aligns:
                aligns = _holds_relations(tokens, position)
            inside.append(aligns)
            depth += 1
            if not aligns:
                kept.append(token)
            elif token.text.rstrip("*") in _COLUMNS:
                columns = _group_end(tokens, position + 1)
        elif token.kind == "close" and inside:
            depth -= 1
            if not inside.pop():
                kept.append(token)
        else:
            kept.append(token)
    return kept


def _group_end(tokens: Sequence[Token], position: int) -> int:
    """Where the tokens go on behind a group in braces, if one begins at a position."""
    if position == len(tokens) or tokens[position].text != "{":
        return position
    depth = 0
    for after in range(position, len(tokens)):
        depth += (tokens[after].text == "{") - (tokens[after].text == "}")
        if depth == 0:
            return after + 1
    return len(tokens)


def _is_bracketed(before: Sequence[Token]) -> bool:
    """True where an environment stands inside brackets: it is a part of a formula."""
    depth = sum((t.text in _OPENING) - (t.text in _CLOSING) for t in before)
    return depth > 0


def _holds_relations(tokens: Sequence[Token], position: int) -> bool:
    depth = 0
    for token in tokens[position:]:
        depth += (token.kind == "begin") - (token.kind == "close")
        if depth == 0:
            return False
        if depth == 1 and token.text in RELATIONS:
            return True
    return False


def _rows(tokens: Sequence[Token]) -> list[list[Token]]:
    """Rows, divided where nothing is open that cannot go over a line."""
    rows: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        if token.kind in ("begin", "close"):
            depth += 1 if token.kind == "begin" else -1
        elif token.text in ("{", "}") and token.kind == "sign":
            depth += 1 if token.text == "{" else -1
        if token.kind == "break" and depth <= 0:
            rows.append([])
        else:
            rows[-1].append(token)
    return [row for row in rows if any(token.kind != "align" for token in row)]


def _whole_rows(rows: Sequence[list[Token]]) -> Iterator[list[Token]]:
    """Rows with those that continue a long term joined to it, and without marks of alignment."""
    pending: list[Token] = []
    for row in rows:
        plain = unaligned(row)
        aligned = row[0].kind == "align"
        begins = plain[0].text in _OPERATORS and (aligned or not _has_sign(plain))
        ends = bool(pending) and (pending[-1].text in _OPERATORS or _is_sign(pending, len(pending) - 1))
        opened = _open_brackets(pending) > 0
        lone = bool(pending) and not _has_sign(pending) and _first_is_sign(plain)
        if pending and (begins or ends or opened or lone):
            pending += plain
            continue
        if pending:
            yield pending
        pending = plain
    if pending:
        yield pending


def _open_brackets(tokens: Sequence[Token]) -> int:
    return sum((t.text in _OPENING) - (t.text in _CLOSING) for t in tokens if t.kind != "prose")


def _is_sign(tokens: Sequence[Token], position: int) -> bool:
    token = tokens[position]
    return token.kind in ("sign", "command") and token.text in SIGNS


def _first_is_sign(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and (_is_sign(tokens, 0) or tokens[0].text in _OVER)


def _has_sign(tokens: Sequence[Token]) -> bool:
    return any(signed for _, _, signed in _at_top(tokens))


def _at_top(tokens: Sequence[Token]) -> Iterator[tuple[int, Token, bool]]:
    """The tokens outside of all brackets with their positions, and whether each is a sign of a relation."""
    depth = 0
    for position, token in enumerate(tokens):
        if token.kind in ("begin", "close"):
            depth += 1 if token.kind == "begin" else -1
        elif token.kind != "prose" and token.text in _OPENING:
            depth += 1
        elif token.kind != "prose" and token.text in _CLOSING:
            depth = max(depth - 1, 0)
        elif depth == 0:
            yield position, token, _is_sign(tokens, position) or token.text in _OVER


def _segments(row: Sequence[Token]) -> Iterator[tuple[str, list[Token]]]:
    """The parts of a row between arrows, words and commas, each with what leads to it."""
    cuts: list[tuple[int, int, str]] = []
    for position, token, _ in _at_top(row):
        is_mark = position > 0 and row[position - 1].text in ("_", "^")
        if token.kind == "prose" and not is_mark and not (starts_name(token) and not _is_remark(row, position)):
            cuts.append((position, position + 1, token.text.strip()))
        elif token.kind == "command" and token.text in ARROWS:
            cuts.append((position, position + 1, ARROWS[token.text]))
        elif token.kind == "sign" and token.text in (",", ";"):
            cuts.append((position, position + 1, ","))
        elif token.spaced and position and not _is_sign(row, position) and token.text not in _OPERATORS:
            cuts.append((position, position, "space"))
    parts: list[tuple[str, list[Token]]] = []
    start, lead = 0, ""
    for begin, end, word in (*cuts, (len(row), len(row), "")):
        part = list(row[start:begin])
        # A bracket stands within itself: the space before it is seen here.
        parts.append(("space" if lead == "," and part and part[0].text in _OPENING and part[0].spaced else lead, part))
        start, lead = end, word
    yield from _merged(parts)


def _is_remark(row: Sequence[Token], position: int) -> bool:
    """True of words that stand apart by wide space on both sides."""
    after = row[position + 1] if position + 1 < len(row) else None
    return row[position].spaced and (after is None or after.spaced)


def _merged(parts: Sequence[tuple[str, list[Token]]]) -> Iterator[tuple[str, list[Token]]]:
    """A list goes on over its commas; words that lead to nothing lead to what follows."""
    found: list[tuple[str, list[Token]]] = []
    ended = False
    for word, part in parts:
        previous = found[-1][1] if found else []
        # In `x > 0, \quad a, b > 0` a is no factor of 0.
        lead = "," if ended and word == "space" and part and not _has_sign(part) else word
        ended = word == "," and not part
        if not part:
            if lead and lead not in (",", "space") and found and not previous:
                found[-1] = (lead, [])
            elif not found or (lead not in (",", "space") and previous):
                found.append((lead, []))
            continue
        listed = lead == "," and previous and _lists(previous, part)
        apart = lead == "space" and previous and not (_has_sign(part) and _has_sign(previous))
        if listed or apart:
            comma = [_comma(previous)] if listed else []
            found[-1] = (found[-1][0], [*previous, *comma, *part])
        elif found and not previous:
            found[-1] = (found[-1][0] or lead, part)
        else:
            found.append((lead, part))
    yield from (item for item in found if item[1])


def _lists(previous: Sequence[Token], part: Sequence[Token]) -> bool:
    return part[0].text in DOTS or previous[-1].text in DOTS or (not _has_sign(part) and not _has_sign(previous))


def _comma(before: Sequence[Token]) -> Token:
    return Token("sign", ",", before[-1].end, before[-1].end)


def _clause(tokens: Sequence[Token], lead: str, number: int) -> Clause:
    """Sides and signs; a name and colon before them is a label."""
    label, tokens = _label(tokens)
    sides: list[tuple[Token, ...]] = []
    signs: list[Sign] = []
    start = 0
    negated = False
    for position, token, signed in list(_at_top(tokens)):
        if position < start or not signed:
            negated = token.text == r"\not"
            continue
        found = _over(tokens, position) if token.text in _OVER else (position + 1, SIGNS[token.text], ())
        if found is None:
            continue
        end, sign, over = found
        begin = position - 1 if negated else position
        sides.append(tuple(tokens[start:begin]))
        text = {"=": "!=", r"\in": r"\notin"}.get(sign, rf"\not{sign}") if negated else sign
        signs.append(Sign(text, tokens[begin].start, tokens[end - 1].end, over))
        start, negated = end, False
    sides.append(tuple(tokens[start:]))
    return Clause(tuple(sides), tuple(signs), lead, label, number)


def _label(tokens: Sequence[Token]) -> tuple[str, Sequence[Token]]:
    for position, token, signed in _at_top(tokens):
        if signed or position > 14:
            break
        if token.text == ":" and position:
            return "".join(t.text for t in tokens[:position]), tokens[position + 1 :]
    return "", tokens


def _over(tokens: Sequence[Token], position: int) -> tuple[int, str, tuple[Token, ...]] | None:
    r"""`\overset{reason}{=}`: where it ends, its sign, and the reason."""
    first = _group(tokens, position + 1)
    second = None if first is None else _group(tokens, first[1])
    if first is None or second is None:
        return None
    inner = [token.text for token in tokens[second[0] : second[1]] if token.text not in ("{", "}")]
    if len(inner) != 1 or inner[0] not in SIGNS:
        return None
    reason = tuple(t for t in tokens[first[0] : first[1]] if t.text not in ("{", "}"))
    return second[1], SIGNS[inner[0]], reason


def _group(tokens: Sequence[Token], position: int) -> tuple[int, int] | None:
    """A group in braces, or one token."""
    if position >= len(tokens):
        return None
    if tokens[position].text != "{":
        return position, position + 1
    depth = 0
    for end in range(position, len(tokens)):
        depth += (tokens[end].text == "{") - (tokens[end].text == "}")
        if depth == 0:
            return position, end + 1
    return None
