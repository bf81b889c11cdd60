"""Signs: which of negative, zero and positive a term can be, from its structure and from facts.

A sign is a set of possibilities, written as a bit mask; every answer is an over-approximation, so `ANY` is always
right. `live` terms are known to be different from 0: the other factors of a product may be taken so, because where one
of them is 0 the product is 0 whatever the rest is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache, reduce

from flint import fmpq

from symderiv.advice.factors import factored
from symderiv.advice.matching import choices, match
from symderiv.kernel import terms as k
from symderiv.kernel.facts import Definition, Definitions, Fact, binds, head_of, heads
from symderiv.kernel.polynomial import Polynomial, difference, quote, scaled

NEGATIVE, ZERO, POSITIVE = 1, 2, 4
ANY = NEGATIVE | ZERO | POSITIVE
DIFFERENCE = {"=": ZERO, "!=": POSITIVE | NEGATIVE, "<": POSITIVE, "<=": POSITIVE | ZERO}
"""The signs that `right - left` may have where `left kind right`."""

DEPTH = 6
"""How many premises of facts may lead from one to another."""

MOST_LEFT = 2
"""How many summands may be left of a sum when a stated difference is taken away."""

Live = frozenset[k.Term]
NOTHING_LIVE: Live = frozenset()


def of_number(value: Fraction | fmpq | int) -> int:
    """The sign of a number."""
    return POSITIVE if value > 0 else NEGATIVE if value < 0 else ZERO


def _pairs(one: int, other: int, result: Callable[[int, int], int]) -> int:
    """The union of the signs `result(a, b)` for all possible signs a and b, as -1, 0 and 1."""
    values = [[value for value in (-1, 0, 1) if sign & of_number(value)] for sign in (one, other)]
    return reduce(lambda found, pair: found | result(*pair), ((a, b) for a in values[0] for b in values[1]), 0)


@cache
def times(one: int, other: int) -> int:
    """The sign of a product."""
    return _pairs(one, other, lambda a, b: of_number(a * b))


@cache
def plus(one: int, other: int) -> int:
    """The sign of a sum."""
    return _pairs(one, other, lambda a, b: ANY if a * b < 0 else of_number(a + b))


def flip(sign: int) -> int:
    """The sign of minus a term."""
    return times(NEGATIVE, sign)


def allowed(kind: str, sign_of_difference: int) -> bool:
    """True where `left kind right` holds for every possible sign of `right - left`."""
    return not sign_of_difference & ~DIFFERENCE[kind]


class Signs:
    """Answers questions about signs from facts and definitions.  `polynomial` is the normal form in use."""

    def __init__(
        self, facts: Iterable[Fact], definitions: Definitions, polynomial: Callable[[k.Term], Polynomial]
    ) -> None:
        self._polynomial = polynomial
        self._definitions = definitions
        self._about: dict[str | None, list[tuple[Fact, k.Term, int]]] = {}
        self._composite: list[tuple[Fact, k.Term]] = []
        self._signs: dict[tuple[k.Term, Live, int], int] = {}
        self._gaps: dict[tuple[k.Term, int], list[tuple[Fact, int, k.Term]]] = {}
        self._closed: dict[Live, Live] = {}
        self._witnesses: dict[k.Term, k.Index] = {}
        """For each sum an index at which its term is not 0, if the sum is not: no two of them have one name."""
        self.depth = 0
        for fact in facts:
            self._enter(fact)

    def _enter(self, fact: Fact) -> None:
        """Files a fact: a bound `atom kind c` under its atom, any other under its difference."""
        left, right, gap = fact.relation.left, fact.relation.right, DIFFERENCE[fact.relation.kind]
        if isinstance(left, k.Number):
            self._file(fact, right, plus(of_number(left.value), gap))
        elif isinstance(right, k.Number):
            self._file(fact, left, plus(of_number(right.value), flip(gap)))
        # That an atom is positive says nothing of sums that their structure does not say.
        atoms = [side for side in (left, right) if isinstance(side, k.Symbol | k.Entry)]
        is_plain = k.ZERO in (left, right) and any(head_of(atom) not in self._definitions for atom in atoms)
        if fact.relation.kind != "=" and not fact.variables and not is_plain:
            self._composite.append((fact, k.subtract(right, left)))

    def _file(self, fact: Fact, pattern: k.Term, sign: int) -> None:
        self._about.setdefault(head_of(pattern), []).append((fact, pattern, sign))

    def forget(self) -> None:
        """Drops the answers that were given, because more is known now."""
        self._signs.clear()
        self._gaps.clear()

    def see_through(self, definitions: Mapping[str, Definition]) -> None:
        """Lets what is said of a defined name hold of its body too, where the normal form replaces one by the other."""
        for head in [head for head in self._about if head in definitions]:
            for fact, pattern, sign in tuple(self._about[head]):
                body = quote(self._polynomial(pattern))
                if head_of(body) != head:
                    self._file(fact, body, sign)

    def sign(self, term: k.Term, live: Live = NOTHING_LIVE) -> int:
        """The possible signs of a closed term."""
        place = (term, live, self.depth)
        known = self._signs.get(place)
        if known is None:
            result = self._structural(term, live)
            if result & (result - 1):
                result &= self._stated(term, live)
            if result & NEGATIVE and result & POSITIVE and isinstance(term, k.Add):
                result &= self._of_factors(term, live)
            known = self._signs[place] = (result & ~ZERO if term in live else result) or ANY
        return known

    def is_positive(self, term: k.Term, live: Live = NOTHING_LIVE) -> bool:
        """True where the term must be positive."""
        return self.sign(term, live) == POSITIVE

    def holds(self, proposition: k.Term, live: Live = NOTHING_LIVE) -> bool:
        """True where a relation, or an implication of relations, follows from signs."""
        match proposition:
            case k.Relation(kind, left, right):
                return allowed(kind, self.sign(right if left is k.ZERO else k.subtract(right, left), live))
            case k.Implies(k.Relation("!=" | "<", left, right), conclusion):
                known = {right} if left is k.ZERO else {left} if right is k.ZERO else set()
                return self.holds(conclusion, self.close(live | known) if known else live)
            case _:
                return False

    def close(self, live: Live) -> Live:
        """Adds what cannot be 0 where the given terms are not: the factors of a product, also by definition.

        Where a sum is not 0, some term of it is not: that at an index which stands for nothing else.
        """
        if live in self._closed:
            return self._closed[live]
        found: set[k.Term] = set()
        pending = list(live)
        while pending:
            term = pending.pop()
            if term in found:
                continue
            found.add(term)
            match term:
                case k.Multiply(factors):
                    pending.extend(factors)
                case k.Power(base, exponent) if exponent != 0:
                    pending.append(base)
                case k.Reduce("sum", domain, inner):
                    witness = self._witnesses.setdefault(term, k.Index(f"!live{len(self._witnesses)}", domain))
                    pending.append(k.instantiate(inner, witness))
                case k.Symbol() | k.Entry():
                    body = self._definitions.unfold(term)
                    pending.extend(() if body is None else (body,))
        self._closed[live] = frozenset(found)
        return self._closed[live]

    def _structural(self, term: k.Term, live: Live) -> int:
        match term:
            case k.Number(value):
                return of_number(value)
            case k.Delta(left, right):
                return POSITIVE if left == right else POSITIVE | ZERO
            case k.Multiply(factors):
                return self._of_product(factors, live)
            case k.Add(terms):
                # The numbers in it are one: `1 + exp(x) - 1` is positive.
                values = [_value(part) for part in terms]
                number = sum((value for value in values if value is not None), Fraction())
                others = (self.sign(part, live) for part, value in zip(terms, values, strict=True) if value is None)
                return reduce(plus, others, of_number(number))
            case k.Power(base, exponent):
                return _of_power(self.sign(base, live), exponent)
            case k.Size() | k.Apply("exp", _):
                return POSITIVE
            case k.Apply("abs", (inner,)):
                return POSITIVE | (self.sign(inner, live) & ZERO)
            case k.Apply("step" | "equal", _):
                return POSITIVE | ZERO
            case k.Apply("max" | "min" as name, arguments):
                choose = max if name == "max" else min
                signs = (self.sign(argument, live) for argument in arguments)
                return reduce(lambda one, other: _pairs(one, other, lambda a, b: of_number(choose(a, b))), signs)
            case k.Apply("log", (argument,)) if self.is_positive(argument, live):
                terms = argument.terms if isinstance(argument, k.Add) else (argument,)
                return self.sign(k.Add((*terms, k.MINUS_ONE)), live)
            case k.Apply("gamma", (argument,)) if self.is_positive(argument, live):
                return POSITIVE
            case k.Reduce():
                return self._of_reduction(term, live)
            case k.Symbol() | k.Entry():
                body_of = self._definitions.unfold(term)
                return ANY if body_of is None else self.sign(body_of, live)
            case _:
                return ANY

    def _of_product(self, factors: tuple[k.Term, ...], live: Live) -> int:
        """The sign of a product; that of two equal factors, or sums, is not negative."""
        known = POSITIVE
        if len(set(factors)) < len(factors):
            powers = (_of_power(self.sign(f, live), Fraction(factors.count(f))) for f in dict.fromkeys(factors))
            return reduce(times, powers, known)
        sums = [factor for factor in factors if isinstance(factor, k.Reduce | k.Add)]
        if len(sums) == 2 and self._agree(*sums):
            sign = self.sign(sums[0], live)
            known = times(sign, sign) & ~NEGATIVE
            factors = tuple(factor for factor in factors if factor not in sums)
        return reduce(times, (self.sign(factor, live) for factor in factors), known)

    def _agree(self, one: k.Term, other: k.Term) -> bool:
        if self.depth >= DEPTH:
            return one == other
        self.depth += 1
        try:
            return self._polynomial(one) == self._polynomial(other)
        finally:
            self.depth -= 1

    def _of_reduction(self, term: k.Reduce, live: Live) -> int:
        """Index sets are not empty.  A sum of non-negatives is positive where one of its terms is known to be."""
        names, body = k.opened(term, "!", live)
        sign = self.sign(body, live)
        if term.kind in ("max", "min"):
            return sign
        if term.kind == "product":
            return sign if not sign & NEGATIVE else ANY
        if sign in (POSITIVE | ZERO, NEGATIVE | ZERO) and self._has_witness(names, body, live):
            return sign & ~ZERO
        return ANY if sign in (ANY, POSITIVE | NEGATIVE) else sign

    def _has_witness(self, names: tuple[k.Index, ...], body: k.Term, live: Live) -> bool:
        """True where some term of a sum cannot be 0: its factors are live, or positive, at one choice of indices."""
        factors = body.factors if isinstance(body, k.Multiply) else (body,)
        weights = [f for f in factors if self.sign(f, live) != POSITIVE]
        inside = [f for f in factors if f in weights or not f.free.isdisjoint(names)]
        for kept in (weights, inside) if weights != inside else (weights,):
            if len(kept) < len(factors):
                rest = k.sum_over(names, kept[0] if len(kept) == 1 else k.Multiply(tuple(kept)))
                if not self.sign(rest, live) & ZERO:
                    return True
        tried = (choice for choice in choices(names, (body, *live)) if binds(choice, names))
        return any(not self.sign(k.substitute(body, choice), live) & ZERO for choice in tried)

    def _stated(self, term: k.Term, live: Live) -> int:
        """What the facts say of the term."""
        if self.depth >= DEPTH:
            return ANY
        self.depth += 1
        try:
            result = ANY
            for fact, pattern, sign in self._about.get(head_of(term), ()):
                binding = match(pattern, term, fact.variables, {})
                if binding is not None and k.substitute(pattern, binding) is term:
                    result &= sign if self._premises_hold(fact, binding, live) else ANY
            if isinstance(term, k.Add | k.Symbol | k.Entry) and self._composite:
                result &= self._compared(term, live)
            return result
        finally:
            self.depth -= 1

    def _of_factors(self, term: k.Add, live: Live) -> int:
        """The sign of a sum that is a product of others."""
        if self.depth >= DEPTH:  # it would end, but late
            return ANY
        self.depth += 1
        try:
            own = self._polynomial(term)
            factors = tuple(k.Power(base, Fraction(exponent)) for base, exponent in factored(own))
            if not factors or self._polynomial(k.Multiply(factors)) != own:
                return ANY
            return reduce(times, (self.sign(factor, live) for factor in factors))
        finally:
            self.depth -= 1

    def _premises_hold(self, fact: Fact, binding: dict[k.Term, k.Term], live: Live) -> bool:
        if not binds(binding, fact.variables):
            return False
        return all(self.holds(k.substitute(premise, binding), live) for premise in fact.premises)

    def _may_share(self, one: k.Term, other: k.Term) -> bool:
        """False where two terms are known to have no summand in common."""
        overlap = not (one.free and other.free) or not one.free.isdisjoint(other.free)
        return overlap or not self._definitions.keys().isdisjoint(heads(one) | heads(other))

    def _compared(self, term: k.Term, live: Live) -> int:
        """The sign of a term that differs from a stated difference by one of known sign."""
        place = (term, self.depth)
        gaps = self._gaps.get(place)
        if gaps is None:
            gaps = self._gaps[place] = list(self._gaps_of(term))
        result = ANY
        for fact, known, rest in gaps:
            if self._premises_hold(fact, {}, live):
                result &= plus(known, self.sign(rest, live))
        return result

    def _gaps_of(self, term: k.Term) -> Iterator[tuple[Fact, int, k.Term]]:
        """The stated differences that a term has summands in common with: their signs, and what the term is beside."""
        near = [(fact, gap) for fact, gap in self._composite if self._may_share(gap, term)]
        own = self._polynomial(term) if near else {}
        for fact, gap in near:
            stated = self._polynomial(gap)
            if own.keys().isdisjoint(stated.keys()):
                continue
            for factor in (1, -1):
                rest = difference(own, scaled(stated, factor))
                if len(rest) <= min(len(own), MOST_LEFT):
                    known = times(of_number(factor), DIFFERENCE[fact.relation.kind])
                    yield fact, known, quote(rest) if rest else k.ZERO


def _value(term: k.Term) -> Fraction | None:
    """The value of a number, or of a product of numbers; None of anything else."""
    if isinstance(term, k.Number):
        return term.value
    if not isinstance(term, k.Multiply):
        return None
    product = Fraction(1)
    for value in map(_value, term.factors):
        if value is None:
            return None
        product *= value
    return product


def _of_power(base: int, exponent: Fraction) -> int:
    """`0^n` is 0 for every n but 0; fractional powers of what is negative are anything."""
    if exponent.denominator == 1:
        return base if exponent.numerator % 2 else POSITIVE if exponent == 0 else times(base, base) & ~NEGATIVE
    return ANY if base & NEGATIVE else base
