"""What is known at some place of a proof: that factors are not 0, and where sums have a positive term."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from symderiv.coq.hypotheses import Hypotheses
from symderiv.kernel import terms as k


class Opening(NamedTuple):
    """An index at which a sum has a positive term: proof terms that mention it stand inside a `match`."""

    name: str
    existence: str


class Known(NamedTuple):
    """Proofs of propositions that hold where a sign is asked for, beside the hypotheses."""

    proofs: Mapping[k.Term, str] = MappingProxyType({})
    openings: tuple[Opening, ...] = ()


NOTHING_KNOWN = Known()

DEEPEST = 24
"""Steps that may lead from one question to another."""


def factors_of(hypotheses: Hypotheses, term: k.Term, proof: str) -> Iterator[tuple[k.Term, str]]:
    """The terms that are not 0 because a term is not, by the given proof."""
    match term:
        case k.Multiply(factors) if factors:
            for place in range(len(factors) - 1, 0, -1):
                yield factors[place], f"(live_right _ _ {proof})"
                proof = f"(live_left _ _ {proof})"
            yield factors[0], proof
        case k.Power(base, Fraction(numerator=-1, denominator=1)):
            yield base, f"(live_inverse _ {proof})"
        case k.Power(base, exponent) if exponent.denominator == 1 and exponent > 1:
            yield base, f"(live_power _ {exponent.numerator - 1} {proof})"
        case k.Power(base, exponent) if exponent.denominator == 1 and exponent < -1:
            yield base, f"(live_power _ {-exponent.numerator - 1} (live_inverse _ {proof}))"
        case k.Symbol() | k.Entry():
            found = hypotheses.unfolded(term)
            if found is not None:
                yield found[1], f"(live_by _ _ {found[0]} {proof})"
        case _:
            pass


def inside(known: Known, base: Known, proof: str) -> str:
    """A proof term with the indices that `known` has opened beyond `base`, as far as it mentions them."""
    for name, existence in reversed(known.openings[len(base.openings) :]):
        if re.search(rf"\b(r_|x_)?{name}\b", proof):
            proof = f"(match {existence} with ex_intro _ {name} (conj r_{name} x_{name}) => {proof} end)"
    return proof
