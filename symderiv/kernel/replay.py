"""The only ways to `proved` and `refuted`: replaying a proof line by line, and evaluating a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from symderiv.kernel.definedness import definedness, definitions_of, has_circle
from symderiv.kernel.errors import KernelError, Rejected, Undefined
from symderiv.kernel.facts import is_closed
from symderiv.kernel.inferences import INFERENCES, Argument, Sequent, Theorems
from symderiv.kernel.models import Evaluator, Model, Value
from symderiv.kernel.sorts import check_sorts
from symderiv.kernel.terms import Implies, Index, Relation, Symbol, Term, key

NO_THEOREMS: Theorems = {}

_SHAPE = {
    "hypothesis": (0, 1),
    "axiom": (0, 1),
    "theorem": (0, 1),
    "specialise": (1, None),
    "instance": (1, 1),
    "generalise": (1, 1),
    "detach": (2, 0),
    "discharge": (1, 1),
    "equality": (None, None),
    "sign": (None, None),
    "combine": (None, None),
    "compose": (2, 0),
    "weaken": (1, 1),
    "term_of_sum": (1, 2),
    "maximum": (1, 1),
    "below_maximum": (0, 2),
    "cancel": (2, 2),
}
"""The number of premises and arguments of each inference; None: at least one argument, any number of premises."""


class Line(NamedTuple):
    """One inference: its name, the numbers of earlier lines that are its premises, its arguments."""

    inference: str
    premises: tuple[int, ...]
    arguments: tuple[Argument, ...]


Proof = tuple[Line, ...]


class Refutation(NamedTuple):
    """The values of the two sides at a model at which all hypotheses hold and the conclusion does not."""

    left: Value
    right: Value


def derive(proof: Proof, theorems: Theorems = NO_THEOREMS, beside: Sequence[Term] = ()) -> list[Sequent]:
    """What each line of a proof establishes; the terms `beside` it have the same signatures.

    Raises:
        Rejected: a line is not an inference, or its inference refuses it.
    """
    cited = [theorems[str(a)] for line in proof if line.inference == "theorem" for a in line.arguments if a in theorems]
    stated = [term for sequent in cited for term in (sequent.conclusion, *sequent.hypotheses)]
    check_sorts((*beside, *stated, *(a for line in proof for a in line.arguments if isinstance(a, Term))))
    proved: list[Sequent] = []
    for number, (inference, premises, arguments) in enumerate(proof):
        if inference not in INFERENCES:
            raise Rejected("replay: unknown inference", inference)
        if any(not 0 <= premise < number for premise in premises):
            raise Rejected("replay: premise is not an earlier line", number)
        wanted, given = _SHAPE[inference]
        if (wanted is not None and len(premises) != wanted) or (given is not None and len(arguments) != given):
            raise Rejected("replay: shape of the line", number, inference)
        if given is None and not arguments:
            raise Rejected("replay: shape of the line", number, inference)
        for argument in arguments:
            if isinstance(argument, Term):
                _check_names(argument)
        try:
            proved.append(INFERENCES[inference]([proved[premise] for premise in premises], arguments, theorems))
        except RecursionError as error:
            raise Rejected("replay: too deep", number) from error
    return proved


RESERVED = "#$%?!&~"
"""First characters of the names that the kernel gives to opened variables; nobody else may use them."""


def _check_names(term: Term) -> None:
    for name in term.free:
        if isinstance(name, Index | Symbol) and name.name[:1] in RESERVED:
            raise Rejected("replay: reserved name", name)


def replay_proof(goal: Sequent, proof: Proof, theorems: Theorems = NO_THEOREMS) -> None:
    """Accepts a proof of `goal` that also shows everything that the goal needs to be defined; returns nothing.

    Raises:
        Rejected: the proof does not establish the goal, or leaves open whether it is defined.
    """
    if not all(is_closed(term) for term in (goal.conclusion, *goal.hypotheses)):
        raise Rejected("replay: goal is not closed")
    for term in (goal.conclusion, *goal.hypotheses):
        _check_names(term)
    lines = derive(proof, theorems, (goal.conclusion, *goal.hypotheses))
    shown = {line.conclusion for line in lines if line.hypotheses <= goal.hypotheses}
    if goal.conclusion not in shown:
        raise Rejected("replay: goal is not among the lines", goal.conclusion)
    known = sorted(goal.hypotheses, key=key)
    if has_circle(definitions_of(known)):
        raise Rejected("replay: definitions lead in a circle")
    needs = definedness(goal.conclusion, known)
    for need in needs:
        if need not in shown and need not in goal.hypotheses:
            raise Rejected("replay: definedness is open", need)


def replay_refutation(goal: Sequent, model: Model) -> Refutation:
    """Evaluates a model at which the hypotheses of `goal` hold and its conclusion does not.

    Raises:
        Rejected: a hypothesis does not hold there, or the conclusion does, or the enclosures do not decide.
    """
    check_sorts((goal.conclusion, *goal.hypotheses))
    if has_circle(definitions_of(goal.hypotheses)):
        raise Rejected("refutation: definitions lead in a circle")
    evaluator = Evaluator(model, sorted(goal.hypotheses, key=key))
    try:
        for known in goal.hypotheses:
            if not evaluator.defines(known) and evaluator.holds(known) is not True:
                raise Rejected("refutation: hypothesis does not hold", known)
        conclusion = goal.conclusion
        while isinstance(conclusion, Implies):
            if evaluator.holds(conclusion.premise) is not True:
                raise Rejected("refutation: premise does not hold", conclusion.premise)
            conclusion = conclusion.conclusion
        if not isinstance(conclusion, Relation) or evaluator.holds(conclusion) is not False:
            raise Rejected("refutation: conclusion is not false", conclusion)
        return Refutation(evaluator.value(conclusion.left), evaluator.value(conclusion.right))
    except Undefined as error:
        raise Rejected("refutation: undefined", *error.data) from error
    except RecursionError as error:
        raise Rejected("refutation: too deep") from error


__all__ = ["KernelError", "Line", "Proof", "Refutation", "Sequent", "derive", "replay_proof", "replay_refutation"]
