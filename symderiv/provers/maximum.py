"""`max_i f(i) <= c`, from `f(i) <= c` for an arbitrary i; and `f(k) <= max_i f(i)`."""

from __future__ import annotations

from dataclasses import replace

from symderiv.kernel.terms import Index, Reduce, Relation, instantiate
from symderiv.provers import convexity, signs, tangent
from symderiv.provers.task import Found, ProofBuilder, Prover, Task

INNER = (signs.search, tangent.search, convexity.search)


def search(task: Task) -> Found | None:
    """A proof of a bound on, or by, a maximum."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind not in ("<=", "<"):
        return None
    if isinstance(goal.left, Reduce) and goal.left.kind == "max":
        return _above(task, goal, goal.left)
    if isinstance(goal.right, Reduce) and goal.right.kind == "max" and goal.kind == "<=":
        for name in goal.left.free:
            if (
                isinstance(name, Index)
                and name.domain == goal.right.domain
                and instantiate(goal.right.body, name) == goal.left
            ):
                builder = ProofBuilder(task)
                builder.add("below_maximum", (), goal, name)
                return Found(builder.proof, ("order.maximum",))
    return None


def _above(task: Task, goal: Relation, most: Reduce) -> Found | None:
    used = {n.name for n in goal.free if isinstance(n, Index)}
    number = 0
    while f"i{number}" in used:
        number += 1
    name = Index(f"i{number}", most.domain)
    one = Relation(goal.kind, instantiate(most.body, name), goal.right)
    inner = replace(task, encoded=replace(task.encoded, conclusion=one))
    for attempt in INNER:
        found = attempt(inner)
        if found is not None:
            builder = ProofBuilder(task)
            for line in found.proof:
                builder.add(line.inference, line.premises, *line.arguments)
            every = builder.add("generalise", (len(found.proof) - 1,), name)
            builder.add("maximum", (every,), goal)
            return Found(builder.proof, (*found.rules, "order.maximum"))
    return None


PROVER = Prover("maximum", cost=4, search=search)
