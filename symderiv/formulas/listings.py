r"""What lists with dots say of indices: `$a_1, \ldots, a_n$` are the entries of a with the numbers from 1 to n.

So are `$(x_1, y_1), \ldots, (x_n, y_n)$`.  A letter in such a subscript has this range, whatever else is summed over
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from fractions import Fraction

from symderiv.formulas import tree as t
from symderiv.formulas.grammar import read_expression
from symderiv.formulas.printing import printed
from symderiv.formulas.restrictions import distance
from symderiv.formulas.source import Source, Unread
from symderiv.formulas.tokens import closed, tokenize

_LIST = re.compile(r"(?<!\$)\$([^$]{1,120}(?:dots|\.\.\.)[^$]{1,120})\$(?!\$)")
_SIGN = re.compile(r"=|\\(?:sim|in|overset|stackrel)(?![A-Za-z])")
_LETTER = re.compile(r"[a-z]")
_END = re.compile(r"[A-Za-z]|\d+")

Ends = tuple[str, str]
NOTHING_LISTED: Mapping[str, Set[Ends]] = {}


def listed_in_prose(texts: Iterable[str]) -> Iterator[t.Node]:
    """The lists with dots in some prose that can be read, also before or behind a sign."""
    formulas = dict.fromkeys(formula for text in texts for formula in _LIST.findall(text))
    for source in (Source("", part) for formula in formulas for part in _SIGN.split(formula)):
        try:
            yield read_expression(source, closed(tokenize(source), len(source.text)))
        except Unread:
            continue


def listed_ranges(trees: Iterable[t.Node]) -> dict[str, set[Ends]]:
    """The ends of the subscripts, as texts, of the names that stand in lists with dots, by their stems."""
    found: dict[str, set[Ends]] = {}
    for node in (node for tree in trees for node in t.walk(tree) if isinstance(node, t.Listing)):
        match node.items:
            case (first, *_, t.Ellipsis(), last):
                for one, other in zip(_members(first), _members(last), strict=False):
                    (low,), (high,) = one.lower, other.lower
                    if one.stem == other.stem and low.isdigit() and _END.fullmatch(high):
                        found.setdefault(one.stem, set()).add((low, high))
            case _:
                continue
    return found


def listed_indices(trees: Sequence[t.Node], listed: Mapping[str, Set[Ends]]) -> dict[str, tuple[t.Node, t.Node]]:
    r"""The ranges of letters in subscripts of what is listed, or up to which a sum over such subscripts goes.

    Beside `$a_1, \ldots, a_n$` the j of `\sum_{k=1}^{j-1} a_k` is one of the numbers from 1 to n, unless it stands as a
    number elsewhere, or a sum ends at it in another way.
    """
    totals = [node for tree in trees for node in t.walk(tree) if isinstance(node, t.Total)]
    numbers = {name for tree in trees for name in _numbers(tree)} | {
        high for ends in listed.values() for _, high in ends
    }
    found: dict[str, set[Ends]] = {}
    for name in (node for tree in trees for node in t.walk(tree) if isinstance(node, t.Name) and len(node.lower) == 1):
        found.setdefault(name.lower[0], set()).update(listed.get(name.stem, ()))
    for total in totals:
        ranges = _ranges_of(total, listed)
        for letter in _compared_with(total):
            found.setdefault(letter, set()).update(ranges)
        for letter in _letters_at_ends(total):
            found.setdefault(letter, set()).update(ranges)
    for total in totals:
        numbers |= {
            letter
            for letter in _letters_at_ends(total)
            if not any(_ends_in(total, letter, ends) for ends in found[letter])
        }
    known = {letter: next(iter(ends)) for letter, ends in found.items() if len(ends) == 1 and _LETTER.fullmatch(letter)}
    return {
        letter: (t.Numeral(0, 0, Fraction(low)), _end(high))
        for letter, (low, high) in known.items()
        if letter not in numbers
    }


def _numbers(node: t.Node) -> Iterator[str]:
    """The names that stand for themselves, and not below or above a sum."""
    if isinstance(node, t.Name):
        yield node.text
    for part in (node.body,) if isinstance(node, t.Total) else t.parts(node):
        yield from _numbers(part)


def _ranges_of(total: t.Total, listed: Mapping[str, Set[Ends]]) -> set[Ends]:
    """The ranges of what has the index of a sum for its subscript."""
    names = [node for node in t.walk(total.body) if isinstance(node, t.Name)]
    below = {(name,) for name in {name.text for name in total.over} | _compared_with(total)}
    return {ends for name in names if name.lower in below for ends in listed.get(name.stem, ())}


def _compared_with(total: t.Total) -> set[str]:
    """The names in the condition below a sum, beside its indices."""
    asked = () if total.condition is None else t.walk(total.condition)
    return {node.text for node in asked if isinstance(node, t.Name)}


def _letters_at_ends(total: t.Total) -> set[str]:
    ends = (end for end in (total.lower, total.upper) if end is not None)
    return {node.text for end in ends for node in t.walk(end) if isinstance(node, t.Name)}


def _ends_in(total: t.Total, letter: str, ends: Ends) -> bool:
    """True of a sum over a part of a range, up to an index in it or from it on."""
    if total.kind != "sum" or total.lower is None or total.upper is None:
        return False
    above, below = distance(total.lower, letter), distance(total.upper, letter)
    return (above in (0, 1) and printed(total.upper) == ends[1]) or (
        below in (0, -1) and printed(total.lower) == ends[0]
    )


def _end(text: str) -> t.Node:
    return t.Numeral(0, 0, Fraction(text)) if text.isdigit() else t.Name(0, 0, text, text, (), text)


def _members(node: t.Node) -> list[t.Name]:
    """The names with one subscript in an item of a list."""
    items = node.items if isinstance(node, t.Listing) else (node,)
    return [item for item in items if isinstance(item, t.Name) and len(item.lower) == 1]
