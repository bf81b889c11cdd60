r"""What lists with dots say of indices: `$a_1, \ldots, a_n$` are the entries of a with the numbers from 1 to n.

So are `$(x_1, y_1), \ldots, (x_n, y_n)$`.  A letter in such a subscript has this range, whatever else is summed over
it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set

from symderiv.formulas import tree as t
from symderiv.formulas.grammar import read_expression
from symderiv.formulas.source import Source, Unread
from symderiv.formulas.tokens import closed, tokenize

_LIST = re.compile(r"(?<!\$)\$([^$]{1,120}(?:dots|\.\.\.)[^$]{1,120})\$(?!\$)")
_SIGN = re.compile(r"=|\\(?:sim|in|overset|stackrel)(?![A-Za-z])")
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


def _members(node: t.Node) -> list[t.Name]:
    """The names with one subscript in an item of a list."""
    items = node.items if isinstance(node, t.Listing) else (node,)
    return [item for item in items if isinstance(item, t.Name) and len(item.lower) == 1]
