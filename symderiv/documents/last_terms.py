r"""Terms of sums by themselves: `\sum_{s=1}^t a_s = \sum_{s=1}^{t-1} a_s + a_t`, `\sum_{j=1}^2 f_j = f_1 + f_2`.

Of a triangular sum, `\sum_{i=1}^2 \sum_{j=1}^i a_{ij}`, the terms are those whose indices stand in its order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from fractions import Fraction
from itertools import product
from operator import le, lt, ne
from types import MappingProxyType

from symderiv.documents.subscripts import pieces_of, with_pieces
from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed

NOTHING: Mapping[str, t.Numeral] = MappingProxyType({})
_BEGINS = (0, 1)
"""Where a range begins that ends at a letter and at the number before it: neither has an end before that."""
_COMPARED: Mapping[str, Callable[[Fraction, Fraction], bool]] = {"<": lt, "<=": le, "!=": ne}
_MOST = 8
"""No sum of more terms is written out."""
_MOST_NAMES = 64


def last_terms(trees: Iterable[t.Node]) -> Iterator[t.Sides]:
    """What relates the sums and products in some trees that differ by their last term alone."""
    nodes = (node for tree in trees for node in t.walk(tree))
    totals = {printed(node): node for node in nodes if isinstance(node, t.Total) and _is_plain(node)}
    ends = {(_without_end(total), end): total for total in totals.values() if (end := _end(total)) is not None}
    for (rest, (letter, distance)), whole in ends.items():
        shorter = ends.get((rest, (letter, distance - 1)))
        last = None if shorter is None else _at_end(whole.body, whole.over[0].text, whole.upper, (letter, distance))
        if shorter is None or last is None:
            continue
        place = whole.start, whole.end
        joined = t.Addition if whole.kind == "sum" else t.Product
        yield t.Sides(*place, (whole, joined(*place, (shorter, last))), ("=",))


def written_out(
    trees: Iterable[t.Node], named: Set[str], values: Mapping[str, t.Numeral] = NOTHING
) -> Iterator[t.Sides]:
    """What the sums and products of a few numbered terms are, where one of these is `named` or all are numbers.

    A range may end at a letter of which the value is known.
    """
    nodes = (node for tree in trees for node in t.walk(tree))
    totals = {printed(node): node for node in nodes if isinstance(node, t.Total) and _may_be_written(node)}
    for total in totals.values():
        upper = values.get(printed(total.upper)) if total.upper is not None else None
        whole = _terms_of(total if upper is None else replace(total, upper=upper))
        parts = () if whole is None else (part.text for part in t.walk(whole) if isinstance(part, t.Name))
        body = {part.text for part in t.walk(total.body) if isinstance(part, t.Name)}
        fresh = set(parts) - body
        if whole is not None and (fresh & named or (not fresh and body <= {name.text for name in total.over})):
            yield t.Sides(total.start, total.end, (total, whole), ("=",))


def with_terms(tree: t.Sides, values: Mapping[str, t.Numeral]) -> t.Sides:
    """A relation with the terms of its sums and products by themselves, where it has names of some."""
    names = {name.text for name in t.walk(tree) if isinstance(name, t.Name)}
    found = {printed(sides.sides[0]): sides.sides[1] for sides in written_out([tree], names, values)}

    def put(node: t.Node) -> t.Node:
        return found.get(printed(node), node) if isinstance(node, t.Total) else t.mapped(node, put)

    return replace(tree, sides=tuple(map(put, tree.sides))) if found else tree


def _terms_of(total: t.Total) -> t.Node | None:
    """The terms of a sum or product, those of the ones in it with them; None where these are too many."""
    numbers, found = _numbers(total), list[t.Node]()
    for values in product(numbers, repeat=len(total.over)):
        own = {name.text: value for name, value in zip(total.over, values, strict=True)}
        asked = _is_asked(total, own)
        term = total.body if asked else None
        for index, value in own.items() if asked else ():
            term = None if term is None else _put_in(term, index, str(value.value), value)
        written = None if term is None else _all_written(term)
        if asked is None or (asked and written is None):
            return None
        found += [] if written is None else [written]
    if not numbers or not found:
        return t.Numeral(total.start, total.end, Fraction(int(total.kind == "product"))) if numbers else None
    if len(found) == 1:
        return found[0]
    joined = t.Addition if total.kind == "sum" else t.Product
    whole = joined(total.start, total.end, tuple(found))
    return whole if sum(isinstance(node, t.Name) for node in t.walk(whole)) <= _MOST_NAMES else None


def _is_asked(total: t.Total, values: Mapping[str, t.Numeral]) -> bool | None:
    """True of values that stand in the order which a sum asks of its indices; None where that is not known."""
    asked: list[bool] = []
    items = total.condition.items if isinstance(total.condition, t.Listing) else (total.condition,)
    for item in items if total.condition is not None else ():
        match item:
            case t.Sides(sides=(one, other), signs=(sign,)) if sign in _COMPARED:
                numbers = [values.get(side.text) if isinstance(side, t.Name) else side for side in (one, other)]
                found = [number.value for number in numbers if isinstance(number, t.Numeral)]
                if len(found) != len(numbers):
                    return None
                asked.append(_COMPARED[sign](*found))
            case _:
                return None
    return all(asked)


def _all_written(node: t.Node) -> t.Node | None:
    """A term with the sums in it written out; None where one of them cannot be."""
    inner = [part for part in t.walk(node) if isinstance(part, t.Total | t.Integral)]
    if not inner:
        return node
    told = _terms_of(inner[0]) if isinstance(inner[0], t.Total) and _may_be_written(inner[0]) else None
    return None if told is None or inner[0] is not node else told


def _numbers(total: t.Total) -> list[t.Numeral]:
    """The values of the index of a sum between two numbers; none where these are too many."""
    match total:
        case t.Total(lower=t.Numeral(value=first), upper=t.Numeral(value=last) as upper) if last - first < _MOST:
            return [replace(upper, value=Fraction(value)) for value in range(int(first), int(last) + 1)]
        case _:
            return []


def _is_plain(total: t.Total) -> bool:
    """True of a sum or product over one index, from the first number on."""
    return _may_be_written(total) and total.condition is None and len(total.over) == 1


def _may_be_written(total: t.Total) -> bool:
    """True of a sum or product from the first number on, over indices in an order or none."""
    begins = isinstance(total.lower, t.Numeral) and total.lower.value in _BEGINS
    return total.kind in ("sum", "product") and begins and total.within is None and not total.open


def _end(total: t.Total) -> tuple[str, int] | None:
    """The letter at which a range ends, and how far from it."""
    match total.upper:
        case t.Name(text=letter) if letter.isalpha():
            return letter, 0
        case t.Addition(terms=(t.Name(text=letter), t.Negation(body=t.Numeral(value=by)))) if letter.isalpha():
            return (letter, -int(by)) if by.denominator == 1 else None
        case t.Addition(terms=(t.Name(text=letter), t.Numeral(value=by))) if letter.isalpha():
            return (letter, int(by)) if by.denominator == 1 else None
        case _:
            return None


def _without_end(total: t.Total) -> tuple[str, str, str, str]:
    return total.kind, total.over[0].text, printed(total.lower) if total.lower else "", printed(total.body)


def _at_end(body: t.Node, index: str, upper: t.Node | None, end: tuple[str, int]) -> t.Node | None:
    """What stands under a sum, where its index is the end; None where the index is in it in another form."""
    letter, distance = end
    return None if upper is None else _put_in(body, index, f"{letter}{distance:+d}" if distance else letter, upper)


def _put_in(body: t.Node, index: str, piece: str, value: t.Node) -> t.Node | None:
    """What stands under a sum with a value for its index, a piece of subscripts; None where it is in another form."""
    binders = [node for node in t.walk(body) if isinstance(node, t.Total | t.Integral)]
    binds = any(not isinstance(value, t.Numeral) or index in {name.text for name in node.over} for node in binders)
    named = [node for node in t.walk(body) if isinstance(node, t.Name) and index in node.marks]
    if binds or any(_with_piece(name, index, piece) is None for name in named if name.text != index):
        return None

    def put(node: t.Node) -> t.Node:
        if isinstance(node, t.Name):
            return value if node.text == index else _with_piece(node, index, piece) or node
        return t.mapped(node, put)

    return put(body)


def _with_piece(name: t.Name, index: str, piece: str) -> t.Name | None:
    """The name with another piece in its subscript for an index; None where this is no piece of it."""
    pieces, alone = pieces_of(name), len(piece) == 1
    if index in pieces:
        return with_pieces(name, [piece if p == index else p for p in pieces])
    if alone and index in name.lower and pieces == ["".join(name.lower)] and all(len(p) == 1 for p in name.lower):
        # `x_{i1}`, which is `x_{11}` for the first
        lower = tuple(piece if p == index else p for p in name.lower)
        return replace(with_pieces(name, ["".join(lower)]), lower=lower)
    return None
