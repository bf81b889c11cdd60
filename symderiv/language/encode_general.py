"""Quantities without interpretation, products and integrals to kernel terms.

A product of positive factors is the exponential of a sum of logarithms.  An integral is a sum over a set that is known
by its region only: what is proved of it holds of every linear functional.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from sympy import Basic

from symderiv.kernel import terms as k
from symderiv.language import densities as d
from symderiv.language import events as ev
from symderiv.language import matrices as m
from symderiv.language import quantities as q
from symderiv.language import written as w
from symderiv.language.encode_analysis import analytic_term
from symderiv.language.encode_derivatives import derived
from symderiv.language.encode_determinants import determinant
from symderiv.language.encode_matrices import entry, trace

if TYPE_CHECKING:
    from symderiv.language.encode import Encoder


def is_matrix_expression(expression: Basic) -> bool:
    """True of arithmetic in which matrices stand."""
    match expression:
        case m.Matrix() | m.Constant() | m.Transposed() | m.Inverse() | m.Diagonal() | m.MeanMatrix() | m.Gradient():
            return True
        case w.Plus() | w.Negative() | w.Times() | w.Quotient():
            return any(map(is_matrix_expression, expression.args))
        case _:
            return False


def general_term(encoder: Encoder, expression: Basic) -> k.Term | None:
    """The term of an expression of this module's kinds; None of any other."""
    match expression:
        case q.Opaque():
            return _opaque(encoder, expression)
        case q.Cardinality():
            return k.Size(str(expression.args[0].name))
        case q.RangedProduct() | q.ProductOver():

            def logarithm() -> k.Term:
                return k.Apply("log", (encoder.term(expression.args[1]),))

            return k.Apply("exp", (encoder.over("sum", expression.args[0], logarithm),))
        case q.Elementary():
            return _elementary(encoder, expression)
        case d.Density():
            return encoder.term(expression.formula())
        case m.RowCount():
            rows = m.shape_of(expression.args[0])[0]
            return k.Size(rows) if rows else k.ONE
        case q.Differentiated() | q.AtValue():
            return derived(encoder, expression)
        case ev.Event():
            return _event(encoder, expression)
        case ev.Happening():
            return encoder.term(expression.indicator())
        case ev.Conditional():
            return encoder.term(expression.formula())
        case m.EntryOf():
            return entry(encoder, expression.args[0], encoder.index(expression.args[1]), None)
        case m.Trace():
            return trace(encoder, expression.args[0])
        case m.Determinant():
            return determinant(encoder, expression.args[0])
        case _:
            return analytic_term(encoder, expression)


def _event(encoder: Encoder, event: ev.Event) -> k.Term:
    """1 where an event happens, else 0."""
    name = ev.event_map(event.name)
    encoder.refuse_hidden(event.name)
    found = [encoder.index(v) for v in (*event.args[1], *event.args[2])]
    count = len(event.args[2])
    domains = tuple(index.domain for index in found)
    encoder.declare(name, ("map", ev.TRUTH, domains))
    encoder.declare(ev.HAPPENS, ("map", ev.TRUTH, domains[-count:]))

    def indicator(map_: str, places: Sequence[k.Term]) -> k.Term:
        sides = (k.Gather(map_, ev.TRUTH, tuple(places)), k.Gather(ev.HAPPENS, ev.TRUTH, tuple(places[-count:])))
        return k.Delta(*sides)

    general = [k.Index(f"place {n}", domain) for n, domain in enumerate(domains)]
    own = indicator(name, general)
    encoder.fact(k.forall(general, k.nonnegative(k.subtract(k.ONE, own))), "probability.event", event.name)
    weaker = ev.weaker(event.name)
    if weaker is not None:
        other = ev.event_map(weaker)
        encoder.declare(other, ("map", ev.TRUTH, domains))
        both = k.Multiply((own, indicator(other, general)))
        encoder.fact(k.forall(general, k.Relation("=", both, own)), "probability.comparison", event.name)
    return indicator(name, found)


def _opaque(encoder: Encoder, expression: q.Opaque) -> k.Term:
    arguments = tuple(encoder.term(a) for a in expression.args[1])
    name = f"{expression.template}|{expression.tag}" if expression.tag else expression.template
    encoder.refuse_hidden(expression.template)
    encoder.declare(name, ("opaque", len(arguments), expression.positive))
    result: k.Term = k.Apply(name, arguments) if arguments else k.Symbol(name)
    variables = [k.Symbol(f"t_{n}") for n in range(len(arguments))]
    general = k.Apply(name, tuple(variables)) if variables else result
    if expression.positive:
        encoder.fact(k.forall(variables, k.positive(general)), "quantity.positive", name)
    if q.is_indicator(name):
        encoder.indicates(variables, general)
    return result


def _elementary(encoder: Encoder, expression: q.Elementary) -> k.Term:
    word, argument = str(expression.args[0].name), encoder.term(expression.args[1])
    if word in q.HYPERBOLIC:
        return _hyperbolic(word, argument)
    encoder.declare(word, "function of one number")
    return k.Apply(word if word in q.VALUED else rf"\{word}", (argument,))


def _hyperbolic(word: str, argument: k.Term) -> k.Term:
    """The hyperbolic functions by exponentials.  Source: DLMF 4.28.1, 4.28.2, 4.28.4."""
    rising, falling = k.Apply("exp", (argument,)), k.Apply("exp", (k.negate(argument),))
    difference, total = k.subtract(rising, falling), k.Add((rising, falling))
    if word == "tanh":
        return k.Multiply((difference, k.Power(total, Fraction(-1))))
    return k.Multiply((k.number(Fraction(1, 2)), difference if word == "sinh" else total))
