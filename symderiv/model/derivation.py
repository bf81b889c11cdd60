"""A derivation: a chain of steps that establishes a claim."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.model.diagnostic import Diagnostic
from symderiv.model.span import Span
from symderiv.model.statement import Context, Proposition, Statement
from symderiv.model.verdict import Given, Unknown, Unread


@dataclass(frozen=True)
class Citation:
    """An earlier result that may be used: its claim, whose assumptions must hold where it is cited."""

    name: str
    statement: Statement
    derivation: Derivation


Reason = str | Citation | Proposition
"""A rule id or a step's label; an earlier result; or an assumption of the context."""


@dataclass(frozen=True)
class Mention:
    """What a text may say of names without being read as a hypothesis, and by which words of it."""

    stated: tuple[Proposition, ...]
    words: str
    hides: bool = False
    """True of a relation: values at which it does not hold refute nothing."""


@dataclass(frozen=True)
class Step:
    """One relation of a chain.  `by` is the author's reason, None where symderiv is to find it."""

    statement: Statement
    by: tuple[Reason, ...] = ()
    label: str = ""
    given: bool = False
    recalled: bool = False
    """A formula that the library may know: given, unless the library has it differently."""
    posed: bool = False
    """An equation that is to be solved: given, unless it is true for all values of its names."""
    supposes: tuple[Proposition, ...] = ()
    """The equations to be solved among its assumptions."""
    rests_on: tuple[Proposition, ...] = ()
    """Equations that a text came to before, by which something was put in: the step is no better than these."""
    is_solution: bool = False
    """True of what a name is where a derivative vanishes, which says nothing of the name elsewhere."""
    solves: Statement | None = None
    """The equation that it solves, from the step: a solution need not be the only one."""
    proof: tuple[Proposition, ...] = ()
    """The rows below it, from its left side to its right side, by which a text proves it."""
    mentioned: tuple[Mention, ...] = ()
    """What the text says in passing of its names: no hypothesis, and it may be why the step is true."""
    complete: bool = True
    """False where not everything that is said of the names was read, so that values alone refute nothing."""
    partly_read: bool = False
    """True where it was not read what a name in it stands for, so that values say nothing at all."""
    continues: bool = False
    """True where the left side is the right side of the step before."""
    weaker: Statement | None = None
    """The same with fewer hypotheses, for which values can be found more easily."""
    compares: Proposition | None = None
    """What was said of the left side before, where `weaker` puts that in its place."""
    converse: Statement | None = None
    """The other direction of an equivalence: a proof of the step needs one of it too."""
    flaw: str = ""
    """What is wrong with what the text gives, if there are values at which the statement fails."""
    says: Proposition | None = None
    """What the text says, where the statement has another form of it."""
    written: tuple[str, str, str] | None = None
    """The left side, sign and right side of what the text says, where that is no relation between numbers."""
    readings: tuple[Statement, ...] = ()
    """What else the text could mean; a verdict holds only if it is that of all readings."""
    ambiguity: Diagnostic | None = None
    """What is said of a step whose readings have different verdicts."""


@dataclass(frozen=True)
class Stated:
    """A relation of a text that is not checked: given, not read, or not decided.  Its sides are LaTeX."""

    span: Span
    left: str
    relation: str
    right: str
    verdict: Given | Unread | Unknown


@dataclass(frozen=True)
class Derivation:
    """A chain of steps under one context.  `claim` must follow from the steps; without one, the steps stand for
    themselves.
    """

    name: str
    title: str
    source: str
    context: Context
    steps: tuple[Step | Stated, ...]
    claim: Statement | None
    span: Span
