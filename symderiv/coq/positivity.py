"""Proofs that a term is positive, by its form."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from symderiv.coq.knowledge import Known, inside
from symderiv.kernel import terms as k

if TYPE_CHECKING:
    from symderiv.coq.signs import Signs


def positive_by_form(signs: Signs, term: k.Term, known: Known) -> str:
    """A proof of `0 < term` from signs of its parts."""
    match term:
        case k.Number(value) if value > 0:
            name, numbers = ("pos_whole", f"{value.numerator}")
            if value.denominator != 1:
                name, numbers = "pos_number", f"{value.numerator} {value.denominator}"
            return f"({name} {numbers} eq_refl)"
        case k.Size(domain):
            return f"(pos_size _ p_{signs.statements.names('size', domain)})"
        case k.Apply("exp", _):
            return "(exp_pos _)"
        case k.Power(base, Fraction(numerator=-1, denominator=1)):
            return signs.wrapped("Rinv_0_lt_compat", signs.sign("<", base, known))
        case k.Power(base, exponent) if exponent.denominator == 1 and exponent < 0:
            return signs.wrapped("Rinv_0_lt_compat", signs.sign("<", k.Power(base, -exponent), known))
        case k.Power(base, exponent) if exponent.denominator == 1 and exponent > 0:
            proof = signs.sign("<", base, known)
            if proof:
                return f"(pow_lt _ {exponent.numerator} {proof})"
            proof = "" if exponent.numerator % 2 else signs.sign("!=", base, known)
            return proof and f"(pos_even _ {exponent.numerator // 2} {proof})"
        case k.Power(base, exponent) if exponent.denominator != 1:
            proof = signs.sign("<", base, known)
            return proof and f"(pos_rpow _ _ {proof})"
        case k.Multiply(factors) if factors:
            return signs.all("<", factors, known, "Rmult_lt_0_compat")
        case k.Add(parts) if parts:
            return _positive_sum(signs, parts, known)
        case k.Reduce("sum", domain, body):
            return _positive_reduction(signs, domain, body, known)
        case _:
            return ""


def _positive_sum(signs: Signs, parts: Sequence[k.Term], known: Known) -> str:
    proof, strict = "", False
    for place, part in enumerate(parts):
        own = signs.sign("<", part, known)
        weak = own or signs.sign("<=", part, known)
        if not weak:
            return ""
        if place == 0:
            proof, strict = weak, bool(own)
        elif strict:
            proof = f"(pos_of_sum _ _ {proof} {f'(Rlt_le _ _ {own})' if own else weak})"
        elif own:
            proof, strict = f"(pos_of_sum_right _ _ {proof} {own})", True
        else:
            proof = f"(Rplus_le_le_0_compat _ _ {proof} {weak})"
    return proof if strict else ""


def _positive_reduction(signs: Signs, domain: str, body: k.Term, known: Known) -> str:
    index, inner, head = signs.opened(body, domain)
    size, function = signs.statements.names("size", domain), signs.function(index, inner)
    every = signs.sign("<", inner, known)
    if every:
        return f"(sumn_all_pos {size} {function} p_{size} ({head} {every}))"
    weak = signs.sign("<=", inner, known)
    named = {n for term in known.proofs for n in term.free if isinstance(n, k.Index) and n.domain == domain}
    for choice in sorted(named, key=k.key) if weak else ():
        one = signs.sign("<", k.instantiate(body, choice), known)
        if one:
            place = signs.statements.index(choice)
            return f"(sumn_pos {size} {function} {place} ({head} {weak}) {signs.range(choice)} {one})"
    return _positive_by_weights(signs, domain, body, known) if weak else ""


def _positive_by_weights(signs: Signs, domain: str, body: k.Term, known: Known) -> str:
    """A sum of terms that are not negative is positive where the sum of some of their factors is."""
    index, inner, head = signs.opened(body, domain)
    weights = _weights(signs, inner, known)
    if weights == inner:
        return ""
    total = signs.sign("<", k.sum_over([index], weights), known)
    weak = [signs.sign("<=", term, known) for term in (weights, inner)]
    if not total or not all(weak):
        return ""
    name = f"g{next(signs.numbers)}"
    closed = signs.close(known, k.positive(weights), name)
    one = inside(closed, known, signs.sign("<", inner, closed))
    functions = " ".join(signs.function(index, term) for term in (weights, inner))
    proofs = " ".join(f"({head} {proof})" for proof in weak)
    size = signs.statements.names("size", domain)
    return one and f"(sumn_weighted {size} {functions} {proofs} {total} ({head} fun {name} => {one}))"


def _weights(signs: Signs, term: k.Term, known: Known) -> k.Term:
    """The term without the factors that are positive anyway."""
    match term:
        case k.Multiply(factors):
            kept = tuple(_weights(signs, f, known) for f in factors if not signs.sign("<", f, known))
            return kept[0] if len(kept) == 1 else k.Multiply(kept)
        case k.Reduce("sum", domain, body):
            index, inner, _ = signs.opened(body, domain)
            return k.sum_over([index], _weights(signs, inner, known))
        case _:
            return term


def nonnegative_by_form(signs: Signs, term: k.Term, known: Known) -> str:
    """A proof of `0 <= term` from signs of its parts."""
    match term:
        case k.Number(value) if value == 0:
            return "(Rle_refl _)"
        case k.Delta():
            return "(delta_nonneg _ _)"
        case k.Apply("abs", _):
            return "(Rabs_pos _)"
        case k.Power(base, Fraction(numerator=-1, denominator=1)):
            return signs.wrapped("nonneg_inverse", signs.sign("<=", base, known))
        case k.Power(base, exponent) if exponent.denominator == 1 and exponent < 0:
            return signs.wrapped("nonneg_inverse", signs.sign("<=", k.Power(base, -exponent), known))
        case k.Power(_, exponent) if exponent.denominator != 1:
            return "(nonneg_rpow _ _)"
        case k.Power(_, exponent) if exponent.numerator % 2 == 0:
            return f"(nonneg_even _ {exponent.numerator // 2})"
        case k.Power(base, exponent):
            proof = signs.sign("<=", base, known)
            return proof and f"(pow_le _ {exponent.numerator} {proof})"
        case k.Multiply((one, other)) if one == other:
            return "(nonneg_twice _)"
        case k.Multiply(factors) if factors:
            return signs.all("<=", factors, known, "Rmult_le_pos")
        case k.Add(parts) if parts:
            return signs.all("<=", parts, known, "Rplus_le_le_0_compat")
        case k.Reduce("sum", domain, body):
            index, inner, head = signs.opened(body, domain)
            proof = signs.sign("<=", inner, known)
            size = signs.statements.names("size", domain)
            return proof and f"(sumn_nonneg {size} {signs.function(index, inner)} ({head} {proof}))"
        case _:
            return ""
