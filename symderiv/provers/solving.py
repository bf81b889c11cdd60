r"""Equations by solving an assumed one for a name in it: `x = e^a` from `\ln x = a`, where a is `\ln x`.

Method: an assumed equation with a function in it in which a name of the conclusion stands once, as a factor, is solved
for that name; what it is then is put into the conclusion, whose sides are compared by normal form.  It stops where the
name stands inside of a function too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.facts import definitions_of, heads
from symderiv.kernel.polynomial import quote
from symderiv.kernel.replay import Line, Proof
from symderiv.kernel.terms import Apply, Multiply, Power, Relation, Symbol, Term, negate, subterms, subtract
from symderiv.language.encode import Fact, Unfolding
from symderiv.provers import denominators, equality
from symderiv.provers.combination import Combination, Instance, product_term
from symderiv.provers.multiples import divisors, opened_equation
from symderiv.provers.task import Found, Prover, Task

MOST = 6
"""How many solved equations are tried."""


def search(task: Task) -> Found | None:
    """A proof by an assumed equation that is solved for a name of the conclusion."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind != "=":
        return None
    for fact, name, body, multiplier in islice(_solved(task, goal), MOST):
        try:
            found = _by(task, fact, Relation("=", name, body), multiplier)
        except (Exhausted, RecursionError):
            continue
        if found is not None:
            return found
    return None


def _solved(task: Task, goal: Relation) -> Iterator[tuple[Fact, Symbol, Term, Term]]:
    """The equations with a name of the conclusion, what it is by them, and what they are multiplied by for that."""
    wanted = heads(goal) - {definition.head for definition in task.encoded.definitions}
    for fact in task.encoded.assumptions:
        stated = fact.proposition
        if not isinstance(stated, Relation) or stated.kind != "=" or stated == goal or not _has_functions(stated, goal):
            continue
        others = tuple(other for other in task.encoded.assumptions if other != fact)
        plain = replace(task, encoded=replace(task.encoded, assumptions=others))
        try:
            gap = plain.normalizer(()).polynomial(subtract(stated.right, stated.left))
        except (Exhausted, RecursionError):
            continue
        for monomial in gap:
            for base, exponent in monomial.factors:
                if isinstance(base, Symbol) and base.name in wanted and exponent == 1 and not monomial.bound:
                    rest = {other: value for other, value in gap.items() if other != monomial}
                    left = [(b, e) for b, e in monomial.factors if b != base]
                    if base.name in heads(quote(rest)).union(*(heads(b) for b, _ in left)):
                        continue
                    inverse = Power(product_term(gap[monomial], left), Fraction(-1))
                    yield fact, base, Multiply((inverse, negate(quote(rest)))), negate(inverse)


def _has_functions(*relations: Relation) -> bool:
    """True of relations with a function or a root in them: others are compared as they are."""
    parts = (part for relation in relations for part in subterms(relation))
    return any(isinstance(p, Apply) or (isinstance(p, Power) and p.exponent.denominator != 1) for p in parts)


def _by(task: Task, fact: Fact, solved: Relation, multiplier: Term) -> Found | None:
    """The proof that puts in what an equation says when it is solved."""
    encoded = task.encoded
    _, stated = opened_equation(fact.proposition)
    conditions = divisors(task, multiplier)
    able = replace(task, conditions=(*task.conditions, *conditions))
    others = tuple(other for other in encoded.assumptions if other != fact)
    plain = replace(able, encoded=replace(encoded, assumptions=others, conclusion=solved))
    combination = Combination(plain, solved, ())
    line = combination.builder.hypothesis(fact.proposition)
    if stated is None or not isinstance(solved.left, Symbol):
        return None
    combination.subtract(Instance(line, (), stated.left, stated.right, multiplier), "equation.multiple")
    shown = combination.found()
    definition = Unfolding(solved.left.name, solved, fact.rule, solved.left.name, 0)
    known = [d.proposition for d in encoded.definitions]
    if shown is None or definitions_of([solved, *known]).is_circular:
        return None
    definitions = (definition, *encoded.definitions)
    unfolded = replace(able, encoded=replace(encoded, assumptions=others, definitions=definitions))
    found = equality.search(unfolded) or denominators.search(unfolded)
    if found is None:
        return None
    rules = tuple(dict.fromkeys((*shown.rules, *found.rules)))
    return Found(_with_shown(shown.proof, solved, found.proof), rules, (*conditions, *found.conditions))


def _with_shown(shown: Proof, proposition: Term, proof: Proof) -> Proof:
    """One proof of two: the second one takes as a hypothesis what the first one shows in its last line."""
    lines, places = list(shown), list[int]()
    for line in proof:
        if line == Line("hypothesis", (), (proposition,)):
            places.append(len(shown) - 1)
            continue
        places.append(len(lines))
        lines.append(line._replace(premises=tuple(places[n] for n in line.premises)))
    return tuple(lines)


PROVER = Prover("assumed equations, solved", cost=4, search=search)
