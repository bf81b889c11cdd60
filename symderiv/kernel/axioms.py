"""The axioms: what is accepted without proof, besides the inferences.  Everything else is derived."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from symderiv.kernel.terms import (
    MINUS_ONE,
    ONE,
    Add,
    Apply,
    Implies,
    Multiply,
    Power,
    Relation,
    Symbol,
    Term,
    forall,
    positive,
)


class Axiom(NamedTuple):
    """A closed proposition, with where it is found."""

    proposition: Term
    text: str
    source: str


_T = Symbol("t")

AXIOMS: dict[str, Axiom] = {
    "logarithm.tangent": Axiom(
        forall([_T], Implies(positive(_T), Relation("<=", Apply("log", (_T,)), Add((_T, MINUS_ONE))))),
        "ln t <= t - 1 for t > 0",
        "DLMF 4.5.1",
    ),
    "real.indicator": Axiom(
        forall([_T], Relation("<=", Multiply((_T, Power(_T, Fraction(-1)))), ONE)),
        "t * t^-1 <= 1 for every real t, since 0^-1 is taken as 0",
        "convention of the kernel",
    ),
}
