"""The conditions under which a statement is defined: found from its needs, made as simple as they can be.

Nothing here is trusted: a condition is one more hypothesis, and what is proved says that it needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from symderiv.advice.factors import factored
from symderiv.kernel.definedness import definedness
from symderiv.kernel.errors import Exhausted
from symderiv.kernel.facts import Definitions, definitions_of, head_of
from symderiv.kernel.normal_form import Normalizer, normalizer
from symderiv.kernel.replay import Line, Proof
from symderiv.kernel.signs import NEGATIVE, POSITIVE, ZERO
from symderiv.kernel.terms import (
    ONE,
    Add,
    Apply,
    Entry,
    Forall,
    Implies,
    Index,
    Multiply,
    Power,
    Reduce,
    Relation,
    Size,
    Symbol,
    Term,
    first_unused,
    forall,
    instantiate,
    key,
    nonnegative,
    nonzero,
    positive,
    subterms,
    sum_over,
)
from symderiv.kernel.terms import ZERO as NOUGHT
from symderiv.language.encode import Encoded, Fact
from symderiv.provers.task import ProofBuilder, Task


def with_definedness(task: Task, proof: Proof) -> Proof:
    """The proof with a line for everything that the conclusion needs to be defined."""
    needs = definedness(task.conclusion, sorted(task.hypotheses, key=key))
    if not needs:
        return proof
    builder = ProofBuilder(task)
    premises, roles = builder.algebra(())
    placed = tuple(len(proof) + premise for premise in premises)
    return (*proof, *builder.proof, *(Line("sign", placed, (need, *roles)) for need in needs))


def with_conditions(task: Task, divisors: tuple[Term, ...] = ()) -> tuple[Task, tuple[Term, ...]]:
    """The task with the conditions under which its conclusion is defined; what remains open where none were found.

    What `divisors` say is wanted as well, whatever stands beside them.
    """
    needs = (*definedness(task.conclusion, sorted(task.hypotheses, key=key)), *divisors)
    task = _with_ranges(with_meaningful_assumptions(task))
    if not needs:
        return task, ()
    for _ in range(2):
        algebra = task.normalizer(())
        missing = [need for need in needs if not shows(algebra, need)]
        if not missing:
            return task, ()
        found = {c for need in missing for c in conditions_for(task, algebra, need)}
        accepted = list(task.conditions)
        for candidate in sorted(found, key=lambda c: (len(repr(c)), key(c))):
            known = replace(task, conditions=tuple(accepted))
            if not shows(known.normalizer(()), candidate):
                accepted.append(Fact(candidate, "condition", ""))
        task = replace(task, conditions=tuple(accepted))
    algebra = task.normalizer(())
    missing = [need for need in needs if not shows(algebra, need)]
    # What simpler conditions do not show, because an equation is between, is a condition itself.
    plain = tuple(Fact(need, "condition", "") for need in missing if isinstance(need, Relation))
    open_needs = tuple(need for need in missing if not isinstance(need, Relation))
    return replace(task, conditions=(*task.conditions, *plain)), open_needs


def without_circles(encoded: Encoded) -> Encoded:
    """The statement without assumed equations that, read as definitions, would define a name by way of itself.

    What is proved without them holds with them as well.
    """
    known = [definition.proposition for definition in encoded.definitions]
    kept: list[Fact] = []
    for fact in encoded.assumptions:
        if not definitions_of([*known, *(f.proposition for f in kept), fact.proposition]).is_circular:
            kept.append(fact)
    return encoded if len(kept) == len(encoded.assumptions) else replace(encoded, assumptions=tuple(kept))


def guarded_divisors(task: Task) -> tuple[Term, ...]:
    """That what a conclusion divides by is not 0, where it does not need that because it is multiplied by it as well.

    `t[n] / y[n] * y[n]` is 0 where y[n] = 0, as the convention of `0 ln 0` wants it; who writes it means y[n] != 0.
    """
    needed = {*definedness(task.conclusion, ())}
    found = dict.fromkeys(_divisors(task.conclusion, ()))
    return tuple(divisor for divisor in found if divisor not in needed)


def _divisors(term: Term, around: tuple[Index, ...]) -> Iterator[Term]:
    """That divisors are not 0, for all values of the indices that are bound `around` them."""
    if isinstance(term, Power) and term.exponent < 0:
        yield forall([index for index in around if index in term.base.free], nonzero(term.base))
    if isinstance(term, Reduce):
        index = Index(f"%{first_unused('%', [term, *around])}", term.domain)
        yield from _divisors(instantiate(term.body, index), (*around, index))
    elif not isinstance(term, Forall):
        for child in term.children:
            yield from _divisors(child, around)


def _with_ranges(task: Task) -> Task:
    """The task with the condition that ranges such as `m..n` are not empty.

    Names in the ends of ranges count as positive, so `0..n` and `1..2n` need no condition.
    """
    sizes = {f: size for f in task.encoded.assumptions if (size := _size_stated_by(f.proposition)) is not None}
    if not sizes:
        return task
    others = tuple(f for f in task.encoded.assumptions if f not in sizes)
    stated = replace(task, encoded=replace(task.encoded, assumptions=others)).normalizer(())
    names = sorted(frozenset[Term]().union(*(size.free for size in sizes.values())), key=key)
    counting = normalizer(tuple(map(positive, names)), (), ())
    needs = [Relation("<=", ONE, size) for size in sizes.values() if not shows(counting, positive(size))]
    empty = [need for need in needs if not shows(stated, need)]
    return replace(task, conditions=(*task.conditions, *(Fact(need, "condition", "") for need in empty)))


def _size_stated_by(proposition: Term) -> Term | None:
    """An expression in names that is said to be the size of an index set."""
    match proposition:
        case Relation("=", Size(), right) if right.free:
            return right
    return None


def with_meaningful_assumptions(task: Task) -> Task:
    """The task with what its assumed equations need to be meant as they read; stating them takes that for granted."""
    hypotheses = sorted(task.hypotheses, key=key)
    accepted = list(task.conditions)
    for assumption in task.encoded.assumptions:
        for need in definedness(assumption.proposition, hypotheses):
            known = replace(task, conditions=tuple(accepted))
            if need not in task.hypotheses and not shows(known.normalizer(()), need):
                for condition in conditions_for(known, known.normalizer(()), need):
                    accepted.append(Fact(condition, "condition", ""))
    return replace(task, conditions=tuple(dict.fromkeys(accepted)))


def shows(algebra: Normalizer, proposition: Term) -> bool:
    """True where signs show the proposition for all values of its indices."""
    number = 0
    while isinstance(proposition, Forall):
        proposition = instantiate(proposition.body, Index(f"!!{number}", proposition.domain))
        number += 1
    return algebra.signs.holds(proposition)


def conditions_for(task: Task, algebra: Normalizer, need: Term) -> Iterable[Term]:
    """Simple conditions that together give what is needed: a factor positive, or not 0, on the support around it."""
    variables: list[Index] = []
    guards: list[Term] = []
    while not isinstance(need, Relation):
        if isinstance(need, Forall):
            variable = Index(f"{need.domain.lower()}_{len(variables)}", need.domain)
            variables.append(variable)
            need = instantiate(need.body, variable)
        elif isinstance(need, Implies):
            guards.append(need.premise)
            need = need.conclusion
        else:
            return
    target = need.left if need.kind == "!=" else need.right
    definitions = definitions_of(task.hypotheses)
    live = algebra.signs.close(frozenset(g.left for g in guards if isinstance(g, Relation) and g.kind == "!="))
    factors = [part for factor in _factors(target, definitions) for part in _split(need, factor, algebra)]
    for factor in _unsettled(need, factors, lambda f: algebra.signs.sign(f, live)):
        sign = algebra.signs.sign(factor, live)
        if sign == POSITIVE or (need.kind == "!=" and not sign & ZERO):
            continue
        condition: Term = positive(factor)
        if need.kind == "!=" and sign & ~(POSITIVE | ZERO):
            condition = nonzero(factor)
        elif need.kind == "<=":
            condition = nonnegative(factor)
        around = [_plain(g, algebra) for g in guards if isinstance(g, Relation) and _bears_on(g, condition, variables)]
        around = _somewhere(around, [v for v in variables if v not in condition.free], algebra)
        for guard in reversed([g for g in around if not algebra.signs.holds(g)]):
            condition = Implies(guard, condition)
        yield forall([v for v in variables if v in condition.free], condition)


def _plain(guard: Relation, algebra: Normalizer) -> Term:
    """That a term is positive, where it is said not to be 0 and cannot be negative."""
    is_plain = guard.kind == "!=" and not algebra.signs.sign(guard.left) & ~(POSITIVE | ZERO)
    return positive(guard.left) if is_plain else guard


def _somewhere(guards: list[Term], unseen: list[Index], algebra: Normalizer) -> list[Term]:
    """The guards about indices that a condition does not have as one: that there are values at which they hold.

    For all t and s, [s = t + 1] > 0 => w[t] != 0 becomes: for all t, sum_s [s = t + 1] > 0 => w[t] != 0, of which
    nobody has to say which s is meant.
    """
    about = {g: g.right for g in guards if isinstance(g, Relation) and g.left == NOUGHT and g.free & {*unseen}}
    if not about:
        return guards
    names = [index for index in unseen if any(index in term.free for term in about.values())]
    number = algebra.canonical(sum_over(names, Multiply(tuple(about.values()))))
    return [*(g for g in guards if g not in about), positive(number)]


def _bears_on(guard: Relation, condition: Term, variables: list[Index]) -> bool:
    """True of a guard that speaks of an index of the condition: a bound one, or any where it relates indices alone.

    What is divided by may be 0 at the first cell, which `1 - [t = 0]` leaves out, at a fixed t too.
    """
    shared = guard.free & condition.free
    heads = [head_of(part) or "" for part in subterms(guard) if isinstance(part, Entry | Symbol)]
    relates = bool(heads) and all(head.startswith("[") for head in heads)
    return any(v in shared for v in variables) or (relates and any(isinstance(v, Index) for v in shared))


def _unsettled(need: Relation, factors: list[Term], sign: Callable[[Term], int]) -> list[Term]:
    """The factors to be made positive, or not 0.  Two that are negative settle each other; one alone, with the rest."""
    if need.kind == "!=" or all(sign(factor) & POSITIVE for factor in factors):
        return factors
    negative = [factor for factor in factors if not sign(factor) & ~NEGATIVE]
    others = [factor for factor in factors if factor not in negative]
    settled = len(negative) % 2 == 0 and all(sign(factor) & POSITIVE for factor in others)
    return others if settled else [need.right]


def _split(need: Relation, factor: Term, algebra: Normalizer) -> list[Term]:
    """The factors of a sum that has names for factors, as a + a^2 has a: it is not 0 where none of them is."""
    if need.kind != "!=" or not isinstance(factor, Add):
        return [factor]
    try:
        found = [base for base, _ in factored(algebra.polynomial(factor))]
    except Exhausted:
        return [factor]
    return found if any(isinstance(base, Symbol) for base in found) else [factor]


def _factors(term: Term, definitions: Definitions) -> Iterable[Term]:
    """The factors of a product, with powers and products by definition looked through."""
    match term:
        case Multiply(factors):
            for factor in factors:
                yield from _factors(factor, definitions)
        case Power(base, _):
            yield from _factors(base, definitions)
        case Symbol() | Entry():
            body = definitions.unfold(term)
            if isinstance(body, Multiply | Power):
                yield from _factors(body, definitions)
            else:
                yield term
        case Apply("exp", _):
            return
        case _:
            if term != NOUGHT:
                yield term
