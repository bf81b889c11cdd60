"""Loop programs: from the gradients that were examined to verdicts, which the kernel replays here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from symderiv.answers import defect, digits, nested
from symderiv.certificates import encode
from symderiv.claims import Judged as JudgedClaim
from symderiv.gradients.counterexamples import Refutation
from symderiv.gradients.examination import Examined, examine
from symderiv.gradients.legality import legal_repair
from symderiv.gradients.proofs import Proved as ProofFound
from symderiv.gradients.repairs import Repair
from symderiv.kernel.certificates import Certificate, digest
from symderiv.kernel.errors import KernelError
from symderiv.kernel.replay import replay_proof, replay_refutation
from symderiv.kernel.terms import Relation, Term
from symderiv.language.readback import latex_of
from symderiv.loops.analysis import analysed
from symderiv.loops.notation import entry_text, text_of
from symderiv.model.claims import Claim
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.program import Affine, Program, Read, places
from symderiv.model.report import DerivationReport, StepReport
from symderiv.model.verdict import Counterexample, JsonValue, Plausible, Proved, Refuted, Unknown, Unread, Verdict
from symderiv.rules.registry import in_words
from symderiv.runner import Crashed, Finished, Outcome, OutOfMemory, Raised, TimedOut
from symderiv.second_opinion import Disagreement


@dataclass(frozen=True)
class Examination:
    """What a worker found: what is wrong before any algebra, else every named gradient."""

    diagnostics: tuple[Diagnostic, ...]
    gradients: tuple[Examined, ...]
    repair: Repair | None = None


@dataclass
class Judged:
    """The report on a program, with its diagnostics and the certificates behind its verdicts."""

    report: DerivationReport
    diagnostics: tuple[Diagnostic, ...] = ()
    certificates: dict[str, JsonValue] = field(default_factory=dict)


def examined(task: tuple[Program, int]) -> Examination:
    """A program under a seed; to be called in a worker."""
    program, seed = task
    findings = tuple(analysed(program))
    if findings:
        return Examination(findings, (), legal_repair(program, findings))
    return Examination((), examine(program, seed) if program.named else ())


def is_executable(outcome: Outcome[Examination] | None) -> bool:
    """True where a program was examined, and may be executed."""
    return isinstance(outcome, Finished) and not outcome.value.diagnostics


def judged_program(
    program: Program, outcome: Outcome[Examination] | None, seconds: float, claimed: Iterable[Outcome[JudgedClaim]] = ()
) -> Judged:
    """The verdicts on the named gradients, and on the claims of a program that may be executed.

    Nothing is proved of a program that was not read to its end.
    """
    verdict: Verdict
    if not isinstance(outcome, Finished):
        verdict = Unread("the program was not read to its end") if outcome is None else Unknown(_failure(outcome))
        return Judged(_report(program, _unsettled(program, verdict, seconds)))
    found = outcome.value
    if found.diagnostics:
        mended = as_written(program, found.repair.text) if found.repair is not None else None
        message = as_written(program, found.diagnostics[0].message)
        verdict = Unread(f"the program may not be executed: {message}", mended)
        return Judged(_report(program, _unsettled(program, verdict, seconds)), _as_written(program, _with_hint(found)))
    certificates: dict[str, JsonValue] = {}
    replayed: dict[int, str] = {}
    steps = []
    for one in found.gradients:
        verdict = _verdict(program, one, certificates, replayed)
        share = seconds / max(1, len(found.gradients))
        left, right = as_written(program, one.left), as_written(program, one.right)
        steps.append(StepReport(one.span, left, "=", right, verdict, share))
    findings: list[Diagnostic] = []
    for claim, answer in zip(program.claims, claimed, strict=True):
        steps += _claim_steps(claim, answer, certificates)
        if isinstance(answer, Finished) and answer.value.finding is not None:
            findings.append(answer.value.finding)
    return Judged(_report(program, steps), tuple(findings), certificates)


def _claim_steps(
    claim: Claim, answer: Outcome[JudgedClaim], certificates: dict[str, JsonValue]
) -> Iterator[StepReport]:
    """The step of a claim about costs, and those of the laws that it rests on."""
    if not isinstance(answer, Finished):
        yield StepReport(claim.span, claim.latex, "=", "", Unknown(_failure(answer)), 0.0)
        return
    found = answer.value
    yield StepReport(claim.span, claim.latex, "=", found.shown, found.verdict, 0.0)
    for goal, proof in found.proofs:
        law = goal.conclusion
        left, right = (latex_of(side, {}) for side in (law.left, law.right)) if isinstance(law, Relation) else ("", "")
        verdict: Verdict
        try:
            replay_proof(goal, proof)
        except KernelError as error:
            verdict = Unknown(f"the kernel rejects the proof that was found: {error}")
        else:
            document = encode(Certificate(goal, proof, ()))
            certificates[digest(document)] = document
            verdict = Proved(("loops.scan",), (), in_words(("loops.scan",)), digest(document))
        yield StepReport(claim.span, left, "=", right, verdict, 0.0)


def as_written(program: Program, text: str) -> str:
    """A text with the indices of sequential loops called as the author calls them."""
    for name in sorted(program.written, key=len, reverse=True):
        text = re.sub(rf"(?<![\w']){re.escape(name)}(?![\w'])", program.written[name], text)
    return text


def _as_written(program: Program, found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    return tuple(replace(d, message=as_written(program, d.message), hint=as_written(program, d.hint)) for d in found)


def _with_hint(found: Examination) -> tuple[Diagnostic, ...]:
    """The findings, the first one with the edit that makes the program right."""
    first, *others = found.diagnostics
    if found.repair is None:
        return found.diagnostics
    hint = f"{found.repair.reason}; right is: {found.repair.text}" if found.repair.number else found.repair.reason
    return replace(first, hint=hint), *others


def _failure(outcome: Outcome[Examination] | Outcome[JudgedClaim]) -> str:
    match outcome:
        case TimedOut(seconds):
            return f"stopped after {seconds:g} s; see --timeout"
        case OutOfMemory():
            return "stopped: out of memory"
        case Crashed(message):
            return f"the search ended abnormally: {message}"
        case Raised(name, message, _):
            return f"the search failed: {name}: {message}"
        case _:
            return "no answer"


def _report(program: Program, steps: Iterable[StepReport]) -> DerivationReport:
    signs = {">=": ">=", ">": ">", "==": "=", "!=": "!="}
    assumed = tuple(f"{text_of(r.left)} {signs[r.kind]} {text_of(r.right)}" for r in program.assumptions)
    name = program.name or PurePath(program.path).stem or "program"
    line = program.named[0][1].line if program.named else program.span.line
    title = program.title or f"{'gradients' if program.named else 'costs'} of a loop program"
    return DerivationReport(name, title, program.source, line, assumed, (), tuple(steps))


def _unsettled(program: Program, verdict: Verdict, seconds: float) -> list[StepReport]:
    """All steps, where nothing is said of any of them."""
    gradients = [StepReport(span, f"{name}.grad", "=", "", verdict, seconds) for name, span in program.named]
    return gradients + [StepReport(claim.span, claim.latex, "=", "", verdict, 0.0) for claim in program.claims]


def _verdict(program: Program, one: Examined, certificates: dict[str, JsonValue], replayed: dict[int, str]) -> Verdict:
    match one.outcome:
        case ProofFound() as proof:
            return _proved(program, one, proof, certificates, replayed)
        case Refutation() as refutation:
            return _refuted(program, one, refutation, certificates)
        case Disagreement() as disagreement:
            return defect(disagreement)
    if one.agreeing:
        return Plausible(one.agreeing, 8, one.reason)
    return Unknown(one.reason)


def _proved(
    program: Program, one: Examined, proof: ProofFound, certificates: dict[str, JsonValue], replayed: dict[int, str]
) -> Verdict:
    """`replayed` are the names of certificates by the proofs that the kernel has accepted before."""
    names: list[str] = []
    conditions = dict.fromkeys(_condition(condition, program) for condition in one.conditions)
    rules = ["loops.reverse-mode"]
    for part in (proof, *(used for _, _, used in one.uses)):
        if id(part) not in replayed:
            try:
                replay_proof(part.goal, part.proof)
            except KernelError as error:
                return Unknown(f"the kernel rejects the proof that was found: {error}")
            document = encode(Certificate(part.goal, part.proof, ()))
            replayed[id(part)] = digest(document)
            certificates[replayed[id(part)]] = document
        names.append(replayed[id(part)])
        rules += [rule for rule in part.rules if rule not in rules]
    if one.kinks:
        rules.append("loops.almost-everywhere")
        conditions |= dict.fromkeys(as_written(program, kink) for kink in one.kinks)
    reason = in_words(rules)
    for name, tensor, _ in one.uses:
        if name != f"{tensor}.grad":
            reason += f"; {name} is the gradient of {as_written(program, tensor)}"
    return Proved(tuple(rules), tuple(conditions), reason, names[0])


def _condition(condition: Term, program: Program) -> str:
    """A condition (LaTeX), with sizes by their own names."""
    text = latex_of(condition, {})
    for size in program.sizes:
        text = text.replace(rf"\left|{size}\right|", size)
    return text


def _refuted(program: Program, one: Examined, found: Refutation, certificates: dict[str, JsonValue]) -> Verdict:
    try:
        sides = replay_refutation(found.goal, found.model)
    except KernelError as error:
        return Unknown(f"the kernel rejects the counterexample that was found: {error}")
    document = encode(Certificate(found.goal, found.model))
    name = digest(document)
    certificates[name] = document
    values: dict[str, JsonValue] = dict(found.data.sizes.items())
    values |= {tensor: nested({c: str(v) for c, v in table.items()}) for tensor, table in found.data.tensors.items()}
    values |= {tensor: nested(dict(whole)) for tensor, whole in found.data.integers.items()}
    cell = entry_text(Read(f"{one.tensor}.grad", tuple(Affine((), place) for place in found.cell)))
    left, right = digits(sides.left), digits(sides.right)
    reason = one.reason or f"it is computed by {_loops(program, f'{one.tensor}.grad')}"
    if one.factor:
        reason += f"; right up to the factor {one.factor}"
    repair = as_written(program, one.repair.text) if one.repair is not None else None
    shown = Counterexample(values, left, right)
    rules = ("loops.up-to-factor",) if one.factor else ()
    message = f"{cell} is claimed as {left} and is {right}; {as_written(program, reason)}"
    return Refuted(shown, message, name, repair, rules)


def _loops(program: Program, tensor: str) -> str:
    statements = (place.statement for place in places(program.backward))
    numbers = [str(statement.number) for statement in statements if statement.target.tensor == tensor]
    return f"loop {', '.join(numbers)}" if numbers else "no loop"
