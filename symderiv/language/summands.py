"""The factors of a summand in which the value of its index stands, by what they are."""

from __future__ import annotations

from fractions import Fraction

from symderiv.kernel import terms as k
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import Exponent, Factor, Monomial, quote
from symderiv.language.index_values import is_weights


def raised(base: k.Term, exponent: k.Term) -> k.Term:
    """A power of a positive number."""
    return k.Apply("exp", (k.Multiply((exponent, k.Apply("log", (base,)))),))


def plain(term: k.Term) -> k.Term:
    """The term as it stands in normal form, of which signs can be seen."""
    polynomial = Normalizer().polynomial(term)
    return quote(polynomial) if polynomial else k.ZERO


def inverse(term: k.Term) -> k.Term:
    """One over the term."""
    return k.Power(term, Fraction(-1))


class Shape:
    """The factors of a monomial in which a value t stands, by what they are.

    `power` is the exponent of t as a term, `rate` that of exp(t), `square` that of exp(t^2), `rest` the exponent of
    1 - t; `logarithms` counts ln t, which is there once or not; `whole` is the whole exponent of t as a factor;
    `gammas` are arguments below; `weight` is the weight of t in an integral between two ends.
    """

    def __init__(self, monomial: Monomial, place: k.Index, value: k.Term) -> None:
        self.place, self.value = place, value
        self.domain = place.domain
        self.power: list[k.Term] = []
        self.rate: list[k.Term] = []
        self.square: list[k.Term] = []
        self.rest: list[k.Term] = []
        self.logarithms = 0
        self.whole: Exponent = 0
        self.gammas: list[k.Term] = []
        self.weight: k.Term | None = None
        inside = [factor for factor in monomial.factors if place in factor[0].free]
        bound = any(not base.free.isdisjoint(monomial.bound) for base, _ in inside)
        self.is_simple = bool(inside) and not bound and all(map(self._takes, inside))

    def _takes(self, factor: Factor) -> bool:
        base, exponent = factor
        match base:
            case k.Apply("exp", (argument,)):
                return self._takes_exponential(argument, exponent)
            case k.Apply("log", (argument,)) if argument == self.value and exponent == 1:
                self.logarithms += 1
            case k.Entry(tensor, (index,)) if is_weights(tensor) and index == self.place and exponent == 1:
                self.weight = base
            case k.Apply("gamma", (argument,)) if exponent == -1:
                self.gammas.append(argument)
            case _ if base == self.value:
                self.whole += exponent
                self.power.append(k.number(Fraction(exponent)))
            case k.Add() if any(_is_rest(side, self.value) for side in (base, k.negate(base))):
                self.rest.append(k.number(Fraction(exponent)))
            case _:
                return False
        return True

    def _takes_exponential(self, argument: k.Term, exponent: Exponent) -> bool:
        """exp(c f(t))^e, where f is t, t^2, ln t or ln(1 - t), and t does not stand in c."""
        factors = list(argument.factors) if isinstance(argument, k.Multiply) else [argument]
        inside = [f for f in factors if self.place in f.free]
        others = [f for f in factors if self.place not in f.free]
        if len(inside) != 1:
            return False
        scale = k.Multiply((k.number(Fraction(exponent)), *others))
        match inside[0]:
            case f if f == self.value:
                self.rate.append(scale)
            case k.Power(base, two) if base == self.value and two == 2:
                self.square.append(scale)
            case k.Apply("log", (inner,)) if inner == self.value:
                self.power.append(scale)
            case k.Apply("log", (k.Add() as inner,)) if _is_rest(inner, self.value):
                self.rest.append(scale)
            case _:
                return False
        return True


def _is_rest(term: k.Term, value: k.Term) -> bool:
    """True of 1 - t, as it stands in normal form."""
    return Normalizer().polynomial(term) == Normalizer().polynomial(k.subtract(k.ONE, value))
