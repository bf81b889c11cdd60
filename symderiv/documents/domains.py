r"""What a set says of the numbers in it: `\sigma \in \mathbb{R}_{>0}` that they are positive, `p \in [0, 1)` bounds.

Of `y \in \{-1, 1\}` it says bounds as well, and that `y^2 = 1`.

Only what every reading of a set agrees on is taken: `\mathbb{R}_+` may hold 0, and so may `\mathbb{N}`.  And only what
holds throughout: not what stands in a case, under a sum or before an arrow, and nothing of a name with several sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from symderiv.formulas import tree as t
from symderiv.formulas.grammar import read_expression
from symderiv.formulas.source import Source, Unread
from symderiv.formulas.tokens import Macros, closed, tokenize

_NAME = r"(?:\\?[A-Za-z]+\s*(?:\{[^{}]*\})?\s*(?:_\s*(?:\{[^{}]*\}|\\[A-Za-z]+|\w))?)"
_BRACKET = r"(?:\\(?:left|right|[bB]igg?[lr]?))?\s*"
_MEMBERS = re.compile(
    rf"(?P<names>(?:{_NAME}\s*,(?:\s|\\[,;:! ])*)*{_NAME})\s*\\in(?![A-Za-z])\s*"
    r"(?:\\(?:mathbb|mathbf)\s*\{?\s*(?P<letter>[RQZN])\s*\}?\s*(?P<part>(?:[_^]\s*(?:\{[^{}]*\}|[+*\d]))*)"
    rf"|{_BRACKET}(?P<opening>[(\[])(?P<low>[^,()\[\]$]+),(?P<high>[^,()\[\]$]+?){_BRACKET}(?P<closing>[)\]]))"
    r"(?!\s*\^)"
)
_TWO = re.compile(
    rf"(?P<names>(?:{_NAME}\s*,(?:\s|\\[,;:! ])*)*{_NAME})\s*\\in(?![A-Za-z])\s*"
    r"\\(?:\{|lbrace)\s*(?:(?P<one>[+-]?\d+)\s*,\s*(?P<two>[+-]?\d+)|\\pm\s*(?P<both>\d+))\s*\\(?:\}|rbrace)(?!\s*\^)"
)
"""A set of two numbers."""
_POSITIVE = re.compile(r"[_^]\{?>0\}?|_\{?\+\+\}?")
_NONNEGATIVE = re.compile(r"[_^]\{?(?:\+|\\geq?(?:slant)?0|>=0|0\+|0,\+|\+,0)\}?")


@dataclass(frozen=True)
class Bound:
    """A relation that a set states of one of its members, and where: `sign` is `<`, `<=` or `=`."""

    left: t.Node
    sign: str
    right: t.Node
    place: tuple[int, int]
    member: str
    within: str
    """The name that is in the set, and the set, as it is written."""


def bounds_in(source: Source, start: int, end: int, macros: Macros) -> Iterator[Bound]:
    """What the sets in a formula, which stands at `start` to `end`, say of names."""
    alone = (match for match in _TWO.finditer(source.text, start, end) if _stands_alone(source.text, start, match))
    for match in (*_MEMBERS.finditer(source.text, start, end), *alone):
        for position, text in _parts(match["names"], match.start("names")):
            name = _read(source, position, position + len(text), macros)
            if isinstance(name, t.Name):
                found = _of_two(match, name) if match.re is _TWO else _bounds(source, match, name, macros)
                for low, sign, high in found:
                    within = re.sub(r"\s", "", match.group()[match.end("names") - match.start() :])
                    yield Bound(low, sign, high, match.span(), name.text, within)


def _stands_alone(text: str, start: int, match: re.Match[str]) -> bool:
    r"""False of what stands below a sum or in an event, as in `\sum_{y \in \{0, 1\}}` and `P(y \in \{0, 1\})`."""
    before = re.sub(r"\\[{}]", "", text[start : match.start()])
    return all(before.count(opening) == before.count(closing) for opening, closing in ("{}", "()", "[]"))


def _of_two(match: re.Match[str], name: t.Name) -> Iterator[tuple[t.Node, str, t.Node]]:
    """What is said of one of two numbers; nothing of 1 and 2, which are as often the values of an index."""
    one, two = sorted(int(match[end]) if match[end] else -int(match["both"]) for end in ("one", "two"))
    two = two if match["one"] else -one
    if one >= two or one == 1:
        return

    def number(value: int) -> t.Node:
        return t.Numeral(name.start, name.end, Fraction(value))

    square = t.Power(name.start, name.end, name, number(2))
    linear = t.Product(name.start, name.end, (number(one + two), name)) if one + two != 1 else name
    constant = number(-one * two)
    terms = [term for term, is_zero in ((linear, one + two == 0), (constant, one * two == 0)) if not is_zero]
    right = terms[0] if len(terms) == 1 else t.Addition(name.start, name.end, tuple(terms))
    yield number(one), "<=", name
    yield name, "<=", number(two)
    yield square, "=", right


def _parts(names: str, start: int) -> Iterator[tuple[int, str]]:
    depth = begin = 0
    for place, character in enumerate(f"{names},"):
        depth += (character == "{") - (character == "}")
        if character == "," and depth == 0 and names[place - 1] != "\\":
            yield start + begin, names[begin:place]
            begin = place + 1


def _bounds(source: Source, match: re.Match[str], name: t.Name, macros: Macros) -> Iterator[tuple[t.Node, str, t.Node]]:
    if match["letter"]:
        part = re.sub(r"\s", "", match["part"])
        zero = t.Numeral(name.start, name.end, Fraction(0))
        if _POSITIVE.fullmatch(part):
            yield zero, "<", name
        elif _NONNEGATIVE.fullmatch(part) or (match["letter"] == "N" and not part):
            yield zero, "<=", name
        return
    low, high = (_end(source, match, end, macros) for end in ("low", "high"))
    if low is not None:
        yield low, "<" if match["opening"] == "(" else "<=", name
    if high is not None:
        yield name, "<" if match["closing"] == ")" else "<=", high


def _end(source: Source, match: re.Match[str], end: str, macros: Macros) -> t.Node | None:
    """The end of an interval; None where it has none, or one that is not read."""
    return None if r"\infty" in match[end] else _read(source, *match.span(end), macros)


def _read(source: Source, start: int, end: int, macros: Macros) -> t.Node | None:
    try:
        return read_expression(source, closed(tokenize(source, start, end, macros), end))
    except Unread:
        return None
