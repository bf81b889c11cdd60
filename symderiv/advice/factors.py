"""Sums as products: 1 - r^2 = (1 - r) (1 + r), of which the signs may be known where that of the sum is not.

A wrong factorisation is found out where the factors are multiplied out again; a missing one costs a proof.
"""

from __future__ import annotations

from flint import Ordering, fmpq_mpoly, fmpq_mpoly_ctx

from symderiv.kernel import terms as k
from symderiv.kernel.polynomial import Factor, Monomial, Polynomial, quote, to_fraction

MOST_ATOMS, MOST_TERMS = 6, 12
"""Larger sums are left alone: they rarely have factors of a known sign, and every sum is asked for them."""


def factored(polynomial: Polynomial) -> tuple[Factor, ...]:
    """Factors of a sum with their exponents, one of them a number; none where it has none."""
    atoms = _atoms(polynomial)
    if atoms is None:
        return ()
    context = fmpq_mpoly_ctx.get(tuple(f"x{n}" for n in range(len(atoms))), Ordering.lex)
    number, factors = context.from_dict({_degrees(m, atoms): c for m, c in polynomial.items()}).factor()
    if len(factors) == 1 and factors[0][1] == 1:
        return ()
    return ((k.Number(to_fraction(number)), 1), *((_term(part, atoms), int(times)) for part, times in factors))


def _atoms(polynomial: Polynomial) -> list[k.Term] | None:
    """What a sum is a polynomial in; None where it is none, or one that has no factors."""
    if not 2 <= len(polynomial) <= MOST_TERMS or any(monomial.bound for monomial in polynomial):
        return None
    factors = [factor for monomial in polynomial for factor in monomial.factors]
    if any(exponent < 0 or exponent.denominator != 1 for _, exponent in factors):
        return None
    if all(sum(exponent for _, exponent in monomial.factors) <= 1 for monomial in polynomial):
        return None
    atoms = sorted({base for base, _ in factors}, key=k.key)
    return atoms if len(atoms) <= MOST_ATOMS else None


def _degrees(monomial: Monomial, atoms: list[k.Term]) -> tuple[int, ...]:
    degrees = dict(monomial.factors)
    return tuple(int(degrees.get(atom, 0)) for atom in atoms)


def _term(part: fmpq_mpoly, atoms: list[k.Term]) -> k.Term:
    """A polynomial in the atoms as a term."""
    return quote(
        {
            Monomial((), tuple((atom, int(degree)) for atom, degree in zip(atoms, degrees, strict=True) if degree)): c
            for degrees, c in part.to_dict().items()
        }
    )
