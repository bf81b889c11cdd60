"""Idle hypotheses: what a derivation assumes, and no proof in it needs.

A certificate names all hypotheses of its goal, whether they were needed or not.  One is idle where the kernel accepts
every proof of the derivation when it is taken out of the goal and of the premises.  Those that are told are idle
together: the proofs hold without any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from symderiv.kernel.certificates import decode
from symderiv.kernel.errors import KernelError
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Model
from symderiv.kernel.replay import Proof, Theorems, replay_proof
from symderiv.kernel.terms import Term
from symderiv.language.encode import Encoded, latex_of_proposition
from symderiv.model.derivation import Derivation, Step
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.report import DerivationReport
from symderiv.model.statement import Proposition, Statement
from symderiv.model.verdict import JsonValue, Proved
from symderiv.provers.pruning import pruned

Terms = frozenset[Term]


class _Established(NamedTuple):
    """What was proved of one statement: its goal and proof, the theorems that it cites, and its assumptions."""

    goal: Sequent
    proof: Proof
    theorems: Theorems
    assumed: Mapping[Proposition, Terms]


def idle_hypotheses(
    derivation: Derivation,
    report: DerivationReport,
    certificates: Mapping[str, JsonValue],
    encoded: Callable[[Statement], Encoded],
) -> Iterator[Diagnostic]:
    """A finding for each assumption of a derivation that no proof needs; none where not every step is proved."""
    statements = [step.statement for step in derivation.steps if isinstance(step, Step) and not step.readings]
    statements += [] if derivation.claim is None else [derivation.claim]
    verdicts = [step.verdict for step in report.steps]
    names = [verdict.certificate for verdict in verdicts if isinstance(verdict, Proved)]
    if not len(names) == len(statements) == len(verdicts):
        return
    found = {
        name: _established(certificates, name, encoded(statement), statement)
        for name, statement in zip(names, statements, strict=True)
    }
    # That a matrix is symmetric says what its entries are made of: no proof names it, and none goes without it.
    meant = {
        stated
        for statement in statements
        for stated, fact in zip(statement.context.assumptions, encoded(statement).assumptions, strict=True)
        if fact.rule != "hypothesis"
    }
    idle: tuple[Proposition, ...] = ()
    for assumption in reversed(derivation.context.assumptions):
        if assumption not in meant and _holds_without(found, (*idle, assumption)):
            idle = (*idle, assumption)
    for assumption in reversed(idle):
        message = f"every step is proved without the hypothesis {latex_of_proposition(assumption)}"
        yield Diagnostic("idle-hypothesis", derivation.span, message)


def _established(
    certificates: Mapping[str, JsonValue], name: str, encoded: Encoded, statement: Statement
) -> _Established:
    """The certificate of a statement; what its words bring along is no assumption, even where it is assumed too."""
    certificate = decode(certificates[name])
    brought = {fact.proposition for fact in encoded.facts}
    pairs = zip(statement.context.assumptions, encoded.assumptions, strict=True)
    assumed = {stated: frozenset((fact.proposition,)) - brought for stated, fact in pairs}
    cited = {theorem: decode(certificates[theorem]).goal for theorem in certificate.theorems}
    proof = () if isinstance(certificate.evidence, Model) else certificate.evidence
    return _Established(certificate.goal, proof, cited, assumed)


def _holds_without(found: Mapping[str, _Established], assumptions: Iterable[Proposition]) -> bool:
    """True where the kernel accepts all proofs when the assumptions are left out."""
    left_out = {
        name: Terms().union(*(step.assumed.get(assumption, Terms()) for assumption in assumptions))
        for name, step in found.items()
    }
    try:
        for name, step in found.items():
            theorems = {cited: _without(goal, left_out.get(cited, Terms())) for cited, goal in step.theorems.items()}
            replay_proof(_without(step.goal, left_out[name]), pruned(step.proof, left_out[name]), theorems)
    except KernelError:
        return False
    return True


def _without(goal: Sequent, left_out: Terms) -> Sequent:
    return Sequent(goal.hypotheses - left_out, goal.conclusion)
