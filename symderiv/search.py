"""From an encoded statement to a certificate: conditions first, then the provers by cost, then the refuters.

Nothing here is trusted.  It runs in a worker process; the parent replays what it returns.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from random import Random

import symderiv.provers
import symderiv.refuters
from symderiv.collect import collect
from symderiv.conditions import (
    guarded_divisors,
    shows,
    with_conditions,
    with_definedness,
    with_meaningful_assumptions,
    without_circles,
)
from symderiv.kernel.definedness import definedness
from symderiv.kernel.errors import Exhausted, KernelError, Rejected, Undefined
from symderiv.kernel.facts import head_of
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Model
from symderiv.kernel.replay import Proof, replay_proof
from symderiv.kernel.terms import Forall, Relation, Term, key
from symderiv.language.encode import Encoded, Fact
from symderiv.provers.contradictions import (
    is_known,
    needs_of_values,
    with_known_values,
    with_values,
    without_contradictions,
    without_values,
)
from symderiv.provers.equality import is_equation
from symderiv.provers.known_moments import with_known_moments
from symderiv.provers.pruning import pruned, rests_on
from symderiv.provers.task import Found, Prover, Task
from symderiv.refuters.chosen_values import chooses_values
from symderiv.refuters.finite import search as search_models
from symderiv.refuters.finite import sequent
from symderiv.refuters.random_models import models
from symderiv.refuters.task import Refuter
from symderiv.second_opinion import Disagreement, opinion

CHEAP = 2
"""What provers may cost that are asked once more, under the condition that nothing divided by is 0."""
MOST_EQUATIONS = 4
"""How many of the equations for one quantity are tried alone."""


@dataclass(frozen=True)
class Question:
    """What a worker is asked: the statement, the cited theorems by certificate, the seed of random instances."""

    encoded: Encoded
    theorems: tuple[tuple[str, Sequent], ...] = ()
    seed: int = 0
    lenient: bool = False
    """True where a proof under conditions is wanted rather than values that violate them."""


@dataclass(frozen=True)
class ProofFound:
    """A proof, the conditions it needs beyond the hypotheses, the rules in reading order, the instances checked.

    `instances` is None where nothing was evaluated; 0 means that no values were found at which the hypotheses hold.
    """

    goal: Sequent
    proof: Proof
    conditions: tuple[Term, ...]
    rules: tuple[str, ...]
    instances: int | None


@dataclass(frozen=True)
class CounterexampleFound:
    """A model at which the hypotheses hold and the conclusion does not."""

    goal: Sequent
    model: Model


@dataclass(frozen=True)
class NothingFound:
    """What was tried; `instances` random instances agree."""

    attempts: tuple[str, ...]
    instances: int


@dataclass(frozen=True)
class ValuesDiffer:
    """A model at which the sides do not agree, once the series and integrals in them have their values.

    Where some have none that are `known`, a model in which all of them may have any.
    """

    goal: Sequent
    model: Model
    known: bool


Answer = ProofFound | ValuesDiffer | CounterexampleFound | NothingFound | Disagreement


@cache
def provers() -> list[Prover]:
    """All provers by their cost."""
    return sorted(collect(symderiv.provers, Prover), key=lambda p: (p.cost, p.name))


@cache
def refuters() -> list[Refuter]:
    """All refuters by their cost."""
    return sorted(collect(symderiv.refuters, Refuter), key=lambda r: (r.cost, r.name))


def ready() -> None:
    """Imports all that a search may try, so that no fork of this process has to."""
    provers()
    refuters()


def search(question: Question) -> Answer:
    """The answer to a question."""
    encoded = question.encoded
    attempts: list[str] = []
    try:
        task, open_needs = with_conditions(_task(question))
    except (Exhausted, RecursionError):
        return _by_less(question) or NothingFound(("what it needs to be defined (too long)",), 0)
    meant = _with_meaning(task)
    task, open_needs = _without_other_cases(task, open_needs)
    for attempt in attempts_for(task, question.lenient):
        attempts.append(attempt.name)
        try:
            if isinstance(attempt, Refuter):
                model = attempt.search(meant, question.seed)
                if model is not None:
                    under = _under_divisors(question) or _under_convergence(question)
                    return under or CounterexampleFound(sequent(encoded), model)
            elif not open_needs:
                found = attempt.search(task)
                answer = None if found is None else _settled(task, found, question.seed)
                if answer is not None:
                    return answer
        except (Exhausted, RecursionError):
            attempts[-1] += " (too long)"
    under = _under_divisors(question) or _by_one_equation(question) or _under_convergence(question)
    if under is not None:
        return under
    if with_values(encoded):
        reduced = list(with_known_values(task))
        for asked in reduced or [without_values(encoded)]:
            model = search_models(asked, question.seed)
            if model is not None:
                return ValuesDiffer(sequent(asked), model, bool(reduced) and is_known(asked.conclusion))
    known = with_known_moments(task)
    model = None if known is None else search_models(known, question.seed)
    if known is not None and model is not None:
        return ValuesDiffer(sequent(known), model, known=False)
    return NothingFound(tuple(attempts), _agreements(task, question.seed))


def _without_other_cases(task: Task, open_needs: tuple[Term, ...]) -> tuple[Task, tuple[Term, ...]]:
    """The task without assumptions that say nothing where the others hold: what divides by x where x = 0 is assumed."""
    if not _is_contradicted(task, task.conditions):
        return task, open_needs
    bare = replace(task, conditions=())
    without = _open_ended(bare)
    kept = tuple(fact for fact in task.encoded.assumptions if fact not in without)
    try:
        return with_conditions(replace(bare, encoded=replace(task.encoded, assumptions=kept)))
    except (Exhausted, RecursionError):
        return task, open_needs


def _open_ended(bare: Task) -> list[Fact]:
    """The assumptions that say nothing without conditions."""
    known, algebra = sorted(bare.hypotheses, key=key), bare.normalizer(())
    needs = ((f, definedness(f.proposition, known)) for f in bare.encoded.assumptions)
    return [fact for fact, needed in needs if not all(shows(algebra, need) for need in needed)]


def _with_meaning(task: Task) -> Encoded:
    """What is stated, with what its assumptions need to say something, such as n != 1 where one divides by n - 1."""
    needed = with_meaningful_assumptions(replace(task, conditions=())).conditions
    encoded = task.encoded
    return replace(encoded, assumptions=(*encoded.assumptions, *needed)) if needed else encoded


def _task(question: Question) -> Task:
    """What is asked, without assumptions that cannot hold."""
    return Task(without_circles(without_contradictions(question.encoded)), theorems=question.theorems)


def proof_of(question: Question) -> ProofFound | None:
    """A proof, without a search for counterexamples."""
    try:
        task, open_needs = with_conditions(_task(question))
    except (Exhausted, RecursionError):
        return None
    return None if open_needs else _proved(task, question.seed)


def _by_less(question: Question) -> ProofFound | None:
    """A proof without the assumed equations, where these are too long to be put into each other."""
    encoded = question.encoded
    kept = tuple(fact for fact in encoded.assumptions if not is_equation(fact.proposition))
    if kept == encoded.assumptions:
        return None
    answer = search(replace(question, encoded=replace(encoded, assumptions=kept)))
    return answer if isinstance(answer, ProofFound) else None


def _by_one_equation(question: Question) -> ProofFound | None:
    """A proof in which one of the several equations that are assumed for a quantity stands for all of them."""
    encoded = without_contradictions(question.encoded)
    by_name: dict[str, list[Fact]] = {}
    for fact in encoded.assumptions:
        stated = fact.proposition
        while isinstance(stated, Forall):
            stated = stated.body
        name = head_of(stated.left) if isinstance(stated, Relation) and stated.kind == "=" else None
        if name is not None:
            by_name.setdefault(name, []).append(fact)
    several = max(by_name.values(), key=len, default=[])
    if len(several) < 2:
        return None
    # The last one that was said is the likeliest to be meant.
    for chosen in several[: -MOST_EQUATIONS - 1 : -1]:
        kept = tuple(fact for fact in encoded.assumptions if fact is chosen or fact not in several)
        found = _cheaply(_task(replace(question, encoded=replace(encoded, assumptions=kept))), question.seed)
        if found is not None:
            return found
    return None


def _under_divisors(question: Question) -> ProofFound | None:
    """A proof of what fails only where something that is divided by is 0."""
    task = _task(question)
    divisors = guarded_divisors(task)
    return _cheaply(task, question.seed, divisors) if divisors else None


def _under_convergence(question: Question) -> ProofFound | None:
    """A proof under what series and integrals need to converge: `sum q^k = 1/(1 - q)` for 0 < q < 1."""
    plain = _task(question)
    for needs in needs_of_values(_without_limits(plain)):
        found = _cheaply(_needing(plain, needs), question.seed)
        if found is not None:
            return found
    return None


def _cheaply(task: Task, seed: int, divisors: tuple[Term, ...] = ()) -> ProofFound | None:
    """A proof by what costs little, under the conditions that a task needs; what `divisors` say is wanted as well."""
    try:
        task, open_needs = with_conditions(task, divisors)
    except (Exhausted, RecursionError):
        return None
    return None if open_needs else _proved(task, seed, CHEAP)


def _without_limits(task: Task) -> Task:
    """The task without the values of limits, which have others under other conditions."""
    facts = tuple(fact for fact in task.encoded.facts if not fact.rule.startswith("limit."))
    return replace(task, encoded=replace(task.encoded, facts=facts))


def _needing(task: Task, needs: Iterable[Fact]) -> Task:
    """The task under conditions of which none shows another."""
    for need in needs:
        if not shows(task.normalizer(()), need.proposition):
            task = replace(task, conditions=(*task.conditions, need))
    return task


def _proved(task: Task, seed: int, dearest: int | None = None) -> ProofFound | None:
    for prover in provers():
        if dearest is not None and prover.cost > dearest:
            break
        try:
            found = prover.search(task)
        except (Exhausted, RecursionError):
            continue
        answer = None if found is None else _settled(task, found, seed)
        if answer is not None:
            return answer if isinstance(answer, ProofFound) else None
    return None


def _settled(task: Task, found: Found, seed: int) -> ProofFound | Disagreement | None:
    """The answer that a proof gives; None where nothing satisfies its conditions, although what is stated can be."""
    if _is_contradicted(task, (*task.conditions, *found.conditions)):
        return None
    task = replace(task, conditions=(*task.conditions, *found.conditions))
    task, found = _without_needless(task, found)
    answer = _confirmed(task, found, seed)
    if not isinstance(answer, ProofFound) or answer.instances != 0:
        return answer
    lighter = _with_what_is_used(task, found)
    again = answer if lighter is None else _confirmed(lighter, found, seed)
    if not isinstance(again, ProofFound):
        return again
    if again is not answer and _replays(again):
        answer = again
    if answer.instances != 0:
        return answer
    bare = replace(task, encoded=without_values((lighter or task).encoded))
    if with_values(task.encoded):
        # No finite model has the values of series, integrals and limits; the rest of the hypotheses is to have some.
        answer = replace(answer, instances=None if _can_hold(bare, seed) else 0)
    vacuous = answer.instances == 0 and bool(answer.conditions) and _can_hold(replace(bare, conditions=()), seed)
    return None if vacuous else answer


def _is_contradicted(task: Task, conditions: Iterable[Fact]) -> bool:
    """True of a condition that two numbers differ which the equations of the task make the same."""
    stated = [fact.proposition for fact in conditions]
    apart = [relation for relation in stated if isinstance(relation, Relation) and relation.kind in ("!=", "<")]
    if not apart:
        return False
    try:
        algebra = task.normalizer(task.definitions(task.stages[-1]))
        return any(algebra.polynomial(relation.left) == algebra.polynomial(relation.right) for relation in apart)
    except (Exhausted, RecursionError):
        return False


def _can_hold(task: Task, seed: int) -> bool:
    """True unless no finite model of what is stated was found."""
    found = opinion(Sequent(task.hypotheses, task.conclusion), seed)
    return found.instances != 0 or found.contradiction is not None


def _confirmed(task: Task, found: Found, seed: int) -> ProofFound | Disagreement:
    goal = Sequent(task.hypotheses, task.conclusion)
    conditions = [condition.proposition for condition in task.conditions]
    return confirmed(goal, with_definedness(task, found.proof), conditions, found.rules, seed)


def _with_what_is_used(task: Task, found: Found) -> Task | None:
    """The task without the assumed equations that a proof does not state; None where it states all of them."""
    stated = {line.arguments[0] for line in found.proof if line.inference == "hypothesis"}
    assumptions = task.encoded.assumptions
    used = tuple(fact for fact in assumptions if fact.proposition in stated or not is_equation(fact.proposition))
    return replace(task, encoded=replace(task.encoded, assumptions=used)) if used != assumptions else None


def _without_needless(task: Task, found: Found) -> tuple[Task, Found]:
    """The task without the assumptions that need conditions where the proof does without both."""
    if not task.conditions:
        return task, found
    bare = replace(task, conditions=())
    open_ended = _open_ended(bare)
    for left_out in (open_ended, *([fact] for fact in open_ended if len(open_ended) > 1)):
        if rests_on(found.proof, {fact.proposition for fact in left_out}):
            continue
        kept = tuple(fact for fact in task.encoded.assumptions if fact not in left_out)
        lighter = replace(bare, encoded=replace(task.encoded, assumptions=kept), conditions=found.conditions)
        lighter, open_needs = with_conditions(lighter)
        if not open_needs and {*lighter.conditions} == {*task.conditions} and len(left_out) > 1:
            break  # the conditions are those of the conclusion
        if open_needs or not {*lighter.conditions} < {*task.conditions}:
            continue
        proof = pruned(found.proof, task.hypotheses - lighter.hypotheses)
        with suppress(KernelError):
            goal = Sequent(lighter.hypotheses, lighter.conclusion)
            replay_proof(goal, with_definedness(lighter, proof), dict(task.theorems))
            return lighter, replace(found, proof=proof)
    return task, found


def _replays(found: ProofFound) -> bool:
    try:
        replay_proof(found.goal, found.proof)
    except KernelError:
        return False
    return True


def attempts_for(task: Task, lenient: bool) -> list[Prover | Refuter]:
    """Provers and refuters by cost; provers that use what is cited come first, and all come first where asked for."""

    def rank(attempt: Prover | Refuter) -> tuple[bool, int]:
        is_prover = isinstance(attempt, Prover)
        cites = bool(task.theorems) and isinstance(attempt, Prover) and attempt.cites
        return lenient and not is_prover, 0 if cites else attempt.cost

    return sorted((*provers(), *refuters()), key=rank)


def confirmed(
    goal: Sequent, proof: Proof, conditions: Iterable[Term], rules: tuple[str, ...], seed: int
) -> ProofFound | Disagreement:
    """A proof counts only if its conclusion holds wherever it is evaluated."""
    found = opinion(goal, seed)
    if found.contradiction is not None:
        return Disagreement(goal, proof, found.contradiction)
    return ProofFound(goal, proof, tuple(conditions), rules, found.instances)


def _agreements(task: Task, seed: int) -> int:
    """At how many models a conclusion holds; one in which some indices have a single value says little of sums."""
    goal = sequent(task.encoded)
    agreed = 0
    for model, evaluator in models(goal.hypotheses, (goal.conclusion,), Random(seed), 1):
        if chooses_values(goal, model) or 1 in model.sizes.values():
            continue
        try:
            agreed += evaluator.holds(goal.conclusion) is not False
        except (Rejected, Undefined):
            continue
    return agreed


def conclude(
    encoded: Encoded, steps: Iterable[tuple[str, Sequent]], proof: Proof, seed: int = 0
) -> ProofFound | Disagreement:
    """The answer that a chain of proved steps gives: its hypotheses are those of the steps together."""
    found = tuple(steps)
    task = Task(encoded)
    stated = task.hypotheses
    extra = frozenset[Term]().union(*(s.hypotheses for _, s in found)) - stated
    task = replace(task, conditions=tuple(Fact(c, "condition", "") for c in sorted(extra, key=key)))
    goal = Sequent(task.hypotheses, encoded.conclusion)
    return confirmed(goal, with_definedness(task, proof), extra, ("order.transitivity",), seed)


def merged(encoded: Encoded, others: Iterable[Encoded]) -> Encoded:
    """The same statement with what the language brings along for others as well."""
    facts = {f.proposition: f for f in encoded.facts}
    definitions = {d.head: d for d in encoded.definitions}
    for other in others:
        facts |= {f.proposition: f for f in other.facts if f.proposition not in facts}
        definitions |= {d.head: d for d in other.definitions if d.head not in definitions}
    return replace(encoded, facts=tuple(facts.values()), definitions=tuple(definitions.values()))
