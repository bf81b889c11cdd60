"""Inequalities by bounds on absolute values: `0 < x < 2` from `|x - 1| < 1`, and the other way round.

Method: of an assumed `|u| < c` both `u < c` and `-u < c` are shown first, by

    c - u = (c - |u|) (c + |u|) / 2 c  +  (c - u)^2 / 2 c,

and the conclusion is then proved by signs and products of assumptions with these beside it.  Where the conclusion is
`|u| < c` itself, `u < c` and `-u < c` are proved, and

    c - |u| = (c - u) (c + u) / 2 c  +  (c - |u|)^2 / 2 c.

It stops where c is not seen to be positive.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.terms import (
    ONE,
    ZERO,
    Add,
    Apply,
    Multiply,
    Number,
    Power,
    Relation,
    Term,
    negate,
    nonnegative,
    subtract,
)
from symderiv.provers import products, signs, weighted
from symderiv.provers.combination import Combination, Instance
from symderiv.provers.lemmas import Lemma, beside, closed
from symderiv.provers.task import Found, Prover, Task

INNER = (signs.search, products.search, weighted.search)
MOST = 4
"""How many absolute values are looked into."""


def search(task: Task) -> Found | None:
    """A proof by what is inside of absolute values."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind not in ("<", "<="):
        return None
    try:
        if _is_absolute(goal.left):
            return _below(task, goal)
        return _from_bounds(task)
    except (Exhausted, RecursionError):
        return None


def _from_bounds(task: Task) -> Found | None:
    """A proof with the bounds that those on absolute values give."""
    stated = (fact.proposition for fact in (*task.encoded.assumptions, *task.conditions))
    bounds = [p for p in stated if isinstance(p, Relation) and p.kind in ("<", "<=") and _is_absolute(p.left)]
    lemmas: list[Lemma] = []
    for bound in bounds[:MOST]:
        for lemma in _inside(beside(task, lemmas), bound):
            lemmas.append(lemma)
    if not lemmas:
        return None
    inner = beside(task, lemmas)
    return next((closed(task, lemmas, found) for attempt in INNER if (found := attempt(inner)) is not None), None)


def _inside(task: Task, bound: Relation) -> Iterator[Lemma]:
    """That c is positive, `u < c` and `-u < c`, of `|u| < c`."""
    absolute, most = bound.left, bound.right
    inner = absolute.children[0]
    able = task
    above = Relation("<", ZERO, most)
    if bound.kind == "<" and not task.normalizer(()).signs.holds(above):
        combination = Combination(task, above, task.encoded.definitions)
        line = combination.builder.hypothesis(bound)
        combination.subtract(Instance(line, (), absolute, most, ONE, strict=True), "hypothesis")
        found = combination.found()
        if found is None:
            return
        yield Lemma(above, found)
        able = beside(task, [Lemma(above, found)])
    if not able.normalizer(()).signs.holds(above):
        return
    for side in (inner, negate(inner)):
        found = _by_square(able, Relation(bound.kind, side, most), bound, Add((most, absolute)))
        if found is not None:
            yield Lemma(Relation(bound.kind, side, most), found)


def _by_square(task: Task, goal: Relation, known: Relation, factor: Term) -> Found | None:
    """A proof of `a <= c` by `b <= c`, times a factor, where `(c - b) factor = c^2 - a^2`."""
    combination = Combination(task, goal, task.encoded.definitions)
    over = Power(Multiply((Number(Fraction(2)), goal.right)), Fraction(-1))
    line = combination.builder.hypothesis(known)
    weight = Multiply((factor, over))
    combination.subtract(Instance(line, (), known.left, known.right, weight, known.kind == "<"), "order.absolute")
    square = Power(subtract(goal.right, goal.left), Fraction(2))
    line = combination.builder.computed("sign", nonnegative(square), combination.unfold)
    combination.subtract(Instance(line, (), ZERO, square, over), "order.absolute")
    return combination.found()


def _below(task: Task, goal: Relation) -> Found | None:
    """A proof of `|u| < c` by `u < c` and `-u < c`."""
    absolute, most = goal.left, goal.right
    inner = absolute.children[0]
    if not task.normalizer(()).signs.holds(Relation("<", ZERO, most)):
        return None
    lemmas: list[Lemma] = []
    for side in (inner, negate(inner)):
        shown = Relation(goal.kind, side, most)
        asked = replace(task, encoded=replace(task.encoded, conclusion=shown))
        found = next((f for attempt in (*INNER, _from_bounds) if (f := attempt(asked)) is not None), None)
        if found is None:
            return None
        lemmas.append(Lemma(shown, found))
    able = beside(task, lemmas)
    found = _by_square(able, goal, lemmas[0].stated, Add((most, inner)))
    return None if found is None else closed(task, lemmas, found)


def _is_absolute(term: Term) -> bool:
    return isinstance(term, Apply) and term.function == "abs"


PROVER = Prover("absolute values", cost=5, search=search)
