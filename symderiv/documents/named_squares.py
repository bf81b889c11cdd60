r"""Squares that have a definition and a name only together: of `\hat\sigma^2 = \frac1n \sum_i (x_i - \bar x)^2`.

As an equation it says something of another quantity; as a definition it can be put in wherever it stands.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sympy import Basic, Expr, Integer, preorder_traversal
from sympy.core.symbol import Str

from symderiv.documents.names import definable, names_in
from symderiv.language import written as w
from symderiv.language.dependences import plain_name
from symderiv.language.random_variables import RandomVariable, free_variables
from symderiv.model.statement import Context, Definition, Proposition, Relation, Statement

_SQUARE = re.compile(r"\{(?P<name>.+)\^\{2\}\}")


def with_named_squares(statement: Statement) -> Statement:
    """The statement with a definition for each square in it that an assumed equation says what it is.

    Where the name stands without its square too, nothing changes.
    """
    context, goal = statement.context, statement.proposition
    for equation in context.assumptions:
        name = _squared(equation)
        if name is None or name not in names_in(goal.left) | names_in(goal.right):
            continue
        others = [goal, *(p for p in context.assumptions if p != equation)]
        sides = [side for p in others for side in (p.left, p.right)] + [d.body for d in context.definitions]
        if any(name in names_in(_renamed(side, name)) for side in sides):
            continue
        parts = set(preorder_traversal(equation.right))
        if any(p.left in parts and name in names_in(p.right) for p in context.assumptions):
            continue  # `s^2 = Var(X)` beside `Var(X) = s^2`
        square = _renamed(equation.left, name)
        kept = [_in(p, name) for p in context.assumptions if p != equation]
        if isinstance(square, w.Scalar):
            kept.append(Proposition(Integer(0), Relation.AT_MOST, square))
        bodies = [Definition(d.name, _renamed(d.body, name)) for d in context.definitions]
        defined = (Definition(square, equation.right), *bodies)
        context = replace(context, assumptions=tuple(kept), definitions=defined)
        goal = _in(goal, name)
    return replace(statement, proposition=goal, context=context)


def said_of_squares(stated: Proposition, context: Context) -> Proposition:
    """A proposition with the names for squares that are defined in a context."""
    for name in (match["name"] for d in context.definitions if (match := _SQUARE.fullmatch(plain_name(d.name)))):
        stated = _in(stated, name)
    return stated


def _squared(equation: Proposition) -> str | None:
    """The name of a number whose square an equation defines."""
    left = equation.left
    if equation.relation is not Relation.EQUAL or not isinstance(left, w.Raised) or left.args[1] != 2:
        return None
    if not isinstance(left.args[0], w.Scalar | RandomVariable):
        return None
    name = definable(left.args[0])
    loose = free_variables(equation.right) - free_variables(left)
    return None if name is None or loose or name in names_in(equation.right) else name


def _in(stated: Proposition, name: str) -> Proposition:
    return replace(stated, left=_renamed(stated.left, name), right=_renamed(stated.right, name))


def _renamed(whole: Basic, name: str) -> Expr:
    """The expression with a name of their own for the even powers of a name."""
    if isinstance(whole, w.Raised) and definable(whole.args[0]) == name:
        base, exponent = whole.args
        if isinstance(exponent, Integer) and exponent > 0 and exponent % 2 == 0:
            square = w.rebuilt(type(base), (Str(f"{{{name}^{{2}}}}"), *base.args[1:]))
            return square if exponent == 2 else w.Raised(square, exponent / 2)
    if not whole.args:
        return whole
    return w.rebuilt(type(whole), tuple(_renamed(part, name) for part in whole.args))
