"""Answers that were found before: certificates on disk, which are replayed like any other."""

from __future__ import annotations

from symderiv import __version__, cache
from symderiv.certificates import encode
from symderiv.kernel.certificates import Certificate, Json, decode, digest
from symderiv.kernel.errors import KernelError
from symderiv.kernel.models import Model
from symderiv.language.index_values import respects_values
from symderiv.refuters.finite import sequent
from symderiv.search import Answer, CounterexampleFound, ProofFound, Question


def question_key(question: Question) -> str:
    """The name under which the answer to a question is kept: it covers everything that the question says."""
    goal = encode(Certificate(sequent(question.encoded), (), tuple(name for name, _ in question.theorems)))
    return digest([__version__, question.seed, question.lenient, goal])


def recalled(question: Question) -> Answer | None:
    """The answer that is kept; it still has to be replayed."""
    kept = cache.load(question_key(question))
    if not isinstance(kept, dict):
        return None
    try:
        certificate = decode(kept.get("certificate"))
    except KernelError:
        return None
    if certificate.goal.conclusion != question.encoded.conclusion:
        return None
    if isinstance(certificate.evidence, Model):
        goal = sequent(question.encoded)
        fits = goal == certificate.goal and respects_values(certificate.evidence.tensors)
        return CounterexampleFound(goal, certificate.evidence) if fits else None
    rules = kept.get("rules")
    names = tuple(str(rule) for rule in rules) if isinstance(rules, list) else ()
    instances = kept.get("instances")
    conditions = certificate.goal.hypotheses - sequent(question.encoded).hypotheses
    return ProofFound(
        certificate.goal,
        certificate.evidence,
        tuple(conditions),
        names,
        instances if isinstance(instances, int) else None,
    )


def remembered(question: Question, answer: Answer) -> None:
    """Keeps the certificate of an answer."""
    rules: list[Json] = []
    instances: int | None = None
    match answer:
        case ProofFound(goal, proof, _, names, instances):
            cited = {str(line.arguments[0]) for line in proof if line.inference == "theorem"}
            certificate = Certificate(goal, proof, tuple(sorted(cited)))
            rules = list(names)
        case CounterexampleFound(goal, model):
            certificate = Certificate(goal, model)
        case _:
            return
    cache.store(question_key(question), {"certificate": encode(certificate), "rules": rules, "instances": instances})
