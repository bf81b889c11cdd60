r"""Vectors that a text makes of random ones: `y = X \beta + \varepsilon` with `\varepsilon \sim \mathcal{N}(0, S)`.

In a mean they stand for what they are made of: the mean is over that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

from symderiv.formulas import tree as t
from symderiv.formulas.functions import replaced
from symderiv.formulas.usage import MOMENTS


def made_vectors(given: Iterable[t.Node], matrices: Set[str], random: Set[str]) -> dict[str, t.Node]:
    """What the names of `matrices` are made of, by the equations that are given for the whole of a text.

    Nothing where two are given for one name.  `random` are the names, or stems of names, that are drawn.
    """
    stated: dict[str, dict[str, t.Node]] = {}
    for tree in given:
        match tree:
            case t.Sides(sides=(t.Name(text=text), right), signs=("=",)) if text in matrices - random:
                stated.setdefault(text, {})[repr(right)] = right
            case _:
                continue
    once = {name: next(iter(rights.values())) for name, rights in stated.items() if len(rights) == 1}
    found: dict[str, t.Node] = {}
    while more := {
        name: replaced(right, found)
        for name, right in once.items()
        if name not in found and name not in (names := _names(right)) and names & (random | found.keys())
    }:
        found |= more
    return found


def with_made_vectors(tree: t.Sides, made: Mapping[str, t.Node]) -> t.Sides:
    """A relation with what vectors are made of for their names below means, variances and covariances."""
    found = _put_in(tree, made) if made else tree
    return found if isinstance(found, t.Sides) else tree


def _put_in(node: t.Node, made: Mapping[str, t.Node]) -> t.Node:
    if isinstance(node, t.Applied) and MOMENTS.get(node.head.text) and not node.bar:
        return t.mapped(node, lambda part: part if part is node.head else replaced(part, dict(made)))
    return t.mapped(node, lambda part: _put_in(part, made))


def _names(tree: t.Node) -> set[str]:
    return {text for node in t.walk(tree) if isinstance(node, t.Name) for text in (node.text, node.stem)}
