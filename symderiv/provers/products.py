"""Inequalities from assumptions that are multiplied by numbers which are not negative.

Method: every assumed inequality, times or over one of the numbers that the conclusion mentions, is a candidate; one or
two of them are subtracted from the difference of the sides, and what is left must be non-negative by its signs.  It
stops where a combination needs other multipliers, or more of them.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.signs import POSITIVE, ZERO
from symderiv.kernel.terms import ONE, Power, Relation, Symbol, Term, key, subterms
from symderiv.provers.combination import Combination, Instance
from symderiv.provers.task import Found, Prover, Task

MOST = 2
"""How many products are subtracted."""


def search(task: Task) -> Found | None:
    """A proof by multiples of assumptions."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind not in ("<=", "<"):
        return None
    signs = task.normalizer(()).signs
    numbers = {part for part in subterms(goal) if isinstance(part, Symbol)}
    known_signs = sorted((n for n in numbers if not signs.sign(n) & ~(POSITIVE | ZERO)), key=key)
    multipliers: list[Term] = [ONE, *known_signs, *(Power(number, Fraction(-1)) for number in known_signs)]
    known = [f.proposition for f in (*task.encoded.assumptions, *task.conditions)]
    usable = [p for p in known if isinstance(p, Relation) and p.kind in ("<", "<=")]
    candidates = [(relation, multiplier) for relation in usable for multiplier in multipliers]
    for count in range(1, MOST + 1):
        for chosen in combinations(candidates, count):
            found = _subtracted(task, goal, chosen)
            if found is not None:
                return found
    return None


def _subtracted(task: Task, goal: Relation, chosen: tuple[tuple[Relation, Term], ...]) -> Found | None:
    combination = Combination(task, goal, task.definitions(task.stages[-1]))
    try:
        for relation, multiplier in chosen:
            line = combination.builder.hypothesis(relation)
            strict = relation.kind == "<"
            instance = Instance(line, (), relation.left, relation.right, multiplier, strict)
            combination.subtract(instance, "order.product")
        return combination.found()
    except (Exhausted, RecursionError):
        return None


PROVER = Prover("products of assumptions", cost=5, search=search)
