"""Answers that were found before: certificates on disk, which are replayed like any other.

That a search found nothing, or not in time, is kept too.  It proves nothing, and is forgotten when the code of the
search changes.
"""

from __future__ import annotations

from functools import cache as once
from hashlib import sha256
from pathlib import Path

from symderiv import cache
from symderiv.certificates import encode
from symderiv.kernel.certificates import Certificate, Json, decode, digest
from symderiv.kernel.errors import KernelError
from symderiv.kernel.models import Model
from symderiv.language.index_values import respects_values
from symderiv.refuters.finite import sequent
from symderiv.runner import Finished, Outcome, TimedOut
from symderiv.search import Answer, CounterexampleFound, NothingFound, ProofFound, Question, ValuesDiffer


@once
def edition() -> str:
    """A name for the code that searches, which changes with any file of it."""
    package = Path(__file__).parent
    files = sorted((str(file.relative_to(package)), file.stat()) for file in package.rglob("*.py"))
    return sha256(repr([(name, stat.st_size, stat.st_mtime_ns) for name, stat in files]).encode()).hexdigest()


def question_key(question: Question) -> str:
    """The name under which the answer to a question is kept: it covers everything that the question says."""
    goal = encode(Certificate(sequent(question.encoded), (), tuple(name for name, _ in question.theorems)))
    return digest([edition(), question.seed, question.lenient, goal])


def recalled(question: Question, seconds: float) -> Answer | TimedOut | None:
    """The answer that is kept; it still has to be replayed.  Or that it was not found in that many seconds, or more."""
    kept = cache.load(question_key(question))
    if not isinstance(kept, dict):
        return None
    spent = kept.get("seconds")
    if isinstance(spent, int | float):
        return TimedOut(seconds) if spent >= seconds else None
    attempts, instances = kept.get("attempts"), kept.get("instances")
    if isinstance(attempts, list) and isinstance(instances, int):
        return NothingFound(tuple(map(str, attempts)), instances)
    try:
        certificate = decode(kept.get("certificate"))
    except KernelError:
        return None
    known = kept.get("known")
    if isinstance(known, bool) and isinstance(certificate.evidence, Model):
        return ValuesDiffer(certificate.goal, certificate.evidence, known)
    if certificate.goal.conclusion != question.encoded.conclusion:
        return None
    if isinstance(certificate.evidence, Model):
        goal = sequent(question.encoded)
        fits = goal == certificate.goal and respects_values(certificate.evidence.tensors)
        return CounterexampleFound(goal, certificate.evidence) if fits else None
    rules = kept.get("rules")
    names = tuple(str(rule) for rule in rules) if isinstance(rules, list) else ()
    conditions = certificate.goal.hypotheses - sequent(question.encoded).hypotheses
    return ProofFound(
        certificate.goal,
        certificate.evidence,
        tuple(conditions),
        names,
        instances if isinstance(instances, int) else None,
    )


def remembered(question: Question, outcome: Outcome[Answer]) -> None:
    """Keeps the certificate of an answer, what was tried in vain, or how long a search was."""
    match outcome:
        case Finished(answer):
            _keep(question, answer)
        case TimedOut(seconds):
            cache.store(question_key(question), {"seconds": seconds})
        case _:
            return


def _keep(question: Question, answer: Answer) -> None:
    rules: list[Json] = []
    instances: int | None = None
    match answer:
        case ProofFound(goal, proof, _, names, instances):
            cited = {str(line.arguments[0]) for line in proof if line.inference == "theorem"}
            certificate = Certificate(goal, proof, tuple(sorted(cited)))
            rules = list(names)
        case CounterexampleFound(goal, model):
            certificate = Certificate(goal, model)
        case ValuesDiffer(goal, model, known):
            cache.store(question_key(question), {"certificate": encode(Certificate(goal, model)), "known": known})
            return
        case NothingFound(attempts, agreeing):
            cache.store(question_key(question), {"attempts": list(attempts), "instances": agreeing})
            return
        case _:
            return
    cache.store(question_key(question), {"certificate": encode(certificate), "rules": rules, "instances": instances})


def recalled_edit(question: Question, left_too: bool) -> int | None:
    """The number of the edit that mends a refuted statement: -1 where there is none, None where nothing is kept."""
    kept = cache.load(_edit_key(question, left_too))
    number = kept.get("edit") if isinstance(kept, dict) else None
    return number if isinstance(number, int) else None


def remembered_edit(question: Question, left_too: bool, number: int) -> None:
    """Keeps the number of an edit."""
    cache.store(_edit_key(question, left_too), {"edit": number})


def _edit_key(question: Question, left_too: bool) -> str:
    return digest([question_key(question), "edit", left_too])
