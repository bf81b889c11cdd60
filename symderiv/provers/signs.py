"""Inequalities by signs: squares, products and sums of non-negatives, and what the facts say.

Method: the sign of the difference of the sides, from its structure as written and then from its normal form, with
definitions unfolded in stages.  It stops where the difference has terms of both signs.
"""

from __future__ import annotations

from collections import Counter

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.polynomial import quote
from symderiv.kernel.signs import allowed
from symderiv.kernel.terms import ONE, ZERO, Add, Relation, Term, negate, subtract
from symderiv.provers.reasons import rules_used
from symderiv.provers.task import Found, ProofBuilder, Prover, Task


def search(task: Task) -> Found | None:
    """A proof of an inequality by one sign."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind == "=":
        return None
    for stage in task.stages:
        unfold = task.definitions(stage)
        normalizer = task.normalizer(unfold)
        builder = ProofBuilder(task)
        try:
            if normalizer.signs.holds(goal):
                builder.computed("sign", goal, unfold)
                return Found(builder.proof, rules_used(task, normalizer.used, ("order.sign",)))
            rest = remainder(goal)
            if rest is not None and allowed(goal.kind, normalizer.signs.sign(rest)):
                line = builder.computed("sign", Relation(goal.kind, ZERO, rest), unfold)
                premises, roles = builder.algebra(unfold)
                builder.add("combine", (*premises, line), goal, *roles, ONE)
                return Found(builder.proof, rules_used(task, normalizer.used, ("order.sign",)))
            gap = quote(normalizer.polynomial(subtract(goal.right, goal.left)))
            if goal.kind != "!=" and allowed(goal.kind, normalizer.signs.sign(gap)):
                builder.computed("combine", goal, unfold)
                return Found(builder.proof, rules_used(task, normalizer.used, ("order.sign",)))
        except (Exhausted, RecursionError):
            continue
    return None


def remainder(goal: Relation) -> Term | None:
    """What is left of right minus left when terms that both sums have are left out; None where there are none."""
    right = Counter(goal.right.terms if isinstance(goal.right, Add) else (goal.right,))
    left = Counter(goal.left.terms if isinstance(goal.left, Add) else (goal.left,))
    common = left & right
    return Add((*(right - common).elements(), *map(negate, (left - common).elements()))) if common else None


PROVER = Prover("signs", cost=2, search=search)
