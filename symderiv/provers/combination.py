"""Inequalities as sums: a difference is shown to be non-negative by subtracting multiples of known inequalities.

The building blocks of the provers that use the tangent of the logarithm, convexity, or assumptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq

from symderiv.kernel.axioms import AXIOMS
from symderiv.kernel.inferences import Argument
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import Accumulator, Factor, Monomial, accumulate, quote, to_fraction
from symderiv.kernel.signs import allowed
from symderiv.kernel.terms import (
    ONE,
    Bound,
    Delta,
    Entry,
    Forall,
    Index,
    Multiply,
    Number,
    Power,
    Reduce,
    Relation,
    Term,
    abstract,
    instantiate,
    key,
    nonnegative,
    substitute,
    subtract,
    sum_over,
)
from symderiv.language.encode import Unfolding
from symderiv.provers.reasons import rules_used
from symderiv.provers.task import Found, ProofBuilder, Task


@dataclass(frozen=True)
class Instance:
    """A known inequality `left <= right`, or `<`, for all `names`, as a line of the proof, with its multiplier."""

    line: int
    names: tuple[Index, ...]
    left: Term
    right: Term
    multiplier: Term
    strict: bool = False

    def share(self) -> Term:
        """What it contributes to the difference."""
        return sum_over(self.names, Multiply((self.multiplier, subtract(self.right, self.left))))

    def argument(self) -> Term:
        """The multiplier as the kernel's inference takes it."""
        body = self.multiplier
        for name in reversed(self.names):
            body = Reduce("multiplier", name.domain, abstract(body, name))
        return body


