"""Inequalities that hold because a sum over a support is at most the whole sum, or because a term is at most its sum.

Method: in the difference of the sides every negative term with a pair `x x^-1` is bounded by `x x^-1 <= 1`, and every
one with a term of a known total by that total; what is left must be non-negative by its signs.
"""

from __future__ import annotations

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.terms import Relation
from symderiv.provers.combination import Combination
from symderiv.provers.task import Found, Prover, Task


def search(task: Task) -> Found | None:
    """A proof of an inequality without logarithms."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind not in ("<=", "<"):
        return None
    try:
        combination = Combination(task, goal, task.encoded.definitions)
        combination.settle_supports()
        for attempt in (combination.bound_by_totals, combination.bound_by_marginals):
            if not combination.is_shown():
                attempt()
        return combination.found()
    except (Exhausted, RecursionError):
        return None


PROVER = Prover("supports", cost=2, search=search)
