r"""Sums and products with dots: `x_1 + \ldots + x_n` is the sum of `x_i` from 1 to n, where the terms say so.

The first and the last term have to be one pattern, in which the same place holds the number at which it begins and the
name or number at which it ends; terms between them have to be the next ones.  Whatever else the dots may mean stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from fractions import Fraction

from symderiv.formulas import tree as t

_LETTERS = "ijklmrst"
_END = re.compile(r"[A-Za-z]|\d+")


def with_series(node: t.Node) -> t.Node:
    """The tree with sums and products in place of dots between terms."""
    changed = t.mapped(node, with_series)
    match changed:
        case t.Addition(terms=terms):
            return _series(changed, terms, "sum") or changed
        case t.Product(factors=factors):
            return _series(changed, factors, "product") or changed
        case _:
            return changed


def _series(node: t.Node, parts: Sequence[t.Node], kind: str) -> t.Node | None:
    """What the parts of a sum or product are together; None where their dots have no such meaning."""
    dots = [place for place, part in enumerate(parts) if isinstance(part, t.Ellipsis)]
    if len(dots) != 1 or not 1 <= dots[0] == len(parts) - 2:
        return None
    *first, _, last = parts
    ends = set(_differences(first[0], last))
    if len(ends) != 1 or None in ends:
        return None
    (found,) = ends
    low, high = found if found is not None else ("", "")
    if not low.isdigit() or not _END.fullmatch(high) or (high.isdigit() and int(high) <= int(low) + len(first) - 1):
        return None
    used = {piece for part in parts for n in t.walk(part) if isinstance(n, t.Name) for piece in (n.text, *n.lower)}
    letter = next((letter for letter in _LETTERS if letter not in used), None)
    if letter is None:
        return None
    steps = (_at(first[0], last, str(int(low) + step)) for step in range(1, len(first)))
    if any(not _same(expected, part) for expected, part in zip(steps, first[1:], strict=True)):
        return None
    place = (last.start, last.end)
    over = (t.Name(*place, letter, letter, (), letter),)
    upper = t.Numeral(*place, Fraction(high)) if high.isdigit() else t.Name(*place, high, high, (), high)
    body = _at(first[0], last, letter)
    return t.Total(node.start, node.end, over, body, kind, t.Numeral(*place, Fraction(low)), upper)


def _differences(one: object, other: object) -> Iterator[tuple[str, str] | None]:
    """The pairs of numbers and names in which two terms differ; None for any other difference."""
    match one, other:
        case t.Numeral(), t.Numeral() | t.Name():
            if isinstance(other, t.Numeral) and one.value == other.value:
                return
            yield (_digits(one), _digits(other)) if isinstance(other, t.Numeral) else (_digits(one), other.text)
        case t.Name(), t.Name() if (one.stem, one.base) == (other.stem, other.base) and len(one.lower) == len(
            other.lower
        ):
            if one.text != other.text and not one.lower:
                yield None
            yield from ((a, b) for a, b in zip(one.lower, other.lower, strict=True) if a != b)
        case t.Node(), t.Node() if type(one) is type(other) and not isinstance(one, t.Name):
            for field in fields(one):
                if field.name not in ("start", "end"):
                    yield from _differences(getattr(one, field.name), getattr(other, field.name))
        case tuple(), tuple() if len(one) == len(other):
            for a, b in zip(one, other, strict=True):
                yield from _differences(a, b)
        case _ if one != other:
            yield None


def _digits(number: t.Numeral) -> str:
    return str(number.value)


def _at(first: t.Node, last: t.Node, piece: str) -> t.Node:
    """The pattern of two terms with a number or a letter in the place in which they differ."""
    match first, last:
        case t.Numeral(), t.Numeral() | t.Name():
            if isinstance(last, t.Numeral) and first.value == last.value:
                return last
            place = (last.start, last.end)
            return t.Numeral(*place, Fraction(piece)) if piece.isdigit() else t.Name(*place, piece, piece, (), piece)
        case t.Name(), t.Name():
            return _renamed(first, last, piece)
        case _:
            parts = iter([_at(a, b, piece) for a, b in zip(t.parts(first), t.parts(last), strict=True)])
            return t.mapped(last, lambda _: next(parts))


def _renamed(first: t.Name, last: t.Name, piece: str) -> t.Name:
    lower = tuple(piece if a != b else b for a, b in zip(first.lower, last.lower, strict=True))
    if lower == last.lower:
        return last
    separator = "," if "," in last.text else ""
    inner = separator.join(lower)
    text = f"{last.stem}_{inner}" if len(inner) == 1 else f"{last.stem}_{{{inner}}}"
    marks = tuple(mark for mark in lower if not mark.isdigit())
    return replace(last, text=text, lower=lower, marks=marks)


def _same(one: t.Node, other: t.Node) -> bool:
    """True of terms that say the same, wherever they stand."""
    return not list(_differences(one, other))
