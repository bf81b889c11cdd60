"""Inequalities and equations from assumptions and cited results, added up.

Method: the difference of the sides is compared with the differences of one or two inequalities that are known, each taken
once.  It stops where a combination needs other multipliers.
"""

from __future__ import annotations

from itertools import combinations

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.terms import ONE, Relation
from symderiv.provers.combination import Combination, Instance
from symderiv.provers.task import Found, Prover, Task

MOST = 2
"""How many inequalities are added."""


def search(task: Task) -> Found | None:
    """A proof by adding known relations."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind == "!=":
        return None
    known: list[tuple[Relation, str, str]] = [
        (f.proposition, "", f.rule) for f in (*task.encoded.assumptions, *task.conditions) if isinstance(f.proposition, Relation)
    ]
    cited = [(s.conclusion, name, "citation") for name, s in task.theorems if isinstance(s.conclusion, Relation)]
    kinds = ("=",) if goal.kind == "=" else ("=", "<=", "<")
    usable = [entry for entry in (*cited, *known) if entry[0].kind in kinds]
    for count in range(1, min(MOST, len(usable)) + 1):
        for chosen in combinations(usable, count):
            for stage in (task.stages[0], task.stages[-1]):
                found = _added(task, goal, chosen, stage)
                if found is not None:
                    return found
    return None


def _added(task: Task, goal: Relation, chosen: tuple[tuple[Relation, str, str], ...], stage: int) -> Found | None:
    try:
        combination = Combination(task, goal, task.definitions(stage))
        for relation, theorem, rule in chosen:
            builder = combination.builder
            line = builder.add("theorem", (), theorem) if theorem else builder.hypothesis(relation)
            combination.subtract(Instance(line, (), relation.left, relation.right, ONE), rule)
        return combination.found()
    except (Exhausted, RecursionError):
        return None


PROVER = Prover("assumptions", cost=2, search=search)
