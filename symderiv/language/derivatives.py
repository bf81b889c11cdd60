"""Derivatives of kernel terms with respect to a number or to an entry of a tensor.

The rules are those of sums, products, powers, exponentials and logarithms; the derivative of the gamma function is
Gamma(x) psi(x).  What is defined is differentiated by its definition.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symderiv.kernel import terms as k
from symderiv.kernel.facts import heads
from symderiv.language.written import LanguageError

GAMMA, DIGAMMA = "gamma", "digamma"
Unfold = Callable[[k.Term], k.Term | None]
"""The body of the definition of a name at its arguments, where it has one."""


def derivative(term: k.Term, by: k.Term, unfold: Unfold, original: k.Term | None = None) -> k.Term:
    """The derivative of a real term by a `Symbol` or by an `Entry` at distinct free indices.

    Where the term is itself a derivative, `original` is what was differentiated first.

    Raises:
        LanguageError: the term contains a function whose derivative is not known, or names of which none is said to
            depend on `by`: `dL/dw` is not 0 because nothing was said of L.
    """
    whole = term if original is None else original
    if heads(whole) and not _depends(whole, by, unfold):
        raise LanguageError("nothing is said of how this depends on what it is differentiated by")
    return _derivative(term, by, unfold)


def _derivative(term: k.Term, by: k.Term, unfold: Unfold) -> k.Term:
    if not _depends(term, by, unfold):
        return k.ZERO
    match term:
        case k.Symbol():
            body = unfold(term)
            return k.ONE if body is None or term == by else _derivative(body, by, unfold)
        case k.Entry():
            return _of_entry(term, by, unfold)
        case k.Add(terms):
            return k.Add(tuple(_derivative(part, by, unfold) for part in terms))
        case k.Multiply(factors):
            return _of_product(factors, by, unfold)
        case k.Power(base, exponent):
            below = k.Power(base, exponent - 1)
            return k.Multiply((k.number(exponent), below, _derivative(base, by, unfold)))
        case k.Apply(function, arguments):
            return _of_function(term, function, arguments, by, unfold)
        case k.Reduce("sum", domain, body):
            return _of_sum(domain, body, by, unfold)
        case _:
            raise LanguageError("a derivative that is not known")


def _of_entry(term: k.Entry, by: k.Term, unfold: Unfold) -> k.Term:
    if isinstance(by, k.Entry) and by.tensor == term.tensor:
        deltas = tuple(k.Delta(one, other) for one, other in zip(term.indices, by.indices, strict=True))
        return deltas[0] if len(deltas) == 1 else k.Multiply(deltas)
    body = unfold(term)
    return k.ZERO if body is None else _derivative(body, by, unfold)


def _of_product(factors: tuple[k.Term, ...], by: k.Term, unfold: Unfold) -> k.Term:
    terms = []
    for number, factor in enumerate(factors):
        if _depends(factor, by, unfold):
            others = factors[:number] + factors[number + 1 :]
            terms.append(k.Multiply((_derivative(factor, by, unfold), *others)))
    return k.Add(tuple(terms))


def _of_function(term: k.Term, function: str, arguments: tuple[k.Term, ...], by: k.Term, unfold: Unfold) -> k.Term:
    inner = _derivative(arguments[0], by, unfold) if len(arguments) == 1 else k.ZERO
    match function:
        case "exp":
            return k.Multiply((term, inner))
        case "log":
            return k.Multiply((k.Power(arguments[0], Fraction(-1)), inner))
        case "sin":
            return k.Multiply((k.Apply("cos", arguments), inner))
        case "cos":
            return k.Multiply((k.MINUS_ONE, k.Apply("sin", arguments), inner))
        case _ if function == GAMMA:
            return k.Multiply((term, k.Apply(DIGAMMA, arguments), inner))
        case _:
            raise LanguageError("the derivative of a function without interpretation")


def _of_sum(domain: str, body: k.Term, by: k.Term, unfold: Unfold) -> k.Term:
    place = k.Index(f"{domain} d{k.first_unused(f'{domain} d', (body, by))}", domain)
    inner = _derivative(k.instantiate(body, place), by, unfold)
    return k.Reduce("sum", domain, k.abstract(inner, place))


def _depends(term: k.Term, by: k.Term, unfold: Unfold) -> bool:
    """True where a number, or some entry of its tensor, occurs in a term or in the definitions of its names."""
    if term == by:
        return True
    if isinstance(term, k.Entry) and isinstance(by, k.Entry) and term.tensor == by.tensor:
        return True
    body = unfold(term) if isinstance(term, k.Symbol | k.Entry) else None
    if body is not None and _depends(body, by, unfold):
        return True
    return any(_depends(child, by, unfold) for child in term.children if not isinstance(child, k.Index | k.Bound))
