"""Equations of fractions: both sides are multiplied by the denominators, which must not be 0.

Method: the denominators of both sides, and of what they are defined by, are multiplied with each other; the
products of the sides with them are compared by their normal forms.  It is complete for fractions of polynomials over
numbers that are independent of each other; it stops where a sum binds a variable of a denominator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.facts import Definitions, definitions_of
from symderiv.kernel.polynomial import difference, quote
from symderiv.kernel.terms import Apply, Multiply, Number, Power, Relation, Term, key, nonzero
from symderiv.language.encode import Fact, Unfolding
from symderiv.provers.equality import latest
from symderiv.provers.reasons import events, rules_used
from symderiv.provers.task import Found, ProofBuilder, Prover, Task

MOST = 8
"""How many denominators are multiplied."""
DEEPEST = 3
"""How many definitions inside each other are looked through for denominators."""


def search(task: Task) -> Found | None:
    """A proof of an equation by multiplying it out."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind != "=":
        return None
    for tried, beside in ((task, ()), *_with_denominators_put_in(task)):
        builder = ProofBuilder(tried)
        for stage in tried.stages:
            unfold = tried.definitions(stage)
            found = multiplied_out(tried, builder, unfold, beside)
            if found is None and (roots := _with_roots(tried, goal, unfold)) is not None:
                found = multiplied_out(tried, builder, unfold, (*beside, roots))
            if found is not None:
                return Found(builder.proof, rules_used(tried, found, ("equation.denominator",)))
    return None


def _with_roots(task: Task, goal: Relation, unfold: tuple[Unfolding, ...]) -> Term | None:
    """The difference of the sides in normal form where it divides by roots, as exponentials of logarithms do."""
    try:
        normalizer = task.normalizer(unfold)
        gap = difference(normalizer.polynomial(goal.left), normalizer.polynomial(goal.right))
    except (Exhausted, RecursionError):
        return None
    roots = any(exponent < 0 and exponent.denominator != 1 for monomial in gap for _, exponent in monomial.factors)
    return quote(gap) if roots else None


def _with_denominators_put_in(task: Task) -> Iterator[tuple[Task, tuple[Term, ...]]]:
    """The task with the last assumed equation for each left side, and what these put in that divides."""
    assumptions = latest(task.encoded.assumptions)
    stated = [fact.proposition for fact in assumptions]
    right = tuple(p.right for p in stated if isinstance(p, Relation) and p.kind == "=" and p != task.conclusion)
    if any(True for side in right for _ in _denominators(side, definitions_of(()), DEEPEST)):
        yield replace(task, encoded=replace(task.encoded, assumptions=assumptions)), right


def multiplied_out(
    task: Task, builder: ProofBuilder, unfold: tuple[Unfolding, ...], beside: Iterable[Term] = ()
) -> dict[str, None] | None:
    """What shows the conclusion, an equation, multiplied by its denominators; its lines are added.

    The denominators of what stands `beside` it count as well.
    """
    goal = task.conclusion
    try:
        signs = task.normalizer(unfold).signs
        factor = common_denominator(task, unfold, beside=beside)
        if factor is not None and not signs.holds(nonzero(factor)):
            # What stands beside what it divides by, as in t^-1 t^2, may be 0.
            factor = common_denominator(task, unfold, lambda base: signs.holds(nonzero(base)), beside)
        if factor is None or not isinstance(goal, Relation):
            return None
        # That the product is not 0 is not seen of its expanded form, so it is a fact of its own.
        divisors = Fact(nonzero(factor), "condition", "")
        under = replace(task, conditions=(*task.conditions, divisors))
        normalizer = under.normalizer(unfold)
        scaled = Relation("=", Multiply((goal.left, factor)), Multiply((goal.right, factor)))
        gap = difference(normalizer.polynomial(scaled.left), normalizer.polynomial(scaled.right))
    except (Exhausted, RecursionError):
        return None
    if gap:
        return None
    divisor = builder.computed("sign", nonzero(factor), unfold)
    premises, roles = builder.algebra(unfold)
    equation = builder.add("equality", (*premises, divisor), scaled, *roles, "fact")
    builder.add("cancel", (equation, divisor), goal, factor)
    return events(under, normalizer.used)


def common_denominator(
    task: Task,
    unfold: Iterable[Unfolding],
    is_wanted: Callable[[Term], bool] = lambda _: True,
    beside: Iterable[Term] = (),
) -> Term | None:
    """The product of all denominators, or of those that are wanted, each factor with its largest exponent."""
    definitions = definitions_of(d.proposition for d in unfold)
    exponents: dict[Term, Fraction] = {}
    divided = (found for term in (task.conclusion, *beside) for found in _denominators(term, definitions, 0))
    for base, exponent in divided:
        own: dict[Term, Fraction] = {}
        for factor, power in _factors(base, exponent):
            own[factor] = own.get(factor, Fraction(0)) + power
        for factor, power in own.items():
            if not is_wanted(factor):
                continue
            exponents[factor] = max(exponents.get(factor, Fraction(0)), power)
    if not exponents or len(exponents) > MOST:
        return None
    factors = [b if e == 1 else Power(b, e) for b, e in sorted(exponents.items(), key=lambda item: key(item[0]))]
    return factors[0] if len(factors) == 1 else Multiply(tuple(factors))


def _denominators(term: Term, definitions: Definitions, depth: int) -> Iterator[tuple[Term, Fraction]]:
    """What is divided by, with its exponent; what depends on a bound variable or stands in a function is left out."""
    if isinstance(term, Power) and term.exponent < 0 and not term.base.loose:
        yield term.base, -term.exponent
    body = definitions.unfold(term) if depth < DEEPEST else None
    if body is not None:
        yield from _denominators(body, definitions, depth + 1)
    if not isinstance(term, Apply):
        for child in term.children:
            yield from _denominators(child, definitions, depth)


def _factors(base: Term, exponent: Fraction) -> Iterator[tuple[Term, Fraction]]:
    match base:
        case Multiply(factors):
            for factor in factors:
                yield from _factors(factor, exponent)
        case Power(inner, power) if power > 0:
            yield from _factors(inner, exponent * power)
        case Number() | Power():
            return
        case _:
            yield base, exponent


PROVER = Prover("denominators", cost=2, search=search)
