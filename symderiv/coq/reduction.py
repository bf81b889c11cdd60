"""The search for proofs of equations: rewriting of sums of products, every step of which is an equation shown in Coq.

The difference of the two sides is multiplied out and rewritten until nothing is left.  What is written for Coq is the
linear combination of the equations that were used; the search itself need not be trusted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction

from symderiv.coq.errors import Unproved
from symderiv.coq.hypotheses import Stated
from symderiv.coq.knowledge import NOTHING_KNOWN, Known, inside
from symderiv.coq.parts import parts
from symderiv.coq.polynomials import Monomial, Polynomial, add, polynomial, quoted
from symderiv.coq.rules import cancelled, compared, folded, folded_below, idle
from symderiv.coq.script import Script, Use
from symderiv.coq.splits import NOT_SPLIT, Split
from symderiv.coq.steps import Step, solved, without
from symderiv.kernel import terms as k

BUDGET = 10_000
"""Monomials that one search may write down."""


class Reducer:
    """Rewrites under some hypotheses: definitions of the names `unfold` are used, and `equations`."""

    def __init__(self, script: Script, unfold: Iterable[str], equations: Iterable[Stated]) -> None:
        self.script = script
        self.signs = script.signs
        self.unfold = frozenset(unfold)
        self.rules = [rule for rule in map(solved, equations) if rule is not None]
        self._normal: set[Monomial] = set()
        self._known: dict[k.Term, tuple[Polynomial, list[Use]]] = {}
        self._spent = 0

    def prove(self, left: k.Term, right: k.Term) -> list[Use]:
        """The linear combination of equations that shows `left = right`.

        Raises:
            Unproved: none was found.
        """
        rest, uses = self.reduce(polynomial(k.subtract(left, right)))
        if rest:
            raise Unproved("a difference is left", quoted(rest))
        return uses

    def normal(self, term: k.Term) -> tuple[Polynomial, list[Use]]:
        """The term rewritten as far as possible, with the equations that were used."""
        known = self._known.get(term)
        if known is None:
            known = self._known[term] = self.reduce(polynomial(term))
        return known

    def reduce(self, total: Polynomial) -> tuple[Polynomial, list[Use]]:
        """A polynomial rewritten as far as possible, with the equations that were used."""
        pending, done = dict(total), Polynomial()
        uses: list[Use] = []
        while pending:
            monomial = max(pending, key=lambda m: (len(m.bound), len(m.factors)))
            value = pending.pop(monomial)
            step = None if monomial in self._normal else self._step(monomial)
            if step is None:
                self._normal.add(monomial)
                add(done, monomial, value)
                continue
            use = Use(value * step.scale, step.bound, step.rest, step.equation)
            uses.append(use)
            self._spent += 1 + _replace(pending, done, monomial, value, use)
            if self._spent > BUDGET:
                raise Unproved("the search took too many steps")
        return done, uses

    def _step(self, monomial: Monomial) -> Step | None:
        """The first step that applies to a monomial."""
        for rule in (idle, compared, parts, cancelled, folded, folded_below):
            for step in rule(self, monomial):
                return step
        return None

    def guarded(
        self,
        term: k.Term,
        rest: Sequence[k.Term],
        bound: tuple[k.Index, ...],
        split: Callable[[Known], Split | None],
        scale: Fraction = Fraction(1),
    ) -> Iterator[Step]:
        """What holds of a term, if need be where the other factors of its product are not 0."""
        known, guards = NOTHING_KNOWN, dict[str, k.Term]()
        found = split(known)
        if found is None:
            for number, factor in enumerate(dict.fromkeys(rest)):
                guards[f"l{number}"] = factor
                known = self.signs.close(known, k.nonzero(factor), f"l{number}")
            found = split(known)
        if found is None or found.proof == NOT_SPLIT:
            return
        result, proof = found.result, inside(known, NOTHING_KNOWN, found.proof)
        used = [name for name in guards if re.search(rf"\b{name}\b", proof)]
        for name in used:
            term, result = k.Multiply((guards[name], term)), k.Multiply((guards[name], result))
            proof = f"(guarded _ _ _ (fun {name} => {proof}))"
        left = without(rest, [guards[name] for name in used])
        yield Step(bound, left, self.script.by_term(term, result, proof), scale)


def _replace(pending: Polynomial, done: Polynomial, monomial: Monomial, value: Fraction, use: Use) -> int:
    """Subtracts what a step uses, by which a monomial vanishes.  The result is the number of monomials in it."""
    difference = k.Multiply((*use.rest, k.subtract(use.equation.left, use.equation.right)))
    change = polynomial(k.sum_over(use.bound, difference))
    for other, coefficient in change.items():
        if other == monomial:
            value -= use.coefficient * coefficient
        else:
            add(done if other in done else pending, other, -use.coefficient * coefficient)
    if value:
        raise Unproved("a step does not remove what it rewrites", quoted({monomial: value}))
    return len(change)
