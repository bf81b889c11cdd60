"""From an encoded statement to a certificate: conditions first, then the provers by cost, then the refuters.

Nothing here is trusted.  It runs in a worker process; the parent replays what it returns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from random import Random

import symderiv.provers
import symderiv.refuters
from symderiv.collect import collect
from symderiv.kernel.definedness import definedness
from symderiv.kernel.errors import Exhausted, Rejected, Undefined
from symderiv.kernel.facts import Definitions, definitions_of
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Model
from symderiv.kernel.normal_form import Normalizer, normalizer
from symderiv.kernel.replay import Line, Proof
from symderiv.kernel.signs import NEGATIVE, POSITIVE, ZERO
from symderiv.kernel.terms import (
    ONE,
    Apply,
    Entry,
    Forall,
    Implies,
    Index,
    Multiply,
    Power,
    Relation,
    Size,
    Symbol,
    Term,
    forall,
    instantiate,
    key,
    nonnegative,
    nonzero,
    positive,
)
from symderiv.kernel.terms import ZERO as NOUGHT
from symderiv.language.encode import Encoded, Fact
from symderiv.provers.contradictions import (
    is_known,
    with_known_values,
    with_values,
    without_contradictions,
    without_values,
)
from symderiv.provers.task import Found, ProofBuilder, Prover, Task
from symderiv.refuters.finite import search as search_models
from symderiv.refuters.finite import sequent
from symderiv.refuters.random_models import models
from symderiv.refuters.task import Refuter
from symderiv.second_opinion import Disagreement, opinion


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


def search(question: Question) -> Answer:
    """The answer to a question."""
    encoded = question.encoded
    attempts: list[str] = []
    try:
        task, open_needs = with_conditions(Task(without_contradictions(encoded), theorems=question.theorems))
    except (Exhausted, RecursionError):
        return NothingFound(("what it needs to be defined (too long)",), 0)
    for attempt in attempts_for(task, question.lenient):
        attempts.append(attempt.name)
        try:
            if isinstance(attempt, Refuter):
                model = attempt.search(encoded, question.seed)
                if model is not None:
                    return CounterexampleFound(sequent(encoded), model)
            elif not open_needs:
                found = attempt.search(task)
                answer = None if found is None else _settled(task, found, question.seed)
                if answer is not None:
                    return answer
        except (Exhausted, RecursionError):
            attempts[-1] += " (too long)"
    if with_values(encoded):
        reduced = with_known_values(task)
        asked = without_values(encoded) if reduced is None else reduced
        model = search_models(asked, question.seed)
        if model is not None:
            return ValuesDiffer(sequent(asked), model, reduced is not None and is_known(reduced.conclusion))
    return NothingFound(tuple(attempts), _agreements(task, question.seed))


def proof_of(question: Question) -> ProofFound | None:
    """A proof, without a search for counterexamples."""
    try:
        encoded = without_contradictions(question.encoded)
        task, open_needs = with_conditions(Task(encoded, theorems=question.theorems))
    except (Exhausted, RecursionError):
        return None
    for prover in provers() if not open_needs else ():
        try:
            found = prover.search(task)
        except (Exhausted, RecursionError):
            continue
        answer = None if found is None else _settled(task, found, question.seed)
        if answer is not None:
            return answer if isinstance(answer, ProofFound) else None
    return None


def _settled(task: Task, found: Found, seed: int) -> ProofFound | Disagreement | None:
    """The answer that a proof gives; None where nothing satisfies its conditions, although what is stated can be."""
    task = replace(task, conditions=(*task.conditions, *found.conditions))
    goal = Sequent(task.hypotheses, task.conclusion)
    conditions = [condition.proposition for condition in task.conditions]
    answer = confirmed(goal, with_definedness(task, found.proof), conditions, found.rules, seed)
    impossible = isinstance(answer, ProofFound) and bool(conditions) and answer.instances == 0
    return None if impossible and opinion(sequent(task.encoded), seed).instances != 0 else answer


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
    goal = sequent(task.encoded)
    agreed = 0
    for _, evaluator in models(goal.hypotheses, (goal.conclusion,), Random(seed), 1):
        try:
            agreed += evaluator.holds(goal.conclusion) is not False
        except (Rejected, Undefined):
            continue
    return agreed


def with_definedness(task: Task, proof: Proof) -> Proof:
    """The proof with a line for everything that the conclusion needs to be defined."""
    needs = definedness(task.conclusion, sorted(task.hypotheses, key=key))
    if not needs:
        return proof
    builder = ProofBuilder(task)
    premises, roles = builder.algebra(())
    placed = tuple(len(proof) + premise for premise in premises)
    return (*proof, *builder.proof, *(Line("sign", placed, (need, *roles)) for need in needs))


def with_conditions(task: Task) -> tuple[Task, tuple[Term, ...]]:
    """The task with the conditions under which its conclusion is defined; what remains open where none were found."""
    needs = definedness(task.conclusion, sorted(task.hypotheses, key=key))
    task = _with_ranges(_with_meaningful_assumptions(task))
    for _ in range(2):
        algebra = task.normalizer(())
        missing = [need for need in needs if not shows(algebra, need)]
        if not missing:
            return task, ()
        found = {c for need in missing for c in conditions_for(task, algebra, need)}
        accepted = list(task.conditions)
        for candidate in sorted(found, key=lambda c: (len(repr(c)), key(c))):
            known = replace(task, conditions=tuple(accepted))
            if not shows(known.normalizer(()), candidate):
                accepted.append(Fact(candidate, "condition", ""))
        task = replace(task, conditions=tuple(accepted))
    algebra = task.normalizer(())
    missing = [need for need in needs if not shows(algebra, need)]
    # What simpler conditions do not show, because an equation is between, is a condition itself.
    plain = tuple(Fact(need, "condition", "") for need in missing if isinstance(need, Relation))
    open_needs = tuple(need for need in missing if not isinstance(need, Relation))
    return replace(task, conditions=(*task.conditions, *plain)), open_needs


def _with_ranges(task: Task) -> Task:
    """The task with the condition that ranges such as `m..n` are not empty.

    Names in the ends of ranges count as positive, so `0..n` and `1..2n` need no condition.
    """
    sizes = {f: size for f in task.encoded.assumptions if (size := _size_stated_by(f.proposition)) is not None}
    others = tuple(f for f in task.encoded.assumptions if f not in sizes)
    stated = replace(task, encoded=replace(task.encoded, assumptions=others)).normalizer(())
    names = sorted(frozenset[Term]().union(*(size.free for size in sizes.values())), key=key)
    counting = normalizer(tuple(map(positive, names)), (), ())
    needs = [Relation("<=", ONE, size) for size in sizes.values() if not shows(counting, positive(size))]
    empty = [need for need in needs if not shows(stated, need)]
    return replace(task, conditions=(*task.conditions, *(Fact(need, "condition", "") for need in empty)))


def _size_stated_by(proposition: Term) -> Term | None:
    """An expression in names that is said to be the size of an index set."""
    match proposition:
        case Relation("=", Size(), right) if right.free:
            return right
    return None


def _with_meaningful_assumptions(task: Task) -> Task:
    """The task with what its assumed equations need to be meant as they read; stating them takes that for granted."""
    hypotheses = sorted(task.hypotheses, key=key)
    accepted = list(task.conditions)
    for assumption in task.encoded.assumptions:
        for need in definedness(assumption.proposition, hypotheses):
            known = replace(task, conditions=tuple(accepted))
            if need not in task.hypotheses and not shows(known.normalizer(()), need):
                for condition in conditions_for(known, known.normalizer(()), need):
                    accepted.append(Fact(condition, "condition", ""))
    return replace(task, conditions=tuple(dict.fromkeys(accepted)))


def shows(algebra: Normalizer, proposition: Term) -> bool:
    """True where signs show the proposition for all values of its indices."""
    number = 0
    while isinstance(proposition, Forall):
        proposition = instantiate(proposition.body, Index(f"!!{number}", proposition.domain))
        number += 1
    return algebra.signs.holds(proposition)


def conditions_for(task: Task, algebra: Normalizer, need: Term) -> Iterable[Term]:
    """Simple conditions that together give what is needed: a factor positive, or not 0, on the support around it."""
    variables: list[Index] = []
    guards: list[Term] = []
    while not isinstance(need, Relation):
        if isinstance(need, Forall):
            variable = Index(f"{need.domain.lower()}_{len(variables)}", need.domain)
            variables.append(variable)
            need = instantiate(need.body, variable)
        elif isinstance(need, Implies):
            guards.append(need.premise)
            need = need.conclusion
        else:
            return
    target = need.left if need.kind == "!=" else need.right
    definitions = definitions_of(task.hypotheses)
    live = algebra.signs.close(frozenset(g.left for g in guards if isinstance(g, Relation) and g.kind == "!="))
    for factor in _unsettled(need, list(_factors(target, definitions)), lambda f: algebra.signs.sign(f, live)):
        sign = algebra.signs.sign(factor, live)
        if sign == POSITIVE or (need.kind == "!=" and not sign & ZERO):
            continue
        condition: Term = positive(factor)
        if need.kind == "!=" and sign & ~(POSITIVE | ZERO):
            condition = nonzero(factor)
        elif need.kind == "<=":
            condition = nonnegative(factor)
        for guard in reversed([g for g in guards if not algebra.signs.holds(g)]):
            if isinstance(guard, Relation) and any(v in condition.free and v in guard.free for v in variables):
                known = algebra.signs.sign(guard.left) if guard.kind == "!=" else 0
                plain = guard.kind == "!=" and not known & ~(POSITIVE | ZERO)
                condition = Implies(positive(guard.left) if plain else guard, condition)
        yield forall([v for v in variables if v in condition.free], condition)


def _unsettled(need: Relation, factors: list[Term], sign: Callable[[Term], int]) -> list[Term]:
    """The factors to be made positive, or not 0.  Two that are negative settle each other; one alone, with the rest."""
    if need.kind == "!=" or all(sign(factor) & POSITIVE for factor in factors):
        return factors
    negative = [factor for factor in factors if not sign(factor) & ~NEGATIVE]
    others = [factor for factor in factors if factor not in negative]
    settled = len(negative) % 2 == 0 and all(sign(factor) & POSITIVE for factor in others)
    return others if settled else [need.right]


def _factors(term: Term, definitions: Definitions) -> Iterable[Term]:
    """The factors of a product, with powers and products by definition looked through."""
    match term:
        case Multiply(factors):
            for factor in factors:
                yield from _factors(factor, definitions)
        case Power(base, _):
            yield from _factors(base, definitions)
        case Symbol() | Entry():
            body = definitions.unfold(term)
            if isinstance(body, Multiply | Power):
                yield from _factors(body, definitions)
            else:
                yield term
        case Apply("exp", _):
            return
        case _:
            if term != NOUGHT:
                yield term


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
