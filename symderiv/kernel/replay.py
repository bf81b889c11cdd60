"""The only ways to `proved` and `refuted`: replaying a proof line by line, and evaluating a model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from symderiv.kernel import terms as k
from symderiv.kernel.axioms import AXIOMS
from symderiv.kernel.definedness import definedness
from symderiv.kernel.errors import Rejected, Undefined, check
from symderiv.kernel.facts import definitions_of
from symderiv.kernel.inferences import INFERENCES, Argument, Sequent
from symderiv.kernel.models import Evaluator, Model, Value
from symderiv.kernel.sorts import check_sorts

Theorems = Mapping[str, Sequent]
NO_THEOREMS: Theorems = {}
AXIOM_SEQUENTS: Theorems = {name: Sequent(frozenset(), axiom.proposition) for name, axiom in AXIOMS.items()}
RESERVED = "#$%?!&~"
"""First characters of the names that the kernel gives to opened variables; nobody else may use them."""


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


def derive(proof: Proof, theorems: Theorems = NO_THEOREMS, beside: Sequence[k.Term] = ()) -> list[Sequent]:
    """What each line of a proof establishes; the terms `beside` it have the same signatures.

    Raises:
        Rejected: a line is not an inference, or its inference refuses it.
    """
    try:
        _check_terms(proof, theorems, beside)
        proved: list[Sequent] = []
        for line in proof:
            proved.append(_inferred(line, proved, theorems))
        return proved
    except RecursionError as error:
        raise Rejected("replay: too deep") from error


def _check_terms(proof: Proof, theorems: Theorems, beside: Sequence[k.Term]) -> None:
    """Every term of a proof has a sort, each name one signature, and no name is one of the kernel's own."""
    cited = [theorems[str(a)] for line in proof for a in line.arguments if a in theorems]
    terms = [*beside, *(term for sequent in cited for term in (sequent.conclusion, *sequent.hypotheses))]
    multipliers: list[k.Term] = []
    for inference, _, arguments in proof:
        plain = 1 if inference == "combine" else len(arguments)
        terms.extend(argument for argument in arguments[:plain] if isinstance(argument, k.Term))
        multipliers.extend(argument for argument in arguments[plain:] if isinstance(argument, k.Term))
    check_sorts(terms, multipliers)
    for name in frozenset[k.Term]().union(*(term.free for term in (*terms, *multipliers))):
        check(name.parts[0][:1] not in RESERVED, "replay: reserved name", name)


def _inferred(line: Line, proved: Sequence[Sequent], theorems: Theorems) -> Sequent:
    """What one line establishes after those that are `proved`.

    An axiom is |- the axiom of that name; a theorem is H |- s, whose certificate was replayed.
    """
    inference, numbers, arguments = line
    check(all(0 <= n < len(proved) for n in numbers), "replay: premise is not an earlier line", len(proved))
    premises = [proved[n] for n in numbers]
    cited = {"axiom": AXIOM_SEQUENTS, "theorem": theorems}.get(inference)
    if cited is not None:
        check(len(arguments) == 1 and not premises, "replay: shape of the line", line)
        check(arguments[0] in cited, f"{inference}: unknown", arguments[0])
        return cited[str(arguments[0])]
    check(inference in INFERENCES, "replay: unknown inference", inference)
    infer, wanted, given = INFERENCES[inference]
    check(wanted in (None, len(premises)), "replay: shape of the line", line)
    check(len(arguments) == given or (given is None and len(arguments) > 0), "replay: shape of the line", line)
    terms = arguments if given is not None else arguments[:1]
    check(all(isinstance(argument, k.Term) for argument in terms), "term expected", arguments)
    return infer(*([premises] if wanted is None else premises), *arguments)


def replay_proof(goal: Sequent, proof: Proof, theorems: Theorems = NO_THEOREMS) -> None:
    """Accepts a proof of `goal` that also shows everything that the goal needs to be defined; returns nothing.

    Raises:
        Rejected: the proof does not establish the goal, or leaves open whether it is defined.
    """
    lines = derive(proof, theorems, (goal.conclusion, *goal.hypotheses))
    shown = {line.conclusion for line in lines if line.hypotheses <= goal.hypotheses}
    check(goal.conclusion in shown, "replay: goal is not among the lines", goal.conclusion)
    try:
        known = sorted(goal.hypotheses, key=k.key)
        check(not definitions_of(known).is_circular, "replay: definitions lead in a circle")
        for need in definedness(goal.conclusion, known):
            check(need in shown or need in goal.hypotheses, "replay: definedness is open", need)
    except RecursionError as error:
        raise Rejected("replay: too deep") from error


def replay_refutation(goal: Sequent, model: Model) -> Refutation:
    """Evaluates a model at which the hypotheses of `goal` hold and its conclusion does not.

    Raises:
        Rejected: a hypothesis does not hold there, or the conclusion does, or the enclosures do not decide.
    """
    try:
        check_sorts((goal.conclusion, *goal.hypotheses))
        known = sorted(goal.hypotheses, key=k.key)
        check(not definitions_of(known).is_circular, "refutation: definitions lead in a circle")
        evaluator = Evaluator(model, known)
        for hypothesis in known:
            true = evaluator.defines(hypothesis) or evaluator.holds(hypothesis) is True
            check(true, "refutation: hypothesis does not hold", hypothesis)
        conclusion = goal.conclusion
        while isinstance(conclusion, k.Implies):
            check(evaluator.holds(conclusion.premise) is True, "refutation: premise does not hold", conclusion.premise)
            conclusion = conclusion.conclusion
        if not isinstance(conclusion, k.Relation) or evaluator.holds(conclusion) is not False:
            raise Rejected("refutation: conclusion is not false", conclusion)
        return Refutation(evaluator.value(conclusion.left), evaluator.value(conclusion.right))
    except Undefined as error:
        raise Rejected("refutation: undefined", *error.data) from error
    except RecursionError as error:
        raise Rejected("refutation: too deep") from error
