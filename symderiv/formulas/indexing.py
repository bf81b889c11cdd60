r"""Which letters are indices, and over which sets, where a text does not say it.

In `y_k = e^{a_k} / \sum_j e^{a_j}` the letters j and k stand in one place of the subscript of `a`, so they run over
one set, whose name is of no importance; and k is an index because j is.  A letter that stands as a number anywhere, or
that ends a range, is none; nor are letters that would have to run over two different sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from symderiv.formulas import tree as t
from symderiv.formulas.listings import NOTHING_LISTED, Ends
from symderiv.formulas.restrictions import orders

_LETTER = re.compile(r"[a-z]'*")
INDICATORS = frozenset(
    {r"\mathbb{1}", r"\mathbf{1}", r"\mathbbm{1}", r"\mathbb{I}", r"\mathrm{1}", "I", r"\mathrm{I}", "1"}
)
_MARKED = re.compile(r"(?P<head>.+?)_\{(?P<one>[a-z]'*)=(?P<other>[a-z]'*)\}")
_EQUATIONS = frozenset({"=", ":=", r"\equiv", r"\triangleq"})
Key = tuple[object, ...]


def range_name(ends: Ends) -> str:
    """The name of the set of the integers between two ends."""
    return rf"\{{{ends[0]},\ldots,{ends[1]}\}}"


def is_kronecker(name: t.Name) -> bool:
    r"""True of `\delta_{kj}`."""
    return name.stem == r"\delta" and len(name.lower) == 2


def compared(node: t.Node) -> tuple[str, str] | None:
    r"""The letters in `\mathbb{1}[k = j]`, `\mathbb{1}_{k=j}` or `[k = j]`; None of anything else."""
    match node:
        case t.Applied(head=head, before=(inner,), bar="") if head.text in INDICATORS:
            return compared_letters(inner)
        case t.Name(text=text) if (found := _MARKED.fullmatch(text)) and found["head"] in (*INDICATORS, r"\delta"):
            return found["one"], found["other"]
        case _:
            return None


def compared_letters(node: t.Node) -> tuple[str, str] | None:
    """The letters of an equation between two."""
    match node:
        case t.Sides(sides=(t.Name() as one, t.Name() as other), signs=("=",)):
            plain = _LETTER.fullmatch(one.text) and _LETTER.fullmatch(other.text)
            return (one.text, other.text) if plain else None
        case _:
            return None


@dataclass
class _Classes:
    """Places in subscripts and letters, of which some run over one set."""

    same: dict[Key, Key] = field(default_factory=dict)

    def find(self, key: Key) -> Key:
        while (following := self.same.get(key, key)) != key:
            key = following
        return key

    def join(self, one: Key, other: Key) -> None:
        left, right = self.find(one), self.find(other)
        self.same.setdefault(left, left)
        self.same.setdefault(right, left)
        self.same[right] = left


def index_sets(
    roots: Sequence[t.Node],
    ranges: Mapping[str, Set[Ends]],
    ends: Set[str],
    listed: Mapping[str, Set[Ends]] = NOTHING_LISTED,
) -> tuple[dict[str, str], frozenset[str], bool]:
    r"""The index sets of the letters without a range of their own, and whether `\delta_{kj}` is a Kronecker delta.

    `listed` are the ranges of the subscripts of names that the text lists.  Letters of which sums say another range
    than the lists are in between: what they run over is not clear where nothing is said.
    """
    kronecker = not any(map(_defines_delta, roots))
    classes = _Classes()
    letters: set[str] = set()
    for name in (name for root in roots for name in _subscripted(root)):
        pieces = [(place, piece) for place, piece in enumerate(name.lower) if _LETTER.fullmatch(piece)]
        letters.update(piece for _, piece in pieces)
        if is_kronecker(name) and kronecker:
            classes.join(("letter", name.lower[0]), ("letter", name.lower[1]))
            continue
        for place, piece in pieces:
            classes.join(("place", name.stem, len(name.lower), place), ("letter", piece))
    for pair in (pair for root in roots for node in t.walk(root) if (pair := compared(node))):
        letters.update(pair)
        classes.join(("letter", pair[0]), ("letter", pair[1]))
    totals = [node for root in roots for node in t.walk(root) if isinstance(node, t.Total)]
    for one, _, other in (order for total in totals for order in orders(total) or ()):
        letters.update((one.text, other.text))
        classes.join(("letter", one.text), ("letter", other.text))
    excluded = {n for root in roots for n in _numbers(root, frozenset(), letters)} | ends
    bound, elsewhere = _bound(totals)
    places: dict[Key, set[Ends]] = {}
    for stem, found in listed.items():
        places.setdefault(classes.find(("place", stem, 1, 0)), set()).update(found)
    said = {letter: places.get(classes.find(("letter", letter)), set()) for letter in letters}
    unclear = frozenset(letter for letter, found in said.items() if found and not ranges.get(letter, set()) <= found)
    return _named(classes, letters - excluded, bound, elsewhere, ranges, places), unclear, kronecker


def _named(
    classes: _Classes,
    letters: Set[str],
    bound: Set[str],
    elsewhere: Set[str],
    ranges: Mapping[str, Set[Ends]],
    listed: Mapping[Key, Set[Ends]],
) -> dict[str, str]:
    """A name for the set of each letter of a class in which some letter is bound, or that is beside such a class.

    A class whose places are listed has what is listed for a range.
    """
    members: dict[Key, set[str]] = {}
    for letter in letters:
        members.setdefault(classes.find(("letter", letter)), set()).add(letter)
    indexed = {key for key, found in members.items() if found & (bound | ranges.keys()) or key in listed}
    stems = {key[1:3] for key in classes.same if key[0] == "place" and classes.find(key) in indexed}
    beside = {classes.find(key) for key in classes.same if key[0] == "place" and key[1:3] in stems}
    result: dict[str, str] = {}
    for key, found in members.items():
        known = {ends for letter in found for ends in ranges.get(letter, ())} | {*listed.get(key, ())}
        if key not in indexed | beside or len(known) > 1 or found & elsewhere:
            continue
        text = min(found & bound or found)
        name = range_name(next(iter(known))) if known else text[:1].upper() + text[1:]
        result |= dict.fromkeys(found, name)
    return result


def _defines_delta(root: t.Node) -> bool:
    if not isinstance(root, t.Sides) or not set(root.signs) & _EQUATIONS:
        return False
    left, right = root.sides[0], root.sides[-1]
    return isinstance(left, t.Name) and is_kronecker(left) and not isinstance(right, t.Array)


def _subscripted(node: t.Node) -> Iterator[t.Name]:
    """The names with a subscript of letters, but those of functions."""
    if isinstance(node, t.Name) and node.lower:
        yield node
    for part in t.parts(node):
        if not (isinstance(node, t.Applied) and part is node.head):
            yield from _subscripted(part)


def _numbers(node: t.Node, bound: frozenset[str], letters: Set[str]) -> Iterator[str]:
    """The letters that stand as numbers, where no sum binds them."""
    match node:
        case t.Name(text=text):
            if text not in bound:
                yield text
            return
        case t.Sides(sides=(t.Name(), t.Listing() as listing)) if any(isinstance(i, t.Ellipsis) for i in listing.items):
            return
        case t.Sides(sides=(t.Name(text=one), t.Name(text=other)), signs=("=" | "!=",)) if {one, other} <= letters:
            return
        case t.Total(over=over):
            bound |= {name.text for name in over}
            bound |= {name.text for one, _, other in orders(node) or () for name in (one, other)}
        case _ if compared(node):
            return
    for part in t.parts(node):
        yield from _numbers(part, bound, letters)


def _bound(totals: Iterable[t.Total]) -> tuple[set[str], set[str]]:
    """The letters that sums bind, and those that are bound within a set or under a condition of another kind."""
    bound: set[str] = set()
    elsewhere: set[str] = set()
    for total in totals:
        names = {name.text for name in total.over}
        open_one = (total.lower is None) != (total.upper is None)
        (elsewhere if total.within or orders(total) is None or open_one else bound).update(names)
    return bound, elsewhere
