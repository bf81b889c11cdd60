"""Statements with their quantities without interpretation taken for numbers of their own, so that they can have values.

Values at which such a statement fails do not refute the original, in which the quantities may be tied to each other;
they show that it does not follow from what was read.
"""

from __future__ import annotations

import re

from sympy import Basic, Expr, Tuple, latex

from symderiv.language import densities as d
from symderiv.language import events as ev
from symderiv.language import matrices as m
from symderiv.language import quantities as q
from symderiv.language import random_variables as r
from symderiv.language import written as w
from symderiv.language.indices import Variable
from symderiv.language.random_variables import free_variables
from symderiv.model.statement import Context, Definition, Proposition, Statement


def abstracted(statement: Statement) -> Statement:
    """The statement with a number for each quantity, indexed by the variables on which it depends."""
    context = Context(
        tuple(_proposition(p) for p in statement.context.assumptions if not p.parameters),
        tuple(Definition(known.name, expression(known.body)) for known in statement.context.definitions),
        particular=statement.context.particular,
        single=statement.context.single,
    )
    return Statement(_proposition(statement.proposition), context, statement.span)


def speaks_of_the_same(proposition: Proposition) -> bool:
    """True where both sides are made of the same quantities, so that only what is between them can be wrong."""
    return quantities(proposition.left) == quantities(proposition.right)


def quantities(whole: Basic) -> frozenset[str]:
    """The kinds of the quantities without interpretation in an expression; each integral is a kind of its own."""
    match whole:
        case q.Opaque():
            own = {whole.template} if whole.args[1] else set()
        case q.Elementary() | w.Call() if not _has_value(whole):
            own = {str(whole.args[0].name)}
        case q.IntegralOver():
            own = {str(latex(whole))}
        case r.Moment() | q.Differentiated() | m.Gradient() | m.MeanMatrix():
            own = {type(whole).__name__}
        case ev.Event() if ev.is_comparison(whole.name):
            own = {ev.weaker(whole.name) or whole.name}
        case d.Density():
            return quantities(whole.formula())
        case _:
            own = set()
    return frozenset(own).union(*(quantities(part) for part in whole.args if isinstance(part, Basic)))


def _has_value(whole: Basic) -> bool:
    """True of a function that is the same everywhere, and has values that can be worked out."""
    return isinstance(whole, q.Elementary) and str(whole.args[0].name) in q.VALUED | q.HYPERBOLIC


def _proposition(proposition: Proposition) -> Proposition:
    return Proposition(expression(proposition.left), proposition.relation, expression(proposition.right))


def expression(whole: Expr) -> Expr:
    """An expression with a number for each quantity."""
    if isinstance(whole, d.Density):
        return expression(whole.formula())
    if isinstance(whole, q.Opaque | q.Elementary | w.Call | r.Moment) and not _has_value(whole):
        return whole if isinstance(whole, q.Opaque) and not whole.args[1] else _number(whole)
    if not whole.args:
        return whole
    parts = [_part(part) for part in whole.args]
    unchanged = all(new is old for new, old in zip(parts, whole.args, strict=True))
    return whole if unchanged else w.rebuilt(type(whole), tuple(parts))


def _part(part: Basic) -> Basic:
    return expression(part) if isinstance(part, Expr) and not isinstance(part, Tuple) else part


def _number(whole: Expr) -> Expr:
    variables = sorted(free_variables(whole), key=lambda v: str(v.name))
    text = str(latex(whole))
    if not variables:
        return w.Scalar(text)
    for number, variable in enumerate(variables):
        # The letters of `\mid` are no index.
        text = re.sub(rf"(?<![A-Za-z\\]){re.escape(variable.name)}(?![A-Za-z])", rf"\\#{number}", text)
    found: list[Variable] = list(variables)
    text += "".join(f" : {variable.alphabet}" for variable in variables)
    return q.Component(
        text + "_{" + ",".join(f"{{{n}}}" for n in range(len(found))) + "}", found, [v.alphabet for v in found]
    )
