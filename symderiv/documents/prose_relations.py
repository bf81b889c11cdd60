"""The relations that prose states in formulas of its own, and how far each of them holds."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from symderiv.documents.asides import SENTENCE_END, Force, asides
from symderiv.documents.display_rows import read_rows
from symderiv.documents.displays import DRAWN_FROM, UPDATES, Display, Row, letters_named, names_of
from symderiv.documents.document import Document, Piece
from symderiv.documents.domains import bounds_in
from symderiv.documents.suppositions import end_of_block
from symderiv.formulas import tree as t
from symderiv.formulas.grammar import RELATIONS

_INLINE = re.compile(r"(?<![$\\])\$(?!\$)[^$]+?\$(?!\$)|\\\(.+?\\\)", re.DOTALL)
_RELATION = re.compile(r"[<>=]|\\(?:leq?|geq?|neq?|sim)(?![A-Za-z])")
_LETTER = re.compile(r"\\[A-Za-z]+|[A-Za-z]")
_NEXT = re.compile(r"_\{[a-z]\+1\}\Z")
_MEMBER = re.compile(r"\$\s*[A-Za-z]_(?:\d|\{\d+\})\s*")
"""The beginning of an equation for a member by its number."""


def spoken_of(displays: Sequence[Display], told: Set[str]) -> tuple[frozenset[str], frozenset[str]]:
    """The names that some displays, and relations in prose, speak of: before the last display, and with it."""
    own = [names_of(*(side for row in display.rows for side in (row.left, row.right))) for display in displays]
    before = frozenset(told).union(*own[:-1])
    return before, before.union(*own[-1:])


def letters_compared(prose: str) -> set[str]:
    """The letters in the relations of some prose."""
    formulas = (match.group() for match in _INLINE.finditer(prose) if _RELATION.search(match.group()))
    return {letter for formula in formulas for letter in _LETTER.findall(formula)}


def _letters(formula: str) -> frozenset[str]:
    return frozenset(_LETTER.findall(formula))


def said_in_prose(
    document: Document, piece: Piece, known: tuple[frozenset[str], frozenset[str]]
) -> Iterator[tuple[Force, list[Row]]]:
    """The relations that prose states, and how far they hold.

    `known` are the names that were there before the last display, and these with its own.
    """
    prose = document.source.text[piece.start : piece.end]
    ends = [piece.start + match.end() for match in SENTENCE_END.finditer(prose)]
    sentence, body, listed = -1, frozenset[str](), dict[str, frozenset[str]]()
    for aside in asides(document.source.text, piece.start, piece.end):
        text = f"${document.source.text[aside.start : aside.end]}$"
        if bisect(ends, aside.start) != sentence:
            sentence, body, listed = bisect(ends, aside.start), frozenset(), {}
        # `let $y = f(z)$ with $z = a + b$` says what z is: it is no other value for something known.
        already, new = known[aside.if_known != "previous"], body
        left, _, right = text.partition("=")
        body = (body | (_letters(right) - known[1])) - _letters(left)
        # `$x_1 = 1$ and $x_2 = 2$` are values of two names.
        others = frozenset[str]() if left in listed else frozenset[str]().union(*listed.values())
        listed[left] = _letters(left) - known[1] if _MEMBER.fullmatch(left) else frozenset()
        known = (known[0] | letters_compared(text), known[1] | letters_compared(text))
        display = Display(-1, Piece("display", aside.start, aside.end, "inline"), ())
        read_rows(document, display)
        signs = {*RELATIONS.values(), DRAWN_FROM}
        yield "limited", [row for row in display.rows if row.problem is None and row.sign == UPDATES]
        rows = [row for row in display.rows if row.problem is None and row.sign in signs and not _is_undefined(row)]
        block = end_of_block(document.source.text, aside.start)
        rows = [
            replace(
                row,
                supposed=aside.supposed and not (aside.names and _names_anew(document, row, aside.start)),
                constrains=aside.constrains,
                belongs=aside.belongs,
                block=block,
            )
            for row in rows
        ]
        if not aside.force:
            # Whether the text says it is not known.
            yield "limited", [replace(row, mentioned=True) for row in rows]
            continue
        values = [row for row in rows if _is_value(row, already - others, new) and not _is_new_member(document, row)]
        limited = aside.if_known == "limited" != aside.force
        yield aside.if_known, [replace(row, mentioned=True) for row in values] if limited else values
        yield aside.force, [*(r for r in rows if r not in values), *bounds_of_formula(document, aside.start, aside.end)]


def headed(row: Row) -> str:
    """The name that an equation is for, or the function."""
    return (
        row.left.head.text if isinstance(row.left, t.Applied) else row.left.text if isinstance(row.left, t.Name) else ""
    )


def _is_value(row: Row, already: Set[str], new: Set[str]) -> bool:
    r"""True of an equation that gives a value to a name which the text speaks of already.

    A formula for what is `new` in its sentence says what that is, and `x_{t+1} = x_t - \eta g_t` is no value of x.
    """
    if row.sign != "=":
        return False
    if isinstance(row.right, t.Name) or not names_of(row.right):
        return bool(letters_named(row.left) & already)
    is_update = isinstance(row.left, t.Name) and _NEXT.search(row.left.text) is not None
    return bool(letters_named(row.left) & (already - new)) and not is_update


def _is_new_member(document: Document, row: Row) -> bool:
    """True of an equation for a member by its number, `x_1 = 2`, of which no formula of its section spoke before."""
    if not isinstance(row.left, t.Name) or not row.left.lower or not all(map(str.isdigit, row.left.lower)):
        return False
    headings = (piece.end for piece in document.pieces if piece.kind == "heading" and piece.end <= row.place[0])
    return not _is_spoken_of(document, row, max(headings, default=0), row.place[0])


def _names_anew(document: Document, row: Row, place: int) -> bool:
    """True of an equation that says what a name means that no formula before a place speaks of, by a formula."""
    if row.sign != "=" or not isinstance(row.left, t.Name) or isinstance(row.right, t.Name | t.Numeral):
        return False
    return not _is_spoken_of(document, row, 0, place)


def _is_spoken_of(document: Document, row: Row, begin: int, end: int) -> bool:
    """True where a formula between two places has the left side of an equation in it."""
    pieces = (piece for piece in document.pieces if piece.kind == "display" and begin <= piece.start)
    shown = [document.text(piece) for piece in pieces if piece.end <= end]
    shown += [match.group() for match in _INLINE.finditer(document.source.text, begin, end)]
    name = squeezed(row.texts[0])
    return any(name in squeezed(formula) for formula in shown)


def squeezed(formula: str) -> str:
    """A formula without spaces and braces, in which a name may be looked for."""
    return re.sub(r"[\s{}]+", "", formula)


def _is_undefined(row: Row) -> bool:
    r"""True of `0 \log 0 = 0`, which says by convention what has no value: nothing can be taken from it."""
    nodes = (node for side in (row.left, row.right) if side is not None for node in t.walk(side))
    nothing = (
        node.below if isinstance(node, t.Division) else node.body
        for node in nodes
        if isinstance(node, t.Division) or (isinstance(node, t.Function) and node.word == "ln")
    )
    return any(isinstance(inner, t.Numeral) and inner.value == 0 for inner in nothing)


def bounds_of_formula(document: Document, start: int, end: int) -> list[Row]:
    """What a formula says of names by the sets that they are in."""
    found: list[Row] = []
    for bound in bounds_in(document.source, start, end, document.macros):
        texts = tuple(document.source.text[side.start : side.end] for side in (bound.left, bound.right))
        row = Row(-1, bound.place, "first", bound.sign, bound.left, bound.right, "where", texts=(texts[0], texts[1]))
        found.append(replace(row, within=(bound.member, bound.within)))
    return found
