"""Relations by putting in what an assumed equation says that a name is: `K S = P` from `K = P S^{-1}`.

Method: assumed equations whose left side is a name at distinct variables are unfolded as definitions are, all of them
or one alone, and the sides are compared by normal form, with and without their denominators, or by signs and squares.
It stops where such an equation has to be used from right to left, which normal forms alone try.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from symderiv.kernel.facts import as_definition, definitions_of, heads
from symderiv.kernel.terms import Relation
from symderiv.language.encode import Fact, Unfolding
from symderiv.provers import denominators, equality, signs, squares
from symderiv.provers.task import Found, Prover, Task

EQUATIONS = (equality.search, denominators.search)
INEQUALITIES = (signs.search, squares.search)
MOST = 4
"""How many equations are unfolded one by one."""


def search(task: Task) -> Found | None:
    """A proof by normal forms or signs in which assumed equations are unfolded."""
    goal = task.conclusion
    if not isinstance(goal, Relation):
        return None
    ways = EQUATIONS if goal.kind == "=" else INEQUALITIES
    tasks = filter(None, (_unfolding(task, chosen) for chosen in _choices(task)))
    tried = (way(unfolded) for unfolded in tasks for way in ways)
    return next(filter(None, tried), None)


def _choices(task: Task) -> Iterator[Sequence[Fact]]:
    """The assumed equations that can be unfolded: together, then one by one."""
    taken = {definition.head for definition in task.encoded.definitions}
    by_head: dict[str, Fact] = {}
    for fact in task.encoded.assumptions:
        stated = as_definition(fact.proposition)
        if stated is not None and stated.head not in taken and fact.proposition != task.conclusion:
            by_head.setdefault(stated.head, fact)
    found = list(by_head.values())
    if found:
        yield found
    if len(found) > 1:
        yield from ([fact] for fact in found[:MOST])


def _unfolding(task: Task, chosen: Sequence[Fact]) -> Task | None:
    """The task with some of its assumed equations as definitions; None where that would be circular."""
    encoded = task.encoded
    stated = [definition.proposition for definition in encoded.definitions]
    if definitions_of([*stated, *(fact.proposition for fact in chosen)]).is_circular:
        return None
    assumptions = tuple(fact for fact in encoded.assumptions if fact not in chosen)
    definitions = (*_in_order(chosen), *encoded.definitions)
    return replace(task, encoded=replace(encoded, assumptions=assumptions, definitions=definitions))


def _in_order(chosen: Sequence[Fact]) -> list[Unfolding]:
    """The equations as definitions, each before those of the names in it."""
    bodies = definitions_of(fact.proposition for fact in chosen)
    rules = {d.head: fact for fact in chosen if (d := as_definition(fact.proposition)) is not None}
    order: list[str] = []

    def visit(head: str) -> None:
        for inner in sorted(heads(bodies[head].body) & bodies.keys()):
            if inner not in order:
                visit(inner)
        order.append(head)

    for head in bodies:
        if head not in order:
            visit(head)
    return [Unfolding(head, rules[head].proposition, rules[head].rule, head, 0) for head in reversed(order)]


PROVER = Prover("assumed equations, unfolded", cost=3, search=search)
