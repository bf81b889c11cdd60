r"""Which names have labels above them, as the i-th example `x^{(i)}` has, and no exponents.

What shows it is a vector with such a bracket, of which there is no power; a first power, which nobody writes; a
function of several arguments, of which there is no derivative by one; a list over a range; or words that count by the
letter.  What a text writes so once it writes so throughout, but for derivatives of functions of one number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from symderiv.documents.document import Document
from symderiv.formulas.names import Cursor, at_index, read_base, starts_name, with_marks
from symderiv.formulas.source import Unread
from symderiv.formulas.tokens import closed, tokenize
from symderiv.formulas.usage import EULER

_ANY = re.compile(r"\^\s*\{\s*[(\[]")
_INLINE = re.compile(r"(?<![$\\])\$(?!\$)([^$]+?)\$(?!\$)|\\\((.+?)\\\)", re.DOTALL)
_BOLD = re.compile(r"\\(?:mathbf|boldsymbol|bm|vec)\{(?:\\(?:hat|tilde|bar)\{)?(?:[a-z]|\\[a-z]+)\}")
_COUNTED = (
    r"(?:examples?|samples?|instances?|observations?|(?:data\s+)?points?|layers?|iterations?|(?:time\s+)?steps?|epochs?"
    r"|features?|units?|rounds?|updates?|measurements?)"
)
_COUNTS = (
    re.compile(rf"\b{_COUNTED}\s+\$\s*(?P<letter>[a-z])\s*[$=]"),
    re.compile(rf"\$\s*(?P<letter>[a-z])\s*(?:\$\s*-?\s*th|\^[^$]*\bth[^$]*\$)\s+{_COUNTED}\b"),
)
"""Words by which a letter counts: `layer $l$`, `the $i$-th example`."""
_LISTED = re.compile(
    r"\^\s*\{\s*\((?P<letter>[a-z])\)\s*\}[^$]{0,60}?\\?[})]\s*\}?_\s*\{?\s*(?P=letter)\s*(?:=|\\in\b)"
)
r"""`\{x^{(i)}\}_{i=1}^n`."""
_DERIVED = re.compile(r"\bderivative|\bdifferentiable\b|\bTaylor\b|\bMaclaurin\b", re.IGNORECASE)
_FACTORIAL = re.compile(r"\b(?:rising|falling)\s+factorial|\bPochhammer", re.IGNORECASE)
_INDICES = frozenset("ijklmnrstuv")


class _All:
    """Every name."""

    def __contains__(self, name: object) -> bool:
        return True


@dataclass(frozen=True)
class _Use:
    """A name with what stands above and below it: `count` pieces, the last of them in `label`."""

    text: str
    count: int
    label: str = ""
    arguments: int = 0


def labelled_names(document: Document) -> frozenset[str]:
    """The names of a document above which a bracket is a label, without what stands above and below them."""
    text = document.source.text
    if not _ANY.search(text):
        return frozenset()
    uses = list(_uses(document))
    labelled = [use for use in uses if use.label]
    letters = {use.label[:1] for use in labelled}
    counted = {match["letter"] for pattern in (*_COUNTS, _LISTED) for match in pattern.finditer(text)}
    if not (letters & counted or any(map(_is_unmistakable, labelled))):
        return frozenset()
    is_derived = _DERIVED.search(text) is not None
    derived = {use.text for use in labelled if use.arguments == 1 and is_derived}
    derived -= {use.text for use in labelled if use.arguments > 1}
    others = {use.text for use in labelled if not _BOLD.search(use.text)}
    unlikely = {use.text for use in labelled if use.text in others and not _is_of_index(use)}
    unlikely |= others if _FACTORIAL.search(text) else set()
    plain = {(use.text, use.count) for use in uses if not use.label}
    twice = {use.text for use in labelled if (use.text, use.count) in plain}
    return frozenset(use.text for use in labelled) - derived - unlikely - twice


def _is_unmistakable(use: _Use) -> bool:
    is_first = use.label in ("0", "1") and use.arguments == 0 and use.text not in EULER
    return _BOLD.search(use.text) is not None or is_first or use.arguments > 1


def _is_of_index(use: _Use) -> bool:
    """False of `e^{(x)}`, which may be a power with brackets that need not be there."""
    return use.text not in EULER or use.label[:1] in _INDICES or use.label.isdigit()


def _uses(document: Document) -> Iterator[_Use]:
    """The names in the formulas of a document."""
    text = document.source.text
    for piece in document.pieces:
        if piece.kind == "display":
            yield from _uses_in(document, piece.start, piece.end)
        elif piece.kind in ("prose", "heading"):
            for match in _INLINE.finditer(text, piece.start, piece.end):
                yield from _uses_in(document, *match.span(match.lastindex or 0))


def _uses_in(document: Document, start: int, end: int) -> Sequence[_Use]:
    found: list[_Use] = []
    try:
        tokens = closed(tokenize(document.source, start, end, document.macros), end)
    except Unread:
        return found
    cursor = Cursor(document.source, tokens)
    cursor.labelled = _All()
    while cursor.token.kind != "end":
        position = cursor.position
        try:
            found += [_use(cursor)] if starts_name(cursor.token) else []
        except Unread:
            cursor.position = position
        cursor.position = max(cursor.position, position + 1)
    return found


def _use(cursor: Cursor) -> _Use:
    """The name that begins next, which is passed."""
    start, opened = cursor.token.start, cursor.position - 1
    text, base = read_base(cursor)
    begins = cursor.position
    name = with_marks(cursor, start, text, base)
    if _is_alone_in_braces(cursor, opened) and not name.lower:
        cursor.take()
        begins = cursor.position
        name = with_marks(cursor, start, name.text, base)
    count = len(name.lower) or int(name.text != name.stem)
    return _Use(text, count, _label(cursor, begins, text) if name.labelled else "", _arguments(cursor))


def _is_alone_in_braces(cursor: Cursor, opened: int) -> bool:
    r"""True behind the name in `{\mathbf{x}}^{(i)}`, if braces open at a position; not in `\frac{x}`."""
    before = [cursor.peek(place - cursor.position) for place in (opened - 1, opened) if place >= 0]
    is_argument = len(before) > 1 and (before[0].kind == "command" or before[0].text in ("_", "^", "}"))
    return cursor.at("}") and bool(before) and before[-1].text == "{" and not is_argument


def _label(cursor: Cursor, begins: int, text: str) -> str:
    """What stands in the bracket above a name whose marks begin at a position."""
    ends, cursor.position = cursor.position, begins
    while not at_index(cursor, text):
        cursor.position += 1
    label = cursor.peek(3).text
    cursor.position = ends
    return label


def _arguments(cursor: Cursor) -> int:
    """How many arguments stand in the bracket that follows; 0 where none does."""
    if not cursor.at("("):
        return 0
    depth, count, distance = 0, 1, 0
    while cursor.peek(distance).kind != "end":
        text = cursor.peek(distance).text
        depth += (text in ("(", "[", r"\{")) - (text in (")", "]", r"\}"))
        count += text in (",", ";") and depth == 1
        distance += 1
        if depth == 0:
            break
    return count
