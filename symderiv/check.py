"""The whole flow, top to bottom: files to pages, steps to questions, answers to verdicts, verdicts to a report.

read -> encode -> search (in worker processes) -> replay -> verdict (the three in `asking.py`)
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sympy import latex

from symderiv import __version__
from symderiv.answers import Evidence
from symderiv.asking import Asked, Asking, Judgement
from symderiv.chain import composed
from symderiv.clerks import Clerks, Runners
from symderiv.explanations import explain
from symderiv.idle import idle_hypotheses
from symderiv.kernel.certificates import replay_certificates
from symderiv.kernel.errors import KernelError
from symderiv.language.encode import latex_of_proposition
from symderiv.language.written import LanguageError
from symderiv.model.derivation import Derivation, Stated, Step
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.page import Page
from symderiv.model.report import DerivationReport, FileReport, Report, StepReport, divided
from symderiv.model.span import Span
from symderiv.model.statement import Statement
from symderiv.model.verdict import Gap, JsonValue, Proved, Refuted, Unknown, Verdict
from symderiv.options import Options
from symderiv.reading import prepare, read_pages, whole_documents
from symderiv.rounds import Rounds, cited_statements
from symderiv.runner import Finished, Runner, Workers
from symderiv.search import conclude, merged, ready
from symderiv.steps import chains, ends_of, proofs_first
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
        run = _Run(Page(span.path, (derivation,)), workers, options)
        file = run.report()
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
    run = _Run(page, searching, task.options, task.doubted)
    return _Filed(task.number, divided(run.report(), page.inputs), run.certificates)


_OF_FORMULAS = frozenset({"unread", "ambiguous"})
"""Codes of findings in the formulas of a document, which say nothing of its loops."""


class _Run:
    """One run over a file."""

    def __init__(self, page: Page, workers: Runner, options: Options, doubted: frozenset[Span] = frozenset()) -> None:
        self._page, self._workers, self._options = page, workers, options
        self._asking = Asking(workers, options)
        self._diagnostics: list[Diagnostic] = []
        self._claims: dict[Derivation, Evidence | None] = {}
        self._rounds = Rounds(self._asking, page.derivations, self._cited, self._diagnostics, doubted)

    @property
    def certificates(self) -> dict[str, JsonValue]:
        """The certificates that have been replayed so far."""
        return self._asking.certificates

    def report(self) -> FileReport:
        """Everything in the file."""
        page = self._page
        self._asking.foresee(page.derivations)
        reports = {place: self.derivation(page.derivations[place]) for place in proofs_first(page.derivations)}
        derivations = [reports[place] for place in range(len(reports))]
        for derivation, report in zip(page.derivations, derivations, strict=True) if self._options.idle else ():
            self._diagnostics += idle_hypotheses(derivation, report, self.certificates, self._asking.encoded)
        derivations += self.programs()
        derivations += self.procedures()
        return FileReport(page.path, tuple(derivations), (*page.diagnostics, *self._diagnostics))

    def programs(self) -> Iterator[DerivationReport]:
        """The loop programs of a file that claim gradients.  Those that were read with errors are not examined."""
        if not self._page.programs:
            return
        from symderiv.claims import judged_claim
        from symderiv.programs import examined, is_executable, judged_program

        for program in self._page.programs:
            started = time.perf_counter()
            outcome = None
            if all(finding.code in _OF_FORMULAS for finding in self._page.diagnostics):
                (outcome,) = self._workers.map(examined, [(program, self._options.seed)])
            seconds = time.perf_counter() - started
            asked = [(program, claim) for claim in program.claims] if is_executable(outcome) else []
            found = judged_program(program, outcome, seconds, self._workers.map(judged_claim, asked))
            self._diagnostics += found.diagnostics
            self.certificates.update(found.certificates)
            yield found.report

    def procedures(self) -> Iterator[DerivationReport]:
        """The procedures of a file."""
        if not self._page.procedures:
            return
        from symderiv.procedures import examined_procedure, judged_procedure

        started = time.perf_counter()
        outcomes = self._workers.map(examined_procedure, self._page.procedures)
        for procedure, outcome in zip(self._page.procedures, outcomes, strict=True):
            report, findings = judged_procedure(procedure, outcome, time.perf_counter() - started)
            self._diagnostics += findings
            yield report

    def derivation(self, derivation: Derivation) -> DerivationReport:
        """The steps of a derivation, and its claim."""
        judged_steps = self._rounds.judged(derivation)
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

    def _tell_right_results(self, steps: Sequence[tuple[Step, Judgement]]) -> None:
        """Says of a chain with a wrong step in it that its ends agree all the same, where that is proved."""
        for chain in chains(steps):
            wrong = [step for step, (verdict, _, _) in chain if isinstance(verdict, Refuted | Gap)]
            ends = ends_of([step for step, _ in chain])
            if not wrong or len(chain) == 1 or ends is None:
                continue
            verdict, _, _ = self._rounds.answered(replace(ends, given=False))
            span = wrong[0].statement.span
            if isinstance(verdict, Proved) and span is not None:
                text = latex_of_proposition(ends.statement.proposition)
                message = f"this step is wrong, and yet the chain ends in a right result: {text}"
                self._diagnostics.append(Diagnostic("right-result", span, message))

    def _cited(self, derivation: Derivation) -> Evidence | None:
        """The certificate of the claim of another derivation, which is checked if it was not yet."""
        known = replace(derivation, name="")
        if known not in self._claims:
            self._claims[known] = None
            self.derivation(derivation)
        return self._claims[known]

    def _claim(self, claim: Statement, steps: Sequence[tuple[Step, Judgement]]) -> Judgement:
        """The claim: by transitivity where the chain leads from its left side to its right, else from the steps."""
        try:
            encoded = self._asking.encoded(claim)
        except LanguageError as error:
            return self._rounds.unread(claim, error), None, 0.0
        links = [(e.name, e.sequent) for _, (_, e, _) in steps if e is not None and e.sequent is not None]
        involved = [part for step, _ in steps if not step.given for part in (step.statement, *cited_statements(step))]
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
