r"""Inequalities by squares under sums: of Cauchy and Schwarz, of Young, of a mean of squares and the square of a mean.

Method: a term that keeps the difference of the sides from being non-negative is written as SUM w u v with w >= 0 in all
ways there are; where the terms SUM w u^2 and SUM w v^2 are there to be had, with factors s and 1/s between them,
SUM w (s u - v)^2 / s is subtracted.  Before that, for a square of a sum SUM w f g, the sum of squares of Lagrange's
identity: SUM_ij w_i w_j (f_i g_j - f_j g_i)^2.  It stops where a square has more than two terms that are no such sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, product

from flint import fmpq

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.facts import head_of
from symderiv.kernel.polynomial import Factor, Monomial, Polynomial, to_fraction
from symderiv.kernel.terms import (
    MINUS_ONE,
    ONE,
    ZERO,
    Add,
    Apply,
    Forall,
    Index,
    Multiply,
    Number,
    Power,
    Reduce,
    Relation,
    Term,
    abstract,
    instantiate,
    nonnegative,
    subterms,
    sum_over,
)
from symderiv.provers.combination import Combination, Instance, product_term
from symderiv.provers.task import Found, Prover, Task

MOST = 8
"""How many squares are added."""
SPLITS = 60
"""In how many ways a term is written as a product of three."""
PATIENCE = 3_000
"""How many products may be simplified in all."""
HALF = fmpq(1, 2)

Split = tuple[list[Factor], list[Factor], list[Factor]]
"""Factors of w, u and v."""


def search(task: Task) -> Found | None:
    """A proof of an inequality by squares under sums."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind not in ("<=", "<"):
        return None
    try:
        return _by_bodies(task, goal) or _by_terms(Combination(task, goal, task.encoded.definitions))
    except (Exhausted, RecursionError):
        return None


def _by_terms(combination: Combination) -> Found | None:
    """A square for each term that is subtracted."""
    for _ in range(MOST):
        gap = combination.gap
        wanting = next((monomial for monomial, value in gap.items() if value < 0 and monomial.bound), None)
        if wanting is None or not _subtract_square(combination, wanting):
            break
    return combination.found() if combination.instances else None


def _subtract_square(combination: Combination, wanting: Monomial) -> bool:
    """Uses that a sum of squares is not negative, the middle terms of which are a term of the difference."""
    gap, polynomial = combination.gap, combination.normalizer.polynomial
    names, factors = combination.opened(wanting)
    for w, u, v in islice(_splits(combination, factors), SPLITS):
        if combination.normalizer.spent > PATIENCE:
            return False
        middle = polynomial(sum_over(names, _product(w, u, v)))
        if set(middle) != {wanting}:
            continue
        wanted = -gap[wanting] / middle[wanting]
        for s in _scales(combination, names, (w, u, v)):
            ends = [
                polynomial(sum_over(names, body)) for body in (_product(w, u, u, s), _product(w, v, v, _inverse(s)))
            ]
            ratio = _ratio(combination, wanted, *ends)
            if ratio is None:
                continue
            # w (u - t v)^2 / (2 t), with t = 1 / (s ratio).
            scaled = [*s, (Number(to_fraction(ratio)), 1)] if ratio != 1 else s
            square = Power(Add((_product(scaled, u), Multiply((MINUS_ONE, _product(v))))), Fraction(2))
            weight = Multiply((Number(to_fraction(wanted * HALF)), _product(w, _inverse(scaled))))
            _use(combination, names, square, weight)
            return True
    return False


def _ratio(combination: Combination, wanted: fmpq, *ends: Polynomial) -> fmpq | None:
    """The number t for which `wanted / 2` times t of the first and 1/t of the second are there to be subtracted."""
    (first, one), (second, other) = ((next(iter(end.items())) if len(end) == 1 else (None, fmpq(0))) for end in ends)
    if first is None or second is None or one <= 0 or other <= 0:
        return None
    had = [combination.gap.get(monomial, fmpq(0)) / value for monomial, value in ((first, one), (second, other))]
    if first == second:
        return fmpq(1) if had[0] >= wanted * (one + other) / (2 * one) else None
    if all(value >= wanted * HALF for value in had):
        return fmpq(1)
    return 2 * had[0] / wanted if had[0] > 0 and 4 * had[0] * had[1] >= wanted * wanted else None


def _scales(combination: Combination, names: Sequence[Index], split: Split) -> Iterator[list[Factor]]:
    """What may be moved from the second square to the first: 1, and what the terms at hand have besides the first."""
    yield []
    w, u, _ = split
    first = combination.normalizer.polynomial(sum_over(names, _product(w, u, u)))
    if len(first) != 1:
        return
    ((own, _),) = first.items()
    for other, value in list(combination.gap.items()):
        if value > 0 and other != own and other.bound == own.bound and _inside(other) == _inside(own):
            s = _quotient(_outside(other), _outside(own))
            if combination.normalizer.signs.holds(Relation("<", ZERO, _product(s))):
                yield s


