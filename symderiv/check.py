"""The whole flow, top to bottom: files to pages, steps to questions, answers to verdicts, verdicts to a report.

read -> encode -> search (in worker processes) -> replay -> verdict (the three in `asking.py`)
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sympy import Integer, latex

from symderiv import __version__
from symderiv.answers import CONTRADICTORY, NOT_FOLLOWING, Evidence
from symderiv.asking import Asked, Asking
from symderiv.chain import composed
from symderiv.clerks import Clerks, Runners
from symderiv.explanations import explain
from symderiv.idle import idle_hypotheses
from symderiv.kernel.certificates import decode, replay_certificates
from symderiv.kernel.errors import KernelError
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Model
from symderiv.language.encode import latex_of_proposition
from symderiv.language.written import LanguageError
from symderiv.memory import recalled_edit, remembered_edit
from symderiv.model.derivation import Citation, Derivation, Stated, Step
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.page import Page
from symderiv.model.report import DerivationReport, FileReport, Report, StepReport, divided
from symderiv.model.span import Span
from symderiv.model.statement import Proposition, Relation, Statement
from symderiv.model.verdict import Gap, Given, JsonValue, Plausible, Proved, Refuted, Unknown, Unread, Verdict
from symderiv.options import Options
from symderiv.reading import prepare, read_pages, whole_documents
from symderiv.repair import Broken, Mended, mended, repaired
from symderiv.rules.registry import rules
from symderiv.runner import Finished, Runner, TimedOut, Workers
from symderiv.search import Question, conclude, merged, ready
from symderiv.steps import (
    NOT_BACK,
    both_ways,
    chains,
    ends_of,
    in_all_readings,
    in_context,
    on_its_own,
    past,
    proofs_first,
    resting_on,
    said_by,
    supposing,
    without,
)
from symderiv.worker import collect_seldom

MEMORY = 2 << 30
"""Bytes that a search may use."""

__all__ = ["Options", "ReplayOutcome", "check_paths", "explain", "prove_statement", "replay_report"]


@dataclass(frozen=True)
class ReplayOutcome:
    """What the kernel said of one step's certificate."""

    step: str
    ok: bool
    message: str


def check_paths(paths: Sequence[Path], options: Options) -> Report:
    """Checks every derivation in the given files."""
    prepare(paths)
    ready()
    collect_seldom()
    # What a script leaves behind in the process that ran it is no one's concern but that of other scripts.
    reading, searching = (Workers(options.jobs, options.timeout, MEMORY) for _ in range(2))
    with reading, searching, Clerks(options.jobs, reading, searching) as clerks:
        doubted: frozenset[Span] = frozenset()
        if options.second_reader:
            from symderiv.second_reader import doubted as doubted_by_it

            doubted = doubted_by_it(paths, searching)
        tasks = [_Task(number, source, options, doubted) for number, source in whole_documents(paths, reading)]
        found = sorted(clerks.map(_filed, tasks), key=lambda filed: filed.number)
    certificates = {name: document for filed in found for name, document in filed.certificates.items()}
    return Report(1, __version__, tuple(file for filed in found for file in filed.reports), certificates)


def prove_statement(text: str, assumptions: Sequence[str], options: Options) -> Report:
    """Proves or refutes one statement in LaTeX; a chain gives one step for each relation.

    Raises:
        SymderivError: the text could not be read.
    """
    from symderiv.documents.single import read_in_all_readings

    readings, ambiguity = read_in_all_readings(text, assumptions)
    statements, complete = readings[0]
    span = statements[0].span or Span("<statement>", 1, 1, 1, len(text) + 1)
    others = zip(*(other for other, _ in readings[1:]), strict=True) if ambiguity else [()] * len(statements)
    steps = tuple(
        Step(statement, complete=complete, readings=tuple(other), ambiguity=ambiguity)
        for statement, other in zip(statements, others, strict=True)
    )
    derivation = Derivation("statement", "", "", statements[0].context, steps, None, span)
    with Workers(options.jobs, options.timeout, MEMORY) as workers:
        run = _Run(workers, options)
        file = run.page(Page(span.path, (derivation,)))
    return Report(1, __version__, (file,), run.certificates)


