"""Equations by cases: where an indicator stands inside of a function, each of its two values is put in.

For an indicator s and any term f in which it stands, f(s) = s f(1) + (1 - s) f(0).  Both sides of an equation are taken
apart in this way, for all indicators in them; what remains is an equation in which indicators are factors only.  On the
way 1 / (1 + e^-t) becomes e^t / (1 + e^t), so that a term has one of the two.

Maxima of maxima have the same indicators again and again: as a tree such a term has many thousand parts of which a
hundred are distinct.  So each part is changed once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache, lru_cache

from symderiv.kernel import terms as k
from symderiv.kernel.facts import Definitions, head_of
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import as_constant
from symderiv.kernel.signs import Signs
from symderiv.loops.equations import EQUAL, STEP, is_turned

MOST_INDICATORS = 4
"""Indicators that one sum may have."""

KEPT = 1 << 15
"""Answers about terms that are kept."""


def unfolded(term: k.Term, definitions: Definitions) -> k.Term:
    """The term with definitions written out."""

    @cache
    def written_out(part: k.Term) -> k.Term:
        if isinstance(part, k.Reduce):
            return _inside(part, written_out)
        body = definitions.unfold(part)
        if body is not None:
            return written_out(body)
        return k.rebuild(part, tuple(map(written_out, part.children)))

    return written_out(term)


def _inside(term: k.Reduce, change: Callable[[k.Term], k.Term]) -> k.Term:
    """The sum of the changed body; its index is called by what is free in the sum, so that equal sums stay equal."""
    name = k.Index(f"case {k.first_unused('case ', (term,))}", term.domain)
    return k.reduce_over(term.kind, [name], change(k.instantiate(term.body, name)))


def one_sided(term: k.Term, smooth: Callable[[k.Term], bool], signs: Signs) -> k.Term:
    """The term with one of the two ways to compare a number that is smooth with 0, the points where it is 0 excluded.

    `smooth` says whether a term has no kinks, nor what it reads.  Positive denominators are multiplied away.
    """

    @cache
    def settled(part: k.Term) -> k.Term:
        if isinstance(part, k.Reduce):
            return _inside(part, settled)
        changed = k.rebuild(part, tuple(map(settled, part.children)))
        if not isinstance(changed, k.Apply) or changed.function != STEP:
            return changed
        inner, common = _cleared(Normalizer().canonical(changed.arguments[0]), signs)
        if not smooth(changed) or has_indicator(changed.arguments[0]):
            return k.Apply(STEP, (k.Multiply((*common, inner)) if common else inner,))
        found = one_of(inner)
        for factor in common:
            other = one_of(factor)
            both, neither = (
                k.Multiply((found, other)),
                k.Multiply(tuple(k.subtract(k.ONE, s) for s in (found, other))),
            )
            found = k.Add((both, neither))
        return found

    def one_of(inner: k.Term) -> k.Term:
        inner = _exponent(inner)
        if not is_turned(inner):
            return k.Apply(STEP, (inner,))
        return k.subtract(k.ONE, k.Apply(STEP, (Normalizer().canonical(k.negate(inner)),)))

    return settled(term)


def _exponent(term: k.Term) -> k.Term:
    """A number that has the sign of e^t - 1, or of 1 - e^t: t, or -t."""
    match term:
        case k.Add((one, k.Apply("exp", (t,)))) | k.Add((k.Apply("exp", (t,)), one)) if one == k.MINUS_ONE:
            return t
        case k.Add((one, other)) if k.ONE in (one, other):
            turned = Normalizer().canonical(k.negate(other if one == k.ONE else one))
            match turned:
                case k.Apply("exp", (t,)):
                    return Normalizer().canonical(k.negate(t))
    return term


def _cleared(term: k.Term, signs: Signs) -> tuple[k.Term, list[k.Term]]:
    """A sum without the factors that its terms have in common, above or below, and those that may be negative.

    A positive one does not change its sign, nor does the square of another one.
    """
    powers: list[dict[k.Term, Fraction]] = []
    if not isinstance(term, k.Add):
        return term, []
    for part in term.terms:
        powers.append({})
        for factor in part.factors if isinstance(part, k.Multiply) else (part,):
            base, exponent = (factor.base, factor.exponent) if isinstance(factor, k.Power) else (factor, Fraction(1))
            powers[-1][base] = powers[-1].get(base, Fraction(0)) + exponent
    # Any other base has the least exponent 0: it is missing in the first term, or above the line in all that have it.
    telling = (base for found in powers for base, e in found.items() if e < 0 or found is powers[0])
    bases = dict.fromkeys(base for base in telling if not isinstance(base, k.Number))
    common = {base: min(found.get(base, Fraction(0)) for found in powers) for base in bases}
    found = {base: least for base, least in common.items() if least}
    signed = {b: least for b, least in found.items() if not signs.is_positive(k.Power(b, abs(least)))}
    away = {b: least for b, least in found.items() if b not in signed or (least > 0 and least.denominator == 1)}
    if not away:
        return term, []
    normalizer = Normalizer([k.nonzero(base) for base in away])
    rest = normalizer.canonical(k.Multiply((term, *(k.Power(base, -least) for base, least in away.items()))))
    return rest, [base for base in away if base in signed and signed[base] % 2]


def order_facts(sides: Sequence[k.Term], signs: Signs) -> Iterator[k.Term]:
    """What the indicators of two numbers say of each other, where their sum or their difference has a known sign.

    Where indices are equal, as where `[c = y(b)]` stands beside an indicator, it may be that of a plain number.
    """
    found = dict.fromkeys(part for side in sides for part in _plain_indicators(side))
    steps = [part for part in found if isinstance(part, k.Apply) and part.function == STEP]
    equal = [pair for part in found if isinstance(part, k.Delta) for pair in (part.children, part.children[::-1])]
    joined = {k.substitute(step, {one: other}) for step in steps for one, other in equal if isinstance(one, k.Index)}
    numbers = {as_constant(Normalizer().polynomial(step.children[0])) for step in joined}
    for known in sorted(value for value in numbers if value):
        value = k.Number(Fraction(int(known.p), int(known.q)))
        yield k.Relation("=", k.Apply(STEP, (value,)), k.ONE if known > 0 else k.ZERO)
    for number, one in enumerate(steps):
        (u,) = one.arguments
        if signs.holds(k.Relation("<", k.ZERO, u)):
            yield k.Relation("=", one, k.ONE)
        elif signs.holds(k.Relation("<=", u, k.ZERO)):
            yield k.Relation("=", one, k.ZERO)
        for other in steps[:number]:
            (v,) = other.arguments
            both = k.Multiply((one, other))
            total, gap = Normalizer().canonical(k.Add((u, v))), Normalizer().canonical(k.subtract(v, u))
            if signs.holds(k.Relation("<=", k.ZERO, gap)):
                yield k.Relation("=", both, one)
            elif signs.holds(k.Relation("<=", gap, k.ZERO)):
                yield k.Relation("=", both, other)
            elif signs.holds(k.Relation("<=", total, k.ZERO)):
                yield k.Relation("=", both, k.ZERO)
            elif signs.holds(k.Relation("<", k.ZERO, total)):
                yield k.Relation("=", both, k.Add((one, other, k.MINUS_ONE)))


@lru_cache(maxsize=KEPT)
def by_cases(term: k.Term) -> k.Term:
    """The term with each indicator taken apart, in the innermost sum that it depends on, and one of e^t and e^-t."""
    if isinstance(term, k.Reduce):
        return _inside(term, by_cases)
    indicators = _plain_indicators(term)
    if not indicators or len(indicators) > MOST_INDICATORS or not _hides_indicator(term):
        return _settled(k.rebuild(term, tuple(map(by_cases, term.children))))
    first = indicators[0]
    yes, no = (by_cases(exchanged(term, first, value)) for value in (k.ONE, k.ZERO))
    return k.Add((k.Multiply((first, yes)), k.Multiply((k.subtract(k.ONE, first), no))))


@lru_cache(maxsize=KEPT)
def _plain_indicators(term: k.Term) -> tuple[k.Term, ...]:
    """The indicators in a term that stand outside of all sums, without others in them."""
    if is_indicator(term) and not any(map(has_indicator, term.children)):
        return () if term.loose else (term,)
    return tuple(dict.fromkeys(part for child in term.children for part in _plain_indicators(child)))


def is_indicator(part: k.Term) -> bool:
    """True of a comparison of numbers, of the equality of indices, and of any other relation between them."""
    if isinstance(part, k.Apply):
        return part.function in (STEP, EQUAL)
    return isinstance(part, k.Delta) or (isinstance(part, k.Entry | k.Symbol) and (head_of(part) or "").startswith("["))


@lru_cache(maxsize=KEPT)
def has_indicator(term: k.Term) -> bool:
    """True of a term in which an indicator stands."""
    return is_indicator(term) or any(map(has_indicator, term.children))


@lru_cache(maxsize=KEPT)
def exchanged(term: k.Term, old: k.Term, new: k.Term) -> k.Term:
    """The term with a part of it, wherever it occurs, replaced."""
    if term == old:
        return new
    changed = k.rebuild(term, tuple(exchanged(part, old, new) for part in term.children))
    is_step = isinstance(changed, k.Apply) and changed.function == STEP and changed != term
    if is_step and not Normalizer().polynomial(changed.children[0]):
        # What has an indicator in it is compared exactly, so that 0 > 0 is false: see `Encoder.comparison`.
        return k.ZERO
    return _settled(changed)


@lru_cache(maxsize=KEPT)
def _hides_indicator(term: k.Term) -> bool:
    """True of a term with an indicator inside of a function, a root or a denominator."""
    is_root = isinstance(term, k.Power) and (term.exponent < 0 or term.exponent.denominator != 1)
    hides = (isinstance(term, k.Apply) or is_root) and any(map(has_indicator, term.children))
    return hides or any(map(_hides_indicator, term.children))


@lru_cache(maxsize=KEPT)
def _settled(term: k.Term) -> k.Term:
    """The indicator of a number by its value, and 1 + e^-t in a denominator as e^-t (e^t + 1)."""
    match term:
        case k.Apply("step", (inner,)):
            value = as_constant(Normalizer().polynomial(inner))
            return term if not value else k.ONE if value > 0 else k.ZERO
        case k.Power(k.Add((k.Number() as one, k.Apply("exp", (t,)))), exponent) | k.Power(
            k.Add((k.Apply("exp", (t,)), k.Number() as one)), exponent
        ) if one == k.ONE and exponent == -1 and is_turned(t):
            opposite = k.Apply("exp", (k.negate(t),))
            return k.Multiply((opposite, k.Power(k.Add((k.ONE, opposite)), exponent)))
        case k.Multiply(factors) if any(isinstance(factor, k.Multiply) for factor in factors):
            flat = [f for factor in factors for f in (factor.factors if isinstance(factor, k.Multiply) else (factor,))]
            # e^t e^-t is put together before e^t / (1 + e^t)
            return k.Multiply(tuple(sorted(flat, key=lambda f: isinstance(f, k.Power))))
        case _:
            return term
