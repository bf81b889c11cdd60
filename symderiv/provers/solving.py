r"""Equations by solving an assumed one for a name in it: `x = e^a` from `\ln x = a`, where a is `\ln x`.

Method: an assumed equation with a function in it in which a name of the conclusion stands once, as a factor, is solved
for that name; what it is then is put into the conclusion, whose sides are compared by normal form.  Where a side of the
equation is no name, as in `u = \ln(1/2)` from `e^u = 1/2`, a name is given to it first, for all values of which the
conclusion is shown to follow.  It stops where a name stands inside of a function too.
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
from symderiv.kernel.terms import Apply, Multiply, Power, Relation, Symbol, Term, negate, rebuild, subterms, subtract
from symderiv.language.encode import Fact, Unfolding
from symderiv.provers import denominators, equality
from symderiv.provers.combination import Combination, Instance, product_term
from symderiv.provers.multiples import divisors, opened_equation
from symderiv.provers.task import Found, Prover, Task

_NAME = Symbol(r"\text{value}")
"""Stands in proofs alone, for what is no name."""
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
    for fact in task.encoded.assumptions:
        stated = fact.proposition
        if isinstance(stated, Relation) and stated.kind == "=" and stated != goal:
            for turned in (stated, Relation("=", stated.right, stated.left)):
                try:
                    found = _by_naming(task, fact, turned, goal)
                except (Exhausted, RecursionError):
                    continue
                if found is not None:
                    return found
    return None


def _by_naming(task: Task, fact: Fact, stated: Relation, goal: Relation) -> Found | None:
    """The proof that gives the right side of an equation a name, of which the left side is the definition."""
    left, right = (_named(side, stated.right) for side in (goal.left, goal.right))
    general, meant = Relation("=", left, right), Relation("=", _NAME, stated.left)
    if general == goal:
        return None
    others = tuple(other for other in task.encoded.assumptions if other != fact)
    definitions = (Unfolding(_NAME.name, meant, fact.rule, _NAME.name, 0), *task.encoded.definitions)
    if definitions_of([d.proposition for d in definitions]).is_circular:
        return None
    named = replace(task.encoded, conclusion=general, assumptions=others, definitions=definitions)
    found = equality.search(replace(task, encoded=named)) or denominators.search(replace(task, encoded=named))
    if found is None:
        return None
    lines = list(found.proof)

    def add(inference: str, premises: tuple[int, ...], *arguments: Term) -> int:
        lines.append(Line(inference, premises, arguments))
        return len(lines) - 1

    shown = add("generalise", (add("discharge", (len(lines) - 1,), meant),), _NAME)
    implied = add("instance", (shown,), stated.right)
    given = add("hypothesis", (), fact.proposition)
    premise = Relation("=", stated.right, stated.left)
    if premise != fact.proposition:
        given = add("weaken", (given,), premise)
    add("detach", (implied, given))
    return Found(tuple(lines), (*found.rules, "equation.multiple"), found.conditions)


def _named(term: Term, value: Term, *, inside: bool = False) -> Term:
    """The term with the name for a value where that stands inside of functions and roots."""
    if inside and term == value:
        return _NAME
    inside = inside or _is_function(term)
    return rebuild(term, [_named(child, value, inside=inside) for child in term.children]) if term.children else term


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
    return any(_is_function(part) for relation in relations for part in subterms(relation))


def _is_function(term: Term) -> bool:
    return isinstance(term, Apply) or (isinstance(term, Power) and term.exponent.denominator != 1)


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
