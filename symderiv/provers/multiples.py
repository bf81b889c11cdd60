"""Equations as multiples of assumed ones: a x = a y from x = y, and b = A^-1 c from A b = c.

Method: the difference of the sides of the conclusion is divided by that of an assumed equation, monomial by monomial;
each quotient, and each inverse that the conclusion mentions, is a candidate for the multiplier.  It is complete where
the multiplier is a product of powers; it stops where several equations have to be combined.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice, product

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.polynomial import Factor, Monomial, Polynomial
from symderiv.kernel.terms import (
    ONE,
    REAL,
    Delta,
    Entry,
    Forall,
    Index,
    Multiply,
    Power,
    Relation,
    Term,
    instantiate,
    key,
    negate,
    nonzero,
    substitute,
    subterms,
    subtract,
)
from symderiv.language.encode import Fact
from symderiv.provers.combination import Combination, Instance, product_term
from symderiv.provers.equality import is_equation
from symderiv.provers.task import Found, Prover, Task

MOST = 40
"""How many multipliers are tried for one equation."""
PATIENCE = 50_000
"""How many products may be simplified in all."""
LONGEST = 8
"""How many monomials of each side are compared."""


def search(task: Task) -> Found | None:
    """A proof by a multiple of one assumed equation."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind != "=":
        return None
    spent = 0
    for number, fact in enumerate(task.encoded.assumptions):
        names, stated = opened_equation(fact.proposition)
        if stated is None or stated.kind != "=" or stated == goal:
            continue
        # Other equations are used to rewrite, and could rewrite the multiplied one away: first without them.
        others = task.encoded.assumptions[:number] + task.encoded.assumptions[number + 1 :]
        plain = tuple(other for other in others if not is_equation(other.proposition))
        for kept in dict.fromkeys((plain, others)):
            inner = replace(task, encoded=replace(task.encoded, assumptions=kept))
            found, effort = _by(inner, goal, fact.proposition, names, stated)
            spent += effort
            if found is not None or spent > PATIENCE:
                return found
    return None


def opened_equation(proposition: Term) -> tuple[tuple[Index, ...], Relation | None]:
    """The indices for all of which a relation holds, with names that a proof may use, and the relation."""
    names: list[Index] = []
    while isinstance(proposition, Forall) and proposition.domain != REAL:
        name = Index(f"m{len(names)}", proposition.domain)
        names.append(name)
        proposition = instantiate(proposition.body, name)
    return tuple(names), proposition if isinstance(proposition, Relation) else None


def _by(
    task: Task, goal: Relation, premise: Term, names: tuple[Index, ...], stated: Relation
) -> tuple[Found | None, int]:
    """The proof, and how many products were simplified in search of it."""
    spent = 0
    for stage in (-1, task.stages[-1]):
        unfold = task.definitions(stage)
        try:
            for multiplier in islice(_multipliers(task, goal, stage, names, stated), MOST):
                conditions = divisors(task, multiplier)
                able = replace(task, conditions=(*task.conditions, *conditions))
                combination = Combination(able, goal, unfold)
                line = combination.builder.hypothesis(premise)
                combination.subtract(Instance(line, names, stated.left, stated.right, multiplier), "equation.multiple")
                spent += combination.normalizer.spent
                found = combination.found()
                if found is not None:
                    return replace(found, conditions=conditions), spent
                if spent > PATIENCE:
                    return None, spent
        except (Exhausted, RecursionError):
            spent += PATIENCE // 4
    return None, spent


def divisors(task: Task, multiplier: Term) -> tuple[Fact, ...]:
    """What a multiplier divides by must not be 0."""
    signs = task.normalizer(()).signs
    bases = {part.base for part in subterms(multiplier) if isinstance(part, Power) and part.exponent < 0}
    return tuple(
        Fact(nonzero(base), "condition", "")
        for base in sorted(bases, key=key)
        if not signs.holds(nonzero(base)) and not any(isinstance(n, Index) for n in base.free)
    )


def _multipliers(task: Task, goal: Relation, stage: int, names: tuple[Index, ...], stated: Relation) -> Iterator[Term]:
    """Candidates, each a number for every choice of the equation's indices."""
    normalizer = task.normalizer(task.definitions(stage))
    wanted = normalizer.polynomial(subtract(goal.right, goal.left))
    for places in product(*(list(_places(task, goal, name)) for name in names)):
        yield Multiply(places) if places else ONE
        if places and not all(isinstance(place, Delta) for place in places):
            yield negate(Multiply(places))
        for cleared in _clearing(goal, stated) if not places else ():
            yield cleared
            yield negate(cleared)
        if all(isinstance(place, Delta) for place in places):
            values = {place.right: place.left for place in places if isinstance(place, Delta)}
            given = normalizer.polynomial(substitute(subtract(stated.right, stated.left), values))
            for quotient in _quotients(wanted, given):
                yield Multiply((quotient, *places))


def _clearing(goal: Relation, stated: Relation) -> Iterator[Term]:
    """What the equation divides by, over what the conclusion divides by: `x = a/(a + b)` from `a/x = b/(1 - x)`."""
    below, wanted = (
        dict.fromkeys(part.base for part in subterms(relation) if isinstance(part, Power) and part.exponent == -1)
        for relation in (stated, goal)
    )
    if below:
        yield Multiply((*below, *(Power(base, Fraction(-1)) for base in wanted)))


def _places(task: Task, goal: Relation, name: Index) -> Iterable[Term]:
    """What picks out, or mixes, the equations of all indices: a delta, an entry of an inverse or what it inverts."""
    free = sorted((n for n in goal.free if isinstance(n, Index) and n.domain == name.domain), key=key)
    for index in free:
        yield Delta(index, name)
    known = (fact.proposition for fact in task.encoded.facts if fact.rule == "matrix.inverse")
    inverses = {
        part.tensor
        for stated in (goal, *known)
        for part in subterms(stated)
        if isinstance(part, Entry) and len(part.indices) == 2 and part.tensor.endswith("^{-1}")
    }
    for tensor in sorted(inverses):
        for index in free:
            yield Entry(tensor, (index, name))
    for tensor in sorted({name.removesuffix("^{-1}") for name in inverses} - inverses):
        for index in free:
            yield Entry(tensor, (index, name))


def _quotients(wanted: Polynomial, given: Polynomial) -> Iterator[Term]:
    """The quotients of monomials of one polynomial by those of the other that have the same sums in them."""
    seen: set[Term] = set()
    for top, above in list(wanted.items())[:LONGEST]:
        for bottom, below in list(given.items())[:LONGEST]:
            if top.bound != bottom.bound or _summed(top) != _summed(bottom):
                continue
            factors = _outside(top, 1) + _outside(bottom, -1)
            quotient = product_term(above / below, _gathered(factors))
            if quotient not in seen:
                seen.add(quotient)
                yield quotient


def _summed(monomial: Monomial) -> list[Factor]:
    return [(base, e) for base, e in monomial.factors if not base.free.isdisjoint(monomial.bound)]


def _outside(monomial: Monomial, sign: int) -> list[Factor]:
    return [(base, sign * e) for base, e in monomial.factors if base.free.isdisjoint(monomial.bound)]


def _gathered(factors: Iterable[Factor]) -> list[Factor]:
    total: dict[Term, Factor] = {}
    for base, exponent in factors:
        before = total[base][1] if base in total else 0
        total[base] = (base, before + exponent)
    return [(base, exponent) for base, exponent in total.values() if exponent != 0]


PROVER = Prover("multiples of an equation", cost=3, search=search)
