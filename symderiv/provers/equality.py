"""Equations by normal form.

Method: both sides are brought into normal form, with definitions unfolded in stages until they agree; then what need
not be unfolded is folded again.  Complete for polynomial identities over finite index sets; it stops when the normal
forms differ with everything unfolded.
"""

from __future__ import annotations

from dataclasses import replace

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.facts import heads, open_fact
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import difference
from symderiv.kernel.terms import Relation, Term
from symderiv.language.encode import Fact, Unfolding
from symderiv.provers.reasons import PREMISE, rules_used
from symderiv.provers.task import Found, ProofBuilder, Prover, Task
from symderiv.rules.special_functions import INDEX_ORDER

CHEAP = 150
"""Simplified products up to which a proof is tried again with fewer definitions."""

Unfoldings = tuple[Unfolding, ...]


def agrees(task: Task, goal: Relation, unfold: Unfoldings) -> Normalizer | None:
    """The normal form under which the two sides of an equation are one; None where they are not."""
    normalizer = task.normalizer(unfold)
    try:
        same = not difference(normalizer.polynomial(goal.left), normalizer.polynomial(goal.right))
    except (Exhausted, RecursionError):
        return None
    return normalizer if same else None


def search(task: Task) -> Found | None:
    """A proof of an equation by one normal form: without the equations that are assumed, or else with them.

    Equations that a proof does not need would only make it longer to replay, and add conditions of their own.  Of
    several for one left side, the last one is what a text has come to.
    """
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind != "=":
        return None
    tasks = [*dict.fromkeys((without_equations(task), _under(task, latest(task.encoded.assumptions)), task))]
    unordered = without_order(tasks[0])
    tasks = tasks if unordered == tasks[0] else [unordered, *tasks]
    return next(filter(None, (_by_normal_form(tried, goal) for tried in tasks)), None)


def without_equations(task: Task) -> Task:
    """The task without the equations that are assumed."""
    return _under(task, tuple(fact for fact in task.encoded.assumptions if not is_equation(fact.proposition)))


def without_order(task: Task) -> Task:
    """The task without what is known of the order of indices, by which one order is put in terms of the other."""
    facts = tuple(fact for fact in task.encoded.facts if fact.rule != INDEX_ORDER.name)
    return replace(task, encoded=replace(task.encoded, facts=facts))


def latest(assumptions: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The assumptions without the equations whose left side has another one further down."""
    last = {open_fact(f.proposition).relation.left: f for f in assumptions if is_equation(f.proposition)}
    return tuple(f for f in assumptions if not is_equation(f.proposition) or f in last.values())


def _under(task: Task, assumptions: tuple[Fact, ...]) -> Task:
    """The task with some of its assumptions."""
    return replace(task, encoded=replace(task.encoded, assumptions=assumptions))


def _by_normal_form(task: Task, goal: Relation) -> Found | None:
    first = first_stage(task, goal)
    for stage in [stage for stage in task.stages if stage >= first]:
        unfold = task.definitions(stage)
        normalizer = agrees(task, goal, unfold)
        if normalizer is not None:
            shorter = _with_fewer_equations(task, goal, normalizer)
            if shorter is not None:
                return shorter
            unfold, normalizer = fewest(task, goal, unfold, normalizer)
            builder = ProofBuilder(task)
            builder.computed("equality", goal, unfold)
            return Found(builder.proof, rules_used(task, normalizer.used))
    return None


def _with_fewer_equations(task: Task, goal: Relation, normalizer: Normalizer) -> Found | None:
    """The same by the assumed equations that were used; None where these are all, or not enough."""
    used = {task.facts[int(event.removeprefix(PREMISE))] for event in normalizer.used if event.startswith(PREMISE)}
    needed = tuple(f for f in task.encoded.assumptions if f in used or not is_equation(f.proposition))
    return _by_normal_form(_under(task, needed), goal) if needed != task.encoded.assumptions else None


def first_stage(task: Task, goal: Relation) -> int:
    """The stage before which the sides cannot agree: that of a defined name that only one of them mentions."""
    apart = heads(goal.left) ^ heads(goal.right)
    return min((d.stage for d in task.encoded.definitions if d.head in apart), default=-1)


def fewest(task: Task, goal: Relation, unfold: Unfoldings, normalizer: Normalizer) -> tuple[Unfoldings, Normalizer]:
    """A smaller set of definitions that suffices: the reason names no more than it needs."""
    needed = tuple(d for d in unfold if f"unfold {d.head}" in normalizer.used)
    if needed != unfold and any(is_equation(fact.proposition) for fact in task.facts):
        # Equations among the facts were solved under all definitions, of which these may not be enough.
        confirmed = agrees(task, goal, needed)
        if confirmed is None:
            return unfold, normalizer
        normalizer = confirmed
    last = max((d.stage for d in needed), default=-1)
    for rule in dict.fromkeys(d.rule for d in needed if first_stage(task, goal) < d.stage < last):
        if normalizer.spent > CHEAP:
            break
        without = tuple(d for d in needed if d.rule != rule)
        found = agrees(task, goal, without)
        if found is not None:
            needed, normalizer = without, found
    return needed, normalizer


def is_equation(proposition: Term) -> bool:
    """True of an equation for all values of some variables."""
    return open_fact(proposition).relation.kind == "="


PROVER = Prover("normal form", cost=1, search=search)