def replay_report(document: JsonValue) -> tuple[ReplayOutcome, ...]:
    """Replays every certificate of a JSON report, and sees that every proved or refuted step has one."""
    found = document.get("certificates") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(found, dict):
        return (ReplayOutcome("report", False, "no certificates"),)
    outcomes = replay_certificates(found)
    result = [ReplayOutcome(name, not message, message) for name, message in outcomes.items()]
    for place, step in _steps(document):
        if step.get("verdict") in ("proved", "refuted") and outcomes.get(str(step.get("certificate"))) is None:
            result.append(ReplayOutcome(place, False, "its certificate is missing"))
    return tuple(result)


def _steps(document: dict[str, JsonValue]) -> Iterable[tuple[str, dict[str, JsonValue]]]:
    files = document.get("files")
    for file in files if isinstance(files, list) else []:
        derivations = file.get("derivations") if isinstance(file, dict) else None
        for derivation in derivations if isinstance(derivations, list) else []:
            steps = derivation.get("steps") if isinstance(derivation, dict) else None
            for step in steps if isinstance(steps, list) else []:
                if isinstance(step, dict) and isinstance(file, dict):
                    yield f"{file.get('path')}:{step.get('line')}", step


def _cited_statements(step: Step) -> list[Statement]:
    """The statements behind the results that a step cites: their words bring definitions along."""
    found: list[Statement] = []
    for reason in step.by:
        if isinstance(reason, Citation):
            found.append(reason.statement)
            for inner in reason.derivation.steps:
                if isinstance(inner, Step):
                    found.extend((inner.statement, *_cited_statements(inner)))
    return found


def _as_it_stands(step: Step) -> Statement:
    """The statement of a step as the text has it."""
    return step.statement if step.says is None else replace(step.statement, proposition=step.says)


def _stated(step: Stated) -> StepReport:
    return StepReport(step.span, step.left, step.relation, step.right, step.verdict, 0.0)


@dataclass(frozen=True)
class _Task:
    """A file to be checked, or its page where it was read before, with its place among the others."""

    number: int
    source: Path | Page
    options: Options
    doubted: frozenset[Span]


@dataclass(frozen=True)
class _Filed:
    """What was found in a file and in those that it inputs, and the certificates behind it."""

    number: int
    reports: tuple[FileReport, ...]
    certificates: dict[str, JsonValue]


def _filed(workers: Runners, task: _Task) -> _Filed:
    """Checks one file."""
    reading, searching = workers
    page = task.source if isinstance(task.source, Page) else next(read_pages([task.source], reading))
    run = _Run(searching, task.options, doubted=task.doubted)
    return _Filed(task.number, divided(run.page(page), page.inputs), run.certificates)


_OF_FORMULAS = frozenset({"unread", "ambiguous"})
"""Codes of findings in the formulas of a document, which say nothing of its loops."""


