"""Signs: which of negative, zero and positive a term can be, from its structure and from facts.

A sign is a set of possibilities, written as a bit mask; every answer is an over-approximation, so `ANY` is always
right. `live` terms are known to be different from 0: the other factors of a product may be taken so, because where one
of them is 0 the product is 0 whatever the rest is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from itertools import islice, product

from symderiv.kernel.facts import Definition, Fact, as_definition, head_of, is_closed, match
from symderiv.kernel.polynomial import Polynomial, as_constant, difference, quote
from symderiv.kernel.terms import (
    Add,
    Apply,
    Delta,
    Entry,
    Gather,
    Implies,
    Index,
    Multiply,
    Number,
    Power,
    Reduce,
    Relation,
    Size,
    Symbol,
    Term,
    first_unused,
    instantiate,
    key,
    substitute,
    sum_over,
)

NEGATIVE, ZERO, POSITIVE = 1, 2, 4
ANY = NEGATIVE | ZERO | POSITIVE
DEPTH = 6
"""How many premises of facts may lead from one to another."""

Live = frozenset[Term]
NOTHING_LIVE: Live = frozenset()


def flip(sign: int) -> int:
    """The sign of minus a term."""
    return (POSITIVE if sign & NEGATIVE else 0) | (sign & ZERO) | (NEGATIVE if sign & POSITIVE else 0)


def times(one: int, other: int) -> int:
    """The sign of a product."""
    result = ZERO if (one | other) & ZERO else 0
    if one & POSITIVE:
        result |= other & ~ZERO
    if one & NEGATIVE:
        result |= flip(other) & ~ZERO
    return result


def plus(one: int, other: int) -> int:
    """The sign of a sum."""
    if one == ZERO:
        return other
    if other == ZERO:
        return one
    if not (one | other) & NEGATIVE:
        return POSITIVE if POSITIVE in (one, other) else POSITIVE | ZERO
    if not (one | other) & POSITIVE:
        return NEGATIVE if NEGATIVE in (one, other) else NEGATIVE | ZERO
    return ANY


def of_number(value: Fraction) -> int:
    """The sign of a number."""
    return POSITIVE if value > 0 else NEGATIVE if value < 0 else ZERO


def allowed(kind: str, sign_of_difference: int) -> bool:
    """True where `left kind right` holds for every possible sign of `right - left`."""
    holds = {"=": ZERO, "!=": POSITIVE | NEGATIVE, "<": POSITIVE, "<=": POSITIVE | ZERO}
    return not sign_of_difference & ~holds[kind]


class Signs:
    """Answers questions about signs from facts and definitions.  `polynomial` is the normal form in use."""

    def __init__(
        self, facts: Iterable[Fact], definitions: Iterable[Fact], polynomial: Callable[[Term], Polynomial]
    ) -> None:
        self._polynomial = polynomial
        self._definitions: dict[str, Definition] = {}
        for stated in definitions:
            definition = as_definition(stated)
            if definition is not None:
                self._definitions[definition.head] = definition
        self._about: dict[str, list[tuple[Fact, Term, Fraction, str]]] = {}
        self._composite: list[tuple[Fact, Term]] = []
        for fact in facts:
            self._enter(fact)
        self.depth = 0
        self._signs: dict[tuple[Term, Live, int], int] = {}

    def _enter(self, fact: Fact) -> None:
        """Files a fact: a bound `atom kind c` under its atom, any other under its difference."""
        left, right, kind = fact.relation.left, fact.relation.right, fact.relation.kind
        if isinstance(left, Number):
            self._about.setdefault(head_of(right) or "", []).append((fact, right, left.value, f"atom {kind}"))
        elif isinstance(right, Number):
            self._about.setdefault(head_of(left) or "", []).append((fact, left, right.value, f"{kind} number"))
        if kind != "=" and not fact.variables:
            self._composite.append((fact, Add((right, Multiply((Number(Fraction(-1)), left))))))

    def forget(self) -> None:
        """Drops the answers that were given, because more is known now."""
        self._signs.clear()

    def see_through(self, definitions: Mapping[str, Definition]) -> None:
        """Lets what is said of a defined name hold of its body too, where the normal form replaces one by the other."""
        for head in [head for head in self._about if head in definitions]:
            for fact, pattern, value, side in tuple(self._about[head]):
                body = quote(self._polynomial(pattern))
                if head_of(body) != head:
                    self._about.setdefault(head_of(body) or "", []).append((fact, body, value, side))

    def sign(self, term: Term, live: Live = NOTHING_LIVE) -> int:
        """The possible signs of a closed term."""
        place = (term, live, self.depth)
        known = self._signs.get(place)
        if known is None:
            known = self._signs[place] = self._sign(term, live)
        return known

    def _sign(self, term: Term, live: Live) -> int:
        result = self._structural(term, live)
        if result & (result - 1):
            result &= self._stated(term, live)
        if term in live:
            result &= ~ZERO
        return result or ANY

    def is_nonzero(self, term: Term, live: Live = NOTHING_LIVE) -> bool:
        """True where the term cannot be 0."""
        return not self.sign(term, live) & ZERO

    def is_positive(self, term: Term, live: Live = NOTHING_LIVE) -> bool:
        """True where the term must be positive."""
        return self.sign(term, live) == POSITIVE

    def holds(self, proposition: Term, live: Live = NOTHING_LIVE) -> bool:
        """True where a relation, or an implication of relations, follows from signs."""
        match proposition:
            case Relation(kind, left, right):
                if isinstance(left, Number) and left.value == 0:
                    return allowed(kind, self.sign(right, live))
                return allowed(kind, self.sign(Add((right, Multiply((Number(Fraction(-1)), left)))), live))
            case Implies(Relation("!=" | "<", left, right) as premise, conclusion):
                zero = Number(Fraction(0))
                known = left if right == zero else right if left == zero and premise.kind != "=" else None
                return self.holds(conclusion, live if known is None else self.close(live | {known}))
            case _:
                return False

    def close(self, live: Live) -> Live:
        """Adds what cannot be 0 where the given terms are not: the factors of a product, also by definition."""
        found: set[Term] = set()
        pending = list(live)
        while pending:
            term = pending.pop()
            if term in found:
                continue
            found.add(term)
            match term:
                case Multiply(factors):
                    pending.extend(factors)
                case Power(base, exponent) if exponent != 0:
                    pending.append(base)
                case Symbol() | Entry():
                    body = self._body(term)
                    if body is not None:
                        pending.append(body)
        return frozenset(found)

    def _body(self, term: Term) -> Term | None:
        definition = self._definitions.get(head_of(term) or "")
        if definition is None or len(definition.parameters) != len(term.children):
            return None
        return substitute(definition.body, dict(zip(definition.parameters, term.children, strict=True)))

    def _structural(self, term: Term, live: Live) -> int:
        match term:
            case Number(value):
                return of_number(value)
            case Delta():
                return POSITIVE | ZERO
            case Multiply(factors):
                result = POSITIVE
                for factor in factors:
                    result = times(result, self.sign(factor, live))
                return result
            case Add(terms):
                result = ZERO
                for part in terms:
                    result = plus(result, self.sign(part, live))
                return result
            case Power(base, exponent):
                return self._of_power(self.sign(base, live), exponent)
            case Size() | Apply("exp", _):
                return POSITIVE
            case Apply("abs", (inner,)):
                return POSITIVE | (self.sign(inner, live) & ZERO)
            case Apply("max" | "min" as name, arguments) if arguments:
                return self._of_extremum(name, [self.sign(argument, live) for argument in arguments])
            case Apply("log", (argument,)):
                return self._of_logarithm(argument, live)
            case Reduce():
                return self._of_reduction(term, live)
            case Symbol() | Entry():
                body_of = self._body(term)
                return ANY if body_of is None else self.sign(body_of, live)
            case _:
                return ANY

    @staticmethod
    def _of_power(base: int, exponent: Fraction) -> int:
        """`0^n` is 0 for every integer n but 0, and for positive fractions; other fractional powers need `base > 0`."""
        if exponent == 0:
            return POSITIVE
        if exponent.denominator == 1:
            return base if exponent.numerator % 2 else (base & ZERO) | (POSITIVE if base & ~ZERO else 0)
        if base == POSITIVE or (exponent > 0 and not base & NEGATIVE):
            return base
        return ANY

    @staticmethod
    def _of_extremum(name: str, signs: list[int]) -> int:
        result = signs[0]
        for sign in signs[1:]:
            union = result | sign
            if name == "max":
                best = max(_least(result), _least(sign))
                result = union & ~(best - 1)
            else:
                best = min(_greatest(result), _greatest(sign))
                result = union & (2 * best - 1)
        return result

    def _of_logarithm(self, argument: Term, live: Live) -> int:
        if not self.is_positive(argument, live):
            return ANY
        return self.sign(Add((argument, Number(Fraction(-1)))), live)

    def _of_reduction(self, term: Reduce, live: Live) -> int:
        """Index sets are not empty.  A sum of non-negatives is positive where one of its terms is known to be."""
        names, body = _opened(term, live)
        sign = self.sign(body, live)
        if term.kind in ("max", "min"):
            return sign
        if term.kind == "product":
            return sign if not sign & NEGATIVE else ANY
        if sign in (POSITIVE | ZERO, NEGATIVE | ZERO) and self._has_witness(names, body, live):
            return sign & ~ZERO
        return ANY if sign in (ANY, POSITIVE | NEGATIVE) else sign

    def _has_witness(self, names: tuple[Index, ...], body: Term, live: Live) -> bool:
        """True where some term of a sum cannot be 0: its factors are live, or positive, at one choice of indices."""
        factors = body.factors if isinstance(body, Multiply) else (body,)
        weights = [f for f in factors if self.sign(f, live) != POSITIVE]
        if len(weights) < len(factors):
            rest = sum_over(names, weights[0] if len(weights) == 1 else Multiply(tuple(weights)))
            if not self.sign(rest, live) & ZERO:
                return True
        variables = frozenset[Term](names)
        for known in live:
            if isinstance(known, Reduce) and known.kind == "sum":
                inner, part = _opened(known, (*live, *names))
                values = list((match(body, part, variables, {}) or {}).values())
                if len(values) == len(names) and all(values.count(index) == 1 for index in inner):
                    return True
        return any(not self.sign(substitute(body, choice), live) & ZERO for choice in _choices(names, (body, *live)))

    def _stated(self, term: Term, live: Live) -> int:
        """What the facts say of the term."""
        if self.depth >= DEPTH:
            return ANY
        self.depth += 1
        try:
            result = ANY
            for fact, pattern, value, side in self._about.get(head_of(term) or "", ()):
                binding = match(pattern, term, frozenset(fact.variables), {})
                if binding is not None and self._premises_hold(fact, binding, live):
                    result &= _from_bound(value, side)
            if isinstance(term, Add | Symbol | Entry) and self._composite:
                result &= self._compared(term, live)
            return result
        finally:
            self.depth -= 1

    def _premises_hold(self, fact: Fact, binding: dict[Term, Term], live: Live) -> bool:
        if len(binding) != len(fact.variables):
            return False
        return all(self.holds(substitute(premise, binding), live) for premise in fact.premises)

    def _compared(self, term: Term, live: Live) -> int:
        """The sign of a term that differs from a stated difference by a number."""
        result = ANY
        own = self._polynomial(term)
        for fact, gap in self._composite:
            if fact.variables or not self._premises_hold(fact, {}, live):
                continue
            known = {"=": ZERO, "<=": POSITIVE | ZERO, "<": POSITIVE, "!=": POSITIVE | NEGATIVE}[fact.relation.kind]
            stated = self._polynomial(gap)
            for sign, factor in ((known, 1), (flip(known), -1)):
                scaled = {m: factor * c for m, c in stated.items()}
                rest = as_constant(difference(own, scaled))
                if rest is not None:
                    result &= (
                        plus(sign, POSITIVE if rest > 0 else NEGATIVE if rest < 0 else ZERO) if rest != 0 else sign
                    )
        return result


def _fresh(domain: str, terms: Iterable[Term]) -> Index:
    """An index that occurs in none of the terms."""
    return Index(f"!{first_unused('!', terms)}", domain)


def _opened(term: Reduce, beside: Iterable[Term]) -> tuple[tuple[Index, ...], Term]:
    """The body of a reduction, and of those of the same kind directly inside it, with names for its indices."""
    names: list[Index] = []
    body: Term = term
    while isinstance(body, Reduce) and body.kind == term.kind:
        name = _fresh(body.domain, (body, *beside, *names))
        names.append(name)
        body = instantiate(body.body, name)
    return tuple(names), body


CHOICES = 64
"""How many choices of indices are tried for a witness."""


def _choices(names: tuple[Index, ...], terms: Iterable[Term]) -> Iterable[dict[Term, Term]]:
    """The ways to put indices that occur in `terms` in the places of `names`."""
    known = {part for term in terms for part in _indices(term)} - set(names)
    closed = [part for part in sorted(known, key=key) if isinstance(part, Index | Gather) and is_closed(part)]
    places = [[part for part in closed if part.domain == name.domain] for name in names]
    for chosen in islice(product(*places), CHOICES):
        yield dict(zip(names, chosen, strict=True))


def _indices(term: Term) -> Iterable[Term]:
    for child in term.children:
        if isinstance(child, Index | Gather):
            yield child
        yield from _indices(child)


def _least(sign: int) -> int:
    return sign & -sign


def _greatest(sign: int) -> int:
    return 1 << (sign.bit_length() - 1)


def _from_bound(value: Fraction, side: str) -> int:
    """The sign of an atom of which `value < atom` and the like is known."""
    match side:
        case "atom <":
            return POSITIVE if value >= 0 else ANY
        case "atom <=":
            return POSITIVE if value > 0 else POSITIVE | ZERO if value == 0 else ANY
        case "< number":
            return NEGATIVE if value <= 0 else ANY
        case "<= number":
            return NEGATIVE if value < 0 else NEGATIVE | ZERO if value == 0 else ANY
        case "atom !=" | "!= number":
            return POSITIVE | NEGATIVE if value == 0 else ANY
        case "atom =" | "= number":
            return of_number(value)
        case _:
            return ANY
