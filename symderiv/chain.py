"""A chain of proved steps as one proof: transitivity, with the steps as theorems."""

from __future__ import annotations

from collections.abc import Sequence

from symderiv.kernel.errors import Rejected
from symderiv.kernel.inferences import COMPOSITION, Sequent
from symderiv.kernel.replay import Line, Proof
from symderiv.kernel.terms import Relation, Term


def composed(steps: Sequence[tuple[str, Sequent]], goal: Term) -> Proof:
    """A proof of `goal` from steps, each given as the name of its certificate and what that proves.

    `=` steps are turned where the chain goes down (`>=`), since the kernel knows `<=` only.

    Raises:
        Rejected: the steps do not link up to the goal.
    """
    if not isinstance(goal, Relation) or not steps:
        raise Rejected("chain: relation expected", goal)
    for ordered, turned in ((list(steps), False), (list(reversed(steps)), True)):
        lines: list[Line] = []
        current: tuple[int, Relation] | None = None
        for name, sequent in ordered:
            current = _extended(lines, current, name, sequent.conclusion, turned)
            if current is None:
                break
        if current is not None:
            number, relation = current
            if relation == goal:
                return tuple(lines)
            if _weakens(relation, goal):
                lines.append(Line("weaken", (number,), (goal,)))
                return tuple(lines)
    raise Rejected("chain: the steps do not establish the claim", goal)


def _extended(
    lines: list[Line], current: tuple[int, Relation] | None, name: str, stated: Term, turned: bool
) -> tuple[int, Relation] | None:
    """The chain with one more step; None where it does not link up."""
    if not isinstance(stated, Relation):
        return None
    number = len(lines)
    lines.append(Line("theorem", (), (name,)))
    if turned and stated.kind == "=":
        stated = Relation("=", stated.right, stated.left)
        lines.append(Line("weaken", (number,), (stated,)))
        number += 1
    if current is None:
        return number, stated
    before, relation = current
    kind = COMPOSITION.get((relation.kind, stated.kind))
    if relation.right != stated.left or kind is None:
        return None
    lines.append(Line("compose", (before, number), ()))
    return number + 1, Relation(kind, relation.left, stated.right)


def _weakens(relation: Relation, goal: Relation) -> bool:
    same = (relation.left, relation.right) == (goal.left, goal.right)
    turned = relation.kind == "=" and (relation.right, relation.left) == (goal.left, goal.right)
    kinds = {"=": ("=", "<="), "<": ("<=", "!=")}.get(relation.kind, ())
    return (same or (turned and goal.kind == "=")) and goal.kind in kinds
