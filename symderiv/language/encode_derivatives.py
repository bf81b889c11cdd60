"""Derivatives to kernel terms."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sympy import Expr, latex

from symderiv.kernel import terms as k
from symderiv.kernel.definedness import definedness
from symderiv.language import matrices as m
from symderiv.language import quantities as q
from symderiv.language.dependences import partial_sign
from symderiv.language.derivatives import Differentiation
from symderiv.language.function_derivatives import is_interpreted, unknown_derivative
from symderiv.language.random_variables import free_variables
from symderiv.language.variation import Variation, name_of
from symderiv.language.written import LanguageError

if TYPE_CHECKING:
    from symderiv.language.encode import Encoder


_ELSEWHERE = k.Symbol("!")
"""Stands for the value of a variable while the rest is asked whether it varies."""


def derived(encoder: Encoder, expression: q.Differentiated | q.AtValue) -> k.Term:
    """The derivative by a number, also at a value of it; where it is not known, a quantity of its own name."""
    variable = encoder.term(expression.args[1])
    with suppress(LanguageError):
        if isinstance(expression, q.Differentiated) and isinstance(variable, k.Symbol | k.Entry):
            slope = _slope(encoder, expression, variable)
            return _where_defined(slope, encoder.term(original(expression))) if encoder.claims else slope
        if isinstance(expression, q.AtValue) and isinstance(variable, k.Symbol):
            return _at(encoder, expression, variable)
    name = unknown_derivative(str(latex(expression)))
    variables = sorted(free_variables(expression), key=lambda v: str(v.name))
    encoder.declare(name, ("derivative", expression))
    return k.Entry(name, tuple(encoder.index(v) for v in variables)) if variables else k.Symbol(name)


def _slope(encoder: Encoder, expression: q.Differentiated, variable: k.Symbol | k.Entry) -> k.Term:
    body, _, sign = expression.args
    inner = encoder.term(body.args[1]) if isinstance(body, q.Differentiated) else None
    below = _slope(encoder, body, inner) if isinstance(inner, k.Symbol | k.Entry) else encoder.term(body)
    return derivative(encoder, below, variable, str(sign.name), encoder.term(original(body)))


def _where_defined(slope: k.Term, whole: k.Term) -> k.Term:
    """A slope, where what has it is defined: the formula for it may have values elsewhere, as ln has 1/x at -2."""
    if not definedness(k.Relation("=", whole, k.ZERO), ()):
        return slope
    return k.Add((slope, whole, k.negate(whole)))


def _at(encoder: Encoder, expression: q.AtValue, variable: k.Symbol) -> k.Term:
    body = expression.args[0]
    found, whole, value = (encoder.term(part) for part in (body, original(body), expression.args[2]))
    variation = _variation(encoder, variable, whole)
    if expression.apart and variation.depends(value):
        # The chain rule: what is differentiated depends on the variable by way of the value.
        if isinstance(body.args[0], q.Differentiated):
            raise LanguageError("a higher derivative of what depends on its variable by way of another")
        return derivative(encoder, k.substitute(whole, {variable: value}), variable, str(body.args[2].name))
    if variation.depends(k.substitute(found, {variable: _ELSEWHERE})):
        raise LanguageError(f"more in it than {variable.name} depends on {variable.name}")
    return _where_defined(*(k.substitute(term, {variable: value}) for term in (found, whole)))


def _variation(encoder: Encoder, by: k.Symbol | k.Entry, whole: k.Term) -> Variation:
    known = encoder.dependences
    independent = known.independent | (known.defined if name_of(by) in known.both else frozenset())
    return Variation(by, whole, encoder.unfold, known.varying, independent, known.defined)


def derivative(
    encoder: Encoder, term: k.Term, by: k.Symbol | k.Entry, sign: str, whole: k.Term | None = None
) -> k.Term:
    """The derivative of a term, which is a part of what was differentiated first: `whole`.

    Raises:
        LanguageError: it is not known.
    """
    sign = partial_sign(sign)
    variation = _variation(encoder, by, term if whole is None else whole)
    if sign.startswith(r"\partial"):
        variation.refuse_two_ways()
    return Differentiation(variation, sign, lambda own, part: _special(encoder, own, part)).derivative(term)


def _special(encoder: Encoder, own: Differentiation, term: k.Term) -> k.Term | None:
    """The derivatives of inverses and determinants; None of anything else.

    Where the logarithm of a function without interpretation is differentiated, the function has to be positive.
    """
    match term:
        case k.Entry(name, (row, column)) if name in encoder.inverses:
            inverse = m.Inverse(encoder.inverses[name])
            one, other, change = _change(encoder, own, encoder.inverses[name])
            left, right = encoder.entry(inverse, row, one), encoder.entry(inverse, other, column)
            return k.negate(k.sum_over([one, other], k.Multiply((left, change, right))))
        case k.Symbol(name) if name in encoder.determinants:
            one, other, change = _change(encoder, own, encoder.determinants[name])
            turned = encoder.entry(m.Inverse(encoder.determinants[name]), other, one)
            return k.Multiply((term, k.sum_over([one, other], k.Multiply((turned, change)))))
        case k.Apply("log", (k.Apply(function) as inside,)) if not is_interpreted(function):
            loose = sorted((n for n in inside.free if isinstance(n, k.Index)), key=k.key)
            encoder.fact(k.forall(loose, k.positive(inside)), "derivative.domain", "")
    return None


def _change(encoder: Encoder, own: Differentiation, matrix: Expr) -> tuple[k.Index, k.Index, k.Term]:
    """The derivative of the entry of a square matrix, with its row and column."""
    rows = m.shape_of(matrix)[0]
    one, other = encoder.fresh(rows), encoder.fresh(rows)
    return one, other, own.derivative(encoder.entry(matrix, one, other))


def original(body: Expr) -> Expr:
    """What was differentiated first."""
    while isinstance(body, q.Differentiated):
        body = body.args[0]
    return body


def gradient(encoder: Encoder, expression: m.Gradient, row: k.Term | None, column: k.Term | None) -> k.Term:
    """The derivative by an entry; where it is not known, a matrix of its own name."""
    body, by, sign = expression.args
    domains = [domain for domain in by.shape if domain]
    places = [encoder.fresh(domain) for domain in domains]
    found_at = tuple(place for place in (row, column) if place is not None)
    try:
        found = derivative(encoder, encoder.term(body), k.Entry(by.name, tuple(places)), str(sign.name))
    except LanguageError:
        name = unknown_derivative(str(latex(expression)))
        variables = sorted(free_variables(expression), key=lambda v: str(v.name))
        encoder.refuse_hidden(name, {v.name for v in variables})
        encoder.declare(name, ("tensor", (*(v.alphabet for v in variables), *domains)))
        return k.Entry(name, (*map(encoder.index, variables), *found_at))
    values: dict[k.Term, k.Term] = dict(zip(places, found_at, strict=True))
    return k.substitute(found, values)
