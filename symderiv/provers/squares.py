"""Inequalities by sums of squares.

Method: in the normal form of the difference every monomial is a square of a monomial, or a product of two such roots.
The coefficients are those of a quadratic form in the roots; eliminating one root after the other completes squares, and
the form is a sum of squares with non-negative weights where no pivot is negative.  It stops where the difference has
sums over indices, where a monomial is no product of two roots, or where the form is not non-negative for all values of
the roots.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.polynomial import UNIT, Factor, Monomial, Polynomial, plain, quote_monomial, rational, to_fraction
from symderiv.kernel.polynomial import monomial_key as order
from symderiv.kernel.terms import ZERO, Add, Number, Power, Relation, Term, nonnegative
from symderiv.provers.combination import Combination, Instance
from symderiv.provers.task import Found, Prover, Task

MOST = 8
"""How many roots a form may have."""

Form = list[list[Fraction]]


def search(task: Task) -> Found | None:
    """A proof of an inequality by squares."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind not in ("<=", "<"):
        return None
    try:
        combination = Combination(task, goal, task.encoded.definitions)
        roots = roots_of(combination)
        form = None if roots is None else form_of(combination.gap, roots)
        if roots is None or form is None:
            return None
        for weight, row in completed(form):
            _subtract_square(combination, weight, row, roots)
        return combination.found()
    except (Exhausted, RecursionError):
        return None


def roots_of(combination: Combination) -> list[Monomial] | None:
    """The monomials whose squares are added, that of 1 last; None where there are sums over indices, or too many.

    What is not negative is the square of its root.
    """
    polynomial = combination.gap
    if any(monomial.bound for monomial in polynomial):
        return None
    added = [monomial for monomial, coefficient in polynomial.items() if coefficient > 0]
    holds = combination.normalizer.signs.holds
    squares = [
        monomial
        for monomial in added
        if all(_is_even(exponent) or holds(nonnegative(base)) for base, exponent in monomial.factors)
    ]
    roots = sorted(map(_root, squares), key=order, reverse=True)
    return roots if 0 < len(roots) <= MOST else None


def _is_even(exponent: int | Fraction) -> bool:
    return exponent.denominator == 1 and exponent.numerator % 2 == 0


def _root(square: Monomial) -> Monomial:
    return Monomial((), tuple((base, plain(Fraction(exponent) / 2)) for base, exponent in square.factors))


def _product(one: Monomial, other: Monomial) -> frozenset[Factor]:
    exponents: dict[Term, Fraction] = {}
    for base, exponent in (*one.factors, *other.factors):
        exponents[base] = exponents.get(base, Fraction(0)) + exponent
    return frozenset((base, plain(exponent)) for base, exponent in exponents.items() if exponent != 0)


def form_of(polynomial: Polynomial, roots: Sequence[Monomial]) -> Form | None:
    """The symmetric matrix of the polynomial as a form in the roots; None where a monomial is no product of two."""
    form = [[Fraction(0)] * len(roots) for _ in roots]
    left = {frozenset(monomial.factors): to_fraction(value) for monomial, value in polynomial.items()}
    for place, root in enumerate(roots):
        form[place][place] = left.pop(_product(root, root), Fraction(0))
    for first, one in enumerate(roots):
        for second in range(first + 1, len(roots)):
            value = left.pop(_product(one, roots[second]), Fraction(0)) / 2
            form[first][second] = form[second][first] = value
    return None if left else form


def completed(form: Form) -> list[tuple[Fraction, list[Fraction]]]:
    """Weights and linear forms whose weighted squares add up to the form; fewer where a pivot is not positive."""
    rows = [list(row) for row in form]
    squares: list[tuple[Fraction, list[Fraction]]] = []
    for place in range(len(rows)):
        pivot = rows[place][place]
        if pivot <= 0:
            continue
        row = [value / pivot for value in rows[place]]
        squares.append((pivot, row))
        rows = [[v - pivot * row[n] * row[m] for m, v in enumerate(old)] for n, old in enumerate(rows)]
    return squares


def _subtract_square(
    combination: Combination, weight: Fraction, row: list[Fraction], roots: Sequence[Monomial]
) -> None:
    """Uses that a square is not negative; that of a number is left to the signs, so that what is positive stays so."""
    parts = [(root, value) for root, value in zip(roots, row, strict=True) if value != 0]
    if [root for root, _ in parts] == [UNIT]:
        return
    square = Power(Add(tuple(quote_monomial(root, rational(value)) for root, value in parts)), Fraction(2))
    line = combination.builder.computed("sign", nonnegative(square), combination.unfold)
    combination.subtract(Instance(line, (), ZERO, square, Number(weight)), "order.square")


PROVER = Prover("squares", cost=1, search=search)
