"""Denominators made of sizes alone.  One that is 0 at a size of 1 only is a condition of the proofs, such as B >= 2 for
1/(B-1); one that is 0 at larger sizes too is an error.
"""

from __future__ import annotations

from collections.abc import Iterator

from symderiv.loops.integers import Constraint, Integers, at_most, linear
from symderiv.loops.notation import sizes_text, text_of
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.program import Affine, Expression, Power, Product, Program, SizeOf, of_atom, places, subexpressions


def divisions_by_zero(program: Program, integers: Integers) -> Iterator[Diagnostic]:
    """One finding for each denominator that can be 0, with the smallest sizes at which it is."""
    for place in (*places(program.forward), *places(program.backward)):
        for part in subexpressions(place.statement.value):
            if not isinstance(part, Power) or part.exponent >= 0:
                continue
            for factor in _factors(part.base):
                value = linear(factor)
                if value is None or (value.constant and not value.terms):
                    continue
                large = [at_most(Affine((), 2), of_atom(SizeOf(atom.name))) for atom in _sizes(value)]
                instance = integers.find((), [(*large, Constraint(value, "=="))])
                if instance is not None:
                    where = f": {sizes_text(instance)}" if value.terms else ""
                    message = f"division by {text_of(factor)}, which can be 0{where}"
                    yield Diagnostic("division-by-zero", part.span, message, f"assume {text_of(factor)} > 0")


def _factors(expression: Expression) -> Iterator[Expression]:
    if isinstance(expression, Product):
        for factor in expression.factors:
            yield from _factors(factor)
    elif isinstance(expression, Power):
        yield from _factors(expression.base)
    else:
        yield expression


def _sizes(value: Affine) -> Iterator[SizeOf]:
    return (atom for atom, _ in value.terms if isinstance(atom, SizeOf))
