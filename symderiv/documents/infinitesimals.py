r"""A finite side beside an infinitesimal one: `F(y) = f(y) \, \mathrm{d}y`, where an integral is missing."""

from __future__ import annotations

from symderiv.documents.displays import Row
from symderiv.formulas import tree as t
from symderiv.formulas.events import is_chance

INFINITESIMAL = "one side is a differential, the other one is finite"
_DIFFERENTIAL = r"\mathrm{d}"


def is_finite_beside_infinitesimal(row: Row) -> bool:
    """True of an equation between what is finite and what has a differential more above than below.

    A mere name may stand for something infinitesimal, and so may the probability of an event.
    """
    if row.sign != "=" or row.left is None or row.right is None:
        return False
    sides = (row.left, row.right)
    orders = [_order(side) for side in sides]
    if None in orders or (orders[0] == 0) == (orders[1] == 0):
        return False
    finite = sides[orders.index(0)]
    is_vague = isinstance(finite, t.Name | t.Numeral)
    return not is_vague and not any(isinstance(node, t.Applied) and is_chance(node) for node in t.walk(finite))


def _order(node: t.Node) -> int | None:
    r"""How many differentials are factors; None where that is not plain, as in `f(x + \mathrm{d}x)`."""
    match node:
        case t.Name(stem=stem):
            return int(stem.startswith(_DIFFERENTIAL))
        case t.Negation(body=body):
            return _order(body)
        case t.Product(factors=factors):
            return _total([_order(factor) for factor in factors])
        case t.Division(above=above, below=below):
            upper, lower = _order(above), _order(below)
            return None if upper is None or lower is None else upper - lower
        case t.Addition(terms=terms):
            orders = {_order(term) for term in terms}
            return orders.pop() if len(orders) == 1 else None
        case _:
            return None if any(_order(part) != 0 for part in t.parts(node)) else 0


def _total(orders: list[int | None]) -> int | None:
    known = [order for order in orders if order is not None]
    return sum(known) if len(known) == len(orders) else None
