"""Which given facts cannot hold at once: two values of one name, bounds between which there is nothing.

A text that states both speaks of two cases, or sets a name anew.
"""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Expr, Rational

from symderiv.documents.names import definable
from symderiv.model.statement import Proposition, Relation

_MIRRORED = {
    Relation.LESS: Relation.GREATER,
    Relation.GREATER: Relation.LESS,
    Relation.AT_MOST: Relation.AT_LEAST,
    Relation.AT_LEAST: Relation.AT_MOST,
}


@dataclass(frozen=True)
class _Interval:
    """The numbers that a name may have; None for an end that there is not."""

    name: Expr
    low: Rational | None
    high: Rational | None
    is_closed: bool


def stand_apart(one: Proposition, other: Proposition) -> bool:
    """True of two facts of which a text means one at a time."""
    if one == other or one.parameters != other.parameters:
        return False
    if one.relation is other.relation is Relation.EQUAL and one.left == other.left:
        return bool(one.parameters) or definable(one.left) is not None
    first, second = _interval(one), _interval(other)
    if first is None or second is None or first.name != second.name:
        return False
    lows = [end for end in (first.low, second.low) if end is not None]
    highs = [end for end in (first.high, second.high) if end is not None]
    if not lows or not highs:
        return False
    low, high = max(lows), min(highs)
    return bool(low > high) or (bool(low == high) and not (first.is_closed and second.is_closed))


def _interval(proposition: Proposition) -> _Interval | None:
    left, relation, right = proposition.left, proposition.relation, proposition.right
    if isinstance(left, Rational):
        left, relation, right = right, _MIRRORED.get(relation, relation), left
    if not isinstance(right, Rational) or definable(left) is None:
        return None
    match relation:
        case Relation.EQUAL:
            return _Interval(left, right, right, True)
        case Relation.LESS | Relation.AT_MOST:
            return _Interval(left, None, right, relation is Relation.AT_MOST)
        case Relation.GREATER | Relation.AT_LEAST:
            return _Interval(left, right, None, relation is Relation.AT_LEAST)
        case _:
            return None
