"""Inequalities and equations from assumptions and cited results, added up.

Method: the difference of the sides is compared with the differences of one or two inequalities that are known, each
taken once.  It stops where a combination needs other multipliers.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, product
from typing import NamedTuple

from symderiv.kernel.errors import Exhausted, Rejected
from symderiv.kernel.replay import derive
from symderiv.kernel.terms import MINUS_ONE, ONE, Relation, Term, key
from symderiv.provers.combination import Combination, Instance
from symderiv.provers.task import Found, Prover, Task

MOST = 2
"""How many inequalities are added."""


def search(task: Task) -> Found | None:
    """A proof by adding known relations."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind == "!=":
        return None
    known = [Known(f.proposition, "", f.rule) for f in (*task.encoded.assumptions, *task.conditions)]
    cited = [Known(sequent.conclusion, name, "citation") for name, sequent in task.theorems]
    kinds = ("=",) if goal.kind == "=" else ("=", "<=", "<")
    usable = [k for k in (*cited, *known) if isinstance(k.proposition, Relation) and k.proposition.kind in kinds]
    for count in range(1, min(MOST, len(usable)) + 1):
        for chosen in combinations(usable, count):
            for stage in (task.stages[0], task.stages[-1]):
                for signs in product((ONE, MINUS_ONE), repeat=count):
                    found = _added(task, goal, list(zip(chosen, signs, strict=True)), stage)
                    if found is not None:
                        return found
    return None


class Known(NamedTuple):
    """A proposition that may be used: by the theorem of that name, else as a hypothesis."""

    proposition: Term
    theorem: str
    rule: str


def _added(task: Task, goal: Relation, chosen: Sequence[tuple[Known, Term]], stage: int) -> Found | None:
    try:
        combination = Combination(task, goal, task.definitions(stage))
        for known, sign in chosen:
            relation = known.proposition
            if not isinstance(relation, Relation) or (sign == MINUS_ONE and relation.kind != "="):
                return None
            line = (
                _theorem(task, combination, known.theorem)
                if known.theorem
                else combination.builder.hypothesis(relation)
            )
            if line is None:
                return None
            instance = Instance(line, (), relation.left, relation.right, sign, relation.kind == "<")
            combination.subtract(instance, known.rule)
        return combination.found()
    except (Exhausted, RecursionError):
        return None


def _theorem(task: Task, combination: Combination, name: str) -> int | None:
    """A line with the theorem; those of its hypotheses that are not stated here are shown by signs."""
    builder, sequent = combination.builder, dict(task.theorems)[name]
    line = builder.add("theorem", (), name)
    for hypothesis in sorted(sequent.hypotheses - task.hypotheses, key=key):
        try:
            shown = builder.computed("sign", hypothesis, combination.unfold)
            derive(builder.proof, dict(task.theorems))
        except Rejected:
            return None
        line = builder.add("detach", (builder.add("discharge", (line,), hypothesis), shown))
    return line


PROVER = Prover("assumptions", cost=2, search=search, cites=True)
