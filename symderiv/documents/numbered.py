r"""What a relation for `x_t` says of members by number: `x_1 = a x_0` and `x_2 = a x_1`, of `x_{t+1} = a x_t`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from symderiv.documents.displays import Row
from symderiv.documents.subscripts import pieces_of, with_pieces
from symderiv.formulas import tree as t

_SHIFTED = re.compile(r"(?P<letter>[a-z])(?P<by>[+-]\d+)?")
_HEADING = re.compile(r"\n[ \t]*#|\\(?:sub)*section|\\begin\{(?:theorem|lemma|proof|example)\}")
_INDICES = frozenset("ijklmnrst")
"""Letters that stand for any member, where the text does not pick one out: not the true class c, nor the label y."""
MOST = 8
"""How many members are put in."""
_LIMITS = re.compile(
    r"[\s$,]*(?:for|when(?:ever)?|if|until|while|as\s+long|except|unless|only|in|on|at|or)\b(?!\s+(?:all|any|every|each|\$))",
    re.IGNORECASE,
)
"""What stands behind a relation that holds for some indices: `for even $t$`."""
_APPLIES = re.compile(
    r"(?<![\w,])\s*(?:In particular, for|So for|For|At|With|Setting|Taking)\s+"
    r"\$\s*[a-z]\s*=\s*\d+\s*\$(?=\s*,|\s+(?:we|this|it|one|gives|yields|follows)\b)"
)
"""`For $t = 1$ we get` at the beginning of a sentence: what holds for all indices is used for one."""
NEAR = 160
"""Characters around a relation in which it is said from which index on it holds."""


def numbered(
    goal: t.Node, stated: t.Sides, bound: Callable[[str], object | None], least: Callable[[str], int | None]
) -> Iterator[t.Sides]:
    """A stated relation at the numbers of the members that a goal speaks of, and at those between them.

    `bound` tells the letters that are indices of sums, `least` the first value of a letter, None where it may have an
    end: such a letter is none of these.
    """
    binders = (part for part in t.walk(stated) if isinstance(part, t.Total | t.Integral))
    if any(True for _ in binders):
        return
    shifts: dict[str, set[int]] = {}
    placed = {(name.stem, m["letter"], int(m["by"] or 0)) for name in _names(stated) for m in _shifts(name)}
    for _, letter, by in placed:
        shifts.setdefault(letter, set()).add(by)
    letters = [letter for letter in shifts if bound(letter) is None]
    # `M_n = \Lambda_n^{-1} b` may be of one n: what speaks of two members of one family is of all.
    recurs = any(
        (stem, letter, by) in placed and by != other for stem, letter, other in placed for by in shifts[letter]
    )
    if len(letters) != 1 or not recurs or (first := least(letters[0])) is None:
        return
    (letter,) = letters
    stems = {name.stem for name in _names(stated) if letter in name.marks}
    numbers = {int(p) for name in _names(goal) if name.stem in stems for p in pieces_of(name) if p.isdigit()}
    if not numbers:
        return
    start, end = max(first, min(numbers) - max(shifts[letter])), max(numbers) - max(shifts[letter])
    for value in range(start, min(end, start + MOST) + 1):
        moved = _at(stated, letter, value)
        if isinstance(moved, t.Sides):
            yield moved


def members_of(goal: t.Node, stated: t.Sides, least: Callable[[str], int | None]) -> Iterator[t.Sides]:
    r"""What `p_i = e^{z_i} / \sum_j e^{z_j}` says of the p_2 that a goal speaks of.

    `least` is as above.  What says of a member something by others of its family is a recurrence, and none of these.
    """
    name = stated.sides[0]
    pieces = pieces_of(name) if isinstance(name, t.Name) else []
    letters = [piece for piece in pieces if piece in _INDICES]
    if not isinstance(name, t.Name) or len(letters) != 1 or len(stated.sides) != 2 or stated.signs != ("=",):
        return
    letter, place = letters[0], pieces.index(letters[0])
    binders = (part for part in t.walk(stated) if isinstance(part, t.Total | t.Integral))
    binds = any(letter in (over.text for over in part.over) for part in binders)
    first = least(letter)
    if binds or first is None or any(other.stem == name.stem for other in _names(stated.sides[1])):
        return
    called = [pieces_of(other) for other in _names(goal) if other.stem == name.stem]
    fitting = [own for own in called if len(own) == len(pieces) and own[place].isdigit()]
    others = [piece for piece in pieces if piece != letter]
    numbers = {int(own[place]) for own in fitting if [*own[:place], *own[place + 1 :]] == others}
    for value in sorted(number for number in numbers if number >= first)[:MOST]:
        moved = _at(stated, letter, value)
        if isinstance(moved, t.Sides):
            yield moved


def first_value(text: str, row: Row, letter: str) -> int | None:
    r"""The first value of an index by the words around a relation, `for all $t \ge 1$`; 0 where they say nothing.

    None where they say more, such as where it ends.
    """
    start, end = row.place
    before, behind = text[max(0, start - NEAR) : start], _APPLIES.sub(" . ", text[end : end + NEAR])
    around = f"{_HEADING.split(before)[-1]} {_HEADING.split(behind)[0]}"
    if _LIMITS.match(behind):
        return None
    compared = re.compile(
        rf"(?<![A-Za-z\\_{{]){letter}\s*(?P<sign><|>|=|\\(?:l|g)eq?(?![a-z])|\\neq?(?![a-z])|\\in(?![a-z]))\s*(?P<number>\d*)"
    )
    found = {(match["sign"].rstrip("q"), match["number"]) for match in compared.finditer(around)}
    if not found:
        return 0
    if len(found) > 1:
        return None
    ((sign, number),) = found
    if not number or sign not in (">", "=", r"\ge"):
        return None
    begins = sign != "=" or re.search(rf"{letter}\s*=\s*\d+\s*,", around) is not None
    return int(number) + (sign == ">") if begins else None


def has_numbers(name: t.Node | None) -> bool:
    """True of a name such as `x_2`."""
    return isinstance(name, t.Name) and any(piece.isdigit() for piece in pieces_of(name))


def _names(node: t.Node) -> Iterator[t.Name]:
    return (part for part in t.walk(node) if isinstance(part, t.Name))


def _shifts(name: t.Name) -> Iterator[re.Match[str]]:
    return (match for piece in pieces_of(name) if (match := _SHIFTED.fullmatch(piece)) is not None)


def _at(node: t.Node, letter: str, value: int) -> t.Node | None:
    """The tree with a number for a letter; None where it stands in another form in some subscript."""
    put_in: dict[int, t.Node] = {}
    for name in _names(node):
        if name.text == letter:
            put_in[id(name)] = t.Numeral(name.start, name.end, Fraction(value))
        elif letter in name.marks:
            moved = _moved(name, letter, value)
            if moved is None:
                return None
            put_in[id(name)] = moved
    return _replaced(node, put_in)


def _replaced(node: t.Node, put_in: dict[int, t.Node]) -> t.Node:
    return put_in.get(id(node)) or t.mapped(node, lambda part: _replaced(part, put_in))


def _moved(name: t.Name, letter: str, value: int) -> t.Name | None:
    pieces: list[str] = []
    for piece in pieces_of(name):
        match = _SHIFTED.fullmatch(piece)
        if match is not None and match["letter"] == letter:
            number = value + int(match["by"] or 0)
            if number < 0:
                return None
            pieces.append(str(number))
        elif re.search(rf"(?<![A-Za-z]){letter}(?![A-Za-z])", piece):
            return None
        else:
            pieces.append(piece)
    return replace(with_pieces(name, pieces), marks=tuple(mark for mark in name.marks if mark != letter))
