r"""The chain rule as texts state it: `\frac{dy}{dx} = \frac{dy}{du} \frac{du}{dx}`, or a sum over what lies between."""

from __future__ import annotations

from symderiv.formulas import tree as t

Path = tuple[str, ...]
"""The names from what is differentiated to what it is differentiated by."""


def between(tree: t.Node | None) -> frozenset[str] | None:
    """The names that lie between in an equation that is the chain rule; None of any other."""
    if not isinstance(tree, t.Sides) or set(tree.signs) != {"="}:
        return None
    sides = [[_path(term) for term in _terms(side)] for side in tree.sides]
    paths = [path for side in sides for path in side if path is not None]
    if len(paths) != sum(map(len, sides)) or len({(path[0], path[-1]) for path in paths}) != 1:
        return None
    if any(len(set(side)) < len(side) for side in sides) or len(set(map(frozenset, map(tuple, sides)))) < len(sides):
        return None
    if any(len(side) > 1 and any(path is not None and len(path) == 2 for path in side) for side in sides):
        return None  # `dL/dw = \\partial L/\\partial w + ...`: what it says depends on what is held fixed
    return frozenset(name for path in paths for name in path[1:-1])


def _terms(side: t.Node) -> tuple[t.Node, ...]:
    return side.terms if isinstance(side, t.Addition) else (side,)


def _path(term: t.Node) -> Path | None:
    """The names of a product of derivatives each of which is by what the next is of."""
    path: list[str] = []
    for factor in term.factors if isinstance(term, t.Product) else (term,):
        match factor:
            case t.Derivative(over=(t.Name() as by,), order=None, body=t.Name() as of):
                if path and path[-1] != of.text:
                    return None
                path += [by.text] if path else [of.text, by.text]
            case _:
                return None
    return tuple(path)
