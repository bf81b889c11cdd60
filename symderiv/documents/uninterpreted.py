"""Parts of a relation of which so little is known that values for them say nothing."""

from __future__ import annotations

import re
from collections.abc import Set
from itertools import pairwise

from symderiv.formulas import tree as t
from symderiv.formulas.notation import QUANTITIES
from symderiv.formulas.printing import printed
from symderiv.formulas.shapes import diagonal_of

_TRIGONOMETRIC = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})


def says_nothing(tree: t.Node, written_out: Set[str] | None) -> bool:
    """True of a relation with such a part.

    Matrices that are `written_out`, and names for them, are such parts; None where they were worked out.
    """
    hides = written_out is not None and any(
        isinstance(node, t.Array) or (isinstance(node, t.Name) and node.text in written_out) for node in t.walk(tree)
    )
    by_form = (_has_units, _turns_angles, _is_a_mean_alone, _is_of_unions, _is_of_other_operations)
    return hides or any(says(tree) for says in by_form)


_OF_MATRICES = re.compile(r"\\(?:math\w+|operatorname|text)\{(?:vech?|diag|Diag|rk|rank|blkdiag)\}|\\(?:rank|diag)")


def _is_of_other_operations(tree: t.Node) -> bool:
    r"""True where both sides are not of the same `\langle A S \rangle`, `\mathrm{vec}(A + B)` and `A \otimes B`.

    These are kept as they are written: what relates those of other things is not known.
    """
    if not isinstance(tree, t.Sides) or len(tree.sides) != 2:
        return False
    one, other = ({printed(n) for n in t.walk(side) if _is_kept(n)} for side in tree.sides)
    return one != other


def hides_an_operation(tree: t.Node) -> bool:
    r"""True of what is made by an operation on matrices that is kept as it is written: `\mathrm{diag}(a, b)`."""
    return any(isinstance(node, t.Applied) and _is_of_matrices(node) for node in t.walk(tree))


def _is_kept(node: t.Node) -> bool:
    match node:
        case t.Angles(body=body, weight=None):
            return not isinstance(body, t.Name | t.Power) or (
                isinstance(body, t.Power) and not isinstance(body.base, t.Name)
            )
        case t.Operation(sign=r"\otimes"):
            return True
        case t.Applied(head=head, before=(_,), after=()) if QUANTITIES.get(head.text) == "Cov":
            return True  # the covariance matrix of a vector
        case t.Applied():
            return _is_of_matrices(node)
        case _:
            return False


def _is_of_matrices(node: t.Applied) -> bool:
    return _OF_MATRICES.fullmatch(node.head.text) is not None and diagonal_of(node) is None


def _is_a_mean_alone(tree: t.Node) -> bool:
    r"""True of `\langle \beta \rangle_{p(\beta \mid y)} = \mu`: which mean a distribution has is not written."""
    sides = tree.sides if isinstance(tree, t.Sides) else ()
    means = [any(isinstance(node, t.Angles) for node in t.walk(side)) for side in sides]
    alone = [side for side in sides if isinstance(side, t.Angles) and isinstance(side.body, t.Name)]
    return bool(alone) and not all(means)


def _is_of_unions(tree: t.Node) -> bool:
    """True of a relation with the union or intersection of a family, or with an unnamed constant."""
    unions = (node for node in t.walk(tree) if isinstance(node, t.Total) and node.kind in ("union", "intersection"))
    constants = (node for node in t.walk(tree) if isinstance(node, t.Name) and "const" in node.text)
    return any(True for _ in (*unions, *constants))


def _has_units(tree: t.Node) -> bool:
    r"""True of `4 \text{ bits}`: a word behind a numeral, which is no number."""
    products = (node.factors for node in t.walk(tree) if isinstance(node, t.Product))
    pairs = (pair for factors in products for pair in pairwise(factors))
    return any(isinstance(one, t.Numeral) and _is_word(other) for one, other in pairs)


def _is_word(node: t.Node) -> bool:
    return isinstance(node, t.Name) and node.text.startswith(r"\text") and len(node.base) > 1


def _turns_angles(tree: t.Node) -> bool:
    """True where there are sines and cosines of other angles on either side: what relates them is not known."""
    if not isinstance(tree, t.Sides) or len(tree.sides) != 2:
        return False
    one, other = (
        {printed(node) for node in t.walk(side) if isinstance(node, t.Function) and node.word in _TRIGONOMETRIC}
        for side in tree.sides
    )
    return one != other
