"""Parts of a relation of which so little is known that values for them say nothing."""

from __future__ import annotations

from collections.abc import Set
from itertools import pairwise

from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed

_TRIGONOMETRIC = frozenset({"sin", "cos", "tan", "cot", "sec", "csc"})


def says_nothing(tree: t.Node, written_out: Set[str] | None) -> bool:
    """True of a relation with such a part.

    Matrices that are `written_out`, and names for them, are such parts; None where they were worked out.
    """
    hides = written_out is not None and any(
        isinstance(node, t.Array) or (isinstance(node, t.Name) and node.text in written_out) for node in t.walk(tree)
    )
    return hides or _has_units(tree) or _turns_angles(tree) or _is_a_mean_alone(tree) or _is_of_unions(tree)


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
