"""The normal form: every real term as an indexed sum of products, under facts and definitions.

`Normalizer.polynomial` is a function of the term: two terms with equal polynomials are equal wherever the facts hold.
The converse holds for polynomial identities over finite index sets; with quotients, logarithms and facts in play it is
a procedure, not a decision.

A product is simplified by the rules of `products.py` until none applies.  Each rule is an equation that holds at every
point, also where a factor is 0, for the total functions that `terms.py` describes.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeVar

from flint import fmpq

from symderiv.advice.canonical import ordered
from symderiv.advice.factors import factored
from symderiv.kernel import polynomial as p
from symderiv.kernel import terms as k
from symderiv.kernel.definedness import guard_order
from symderiv.kernel.errors import Exhausted, check
from symderiv.kernel.facts import as_definition, definitions_of, head_of, heads, is_partial, open_fact
from symderiv.kernel.products import Simplifier, split
from symderiv.kernel.signs import NEGATIVE, POSITIVE, ZERO, Signs
from symderiv.kernel.special import digamma, gamma, gammas_first, gammas_in

BUDGET = 30_000
"""Products that one normalizer may simplify before it gives up."""

LARGEST_POWER = 64
"""Sums are expanded up to this power."""
T = TypeVar("T")


def normalizer(facts: tuple[k.Term, ...], meanings: tuple[k.Term, ...], unfold: tuple[k.Term, ...]) -> Normalizer:
    """The normal form under some premises, with a fresh budget; one that was used before keeps what it computed."""
    found = _normalizer(facts, meanings, unfold)
    found.spent = 0
    found.used = {}
    return found


def forget() -> None:
    """Drops everything that was kept."""
    for kept in (_normalizer, k.instantiate, k.abstract, open_fact, as_definition, heads, is_partial, guard_order):
        kept.cache_clear()


@lru_cache(maxsize=64)
def _normalizer(facts: tuple[k.Term, ...], meanings: tuple[k.Term, ...], unfold: tuple[k.Term, ...]) -> Normalizer:
    return Normalizer(facts, meanings, unfold)


class Normalizer:
    """Normal forms under a fixed set of premises.

    `facts` are propositions that may be used for signs, and for rewriting where they are equations; `meanings` are
    definitions used for signs only; `unfold` are definitions that are replaced by their bodies.  `used` collects the
    names of the rules that were applied, in order.
    """

    def __init__(
        self,
        facts: Iterable[k.Term] = (),
        meanings: Iterable[k.Term] = (),
        unfold: Iterable[k.Term] = (),
        budget: int = BUDGET,
    ) -> None:
        self.used: dict[str, None] = {}
        self.spent = 0
        self._budget = budget
        # Questions about signs lead to normal forms and these to questions about signs.  Deep inside, answers are
        # coarser, so what is computed there must not be taken for what is computed outside.
        self._known: dict[tuple[Hashable, ...], tuple[Any, dict[str, None]]] = {}
        self._reordered: dict[tuple[k.Term, int], k.Term] = {}
        self._unfold = definitions_of(unfold)
        stated = list(map(open_fact, facts))
        self.signs = Signs(stated, definitions_of((*meanings, *unfold)), self.polynomial)
        self._simplifier = Simplifier(self)
        for number, fact in enumerate(stated):
            if fact.relation.kind == "=":
                self._simplifier.add_equation(number, fact)
        self.signs.see_through(self._unfold)
        self.forget()
        self.used.clear()
        self.spent = 0

    def forget(self) -> None:
        """Drops what was computed, because more is known now."""
        self._known.clear()
        self._reordered.clear()
        self.signs.forget()

    def polynomial(self, term: k.Term) -> p.Polynomial:
        """The normal form of a closed real term.

        Raises:
            Exhausted: when the budget is spent.
        """
        return self.once(self._polynomial, term)

    def once(self, compute: Callable[..., T], *arguments: Hashable) -> T:
        """What `compute` makes of arguments, with the rules that it used; it is kept."""
        place = (*arguments, self.signs.depth)
        known = self._known.get(place)
        if known is None:
            outer, self.used = self.used, {}
            try:
                known = self._known[place] = (compute(*arguments), self.used)
            finally:
                self.used = outer
        self.used.update(known[1])
        found: T = known[0]
        return found

    def canonical(self, term: k.Term) -> k.Term:
        """The normal form as a term."""
        return p.quote(self.polynomial(term))

    def _polynomial(self, term: k.Term) -> p.Polynomial:
        match term:
            case k.Number(value):
                return p.constant(value)
            case k.Add(terms):
                total: p.Accumulator = {}
                for part in terms:
                    p.accumulate(total, self.polynomial(part))
                return total
            case k.Multiply(factors):
                result = p.constant(1)
                for factor in gammas_first(factors):
                    result = self.product(result, self.polynomial(factor))
                return result
            case k.Power(k.Power(base, inner), exponent) if inner.denominator == exponent.denominator == 1:
                return self.power(self.polynomial(base), p.plain(inner * exponent))
            case k.Power(base, exponent):
                return self._raised_term(base, exponent)
            case k.Reduce("sum"):
                return self._sum(term)
            case k.Symbol() | k.Entry():
                unfolded = self._unfold.unfold(term)
                if unfolded is not None:
                    self.used[f"unfold {head_of(term)}"] = None
                    return self.polynomial(unfolded)
                return self.of_factor(term) if self._simplifier.rewrites_atoms else p.atom(term)
            case k.Apply(function, (argument,)) if function in _FUNCTIONS:
                return _FUNCTIONS[function](self, argument)
            case _:
                return self.of_factor(self._atom(term))

    def _raised_term(self, base: k.Term, exponent: Fraction) -> p.Polynomial:
        """(gamma(a) b)^n = gamma(a)^n b^n, so that what a lowered argument leaves behind stays in factors."""
        gammas, others = gammas_in(base.factors if isinstance(base, k.Multiply) else (base,))
        if not gammas or exponent.denominator != 1:
            return self.power(self.polynomial(base), p.plain(exponent))
        result = self.polynomial(k.Power(k.Multiply(others), exponent))
        for argument, inner in gammas:
            result = self.product(result, gamma(self, argument, p.plain(inner * exponent)))
        return result

    def _exponential(self, argument: k.Term) -> p.Polynomial:
        """exp(c a + d b) = exp(a)^c exp(b)^d."""
        parts = self.polynomial(argument).items()
        if len(parts) > 1:
            self.used["exponential.sum"] = None
        factors = [(k.Apply("exp", (p.quote_monomial(m, fmpq(1)),)), p.plain(p.to_fraction(c))) for m, c in parts]
        return self.settle(p.Product(fmpq(1), (), tuple(factors)))

    def _absolute(self, argument: k.Term) -> p.Polynomial:
        """|c a^m b^n| = |c| |a|^m |b|^n, where what has a known sign loses its bars."""
        polynomial = self.polynomial(argument)
        if not polynomial:
            return {}
        coefficient, parts = split(self.polynomial, polynomial)
        coefficient = abs(coefficient)
        factors: list[p.Factor] = []
        for base, exponent in parts:
            whole = exponent.denominator == 1
            inner, times = (base, exponent) if whole else (k.Power(base, Fraction(exponent)), 1)
            sign = self.signs.sign(inner)
            if times % 2 and not sign & POSITIVE:
                coefficient = -coefficient
            elif sign & NEGATIVE:
                inner = k.Apply("abs", (inner,))
            factors.append((inner, times))
        return self.settle(p.Product(coefficient, (), tuple(factors)))

    def of_factor(self, base: k.Term, exponent: p.Exponent = 1) -> p.Polynomial:
        """The polynomial of one factor."""
        return self.settle(p.Product(fmpq(1), (), ((base, exponent),)))

    def _atom(self, term: k.Term) -> k.Term:
        """The term with its arguments in normal form."""
        match term:
            case k.Delta(left, right):
                return k.Delta(*sorted((left, right), key=k.key))
            case k.Apply(name, arguments):
                return k.Apply(name, tuple(self.canonical(argument) for argument in arguments))
            case k.Reduce(kind, domain, body):
                variable = k.Index(f"%{k.first_unused('%', (body,))}", domain)
                return k.reduce_over(kind, [variable], self.canonical(k.instantiate(body, variable)))
            case _:
                return term

    def _sum(self, term: k.Reduce) -> p.Polynomial:
        names, body = k.opened(term, "%")
        total: p.Accumulator = {}
        for monomial, coefficient in self.polynomial(body).items():
            bound, factors = self.open(monomial, names)
            p.accumulate(total, self.settle(p.Product(coefficient, (*bound, *names), factors)))
        return total

    def open(self, monomial: p.Monomial, beside: Iterable[k.Term]) -> p.Monomial:
        """The monomial with fresh names for its bound indices, which occur in none of `beside`."""
        if not monomial.bound:
            return monomial
        start = k.first_unused("$", (*beside, *(base for base, _ in monomial.factors)))
        fresh = tuple([k.Index(f"${start + n}", old.domain) for n, old in enumerate(monomial.bound)])
        return p.Monomial(fresh, self._renamed(monomial.factors, monomial.bound, fresh))

    def _renamed(
        self, factors: Iterable[p.Factor], old: Iterable[k.Index], new: Iterable[k.Index]
    ) -> tuple[p.Factor, ...]:
        names = dict[k.Term, k.Term](zip(old, new, strict=True))
        return tuple([(self.rename(base, names), exponent) for base, exponent in factors])

    def product(self, left: p.Polynomial, right: p.Polynomial) -> p.Polynomial:
        """The product of two polynomials."""
        total: p.Accumulator = {}
        for one, first in left.items():
            for other, second in right.items():
                if p.UNIT in (one, other):
                    p.accumulate(total, {one if other == p.UNIT else other: first}, second)
                    continue
                bound, factors = self.open(one, (base for base, _ in other.factors))
                more, rest = self.open(other, (*bound, *(base for base, _ in factors)))
                p.accumulate(total, self.settle(p.Product(first * second, bound + more, factors + rest)))
        return total

    def power(self, base: p.Polynomial, exponent: p.Exponent) -> p.Polynomial:
        """A polynomial to a rational exponent."""
        if exponent.denominator == 1 and 0 <= exponent <= LARGEST_POWER:
            result = p.constant(1)
            for _ in range(exponent.numerator):
                result = self.product(result, base)
            return result
        if not base:
            return {}
        above, below = self.fraction(base)
        if exponent.denominator != 1:
            sign, turned = self.turned(fmpq(1), list(below))
            above = p.scaled(above, sign)
            is_safe = below and all(self.signs.is_positive(inner) for inner, _ in turned)
            is_safe = is_safe and not self.signs.sign(p.quote(above)) & NEGATIVE
            above, below = (above, tuple(turned)) if is_safe else (base, ())
        if below:
            raised = tuple((inner, p.plain(-exponent * times)) for inner, times in below)
            return self.product(self.power(above, exponent), self.settle(p.Product(fmpq(1), (), raised)))
        coefficient, parts = split(self.polynomial, base)
        if exponent.denominator == 1:
            factors = tuple(self._raised(inner, exponent) for inner in parts)
            return self.settle(p.Product(coefficient ** int(exponent), (), factors))
        for tried in (self.in_factors(parts), parts):
            scale, found = self.turned(coefficient, tried)
            if scale > 0 and not any(self.signs.sign(inner) & NEGATIVE for inner, _ in found):
                factors = tuple(self._raised(inner, exponent) for inner in found)
                whole = (k.Number(p.to_fraction(scale)), exponent)
                return self.settle(p.Product(fmpq(1), (), (*factors, whole)))
        return self.of_factor(p.quote(base), exponent)

    def in_factors(self, parts: list[p.Factor]) -> list[p.Factor]:
        """The parts of a product with the last one in factors, where it is a sum that has some."""
        factors = factored(self.polynomial(parts[-1][0])) if parts and parts[-1][1] == 1 else ()
        found = k.Multiply(tuple(k.Power(base, Fraction(exponent)) for base, exponent in factors))
        if not factors or self.polynomial(found) != self.polynomial(parts[-1][0]):
            return parts
        return [*parts[:-1], *factors]

    def turned(self, coefficient: fmpq, parts: list[p.Factor]) -> tuple[fmpq, list[p.Factor]]:
        """A number times powers, with the sign turned of what cannot be positive; a^2 = |a|^2."""
        turned: list[p.Factor] = []
        for base, exponent in parts:
            if exponent % 2 == 0 and self.signs.sign(base) & NEGATIVE:
                scale, sizes = split(self.polynomial, self._absolute(base))
                coefficient *= scale ** int(exponent)
                turned.extend((size, p.plain(times * exponent)) for size, times in sizes)
            elif exponent % 2 == 1 and not self.signs.sign(base) & POSITIVE:
                turned.append((self.canonical(k.negate(base)), exponent))
                coefficient = -coefficient
            else:
                turned.append((base, exponent))
        return coefficient, turned

    def fraction(self, polynomial: p.Polynomial) -> tuple[p.Polynomial, tuple[p.Factor, ...]]:
        """A sum as one fraction, where what its terms are divided by is not 0: 1 + 1/a = (a + 1)/a."""
        below = self._denominators(polynomial)
        if not below:
            return polynomial, ()
        above = self.product(polynomial, self.settle(p.Product(fmpq(1), (), below)))
        return (polynomial, ()) if self._denominators(above) else (above, below)

    def _denominators(self, polynomial: p.Polynomial) -> tuple[p.Factor, ...]:
        largest: dict[k.Term, p.Exponent] = {}
        for bound, factors in polynomial if len(polynomial) > 1 else ():
            for base, exponent in factors:
                if exponent < 0 and exponent.denominator == 1 and base.free.isdisjoint(bound):
                    largest[base] = max(largest.get(base, 0), -exponent)
        return tuple((base, times) for base, times in largest.items() if not self.signs.sign(base) & ZERO)

    def _raised(self, factor: p.Factor, exponent: p.Exponent) -> p.Factor:
        """(a^b)^c = a^(b c), where b is a whole number or a is not negative."""
        base, inner = factor
        if inner.denominator == 1 or not self.signs.sign(base) & NEGATIVE:
            return base, p.plain(inner * exponent)
        return k.Power(base, Fraction(inner)), exponent

    def settle(self, product: p.Product) -> p.Polynomial:
        """Simplifies a product until no rule applies, and puts it into canonical form."""
        total: p.Accumulator = {}
        pending = [product]
        while pending:
            self.spent += 1
            if self.spent > self._budget:
                raise Exhausted("normal form: budget")
            current = pending.pop()
            replaced = self._simplifier.step(current) if current.coefficient != 0 else []
            if replaced is None:
                p.accumulate(total, self._close(current))
            else:
                pending.extend(replaced)
        return total

    def _close(self, product: p.Product) -> p.Polynomial:
        """The product with canonical names.  An index that occurs in no factor is summed away: it becomes a size."""
        if not product.bound:
            return {p.Monomial((), tuple(sorted(product.factors, key=p.factor_key))): product.coefficient}
        inside = frozenset[k.Term]().union(*(base.free for base, _ in product.factors))
        idle = [index for index in product.bound if index not in inside]
        if idle:
            sizes = tuple((k.Size(index.domain), 1) for index in idle)
            rest = tuple(index for index in product.bound if index in inside)
            return self.settle(p.Product(product.coefficient, rest, product.factors + sizes))
        order = ordered(product.bound, product.factors, self.rename)
        check(len(order) == len(product.bound) and {*order} == {*product.bound}, "normal form: order", order)
        start = k.first_unused("#", (base for base, _ in product.factors)) if order else 0
        names = tuple([k.Index(f"#{start + n:03d}", index.domain) for n, index in enumerate(order)])
        factors = sorted(self._renamed(product.factors, order, names), key=p.factor_key)
        return {p.Monomial(names, tuple(factors)): product.coefficient}

    def rename(self, term: k.Term, names: dict[k.Term, k.Term]) -> k.Term:
        """`term` with other names for indices; what stands inside it is put into canonical order again."""
        if term.free.isdisjoint(names):
            return term
        term = k.substitute(term, names)
        if isinstance(term, k.Entry | k.Size | k.Gather | k.Index):
            return term
        place = (term, self.signs.depth)
        known = self._reordered.get(place)
        if known is None:
            is_atom = isinstance(term, k.Delta | k.Apply) and head_of(term) != "abs"
            known = self._reordered[place] = self._atom(term) if is_atom else self.canonical(term)
        return known


_FUNCTIONS: dict[str, Callable[[Normalizer, k.Term], p.Polynomial]] = {
    "exp": Normalizer._exponential,
    "abs": Normalizer._absolute,
    "gamma": gamma,
    "digamma": digamma,
}
"""The functions of one number that have rules of their own."""
