r"""Integrals by what is made of a variable, as they stand where one is put in: `\int (z + m)^2 \, \mathrm{d}(z + m)`.

Such an integral is the one of the integrand times the slope of what stands behind the `d`, and its limits are those of
the variable: `\int_a^b f(c u) \, \mathrm{d}(c u)` is `\int_a^b c f(c u) \, \mathrm{d}u`.  What is infinite but for
what is added to it is infinite: `-\infty - \mu` is `-\infty`; divided by a number it has the sign of that number.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed

_DIFFERENTIAL = re.compile(r"\\mathrm\{d\}\s*(?P<name>\\?[A-Za-z]+)")


def changed_variable(inner: t.Node, text: str) -> t.Name | None:
    r"""The variable of what stands behind a `d`; None where it is not one that the text integrates by as well."""
    names = {name.text: name for name in t.walk(inner) if isinstance(name, t.Name)}
    integrated = {found["name"] for found in _DIFFERENTIAL.finditer(text)}
    chosen = [name for name in names.values() if name.text in integrated] if len(names) > 1 else list(names.values())
    return chosen[0] if len(chosen) == 1 else None


def slope(inner: t.Node, variable: str) -> t.Node | None:
    """What a variable is multiplied by in a formula of first degree; None of any other, and of what falls with it."""
    match inner:
        case t.Listing(items=(item,), separators=()):
            return slope(item, variable)
        case t.Addition(terms=terms):
            having = [term for term in terms if _has(term, variable)]
            return slope(having[0], variable) if len(having) == 1 else None
        case t.Product(factors=factors):
            having = [factor for factor in factors if _has(factor, variable)]
            others = tuple(factor for factor in factors if not _has(factor, variable))
            inside = slope(having[0], variable) if len(having) == 1 else None
            if inside is None:
                return None
            kept = others if isinstance(inside, t.Numeral) and inside.value == 1 else (*others, inside)
            return kept[0] if len(kept) == 1 else replace(inner, factors=kept)
        case t.Division(above=above, below=below) if not _has(below, variable):
            inside = slope(above, variable)
            return None if inside is None else replace(inner, above=inside)
        case t.Name() if inner.text == variable:
            return t.Numeral(inner.start, inner.end, Fraction(1))
        case _:
            return None


def with_slopes(node: t.Node, over: set[str]) -> t.Node:
    """A formula with the slopes of what is of first degree in a variable in place of its derivatives by it."""
    match node:
        case t.Derivative(sign="d", over=(t.Name() as name,), order=None, places=()) if name.text in over:
            found = slope(node.body, name.text)
            return node if found is None else found
        case _:
            return t.mapped(node, lambda part: with_slopes(part, over))


def _has(node: t.Node, variable: str) -> bool:
    return any(isinstance(part, t.Name) and variable in (part.text, *part.marks) for part in t.walk(node))


def bounds_of(node: t.Integral) -> tuple[str, str, tuple[t.Node, ...]]:
    """The limits of an integral, as written without what infinite ones are shifted by; and what divides both."""
    written = tuple(printed(part) if part else "" for part in (node.lower, node.upper))
    lower, upper = (_infinite(part) for part in (node.lower, node.upper))
    if len(node.over) > 1 or lower is None or upper is None or [*map(printed, lower[1])] != [*map(printed, upper[1])]:
        return written[0], written[1], ()
    return printed(lower[0]), printed(upper[0]), lower[1]


def _infinite(node: t.Node | None) -> tuple[t.Node, tuple[t.Node, ...]] | None:
    """A limit that is infinite but for finite terms, as infinity or minus infinity; and what divides it."""
    match node:
        case t.Name(text=r"\infty"):
            return node, ()
        case t.Negation(body=body):
            found = _infinite(body)
            return found if found is None else (_negated(found[0]), found[1])
        case t.Addition(terms=terms):
            infinite = [term for term in terms if _has(term, r"\infty")]
            return _infinite(infinite[0]) if len(infinite) == 1 else None
        case t.Division(above=above, below=below) if not _has(below, r"\infty"):
            found = _infinite(above)
            factors = below.factors if isinstance(below, t.Product) else (below,)
            signed = tuple(factor for factor in factors if not isinstance(factor, t.Numeral | t.Root))
            return None if found is None or found[1] else (found[0], signed)
        case _:
            return None


def _negated(infinity: t.Node) -> t.Node:
    return infinity.body if isinstance(infinity, t.Negation) else t.Negation(infinity.start, infinity.end, infinity)
