"""Sums of products: the data of the normal form.

    polynomial = sum of  coefficient * SUM over `bound` of  product of factor^exponent

A `Monomial` is canonical: its bound indices are called `#000`, `#001`, ... in an order that depends on its structure
only, and its factors are sorted.  Equality of polynomials is equality of dictionaries.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from flint import fmpq

from symderiv.kernel.terms import Add, Index, Key, Multiply, Number, Power, Term, key, substitute, sum_over

Exponent = int | Fraction
"""Whole numbers are `int`, which is faster; a `Fraction` of the same value would be equal."""

Factor = tuple[Term, Exponent]
"""An atom, or a base that is a sum, with its exponent (not 0)."""


def plain(value: Fraction) -> Exponent:
    """The same number, as `int` where it is whole."""
    return value.numerator if value.denominator == 1 else value


class Monomial(NamedTuple):
    """The sum over `bound` of the product of `factors`."""

    bound: tuple[Index, ...]
    factors: tuple[Factor, ...]


class Product(NamedTuple):
    """`coefficient` times the sum over `bound` of the product of `factors`, in no particular order."""

    coefficient: fmpq
    bound: tuple[Index, ...]
    factors: tuple[Factor, ...]


UNIT = Monomial((), ())
Polynomial = Mapping[Monomial, fmpq]
"""Not to be changed: normal forms are kept and shared."""

Accumulator = dict[Monomial, fmpq]
"""A polynomial that is being added up."""


def constant(value: Fraction | int) -> Polynomial:
    """The polynomial that is one rational number."""
    fraction = Fraction(value)
    return {UNIT: fmpq(fraction.numerator, fraction.denominator)} if fraction else {}


def to_fraction(value: fmpq) -> Fraction:
    """The same rational number, as the standard library has it."""
    return Fraction(int(value.p), int(value.q))


def accumulate(total: Accumulator, addend: Polynomial, scale: fmpq) -> None:
    """Adds `scale * addend` to `total` in place."""
    for monomial, coefficient in addend.items():
        value = total.get(monomial, 0) + scale * coefficient
        if value == 0:
            del total[monomial]
        else:
            total[monomial] = value


def difference(left: Polynomial, right: Polynomial) -> Polynomial:
    """`left - right`."""
    total: Accumulator = dict(left)
    accumulate(total, right, fmpq(-1))
    return total


def as_constant(polynomial: Polynomial) -> fmpq | None:
    """The value of a polynomial without atoms, None of any other."""
    if not polynomial:
        return fmpq(0)
    return polynomial[UNIT] if len(polynomial) == 1 and UNIT in polynomial else None


def monomial_key(monomial: Monomial) -> tuple[int, int, tuple[Key, ...], tuple[Exponent, ...]]:
    """The order of monomials: by degree, then by the number of sums, then by the factors."""
    degree = sum(int(exponent) if exponent > 0 else 0 for _, exponent in monomial.factors)
    return (
        degree,
        len(monomial.bound),
        tuple(key(base) for base, _ in monomial.factors),
        tuple(exponent for _, exponent in monomial.factors),
    )


def quote_monomial(monomial: Monomial, coefficient: fmpq) -> Term:
    """The canonical term of `coefficient * monomial`."""
    parts = [base if exponent == 1 else Power(base, Fraction(exponent)) for base, exponent in monomial.factors]
    if coefficient != 1 or not parts:
        parts.insert(0, Number(to_fraction(coefficient)))
    return sum_over(monomial.bound, parts[0] if len(parts) == 1 else Multiply(tuple(parts)))


def quote(polynomial: Polynomial) -> Term:
    """The canonical term of a polynomial: equal polynomials give equal terms."""
    ordered = sorted(polynomial, key=monomial_key, reverse=True)
    terms = tuple(quote_monomial(monomial, polynomial[monomial]) for monomial in ordered)
    return terms[0] if len(terms) == 1 else Add(terms)


def leading(polynomial: Polynomial) -> Monomial:
    """The monomial that the others are solved for: the greatest, whatever indices are called."""
    return max(polynomial, key=lambda monomial: (_blind_key(monomial), monomial_key(monomial)))


def _blind_key(monomial: Monomial) -> tuple[int, int, tuple[Key, ...], tuple[Exponent, ...]]:
    factors = []
    for base, exponent in monomial.factors:
        marked = (n for n in base.free if isinstance(n, Index) and n.name[0] in "#%$")
        names: dict[Term, Term] = {n: Index("~", n.domain) for n in marked}
        factors.append((substitute(base, names), exponent))
    factors.sort(key=lambda factor: (key(factor[0]), factor[1]))
    return monomial_key(Monomial(monomial.bound, tuple(factors)))
