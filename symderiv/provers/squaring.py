"""Inequalities by those of their squares: `|x' y| <= ||x|| ||y||`, `E|X| <= sqrt(E X^2)`.

Method: of the difference of the sides, what is added is R, and what is subtracted is L.  Where there are roots or
absolute values in R, which is not negative, L^2 <= R^2 is proved by squares, or by this again; then R - L is the sum of
(R - L)^2 / 2 R and (R^2 - L^2) / 2 R, where R is not 0.  It stops where R is a sum, which does not cancel: at the
triangle inequality.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.polynomial import quote, scaled
from symderiv.kernel.terms import (
    ZERO,
    Apply,
    Multiply,
    Number,
    Power,
    Relation,
    Term,
    key,
    nonnegative,
    nonzero,
    subterms,
    subtract,
)
from symderiv.language.encode import Fact
from symderiv.provers import signs, squares, sums_of_squares
from symderiv.provers.combination import Combination, Instance
from symderiv.provers.task import Found, ProofBuilder, Prover, Task

TWO = Fraction(2)
DEEPEST = 2
"""How often an inequality is squared."""


def search(task: Task) -> Found | None:
    """A proof of an inequality by that of the squares."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind != "<=" or not (_has_roots(goal.left) or _has_roots(goal.right)):
        return None
    holds = task.normalizer(task.encoded.definitions).signs.holds
    try:
        roots = [nonnegative(base) for base in _rooted_bases(goal.left) if holds(nonnegative(base))]
        meant = replace(task, conditions=(*task.conditions, *(Fact(root, "condition", "") for root in roots)))
        found = _squared(meant, goal, DEEPEST)
        return None if found is None else _without(task, found, roots)
    except (Exhausted, RecursionError):
        return None


def _without(task: Task, found: Found, shown: Sequence[Term]) -> Found:
    """The proof without what was assumed and can be shown: that what the roots are taken of is not negative."""
    builder = ProofBuilder(task)
    for line in found.proof:
        builder.add(line.inference, line.premises, *line.arguments)
    last = len(found.proof) - 1
    for fact in shown:
        line_of_fact = builder.computed("sign", fact, task.encoded.definitions)
        last = builder.add("detach", (builder.add("discharge", (last,), fact), line_of_fact))
    kept = tuple(condition for condition in found.conditions if condition.proposition not in shown)
    return replace(found, proof=builder.proof, conditions=kept)


def _squared(task: Task, goal: Relation, depth: int) -> Found | None:
    gap = task.normalizer(task.encoded.definitions).polynomial(subtract(goal.right, goal.left))
    left = quote(scaled({monomial: value for monomial, value in gap.items() if value < 0}, -1))
    right = quote({monomial: value for monomial, value in gap.items() if value > 0})
    for sides in dict.fromkeys(((goal.left, goal.right), (left, right))):
        found = _by_sides(task, goal, *sides, depth)
        if found is not None:
            return found
    return None


def _by_sides(task: Task, goal: Relation, left: Term, right: Term, depth: int) -> Found | None:
    """The inequality by L^2 <= R^2, where R is not 0."""
    is_product = len(task.normalizer(task.encoded.definitions).polynomial(right)) == 1
    if not is_product or not _has_roots(right) or not _holds(task, nonnegative(right)):
        return None
    able = task
    for wanted in (*map(nonzero, _rooted_bases(right)), nonzero(right)):
        if not _holds(able, wanted):
            able = replace(able, conditions=(*able.conditions, Fact(wanted, "condition", "")))
    squared = Relation("<=", Power(left, TWO), Power(right, TWO))
    inner = replace(able, encoded=replace(able.encoded, conclusion=squared))
    found = next((f for prover in (signs, squares, sums_of_squares) if (f := prover.search(inner)) is not None), None)
    if found is None and depth > 1:
        found = _squared(inner, squared, depth - 1)
    return None if found is None else _rooted(able, goal, squared, found, able.conditions[len(task.conditions) :])


def _holds(task: Task, proposition: Term) -> bool:
    return task.normalizer(task.encoded.definitions).signs.holds(proposition)


def _rooted(task: Task, goal: Relation, squared: Relation, found: Found, needed: tuple[Fact, ...]) -> Found | None:
    """The inequality by that of the squares, which was found."""
    conditions = tuple(dict.fromkeys((*needed, *found.conditions)))
    able = replace(task, conditions=tuple(dict.fromkeys((*task.conditions, *conditions))))
    combination = Combination(able, goal, able.encoded.definitions)
    for known in found.proof:
        combination.builder.add(known.inference, known.premises, *known.arguments)
    left, right = (side.base for side in (squared.left, squared.right) if isinstance(side, Power))
    weight = Multiply((Number(Fraction(1, 2)), Power(right, Fraction(-1))))
    combination.subtract(Instance(len(found.proof) - 1, (), squared.left, squared.right, weight), "order.square")
    square: Term = Power(subtract(right, left), TWO)
    line = combination.builder.computed("sign", nonnegative(square), combination.unfold)
    combination.subtract(Instance(line, (), ZERO, square, weight), "order.square")
    whole = combination.found()
    if whole is None:
        return None
    return replace(whole, rules=tuple(dict.fromkeys((*found.rules, *whole.rules))), conditions=conditions)


def _has_roots(term: Term) -> bool:
    """True of what has a root or an absolute value in it."""
    absolute = any(isinstance(part, Apply) and part.function == "abs" for part in subterms(term))
    return absolute or bool(_rooted_bases(term))


def _rooted_bases(term: Term) -> list[Term]:
    """What roots are taken of in a term, for no index that is bound there."""
    roots = {part.base for part in subterms(term) if isinstance(part, Power) and part.exponent.denominator == 2}
    return sorted((base for base in roots if base.loose == 0), key=key)


PROVER = Prover("squaring", cost=3, search=search)
