"""A derivation: a chain of steps that establishes a claim."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.model.span import Span
from symderiv.model.statement import Context, Proposition, Statement


@dataclass(frozen=True)
class Citation:
    """An earlier result that may be used: its claim, whose assumptions must hold where it is cited."""

    name: str
    statement: Statement
    derivation: Derivation


Reason = str | Citation | Proposition
"""A rule id or a step's label; an earlier result; or an assumption of the context."""


@dataclass(frozen=True)
class Step:
    """One relation of a chain.  `by` is the author's reason, None where symderiv is to find it."""

    statement: Statement
    by: tuple[Reason, ...] = ()
    label: str = ""
    given: bool = False


@dataclass(frozen=True)
class Derivation:
    """A chain of steps under one context.  `claim` must follow from the steps; without one, the steps stand for
    themselves.
    """

    name: str
    title: str
    source: str
    context: Context
    steps: tuple[Step, ...]
    claim: Statement | None
    span: Span