@dataclass
class _Run:
    """One run over a file: what its steps ask, and what follows for them from the answers to others."""

    workers: Runner
    options: Options
    doubted: frozenset[Span] = frozenset()
    """The places of relations that the second reader reads otherwise."""
    _claims: dict[Derivation, Evidence | None] = field(default_factory=dict)
    _diagnostics: list[Diagnostic] = field(default_factory=list)
    _wrong: set[Proposition] = field(default_factory=set)
    """What was refuted in this file: nothing that follows may rest on it."""
    _gaps: dict[Proposition, list[str]] = field(default_factory=dict)
    """What is not proved in this file, and what rests on that: what is to be said of both."""
    _proofs: list[tuple[Proposition, ...]] = field(default_factory=list)
    """The rows that lead to the claims of this file."""

    def __post_init__(self) -> None:
        self._asking = Asking(self.workers, self.options)

    @property
    def certificates(self) -> dict[str, JsonValue]:
        """The certificates that have been replayed so far."""
        return self._asking.certificates

    def page(self, page: Page) -> FileReport:
        """Everything in one file."""
        self._diagnostics, self._wrong, self._gaps = [], set(), {}
        self._asking.foresee(page.derivations)
        self._proofs = [
            step.proof for d in page.derivations for step in d.steps if isinstance(step, Step) and step.proof
        ]
        reports = {place: self.derivation(page.derivations[place]) for place in proofs_first(page.derivations)}
        derivations = [reports[place] for place in range(len(reports))]
        for derivation, report in zip(page.derivations, derivations, strict=True) if self.options.idle else ():
            self._diagnostics += idle_hypotheses(derivation, report, self.certificates, self._asking.encoded)
        derivations += self.programs(page)
        derivations += self.procedures(page)
        return FileReport(page.path, tuple(derivations), (*page.diagnostics, *self._diagnostics))

    def programs(self, page: Page) -> Iterator[DerivationReport]:
        """The loop programs of a file that claim gradients.  Those that were read with errors are not examined."""
        if not page.programs:
            return
        from symderiv.claims import judged_claim
        from symderiv.programs import examined, is_executable, judged_program

        for program in page.programs:
            started = time.perf_counter()
            outcome = None
            if all(finding.code in _OF_FORMULAS for finding in page.diagnostics):
                (outcome,) = self.workers.map(examined, [(program, self.options.seed)])
            seconds = time.perf_counter() - started
            asked = [(program, claim) for claim in program.claims] if is_executable(outcome) else []
            found = judged_program(program, outcome, seconds, self.workers.map(judged_claim, asked))
            self._diagnostics += found.diagnostics
            self.certificates.update(found.certificates)
            yield found.report

    def procedures(self, page: Page) -> Iterator[DerivationReport]:
        """The procedures of a file."""
        if not page.procedures:
            return
        from symderiv.procedures import examined_procedure, judged_procedure

        started = time.perf_counter()
        outcomes = self.workers.map(examined_procedure, page.procedures)
        for procedure, outcome in zip(page.procedures, outcomes, strict=True):
            report, findings = judged_procedure(procedure, outcome, time.perf_counter() - started)
            self._diagnostics += findings
            yield report

    def derivation(self, derivation: Derivation) -> DerivationReport:
        """The steps of a derivation, and its claim."""
        judged_steps = self._steps(derivation)
        checked = iter([self._reported_step(step, v, seconds) for step, (v, _, seconds) in judged_steps])
        self._tell_right_results(judged_steps)
        reports = [_stated(step) if isinstance(step, Stated) else next(checked) for step in derivation.steps]
        if derivation.claim is not None:
            verdict, evidence, seconds = self._claim(derivation.claim, judged_steps)
            self._claims[replace(derivation, name="")] = evidence
            reports.append(self._reported(derivation.claim, verdict, seconds, "claim"))
        return DerivationReport(
            derivation.name,
            derivation.title,
            derivation.source,
            derivation.span.line,
            tuple(latex_of_proposition(a) for a in derivation.context.assumptions),
            tuple(f"{latex(d.name)} := {latex(d.body)}" for d in derivation.context.definitions),
            tuple(reports),
        )

    def _reported_step(self, step: Step, verdict: Verdict, seconds: float) -> StepReport:
        """A step as the text has it."""
        report = self._reported(_as_it_stands(step), verdict, seconds)
        left, relation, right = step.written or (report.left, report.relation, report.right)
        return replace(report, left=left, relation=relation, right=right)

    def _reported(self, statement: Statement, verdict: Verdict, seconds: float, label: str = "") -> StepReport:
        proposition = statement.proposition
        span = statement.span or Span("", 1, 1, 1, 1)
        return StepReport(
            span, latex(proposition.left), proposition.relation.value, latex(proposition.right), verdict, seconds, label
        )

    def _steps(self, derivation: Derivation) -> list[tuple[Step, tuple[Verdict, Evidence | None, float]]]:
        """The verdicts of all steps; those that cite an earlier step of the same chain wait for it."""
        done: dict[int, tuple[Verdict, Evidence | None, float]] = {}
        steps = [step for step in derivation.steps if isinstance(step, Step)]
        labels = {step.label: n for n, step in enumerate(steps) if step.label}
        waiting = [n for n, s in enumerate(steps) if any(isinstance(r, str) and r in labels for r in s.by)]
        for batch in ([n for n in range(len(steps)) if n not in waiting], *([n] for n in waiting)):
            earlier = {label: done[n][1] for label, n in labels.items() if n in done}
            asked: dict[int, Asked] = {}
            for n in batch:
                prepared = self._prepared(steps[n], earlier)
                if isinstance(prepared, Asked):
                    asked[n] = prepared
                else:
                    done[n] = (prepared, None, 0.0)
            done.update(zip(asked, self._asking.answers(list(asked.values())), strict=True))
        while self._ask_again(steps, done, self._refuted(steps, done)):
            pass
        contradicting = self._ask_weaker(steps, done)
        excused = self._ask_for_excuses(steps, done)
        self._ask_again(steps, done, [n for n in contradicting if n not in excused])
        self._ask_past_mistakes(steps, done)
        self._ask_other_readings(steps, done)
        self._ask_converses(steps, done)
        self._ask_past_gaps(steps, done)
        return [
            (step, (self._in_context(step, verdict), evidence, seconds))
            for step, (verdict, evidence, seconds) in ((step, done[n]) for n, step in enumerate(steps))
        ]

    def _in_context(self, step: Step, verdict: Verdict) -> Verdict:
        if step.statement.span in self.doubted and not step.given:
            return Unknown("latex2sympy2, the second reader, makes something else of a side")
        return in_context(step, self._mended(step, verdict))

    def _refuted(self, steps: Sequence[Step], done: dict[int, tuple[Verdict, Evidence | None, float]]) -> list[int]:
        return [n for n, step in enumerate(steps) if isinstance(in_context(step, done[n][0]), Refuted)]

    def _ask_again(
        self, steps: Sequence[Step], done: dict[int, tuple[Verdict, Evidence | None, float]], wrong: Iterable[int]
    ) -> bool:
        """Asks again for what was proved from a step that is wrong; false where nothing more is wrong."""
        found = {proposition for n in wrong for proposition in resting_on(steps, n, self._proofs)} - self._wrong
        self._wrong |= found
        for n, step in enumerate(steps if found else ()):
            rests = isinstance(done[n][0], Proved) and without(step, found) != step
            asked = self._prepared(replace(step, by=()), {}) if rests else None
            if isinstance(asked, Asked):
                (done[n],) = self._asking.answers([asked])
        return bool(found)

    def _ask_other_readings(
        self, steps: Sequence[Step], done: dict[int, tuple[Verdict, Evidence | None, float]]
    ) -> None:
        """Keeps the verdict on a step with several readings only where that on every reading is the same."""
        for n, step in enumerate(steps):
            verdicts = [done[n][0]]
            for statement in step.readings:
                asked = self._prepared(replace(step, statement=statement, readings=()), {})
                verdicts += [self._asking.answers([asked])[0][0] if isinstance(asked, Asked) else asked]
            common = in_all_readings(step, verdicts)
            if isinstance(common, Unread) and step.ambiguity is not None:
                self._diagnostics.append(step.ambiguity)
            done[n] = (common, *done[n][1:])

    def _ask_converses(self, steps: Sequence[Step], done: dict[int, tuple[Verdict, Evidence | None, float]]) -> None:
        """Asks for the other direction of the equivalences of which one is proved."""
        for n, step in enumerate(steps):
            verdict, evidence, seconds = done[n]
            if step.converse is None or not isinstance(verdict, Proved):
                continue
            other: Verdict | Asked = self._prepared(replace(step, statement=step.converse, supposes=()), {})
            if isinstance(other, Asked):
                ((other, found, spent),) = self._asking.answers([other])
                evidence, seconds = evidence if isinstance(other, Proved) else found, seconds + spent
            done[n] = (both_ways(verdict, other), evidence, seconds)

    def _mended(self, step: Step, verdict: Verdict) -> Verdict:
        """A refuted step with what is true instead, where that is proved."""
        if not isinstance(verdict, Refuted) or step.readings or step.written or verdict.reason == NOT_BACK:
            return verdict
        document = self.certificates.get(verdict.certificate)
        model = decode(document).evidence if document is not None else None
        if not isinstance(model, Model):
            return verdict
        edit = self._edit(step, model)
        if edit is None:
            return verdict
        asked = self._prepared(replace(step, statement=edit.statement, by=(), weaker=None), {})
        ((proved, _, _),) = self._asking.answers([asked]) if isinstance(asked, Asked) else ((verdict, None, 0.0),)
        if not isinstance(proved, Proved):
            return verdict
        conditions = f", under {', '.join(f'${c}$' for c in proved.conditions)}" if proved.conditions else ""
        text = latex_of_proposition(edit.statement.proposition)
        words = f"true {edit.words}{conditions}"
        return replace(verdict, repair=text, edit=words, reason=f"{verdict.reason}; {words}")

    def _edit(self, step: Step, model: Model) -> Mended | None:
        """The edit that mends a refuted step, from the cache where it is kept."""
        question = Question(self._asking.encoded(step.statement), (), self.options.seed, not step.complete)
        left_too = not step.continues
        number = recalled_edit(question, left_too) if self.options.cache else None
        if number is None:
            broken = Broken(step.statement, model, self.options.seed, left_too)
            (outcome,) = self.workers.map(repaired, [broken])
            number = outcome.value if isinstance(outcome, Finished) and outcome.value is not None else -1
            if self.options.cache and isinstance(outcome, Finished | TimedOut):
                remembered_edit(question, left_too, number)
        return None if number < 0 else mended(step.statement, left_too, number)

    def _tell_right_results(self, steps: Sequence[tuple[Step, tuple[Verdict, Evidence | None, float]]]) -> None:
        """Says of a chain with a wrong step in it that its ends agree all the same, where that is proved."""
        for chain in chains(steps):
            wrong = [step for step, (verdict, _, _) in chain if isinstance(verdict, Refuted | Gap)]
            ends = ends_of([step for step, _ in chain])
            if not wrong or len(chain) == 1 or ends is None:
                continue
            asked = self._prepared(replace(ends, given=False), {})
            ((verdict, _, _),) = self._asking.answers([asked]) if isinstance(asked, Asked) else ((Given(), None, 0.0),)
            span = wrong[0].statement.span
            if isinstance(verdict, Proved) and span is not None:
                text = latex_of_proposition(ends.statement.proposition)
                message = f"this step is wrong, and yet the chain ends in a right result: {text}"
                self._diagnostics.append(Diagnostic("right-result", span, message))

    def _ask_weaker(self, steps: Sequence[Step], done: dict[int, tuple[Verdict, Evidence | None, float]]) -> list[int]:
        """Looks for values without the hypotheses that are hard to satisfy, where nothing else was found.

        The steps that say of something other than was said of it before are returned: nothing may rest on both.
        """
        asked: dict[int, Asked] = {}
        contradicting: list[int] = []
        doubtful: set[Proposition] = set()
        for n, step in enumerate(steps):
            if step.weaker is not None and isinstance(done[n][0], Unknown | Plausible):
                prepared = self._prepared(replace(step, statement=step.weaker, by=()), {})
                if isinstance(prepared, Asked):
                    asked[n] = prepared
        for n, (verdict, _, seconds) in zip(asked, self._asking.answers(list(asked.values())), strict=True):
            before = steps[n].compares
            if isinstance(verdict, Refuted) and before not in doubtful:
                done[n] = (Gap(verdict.counterexample, NOT_FOLLOWING), None, done[n][2] + seconds)
                contradicting += [n] if before is not None else []
                doubtful |= set(resting_on(steps, n, self._proofs))
        return contradicting

    def _ask_for_excuses(
        self, steps: Sequence[Step], done: dict[int, tuple[Verdict, Evidence | None, float]]
    ) -> set[int]:
        """The steps that may be right: they follow from what is said in passing, or are one of some solutions."""
        found: set[int] = set()
        for n, step in enumerate(steps):
            wrong = isinstance(in_context(step, done[n][0]), Gap) and not step.flaw
            together = [step.mentioned] if len(step.mentioned) > 1 else []
            for mentioned in [*((one,) for one in step.mentioned), *together] if wrong else ():
                supposed = supposing(step, *mentioned)
                alone = self._proved_alone(supposed)
                if alone is not None and not (alone[0].reason.endswith(CONTRADICTORY) and self._proves_all(supposed)):
                    found.add(n)
                    text = ", ".join(map(latex_of_proposition, mentioned))
                    done[n] = (Unknown(f"it follows from ${text}$, which the text only mentions"), None, done[n][2])
                    break
            solved = replace(step, statement=step.solves, supposes=()) if step.solves is not None else None
            if wrong and n not in found and solved is not None and self._proved_alone(solved) is not None:
                found.add(n)
                done[n] = (Unknown("a derivative is zero there, and whether it is elsewhere is open"), None, done[n][2])
        return found

    def _proves_all(self, step: Step) -> bool:
        """True where the hypotheses of a step are contradictory, and not only out of reach of the values tried."""
        absurd = Proposition(Integer(0), Relation.EQUAL, Integer(1))
        return self._proved_alone(replace(step, statement=replace(step.statement, proposition=absurd))) is not None

    def _ask_past_mistakes(self, steps: list[Step], done: dict[int, tuple[Verdict, Evidence | None, float]]) -> None:
        """After a wrong row a chain goes on from the row before it: a mistake is reported where it was made."""
        rests_on_mistake = False
        for n in range(1, len(steps)):
            settled = isinstance(done[n][0], Proved | Given | Unread)
            wrong = rests_on_mistake or isinstance(in_context(steps[n - 1], done[n - 1][0]), Refuted | Gap)
            rests_on_mistake = False
            if settled or not wrong:
                continue
            step = (past if steps[n].continues else on_its_own)(steps[n - 1], steps[n])
            prepared = None if step is None else self._prepared(step, {})
            if step is None or not isinstance(prepared, Asked):
                continue
            ((verdict, evidence, seconds),) = self._asking.answers([prepared])
            if isinstance(verdict, Proved) and steps[n].continues:
                steps[n] = step
                verdict = replace(verdict, reason=f"from the row before the mistake: {verdict.reason}")
                done[n] = (verdict, evidence, seconds)
            elif isinstance(verdict, Proved):
                rests_on_mistake = True
                done[n] = (Unknown("it follows from the relation before it, which is wrong"), None, seconds)

    def _ask_past_gaps(self, steps: Sequence[Step], done: dict[int, tuple[Verdict, Evidence | None, float]]) -> None:
        """What is proved only from a step that is not proved needs that step; so does what rests on it in turn.

        Where no values were found with which that step holds, it shows nothing.
        """
        for n, step in enumerate(steps):
            verdict, evidence, seconds = done[n]
            settled = isinstance(in_context(step, verdict), Given | Proved | Refuted)
            if not settled or (step.is_solution and not isinstance(verdict, Refuted)):
                says = latex_of_proposition(said_by(step))
                needed = [says if step.written is None else " ".join(step.written)]
                self._need(resting_on(steps, n, self._proofs), needed)
            if not isinstance(verdict, Proved):
                continue
            if not self._wrong.isdisjoint(step.rests_on):
                done[n] = (Unknown("what is put in for a function in it is wrong"), None, seconds)
                continue
            needed = [text for stated in step.rests_on for text in self._gaps.get(stated, [])]
            bare = without(step, self._gaps.keys())
            alone = self._proved_alone(bare) if bare != step else None
            if alone is not None:
                verdict, evidence, seconds = done[n] = alone
            elif bare != step:
                gaps = (texts for gap, texts in self._gaps.items() if without(step, {gap}) != step)
                needed += [text for texts in gaps for text in texts]
            if needed and isinstance(verdict, Proved) and step.proof:
                rows = "; ".join(f"${text}$" for text in dict.fromkeys(needed))
                done[n] = (Unknown(f"it follows from its proof, in which this is not proved: {rows}"), None, seconds)
            elif needed and isinstance(verdict, Proved) and verdict.reason.endswith(CONTRADICTORY):
                done[n] = (Unknown(f"it follows from what is not proved: {verdict.reason}"), None, seconds)
            elif needed and isinstance(verdict, Proved):
                conditions = tuple(dict.fromkeys((*verdict.conditions, *needed)))
                done[n] = (replace(verdict, conditions=conditions), evidence, seconds)
                self._need(resting_on(steps, n, self._proofs), needed)

    def _need(self, stated: Iterable[Proposition], needed: Sequence[str]) -> None:
        """Has propositions need what is not proved, besides what they need already."""
        for proposition in stated:
            self._gaps[proposition] = [*dict.fromkeys((*self._gaps.get(proposition, ()), *needed))]

    def _proved_alone(self, step: Step) -> tuple[Verdict, Evidence | None, float] | None:
        """The proof of a step as it stands; None of equivalences and several readings, of which one says too little."""
        if step.converse is not None or step.readings:
            return None
        asked = self._prepared(replace(step, by=(), weaker=None), {})
        (found,) = self._asking.answers([asked]) if isinstance(asked, Asked) else ((asked, None, 0.0),)
        return found if isinstance(found[0], Proved) else None

    def _prepared(self, step: Step, earlier: Mapping[str, Evidence | None]) -> Asked | Verdict:
        if step.given:
            return Given()
        step = without(step, self._wrong)
        try:
            encoded = self._asking.encoded(step.statement)
        except LanguageError as error:
            return self._unread(step.statement, error)
        theorems: list[tuple[str, Sequent]] = []
        reasons: list[str] = []
        cited: list[tuple[str, str]] = []
        for reason in step.by:
            match reason:
                case Citation(name, _, derivation):
                    evidence, words = self._cited(derivation), name
                case str() if reason in earlier:
                    evidence, words = earlier[reason], reason
                case str() if reason in rules():
                    reasons.append(reason)
                    continue
                case Proposition():
                    if reason not in step.statement.context.assumptions:
                        return Unknown("the reason given is not among the assumptions")
                    continue
                case _:
                    return Unknown(f"the reason given, {reason}, is neither a rule nor a step before this one")
            if evidence is None or evidence.sequent is None:
                return Unknown(f"the result cited, {words}, is not proved")
            theorems.append((evidence.name, evidence.sequent))
            cited.append((evidence.name, words))
        encoded = merged(encoded, [self._asking.encoded(statement) for statement in _cited_statements(step)])
        return Asked(step.statement, encoded, tuple(theorems), tuple(reasons), tuple(cited), not step.complete)

    def _unread(self, statement: Statement, error: LanguageError) -> Verdict:
        if statement.span is not None:
            self._diagnostics.append(Diagnostic("not-in-language", statement.span, str(error), error.hint))
        return Unread(str(error))

    def _cited(self, derivation: Derivation) -> Evidence | None:
        """The certificate of the claim of another derivation, which is checked if it was not yet."""
        known = replace(derivation, name="")
        if known not in self._claims:
            self._claims[known] = None
            self.derivation(derivation)
        return self._claims[known]

    def _claim(
        self, claim: Statement, steps: Sequence[tuple[Step, tuple[Verdict, Evidence | None, float]]]
    ) -> tuple[Verdict, Evidence | None, float]:
        """The claim: by transitivity where the chain leads from its left side to its right, else from the steps."""
        try:
            encoded = self._asking.encoded(claim)
        except LanguageError as error:
            return self._unread(claim, error), None, 0.0
        links = [(e.name, e.sequent) for _, (_, e, _) in steps if e is not None and e.sequent is not None]
        involved = [part for step, _ in steps if not step.given for part in (step.statement, *_cited_statements(step))]
        encoded = merged(encoded, [self._asking.encoded(statement) for statement in involved])
        if steps and len(links) != len(steps):
            return Unknown("a step of the chain is not proved"), None, 0.0
        if links:
            try:
                answer = conclude(encoded, links, composed(links, encoded.conclusion))
            except KernelError:
                answer = None
            if answer is not None:
                verdict, evidence = self._asking.accepted(encoded, Finished(answer))
                return verdict, evidence, 0.0
        return self._asking.answers([Asked(claim, encoded, tuple(links))])[0]
