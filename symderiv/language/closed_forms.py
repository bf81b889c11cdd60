r"""Sums and integrals whose values are known: for the terms of each one its equation, with what it needs to converge.

Series of exponential, geometric and binomial type, finite geometric sums, and the integrals of Euler and Gauss.  The
equations are true of the sums and integrals that they are written for; their terms are found in the normal form of the
summand.
Sources: DLMF 1.2.2, 4.2.19, 4.6.7, 5.9.1, 5.12.1, 7.7.3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from functools import lru_cache

from symderiv.kernel import terms as k
from symderiv.kernel.errors import Exhausted
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import Monomial
from symderiv.language.definite_integrals import Ends, between
from symderiv.language.index_values import value_tensor
from symderiv.language.summands import Shape, inverse, plain, raised

NATURAL, POSITIVE = r"\{0,\ldots,\infty\}", r"\int_{0}^{\infty}"
UNIT, REAL = r"\int_{0}^{1}", r"\int_{-\infty}^{\infty}"
Known = tuple[tuple[k.Term, ...], k.Term, k.Term, str]
"""What an equation needs, the summand, the value of its sum, and the rule."""
PI = k.Symbol(r"\pi")
HALF = Fraction(1, 2)


def closed_forms(
    total: k.Term, facts: Iterable[k.Term], region: str = "", ends: Ends | None = None
) -> Iterator[tuple[k.Term, str]]:
    """The equations that are known for the terms of a sum over one index, for all values of other indices.

    `region` is what the index set stands for, where that is not its name; `ends` are those of an integral between two.
    """
    if not isinstance(total, k.Reduce) or total.kind != "sum":
        return
    place = k.Index("place", total.domain)
    value = k.Entry(value_tensor(total.domain), (place,))
    find = _FORMS.get(region or total.domain) or (_finite if _FINITE.match(total.domain) else None)
    if find is None and ends is None:
        return
    try:
        monomials = _monomials(k.instantiate(total.body, place), tuple(facts))
    except (Exhausted, RecursionError):
        return
    for monomial in monomials:
        shape = Shape(monomial, place, value)
        if not shape.is_simple:
            continue
        known = find(shape) if find is not None else None
        if known is None and ends is not None:
            known = between(shape, ends)
        if known is not None:
            needs, summand, result, rule = known
            if shape.weight is not None:
                summand = k.Multiply((shape.weight, summand))
            equation: k.Term = k.Relation("=", k.sum_over([place], summand), result)
            for need in reversed(needs):
                equation = k.Implies(need, equation)
            loose = sorted((n for n in equation.free if isinstance(n, k.Index)), key=k.key)
            yield k.forall(loose, equation), rule


@lru_cache(maxsize=1 << 8)
def _monomials(summand: k.Term, facts: tuple[k.Term, ...]) -> tuple[Monomial, ...]:
    """What is added in the normal form of a summand.  The repairs of a statement have most of their sums in common."""
    return tuple(Normalizer(facts).polynomial(summand))


def _sum(terms: Iterable[k.Term]) -> k.Term:
    return k.Add(tuple(terms))


def _series(shape: Shape) -> Known | None:
    """Sums over the natural numbers: of t^m exp(c t) / t!, and of t^m exp(c t) for c < 0."""
    if shape.square or shape.rest or shape.logarithms or len(shape.power) != (shape.whole != 0):
        return None
    value, rate = shape.value, _sum(shape.rate)
    ratio = _exponential(shape.rate)
    one = k.Apply("gamma", (k.Add((value, k.ONE)),))
    growth = k.Apply("exp", (k.Multiply((value, rate)),))
    if shape.gammas:
        if shape.whole not in (0, 1, 2, 3) or not _same(shape.gammas, [k.Add((value, k.ONE))]):
            return None
        moments = (k.ONE, ratio, k.Add((ratio, _power(ratio, 2))), _third_moment(ratio))
        summand = k.Multiply((growth, inverse(one), *([_power(value, int(shape.whole))] if shape.whole else ())))
        total = k.Multiply((moments[int(shape.whole)], k.Apply("exp", (ratio,))))
        return (), summand, total, "series.exponential"
    if shape.whole not in (0, 1, 2):
        return None
    left = inverse(k.subtract(k.ONE, ratio))
    totals = (
        left,
        k.Multiply((ratio, k.Power(left, Fraction(2)))),
        k.Multiply((ratio, k.Add((k.ONE, ratio)), k.Power(left, Fraction(3)))),
    )
    needs = (k.positive(plain(ratio)), k.positive(plain(k.subtract(k.ONE, ratio))))
    summand = k.Multiply((_power(value, int(shape.whole)), growth)) if shape.whole else k.Multiply((growth,))
    return needs, summand, totals[int(shape.whole)], "series.geometric"


def _exponential(rates: Iterable[k.Term]) -> k.Term:
    """exp(sum of rates), where exp(c ln b) for a whole c is a power of b."""
    factors: list[k.Term] = []
    for rate in rates:
        match rate:
            case k.Multiply((k.Number(times), k.Apply("log", (base,)))) if times.denominator == 1:
                factors.append(base if times == 1 else k.Power(base, times))
            case _:
                factors.append(k.Apply("exp", (rate,)))
    return factors[0] if len(factors) == 1 else k.Multiply(tuple(factors))


def _power(term: k.Term, exponent: int) -> k.Term:
    return k.Power(term, Fraction(exponent))


def _third_moment(rate: k.Term) -> k.Term:
    return k.Add((rate, k.Multiply((k.number(3), _power(rate, 2))), _power(rate, 3)))


def _same(found: list[k.Term], expected: list[k.Term]) -> bool:
    algebra = Normalizer()
    return [algebra.polynomial(term) for term in found] == [algebra.polynomial(term) for term in expected]


_FINITE = re.compile(r"\\\{(?P<first>-?\d+),\\ldots,(?!\\infty)")


def _finite(shape: Shape) -> Known | None:
    """Sums over the whole numbers from one to another."""
    known = _FINITE.match(shape.domain)
    first = int(known["first"]) if known is not None else 0
    return _geometric(shape, first) if not shape.gammas else _binomial(shape) if first == 0 else None


def _geometric(shape: Shape, first: int) -> Known | None:
    """The sum of exp(c t) for n numbers t from m on is exp(c m) (1 - exp(c n)) / (1 - exp c) where c is not 0."""
    if shape.square or shape.rest or shape.logarithms or shape.power or not shape.rate:
        return None
    rate, ratio = _sum(shape.rate), _exponential(shape.rate)
    growth = k.Apply("exp", (k.Multiply((shape.value, rate)),))
    last = k.Apply("exp", (k.Multiply((k.Size(shape.domain), rate)),))
    start = k.Apply("exp", (k.Multiply((k.number(first), rate)),))
    total = k.Multiply((start, k.subtract(k.ONE, last), inverse(k.subtract(k.ONE, ratio))))
    needs = (k.positive(plain(ratio)), k.nonzero(plain(k.subtract(k.ONE, ratio))))
    return needs, k.Multiply((growth,)), total, "series.geometric"


def _binomial(shape: Shape) -> Known | None:
    """The sum of exp(c t) / (t! (m - t)!) for t from 0 to m is (1 + exp c)^m / m!."""
    if shape.square or shape.rest or shape.logarithms or shape.power or len(shape.gammas) != 2:
        return None
    most = k.Add((k.Size(shape.domain), k.MINUS_ONE))
    first, second = (k.Apply("gamma", (k.Add((t, k.ONE)),)) for t in (shape.value, k.subtract(most, shape.value)))
    growth = k.Apply("exp", (k.Multiply((shape.value, _sum(shape.rate))),))
    summand = k.Multiply((growth, inverse(first), inverse(second)))
    ratio = _exponential(shape.rate)
    base = k.Add((k.ONE, ratio))
    result = k.Multiply((raised(base, most), inverse(k.Apply("gamma", (k.Add((most, k.ONE)),)))))
    return (k.positive(ratio),), summand, result, "series.binomial"


def _of_euler(shape: Shape) -> Known | None:
    """The integral of t^(s-1) exp(-r t) over the positive numbers is gamma(s) / r^s; with ln t as well."""
    if shape.square or shape.rest or shape.gammas or not shape.rate:
        return None
    exponent = plain(k.Add((*shape.power, k.ONE)))
    rate = plain(k.negate(_sum(shape.rate)))
    growth = k.Apply("exp", (k.Multiply((k.MINUS_ONE, rate, shape.value)),))
    summand = k.Multiply((raised(shape.value, _sum(shape.power)), growth))
    result = k.Multiply((k.Apply("gamma", (exponent,)), raised(rate, k.negate(exponent))))
    if shape.logarithms:
        summand = k.Multiply((k.Apply("log", (shape.value,)), summand))
        slope = k.subtract(k.Apply("digamma", (exponent,)), k.Apply("log", (rate,)))
        result = k.Multiply((result, slope))
    return (k.positive(exponent), k.positive(rate)), summand, result, "integral.gamma"


def _of_beta(shape: Shape) -> Known | None:
    """The integral of t^(a-1) (1-t)^(b-1) from 0 to 1 is gamma(a) gamma(b) / gamma(a + b); with ln t as well."""
    if shape.square or shape.rate or shape.gammas:
        return None
    one, other = (plain(k.Add((*powers, k.ONE))) for powers in (shape.power, shape.rest))
    both = k.Add((one, other))
    rest = k.subtract(k.ONE, shape.value)
    summand = k.Multiply((raised(shape.value, _sum(shape.power)), raised(rest, _sum(shape.rest))))
    above = (k.Apply("gamma", (one,)), k.Apply("gamma", (other,)))
    result = k.Multiply((*above, inverse(k.Apply("gamma", (both,)))))
    if shape.logarithms:
        summand = k.Multiply((k.Apply("log", (shape.value,)), summand))
        result = k.Multiply((result, k.subtract(k.Apply("digamma", (one,)), k.Apply("digamma", (both,)))))
    return (k.positive(one), k.positive(other)), summand, result, "integral.beta"


def _of_gauss(shape: Shape) -> Known | None:
    """The integral of exp(-a t^2 + b t) is (pi/a)^(1/2) exp(b^2/(4a)); with t and t^2 as well."""
    whole = shape.whole
    if shape.rest or shape.gammas or shape.logarithms or not shape.square or len(shape.power) != (whole != 0):
        return None
    if whole not in (0, 1, 2):
        return None
    curve, slope = plain(k.negate(_sum(shape.square))), plain(_sum(shape.rate))
    width = inverse(curve)
    bent = k.Multiply((k.MINUS_ONE, curve, k.Power(shape.value, Fraction(2))))
    growth = k.Add((bent, k.Multiply((slope, shape.value))))
    peak = k.Apply("exp", (k.Multiply((k.number(Fraction(1, 4)), k.Power(slope, Fraction(2)), width)),))
    total = k.Multiply((k.Power(PI, HALF), k.Power(curve, -HALF), peak))
    mean = k.Multiply((k.number(HALF), slope, width))
    square = k.Add((k.Power(mean, Fraction(2)), k.Multiply((k.number(HALF), width))))
    summand = k.Multiply((k.Power(shape.value, Fraction(whole)), k.Apply("exp", (growth,))))
    needs = (k.positive(curve), k.positive(PI))
    return needs, summand, k.Multiply((total, (k.ONE, mean, square)[int(whole)])), "integral.normal"


_FORMS: dict[str, Callable[[Shape], Known | None]] = {
    NATURAL: _series,
    POSITIVE: _of_euler,
    UNIT: _of_beta,
    REAL: _of_gauss,
}
