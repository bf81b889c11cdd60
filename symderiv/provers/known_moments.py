"""Equations between moments of random variables, once these are what is assumed of them.

Members of a family that are independent have no small finite space, so no model of all that is assumed is found.  Where
nothing random is left of an equation, any values of the means and variances do: there are variables that have them.
"""

from __future__ import annotations

from dataclasses import replace

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.terms import Apply, Entry, Power, Relation, Symbol, Term, subterms
from symderiv.language.encode import Encoded
from symderiv.language.random_variables import MEAN_OF, VARIANCE_OF
from symderiv.provers.task import Task

_PROBABILITY = r"\Pr"


def with_known_moments(task: Task) -> Encoded | None:
    """The conclusion with the moments that are assumed; None where something random remains, or what has a sign.

    What the moments of a family are that nothing is said of may be the same for all members; then nothing is known.
    """
    goal = task.conclusion
    assumed = [fact for fact in task.encoded.assumptions if _is_random(fact.proposition)]
    if not isinstance(goal, Relation) or goal.kind != "=" or not assumed:
        return None
    algebra = task.normalizer(task.definitions(task.stages[-1]))
    try:
        left, right = algebra.canonical(goal.left), algebra.canonical(goal.right)
    except (Exhausted, RecursionError):
        return None
    if any(_is_random(side) or _may_have_no_value(side) for side in (left, right)):
        return None
    kept = tuple(fact for fact in task.facts if not _is_random(fact.proposition))
    return replace(task.encoded, conclusion=Relation("=", left, right), assumptions=kept, facts=(), definitions=())


def _is_random(term: Term) -> bool:
    """True where a probability stands in a term, or a moment of a family of which nothing is said."""
    names = [part.tensor for part in subterms(term) if isinstance(part, Entry)]
    names += [part.name for part in subterms(term) if isinstance(part, Symbol)]
    return any(name.startswith((_PROBABILITY, f"{MEAN_OF}(", f"{VARIANCE_OF}(")) for name in names)


def _may_have_no_value(term: Term) -> bool:
    """True of logarithms, roots and the like: variances are no negative numbers, which models need not heed."""
    powers = (part.exponent for part in subterms(term) if isinstance(part, Power))
    return any(isinstance(part, Apply) for part in subterms(term)) or any(p.denominator != 1 for p in powers)
