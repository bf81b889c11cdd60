"""Inequalities from assumptions that are multiplied by numbers which are not negative.

Method: every assumed inequality, times or over one of the numbers that the conclusion mentions, is a candidate; one or
two of them are subtracted from the difference of the sides, and what is left must be non-negative by its signs.  Sums
over all that they depend on are numbers too.  It stops where a combination needs other multipliers, or more of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.signs import POSITIVE, ZERO
from symderiv.kernel.terms import (
    ONE,
    Power,
    Reduce,
    Relation,
    Symbol,
    Term,
    key,
    nonnegative,
    rebuild,
    substitute,
    subterms,
)
from symderiv.language.encode import Fact
from symderiv.provers.combination import Combination, Instance
from symderiv.provers.task import Found, ProofBuilder, Prover, Task

MOST = 2
"""How many products are subtracted."""


def search(task: Task) -> Found | None:
    """A proof by multiples of assumptions."""
    return _by_products(task) or _with_sums_as_numbers(task)


def _with_sums_as_numbers(task: Task) -> Found | None:
    """A proof in which numbers stand for the sums in the conclusion; their signs are shown of the sums."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind not in ("<=", "<"):
        return None
    sums: dict[Term, None] = dict.fromkeys(
        part for part in subterms(goal) if isinstance(part, Reduce) and not part.loose
    )
    inner = {below for whole in sums for child in whole.children for below in subterms(child)}
    named: dict[Term, Term] = {
        whole: Symbol(f"number {n}") for n, whole in enumerate(whole for whole in sums if whole not in inner)
    }
    if not named:
        return None

    def stated(facts: Iterable[Fact]) -> tuple[Fact, ...]:
        return tuple(replace(fact, proposition=_with_names(fact.proposition, named)) for fact in facts)

    signs = task.normalizer(()).signs
    known = [nonnegative(whole) for whole in named if not signs.sign(whole) & ~(POSITIVE | ZERO)]
    signed = stated(Fact(proposition, "order.sign", "") for proposition in known)
    encoded = replace(
        task.encoded,
        conclusion=_with_names(goal, named),
        assumptions=(*stated(task.encoded.assumptions), *signed),
        facts=stated(task.encoded.facts),
        definitions=tuple(replace(d, proposition=_with_names(d.proposition, named)) for d in task.encoded.definitions),
    )
    found = _by_products(replace(task, encoded=encoded, conditions=stated(task.conditions)))
    if found is None:
        return None
    builder = ProofBuilder(task)
    for line in found.proof:
        builder.add(line.inference, line.premises, *line.arguments)
    numbers = {name: whole for whole, name in named.items()}
    last = len(found.proof) - 1
    assumed = [line.arguments[0] for line in found.proof if line.inference == "hypothesis"]
    about = [h for h in assumed if isinstance(h, Term) and not h.free.isdisjoint(numbers)]
    for hypothesis in about:
        last = builder.add("discharge", (last,), hypothesis)
    for name in numbers:
        last = builder.add("generalise", (last,), name)
    for whole in reversed(numbers.values()):
        last = builder.add("instance", (last,), whole)
    for hypothesis in reversed(about):
        own = substitute(hypothesis, numbers)
        shown = builder.computed("sign", own, ()) if own in known else builder.hypothesis(own)
        last = builder.add("detach", (last, shown))
    return replace(found, proof=builder.proof)


def _with_names(term: Term, named: Mapping[Term, Term]) -> Term:
    """The term with numbers in place of some sums."""
    if term in named:
        return named[term]
    return rebuild(term, [_with_names(child, named) for child in term.children]) if term.children else term


def _by_products(task: Task) -> Found | None:
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind not in ("<=", "<"):
        return None
    signs = task.normalizer(()).signs
    numbers = {part for part in subterms(goal) if isinstance(part, Symbol)}
    known_signs = sorted((n for n in numbers if not signs.sign(n) & ~(POSITIVE | ZERO)), key=key)
    multipliers: list[Term] = [ONE, *known_signs, *(Power(number, Fraction(-1)) for number in known_signs)]
    known = [f.proposition for f in (*task.encoded.assumptions, *task.conditions)]
    usable = [p for p in known if isinstance(p, Relation) and p.kind in ("<", "<=")]
    candidates = [(relation, multiplier) for relation in usable for multiplier in multipliers]
    for count in range(1, MOST + 1):
        for chosen in combinations(candidates, count):
            found = _subtracted(task, goal, chosen)
            if found is not None:
                return found
    return None


def _subtracted(task: Task, goal: Relation, chosen: tuple[tuple[Relation, Term], ...]) -> Found | None:
    combination = Combination(task, goal, task.definitions(task.stages[-1]))
    try:
        for relation, multiplier in chosen:
            line = combination.builder.hypothesis(relation)
            strict = relation.kind == "<"
            instance = Instance(line, (), relation.left, relation.right, multiplier, strict)
            combination.subtract(instance, "order.product")
        return combination.found()
    except (Exhausted, RecursionError):
        return None


PROVER = Prover("products of assumptions", cost=5, search=search)
