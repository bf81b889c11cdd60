r"""Limits by expansion: what a function is near to a place, as a sum of powers, exponentials and logarithms.

Near to the place h > 0 is small: x = a + h or a - h beside a, and 1/h or -1/h where x has no bound.  A function is
expanded to a sum of coefficients times monomials exp(sum of c_d h^-d) h^p ln(1/h)^q, up to what is of the order of some
other monomial.  Any two monomials compare: one is small beside the other.  So sums and products are expanded term by
term, and powers, logarithms, exponentials, sines and cosines by their Taylor series about the largest term.  The limit
is the coefficient of 1, if all other terms and the error are small beside 1; from both sides it has to be the same.

What decides the order of monomials, such as the sign of k in exp(k/h), is a condition of the result, and so is that
what is divided by is not 0.  Source: asymptotic expansions, DLMF 2.1; Taylor series, DLMF 4.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import factorial
from typing import NamedTuple

from symderiv.kernel import terms as k
from symderiv.kernel.definedness import definedness
from symderiv.kernel.errors import Exhausted
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import monomial_key, quote, scaled
from symderiv.kernel.signs import NEGATIVE, POSITIVE, ZERO
from symderiv.language.dependence import hidden
from symderiv.language.summands import plain

ORDER = 6
"""How many terms of a Taylor series are taken."""
MOST_TERMS = 40
"""How many terms an expansion may have."""
MOST_CASES = 8
"""How many choices of signs are looked at."""

Known = tuple[tuple[k.Term, ...], k.Term]
"""What a limit needs, and its value."""


class Monomial(NamedTuple):
    """exp(sum of rate * h^-degree) * h^power * ln(1/h)^logs, which is positive for small h > 0."""

    rates: tuple[tuple[Fraction, k.Term], ...] = ()
    power: k.Term = k.ZERO
    logs: Fraction = Fraction(0)


UNIT = Monomial()


class Expansion(NamedTuple):
    """Coefficients, none of which is 0 as it is written, by monomials; `error` is None where that is all."""

    terms: Mapping[Monomial, k.Term]
    error: Monomial | None = None


class NoLimitError(Exception):
    """There is no finite limit, or it is not found in this way."""


class UndecidedError(Exception):
    """The sign of a term decides, and may be any of `signs`."""

    def __init__(self, term: k.Term, signs: Sequence[int]) -> None:
        super().__init__(term)
        self.term, self.signs = term, signs


def limits(body: k.Term, value: k.Term, goal: k.Term | None, sides: Sequence[int]) -> Iterator[Known]:
    """The limits of a body where a value goes to a goal, each with what it needs.

    The goal is reached from these sides: 1 is from above, -1 from below.  Without a goal, 1 is where the value grows
    beyond all bounds, and -1 where it falls.
    """
    waiting: list[dict[k.Term, int]] = [{}]
    for _ in range(MOST_CASES):
        if not waiting:
            return
        decided = waiting.pop(0)
        try:
            yield _limit(body, value, goal, sides, decided)
        except UndecidedError as question:
            waiting += [{**decided, question.term: sign} for sign in question.signs]
        except (NoLimitError, Exhausted, RecursionError):
            continue


def _limit(
    body: k.Term, value: k.Term, goal: k.Term | None, sides: Sequence[int], decided: Mapping[k.Term, int]
) -> Known:
    """The one limit from all sides, where the signs of some terms are decided."""
    needs = {_decision(term, sign): None for term, sign in decided.items()}
    results: dict[k.Term, None] = {}
    for side in sides:
        expander = _Expander(value, goal, side, decided)
        results[expander.constant_of(expander.expanded(body))] = None
        needs |= expander.needs
    if len(results) != 1:
        raise NoLimitError("the sides do not agree")
    return tuple(needs), next(iter(results))


def _decision(term: k.Term, sign: int) -> k.Term:
    if not sign:
        return k.Relation("=", term, k.ZERO)
    return k.positive(term if sign > 0 else plain(k.negate(term)))


class _Expander:
    """Expansions near to one place, from one side; `needs` collects what they rest on besides the decided signs."""

    def __init__(self, value: k.Term, goal: k.Term | None, side: int, decided: Mapping[k.Term, int]) -> None:
        self.algebra = Normalizer()
        self.value, self.decided = value, decided
        self.names = [name.name for name in value.free if isinstance(name, k.Index)]
        self.needs: dict[k.Term, None] = {}
        step = Monomial(power=k.MINUS_ONE if goal is None else k.ONE)
        self.near = self.sum(self.constant(goal or k.ZERO), Expansion({step: k.number(side)}))

    def canonical(self, term: k.Term) -> k.Term:
        """The normal form of a coefficient; 0 in one form."""
        polynomial = self.algebra.polynomial(term)
        return quote(polynomial) if polynomial else k.ZERO

    # what is asked of numbers

    def sign(self, term: k.Term) -> int:
        """The sign of a term: 1, 0 or -1.

        Raises:
            UndecidedError: it is not known, and was not decided.
        """
        turn, primitive = self.primitive(term)
        if primitive == k.ZERO or self.decided.get(primitive):
            return turn * self.decided.get(primitive, 0)
        possible = self.algebra.signs.sign(primitive)
        if possible in (POSITIVE, NEGATIVE):
            return turn if possible == POSITIVE else -turn
        raise UndecidedError(primitive, [sign for sign, bit in ((1, POSITIVE), (-1, NEGATIVE)) if possible & bit])

    def primitive(self, term: k.Term) -> tuple[int, k.Term]:
        """The sign of the coefficient of the first monomial, and the multiple of the term in which that is 1."""
        polynomial = self.algebra.polynomial(term)
        if not polynomial:
            return 1, k.ZERO
        scale = polynomial[max(polynomial, key=monomial_key)]
        return (1 if scale > 0 else -1), quote(scaled(polynomial, 1 / scale))

    def require_nonzero(self, term: k.Term) -> None:
        if not isinstance(term, k.Number) and self.algebra.signs.sign(term) & ZERO:
            self.needs[k.nonzero(term)] = None

    def require_zero(self, term: k.Term) -> None:
        """Takes for granted that the coefficient of something large is 0, or that it was decided so."""
        _, primitive = self.primitive(term)
        if not self.algebra.signs.sign(primitive) & ZERO or self.decided.get(primitive):
            raise NoLimitError("it grows")
        if primitive not in self.decided:
            raise UndecidedError(primitive, (0,))

    def order(self, one: Monomial, other: Monomial) -> int:
        """1 where the first monomial is large beside the other, -1 where it is small, 0 where they are the same."""
        ratio = self.times(one, self.raised_monomial(other, Fraction(-1)))
        if ratio.rates:
            return self.sign(ratio.rates[-1][1])
        return -self.sign(ratio.power) or (ratio.logs > 0) - (ratio.logs < 0)

    def is_within(self, monomial: Monomial, error: Monomial | None) -> bool:
        """True of a monomial that is seen to be at most of the order of an error."""
        try:
            return error is not None and self.order(monomial, error) <= 0
        except UndecidedError:
            return False

    # monomials

    def times(self, one: Monomial, other: Monomial) -> Monomial:
        rates: dict[Fraction, k.Term] = dict(one.rates)
        for degree, rate in other.rates:
            rates[degree] = self.canonical(k.Add((rates.get(degree, k.ZERO), rate)))
        kept = tuple((degree, rates[degree]) for degree in sorted(rates) if rates[degree] != k.ZERO)
        return Monomial(kept, self.canonical(k.Add((one.power, other.power))), one.logs + other.logs)

    def raised_monomial(self, monomial: Monomial, exponent: Fraction) -> Monomial:
        def scale(term: k.Term) -> k.Term:
            return self.canonical(k.Multiply((k.number(exponent), term)))

        rates = tuple((degree, scale(rate)) for degree, rate in monomial.rates)
        return Monomial(rates, scale(monomial.power), exponent * monomial.logs)

    def largest(self, monomials: Sequence[Monomial]) -> Monomial:
        found, *others = monomials
        for other in others:
            found = other if self.order(other, found) > 0 else found
        return found

    def size(self, expansion: Expansion) -> Monomial | None:
        """A monomial of which an expansion is at most a multiple; None of nothing."""
        error = () if expansion.error is None else (expansion.error,)
        found = (*expansion.terms, *error)
        return self.largest(found) if found else None

    # arithmetic

    def constant(self, term: k.Term) -> Expansion:
        """What does not depend on the value."""
        ranges = (part.domain for part in k.subterms(term) if isinstance(part, k.Reduce | k.Size))
        if any(hidden(domain, self.names) for domain in ranges):
            raise NoLimitError("a range that depends on the variable")
        needs = definedness(k.Relation("=", term, k.ZERO), ())
        self.needs |= dict.fromkeys(need for need in needs if not self.algebra.signs.holds(need))
        return self.made({UNIT: term})

    def made(self, terms: Mapping[Monomial, k.Term], error: Monomial | None = None) -> Expansion:
        found = {monomial: self.canonical(term) for monomial, term in terms.items()}
        kept = {m: term for m, term in found.items() if term != k.ZERO and not self.is_within(m, error)}
        if len(kept) > MOST_TERMS:
            raise NoLimitError("too long")
        return Expansion(kept, error)

    def sum(self, *parts: Expansion) -> Expansion:
        terms: dict[Monomial, k.Term] = {}
        for part in parts:
            for monomial, coefficient in part.terms.items():
                terms[monomial] = k.Add((terms[monomial], coefficient)) if monomial in terms else coefficient
        errors = [part.error for part in parts if part.error is not None]
        return self.made(terms, self.largest(errors) if errors else None)

    def product(self, one: Expansion, other: Expansion) -> Expansion:
        terms: dict[Monomial, k.Term] = {}
        for first, scale in one.terms.items():
            for second, coefficient in other.terms.items():
                monomial, term = self.times(first, second), k.Multiply((scale, coefficient))
                terms[monomial] = k.Add((terms[monomial], term)) if monomial in terms else term
        errors: list[Monomial] = []
        for part, beside in ((one, other), (other, one)):
            size = self.size(beside)
            if part.error is not None and size is not None:
                errors.append(self.times(part.error, size))
        return self.made(terms, self.largest(errors) if errors else None)

    def scaled(self, expansion: Expansion, coefficient: k.Term, monomial: Monomial = UNIT) -> Expansion:
        """The product with one term."""
        return self.product(expansion, self.made({monomial: coefficient}))

    def lead(self, expansion: Expansion) -> tuple[Monomial, k.Term]:
        """The largest term, whose coefficient is not 0."""
        if not expansion.terms:
            raise NoLimitError("nothing is known but the order")
        monomial = self.largest(tuple(expansion.terms))
        if expansion.error is not None and self.order(monomial, expansion.error) <= 0:
            raise NoLimitError("nothing is known but the order")
        self.require_nonzero(expansion.terms[monomial])
        return monomial, expansion.terms[monomial]

    def parted(self, expansion: Expansion) -> tuple[Monomial, k.Term, Expansion]:
        """m, c and u, where the expansion is c m (1 + u) and u is small."""
        monomial, coefficient = self.lead(expansion)
        rest = Expansion({m: c for m, c in expansion.terms.items() if m != monomial}, expansion.error)
        inverse = k.Power(coefficient, Fraction(-1))
        return monomial, coefficient, self.scaled(rest, inverse, self.raised_monomial(monomial, Fraction(-1)))

    def series(self, small: Expansion, coefficients: Sequence[k.Term]) -> Expansion:
        """The sum of c_n u^n for small u, of a function with these Taylor coefficients."""
        size = self.size(small)
        total, power = self.made({UNIT: coefficients[0]}), self.made({UNIT: k.ONE})
        if size is None:
            return total
        if self.order(size, UNIT) >= 0:
            raise NoLimitError("a series in what is not small")
        rest = Expansion({}, self.raised_monomial(size, Fraction(len(coefficients))))
        total = self.sum(total, rest)
        for coefficient in coefficients[1:]:
            power = self.sum(self.product(power, small), rest)
            total = self.sum(total, self.scaled(power, coefficient))
        return total

    # functions

    def expanded(self, term: k.Term) -> Expansion:
        """A term near to the place."""
        if term == self.value:
            return self.near
        if self.value.free.isdisjoint(term.free):
            return self.constant(term)
        match term:
            case k.Add(terms):
                return self.sum(*map(self.expanded, terms))
            case k.Multiply(factors):
                result = self.made({UNIT: k.ONE})
                for factor in factors:
                    result = self.product(result, self.expanded(factor))
                return result
            case k.Power(base, exponent):
                return self.raised(self.expanded(base), exponent)
            case k.Apply("power", (base, exponent)):
                return self.exponential(self.product(self.expanded(exponent), self.logarithm(self.expanded(base))))
            case k.Apply("exp", (argument,)):
                return self.exponential(self.expanded(argument))
            case k.Apply("log", (argument,)):
                return self.logarithm(self.expanded(argument))
            case k.Apply("abs", (argument,)):
                inside = self.expanded(argument)
                return self.scaled(inside, k.number(self.sign_of(inside)))
            case k.Apply("sin" | "cos" as function, (argument,)):
                return self.wave(self.expanded(argument), function)
            case k.Apply("max" | "min" as function, arguments):
                found, *others = map(self.expanded, arguments)
                for other in others:
                    sign = self.sign_of(self.sum(found, self.scaled(other, k.MINUS_ONE)))
                    found = found if sign == (1 if function == "max" else -1) else other
                return found
        raise NoLimitError("no expansion is known")

    def raised(self, base: Expansion, exponent: Fraction) -> Expansion:
        """A rational power."""
        if exponent.denominator == 1 and 0 <= exponent <= ORDER:
            result = self.made({UNIT: k.ONE})
            for _ in range(int(exponent)):
                result = self.product(result, base)
            return result
        monomial, coefficient, small = self.parted(base)
        if exponent.denominator != 1 and self.sign(coefficient) <= 0:
            raise NoLimitError("a root of what is negative")
        binomials, value = list[k.Term](), Fraction(1)
        for n in range(ORDER + 1):
            binomials.append(k.number(value))
            value *= (exponent - n) / (n + 1)
        outer = k.Power(coefficient, exponent)
        return self.scaled(self.series(small, binomials), outer, self.raised_monomial(monomial, exponent))

    def logarithm(self, argument: Expansion) -> Expansion:
        """ln(c m (1 + u)) = ln c + ln m + u - u^2/2 + ..., for c > 0."""
        monomial, coefficient, small = self.parted(argument)
        if monomial.logs or self.sign(coefficient) <= 0:
            raise NoLimitError("a logarithm of a logarithm, or of what is negative")
        terms = {Monomial(power=k.number(-degree)): rate for degree, rate in monomial.rates}
        terms |= {UNIT: k.Apply("log", (coefficient,)), Monomial(logs=Fraction(1)): k.negate(monomial.power)}
        coefficients = [k.ZERO, *(k.number(Fraction((-1) ** (n + 1), n)) for n in range(1, ORDER + 1))]
        return self.sum(self.made(terms), self.series(small, coefficients))

    def exponential(self, argument: Expansion) -> Expansion:
        """Exp of what is large is a monomial, of 1 a coefficient, of what is small a series."""
        outer, small = UNIT, dict[Monomial, k.Term]()
        coefficient: k.Term = k.ONE
        for monomial, term in argument.terms.items():
            if monomial == UNIT:
                coefficient = k.Apply("exp", (term,))
            elif monomial == Monomial(logs=Fraction(1)):
                outer = self.times(outer, Monomial(power=k.negate(term)))
            elif self.order(monomial, UNIT) < 0:
                small[monomial] = term
            elif not monomial.rates and not monomial.logs and isinstance(monomial.power, k.Number):
                outer = self.times(outer, Monomial(((-monomial.power.value, term),)))
            else:
                raise NoLimitError("an exponential of exponentials")
        taylor = [k.number(Fraction(1, factorial(n))) for n in range(ORDER + 1)]
        return self.scaled(self.series(Expansion(small, argument.error), taylor), coefficient, outer)

    def wave(self, argument: Expansion, function: str) -> Expansion:
        """sin(c + u) and cos(c + u) for small u; of what is large nothing is known but that they are at most 1."""
        size = self.size(argument)
        if size is not None and self.order(size, UNIT) > 0:
            return Expansion({}, UNIT)
        middle = argument.terms.get(UNIT, k.ZERO)
        small = Expansion({m: c for m, c in argument.terms.items() if m != UNIT}, argument.error)
        sine: k.Term = k.Apply("sin", (middle,)) if middle != k.ZERO else k.ZERO
        cosine: k.Term = k.Apply("cos", (middle,)) if middle != k.ZERO else k.ONE
        slopes = (sine, cosine, k.negate(sine), k.negate(cosine))
        first = 0 if function == "sin" else 1
        taylor = [k.Multiply((k.number(Fraction(1, factorial(n))), slopes[(first + n) % 4])) for n in range(ORDER + 1)]
        return self.series(small, taylor)

    def sign_of(self, expansion: Expansion) -> int:
        """The sign that an expansion has near to the place."""
        return self.sign(self.lead(expansion)[1]) if expansion.terms or expansion.error is not None else 0

    def constant_of(self, expansion: Expansion) -> k.Term:
        """The limit of what is expanded."""
        for monomial, coefficient in expansion.terms.items():
            if monomial != UNIT and self.order(monomial, UNIT) > 0:
                self.require_zero(coefficient)
        if expansion.error is not None and self.order(expansion.error, UNIT) >= 0:
            raise NoLimitError("the error does not vanish")
        return expansion.terms.get(UNIT, k.ZERO)
