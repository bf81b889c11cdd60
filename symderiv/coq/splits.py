"""Inverses, logarithms and exponentials taken apart along the form of their arguments, with proof terms."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from symderiv.coq.knowledge import Known
from symderiv.coq.signs import Signs
from symderiv.coq.statements import Statements
from symderiv.kernel import terms as k


class Split(NamedTuple):
    """What a function of an argument is equal to, and the proof."""

    result: k.Term
    proof: str


NOT_SPLIT = "eq_refl"
Splitter = Callable[[k.Term], Split | None]


def inverse_of(statements: Statements, base: k.Term) -> Split:
    """`/ base` as a product of inverses."""
    whole = Split(k.Power(base, Fraction(-1)), NOT_SPLIT)
    match base:
        case k.Number(value) if value != 0:
            result = k.Number(1 / value)
            return Split(result, f"(ltac:(field) : {statements.real(whole.result)} = {statements.real(result)})")
        case k.Multiply(factors) if factors:
            left = inverse_of(statements, factors[0])
            for factor in factors[1:]:
                right = inverse_of(statements, factor)
                left = Split(
                    k.Multiply((left.result, right.result)), f"(inverse_times _ _ _ _ {left.proof} {right.proof})"
                )
            return left
        case k.Power(inner, exponent) if exponent == -1:
            return Split(inner, "(Rinv_inv _)")
        case k.Power(inner, exponent) if exponent.denominator == 1 and exponent < 0:
            return Split(k.Power(inner, -exponent), "(Rinv_inv _)")
        case k.Power(inner, exponent) if exponent.denominator == 1 and exponent > 1:
            one = inverse_of(statements, inner)
            return Split(k.Power(one.result, exponent), f"(inverse_power _ _ {exponent.numerator} {one.proof})")
        case _:
            return whole


def logarithm_of(signs: Signs, known: Known, argument: k.Term) -> Split | None:
    """`ln argument` as a sum of logarithms; None where a factor is not known to be positive."""
    whole = Split(k.Apply("log", (argument,)), NOT_SPLIT)
    match argument:
        case k.Number(value) if value == 1:
            return Split(k.ZERO, "ln_1")
        case k.Number(value) if value > 0 and value.denominator != 1:
            parts = [k.Apply("log", (k.Number(Fraction(n)),)) for n in (value.numerator, value.denominator)]
            proof = f"(ln_quotient {value.numerator} {value.denominator} eq_refl)"
            return Split(k.Add((parts[0], k.negate(parts[1]))), proof)
        case k.Multiply(factors) if factors:
            return _logarithm_of_product(signs, known, factors)
        case k.Power(base, exponent) if exponent.denominator == 1 and exponent != 0:
            if exponent < -1:
                base = k.Power(base, -exponent)
            inner = logarithm_of(signs, known, base)
            positive = signs.sign("<", base, known)
            if inner is None or not positive:
                return None
            if exponent < 0:
                return Split(k.Multiply((k.MINUS_ONE, inner.result)), f"(ln_inverse _ _ {positive} {inner.proof})")
            times = k.Number(exponent)
            proof = f"(ln_power _ _ {exponent.numerator} {positive} {inner.proof})"
            return Split(k.Multiply((times, inner.result)), proof)
        case k.Apply("exp", (inner_term,)):
            return Split(inner_term, "(ln_exp _)")
        case _:
            return whole


def _logarithm_of_product(signs: Signs, known: Known, factors: tuple[k.Term, ...]) -> Split | None:
    left: Split | None = None
    positive = ""
    for factor in factors:
        own, right = signs.sign("<", factor, known), logarithm_of(signs, known, factor)
        if not own or right is None:
            return None
        if left is None:
            left, positive = right, own
        else:
            proof = f"(ln_times _ _ _ _ {positive} {own} {left.proof} {right.proof})"
            left = Split(k.Add((left.result, right.result)), proof)
            positive = f"(Rmult_lt_0_compat _ _ {positive} {own})"
    return left


def exponential_of(signs: Signs, known: Known, argument: k.Term) -> Split | None:
    """`exp argument` as a product of exponentials; logarithms inside need positive arguments."""
    whole = Split(k.Apply("exp", (argument,)), NOT_SPLIT)
    match argument:
        case k.Number(value) if value == 0:
            return Split(k.ONE, "exp_0")
        case k.Apply("log", (inner,)):
            positive = signs.sign("<", inner, known)
            return Split(inner, f"(exp_ln _ {positive})") if positive else None
        case k.Add(parts) if parts:
            left = exponential_of(signs, known, parts[0])
            for part in parts[1:]:
                right = exponential_of(signs, known, part)
                if left is None or right is None:
                    return None
                proof = f"(exp_plus_by _ _ _ _ {left.proof} {right.proof})"
                left = Split(k.Multiply((left.result, right.result)), proof)
            return left
        case k.Multiply((k.Number(value), part)) if value.denominator == 1 and value != 0:
            inner_split = exponential_of(signs, known, part)
            return inner_split and _multiple(inner_split, value.numerator)
        case _:
            return whole


def _multiple(inner: Split, times: int) -> Split:
    if times == -1:
        return Split(k.Power(inner.result, Fraction(-1)), f"(exp_minus_by _ _ {inner.proof})")
    lemma = "exp_times_by" if times > 0 else "exp_minus_times_by"
    return Split(k.Power(inner.result, Fraction(times)), f"({lemma} _ _ {abs(times)} {inner.proof})")
