"""What stands between delimiters: brackets, bars, angles, fractions, braces and arrays."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from symderiv.formulas.names import Cursor
from symderiv.formulas.source import Unread
from symderiv.formulas.tokens import Token
from symderiv.formulas.tree import (
    ABOVE,
    BELOW,
    INNER,
    Addition,
    Angles,
    Applied,
    Array,
    Bars,
    Between,
    Binomial,
    Division,
    Listing,
    Negation,
    Node,
    Operation,
    Product,
    Prose,
    Sides,
)

if TYPE_CHECKING:
    from symderiv.formulas.grammar import Grammar

FRACTIONS = frozenset({r"\frac", r"\dfrac", r"\tfrac", r"\cfrac", r"\binom", r"\dbinom", r"\tbinom"})
_CLOSING = {"(": ")", "[": "]", r"\{": r"\}"}
_BARS = {
    "|": "|", "||": "||", r"\vert": r"\vert", r"\left|": r"\right|", r"\|": r"\|", r"\left\|": r"\right\|",
    r"\lfloor": r"\rfloor", r"\lceil": r"\rceil",
}  # fmt: skip
_BEFORE_TERMS = frozenset({"+", "(", "[", r"\{", "{", "=", "<", ">", "<=", ">=", r"\le", r"\leq", r"\ge", r"\geq", ","})
_SAME = {r"\mid": "|", r"\vert": "|", r"\middle|": "|"}
_SEPARATORS = (",", ";", "|", r"\mid", r"\vert", r"\middle|", ":")
_SIDES = {("+",): ABOVE, ("{", "+", "}"): ABOVE, ("-",): BELOW, ("{", "-", "}"): BELOW}
_ARRAYS = ("cases", "matrix", "pmatrix", "bmatrix", "vmatrix", "Bmatrix", "array", "smallmatrix", "dcases")


def fenced(grammar: Grammar) -> Node | None:
    """A bracket, bars, angles, a fraction or an underbrace, where one begins."""
    cursor = grammar.cursor
    if cursor.at("(", "[", r"\{"):
        return group(grammar)
    if cursor.at(*FRACTIONS):
        return fraction(grammar)
    if cursor.at(*_BARS):
        return bars(grammar)
    if cursor.at(r"\langle"):
        return angles(grammar)
    if cursor.at(r"\left."):
        return _evaluated(grammar)
    if cursor.at(r"\underbrace", r"\overbrace"):
        return _braced(grammar)
    return None


def group(grammar: Grammar) -> Node:
    """An expression in brackets, or several; limits after a square bracket make it a difference of values."""
    cursor = grammar.cursor
    opening = cursor.take()
    outside, grammar.bars = grammar.bars, opening.text == r"\{"
    integrals, grammar.integrals = grammar.integrals, 0
    items, separators = _listed(grammar, _SEPARATORS if opening.text == r"\{" else (",", ";"))
    closing = _close(grammar, opening, several=len(items) > 1)
    grammar.bars, grammar.integrals = outside, integrals
    inner = items[0]
    if len(items) > 1 or opening.text == r"\{":
        return Listing(opening.start, cursor.end, opening.text, items, closing, separators)
    if opening.text == "[" and cursor.at("_"):
        return limits(grammar, opening.start, inner)
    if opening.text == "(" and cursor.at("_"):
        cursor.take()
        return Operation(opening.start, cursor.end, "_", (inner, limit(grammar)))
    if isinstance(inner, Applied) and cursor.at("^"):
        # `(a (b))^2` raises the product, if it is one, and `a (b)^2` does not.
        return Product(opening.start, cursor.end, (inner,))
    return inner


def joins(cursor: Cursor) -> bool:
    r"""True before the words between two relations that stand for a comma: `P(X = 1 \text{ and } Y = 2)`."""
    return cursor.token.kind == "prose" and cursor.token.text.strip(" ,").lower() == "and"


def _listed(grammar: Grammar, signs: tuple[str, ...]) -> tuple[tuple[Node, ...], tuple[str, ...]]:
    """What stands between signs, and the signs; these are left out where all are commas."""
    cursor = grammar.cursor
    items = [grammar.clause()]
    separators: list[str] = []
    while cursor.at(*signs) or (joins(cursor) and separators and isinstance(items[-1], Sides)):
        token = cursor.take()
        separators.append("," if token.kind == "prose" else _SAME.get(token.text, token.text))
        items.append(grammar.clause())
    return tuple(items), tuple(separators) if set(separators) - {","} else ()


def _close(grammar: Grammar, opening: Token, *, several: bool) -> str:
    """Passes the bracket that closes a group; intervals may be open at one end, and cases close with a dot.

    The bracket is returned where it is not the counterpart of the opening one.
    """
    cursor = grammar.cursor
    closing: tuple[str, ...] = (_CLOSING[opening.text],)
    if several and opening.text in "([":
        closing = (")", "]")
    elif opening.text == r"\{" and opening.stretched:
        closing = (r"\}", r"\right.")
    if not cursor.at(*closing) or cursor.token.stretched is not opening.stretched:
        cursor.expect(_CLOSING[opening.text], opening.stretched)
    closed = cursor.take().text
    return "" if closed in (_CLOSING[opening.text], r"\right.") else closed


def limits(grammar: Grammar, start: int, body: Node) -> Between:
    """The limits after a bracket or a bar."""
    cursor = grammar.cursor
    lower: Node | None = None
    upper: Node | None = None
    while cursor.at("_", "^"):
        if cursor.take().text == "_":
            lower = limit(grammar)
        else:
            upper = limit(grammar)
    if lower is None:
        cursor.fail("a lower limit")
    return Between(start, cursor.end, body, lower, upper)


def limit(grammar: Grammar) -> Node:
    """What stands above or below an operator: one letter or digit, or a group with what is listed in it."""
    cursor = grammar.cursor
    start = cursor.token.start
    if not cursor.at("{"):
        return grammar.argument()
    cursor.take()
    outside, grammar.bars = grammar.bars, True
    items, separators = _listed(grammar, _SEPARATORS)
    grammar.bars = outside
    if at_side(cursor) and isinstance(items[-1], Sides):
        items = (*items[:-1], _from_side(cursor, items[-1]))
    cursor.expect("}")
    return items[0] if len(items) == 1 else Listing(start, cursor.end, "", items, "", separators)


def at_side(cursor: Cursor) -> bool:
    r"""True before the raised sign at the end of a group that says from where a place is reached: `x \to 0^+`."""
    return any(cursor.follows("^", *sign, "}") for sign in _SIDES)


def _from_side(cursor: Cursor, reached: Sides) -> Sides:
    """The same with an arrow that goes down for `0^+`, and up for `0^-`."""
    sign, arrow = next((sign, arrow) for sign, arrow in _SIDES.items() if cursor.follows("^", *sign, "}"))
    for _ in ("^", *sign):
        cursor.take()
    return replace(reached, end=cursor.end, signs=(*reached.signs[:-1], arrow))


def bars(grammar: Grammar) -> Bars:
    """An expression between bars."""
    cursor = grammar.cursor
    opening = cursor.take()
    kind = opening.text if opening.text.startswith(r"\l") and opening.text[2:3] in "fc" else "|"
    kind = "||" if opening.text in ("||", r"\|", r"\left\|") else kind
    closing = _BARS[opening.text]
    outside, grammar.bars = grammar.bars, True
    inner = grammar.expression()
    grammar.bars = outside
    if closing == "|" and cursor.at("||"):
        cursor.split_bars()
    cursor.expect(closing, opening.stretched)
    lower = None
    if kind == "||" and cursor.at("_"):
        cursor.take()
        lower = limit(grammar)
    return Bars(opening.start, cursor.end, kind, inner, lower)


def angles(grammar: Grammar) -> Angles | Operation:
    r"""`\langle f \rangle_p`, or the inner product `\langle u, v \rangle`."""
    cursor = grammar.cursor
    opening = cursor.take()
    outside, grammar.bars = grammar.bars, False
    inner = grammar.expression()
    other = None
    if cursor.at(","):
        cursor.take()
        other = grammar.expression()
    grammar.bars = outside
    cursor.expect(r"\rangle", opening.stretched)
    if other is not None:
        if cursor.at("_"):
            cursor.fail("an operator")
        return Operation(opening.start, cursor.end, INNER, (inner, other))
    weight = None
    if cursor.at("_"):
        cursor.take()
        weight = limit(grammar)
    return Angles(opening.start, cursor.end, inner, weight)


def _evaluated(grammar: Grammar) -> Node:
    r"""`\left. f \right|_a`; with two dots it only keeps together what it holds."""
    cursor = grammar.cursor
    opening = cursor.take()
    inner = grammar.expression()
    if cursor.at(r"\right."):
        cursor.take()
        return inner
    cursor.expect(r"\right|", stretched=True)
    return limits(grammar, opening.start, inner)


def _braced(grammar: Grammar) -> Node:
    """What stands over a brace; the remark below it is left out.

    The brace keeps nothing together: terms over it can only be among terms.
    """
    cursor = grammar.cursor
    position = cursor.position
    apart = position == 0 or cursor.peek(-1).text in _BEFORE_TERMS or cursor.peek(-1).kind in ("align", "break")
    cursor.take()
    inner = grammar.argument()
    if cursor.at("_", "^"):
        cursor.take()
        if cursor.token.kind == "prose":
            cursor.take()
        else:
            skip_group(grammar)
    if isinstance(inner, Addition | Negation) and (not apart or cursor.at("^", "!") or grammar.continues()):
        cursor.position = position
        grammar.ambiguous("the brace prints no bracket around these terms", "write brackets")
    return inner


def skip_group(grammar: Grammar) -> None:
    """Passes a group in braces that is a remark."""
    cursor = grammar.cursor
    depth = 0
    while True:
        if cursor.token.kind == "end":
            cursor.fail("}")
        text = cursor.take().text
        depth += (text == "{") - (text == "}")
        if depth == 0:
            return


def fraction(grammar: Grammar) -> Node:
    r"""`\frac{a}{b}` or `\binom{a}{b}`."""
    cursor = grammar.cursor
    word = cursor.take()
    above, below = grammar.argument(), grammar.argument()
    if word.text.endswith("binom"):
        return Binomial(word.start, cursor.end, above, below)
    return Division(word.start, cursor.end, above, below)


def braces(grammar: Grammar) -> Node:
    r"""A group in braces; `{n \choose k}` is a binomial coefficient."""
    cursor = grammar.cursor
    start = cursor.take().start
    outside, grammar.bars = grammar.bars, False
    inner = grammar.clause()
    if cursor.at(r"\choose"):
        cursor.take()
        below = grammar.expression()
        cursor.expect("}")
        grammar.bars = outside
        return Binomial(start, cursor.end, inner, below)
    items = [inner]
    while cursor.at(","):
        cursor.take()
        items.append(grammar.clause())
    grammar.bars = outside
    cursor.expect("}")
    return inner if len(items) == 1 else Listing(start, cursor.end, "{", tuple(items))


def array(grammar: Grammar) -> Array:
    """A matrix, an array or cases; what stands in the cells is read like anything else."""
    cursor = grammar.cursor
    opening = cursor.take()
    if opening.text not in _ARRAYS:
        span = cursor.source.span(opening.start, opening.end)
        raise Unread(span, f"{opening.text} is not read inside a formula")
    if opening.text == "array":
        skip_group(grammar)
    rows: list[list[list[Node]]] = [[[]]]
    while True:
        token = cursor.token
        if token.kind in ("align", "break", "close") and opening.text.endswith("matrix"):
            _refuse_gaps(grammar, rows)
        if token.kind == "break":
            rows.append([[]])
        elif token.kind == "align":
            rows[-1].append([])
        elif token.kind in ("close", "end"):
            break
        else:
            rows[-1][-1].append(_cell(grammar))
            continue
        cursor.take()
    if cursor.token.kind == "end" or cursor.token.text != opening.text:
        cursor.fail(rf"\end{{{opening.text}}}")
    cursor.take()
    flat = [tuple(part for cell in row for part in cell) for row in rows]
    return Array(opening.start, cursor.end, opening.text, tuple(row for row in flat if row))


def _refuse_gaps(grammar: Grammar, rows: list[list[list[Node]]]) -> None:
    """Stops behind a cell of a matrix that does not hold one entry, and behind a row that is shorter or longer."""
    cursor, row = grammar.cursor, rows[-1]
    if cursor.token.kind == "close" and len(rows) > 1 and row == [[]]:
        return
    if len(row[-1]) != 1:
        cursor.fail("one entry")
    if cursor.token.kind != "align" and len(row) != len(rows[0]):
        cursor.fail("a row as long as the first")


def _cell(grammar: Grammar) -> Node:
    """What stands in a cell, or before a comma in it."""
    cursor = grammar.cursor
    token = cursor.token
    if token.kind == "prose" or cursor.at(",", ";", "."):
        cursor.take()
        return Prose(token.start, token.end, token.text)
    return grammar.clause()
