r"""Integrals without limits: `\int f(x) dx = F(x)` says that f is the derivative of F.

An integral without limits is an antiderivative where the other side depends on its variable; otherwise it is over all
that the variable can be.
"""

from __future__ import annotations

from symderiv.formulas import tree as t


def as_derivative(sides: t.Sides) -> t.Sides:
    """The equation between a derivative and the integrand; any other relation as it is."""
    if sides.signs != ("=",) or len(sides.sides) != 2:
        return sides
    for whole, other in (sides.sides, sides.sides[::-1]):
        match whole:
            case t.Integral(over=(variable,), body=body, lower=None, upper=None) if _depends(other, variable.text):
                slope = t.Derivative(other.start, other.end, "d", (variable,), None, other)
                parts = (slope, body) if whole is sides.sides[1] else (body, slope)
                return t.Sides(sides.start, sides.end, parts, sides.signs)
            case _:
                continue
    return sides


def _depends(node: t.Node, variable: str) -> bool:
    """True of an expression in which a name stands free, and no other integral."""
    heads = {id(part.head) for part in t.walk(node) if isinstance(part, t.Applied)}
    names = [part.text for part in t.walk(node) if isinstance(part, t.Name) and id(part) not in heads]
    binders = any(isinstance(part, t.Integral | t.Between | t.Total | t.Derivative) for part in t.walk(node))
    return variable in names and not binders
