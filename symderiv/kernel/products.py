"""The equations that simplify one product.  `Simplifier.step` applies the first that does something.

Every rule replaces a product by a sum of products that has the same value at every point.  A rule that needs a factor
to be positive, or not 0, may take the *other* factors of the product to be different from 0 (they are `live`): where
one of them is 0 both sides are 0, because that factor stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from flint import fmpq, fmpz

from symderiv.advice.canonical import defined, leading
from symderiv.advice.matching import Binding, divisors
from symderiv.kernel import polynomial as p
from symderiv.kernel import terms as k
from symderiv.kernel.errors import Circular, Exhausted
from symderiv.kernel.facts import Fact, Name, binds
from symderiv.kernel.signs import NEGATIVE, POSITIVE, ZERO, Live

if TYPE_CHECKING:
    from symderiv.kernel.normal_form import Normalizer

DEEPEST = 12
"""How many equations may be applied inside each other: one whose sides lead back to it would go on for ever."""

Simplification = Callable[[p.Product], list[p.Product] | None]
_ANY = frozenset(k.KINDS.values())
"""The kinds of factors that a rule looks for which looks at all of them."""


class Rule(NamedTuple):
    """An equation solved for its lead: `lead = others`, for all `variables`, where `premises` hold."""

    name: str
    variables: tuple[Name, ...]
    premises: tuple[k.Term, ...]
    lead: p.Monomial
    coefficient: fmpq
    others: p.Polynomial
    marks: frozenset[tuple[Any, ...]]
    """The marks that the factors of a product have, if the lead divides it."""
    sorts: bool = False
    """True of a rule that leads back to itself, and is applied where what it puts in comes before what it takes out."""


class Match(NamedTuple):
    """A lead found in a product: the values of its variables, and what remains of the product."""

    binding: Binding
    bound: tuple[k.Index, ...]
    rest: tuple[p.Factor, ...]


def solved(
    name: str,
    variables: tuple[Name, ...],
    premises: tuple[k.Term, ...],
    polynomial: p.Polynomial,
    lead: p.Monomial | None = None,
) -> Rule:
    """The rule that solves `polynomial = 0` for one of its monomials, by default the leading one."""
    lead = leading(polynomial) if lead is None else lead
    coefficient = polynomial[lead]
    others = p.scaled(p.difference(polynomial, {lead: coefficient}), -1 / coefficient)
    marks = frozenset(base.mark for base, _ in lead.factors if base not in variables)
    return Rule(name, variables, premises, lead, coefficient, others, marks)


def is_sum(base: k.Term) -> bool:
    """True of a base that positive powers expand."""
    return isinstance(base, k.Add) or (isinstance(base, k.Reduce) and base.kind == "sum")


def _each(product: p.Product, *kinds: type[k.Term]) -> Iterator[tuple[k.Term, p.Exponent, tuple[p.Factor, ...]]]:
    """Every factor whose base is of one of the kinds, with the other factors."""
    for place, (base, exponent) in enumerate(product.factors):
        if isinstance(base, kinds):
            yield base, exponent, product.factors[:place] + product.factors[place + 1 :]


class Simplifier:
    """Simplifies products in one algebra."""

    def __init__(self, algebra: Normalizer) -> None:
        self._algebra = algebra
        self._equations: list[Rule] = []
        self._depth = 0
        self._reductions: dict[k.Term, Rule] = {}
        # What a rule looks for, where it looks for factors of some kinds.
        self._rules: tuple[tuple[frozenset[type[k.Term]], Simplification], ...] = (
            (_ANY, self._merge),
            (frozenset((k.Delta,)), self._delta),
            (frozenset((k.Number,)), self._number),
            (frozenset((k.Apply,)), self._absolute),
            (frozenset((k.Add, k.Reduce)), self._expand),
            (_ANY, self._partial_fractions),
            (frozenset((k.Add,)), self._remainder),
            (frozenset((k.Apply,)), self._logarithm),
            (frozenset((k.Apply,)), self._exponential),
            (_ANY, self._fold),
            (frozenset((k.Add, k.Reduce)), self._fold_denominator),
        )
        self._rules_for: dict[frozenset[type[k.Term]], list[Simplification]] = {}

    @property
    def rewrites_atoms(self) -> bool:
        """True where some equation is solved for one atom."""
        return any(len(rule.lead.factors) == 1 and not rule.lead.bound for rule in self._equations)

    def add_equation(self, number: int, fact: Fact) -> None:
        """From now on, rewrites the leading monomial of an equation by the rest.

        An equation that leads back to itself, such as that of a symmetric tensor, puts names in order or is left out.
        """
        sides = [self._algebra.polynomial(side) for side in (fact.relation.left, fact.relation.right)]
        gap = p.difference(*sides)
        if gap:
            rule = solved(f"premise {number}", fact.variables, fact.premises, gap, defined(fact.variables, *sides))
            self._equations.append(rule)
            self._algebra.forget()
            elsewhere: Binding = {name: type(name)(f"{name.name}'", *name.parts[1:]) for name in fact.variables}
            try:
                self._inside(k.substitute(p.quote(rule.others), elsewhere))
            except Exhausted:
                self._equations.pop()
                if len(rule.others) == 1 and {*rule.others.values()} == {1}:
                    self._equations.append(rule._replace(sorts=True))
                self._algebra.forget()

    def step(self, product: p.Product) -> list[p.Product] | None:
        """The product simplified once, as a sum; None where no rule applies."""
        kinds = frozenset([type(base) for base, _ in product.factors])
        if kinds not in self._rules_for:
            self._rules_for[kinds] = [rule for wanted, rule in self._rules if not kinds.isdisjoint(wanted)]
        for rule in self._rules_for[kinds]:
            replaced = rule(product)
            if replaced is not None:
                return replaced
        return None

    def _live(self, factors: Sequence[p.Factor]) -> Live:
        """What is different from 0 wherever the product of `factors` is."""
        return self._algebra.signs.close(frozenset(base for base, exponent in factors if exponent != 0))

    def _note(self, rule: str, applies: bool = True) -> None:
        if applies:
            self._algebra.used[rule] = None

    def _replace(self, product: p.Product, rest: Sequence[p.Factor], by: p.Polynomial) -> list[p.Product]:
        """`product` with the factors that are not in `rest` replaced by a polynomial in the same names."""
        beside = (*product.bound, *(base for base, _ in rest))
        result = []
        for monomial, coefficient in by.items():
            bound, factors = self._algebra.open(monomial, beside)
            result.append(p.Product(product.coefficient * coefficient, product.bound + bound, (*rest, *factors)))
        return result

    def _merge(self, product: p.Product) -> list[p.Product] | None:
        """x^a * x^b = x^(a+b) where that holds; x * x^-1 = 1 where x != 0."""
        if len({base for base, _ in product.factors}) == len(product.factors):
            return None
        groups: dict[k.Term, list[p.Exponent]] = {}
        for base, exponent in product.factors:
            groups.setdefault(base, []).append(exponent)
        for base, exponents in groups.items():
            if len(exponents) > 1:
                rest = tuple(factor for factor in product.factors if factor[0] != base)
                merged = self._merged(base, exponents, rest)
                if sorted(merged) != sorted(exponents):
                    return [product._replace(factors=rest + tuple((base, exponent) for exponent in merged))]
        return None

    def _merged(self, base: k.Term, exponents: list[p.Exponent], rest: Sequence[p.Factor]) -> list[p.Exponent]:
        total = p.plain(sum(exponents))
        sign = self._algebra.signs.sign(base, self._live(rest))
        if all(exponent.denominator == 1 for exponent in exponents):
            self._note("real.quotient", total == 0 and not sign & ZERO)
            return [total] if total else [1, -1] if sign & ZERO else []
        if sign == POSITIVE or (total and not sign & NEGATIVE):  # 0 to any exponent but 0 is 0
            return [total] if total else []
        return exponents

    def _delta(self, product: p.Product) -> list[p.Product] | None:
        """SUM_i [i = t] f(i) = f(t); [i = i] = 1; [i = j]^2 = [i = j]; [s = t] f(s) = [s = t] f(t)."""
        bound = frozenset[k.Term](product.bound)
        for base, exponent, rest in _each(product, k.Delta):
            left, right = base.children
            if left == right:
                return [product._replace(factors=rest)]
            for variable, value in ((left, right), (right, left)):
                is_free = variable in bound and variable not in value.free
                if is_free and not _is_group(variable, value, rest, bound):
                    remaining = tuple(index for index in product.bound if index != variable)
                    return self._substituted(product._replace(bound=remaining), rest, {variable: value})
            if exponent != 1:
                return [product._replace(factors=(*rest, (base, 1)))]
            if _are_apart(left, right, bound):
                return [self._grouped(product, left, right, rest)]
            old, new = sorted((left, right), key=lambda side: (-len(side.free & bound), not isinstance(side, k.Gather)))
            if old in k.subterms(new):
                old, new = new, old
            others = [(_exchanged(other, old, new), power) for other, power in rest]
            if others != list(rest):
                return self._substituted(product, [(base, 1), *others], {})
        return None

    def _grouped(self, product: p.Product, left: k.Term, right: k.Term, rest: tuple[p.Factor, ...]) -> p.Product:
        """[s = t] = SUM_n [n = s] [n = t], where both are looked up at what is summed.

        So what depends on the group alone is a function of n, instead of that of one of the two, which are alike.
        """
        start = k.first_unused("$", (*product.bound, *(base for base, _ in product.factors)))
        group = k.Index(f"${start}", left.parts[1])
        ends = tuple((k.Delta(*sorted((group, side), key=k.key)), 1) for side in (left, right))
        return product._replace(bound=(*product.bound, group), factors=(*ends, *rest))

    def _substituted(
        self, product: p.Product, factors: Sequence[p.Factor], values: dict[k.Term, k.Term]
    ) -> list[p.Product]:
        """`product` with all its factors replaced by others, in which indices get values.

        The factors are multiplied as they are.  What is summed in the whole product is not in a part of it, where the
        equations of indices would be solved for the other side, which is taken back here, and so on for ever.
        """
        changed = [(self._algebra.polynomial(k.substitute(base, values)), exponent) for base, exponent in factors]
        powers = [self._algebra.power(base, exponent) for base, exponent in changed]
        bases = [base for power in powers for monomial in power for base, _ in monomial.factors]
        result = [product._replace(factors=())]
        for power in powers:
            result = [
                p.Product(part.coefficient * coefficient, part.bound + bound, part.factors + more)
                for part in result
                for monomial, coefficient in power.items()
                for bound, more in [self._algebra.open(monomial, (*part.bound, *bases))]
            ]
        return result

    def _number(self, product: p.Product) -> list[p.Product] | None:
        """Powers of rational numbers: whole powers go to the coefficient, roots to primes with exponents in (0, 1)."""
        for base, exponent, rest in _each(product, k.Number):
            (value,) = base.parts
            if value > 0 and not (0 < exponent < 1 and _is_prime(value)):
                coefficient, parts = product.coefficient, list(rest)
                for prime, times in _prime_powers(value):
                    power = exponent * times
                    floor = power.numerator // power.denominator
                    coefficient *= fmpq(prime) ** floor
                    if power != floor:
                        parts.append((k.Number(Fraction(prime)), power - floor))
                return [p.Product(coefficient, product.bound, tuple(parts))]
        return None

    def _absolute(self, product: p.Product) -> list[p.Product] | None:
        """|a|^(2 n) = a^(2 n), and |a|^(2 n + 1) = a^(2 n) |a|."""
        for base, exponent, rest in _each(product, k.Apply):
            if base.parts[0] == "abs" and exponent.denominator == 1 and exponent != 1:
                odd = exponent % 2
                by = self._algebra.power(self._algebra.polynomial(base.children[0]), exponent - odd)
                return self._replace(product, (*rest, (base, 1)) if odd else rest, by)
        return None

    def _expand(self, product: p.Product) -> list[p.Product] | None:
        """Positive whole powers of sums are multiplied out, unless the sum is below a fraction line too; 0^c = 0."""
        below = {base for base, exponent in product.factors if exponent < 0}
        for base, exponent, rest in _each(product, k.Add, k.Reduce):
            if is_sum(base) and not self._algebra.polynomial(base):
                return []
            if is_sum(base) and exponent.denominator == 1 and base not in below:
                by = self._algebra.power(self._algebra.polynomial(base), exponent)
                return self._replace(product, rest, by)
        return None

    def _partial_fractions(self, product: p.Product) -> list[p.Product] | None:
        """a^-n b^-m = (a^(1-n) b^-m - a^-n b^(1-m)) / (a - b) for sums, and terms in sizes, with a - b constant."""
        below = [f for f in product.factors if f[1] < 0 and isinstance(f[0], k.Add | k.Size | k.Number)]
        for (one, first), (other, second) in combinations(below, 2):
            gap = p.as_constant(p.difference(self._algebra.polynomial(one), self._algebra.polynomial(other)))
            if not gap or first.denominator != 1 or second.denominator != 1:
                continue
            rest = tuple(factor for factor in product.factors if factor[0] not in (one, other))
            live = self._live(rest)
            if self._algebra.signs.sign(one, live) & ZERO or self._algebra.signs.sign(other, live) & ZERO:
                continue
            left = (*rest, (one, first + 1), (other, second))
            right = (*rest, (one, first), (other, second + 1))
            return [
                p.Product(product.coefficient * sign / gap, product.bound, tuple(f for f in factors if f[1] != 0))
                for sign, factors in ((1, left), (-1, right))
            ]
        return None

    def _remainder(self, product: p.Product) -> list[p.Product] | None:
        """Lead * x^-m s^-n, with s = lead + others, x in some of the others: (s - others) * x^-m s^-n.

        Where x stands in the others below the line it would be there once more, and so on for ever.
        """
        for base, exponent, rest in _each(product, k.Add):
            if exponent > 0 or exponent.denominator != 1:
                continue
            polynomial = self._algebra.polynomial(base)
            for atom, below in rest:
                inside = [power for monomial in polynomial for other, power in monomial.factors if other == atom]
                if below > 0 or below.denominator != 1 or not inside or min(inside) < 0:
                    continue
                free = {monomial: value for monomial, value in polynomial.items() if not _has(monomial, atom)}
                found = self._led(free, product.bound, [factor for factor in rest if factor[0] != atom])
                if found is None:
                    continue
                lead, match = found
                live = self._live(match.rest)
                if (self._algebra.signs.sign(atom, live) | self._algebra.signs.sign(base, live)) & ZERO:
                    continue
                scaled = product._replace(coefficient=product.coefficient / polynomial[lead], bound=match.bound)
                below_line = (*match.rest, (atom, below))
                others = p.scaled(p.difference(polynomial, {lead: polynomial[lead]}), fmpq(-1))
                return [
                    scaled._replace(factors=(*below_line, (base, p.plain(exponent + 1)))),
                    *self._replace(scaled, (*below_line, (base, exponent)), others),
                ]
        return None

    def _led(
        self, polynomial: p.Polynomial, bound: Sequence[k.Index], factors: Sequence[p.Factor]
    ) -> tuple[p.Monomial, Match] | None:
        """The leading monomial of a polynomial, where it divides a product, and what remains of that."""
        if not polynomial:
            return None
        rule = solved("", (), (), polynomial)
        whole = Match({}, tuple(bound), tuple(factors))
        found = whole if rule.lead == p.UNIT else _found(rule, bound, factors)
        return None if found is None else (rule.lead, found)

    def _logarithm(self, product: p.Product) -> list[p.Product] | None:
        """ln(a b) = ln a + ln b, ln(a^c) = c ln a, ln(exp a) = a, where the factors are positive; ln a^2 = 2 ln |a|."""
        for base, exponent, rest in _each(product, k.Apply):
            if base.parts[0] == "log":
                logarithm = self._algebra.once(self._logarithm_of, base.children[0], self._live(rest))
                if logarithm is not None:
                    return self._replace(product, rest, self._algebra.power(logarithm, exponent))
        return None

    def _logarithm_of(self, argument: k.Term, live: Live) -> p.Polynomial | None:
        polynomial = self._algebra.polynomial(argument)
        if not polynomial:
            return None
        polynomial, below = self._algebra.fraction(polynomial)
        number, whole = split(self._algebra.polynomial, polynomial)
        under = [(base, -times) for base, times in below]
        tried = [self._algebra.turned(number, way + under) for way in (self._algebra.in_factors(whole), whole)]
        known = next((way for way in tried if self._are_positive(*way, live)), None)
        if known is None:
            return None
        coefficient, parts = known
        summands = [(k.Number(Fraction(prime)), times) for prime, times in _prime_powers(coefficient)] + parts
        if len(summands) == 1 and summands[0][1] == 1 and not _exponent_of(summands[0][0]):
            return None
        total: p.Accumulator = {}
        for base, exponent in summands:
            inner = _exponent_of(base)
            part = self._algebra.polynomial(inner[0]) if inner else p.atom(k.Apply("log", (base,)))
            p.accumulate(total, part, p.rational(exponent))
        self._note("logarithm.exponential", any(_exponent_of(base) for base, _ in parts))
        quotient = any(exponent < 0 for _, exponent in parts)
        self._note("logarithm.quotient", quotient)
        self._note("logarithm.product", len(summands) > 1 and not quotient)
        self._note("logarithm.power", any(exponent not in (1, -1) for _, exponent in parts))
        return total

    def _are_positive(self, coefficient: fmpq, parts: Sequence[p.Factor], live: Live) -> bool:
        return coefficient > 0 and all(self._algebra.signs.is_positive(base, live) for base, _ in parts)

    def _exponential(self, product: p.Product) -> list[p.Product] | None:
        """exp(ln a)^c = a^c where a > 0."""
        for base, exponent, rest in _each(product, k.Apply):
            match base:
                case k.Apply("exp", (k.Apply("log", (inner,)),)):
                    if self._algebra.signs.is_positive(inner, self._live(rest)):
                        self._note("exponential.logarithm")
                        by = self._algebra.power(self._algebra.polynomial(inner), exponent)
                        return self._replace(product, rest, by)
        return None

    def _fold(self, product: p.Product) -> list[p.Product] | None:
        """Rewrites the leading monomial of an equation by the rest of it."""
        marks = {base.mark for base, _ in product.factors} if self._equations else set()
        for rule in self._equations:
            found = _found(rule, product.bound, product.factors) if rule.marks <= marks else None
            if found is None:
                continue
            live = self._live(found.rest)
            if all(self._algebra.signs.holds(k.substitute(premise, found.binding), live) for premise in rule.premises):
                others = k.substitute(p.quote(rule.others), found.binding)
                if rule.sorts and k.key(others) >= k.key(k.substitute(p.quote({rule.lead: fmpq(1)}), found.binding)):
                    continue
                try:
                    by = self._inside(others)
                except Circular:
                    if self._depth:
                        raise
                    continue
                self._note(rule.name)
                return self._replace(product._replace(bound=found.bound), found.rest, by)
        return None

    def _inside(self, term: k.Term) -> p.Polynomial:
        if self._depth == DEEPEST:
            raise Circular("normal form: an equation leads back to itself")
        self._depth += 1
        try:
            return self._algebra.polynomial(term)
        finally:
            self._depth -= 1

    def _fold_denominator(self, product: p.Product) -> list[p.Product] | None:
        """Lead * s^-1 = (s * s^-1 - (s - lead) * s^-1), so that s * s^-1 can cancel."""
        for base, exponent, rest in _each(product, k.Add, k.Reduce):
            if exponent > 0 or not is_sum(base):
                continue
            if base not in self._reductions:
                self._reductions[base] = solved("sum.fold", (), (), self._algebra.polynomial(base))
            rule = self._reductions[base]
            found = _found(rule, product.bound, rest)
            if found is None:
                continue
            if exponent.denominator == 1 or not self._algebra.signs.sign(base, self._live(found.rest)) & NEGATIVE:
                self._note(rule.name)
                kept = product._replace(bound=found.bound)
                whole: p.Polynomial = {p.Monomial((), ((base, 1), (base, exponent))): 1 / rule.coefficient}
                below = (*found.rest, (base, exponent))
                return self._replace(kept, found.rest, whole) + self._replace(kept, below, rule.others)
        return None


def _found(rule: Rule, bound: Sequence[k.Index], factors: Sequence[p.Factor]) -> Match | None:
    """The first place where the lead of a rule divides a product; a lead that is a number divides nothing."""
    if rule.lead == p.UNIT or len(rule.lead.bound) > len(bound) or len(rule.lead.factors) > len(factors):
        return None
    for binding in divisors(rule.lead.factors, {*rule.variables, *rule.lead.bound}, factors):
        found = _divided(rule, binding, bound, factors)
        if found is not None:
            return found
    return None


def _divided(rule: Rule, binding: Binding, bound: Sequence[k.Index], factors: Sequence[p.Factor]) -> Match | None:
    """The product without the lead under a binding; None where the lead does not divide it.

    A summed index of the lead must be a summed index of the product that stands nowhere else in it.
    """
    if not binds(binding, (*rule.variables, *rule.lead.bound)):
        return None
    left = list(factors)
    for base, wanted in rule.lead.factors:
        target = k.substitute(base, binding)
        place = next((n for n, factor in enumerate(left) if factor[0] is target and _divides(wanted, factor[1])), None)
        if place is None:
            return None
        left[place] = (target, p.plain(left[place][1] - wanted))
    rest = tuple(factor for factor in left if factor[1] != 0)
    summed = [binding[index] for index in rule.lead.bound]
    values: Binding = {variable: binding[variable] for variable in rule.variables}
    elsewhere = frozenset[k.Term]().union(*(base.free for base, _ in rest), *(value.free for value in values.values()))
    if len({*summed}) < len(summed) or not {*summed} <= {*bound} or not elsewhere.isdisjoint(summed):
        return None
    return Match(values, tuple(index for index in bound if index not in summed), rest)


def _has(monomial: p.Monomial, atom: k.Term) -> bool:
    return any(base == atom for base, _ in monomial.factors)


def _divides(wanted: p.Exponent, available: p.Exponent) -> bool:
    return wanted == available or (wanted.denominator == available.denominator == 1 and 0 < wanted < available)


def split(normal: Callable[[k.Term], p.Polynomial], polynomial: p.Polynomial) -> tuple[fmpq, list[p.Factor]]:
    """A polynomial that is not 0 as a number times powers of atoms and of sums that are not divisible further."""
    if len(polynomial) == 1:
        ((monomial, coefficient),) = polynomial.items()
        parts: list[p.Factor] = []
        for bound, factors in p.components(monomial.bound, monomial.factors):
            summed = p.quote_monomial(p.Monomial(tuple(bound), tuple(factors)), fmpq(1))
            parts.extend([(p.quote(normal(summed)), 1)] if bound else factors)
        return coefficient, parts
    content = _content(polynomial)
    coefficient = polynomial[leading(polynomial)]
    primitive: p.Accumulator = {}
    for monomial, value in polynomial.items():
        left = tuple((base, p.plain(exponent - content.get(base, 0))) for base, exponent in monomial.factors)
        kept = tuple(factor for factor in left if factor[1] != 0)
        primitive[p.Monomial(monomial.bound, kept)] = value / coefficient
    return coefficient, [*content.items(), (p.quote(primitive), 1)]


def _content(polynomial: p.Polynomial) -> dict[k.Term, p.Exponent]:
    """The atoms without bound indices that divide every monomial, with their exponents."""
    common: dict[k.Term, p.Exponent] | None = None
    for bound, factors in polynomial:
        bases = [base for base, _ in factors]
        own = {
            base: exponent
            for base, exponent in factors
            if exponent > 0 and exponent.denominator == 1 and bases.count(base) == 1 and base.free.isdisjoint(bound)
        }
        common = own if common is None else {b: min(e, own[b]) for b, e in common.items() if b in own}
    return dict(sorted((common or {}).items(), key=lambda item: k.key(item[0])))


def _exponent_of(base: k.Term) -> tuple[k.Term, ...]:
    """The argument of an exponential; empty for anything else."""
    return base.arguments if isinstance(base, k.Apply) and base.function == "exp" else ()


def _prime_powers(value: Fraction | fmpq) -> list[tuple[int, int]]:
    """The prime factors of a positive rational number, with their exponents."""
    above, below = (fmpz(int(part)).factor() for part in (value.numerator, value.denominator))
    return [(int(prime), int(times)) for prime, times in above] + [(int(prime), -int(times)) for prime, times in below]


def _is_prime(value: Fraction) -> bool:
    return [times for _, times in _prime_powers(value)] == [1]


def _are_apart(one: k.Term, other: k.Term, bound: frozenset[k.Term]) -> bool:
    """True of what is looked up at places that are summed, each with an index that the other does not have.

    So neither of them stands in the other.
    """
    if not isinstance(one, k.Gather) or not isinstance(other, k.Gather):
        return False
    return bool(one.free & bound - other.free) and bool(other.free & bound - one.free)


def _is_group(variable: k.Term, value: k.Term, factors: Sequence[p.Factor], bound: frozenset[k.Term]) -> bool:
    """True of an index that is equal to two things that are looked up apart from each other."""
    sides = (base.children for base, _ in factors if isinstance(base, k.Delta) and variable in base.children)
    return any(_are_apart(value, side, bound) and variable not in side.free for pair in sides for side in pair)


def _exchanged(term: k.Term, old: k.Term, new: k.Term) -> k.Term:
    """The term with one index, which is looked up, in place of another one wherever that occurs."""
    if term == old:
        return new
    if not old.free <= term.free:
        return term
    return k.rebuild(term, [_exchanged(child, old, new) for child in term.children])
