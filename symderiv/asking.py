"""Questions and their answers: from the cache, or from a search; every certificate is replayed before it counts."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from symderiv.answers import Evidence, Judged, judged
from symderiv.kernel.inferences import Sequent
from symderiv.language.encode import Encoded, encode
from symderiv.language.written import LanguageError
from symderiv.memory import recalled, remembered
from symderiv.model.derivation import Derivation, Step
from symderiv.model.statement import Statement
from symderiv.model.verdict import Gap, JsonValue, Proved, Unknown, Verdict
from symderiv.options import Options
from symderiv.rules.registry import in_words
from symderiv.runner import Finished, Outcome, Runner, TimedOut
from symderiv.search import Answer, NothingFound, Question, ValuesDiffer, search

Judgement = tuple[Verdict, Evidence | None, float]
"""A verdict, the evidence behind it, and the seconds that it took."""


@dataclass
class Asked:
    """A statement on its way: its encoding, the theorems that it may cite, and the reasons that the author gave."""

    statement: Statement
    encoded: Encoded
    theorems: tuple[tuple[str, Sequent], ...] = ()
    reasons: tuple[str, ...] = ()
    cited: tuple[tuple[str, str], ...] = ()
    lenient: bool = False


class Asking:
    """What was asked in one run, what came of it, and the certificates that have been replayed so far."""

    def __init__(self, workers: Runner, options: Options) -> None:
        self.workers, self.options = workers, options
        self.certificates: dict[str, JsonValue] = {}
        self._sequents: dict[str, Sequent] = {}
        self._encoded: dict[int, tuple[Statement, Encoded]] = {}
        self._foreseen: dict[Question, tuple[Outcome[Answer], float]] = {}
        self._recalled: dict[Question, Answer | TimedOut | None] = {}

    def encoded(self, statement: Statement) -> Encoded:
        """The statement for the kernel; each is encoded once."""
        known = self._encoded.get(id(statement))
        if known is None:
            known = self._encoded[id(statement)] = (statement, encode(statement))
        return known[1]

    def foresee(self, derivations: Iterable[Derivation]) -> None:
        """Asks what all derivations of a file ask first at once: one chain need not wait for the slowest step before.

        What turns out to be wrong on the way changes some of these questions; those are asked anew.
        """
        self._foreseen, self._recalled = {}, {}
        questions: dict[Question, None] = {}
        steps = (step for derivation in derivations for step in derivation.steps if isinstance(step, Step))
        for step in (step for step in steps if not step.given and not step.by):
            with suppress(LanguageError):
                question = Question(self.encoded(step.statement), (), self.options.seed, not step.complete)
                if self._answer_kept(question) is None:
                    questions[question] = None
        self._foreseen = dict(zip(questions, self._searched(list(questions)), strict=True))

    def _searched(self, questions: Sequence[Question]) -> Iterator[tuple[Outcome[Answer], float]]:
        """What comes of searches, and the seconds of each; it is kept, whether it is asked for again or not."""
        started = time.perf_counter()
        for question, outcome in zip(questions, self.workers.map(search, questions), strict=True):
            if self.options.cache:
                remembered(question, outcome)
            yield outcome, time.perf_counter() - started
            started = time.perf_counter()

    def _outcomes(self, questions: Sequence[Question]) -> Iterator[tuple[Outcome[Answer], float]]:
        """What came of searches before, or comes of them now."""
        asked = self._searched([question for question in questions if question not in self._foreseen])
        for question in questions:
            yield self._foreseen[question] if question in self._foreseen else next(asked)

    def _answer_kept(self, question: Question) -> Answer | TimedOut | None:
        if question not in self._recalled:
            self._recalled[question] = recalled(question, self.options.timeout) if self.options.cache else None
        return self._recalled[question]

    def answers(self, asked: Sequence[Asked]) -> list[Judgement]:
        """Verdicts for statements: from the cache where it holds a certificate that replays, else from a search."""
        questions = [Question(a.encoded, a.theorems, self.options.seed, a.lenient) for a in asked]
        found: dict[int, Judgement] = {}
        for n, question in enumerate(questions):
            kept = self._kept(asked[n], question)
            if kept is not None:
                found[n] = kept
        missing = [n for n in range(len(questions)) if n not in found]
        outcomes = self._outcomes([questions[n] for n in missing])
        for n, (outcome, seconds) in zip(missing, outcomes, strict=True):
            verdict, evidence = self.accepted(asked[n].encoded, outcome)
            found[n] = _by_reason(asked[n], verdict, evidence), evidence, seconds
        return [found[n] for n in range(len(questions))]

    def _kept(self, asked: Asked, question: Question) -> Judgement | None:
        """The verdict by the answer in the cache; None where there is none, or one that does not replay."""
        answer = self._answer_kept(question)
        if answer is None:
            return None
        outcome = answer if isinstance(answer, TimedOut) else Finished(answer)
        verdict, evidence = self.accepted(asked.encoded, outcome)
        replays = isinstance(verdict, Gap) if isinstance(answer, ValuesDiffer) else evidence is not None
        if not replays and not isinstance(answer, NothingFound | TimedOut):
            return None
        return _by_reason(asked, verdict, evidence), evidence, 0.0

    def accepted(self, encoded: Encoded, outcome: Outcome[Answer]) -> Judged:
        """The verdict by an answer; its certificate is kept for the report and for later citations."""
        verdict, evidence = judged(encoded, outcome, self._sequents)
        if evidence is not None:
            self.certificates[evidence.name] = evidence.document
            if evidence.sequent is not None:
                self._sequents[evidence.name] = evidence.sequent
        return verdict, evidence


def _by_reason(asked: Asked, verdict: Verdict, evidence: Evidence | None) -> Verdict:
    """A proof must rest on the reasons that the author gave, where there are any."""
    if not isinstance(verdict, Proved):
        return verdict
    absent = [in_words((reason,)) for reason in asked.reasons if reason not in verdict.rules]
    document = evidence.document if evidence is not None else None
    used = document.get("theorems") if isinstance(document, dict) else None
    absent += [words for name, words in asked.cited if not isinstance(used, list) or name not in used]
    if absent:
        return Unknown(f"it does not follow by {', '.join(absent)}; it is true by: {verdict.reason}")
    return verdict
