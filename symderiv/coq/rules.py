"""The rules that rewrite one monomial by its shape: idle indices, deltas, quotients, stated equations, denominators."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

from symderiv.advice.matching import divisors
from symderiv.coq.knowledge import Known
from symderiv.coq.polynomials import OPENED, Monomial, polynomial
from symderiv.coq.quoting import leading
from symderiv.coq.roots import joined_roots
from symderiv.coq.splits import Split
from symderiv.coq.steps import Rule, Step, without
from symderiv.kernel import terms as k
from symderiv.kernel.facts import binds

if TYPE_CHECKING:
    from symderiv.coq.reduction import Reducer

Place = tuple[dict[k.Term, k.Term], tuple[k.Index, ...], tuple[k.Term, ...]]
"""Where a monomial divides another one: values of its variables, the indices and the factors that are left."""


def idle(reducer: Reducer, monomial: Monomial) -> Iterator[Step]:
    """SUM_i 1 = the size."""
    inside = frozenset[k.Term]().union(*(factor.free for factor in monomial.factors))
    for index in monomial.bound:
        if index not in inside:
            proof = f"sumn_one {reducer.script.names('size', index.domain)}"
            equation = reducer.script.by_term(k.Reduce("sum", index.domain, k.ONE), k.Size(index.domain), proof)
            kept = tuple(other for other in monomial.bound if other != index)
            yield Step(kept, monomial.factors, equation)


def compared(reducer: Reducer, monomial: Monomial) -> Iterator[Step]:
    """SUM_i [i = t] f(i) = f(t); [i = i] = 1; [i = j] f(i) = [i = j] f(j)."""
    for place, factor in enumerate(monomial.factors):
        if isinstance(factor, k.Delta):
            rest = [f for n, f in enumerate(monomial.factors) if n != place]
            if factor.left == factor.right:
                proof = f"delta_refl {reducer.script.statements.index(factor.left)}"
                equation = reducer.script.by_term(factor, k.ONE, proof)
                yield Step(monomial.bound, tuple(rest), equation)
            yield from _summed_away(reducer, factor, rest, monomial.bound)
            yield from _replaced(reducer, factor, rest, monomial.bound)


def _summed_away(reducer: Reducer, factor: k.Delta, rest: list[k.Term], bound: tuple[k.Index, ...]) -> Iterator[Step]:
    left, right = factor.left, factor.right
    for index, value, lemma in ((left, right, "sumn_delta"), (right, left, "sumn_delta_left")):
        if isinstance(index, k.Index) and index in bound and index not in value.free:
            inner = k.Multiply(tuple(f for f in rest if index in f.free))
            size = reducer.script.names("size", index.domain)
            text, function = reducer.script.statements.index(value), reducer.signs.function(index, inner)
            equation = reducer.script.by_term(
                k.sum_over([index], k.Multiply((factor, inner))),
                k.substitute(inner, {index: value}),
                f"{lemma} {size} {text} {function} {reducer.signs.range(value)}",
            )
            kept = tuple(other for other in bound if other != index)
            yield Step(kept, tuple(f for f in rest if index not in f.free), equation)


def _replaced(reducer: Reducer, factor: k.Delta, rest: list[k.Term], bound: tuple[k.Index, ...]) -> Iterator[Step]:
    left, right = factor.left, factor.right
    for part in rest:
        if isinstance(left, k.Index) and left in part.free and left not in right.free:
            one, other = (reducer.script.statements.index(index) for index in (left, right))
            proof = f"delta_replace {reducer.signs.function(left, part)} {one} {other}"
            changed = k.substitute(part, {left: right})
            equation = reducer.script.by_term(k.Multiply((factor, part)), k.Multiply((factor, changed)), proof)
            yield Step(bound, without(rest, [part]), equation)


def cancelled(reducer: Reducer, monomial: Monomial) -> Iterator[Step]:
    """X / x = 1 where x is not 0; two roots of x that make x."""
    powers = [factor for factor in monomial.factors if isinstance(factor, k.Power)]
    for one, other in combinations(powers, 2):
        if one.base == other.base and one.exponent.denominator != 1 and one.exponent + other.exponent == 1:
            rest = without(monomial.factors, [one, other])
            joined = _joined(reducer, one, other)
            yield from reducer.guarded(k.Multiply((one, other)), rest, monomial.bound, joined)
    for factor in powers:
        if factor.exponent == -1 and factor.base in monomial.factors:
            rest = without(monomial.factors, [factor, factor.base])
            whole = k.Multiply((factor.base, factor))
            yield from reducer.guarded(whole, rest, monomial.bound, _quotient(reducer, factor.base))


def _joined(reducer: Reducer, one: k.Power, other: k.Power) -> Callable[[Known], Split | None]:
    return lambda known: joined_roots(reducer.signs, known, one, other)


def _quotient(reducer: Reducer, base: k.Term) -> Callable[[Known], Split | None]:
    def split(known: Known) -> Split | None:
        proof = reducer.signs.sign("!=", base, known)
        return Split(k.ONE, f"(Rinv_r _ {proof})") if proof else None

    return split


def folded(reducer: Reducer, monomial: Monomial) -> Iterator[Step]:
    """The leading monomial of a stated equation replaced by the rest of it."""
    for rule in reducer.rules:
        for place in _places(rule.lead, rule.stated.fact.variables, monomial):
            yield from _folded_at(reducer, rule, place)


def _folded_at(reducer: Reducer, rule: Rule, place: Place) -> Iterator[Step]:
    name, (variables, premises, relation) = rule.stated
    values, kept, rest = place
    left, right = (k.substitute(side, values) for side in (relation.left, relation.right))

    def split(known: Known) -> Split | None:
        proofs = [reducer.signs.proposition(k.substitute(premise, values), known) for premise in premises]
        chosen = [values[variable] for variable in variables]
        return Split(right, reducer.signs.applied(name, chosen, proofs)) if all(proofs) else None

    yield from reducer.guarded(left, rest, kept, split, 1 / rule.coefficient)


def folded_below(reducer: Reducer, monomial: Monomial) -> Iterator[Step]:
    """The leading monomial of a sum that is also below the line, so that the sum can be cancelled."""
    for factor in monomial.factors:
        if not isinstance(factor, k.Power) or factor.exponent != -1 or not isinstance(factor.base, k.Add | k.Reduce):
            continue
        total = polynomial(factor.base)
        if not total or not leading(total).factors:
            continue
        others = Monomial(monomial.bound, without(monomial.factors, [factor]))
        for _, kept, rest in _places(leading(total), (), others):
            if factor.free.isdisjoint(set(monomial.bound) - set(kept)):
                whole, scale = k.Multiply((factor.base, factor)), 1 / total[leading(total)]
                yield from reducer.guarded(whole, rest, kept, _quotient(reducer, factor.base), scale)


def _places(lead: Monomial, variables: Sequence[k.Term], monomial: Monomial) -> Iterator[Place]:
    """The places where a monomial with variables divides another one.

    A summed index of the divisor must be a summed index of the product that stands nowhere else in it.
    """
    fresh: dict[k.Term, k.Term] = {i: k.Index(f"{OPENED}lead{n}", i.domain) for n, i in enumerate(lead.bound)}
    wanted = [(k.substitute(factor, fresh), 1) for factor in lead.factors]
    names = (*variables, *fresh.values())
    for values in divisors(wanted, set(names), [(factor, 1) for factor in monomial.factors]):
        if not binds(values, [name for name in names if isinstance(name, k.Index | k.Symbol)]):
            continue
        rest = without(monomial.factors, [k.substitute(factor, values) for factor, _ in wanted])
        summed = [values[index] for index in fresh.values()]
        elsewhere = frozenset[k.Term]().union(
            *(factor.free for factor in rest), *(values[variable].free for variable in variables)
        )
        if len({*summed}) == len(summed) and {*summed} <= {*monomial.bound} and elsewhere.isdisjoint(summed):
            yield values, tuple(index for index in monomial.bound if index not in summed), rest
