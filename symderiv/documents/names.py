"""The names in expressions, by which it is told what of a text bears on a statement."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Basic, Expr

from symderiv.language import events as e
from symderiv.language import indices as i
from symderiv.language import matrices as m
from symderiv.language import quantities as q
from symderiv.language import random_variables as r
from symderiv.language import written as w


def names_in(expression: Basic) -> frozenset[str]:
    """The names of numbers, tensors, matrices, functions and quantities in an expression."""
    return frozenset(_names(expression))


def _names(expression: Basic) -> Iterator[str]:
    match expression:
        case w.Scalar() | m.Matrix():
            yield expression.name
        case i.Entry() | r.RandomVariable():
            yield str(expression.args[0].name)
        case q.Opaque():
            yield expression.template
        case w.Call():
            yield str(expression.args[0].name)
        case r.Moment():
            yield str(expression)
        case e.Event():
            yield expression.name
        case _:
            pass
    for part in expression.args:
        yield from _names(part)


def alphabets_in(expression: Basic) -> frozenset[str]:
    """The index sets over which an expression sums, or of which an index in it is an element."""
    own = {expression.alphabet} if isinstance(expression, i.Variable) else set()
    if isinstance(expression, m.Matrix | m.Constant):
        own.update(domain for domain in expression.shape if domain)
    return frozenset(own).union(*(alphabets_in(part) for part in expression.args))


def definable(expression: Expr) -> str | None:
    """The name of what a definition can define; None of anything else."""
    match expression:
        case w.Scalar():
            return expression.name
        case m.Matrix() if not expression.symmetric and not isinstance(expression, m.MatrixFamily):
            return expression.name
        case r.RandomVariable():
            return str(expression.args[0].name)
        case i.Entry():
            distinct = len(set(expression.args[1])) == len(expression.args[1])
            plain = all(isinstance(index, i.Variable) for index in expression.args[1])
            return str(expression.args[0].name) if distinct and plain else None
        case q.Opaque() if not expression.args[1]:
            return expression.template
        case _:
            return None
