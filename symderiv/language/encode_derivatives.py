"""Derivatives to kernel terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Expr, latex

from symderiv.kernel import terms as k
from symderiv.language import matrices as m
from symderiv.language import quantities as q
from symderiv.language.dependences import partial_sign
from symderiv.language.derivatives import Differentiation
from symderiv.language.function_derivatives import is_interpreted
from symderiv.language.random_variables import free_variables
from symderiv.language.variation import Variation, name_of
from symderiv.language.written import LanguageError

if TYPE_CHECKING:
    from symderiv.language.encode import Encoder


def differentiated(encoder: Encoder, expression: q.Differentiated) -> k.Term:
    """The derivative by a number; where it is not known, a quantity of its own name."""
    body, by, sign = expression.args
    variable = encoder.term(by)
    if isinstance(variable, k.Symbol | k.Entry):
        try:
            return derivative(encoder, encoder.term(body), variable, str(sign.name), encoder.term(original(body)))
        except LanguageError:
            pass
    name = str(latex(expression))
    variables = sorted(free_variables(expression), key=lambda v: str(v.name))
    encoder.declare(name, ("derivative", expression))
    return k.Entry(name, tuple(encoder.index(v) for v in variables)) if variables else k.Symbol(name)


def derivative(
    encoder: Encoder, term: k.Term, by: k.Symbol | k.Entry, sign: str, whole: k.Term | None = None
) -> k.Term:
    """The derivative of a term, which is a part of what was differentiated first: `whole`.

    Raises:
        LanguageError: it is not known.
    """
    known = encoder.dependences
    sign = partial_sign(sign)
    own = term if whole is None else whole
    independent = known.independent | (known.defined if name_of(by) in known.both else frozenset())
    variation = Variation(by, own, encoder.unfold, known.varying, independent, known.defined)
    if sign.startswith(r"\partial"):
        variation.refuse_two_ways()
    return Differentiation(variation, sign, lambda differentiation, part: _special(encoder, part)).derivative(term)


def _special(encoder: Encoder, term: k.Term) -> k.Term | None:
    """Where the logarithm of a function without interpretation is differentiated, the function has to be positive."""
    match term:
        case k.Apply("log", (k.Apply(function) as inside,)) if not is_interpreted(function):
            loose = sorted((n for n in inside.free if isinstance(n, k.Index)), key=k.key)
            encoder.fact(k.forall(loose, k.positive(inside)), "derivative.domain", "")
    return None


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
        name = str(latex(expression))
        encoder.refuse_hidden(name)
        encoder.declare(name, ("tensor", tuple(domains)))
        return k.Entry(name, found_at)
    values: dict[k.Term, k.Term] = dict(zip(places, found_at, strict=True))
    return k.substitute(found, values)
