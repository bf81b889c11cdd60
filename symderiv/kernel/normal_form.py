"""The normal form: every real term as an indexed sum of products, under facts and definitions.

`Normalizer.polynomial` is a function of the term: two terms with equal polynomials are equal wherever the facts hold.
The converse holds for polynomial identities over finite index sets; with quotients, logarithms and facts in play it is
a procedure, not a decision.

A product is simplified by the rules of `products.py` until none applies.  Each rule is an equation that holds at every
point, also where a factor is 0, for the total functions that `terms.py` describes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache

from flint import fmpq

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.facts import as_definition, head_of, open_fact
from symderiv.kernel.labelling import canonical_monomial
from symderiv.kernel.polynomial import (
    UNIT,
    Accumulator,
    Exponent,
    Factor,
    Monomial,
    Polynomial,
    Product,
    accumulate,
    constant,
    plain,
    quote,
    quote_monomial,
    to_fraction,
)
from symderiv.kernel.products import Simplifier
from symderiv.kernel.signs import NEGATIVE, Signs
from symderiv.kernel.terms import (
    Add,
    Apply,
    Bound,
    Delta,
    Entry,
    Gather,
    Index,
    Multiply,
    Number,
    Power,
    Reduce,
    Size,
    Symbol,
    Term,
    abstract,
    first_unused,
    instantiate,
    key,
    substitute,
)

BUDGET = 100_000
"""Products that one normalizer may simplify before it gives up."""

LARGEST_POWER = 64
"""Sums are expanded up to this power."""


def normalizer(facts: tuple[Term, ...], meanings: tuple[Term, ...], unfold: tuple[Term, ...]) -> Normalizer:
    """The normal form under some premises, with a fresh budget; one that was used before keeps what it computed."""
    found = _normalizer(facts, meanings, unfold)
    found.spent = 0
    found.used = {}
    return found


def forget() -> None:
    """Drops everything that was kept."""
    _normalizer.cache_clear()


@lru_cache(maxsize=32)
def _normalizer(facts: tuple[Term, ...], meanings: tuple[Term, ...], unfold: tuple[Term, ...]) -> Normalizer:
    return Normalizer(facts, meanings, unfold)


class Normalizer:
    """Normal forms under a fixed set of premises.

    `facts` are propositions that may be used for signs, and for rewriting where they are equations; `meanings` are
    definitions used for signs only; `unfold` are definitions that are replaced by their bodies.  `used` collects the
    names of the rules that were applied, in order.
    """

    def __init__(
        self,
        facts: Iterable[Term] = (),
        meanings: Iterable[Term] = (),
        unfold: Iterable[Term] = (),
        budget: int = BUDGET,
    ) -> None:
        self.used: dict[str, None] = {}
        self.spent = 0
        self._budget = budget
        # Questions about signs lead to normal forms and these to questions about signs.  Deep inside, answers are
        # coarser, so what is computed there must not be taken for what is computed outside.
        self._known: dict[tuple[Term, int], tuple[Polynomial, dict[str, None]]] = {}
        self._renamed: dict[tuple[Term, int], Term] = {}
        stated = [open_fact(fact) for fact in facts]
        unfolding = [fact for fact in map(open_fact, unfold) if fact is not None]
        meaning = [fact for fact in map(open_fact, meanings) if fact is not None]
        found = [definition for definition in map(as_definition, unfolding) if definition is not None]
        self._unfold = {definition.head: definition for definition in found}
        self.signs = Signs([fact for fact in stated if fact is not None], meaning + unfolding, self.polynomial)
        self._simplifier = Simplifier(self)
        for position, fact in enumerate(stated):
            if fact is not None and fact.relation.kind == "=":
                self._simplifier.add_equation(position, fact)
                self.forget()
        self.signs.see_through(self._unfold)
        self.forget()
        self.used.clear()

    def forget(self) -> None:
        """Drops what was computed, because more is known now."""
        self._known.clear()
        self._renamed.clear()
        self.signs.forget()

    def polynomial(self, term: Term) -> Polynomial:
        """The normal form of a closed real term.

        Raises:
            Exhausted: when the budget is spent.
        """
        place = (term, self.signs.depth)
        known = self._known.get(place)
        if known is None:
            outer, self.used = self.used, {}
            try:
                known = (self._polynomial(term), self.used)
            finally:
                self.used = outer
            self._known[place] = known
        self.used.update(known[1])
        return known[0]

    def canonical(self, term: Term) -> Term:
        """The normal form as a term."""
        return quote(self.polynomial(term))

    def spend(self) -> None:
        """Counts one simplified product."""
        self.spent += 1
        if self.spent > self._budget:
            raise Exhausted("normal form: budget")

    def _polynomial(self, term: Term) -> Polynomial:
        match term:
            case Number(value):
                return constant(value)
            case Add(terms):
                total: Accumulator = {}
                for part in terms:
                    accumulate(total, self.polynomial(part), fmpq(1))
                return total
            case Multiply(factors):
                result = constant(1)
                for factor in factors:
                    result = self.product(result, self.polynomial(factor))
                return result
            case Power(base, exponent):
                return self.power(self.polynomial(base), plain(exponent))
            case Reduce("sum", domain, body):
                return self._sum(domain, body)
            case Symbol() | Entry():
                if head_of(term) in self._unfold:
                    return self._unfolded(term)
                if not self._simplifier.rewrites_atoms:
                    return {Monomial((), ((term, 1),)): fmpq(1)}
                return self.of_atom(term)
            case Apply("exp", (argument,)):
                return self._exponential(argument)
            case _:
                return self.of_atom(self._atom(term))

    def _exponential(self, argument: Term) -> Polynomial:
        """exp(c a + d b) = exp(a)^c exp(b)^d."""
        factors = tuple(
            (Apply("exp", (quote_monomial(monomial, fmpq(1)),)), plain(to_fraction(coefficient)))
            for monomial, coefficient in self.polynomial(argument).items()
        )
        if len(factors) > 1:
            self.used["exponential.sum"] = None
        return self.settle(Product(fmpq(1), (), factors))

    def of_atom(self, atom: Term, exponent: Exponent = 1) -> Polynomial:
        """The polynomial of one factor."""
        return self.settle(Product(fmpq(1), (), ((atom, exponent),)))

    def _atom(self, term: Term) -> Term:
        """The term with its arguments in normal form."""
        match term:
            case Delta(left, right):
                return Delta(*sorted((left, right), key=key))
            case Apply(name, arguments):
                return Apply(name, tuple(self.canonical(argument) for argument in arguments))
            case Reduce(kind, domain, body):
                variable = Index(f"%{first_unused('%', (body,))}", domain)
                opened = self.canonical(instantiate(body, variable))
                return Reduce(kind, domain, abstract(opened, variable))
            case _:
                return term

    def _unfolded(self, term: Term) -> Polynomial:
        definition = self._unfold[head_of(term) or ""]
        values: dict[Term, Term] = dict(zip(definition.parameters, term.children, strict=True))
        self.used[f"unfold {definition.head}"] = None
        return self.polynomial(substitute(definition.body, values))

    def _sum(self, domain: str, body: Term) -> Polynomial:
        name = Index(f"%{first_unused('%', (body,))}", domain)
        total: Accumulator = {}
        for monomial, coefficient in self.polynomial(instantiate(body, name)).items():
            bound, factors = self.open(monomial, (name,))
            accumulate(total, self.settle(Product(coefficient, (*bound, name), factors)), fmpq(1))
        return total

    def open(self, monomial: Monomial, beside: Iterable[Term]) -> tuple[tuple[Index, ...], tuple[Factor, ...]]:
        """The monomial with fresh names for its bound indices, which occur in none of `beside`."""
        if not monomial.bound:
            return (), monomial.factors
        start = first_unused("$", (*beside, *(base for base, _ in monomial.factors)))
        names: dict[Term, Term] = {old: Index(f"${start + k}", old.domain) for k, old in enumerate(monomial.bound)}
        fresh = tuple(Index(f"${start + k}", old.domain) for k, old in enumerate(monomial.bound))
        return fresh, tuple((self.rename(base, names), exponent) for base, exponent in monomial.factors)

    def product(self, left: Polynomial, right: Polynomial) -> Polynomial:
        """The product of two polynomials."""
        total: Accumulator = {}
        for one, first in left.items():
            if one == UNIT:
                accumulate(total, right, first)
                continue
            for other, second in right.items():
                if other == UNIT:
                    accumulate(total, {one: first}, second)
                else:
                    accumulate(total, self.settle(self.joined(one, other, first * second)), fmpq(1))
        return total

    def joined(self, one: Monomial, other: Monomial, coefficient: fmpq) -> Product:
        """The product of two monomials, renamed apart."""
        bound, factors = self.open(one, (base for base, _ in other.factors))
        more, rest = self.open(other, (*bound, *(base for base, _ in factors)))
        return Product(coefficient, bound + more, factors + rest)

    def power(self, base: Polynomial, exponent: Exponent) -> Polynomial:
        """A polynomial to a rational exponent."""
        if exponent.denominator == 1 and 0 <= exponent <= LARGEST_POWER:
            result = constant(1)
            for _ in range(exponent.numerator):
                result = self.product(result, base)
            return result
        if not base:
            return {}
        coefficient, parts = self.split(base)
        if exponent.denominator != 1 and not self._splits(coefficient, parts):
            return self.settle(Product(fmpq(1), (), ((quote(base), exponent),)))
        factors = [self._raised(atom, inner, exponent) for atom, inner in parts]
        if exponent.denominator == 1:
            return self.settle(Product(coefficient ** int(exponent), (), tuple(factors)))
        factors.append((Number(to_fraction(coefficient)), exponent))
        return self.settle(Product(fmpq(1), (), tuple(factors)))

    def _raised(self, atom: Term, inner: Exponent, exponent: Exponent) -> Factor:
        """(a^b)^c = a^(b c), where b is a whole number or a is not negative."""
        if inner.denominator == 1 or not self.signs.sign(atom) & NEGATIVE:
            return atom, plain(Fraction(inner * exponent))
        return Power(atom, Fraction(inner)), exponent

    def _splits(self, coefficient: fmpq, parts: Sequence[Factor]) -> bool:
        """True where a fractional power of the product is the product of fractional powers."""
        return coefficient > 0 and all(self.signs.is_positive(atom) for atom, _ in parts)

    def split(self, base: Polynomial) -> tuple[fmpq, list[Factor]]:
        """A non-zero polynomial as a coefficient times a product of factors; sums among them do not split further."""
        return self._simplifier.split(base)

    def settle(self, product: Product) -> Polynomial:
        """Simplifies a product until no rule applies, and puts it into canonical form."""
        total: Accumulator = {}
        pending = [product]
        while pending:
            self.spend()
            current = pending.pop()
            if current.coefficient == 0:
                continue
            replaced = self._simplifier.step(current)
            if replaced is None:
                accumulate(total, self._close(current), fmpq(1))
            else:
                pending.extend(replaced)
        return total

    def _close(self, product: Product) -> Polynomial:
        """A bound index that occurs in no factor is summed away: it becomes the size of its domain."""
        inside = frozenset().union(*(base.free for base, _ in product.factors))
        idle = [index for index in product.bound if index not in inside]
        if idle:
            sizes = tuple((Size(index.domain), 1) for index in idle)
            rest = tuple(index for index in product.bound if index in inside)
            return self.settle(Product(product.coefficient, rest, product.factors + sizes))
        return {canonical_monomial(product.bound, product.factors, self.rename): product.coefficient}

    def rename(self, term: Term, names: dict[Term, Term]) -> Term:
        """`term` with other names for indices; what stands inside it is put into canonical order again."""
        if term.free.isdisjoint(names):
            return term
        return self.reorder(substitute(term, names))

    def reorder(self, term: Term) -> Term:
        """Restores the canonical order inside a factor after a renaming."""
        match term:
            case Entry() | Symbol() | Size() | Number() | Gather() | Index() | Bound():
                return term
        place = (term, self.signs.depth)
        known = self._renamed.get(place)
        if known is None:
            match term:
                case Add() | Multiply() | Power() | Reduce("sum", _, _):
                    known = self.canonical(term)
                case _:
                    known = self._atom(term)
            self._renamed[place] = known
        return known
