"""The equations that simplify one product.  `Simplifier.step` applies the first that does something.

Every rule replaces a product by a sum of products that has the same value at every point.  A rule that needs a factor
to be positive, or not 0, may take the *other* factors of the product to be different from 0 (they are `live`): where
one of them is 0 both sides are 0, because that factor stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Protocol

from flint import fmpq, fmpz

from symderiv.kernel.facts import Fact
from symderiv.kernel.folding import Rule, equation_rule, find_match, reduction_rule
from symderiv.kernel.labelling import components
from symderiv.kernel.polynomial import (
    Accumulator,
    Exponent,
    Factor,
    Monomial,
    Polynomial,
    Product,
    accumulate,
    as_constant,
    constant,
    difference,
    leading,
    plain,
    quote,
    quote_monomial,
    to_fraction,
)
from symderiv.kernel.signs import POSITIVE, ZERO, Live, Signs
from symderiv.kernel.terms import (
    Add,
    Apply,
    Delta,
    Index,
    Multiply,
    Number,
    Power,
    Reduce,
    Size,
    Term,
    key,
    substitute,
)


class Algebra(Protocol):
    """What the rules need of the normal form they are part of."""

    used: dict[str, None]
    signs: Signs

    def polynomial(self, term: Term) -> Polynomial: ...
    def power(self, base: Polynomial, exponent: Exponent) -> Polynomial: ...
    def product(self, left: Polynomial, right: Polynomial) -> Polynomial: ...
    def open(self, monomial: Monomial, beside: Iterable[Term]) -> tuple[tuple[Index, ...], tuple[Factor, ...]]: ...


WHOLE = range(1, 1 << 16)
"""Exponents of which a smaller one can be taken out."""


def is_sum(base: Term) -> bool:
    """True of a base that positive powers expand."""
    return isinstance(base, Add) or (isinstance(base, Reduce) and base.kind == "sum")


class Simplifier:
    """Simplifies products in one algebra."""

    def __init__(self, algebra: Algebra) -> None:
        self._algebra = algebra
        self._equations: list[Rule] = []
        self.rewrites_atoms = False
        self._reductions: dict[Term, Rule] = {}

    def add_equation(self, number: int, fact: Fact) -> None:
        """From now on, rewrites the leading monomial of an equation by the rest of it."""
        rule = equation_rule(number, fact, self._algebra.polynomial)
        if rule is not None:
            self._equations.append(rule)
            self.rewrites_atoms = self.rewrites_atoms or (len(rule.lead.factors) == 1 and not rule.lead.bound)

    def step(self, product: Product) -> list[Product] | None:
        """The product simplified once, as a sum; None where no rule applies."""
        for rule in (
            self._merge,
            self._delta,
            self._number,
            self._expand,
            self._partial_fractions,
            self._logarithm,
            self._exponential,
            self._fold,
        ):
            replaced = rule(product)
            if replaced is not None:
                return replaced
        return None

    def _live(self, factors: Sequence[Factor]) -> Live:
        """What is different from 0 wherever the product of `factors` is."""
        whole = (base for base, exponent in factors if exponent != 0)
        return self._algebra.signs.close(frozenset(whole))

    def _replace(self, product: Product, rest: Sequence[Factor], by: Polynomial) -> list[Product]:
        """`product` with the factors that are not in `rest` replaced by a polynomial in the same names."""
        beside = (*product.bound, *(base for base, _ in rest))
        result = []
        for monomial, coefficient in by.items():
            bound, factors = self._algebra.open(monomial, beside)
            result.append(Product(product.coefficient * coefficient, product.bound + bound, (*rest, *factors)))
        return result

    def _merge(self, product: Product) -> list[Product] | None:
        """x^a * x^b = x^(a+b) where that holds; x * x^-1 = 1 where x != 0."""
        groups: dict[Term, list[Exponent]] = {}
        for base, exponent in product.factors:
            groups.setdefault(base, []).append(exponent)
        for base, exponents in groups.items():
            if len(exponents) > 1:
                rest = tuple(factor for factor in product.factors if factor[0] != base)
                merged = self._merged(base, exponents, rest)
                if sorted(merged) != sorted(exponents):
                    return [product._replace(factors=rest + tuple((base, exponent) for exponent in merged))]
        return None

    def _merged(self, base: Term, exponents: list[Exponent], rest: Sequence[Factor]) -> list[Exponent]:
        total = plain(Fraction(sum(exponents)))
        if all(exponent.denominator == 1 for exponent in exponents):
            if total != 0:
                return [total]
            if self._algebra.signs.is_nonzero(base, self._live(rest)):
                self._algebra.used["real.quotient"] = None
                return []
            return [1, -1]
        sign = self._algebra.signs.sign(base, self._live(rest))
        if sign == POSITIVE:
            return [total] if total else []
        if not sign & ~(POSITIVE | ZERO) and min(exponents) > 0:
            return [total]
        return exponents

    def _delta(self, product: Product) -> list[Product] | None:
        """SUM_i [i = t] f(i) = f(t); [i = i] = 1; [i = j]^2 = [i = j]; [i = t] f(i) = [i = t] f(t)."""
        for position, (base, exponent) in enumerate(product.factors):
            if not isinstance(base, Delta):
                continue
            rest = product.factors[:position] + product.factors[position + 1 :]
            if base.left == base.right:
                return [product._replace(factors=rest)]
            for variable, value in ((base.left, base.right), (base.right, base.left)):
                if variable in product.bound and variable not in value.free:
                    remaining = tuple(index for index in product.bound if index != variable)
                    by = self._substituted(rest, {variable: value})
                    return self._replace(product._replace(bound=remaining), (), by)
            if exponent != 1:
                return [product._replace(factors=(*rest, (base, 1)))]
            if isinstance(base.left, Index) and self._stands_in(base.left, rest, base.right):
                return self._replace(product, ((base, 1),), self._substituted(rest, {base.left: base.right}))
        return None

    @staticmethod
    def _stands_in(index: Index, factors: Sequence[Factor], value: Term) -> bool:
        """True where [index = value] lets `index` be replaced by `value` in other factors."""
        return index not in value.free and any(index in base.free for base, _ in factors)

    def _substituted(self, factors: Sequence[Factor], values: dict[Term, Term]) -> Polynomial:
        result = constant(1)
        for base, exponent in factors:
            power = self._algebra.power(self._algebra.polynomial(substitute(base, values)), exponent)
            result = self._algebra.product(result, power)
        return result

    def _number(self, product: Product) -> list[Product] | None:
        """Powers of rational numbers: whole powers go to the coefficient, roots to primes with exponents in (0, 1)."""
        for position, (base, exponent) in enumerate(product.factors):
            if not isinstance(base, Number) or base.value <= 0:
                continue
            whole = exponent.numerator // exponent.denominator
            primes = _prime_powers(base.value)
            if whole == 0 and len(primes) == 1 and primes[0][1] == 1:
                continue
            rest = product.factors[:position] + product.factors[position + 1 :]
            coefficient, parts = product.coefficient, list(rest)
            for prime, times in primes:
                power = exponent * times
                floor = power.numerator // power.denominator
                coefficient *= fmpq(prime) ** floor
                if power != floor:
                    parts.append((Number(Fraction(prime)), power - floor))
            return [Product(coefficient, product.bound, tuple(parts))]
        return None

    def _expand(self, product: Product) -> list[Product] | None:
        """Positive whole powers of sums are multiplied out, unless the sum is below a fraction line too; 0^c = 0."""
        below = {base for base, exponent in product.factors if exponent < 0}
        for position, (base, exponent) in enumerate(product.factors):
            if is_sum(base) and not self._algebra.polynomial(base):
                return []
            if is_sum(base) and exponent > 0 and exponent.denominator == 1 and base not in below:
                rest = product.factors[:position] + product.factors[position + 1 :]
                by = self._algebra.power(self._algebra.polynomial(base), exponent)
                return self._replace(product, rest, by)
        return None

    def _partial_fractions(self, product: Product) -> list[Product] | None:
        """a^-n b^-m = (a^(1-n) b^-m - a^-n b^(1-m)) / (a - b) for polynomials in sizes with a - b constant."""
        below = [(base, exponent) for base, exponent in product.factors if exponent < 0 and _is_of_sizes(base)]
        for position, (one, first) in enumerate(below):
            for other, second in below[position + 1 :]:
                gap = as_constant(difference(self._algebra.polynomial(one), self._algebra.polynomial(other)))
                if not gap or first.denominator != 1 or second.denominator != 1:
                    continue
                rest = tuple(factor for factor in product.factors if factor[0] not in (one, other))
                live = self._live(rest)
                if not (self._algebra.signs.is_nonzero(one, live) and self._algebra.signs.is_nonzero(other, live)):
                    continue
                left = (*rest, (one, first + 1), (other, second))
                right = (*rest, (one, first), (other, second + 1))
                return [
                    Product(product.coefficient * sign / gap, product.bound, tuple(f for f in factors if f[1] != 0))
                    for sign, factors in ((1, left), (-1, right))
                ]
        return None

    def _logarithm(self, product: Product) -> list[Product] | None:
        """ln(a b) = ln a + ln b, ln(a^c) = c ln a, ln(exp a) = a, where the factors are positive."""
        for position, (base, exponent) in enumerate(product.factors):
            if isinstance(base, Apply) and base.function == "log" and exponent > 0 and exponent.denominator == 1:
                rest = product.factors[:position] + product.factors[position + 1 :]
                split = self._logarithm_of(base.arguments[0], self._live(rest))
                if split is not None:
                    return self._replace(product, rest, self._algebra.power(split, exponent))
        return None

    def _logarithm_of(self, argument: Term, live: Live) -> Polynomial | None:
        polynomial = self._algebra.polynomial(argument)
        if not polynomial:
            return None
        coefficient, parts = self.split(polynomial)
        trivial = coefficient == 1 and len(parts) == 1 and parts[0][1] == 1
        if coefficient <= 0 or (trivial and not _is_exponential(parts[0][0])):
            return None
        if trivial and as_constant(polynomial) is not None:
            return None
        if not all(self._algebra.signs.is_positive(base, live) for base, _ in parts):
            return None
        primes = _prime_powers(to_fraction(coefficient))
        if not parts and len(primes) == 1 and primes[0][1] == 1:
            return None
        total: Accumulator = {}
        for prime, times in primes:
            accumulate(total, _logarithm_atom(Number(Fraction(prime))), fmpq(times))
        for base, exponent in parts:
            scale = fmpq(exponent.numerator, exponent.denominator)
            inner = base.arguments[0] if isinstance(base, Apply) and _is_exponential(base) else None
            accumulate(total, _logarithm_atom(base) if inner is None else self._algebra.polynomial(inner), scale)
        self._note_logarithm(parts, len(primes) + len(parts))
        return total

    def _note_logarithm(self, parts: Sequence[Factor], terms: int) -> None:
        used = self._algebra.used
        if any(_is_exponential(base) for base, _ in parts):
            used["logarithm.exponential"] = None
        if any(exponent < 0 for _, exponent in parts):
            used["logarithm.quotient"] = None
        elif terms > 1:
            used["logarithm.product"] = None
        if any(exponent not in (1, -1) for _, exponent in parts):
            used["logarithm.power"] = None

    def _exponential(self, product: Product) -> list[Product] | None:
        """exp(c ln a) = a^c where a > 0."""
        for position, (base, exponent) in enumerate(product.factors):
            match base:
                case Apply("exp", (Apply("log", (inner,)),)):
                    rest = product.factors[:position] + product.factors[position + 1 :]
                    if self._algebra.signs.is_positive(inner, self._live(rest)):
                        self._algebra.used["exponential.logarithm"] = None
                        by = self._algebra.power(self._algebra.polynomial(inner), exponent)
                        return self._replace(product, rest, by)
                case _:
                    pass
        return None

    def _fold(self, product: Product) -> list[Product] | None:
        """Rewrites the leading monomial of an equation, or of a denominator, by the rest of it."""
        for rule in self._equations:
            found = find_match(rule, product.bound, product.factors)
            if found is None:
                continue
            live = self._live(found.rest)
            if not all(self._algebra.signs.holds(substitute(p, found.binding), live) for p in rule.premises):
                continue
            self._algebra.used[rule.name] = None
            by = {} if not rule.others else self._algebra.polynomial(substitute(quote(rule.others), found.binding))
            return self._replace(product._replace(bound=found.bound), found.rest, by)
        return self._fold_denominator(product)

    def _fold_denominator(self, product: Product) -> list[Product] | None:
        """Lead * s^-1 = (s * s^-1 - (s - lead) * s^-1), so that s * s^-1 can cancel."""
        for position, (base, exponent) in enumerate(product.factors):
            if exponent > 0 or not is_sum(base):
                continue
            rest = product.factors[:position] + product.factors[position + 1 :]
            found = find_match(self._reduction(base), product.bound, rest)
            if found is None:
                continue
            if exponent.denominator != 1 and not self._algebra.signs.is_positive(base, self._live(found.rest)):
                continue
            self._algebra.used["sum.fold"] = None
            kept = product._replace(bound=found.bound)
            rule = self._reduction(base)
            whole: Polynomial = {Monomial((), ((base, 1), (base, exponent))): fmpq(1) / rule.coefficient}
            below: Sequence[Factor] = (*found.rest, (base, exponent))
            return self._replace(kept, found.rest, whole) + self._replace(kept, below, rule.others)
        return None

    def _reduction(self, base: Term) -> Rule:
        known = self._reductions.get(base)
        if known is None:
            known = reduction_rule(base, self._algebra.polynomial(base))
            self._reductions[base] = known
        return known

    def split(self, polynomial: Polynomial) -> tuple[fmpq, list[Factor]]:
        """A polynomial that is not 0 as a number times powers of atoms and of sums that are not divisible further."""
        if len(polynomial) == 1:
            ((monomial, coefficient),) = polynomial.items()
            parts: list[Factor] = []
            for bound, factors in components(monomial.bound, monomial.factors):
                if bound:
                    summed = quote_monomial(Monomial(tuple(bound), tuple(factors)), fmpq(1))
                    parts.append((quote(self._algebra.polynomial(summed)), 1))
                else:
                    parts.extend(factors)
            return coefficient, parts
        content = _content(polynomial)
        coefficient = polynomial[leading(polynomial)]
        primitive: Accumulator = {}
        for monomial, value in polynomial.items():
            left = tuple((b, e - content.get(b, 0)) for b, e in monomial.factors)
            kept = tuple(factor for factor in left if factor[1] != 0)
            primitive[Monomial(monomial.bound, kept)] = value / coefficient
        return coefficient, [*content.items(), (quote(primitive), 1)]


def _content(polynomial: Polynomial) -> dict[Term, Exponent]:
    """The atoms without bound indices that divide every monomial, with their exponents."""
    common: dict[Term, Exponent] | None = None
    for monomial in polynomial:
        bases = [base for base, _ in monomial.factors]
        own = {
            base: exponent
            for base, exponent in monomial.factors
            if exponent > 0
            and exponent.denominator == 1
            and bases.count(base) == 1
            and base.free.isdisjoint(monomial.bound)
        }
        common = own if common is None else {b: min(e, own[b]) for b, e in common.items() if b in own}
    return dict(sorted((common or {}).items(), key=lambda item: key(item[0])))


def _is_of_sizes(base: Term) -> bool:
    """True of a polynomial in sizes alone."""
    match base:
        case Size() | Number():
            return True
        case Add() | Multiply():
            return all(map(_is_of_sizes, base.children))
        case Power(inner, exponent):
            return exponent > 0 and exponent.denominator == 1 and _is_of_sizes(inner)
        case _:
            return False


def _is_exponential(base: Term) -> bool:
    return isinstance(base, Apply) and base.function == "exp"


def _logarithm_atom(argument: Term) -> Polynomial:
    return {Monomial((), ((Apply("log", (argument,)), 1),)): fmpq(1)}


def _prime_powers(value: Fraction) -> list[tuple[int, int]]:
    """The prime factors of a positive rational number, with their exponents."""
    above = [(int(prime), int(times)) for prime, times in fmpz(value.numerator).factor()]
    below = [(int(prime), -int(times)) for prime, times in fmpz(value.denominator).factor()]
    return above + below
