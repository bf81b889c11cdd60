"""Inequalities of fractions between probabilities of events: P(A | B) <= 1 from P(A, B) <= P(B).

Method: denominators that are positive are so in their normal forms too, so that what is multiplied by them cancels.
What is left of the difference of the sides is multiplied by all of them; that the product is not negative is shown by
all ways in which the events may happen (`events.py`).  It is complete where that is, for one denominator; with several,
products of probabilities may stand beside each other, and it stops.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.terms import ONE, Multiply, Power, Relation, Term, nonnegative, positive, subtract
from symderiv.language.encode import Fact
from symderiv.provers import events
from symderiv.provers.denominators import common_denominator
from symderiv.provers.task import Found, ProofBuilder, Prover, Task

Divisors = dict[Term, Fact]
"""What is divided by, with the fact that its normal form is positive."""


def search(task: Task) -> Found | None:
    """A proof of an inequality by multiplying it out."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind != "<=":
        return None
    try:
        return _multiplied_out(task, goal)
    except (Exhausted, RecursionError):
        return None


def _multiplied_out(task: Task, goal: Relation) -> Found | None:
    unfold = task.encoded.definitions
    factor = common_denominator(task, unfold)
    normalizer = task.normalizer(unfold)
    divisors = {} if factor is None else _divisors(normalizer, factor)
    if factor is None or not divisors:
        return None
    under = replace(task, conditions=(*task.conditions, *divisors.values()))
    gap = subtract(goal.right, goal.left)
    for scale in (ONE, factor):
        whole, inverse = Multiply((scale, gap)), Power(scale, Fraction(-1))
        scaled = replace(under, encoded=replace(task.encoded, conclusion=nonnegative(whole)))
        shown = events.search(scaled)
        if shown is None or under.normalizer(unfold).polynomial(subtract(gap, Multiply((inverse, whole)))):
            continue
        builder = _shown(task, shown, divisors)
        last = len(builder.proof) - 1
        lines = [_line(builder, task, divisor, fact) for divisor, fact in divisors.items()]
        premises, roles = builder.algebra(unfold)
        builder.add("combine", (*premises, *lines, last), goal, *roles, *["fact" for _ in lines], inverse)
        return Found(builder.proof, (*shown.rules, "equation.denominator"))
    return None


def _divisors(normalizer: Normalizer, factor: Term) -> Divisors:
    """The factors of a denominator, and that they are positive as they stand in normal forms; none where one is not."""
    factors = factor.factors if isinstance(factor, Multiply) else (factor,)
    bases = [part.base if isinstance(part, Power) else part for part in factors]
    if not all(normalizer.signs.holds(positive(base)) for base in bases):
        return {}
    return {base: Fact(positive(normalizer.canonical(base)), "condition", "") for base in bases}


def _line(builder: ProofBuilder, task: Task, divisor: Term, fact: Fact) -> int:
    """The line that the normal form of a divisor is positive, since the divisor is."""
    unfold, stated = task.encoded.definitions, fact.proposition
    sign = builder.computed("sign", positive(divisor), unfold)
    same = builder.computed("equality", Relation("=", divisor, stated.children[1]), unfold)
    return builder.add("compose", (sign, same))


def _shown(task: Task, found: Found, divisors: Divisors) -> ProofBuilder:
    """The lines of a proof, in which what is divided by is seen to be positive instead of supposed so."""
    builder, places = ProofBuilder(task), list[int]()
    supposed = {fact.proposition: (divisor, fact) for divisor, fact in divisors.items()}
    for line in found.proof:
        stated = line.arguments[0]
        if line.inference == "hypothesis" and isinstance(stated, Term) and stated in supposed:
            places.append(_line(builder, task, *supposed[stated]))
        else:
            premises: Sequence[int] = [places[n] for n in line.premises]
            places.append(builder.add(line.inference, premises, *line.arguments))
    return builder


PROVER = Prover("fractions of probabilities", cost=5, search=search)
