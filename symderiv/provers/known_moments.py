"""Equations between moments of random variables, once these are what is assumed of them.

Members of a family that are independent have no small finite space, so no model of all that is assumed is found.  Where
nothing random is left of an equation, any values of the means and variances do: there are variables that have them.
"""

from __future__ import annotations

from dataclasses import replace

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.facts import heads, open_fact
from symderiv.kernel.normal_form import Normalizer, normalizer
from symderiv.kernel.terms import Apply, Entry, Power, Relation, Symbol, Term, forall, subterms
from symderiv.language.encode import Encoded, Fact
from symderiv.language.random_variables import MEAN_OF, VARIANCE_OF
from symderiv.provers.task import Task

_PROBABILITY = r"\Pr"


def with_known_moments(task: Task) -> Encoded | None:
    """The conclusion with the moments that are assumed; None where something random remains, or what has a sign.

    What the moments of a family are that nothing is said of may be the same for all members; then nothing is known.
    What is assumed of one moment twice stays, as an equation between its values.
    """
    goal = task.conclusion
    defined = {definition.head for definition in task.encoded.definitions}
    known = [f for f in task.facts if not _is_random(f.proposition) and defined.isdisjoint(heads(f.proposition))]
    assumed = [fact for fact in task.encoded.assumptions if fact not in known]
    if not isinstance(goal, Relation) or goal.kind != "=" or not any(_is_random(f.proposition) for f in assumed):
        return None
    unfolded = task.definitions(task.stages[-1])
    algebra = task.normalizer(unfolded)
    related: list[Fact] = []
    try:
        left, right = algebra.canonical(goal.left), algebra.canonical(goal.right)
        for place, fact in enumerate(assumed):
            before = tuple(f.proposition for f in (*task.encoded.facts, *assumed[:place]))
            own = normalizer(before, (), tuple(definition.proposition for definition in unfolded))
            related.append(replace(fact, proposition=_with_values(own, fact.proposition)))
    except (Exhausted, RecursionError):
        return None
    related = [fact for fact in related if not _gives_a_value(fact.proposition)]
    if any(_is_random(term) for term in (left, right, *(fact.proposition for fact in related))):
        return None
    if any(map(_may_have_no_value, (left, right))):
        return None
    stated = (*known, *related)
    return replace(task.encoded, conclusion=Relation("=", left, right), assumptions=stated, facts=(), definitions=())


def _with_values(algebra: Normalizer, proposition: Term) -> Term:
    """What is assumed of moments, with their values in place of them; what has premises stays as it is."""
    variables, premises, relation = open_fact(proposition)
    if premises:
        return proposition
    sides = algebra.canonical(relation.left), algebra.canonical(relation.right)
    return forall(variables, Relation(relation.kind, *sides))


def _gives_a_value(proposition: Term) -> bool:
    """True of the first equation for a moment, and of one with the same sides: it says nothing of other values."""
    _, premises, relation = open_fact(proposition)
    is_equation = relation.kind == "=" and not premises
    return is_equation and (_is_random(relation) or relation.left == relation.right)


def _is_random(term: Term) -> bool:
    """True where a probability stands in a term, or a moment of a family of which nothing is said."""
    names = [part.tensor for part in subterms(term) if isinstance(part, Entry)]
    names += [part.name for part in subterms(term) if isinstance(part, Symbol)]
    return any(name.startswith((_PROBABILITY, f"{MEAN_OF}(", f"{VARIANCE_OF}(")) for name in names)


def _may_have_no_value(term: Term) -> bool:
    """True of logarithms, roots and the like: variances are no negative numbers, which models need not heed."""
    powers = (part.exponent for part in subterms(term) if isinstance(part, Power))
    return any(isinstance(part, Apply) for part in subterms(term)) or any(p.denominator != 1 for p in powers)
