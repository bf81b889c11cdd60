r"""Derivatives of kernel terms with respect to a number or to an entry of a tensor.

The rules are those of sums, products, powers and elementary functions, and the chain rule.  What is defined is
differentiated by its definition.  The derivative of what is not defined, and may depend on what it is differentiated
by, is a quantity of its own name: `f'(x)`, or `\frac{\partial }{\partial w} L`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from symderiv.kernel import terms as k
from symderiv.language.function_derivatives import (
    WITHOUT_DERIVATIVE,
    derivative_name,
    derivative_of_function,
    partial_name,
)
from symderiv.language.variation import Variation, name_of
from symderiv.language.written import LanguageError

Special = Callable[["Differentiation", k.Term], k.Term | None]
"""The derivative of a name by what is known of it besides a definition; None where that is nothing."""


@dataclass(frozen=True)
class Differentiation:
    r"""How terms are differentiated.

    `sign` is `\partial ` or the upright d: of a function that is not known the two may differ.
    """

    variation: Variation
    sign: str
    special: Special

    @property
    def by(self) -> k.Symbol | k.Entry:
        """What is differentiated by."""
        return self.variation.by

    def derivative(self, term: k.Term) -> k.Term:
        """The derivative of a real term.

        Raises:
            LanguageError: the term contains a function whose derivative is not known, or a sum whose range may change.
        """
        if not self.variation.depends(term):
            return k.ZERO
        found = self.special(self, term)
        if found is not None:
            return found
        match term:
            case k.Symbol() | k.Entry():
                return self._of_named(term)
            case k.Add(terms):
                return k.Add(tuple(self.derivative(part) for part in terms))
            case k.Multiply(factors):
                return self._of_product(factors)
            case k.Power(base, exponent) if exponent == 1:
                return self.derivative(base)  # by the power 0, the next derivative would divide by the base
            case k.Power(base, exponent):
                below = k.Power(base, exponent - Fraction(1))
                return k.Multiply((k.number(exponent), below, self.derivative(base)))
            case k.Apply(function, arguments):
                return self._of_function(term, function, arguments)
            case k.Reduce("sum", domain, body):
                return self._of_sum(domain, body)
            case _:
                raise LanguageError("a derivative that is not known")

    def _of_named(self, term: k.Symbol | k.Entry) -> k.Term:
        by = self.by
        if term == by:
            return k.ONE
        if isinstance(by, k.Entry) and isinstance(term, k.Entry) and by.tensor == term.tensor:
            deltas = tuple(k.Delta(one, other) for one, other in zip(term.indices, by.indices, strict=True))
            return deltas[0] if len(deltas) == 1 else k.Multiply(deltas)
        body = self.variation.unfold(term)
        if body is not None:
            return self.derivative(body)
        name = derivative_name(name_of(term), name_of(by), self.sign)
        places = (*term.children, *by.children)
        return k.Entry(name, places) if places else k.Symbol(name)

    def _of_product(self, factors: tuple[k.Term, ...]) -> k.Term:
        terms = []
        for number, factor in enumerate(factors):
            if self.variation.depends(factor):
                others = factors[:number] + factors[number + 1 :]
                terms.append(k.Multiply((self.derivative(factor), *others)))
        return k.Add(tuple(terms))

    def _of_function(self, term: k.Apply, function: str, arguments: tuple[k.Term, ...]) -> k.Term:
        body = self.variation.unfold(term)
        if body is not None:
            return self.derivative(body)
        if function in WITHOUT_DERIVATIVE:
            raise LanguageError("a function that does not have a derivative everywhere")
        outer = derivative_of_function(function, term, arguments[0]) if len(arguments) == 1 else None
        if outer is not None:
            return k.Multiply((outer, self.derivative(arguments[0])))
        terms: list[k.Term] = [
            k.Multiply((k.Apply(partial_name(function, place, len(arguments)), arguments), self.derivative(argument)))
            for place, argument in enumerate(arguments)
            if self.variation.depends(argument)
        ]
        if self.variation.may_vary(term):
            if self.by.children:
                raise LanguageError("a function that may depend on an entry of a tensor")
            terms.append(k.Apply(derivative_name(function, name_of(self.by), self.sign), arguments))
        return terms[0] if len(terms) == 1 else k.Add(tuple(terms))

    def _of_sum(self, domain: str, body: k.Term) -> k.Term:
        if self.variation.may_range(domain):
            raise LanguageError("a sum or an integral whose range may change")
        place = k.Index(f"{domain} d{k.first_unused(f'{domain} d', (body, self.by))}", domain)
        inner = self.derivative(k.instantiate(body, place))
        return k.Reduce("sum", domain, k.abstract(inner, place))
