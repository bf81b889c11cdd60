"""What rewriting is made of: steps, and stated equations solved for a monomial."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from symderiv.coq.hypotheses import Stated
from symderiv.coq.polynomials import Monomial, polynomial
from symderiv.coq.quoting import leading
from symderiv.coq.script import Equation
from symderiv.kernel import terms as k


class Step(NamedTuple):
    """A monomial rewritten: `scale` times the equation, times `rest`, summed over `bound`."""

    bound: tuple[k.Index, ...]
    rest: tuple[k.Term, ...]
    equation: Equation
    scale: Fraction = Fraction(1)


class Rule(NamedTuple):
    """A stated equation, and the monomial that it is solved for."""

    stated: Stated
    lead: Monomial
    coefficient: Fraction


def without(factors: Sequence[k.Term], removed: Sequence[k.Term]) -> tuple[k.Term, ...]:
    """The factors that remain."""
    return tuple((Counter(factors) - Counter(removed)).elements())


def solved(stated: Stated) -> Rule | None:
    """An equation as a rule, if the monomial that it is solved for mentions all its variables."""
    gap = polynomial(k.subtract(stated.fact.relation.left, stated.fact.relation.right))
    if not gap:
        return None
    lead = leading(gap)
    mentioned = frozenset[k.Term]().union(*(factor.free for factor in lead.factors))
    usable = lead.factors and mentioned.issuperset(stated.fact.variables)
    return Rule(stated, lead, gap[lead]) if usable else None
