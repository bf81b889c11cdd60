r"""Capitals that are applied in both orders: `W_2 W_1 x`, and `W_1 W_2 x` below.

Numbers commute and matrices do not.  Capitals are numbers where a text shows nothing else; yet where a small letter
stands behind two of them, as a vector does behind matrices, or both are of one family, as the weights of layers are, a
relation that turns them around says nothing that could be checked, unless the text shows what one of them is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import combinations

from symderiv.formulas import tree as t
from symderiv.formulas.grammar import RELATIONS
from symderiv.formulas.shapes import is_capital, is_inverse, is_transpose

_INVERTED = "^{-1}"
_MOST = 16
"""No product of more factors is looked at."""
_ORDERS = RELATIONS.keys() - {"="}


def turned_around(trees: Mapping[int, t.Node], known: Set[str]) -> dict[int, tuple[str, str]]:
    """The keys of relations in which two capitals are multiplied in another order than before, with these.

    Of the names that are `known` the text says what they are.
    """
    numbers = known | {name for tree in trees.values() for node in t.walk(tree) for name in _numbers(node)}
    first: dict[frozenset[str], tuple[str, str]] = {}
    found: dict[int, tuple[str, str]] = {}
    made: dict[str, t.Node] = {}
    for tree in trees.values():
        match tree:
            case t.Sides(sides=(t.Name(text=text), t.Product() as product, *_), signs=("=", *_)):
                if not any(map(is_inverse, product.factors)):
                    made.setdefault(text, product)
    for key, tree in trees.items():
        for pair in (pair for node in t.walk(tree) for pair in _pairs(node, made)):
            names = pair[0].removesuffix(_INVERTED), pair[1].removesuffix(_INVERTED)
            # Where B^{-1} A^{-1} is right, so is A B.
            turns = all(name.endswith(_INVERTED) for name in pair)
            order = (names[1], names[0]) if turns else pair
            if numbers.isdisjoint(names) and first.setdefault(frozenset(order), order) != order:
                found.setdefault(key, (names[1], names[0]) if turns else names)
    return found


def _pairs(node: t.Node, made: Mapping[str, t.Node]) -> Iterator[tuple[str, str]]:
    """The capitals of one family, or before a small letter, in a product, two by two, in their order.

    In place of a small letter stands the product that it was said to be.
    """
    factors = _factors(node, made) if isinstance(node, t.Product) else []
    last, _ = factors[-1] if factors else (None, False)
    small = isinstance(last, t.Name) and not is_capital(last)
    capitals = [(part, way) for part, way in factors if isinstance(part, t.Name) and is_capital(part)]
    for (one, one_way), (other, other_way) in combinations(capitals, 2):
        if one.text != other.text and (small or (one.stem == other.stem and one.lower and other.lower)):
            yield one.text + _INVERTED * one_way, other.text + _INVERTED * other_way


def _factors(node: t.Node, made: Mapping[str, t.Node], seen: frozenset[str] = frozenset()) -> list[tuple[t.Node, bool]]:
    """The factors of a product, those of inverses turned around, and whether each is inverted."""
    match node:
        case t.Product(factors=factors):
            found = [part for factor in factors for part in _factors(factor, made, seen)]
            return found if len(found) <= _MOST else []
        case t.Power(base=base) if is_inverse(node):
            return [(part, not way) for part, way in reversed(_factors(base, {}))]
        case t.Power(base=base):
            return [(base, False)]
        case t.Name(text=text) if text in made and text not in seen and not is_capital(node):
            return _factors(made[text], made, seen | {text})
        case _:
            return [(node, False)]


def _numbers(node: t.Node) -> Iterator[str]:
    """The names that only numbers stand in place of: below a line or in an exponent, a function or an order."""
    match node:
        case t.Division(below=below):
            parts: Sequence[t.Node] = (below,)
        case t.Power(exponent=exponent) if not is_transpose(node) and not is_inverse(node):
            parts = (exponent,)
        case t.Function(body=body):
            parts = (body,)
        case t.Sides(sides=sides, signs=signs) if not _ORDERS.isdisjoint(signs) or _is_numeral(sides[-1]):
            parts = sides
        case t.Addition(terms=terms) if any(map(_is_numeral, terms)):
            parts = terms
        case t.Total(lower=lower, upper=upper):
            parts = tuple(end for end in (lower, upper) if end is not None)
        case _:
            return
    yield from (name.text for part in parts for name in t.walk(part) if isinstance(name, t.Name))


def _is_numeral(node: t.Node) -> bool:
    return isinstance(node.body if isinstance(node, t.Negation) else node, t.Numeral)
