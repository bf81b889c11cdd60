r"""Terms of sums by themselves: `\sum_{s=1}^t a_s = \sum_{s=1}^{t-1} a_s + a_t`, `\sum_{j=1}^2 f_j = f_1 + f_2`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from fractions import Fraction

from symderiv.documents.subscripts import pieces_of, with_pieces
from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed

_BEGINS = (0, 1)
"""Where a range begins that ends at a letter and at the number before it: neither has an end before that."""
_MOST = 8
"""No sum of more terms is written out."""


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


def written_out(trees: Iterable[t.Node], named: Set[str]) -> Iterator[t.Sides]:
    """What the sums and products of a few numbered terms in some trees are, where one of these is `named`."""
    nodes = (node for tree in trees for node in t.walk(tree))
    totals = {printed(node): node for node in nodes if isinstance(node, t.Total) and _is_plain(node)}
    for total in totals.values():
        terms = [_put_in(total.body, total.over[0].text, str(number.value), number) for number in _numbers(total)]
        parts = (part.text for term in terms if term is not None for part in t.walk(term) if isinstance(part, t.Name))
        fresh = set(parts) - {part.text for part in t.walk(total.body) if isinstance(part, t.Name)}
        if len(terms) > 1 and all(terms) and fresh & named:
            joined, place = t.Addition if total.kind == "sum" else t.Product, (total.start, total.end)
            whole = joined(*place, tuple(term for term in terms if term is not None))
            yield t.Sides(*place, (total, whole), ("=",))


def _numbers(total: t.Total) -> list[t.Numeral]:
    """The values of the index of a sum between two numbers; none where these are too many."""
    match total:
        case t.Total(lower=t.Numeral(value=first), upper=t.Numeral(value=last) as upper) if last - first < _MOST:
            return [replace(upper, value=Fraction(value)) for value in range(int(first), int(last) + 1)]
        case _:
            return []


def _is_plain(total: t.Total) -> bool:
    """True of a sum or product over one index, from the first number on."""
    begins = isinstance(total.lower, t.Numeral) and total.lower.value in _BEGINS
    rest = total.within is None and total.condition is None and not total.open
    return total.kind in ("sum", "product") and len(total.over) == 1 and begins and rest


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
    binds = any(isinstance(node, t.Total | t.Integral) for node in t.walk(body))
    named = [node for node in t.walk(body) if isinstance(node, t.Name) and index in node.marks]
    if binds or any(index not in pieces_of(name) for name in named if name.text != index):
        return None

    def put(node: t.Node) -> t.Node:
        if isinstance(node, t.Name):
            if node.text == index:
                return value
            pieces = pieces_of(node)
            return with_pieces(node, [piece if p == index else p for p in pieces]) if index in pieces else node
        return t.mapped(node, put)

    return put(body)
