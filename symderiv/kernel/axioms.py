"""The axioms: what is accepted without proof, besides the inferences.  Everything else is derived."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from symderiv.kernel import terms as k


class Axiom(NamedTuple):
    """A closed proposition, with where it is found."""

    proposition: k.Term
    text: str
    source: str


_T = k.Symbol("t")
_TANGENT = k.Relation("<=", k.Apply("log", (_T,)), k.Add((_T, k.MINUS_ONE)))
_INDICATOR = k.Relation("<=", k.Multiply((_T, k.Power(_T, Fraction(-1)))), k.ONE)

AXIOMS: dict[str, Axiom] = {
    "logarithm.tangent": Axiom(
        k.forall([_T], k.Implies(k.positive(_T), _TANGENT)), "ln t <= t - 1 for t > 0", "DLMF 4.5.1"
    ),
    "real.indicator": Axiom(
        k.forall([_T], _INDICATOR),
        "t * t^-1 <= 1 for every real t, since 0^-1 is taken as 0",
        "convention of the kernel",
    ),
}
