"""Inequalities as weighted sums of assumed ones: x < 4 from 2 x < 8, and x y > y from x > 1 and y > 0.

Method: the difference of the sides is to be a sum, with weights that are not negative, of what the assumed inequalities
say not to be negative, times or over one of the numbers that stand in the conclusion or beside them, and of monomials
that are seen not to be negative.  The weights are found by linear programming over the rationals, exactly.
For linear inequalities it is complete (Farkas' lemma).  Sums over all that they depend on are numbers too.  It stops
where assumed inequalities must be multiplied by each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from flint import fmpq

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.polynomial import Monomial, Polynomial, monomial_key, quote_monomial, to_fraction
from symderiv.kernel.signs import POSITIVE, ZERO, allowed
from symderiv.kernel.terms import (
    ONE,
    Multiply,
    Number,
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
    subtract,
)
from symderiv.language.encode import Fact
from symderiv.language.linear_programs import LinearProgram
from symderiv.provers.combination import Combination, Instance
from symderiv.provers.equality import without_equations
from symderiv.provers.task import Found, ProofBuilder, Prover, Task

MOST = 40
"""How many products are tried, and how many monomials may be in them."""


def search(task: Task) -> Found | None:
    """A proof by multiples of assumptions, without the equations that are assumed, or else with them."""
    tasks = dict.fromkeys((without_equations(task), task))
    return next(filter(None, (_by_products(tried) or _with_sums_as_numbers(tried) for tried in tasks)), None)


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
    known = {f.proposition: f.rule for f in (*task.encoded.assumptions, *task.conditions)}
    usable = [p for p in known if isinstance(p, Relation) and p.kind in ("<", "<=")]
    own = _numbers(goal)
    tied = set[Symbol]().union(*(numbers for p in usable if not own.isdisjoint(numbers := _numbers(p)))) - own
    ranked = (*sorted(own, key=key), *sorted(tied, key=key))
    known_signs = [number for number in ranked if not signs.sign(number) & ~(POSITIVE | ZERO)]
    multipliers: list[Term] = [ONE, *known_signs, *(Power(number, Fraction(-1)) for number in known_signs)]
    candidates = [(relation, multiplier) for multiplier in multipliers for relation in usable][:MOST]
    try:
        combination = Combination(task, goal, task.definitions(task.stages[-1]))
        weights = _weights(combination, candidates)
        for (relation, multiplier), weight in zip(candidates, weights, strict=False):
            if weight:
                line = combination.builder.hypothesis(relation)
                scaled = multiplier if weight == 1 else Multiply((Number(weight), multiplier))
                instance = Instance(line, (), relation.left, relation.right, scaled, relation.kind == "<")
                combination.subtract(instance, known[relation] if multiplier == ONE else "order.product")
        return combination.found() if any(weights) else None
    except (Exhausted, RecursionError):
        return None


def _numbers(term: Term) -> set[Symbol]:
    return {part for part in subterms(term) if isinstance(part, Symbol)}


def _weights(combination: Combination, candidates: Sequence[tuple[Relation, Term]]) -> list[Fraction]:
    """The weights of known inequalities whose sum is at most the difference; an empty list where there are none.

    What is positive of the rest is made as large as it can be, up to 1, since a strict inequality needs some of it.
    """
    algebra = combination.normalizer
    shares = [algebra.polynomial(Multiply((factor, subtract(r.right, r.left)))) for r, factor in candidates]
    monomials = sorted(set[Monomial](combination.gap).union(*shares), key=monomial_key)
    if not candidates or len(monomials) > MOST:
        return []
    program = LinearProgram(len(candidates) + 1)
    positive = [Fraction(-int(relation.kind == "<")) for relation, _ in candidates] + [Fraction(1), Fraction(0)]
    for monomial in monomials:
        parts: list[Polynomial] = [*shares, {}, combination.gap]
        row = [to_fraction(part[monomial]) if monomial in part else Fraction(0) for part in parts]
        sign = algebra.signs.sign(quote_monomial(monomial, fmpq(1)))
        if sign == POSITIVE:
            positive = [one + other for one, other in zip(positive, row, strict=True)]
        (program.most if allowed("<=", sign) else program.equal).append(row)
    program.most.append(positive)
    return (program.solution() or [])[:-1]


PROVER = Prover("products of assumptions", cost=5, search=search)