def _splits(combination: Combination, factors: Sequence[Factor]) -> Iterator[Split]:
    """The ways to write a product as w u v, with w >= 0, u and v exchanged only once."""
    holds = combination.normalizer.signs.holds
    choices: list[list[tuple[int | Fraction, int, int]]] = []
    for base, exponent in factors:
        is_sure = holds(nonnegative(base))
        if exponent.denominator != 1 or exponent < 0:
            choices.append([(exponent, 0, 0)])
            continue
        whole = int(exponent)
        found = [(whole - a - b, a, b) for a in range(whole + 1) for b in range(whole + 1 - a)]
        choices.append([one for one in found if is_sure or one[0] % 2 == 0])
    seen: set[frozenset[tuple[int, ...]]] = set()
    for chosen in product(*choices):
        pair = frozenset({tuple(one[1] for one in chosen), tuple(one[2] for one in chosen)})
        if len(pair) == 2 and pair not in seen:
            seen.add(pair)
            parts = [[(f[0], one[n]) for f, one in zip(factors, chosen, strict=True) if one[n]] for n in range(3)]
            if holds(nonnegative(_product(parts[0]))):
                yield parts[0], parts[1], parts[2]


def _by_bodies(task: Task, goal: Relation) -> Found | None:
    """Lagrange's identity for a square of a sum, or a product of it with itself, on the smaller side."""
    meant = {head_of(d.left): d.right for u in task.encoded.definitions if isinstance(d := u.proposition, Relation)}
    squared = [part.base for part in subterms(goal.left) if isinstance(part, Power) and part.exponent == 2]
    for base in (b.arguments[0] if isinstance(b, Apply) and b.function == "abs" else b for b in squared):
        total = meant.get(head_of(base), base)
        if not isinstance(total, Reduce) or total.kind != "sum":
            continue
        one, other = Index("l0", total.domain), Index("l1", total.domain)
        for w, f, g in _bodies(task, total):
            here, there = ([instantiate(part, name) for part in (w, f, g)] for name in (one, other))
            crossed = Add((Multiply((here[1], there[2])), Multiply((MINUS_ONE, there[1], here[2]))))
            combination = Combination(task, goal, task.encoded.definitions)
            weight = Multiply((Number(Fraction(1, 2)), here[0], there[0]))
            _use(combination, (one, other), Power(crossed, Fraction(2)), weight)
            found = combination.found()
            if found is not None:
                return found
    return None


def _bodies(task: Task, total: Reduce) -> Iterator[tuple[Term, Term, Term]]:
    """What is summed as w f g, with w >= 0."""
    signs = task.normalizer(()).signs
    parts = list(_factors(total.body))
    name = Index("l0", total.domain)
    sure = [part for part in parts if signs.holds(nonnegative(instantiate(part, name)))]
    rest = [part for part in parts if part not in sure]
    for chosen in range(2 ** max(len(rest) - 1, 0)):
        first = [part for n, part in enumerate(rest) if chosen >> n & 1]
        second = [part for n, part in enumerate(rest) if not chosen >> n & 1]
        yield Multiply((*sure, ONE)), Multiply((*first, ONE)), Multiply((*second, ONE))


def _factors(body: Term) -> Iterator[Term]:
    for part in body.factors if isinstance(body, Multiply) else (body,):
        yield from _factors(part) if isinstance(part, Multiply) else (part,)


def _use(combination: Combination, names: Sequence[Index], square: Term, weight: Term) -> None:
    """Uses that a square is not negative, for all of some indices."""
    stated: Term = nonnegative(square)
    for name in reversed(names):
        stated = Forall(name.domain, abstract(stated, name))
    line = combination.builder.computed("sign", stated, combination.unfold)
    combination.subtract(Instance(line, tuple(names), ZERO, square, weight), "order.square")


def _product(*parts: Sequence[Factor]) -> Term:
    return product_term(fmpq(1), [factor for part in parts for factor in part])


def _inverse(factors: Sequence[Factor]) -> list[Factor]:
    return [(base, -exponent) for base, exponent in factors]


def _inside(monomial: Monomial) -> list[Factor]:
    return [(base, exponent) for base, exponent in monomial.factors if not base.free.isdisjoint(monomial.bound)]


def _outside(monomial: Monomial) -> list[Factor]:
    return [(base, exponent) for base, exponent in monomial.factors if base.free.isdisjoint(monomial.bound)]


def _quotient(above: Sequence[Factor], below: Sequence[Factor]) -> list[Factor]:
    total = dict(above)
    for base, exponent in below:
        total[base] = total.get(base, 0) - exponent
    return [(base, exponent) for base, exponent in total.items() if exponent]


PROVER = Prover("squares under sums", cost=3, search=search)
