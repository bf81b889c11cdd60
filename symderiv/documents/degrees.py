"""How many members of families are multiplied in a moment: of independent ones only the covariances are known."""

from __future__ import annotations

from collections.abc import Set

from sympy import Expr, Integer, preorder_traversal

from symderiv.language import random_variables as r
from symderiv.language import written as w
from symderiv.language.indices import SumOver
from symderiv.language.quantities import Component, RangedSum, RestrictedSum
from symderiv.language.templates import unmarked

KNOWN = 2
"""The largest degree of moments that covariances say all of."""
_SUMS = (w.Plus, w.Negative, SumOver, RangedSum, RestrictedSum)


def is_beyond_covariances(moment: r.Moment, families: Set[str]) -> bool:
    """True of a moment of products of members of families of which the covariances do not say everything."""
    if _degree_of(moment, families) <= KNOWN:
        return False
    products = (part for body in moment.args[3:] for part in preorder_traversal(body))
    for product in (part for part in products if isinstance(part, w.Times | w.Raised)):
        members = {str(part) for part in preorder_traversal(product) if _is_member(part, families)}
        if len(members) > 1 or (members and isinstance(product, w.Raised)):
            return True
    return False


def is_beyond_variances(moment: r.Moment, names: Set[str]) -> bool:
    """True of a moment of some variables of which their means and covariances do not say everything."""
    return _degree_of(moment, names) > KNOWN


def stem_of(part: Expr) -> str:
    """The name of a random variable, or of an indexed family of them."""
    return unmarked(str(part.args[0].name)).split("_", maxsplit=1)[0]


def _is_member(part: Expr, families: Set[str]) -> bool:
    """True of `X_i`, and of `X_1`, which is a variable of its own."""
    return isinstance(part, Component | r.RandomVariable) and stem_of(part) in families


def _degree_of(moment: r.Moment, families: Set[str]) -> int:
    bodies = [_degree(body, families) for body in moment.args[3:]]
    return sum(bodies) * (2 if isinstance(moment, r.Variance) else 1)


def _degree(part: Expr, families: Set[str]) -> int:
    """The degree in the members of families; at least 3 of what is no sum of products of these."""
    if isinstance(part, Component | r.RandomVariable):
        return int(_is_member(part, families))
    degrees = [_degree(inner, families) for inner in part.args if isinstance(inner, Expr)]
    if isinstance(part, w.Times):
        return sum(degrees)
    if isinstance(part, w.Quotient):
        return degrees[0] + 3 * degrees[1]
    if isinstance(part, w.Raised):
        power = part.args[1]
        is_count = isinstance(power, Integer) and power > 0
        return degrees[0] * int(power) if is_count else 3 * max(degrees)
    return max(degrees, default=0) * (1 if isinstance(part, _SUMS) else 3)
