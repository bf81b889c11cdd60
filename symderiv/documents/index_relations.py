r"""What a text says of indices, as `for $i \neq j$`: which of their values are the same."""

from __future__ import annotations

from sympy import Integer

from symderiv.formulas import tree as t
from symderiv.formulas.general import Terms
from symderiv.language.indices import Kronecker
from symderiv.model.statement import Proposition, Relation

_SAME = {Relation.EQUAL: Integer(1), Relation.UNEQUAL: Integer(0)}


def between_indices(terms: Terms, tree: t.Sides, relation: Relation) -> Proposition | None:
    r"""`i \neq j` as $[i = j] = 0$, where both letters are indices of one range; None of any other relation."""
    if relation not in _SAME or not all(isinstance(side, t.Name) and not side.lower for side in tree.sides):
        return None
    indices = [terms.index(side.text) for side in tree.sides if isinstance(side, t.Name)]
    match indices:
        case [left, right] if left is not None and right is not None and left.alphabet == right.alphabet:
            return None if left == right else Proposition(Kronecker(left, right), Relation.EQUAL, _SAME[relation])
        case _:
            return None
