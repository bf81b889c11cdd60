"""Fractional powers brought to exponents between 0 and 1, with proof terms.  The base has to be positive."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from symderiv.coq.knowledge import Known
from symderiv.coq.signs import Signs
from symderiv.coq.splits import NOT_SPLIT, Split
from symderiv.coq.statements import number_text
from symderiv.kernel import terms as k


def _applied(lemma: str, whole: int, numbers: tuple[Fraction, ...], positive: str) -> str:
    """A lemma about roots; where the whole part of an exponent is 1 it has a form of its own."""
    texts = " ".join(map(number_text, numbers))
    if whole == 1:
        return f"({lemma}_one _ {texts} {positive} ltac:(lra))"
    return f"({lemma} _ {texts} {whole} {positive} ltac:(simpl; lra))"


def root_of(signs: Signs, known: Known, base: k.Term, exponent: Fraction) -> Split | None:
    """`base ^ exponent` as a power with exponent in (0, 1) times a whole power."""
    whole = floor(exponent)
    if isinstance(base, k.Multiply) and len(base.factors) > 1:
        split = _root_of_product(signs, known, base.factors, exponent)
        if split is not None:
            return split
    if whole == 0:
        return Split(k.Power(base, exponent), NOT_SPLIT)
    positive = signs.sign("<", base, known)
    if not positive:
        return None
    part = exponent - whole
    lemma = "rpow_shift" if whole > 0 else "rpow_shift_down"
    result = k.Multiply((k.Power(base, part), k.Power(base, Fraction(whole))))
    return Split(result, _applied(lemma, abs(whole), (exponent, part), positive))


def _root_of_product(signs: Signs, known: Known, factors: tuple[k.Term, ...], exponent: Fraction) -> Split | None:
    positive = [signs.sign("<", factor, known) for factor in factors]
    if not all(positive):
        return None
    result: k.Term = k.Power(factors[0], exponent)
    proof, below = NOT_SPLIT, positive[0]
    for factor, own in zip(factors[1:], positive[1:], strict=True):
        proof = f"(rpow_times _ _ _ _ _ {below} {own} {proof} {NOT_SPLIT})"
        result = k.Multiply((result, k.Power(factor, exponent)))
        below = f"(Rmult_lt_0_compat _ _ {below} {own})"
    return Split(result, proof)


def inverse_root_of(signs: Signs, known: Known, base: k.Term, exponent: Fraction) -> Split | None:
    """`/ (base ^ exponent)` for an exponent in (0, 1): `base ^ (1 - exponent) / base`."""
    positive = signs.sign("<", base, known)
    if not positive or not 0 < exponent < 1:
        return None
    result = k.Multiply((k.Power(base, 1 - exponent), k.Power(base, Fraction(-1))))
    return Split(result, _applied("rpow_inverse", 1, (exponent, 1 - exponent), positive))


def joined_roots(signs: Signs, known: Known, one: k.Power, other: k.Power) -> Split | None:
    """`base ^ a * base ^ (1 - a)` is the base."""
    positive = signs.sign("<", one.base, known)
    return Split(one.base, _applied("rpow_joined", 1, (one.exponent, other.exponent), positive)) if positive else None
