"""Assumed equations that cannot hold, because both of their sides have known values: sums, integrals and means.

A text that went wrong assumes in one row what it stated in the row before.  Beside the values of series and integrals,
which come with the language, such an equation would be one between numbers that have nothing to do with each other, and
from it everything would follow.  It is left out of what is assumed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.facts import head_of, open_fact
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import difference, quote
from symderiv.kernel.sorts import ARITY
from symderiv.kernel.terms import (
    ZERO,
    Apply,
    Entry,
    Forall,
    Index,
    Power,
    Reduce,
    Relation,
    Symbol,
    Term,
    substitute,
    subterms,
)
from symderiv.language.encode import Encoded, Fact, Unfolding
from symderiv.provers.denominators import multiplied_out
from symderiv.provers.equality import without_equations
from symderiv.provers.task import LAST, ProofBuilder, Task, ordered, speaks_of_sums

PI, OF_PI = r"\pi", ("gamma", "digamma", "sin", "cos")
COMPOSED = (r"\left", "(", "[", r"\int", r"\sum", r"\lim", r"\frac")
"""What stands in the names of quantities that are known by their text, and in no plain name."""


def with_values(encoded: Encoded) -> bool:
    """True where the values of series or integrals come with a statement."""
    return any(fact.rule.startswith(LAST) and fact.rule != "integral.range" for fact in encoded.facts)


@lru_cache(maxsize=1 << 6)
def without_contradictions(encoded: Encoded) -> Encoded:
    """The statement without the equations among its assumptions that are false of known values."""
    if not with_values(encoded):
        return encoded
    heads = _heads_of_sums(encoded)
    kept: list[Fact] = [fact for fact in encoded.assumptions if not _has_value(fact, heads)]
    dropped: set[Term] = set()
    for fact in (fact for fact in encoded.assumptions if fact not in kept):
        if _names_a_value(fact, (*encoded.facts, *kept, *encoded.definitions)):
            kept.append(fact)
            continue
        if _is_contradicted(replace(encoded, assumptions=tuple(kept)), fact.proposition):
            dropped.add(fact.proposition)
        else:
            kept.append(fact)
    return replace(encoded, assumptions=tuple(f for f in encoded.assumptions if f.proposition not in dropped))


def _names_a_value(fact: Fact, others: Iterable[Fact | Unfolding]) -> bool:
    """True of an equation for a plain name, its power, or a value of a function, of which nothing else says what it is.

    `m = E[X]` and `M_X(t) = E[exp(t X)]` are such.
    """
    stated = open_fact(fact.proposition).relation
    name = stated.left.base if isinstance(stated.left, Power) else stated.left
    is_value = isinstance(name, Apply) and name.function not in ARITY
    if not (isinstance(name, Symbol) or is_value) or name in subterms(stated.right):
        return False
    equal = (other.proposition for other in others if open_fact(other.proposition).relation.kind == "=")
    return not any(name in subterms(proposition) for proposition in equal)


def _heads_of_sums(encoded: Encoded) -> frozenset[str]:
    """The names that are defined by sums, or by such names."""
    found: frozenset[str] = frozenset()
    for unfolding in reversed(encoded.definitions):
        parts = list(subterms(unfolding.proposition))
        if any(isinstance(part, Reduce) or head_of(part) in found for part in parts):
            found |= {unfolding.head}
    return found


def _has_value(fact: Fact, heads: frozenset[str]) -> bool:
    """True of an equation in which a sum stands, or a name for one."""
    stated = open_fact(fact.proposition).relation
    parts = list(subterms(stated)) if stated.kind == "=" and fact.rule == "hypothesis" else []
    return any(isinstance(part, Reduce) or head_of(part) in heads for part in parts)


def _is_contradicted(encoded: Encoded, proposition: Term) -> bool:
    """True of an equation that says something of parameters alone, once its sums have their values."""
    relation = open_fact(proposition).relation
    facts = [f.proposition for f in ordered((*encoded.facts, *encoded.assumptions))]
    try:
        algebra = Normalizer(facts, (), [d.proposition for d in encoded.definitions])
        gap = difference(algebra.polynomial(relation.left), algebra.polynomial(relation.right))
    except (Exhausted, RecursionError):
        return False
    if not gap or not _is_plain(quote(gap)):
        return False
    # Two fractions can be one number.
    task = without_equations(Task(replace(encoded, conclusion=Relation("=", quote(gap), ZERO))))
    return multiplied_out(task, ProofBuilder(task), ()) is None


def with_known_values(task: Task) -> Iterator[Encoded]:
    """The conclusion with the values of its series, integrals, limits and means, where none remains without one.

    First with those that are known of it, then with those that it has under conditions, which are assumed.
    """
    alternatives = ((), *needs_of_values(task))
    found = (_with_known_values(replace(task, conditions=(*task.conditions, *more))) for more in alternatives)
    yield from dict.fromkeys(reduced for reduced in found if reduced is not None)


def needs_of_values(task: Task) -> list[tuple[Fact, ...]]:
    """What the values of series, integrals and limits need: those of all integrals and series, then each by itself."""
    return [needs for needs in dict.fromkeys((_premises_of_integrals(task), *_premises(task))) if needs]


def _premises(task: Task) -> Iterator[tuple[Fact, ...]]:
    """What each of the values needs."""
    for fact in task.encoded.facts:
        if fact.rule.startswith(LAST) and fact.rule != "integral.range":
            yield tuple(Fact(premise, "condition", "") for premise in open_fact(fact.proposition).premises)


def _premises_of_integrals(task: Task) -> tuple[Fact, ...]:
    """What the values of all integrals and series need; those of limits are known by cases."""
    encoded = replace(task.encoded, facts=tuple(f for f in task.encoded.facts if not f.rule.startswith("limit.")))
    return tuple(dict.fromkeys(fact for needed in _premises(replace(task, encoded=encoded)) for fact in needed))


def _with_known_values(task: Task) -> Encoded | None:
    """The conclusion with its values; nothing is assumed of it but what speaks of numbers alone."""
    goal = task.conclusion
    if not with_values(task.encoded) or not isinstance(goal, Relation):
        return None
    definitions = [d.proposition for d in task.encoded.definitions]
    try:
        algebra = Normalizer([f.proposition for f in task.facts if not _is_of_limits(f)], (), definitions)
        known = dict(_limits(task, algebra))
        left, right = (algebra.canonical(substitute(side, known)) for side in (goal.left, goal.right))
    except (Exhausted, RecursionError):
        return None
    if not (_is_plain(left) and _is_plain(right)) or goal == Relation(goal.kind, left, right):
        return None
    parts = [*subterms(left), *subterms(right)]
    if any(isinstance(p, Symbol) and p.name == PI for p in parts) and any(head_of(p) in OF_PI for p in parts):
        return None  # the number in models that stands for pi is not exact
    told = [fact for fact in task.facts if fact.rule != "gamma.half" and not fact.rule.startswith("limit.")]
    plain = [fact for fact in told if _is_plain(fact.proposition)]
    return Encoded(Relation(goal.kind, left, right), tuple(plain), (), ())


def _limits(task: Task, algebra: Normalizer) -> Iterator[tuple[Term, Term]]:
    """The limits that have a value under what is known, with it."""
    told = {fact.proposition for fact in task.facts}
    for fact in task.facts:
        stated = open_fact(fact.proposition)
        if fact.rule.startswith("limit.") and all(p in told or algebra.signs.holds(p) for p in stated.premises):
            yield stated.relation.left, stated.relation.right


def _is_of_limits(fact: Fact) -> bool:
    """True of the value of a limit, and of an equation that it needs: in normal forms these could be read backwards."""
    is_equation = isinstance(fact.proposition, Relation) and fact.proposition.kind == "="
    return fact.rule.startswith("limit.") or (fact.rule == "condition" and is_equation)


def is_known(term: Term) -> bool:
    """True where nothing stands in a term that is known by its text alone."""
    names = [part.name for part in subterms(term) if isinstance(part, Symbol)]
    return not any(sign in name for name in names for sign in COMPOSED)


def without_values(encoded: Encoded) -> Encoded:
    """The statement without the values of its series and integrals, which no finite model has, and without laws."""
    facts = tuple(fact for fact in encoded.facts if not fact.rule.startswith(LAST) or fact.rule == "integral.range")
    return replace(encoded, assumptions=tuple(f for f in encoded.assumptions if not _is_law(f)), facts=facts)


def _is_law(fact: Fact) -> bool:
    """True of an equation between a mean and a series or integral."""
    tensors = {part.tensor.split()[0] for part in subterms(fact.proposition) if isinstance(part, Entry)}
    return speaks_of_sums(fact) and {r"\Pr", "value"} <= {name.partition("_")[0] for name in tensors}


def _is_plain(term: Term) -> bool:
    """True of what is said of numbers that depend on no index."""
    return not any(isinstance(part, Reduce | Entry | Index | Forall) for part in subterms(term))
