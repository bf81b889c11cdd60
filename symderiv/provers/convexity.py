"""Inequalities about convex functions, from the lines below their graphs.

Method: for every value f(m) on the smaller side, the line through (m, f(m)) is taken at every argument of f on the
larger side, with the weight that stands there.  This is Jensen's inequality for finite sums; it stops where the lines
do not add up to the difference.
"""

from __future__ import annotations

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.polynomial import Monomial
from symderiv.kernel.terms import Add, Apply, Forall, Multiply, Relation, Term, subtract
from symderiv.provers.combination import Combination, Instance, product_term
from symderiv.provers.task import Found, Prover, Task


def search(task: Task) -> Found | None:
    """A proof of an inequality by lines below convex functions."""
    goal = task.conclusion
    convex = {
        fact.proposition.body.body.right.function: fact.proposition
        for fact in task.encoded.facts
        if fact.rule == "convexity.supporting_line"
        and isinstance(fact.proposition, Forall)
        and isinstance(fact.proposition.body, Forall)
        and isinstance(fact.proposition.body.body, Relation)
        and isinstance(fact.proposition.body.body.right, Apply)
    }
    if not isinstance(goal, Relation) or goal.kind != "<=" or not convex:
        return None
    for name, line in convex.items():
        try:
            found = _by_lines(task, goal, name, line)
        except (Exhausted, RecursionError):
            found = None
        if found is not None:
            return found
    return None


def _by_lines(task: Task, goal: Relation, name: str, line: Term) -> Found | None:
    combination = Combination(task, goal, task.encoded.definitions)
    below = [m for m, c in combination.gap.items() if c < 0 and _argument(m, name) is not None and not m.bound]
    if len(below) != 1:
        return None
    point = _argument(below[0], name)
    if point is None:
        return None
    for monomial, coefficient in list(combination.gap.items()):
        if coefficient < 0 or _argument(monomial, name) is None:
            continue
        names, factors = combination.opened(monomial)
        inside = next(base.arguments[0] for base, _ in factors if isinstance(base, Apply) and base.function == name)
        weight = product_term(
            coefficient, [f for f in factors if not (isinstance(f[0], Apply) and f[0].function == name)]
        )
        number = combination.builder.hypothesis(line)
        number = combination.builder.add("instance", (number,), inside)
        number = combination.builder.add("instance", (number,), point)
        for index in reversed(names):
            number = combination.builder.add("generalise", (number,), index)
        slope = Apply(f"{name}'", (point,))
        left = Add((Apply(name, (point,)), Multiply((slope, subtract(inside, point)))))
        instance = Instance(number, names, left, Apply(name, (inside,)), weight)
        combination.subtract(instance, "convexity.supporting_line")
    return combination.found()


def _argument(monomial: Monomial, name: str) -> Term | None:
    found = [base for base, e in monomial.factors if isinstance(base, Apply) and base.function == name and e == 1]
    return found[0].arguments[0] if len(found) == 1 else None


PROVER = Prover("convexity", cost=3, search=search)
