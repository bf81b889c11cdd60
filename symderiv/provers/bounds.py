r"""Equations between two bounds that meet: `a = b` from `a \leq b` and `a \geq b`.

Method: the difference d of the sides is neither negative nor positive by an assumed inequality each, of which it is a
multiple.  So it is |d| and -|d|, and half of what both say is that it is 0.  It is complete for assumptions that are
the two bounds, up to a factor that is a number, and stops at bounds that take more than one assumption each.
"""

from __future__ import annotations

from fractions import Fraction

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.polynomial import Polynomial, to_fraction
from symderiv.kernel.terms import Apply, Number, Relation, Term, negate, nonnegative, subtract
from symderiv.provers.combination import Combination, Instance
from symderiv.provers.task import Found, ProofBuilder, Prover, Task


def search(task: Task) -> Found | None:
    """A proof of an equation by two inequalities."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind != "=":
        return None
    try:
        return _between(task, goal)
    except (Exhausted, RecursionError):
        return None


def _between(task: Task, goal: Relation) -> Found | None:
    algebra = task.normalizer(task.encoded.definitions)
    difference = subtract(goal.left, goal.right)
    gap = algebra.polynomial(difference)
    bounds: dict[bool, tuple[Relation, Fraction]] = {}
    for fact in task.facts:
        stated = fact.proposition
        if isinstance(stated, Relation) and stated.kind == "<=":
            factor = _ratio(gap, algebra.polynomial(subtract(stated.right, stated.left)))
            if factor:
                bounds.setdefault(factor > 0, (stated, abs(factor)))
    if len(bounds) < 2:
        return None
    combination = Combination(task, goal, task.encoded.definitions)
    builder, size = combination.builder, Apply("abs", (difference,))
    above = _line(task, builder, difference, *bounds[True])
    below = _line(task, builder, negate(difference), *bounds[False])
    first = builder.add("equality", (above,), Relation("=", difference, size), "fact")
    second = builder.add("equality", (below,), Relation("=", size, negate(difference)), "fact")
    opposite = builder.add("compose", (first, second))
    half = Number(Fraction(-1, 2))
    combination.subtract(Instance(opposite, (), difference, negate(difference), negate(half)), "order.bounds")
    return combination.found()


def _line(task: Task, builder: ProofBuilder, whole: Term, known: Relation, factor: Fraction) -> int:
    """A line by which something is not negative, because it is a multiple of the difference of a known inequality."""
    premises, roles = builder.algebra(task.encoded.definitions)
    goal = nonnegative(whole)
    return builder.add("combine", (*premises, builder.hypothesis(known)), goal, *roles, Number(factor))


def _ratio(gap: Polynomial, other: Polynomial) -> Fraction | None:
    """The number with which a polynomial is another one times it; None where there is none."""
    if not gap or gap.keys() != other.keys():
        return None
    ratios = {value / other[monomial] for monomial, value in gap.items()}
    return to_fraction(ratios.pop()) if len(ratios) == 1 else None


PROVER = Prover("bounds that meet", cost=2, search=search)
