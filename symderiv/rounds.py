"""What is asked of the steps of a derivation, round by round: what follows for a step from the answers to others.

Each round looks at the verdicts so far and asks again where they bear on each other: nothing may rest on what is
wrong, what rests on a gap needs it, and a mistake is told where it was made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from sympy import Integer

from symderiv.answers import CONTRADICTORY, NOT_FOLLOWING, Evidence
from symderiv.asking import Asked, Asking, Judgement
from symderiv.kernel.certificates import decode
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Model
from symderiv.language.encode import latex_of_proposition
from symderiv.language.written import LanguageError
from symderiv.memory import recalled_edit, remembered_edit
from symderiv.model.derivation import Citation, Derivation, Mention, Step
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.span import Span
from symderiv.model.statement import Proposition, Relation, Statement
from symderiv.model.verdict import Gap, Given, Plausible, Proved, Refuted, Unknown, Unread, Verdict
from symderiv.repair import Broken, Mended, mended, repaired
from symderiv.rules.registry import rules
from symderiv.runner import Finished, TimedOut
from symderiv.search import Question, merged
from symderiv.steps import (
    NOT_BACK,
    both_ways,
    in_all_readings,
    in_context,
    on_its_own,
    past,
    resting_on,
    said_by,
    supposing,
    without,
)


class Rounds:
    """The rounds of one file.

    `cited` gives the certificate of the claim of another derivation; `diagnostics` takes what is to be said of places.
    `doubted` are the places of relations that the second reader reads otherwise.
    """

    def __init__(
        self,
        asking: Asking,
        derivations: Sequence[Derivation],
        cited: Callable[[Derivation], Evidence | None],
        diagnostics: list[Diagnostic],
        doubted: frozenset[Span],
    ) -> None:
        self._asking, self._cited, self._diagnostics, self._doubted = asking, cited, diagnostics, doubted
        self._proofs = [step.proof for d in derivations for step in d.steps if isinstance(step, Step) and step.proof]
        """The rows that lead to the claims."""
        self._wrong: set[Proposition] = set()
        """What was refuted: nothing that follows may rest on it."""
        self._gaps: dict[Proposition, list[str]] = {}
        """What is not proved, and what rests on that: what is to be said of both."""

    def judged(self, derivation: Derivation) -> list[tuple[Step, Judgement]]:
        """The verdicts of all steps; those that cite an earlier step of the same chain wait for it."""
        done: dict[int, Judgement] = {}
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
        if step.statement.span in self._doubted and not step.given:
            return Unknown("latex2sympy2, the second reader, makes something else of a side")
        return in_context(step, self._mended(step, verdict))

    def _refuted(self, steps: Sequence[Step], done: dict[int, Judgement]) -> list[int]:
        return [n for n, step in enumerate(steps) if isinstance(in_context(step, done[n][0]), Refuted)]

    def _ask_again(self, steps: Sequence[Step], done: dict[int, Judgement], wrong: Iterable[int]) -> bool:
        """Asks again for what was proved from a step that is wrong; false where nothing more is wrong."""
        found = {proposition for n in wrong for proposition in resting_on(steps, n, self._proofs)} - self._wrong
        self._wrong |= found
        for n, step in enumerate(steps if found else ()):
            if isinstance(done[n][0], Proved) and without(step, found) != step:
                done[n] = self.answered(replace(step, by=()))
        return bool(found)

    def _ask_weaker(self, steps: Sequence[Step], done: dict[int, Judgement]) -> list[int]:
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

    def _ask_for_excuses(self, steps: Sequence[Step], done: dict[int, Judgement]) -> set[int]:
        """The steps that may be right: they follow from what is said in passing, or are one of some solutions."""
        found: set[int] = set()
        for n, step in enumerate(steps):
            wrong = isinstance(in_context(step, done[n][0]), Gap | Refuted) and not step.flaw
            words = self._excuse(step) if wrong and step.mentioned else ""
            if words:
                found.add(n)
                done[n] = (Unknown(f"it follows from {words}"), None, done[n][2])
            solved = replace(step, statement=step.solves, supposes=()) if step.solves is not None else None
            if wrong and n not in found and solved is not None and self._proved_alone(solved) is not None:
                found.add(n)
                done[n] = (Unknown("a derivative is zero there, and whether it is elsewhere is open"), None, done[n][2])
        return found

    def _excuse(self, step: Step) -> str:
        """From what that a text says in passing a step follows; nothing where it does not."""
        several = [*step.mentioned] if len(step.mentioned) == 1 or self._follows_from(step, step.mentioned) else []
        for mention in several:
            if self._follows_from(step, [mention]):
                return mention.words
        return ", ".join(mention.words for mention in several) if len(several) > 1 else ""

    def _follows_from(self, step: Step, mentions: Sequence[Mention]) -> bool:
        supposed = supposing(step, *(stated for mention in mentions for stated in mention.stated))
        alone = self._proved_alone(supposed)
        return alone is not None and not (alone[0].reason.endswith(CONTRADICTORY) and self._proves_all(supposed))

    def _proves_all(self, step: Step) -> bool:
        """True where the hypotheses of a step are contradictory, and not only out of reach of the values tried."""
        absurd = Proposition(Integer(0), Relation.EQUAL, Integer(1))
        return self._proved_alone(replace(step, statement=replace(step.statement, proposition=absurd))) is not None

    def _ask_past_mistakes(self, steps: list[Step], done: dict[int, Judgement]) -> None:
        """After a wrong row a chain goes on from the row before it: a mistake is reported where it was made."""
        rests_on_mistake = False
        for n in range(1, len(steps)):
            settled = isinstance(done[n][0], Proved | Given | Unread)
            wrong = rests_on_mistake or isinstance(in_context(steps[n - 1], done[n - 1][0]), Refuted | Gap)
            rests_on_mistake = False
            if settled or not wrong:
                continue
            step = (past if steps[n].continues else on_its_own)(steps[n - 1], steps[n])
            if step is None:
                continue
            verdict, evidence, seconds = self.answered(step)
            if isinstance(verdict, Proved) and steps[n].continues:
                steps[n] = step
                verdict = replace(verdict, reason=f"from the row before the mistake: {verdict.reason}")
                done[n] = (verdict, evidence, seconds)
            elif isinstance(verdict, Proved):
                rests_on_mistake = True
                done[n] = (Unknown("it follows from the relation before it, which is wrong"), None, seconds)

    def _ask_other_readings(self, steps: Sequence[Step], done: dict[int, Judgement]) -> None:
        """Keeps the verdict on a step with several readings only where that on every reading is the same."""
        for n, step in enumerate(steps):
            verdicts = [done[n][0]]
            for statement in step.readings:
                verdicts.append(self.answered(replace(step, statement=statement, readings=()))[0])
            common = in_all_readings(step, verdicts)
            if isinstance(common, Unread) and step.ambiguity is not None:
                self._diagnostics.append(step.ambiguity)
            done[n] = (common, *done[n][1:])

    def _ask_converses(self, steps: Sequence[Step], done: dict[int, Judgement]) -> None:
        """Asks for the other direction of the equivalences of which one is proved."""
        for n, step in enumerate(steps):
            verdict, evidence, seconds = done[n]
            if step.converse is None or not isinstance(verdict, Proved):
                continue
            other, found, spent = self.answered(replace(step, statement=step.converse, supposes=()))
            evidence, seconds = evidence if isinstance(other, Proved) else found, seconds + spent
            done[n] = (both_ways(verdict, other), evidence, seconds)

    def _ask_past_gaps(self, steps: Sequence[Step], done: dict[int, Judgement]) -> None:
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

    def _proved_alone(self, step: Step) -> Judgement | None:
        """The proof of a step as it stands; None of equivalences and several readings, of which one says too little."""
        if step.converse is not None or step.readings:
            return None
        found = self.answered(replace(step, by=(), weaker=None))
        return found if isinstance(found[0], Proved) else None

    def _mended(self, step: Step, verdict: Verdict) -> Verdict:
        """A refuted step with what is true instead, where that is proved."""
        if not isinstance(verdict, Refuted) or step.readings or step.written or verdict.reason == NOT_BACK:
            return verdict
        document = self._asking.certificates.get(verdict.certificate)
        model = decode(document).evidence if document is not None else None
        if not isinstance(model, Model):
            return verdict
        edit = self._edit(step, model)
        if edit is None:
            return verdict
        proved, _, _ = self.answered(replace(step, statement=edit.statement, by=(), weaker=None))
        if not isinstance(proved, Proved):
            return verdict
        conditions = f", under {', '.join(f'${c}$' for c in proved.conditions)}" if proved.conditions else ""
        text = latex_of_proposition(edit.statement.proposition)
        words = f"true {edit.words}{conditions}"
        return replace(verdict, repair=text, edit=words, reason=f"{verdict.reason}; {words}")

    def _edit(self, step: Step, model: Model) -> Mended | None:
        """The edit that mends a refuted step, from the cache where it is kept."""
        question = Question(self._asking.encoded(step.statement), (), self._asking.options.seed, not step.complete)
        left_too = not step.continues
        number = recalled_edit(question, left_too) if self._asking.options.cache else None
        if number is None:
            broken = Broken(step.statement, model, self._asking.options.seed, left_too)
            (outcome,) = self._asking.workers.map(repaired, [broken])
            number = outcome.value if isinstance(outcome, Finished) and outcome.value is not None else -1
            if self._asking.options.cache and isinstance(outcome, Finished | TimedOut):
                remembered_edit(question, left_too, number)
        return None if number < 0 else mended(step.statement, left_too, number)

    def answered(self, step: Step) -> Judgement:
        """The verdict on a step alone, which cites no other one."""
        asked = self._prepared(step, {})
        return self._asking.answers([asked])[0] if isinstance(asked, Asked) else (asked, None, 0.0)

    def _prepared(self, step: Step, earlier: Mapping[str, Evidence | None]) -> Asked | Verdict:
        if step.given:
            return Given()
        step = without(step, self._wrong)
        try:
            encoded = self._asking.encoded(step.statement)
        except LanguageError as error:
            return self.unread(step.statement, error)
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
        encoded = merged(encoded, [self._asking.encoded(statement) for statement in cited_statements(step)])
        return Asked(step.statement, encoded, tuple(theorems), tuple(reasons), tuple(cited), not step.complete)

    def unread(self, statement: Statement, error: LanguageError) -> Verdict:
        if statement.span is not None:
            self._diagnostics.append(Diagnostic("not-in-language", statement.span, str(error), error.hint))
        return Unread(str(error))


def cited_statements(step: Step) -> list[Statement]:
    """The statements behind the results that a step cites: their words bring definitions along."""
    found: list[Statement] = []
    for reason in step.by:
        if isinstance(reason, Citation):
            found.append(reason.statement)
            for inner in reason.derivation.steps:
                if isinstance(inner, Step):
                    found.extend((inner.statement, *cited_statements(inner)))
    return found
