"""Inequalities about logarithms, from the tangent `ln t <= t - 1`.

Method: every logarithm in the difference of the sides is brought under one weight w, so that the difference is
SUM w ln L + rest; then ln L >= 1 - 1/L turns it into a sum without logarithms, which must be non-negative by its signs,
by `x x^-1 <= 1`, or because a term is at most its sum.  This covers Gibbs' inequality, Jensen's for the logarithm, the
log-sum inequality and their consequences for entropies.  It stops where the logarithms have different weights.

Source: T. M. Cover, J. A. Thomas, Elements of Information Theory, 2nd edition, 2.6-2.8.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from fractions import Fraction

from flint import fmpq

from symderiv.advice.matching import Binding, match
from symderiv.kernel.errors import Exhausted
from symderiv.kernel.polynomial import Factor, Monomial, to_fraction
from symderiv.kernel.terms import Apply, Index, Multiply, Power, Relation, Term, substitute
from symderiv.language.encode import Unfolding
from symderiv.provers.combination import Combination, product_term
from symderiv.provers.task import MARGINALS, Found, Prover, Task


def search(task: Task) -> Found | None:
    """A proof of an inequality by one tangent."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind not in ("<=", "<"):
        return None
    last = task.stages[-1]
    # A marginal may stand for itself, as another distribution would.
    for unfold in dict.fromkeys((task.definitions(last), task.definitions(min(last, MARGINALS - 1)))):
        with suppress(Exhausted, RecursionError):
            found = _by_tangent(task, goal, unfold, linear=False) or _by_tangent(task, goal, unfold, linear=True)
            if found is not None:
                return found
    try:
        return _by_exponentials(task, goal)
    except (Exhausted, RecursionError):
        return None


def _by_tangent(task: Task, goal: Relation, unfold: tuple[Unfolding, ...], linear: bool) -> Found | None:
    """With `linear`, terms without a logarithm count as logarithms of exponentials."""
    combination = Combination(task, goal, unfold)
    terms = [_logarithm(m, c) for m, c in combination.gap.items()]
    logarithms = [term for term in terms if term is not None]
    if not logarithms:
        return None
    if linear:
        plain = [(m, c) for m, c in combination.gap.items() if _logarithm(m, c) is None and not m.bound]
        logarithms += [(m, c, (), Apply("exp", (_value(m),))) for m, c in plain]
    reference = max(logarithms, key=lambda term: (len(term[0].bound), len(term[2]), term[1] < 0))
    names, opened = combination.opened(Monomial(reference[0].bound, reference[2]))
    weight = list(opened)
    scale = min(abs(c) for _, c, _, _ in logarithms)
    inside: list[Term] = []
    for monomial, coefficient, own, argument in logarithms:
        binding = next(_aligned(monomial.bound, own, weight), None)
        if binding is None:
            return None
        exponent = -to_fraction(coefficient / scale)
        inside.append(Power(substitute(argument, binding), exponent))
    product = Multiply(tuple(inside))
    value = combination.normalizer.canonical(product)
    signs = combination.normalizer.signs
    if signs.is_positive(product) and not signs.is_positive(value):
        value = product  # `e^x (1 + e^x)^{-1}` is seen to be positive, 1 less a fraction is not
    tangent = combination.axiom("logarithm.tangent", value, names, product_term(scale, weight))
    combination.subtract(tangent, "logarithm.tangent")
    for _ in range(2):
        if combination.is_shown():
            break
        combination.settle_supports()
        if not combination.is_shown():
            combination.bound_by_totals()
    return combination.found()


def _by_exponentials(task: Task, goal: Relation) -> Found | None:
    """For every exponential with a positive weight: exp u >= 1 + u, which is the tangent at exp u."""
    combination = Combination(task, goal, task.encoded.definitions)
    for monomial, coefficient in list(combination.gap.items()):
        names, factors = combination.opened(monomial)
        powers = [f for f in factors if isinstance(f[0], Apply) and f[0].function == "exp"]
        if coefficient > 0 and powers:
            rest = [factor for factor in factors if factor not in powers]
            value = Multiply(tuple(Power(base, Fraction(exponent)) for base, exponent in powers))
            tangent = combination.axiom("logarithm.tangent", value, names, product_term(coefficient, rest))
            combination.subtract(tangent, "logarithm.tangent")
    return combination.found() if combination.instances else None


def _is_logarithm(factor: Factor) -> bool:
    return isinstance(factor[0], Apply) and factor[0].function == "log" and factor[1] == 1


def _logarithm(monomial: Monomial, coefficient: fmpq) -> tuple[Monomial, fmpq, tuple[Factor, ...], Term] | None:
    """A monomial with one logarithm, as (monomial, coefficient, weight, argument of the logarithm)."""
    found = [f for f in monomial.factors if _is_logarithm(f)]
    if len(found) != 1 or not isinstance(found[0][0], Apply):
        return None
    return monomial, coefficient, tuple(f for f in monomial.factors if f is not found[0]), found[0][0].arguments[0]


def _value(monomial: Monomial) -> Term:
    return Multiply(tuple(Power(base, Fraction(exponent)) for base, exponent in monomial.factors))


def _aligned(bound: tuple[Index, ...], own: tuple[Factor, ...], weight: list[Factor]) -> Iterator[Binding]:
    """The ways to read the weight of one logarithm as part of the common weight, each index of it as one of those."""

    def extend(position: int, binding: Binding, left: Counter[Factor]) -> Iterator[Binding]:
        if position == len(own):
            values = [binding.get(index) for index in bound]
            if None not in values and len(set(values)) == len(values):
                yield binding
            return
        base, exponent = own[position]
        for other, count in list(left.items()):
            if count and other[1] == exponent:
                extended = match(base, other[0], frozenset(bound), binding)
                if extended is not None:
                    yield from extend(position + 1, extended, left - Counter((other,)))

    yield from extend(0, {}, Counter(weight))


PROVER = Prover("tangent of the logarithm", cost=3, search=search)
