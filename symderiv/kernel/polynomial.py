"""Sums of products: the data of the normal form.

    polynomial = sum of  coefficient * SUM over `bound` of  product of factor^exponent

A `Monomial` is canonical: its bound indices are called `#000`, `#001`, ... in an order that depends on its structure
only, and its factors are sorted.  Equality of polynomials is equality of dictionaries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from flint import fmpq

from symderiv.kernel import terms as k

Exponent = int | Fraction
"""Whole numbers are `int`, which is faster; a `Fraction` of the same value would be equal."""

Factor = tuple[k.Term, Exponent]
"""An atom, or a base that is a sum, with its exponent (not 0)."""


class Monomial(NamedTuple):
    """The sum over `bound` of the product of `factors`."""

    bound: tuple[k.Index, ...]
    factors: tuple[Factor, ...]


class Product(NamedTuple):
    """`coefficient` times the sum over `bound` of the product of `factors`, in no particular order."""

    coefficient: fmpq
    bound: tuple[k.Index, ...]
    factors: tuple[Factor, ...]


ZERO, ONE = fmpq(0), fmpq(1)
UNIT = Monomial((), ())
Polynomial = Mapping[Monomial, fmpq]
"""Not to be changed: normal forms are kept and shared."""

Accumulator = dict[Monomial, fmpq]
"""A polynomial that is being added up."""


def plain(value: Exponent) -> Exponent:
    """The same number, as `int` where it is whole."""
    return value.numerator if value.denominator == 1 else value


def rational(value: Exponent) -> fmpq:
    """The same rational number, as FLINT has it."""
    return fmpq(value.numerator, value.denominator)


def to_fraction(value: fmpq) -> Fraction:
    """The same rational number, as the standard library has it."""
    return Fraction(int(value.p), int(value.q))


def constant(value: Exponent) -> Polynomial:
    """The polynomial that is one rational number."""
    return {UNIT: rational(value)} if value else {}


def atom(term: k.Term) -> Polynomial:
    """The polynomial that is one atom, to which no rule applies."""
    return {Monomial((), ((term, 1),)): fmpq(1)}


def accumulate(total: Accumulator, addend: Polynomial, scale: fmpq = ONE) -> None:
    """Adds `scale * addend` to `total` in place."""
    for monomial, coefficient in addend.items():
        value = total.get(monomial, ZERO) + scale * coefficient
        if value == 0:
            del total[monomial]
        else:
            total[monomial] = value


def scaled(polynomial: Polynomial, scale: fmpq | int) -> Polynomial:
    """`scale * polynomial`, for a scale that is not 0."""
    return {monomial: scale * coefficient for monomial, coefficient in polynomial.items()}


def difference(left: Polynomial, right: Polynomial) -> Polynomial:
    """`left - right`."""
    total: Accumulator = dict(left)
    accumulate(total, right, fmpq(-1))
    return total


def as_constant(polynomial: Polynomial) -> fmpq | None:
    """The value of a polynomial without atoms, None of any other."""
    return polynomial.get(UNIT, fmpq(0)) if polynomial.keys() <= {UNIT} else None


def factor_key(factor: Factor) -> tuple[k.Key, Exponent]:
    """The order of factors."""
    return (k.key(factor[0]), factor[1])


def monomial_key(monomial: Monomial) -> tuple[int, int, tuple[k.Key, ...], tuple[Exponent, ...]]:
    """The order of monomials: by degree, then by the number of sums, then by the factors."""
    degree = sum(int(exponent) for _, exponent in monomial.factors if exponent > 0)
    bases = tuple([k.key(base) for base, _ in monomial.factors])
    return (degree, len(monomial.bound), bases, tuple([exponent for _, exponent in monomial.factors]))


def quote_monomial(monomial: Monomial, coefficient: fmpq) -> k.Term:
    """The canonical term of `coefficient * monomial`."""
    parts = [base if exponent == 1 else k.Power(base, Fraction(exponent)) for base, exponent in monomial.factors]
    if coefficient != 1 or not parts:
        parts.insert(0, k.Number(to_fraction(coefficient)))
    return k.sum_over(monomial.bound, parts[0] if len(parts) == 1 else k.Multiply(tuple(parts)))


def quote(polynomial: Polynomial) -> k.Term:
    """The canonical term of a polynomial: equal polynomials give equal terms."""
    ordered = sorted(polynomial, key=monomial_key, reverse=True)
    terms = tuple(quote_monomial(monomial, polynomial[monomial]) for monomial in ordered)
    return terms[0] if len(terms) == 1 else k.Add(terms)


def components(bound: Sequence[k.Index], factors: Sequence[Factor]) -> list[tuple[list[k.Index], list[Factor]]]:
    """Groups of indices and factors that share no index; the factors without bound indices come first."""
    indices = frozenset[k.Term](bound)
    groups: list[tuple[frozenset[k.Term], list[Factor]]] = []
    for factor in factors if bound else ():
        inside = factor[0].free & indices
        joined = [group for group in groups if group[0] & inside]
        merged = (inside.union(*(names for names, _ in joined)), [f for _, part in joined for f in part] + [factor])
        groups = [group for group in groups if not group[0] & inside] + ([merged] if inside else [])
    alone = [factor for factor in factors if factor[0].free.isdisjoint(indices)]
    return [([], alone), *(([index for index in bound if index in names], part) for names, part in groups)]