class Combination:
    """A difference of two sides that is made non-negative step by step."""

    def __init__(self, task: Task, goal: Relation, unfold: Iterable[Unfolding]) -> None:
        self.task, self.goal, self.unfold = task, goal, tuple(unfold)
        self.builder = ProofBuilder(task)
        self.normalizer: Normalizer = task.normalizer(self.unfold)
        self.gap: Accumulator = dict(self.normalizer.polynomial(subtract(goal.right, goal.left)))
        self.instances: list[Instance] = []
        self.rules: dict[str, None] = {}

    def subtract(self, instance: Instance, rule: str) -> None:
        """Uses an inequality."""
        self.instances.append(instance)
        self.rules[rule] = None
        accumulate(self.gap, self.normalizer.polynomial(instance.share()), fmpq(-1))

    def is_shown(self) -> bool:
        """True when what is left is non-negative by its signs; positive, where none of what is used is strict."""
        signs = self.normalizer.signs
        if self.goal.kind != "=" and not all(allowed("<=", signs.sign(i.multiplier)) for i in self.instances):
            return False
        strict = any(i.strict and signs.is_positive(i.multiplier) for i in self.instances)
        kind = "<=" if strict and self.goal.kind == "<" else self.goal.kind
        if kind in ("<=", "=") and not self.gap:
            return True
        return kind != "=" and allowed(kind, signs.sign(quote(self.gap)))

    def found(self) -> Found | None:
        """The proof, once the rest is non-negative."""
        if not self.is_shown():
            return None
        premises, roles = self.builder.algebra(self.unfold)
        arguments: list[Argument] = [self.goal, *roles]
        for instance in self.instances:
            premises.append(instance.line)
            arguments.append(instance.argument())
        self.builder.add("combine", premises, *arguments)
        return Found(self.builder.proof, rules_used(self.task, self.normalizer.used, tuple(self.rules)))

    def axiom(self, name: str, value: Term, names: Sequence[Index], multiplier: Term) -> Instance:
        """An axiom about one real number, at a value for every choice of `names`."""
        line = self.builder.add("axiom", (), name)
        line = self.builder.add("instance", (line,), value)
        for index in reversed(names):
            line = self.builder.add("generalise", (line,), index)
        proposition = AXIOMS[name].proposition
        stated = instantiate(proposition.body, value) if isinstance(proposition, Forall) else proposition
        relation = stated if isinstance(stated, Relation) else stated.conclusion  # type: ignore[attr-defined]
        return Instance(line, tuple(names), relation.left, relation.right, multiplier)

    def opened(self, monomial: Monomial) -> tuple[tuple[Index, ...], tuple[Factor, ...]]:
        """A monomial with names for its bound indices that a proof may use."""
        used = {n.name for base, _ in monomial.factors for n in base.free if isinstance(n, Index)}
        fresh: list[Index] = []
        for old in monomial.bound:
            number = len(fresh)
            while f"i{number}" in used:
                number += 1
            used.add(f"i{number}")
            fresh.append(Index(f"i{number}", old.domain))
        names: dict[Term, Term] = dict(zip(monomial.bound, fresh, strict=True))
        return tuple(fresh), tuple((substitute(base, names), exponent) for base, exponent in monomial.factors)

    def settle_supports(self) -> None:
        """What remains of a sum over a support: `x x^-1 <= 1` for every negative term with such a pair."""
        for monomial, coefficient in list(self.gap.items()):
            if coefficient > 0 or monomial not in self.gap:
                continue
            names, factors = self.opened(monomial)
            for base, exponent in factors:
                if exponent == 1 and (base, -1) in factors:
                    rest = [factor for factor in factors if factor[0] != base]
                    multiplier = product_term(-coefficient, rest)
                    self.subtract(self.axiom("real.indicator", base, names, multiplier), "probability.support")
                    break

    def bound_by_totals(self) -> None:
        """Uses `f(k) <= SUM_i f(i)` where a negative term has such an entry and the total is known."""
        for monomial, coefficient in list(self.gap.items()):
            if coefficient > 0 or monomial not in self.gap:
                continue
            names, factors = self.opened(monomial)
            for position, (base, exponent) in enumerate(factors):
                total = self._total(base, factors)
                if total is None or exponent < 1:
                    continue
                rest = list(factors[:position] + factors[position + 1 :])
                if exponent != 1:
                    rest.append((base, exponent - 1))
                line = self._term_of_total(base, total)
                if line is None:
                    continue
                for index in reversed(names):
                    line = self.builder.add("generalise", (line,), index)
                self.subtract(Instance(line, names, base, total, product_term(-coefficient, rest)), "sum.term")
                break

    def bound_by_marginals(self) -> None:
        """Uses that a marginal probability is at most the whole, where a negative term is one."""
        for monomial, coefficient in list(self.gap.items()):
            if coefficient > 0 or monomial not in self.gap or not monomial.bound:
                continue
            own = {monomial: fmpq(1)}
            for part, total, element in self._parts_of_totals(quote(own)):
                line = self.shown_part(part, total, element) if self.normalizer.polynomial(part) == own else None
                if line is not None:
                    self.subtract(Instance(line, (), part, total, Number(to_fraction(-coefficient))), "sum.term")
                    break

    def _parts_of_totals(self, term: Term) -> Iterator[tuple[Term, Reduce, Term]]:
        """Every sum of known value with any of its indices outermost, and its part at an index that `term` mentions."""
        for fact in self.task.facts:
            stated = fact.proposition
            if not isinstance(stated, Relation) or stated.kind != "=" or not isinstance(stated.left, Reduce):
                continue
            names, body = opened_sum(stated.left)
            for first in names:
                total = sum_over([first, *(name for name in names if name != first)], body)
                for element in sorted(term.free, key=key):
                    if isinstance(total, Reduce) and isinstance(element, Index) and element.domain == first.domain:
                        yield instantiate(total.body, element), total, element

    def shown_part(self, part: Term, total: Reduce, element: Term) -> int | None:
        """A line `part <= total`, where what is summed is seen not to be negative."""
        if not self.normalizer.signs.holds(nonnegative(part)):
            return None
        line = self.builder.computed("sign", Forall(total.domain, nonnegative(total.body)), self.unfold)
        return self._below_total(line, part, total, element)

    def _total(self, base: Term, factors: Sequence[Factor]) -> Term | None:
        """A sum of which `base` is a term: one that is divided by, or that a fact gives the value of."""
        sums = [other for other, exponent in factors if exponent < 0]
        sums += [
            fact.proposition.left
            for fact in self.task.facts
            if isinstance(fact.proposition, Relation) and fact.proposition.kind == "="
        ]
        for total in sums:
            if isinstance(total, Reduce) and total.kind == "sum" and _element(total, base) is not None:
                return total
        return None

    def _term_of_total(self, base: Term, total: Term) -> int | None:
        """A line `base <= total`."""
        element = _element(total, base)
        if element is None or not isinstance(total, Reduce) or isinstance(total.body, Reduce):
            return None
        goal = Forall(total.domain, nonnegative(total.body))
        if not self.normalizer.signs.holds(nonnegative(instantiate(total.body, Index("i99", total.domain)))):
            return None
        line = self.builder.computed("sign", goal, self.unfold)
        return self._below_total(line, base, total, element)

    def _below_total(self, line: int, part: Term, total: Reduce, element: Term) -> int:
        """A line `f(k) <= SUM_i f(i)` by one that says `0 <= f(i)`: the rest is SUM_i (1 - [i = k])^2 f(i)."""
        is_other = Power(subtract(ONE, Delta(Bound(0), element)), Fraction(2))
        weight = Reduce("multiplier", total.domain, is_other)
        return self.builder.add("combine", (line,), Relation("<=", part, total), weight)


def opened_sum(term: Term) -> tuple[list[Index], Term]:
    """The indices of nested sums, with names that a proof may use, and what is summed."""
    names: list[Index] = []
    while isinstance(term, Reduce) and term.kind == "sum":
        names.append(Index(f"n{len(names)}", term.domain))
        term = instantiate(term.body, names[-1])
    return names, term


def _element(total: Term, base: Term) -> Term | None:
    """The index at which the body of a sum is `base`."""
    if not isinstance(total, Reduce):
        return None
    candidates = [n for n in base.free if isinstance(n, Index) and n.domain == total.domain]
    if isinstance(base, Entry):
        candidates += [i for i in base.indices if isinstance(i, Index) and i.domain == total.domain]
    for candidate in candidates:
        if instantiate(total.body, candidate) == base:
            return candidate
    return None


def product_term(coefficient: fmpq, factors: Iterable[Factor]) -> Term:
    """The product as a term."""
    parts = [base if exponent == 1 else Power(base, Fraction(exponent)) for base, exponent in factors]
    return Multiply((Number(to_fraction(coefficient)), *parts))
