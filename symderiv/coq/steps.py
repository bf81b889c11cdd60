"""What rewriting is made of: steps, and stated equations solved for a monomial."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from symderiv.coq.hypotheses import Stated
from symderiv.coq.names import INTERPRETED
from symderiv.coq.polynomials import Monomial, Polynomial, polynomial
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
    lead = next((monomial for monomial in gap if _is_defined(monomial, gap)), leading(gap))
    mentioned = frozenset[k.Term]().union(*(factor.free for factor in lead.factors))
    usable = lead.factors and mentioned.issuperset(stated.fact.variables)
    return Rule(stated, lead, gap[lead]) if usable else None


def _is_defined(monomial: Monomial, gap: Polynomial) -> bool:
    """True of a value of a function that the rest of an equation does not mention: the equation says what it is."""
    if len(monomial.factors) != 1 or not isinstance(monomial.factors[0], k.Apply) or monomial.bound:
        return False
    name = monomial.factors[0].function
    others = (factor for other in gap if other != monomial for factor in other.factors)
    inner = (part for factor in (*monomial.factors[0].arguments, *others) for part in k.subterms(factor))
    return name not in INTERPRETED and not any(isinstance(p, k.Apply) and p.function == name for p in inner)
