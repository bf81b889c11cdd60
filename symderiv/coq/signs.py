"""Proofs in Coq that a term is positive, not negative, or not 0, from hypotheses and the form of the term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce

from symderiv.advice.matching import match
from symderiv.coq.hypotheses import Hypotheses, Stated
from symderiv.coq.knowledge import Known, Opening, factors_of, inside
from symderiv.coq.polynomials import Monomial, polynomial
from symderiv.coq.positivity import nonnegative_by_form, positive_by_form
from symderiv.coq.statements import Statements
from symderiv.kernel import terms as k
from symderiv.kernel.facts import binds

DEEPEST, MOST = 24, 2_000
"""Questions that may lead from one to another, and that one may lead to in all."""


class Signs(Hypotheses):
    """Proves signs from hypotheses.  Every answer is a proof term, or "" where none was found."""

    def __init__(self, hypotheses: Mapping[str, k.Term], statements: Statements) -> None:
        super().__init__(hypotheses, statements)
        self._answers: dict[tuple[object, ...], str] = {}
        self._asked: set[tuple[object, ...]] = set()
        self._spent = 0

    def close(self, known: Known, proposition: k.Term, proof: str) -> Known:
        """What is known when one more proposition is: where a product is not 0 its factors are not."""
        more = known._replace(proofs={**known.proofs, proposition: proof})
        match proposition:
            case k.Relation("<", left, term) if left == k.ZERO:
                more = self.close(more, k.nonzero(term), f"(nonzero_of_pos _ {proof})")
            case k.Relation("!=", term, right) if right == k.ZERO:
                for part, reason in factors_of(self, term, proof):
                    if k.nonzero(part) not in more.proofs:
                        more = self.close(more, k.nonzero(part), reason)
                if isinstance(term, k.Reduce) and term.kind == "sum":
                    more = self._opened_sum(more, term, proof)
            case _:
                pass
        return more

    def _opened_sum(self, known: Known, term: k.Reduce, proof: str) -> Known:
        """Where a sum of terms that are not negative is not 0, some term is positive: its index is given a name."""
        index, inner, head = self.opened(term.body, term.domain)
        weak = self.sign("<=", inner, known)
        if not weak:
            return known
        name = self.statements.index(index)
        size, function = self.statements.names("size", term.domain), self.function(index, inner)
        opening = Opening(name, f"sumn_live {size} {function} ({head} {weak}) {proof}")
        known = known._replace(openings=(*known.openings, opening))
        return self.close(known, k.positive(inner), f"x_{name}")

    def proposition(self, goal: k.Term, known: Known) -> str:
        """A proof of a proposition about signs."""
        if goal in known.proofs:
            return known.proofs[goal]
        match goal:
            case k.Forall(domain, body) if domain != k.REAL:
                _, inner, head = self.opened(body, domain)
                proof = self.proposition(inner, known)
                return proof and f"({head} {proof})"
            case k.Implies(premise, conclusion):
                name = f"g{next(self.numbers)}"
                closed = self.close(known, premise, name)
                proof = inside(closed, known, self.proposition(conclusion, closed))
                return proof and f"(fun {name} => {proof})"
            case k.Relation(kind, left, right):
                return self._relation(kind, left, right, known)
            case _:
                return ""

    def _relation(self, kind: str, left: k.Term, right: k.Term, known: Known) -> str:
        if left == right and kind in ("=", "<="):
            return "eq_refl" if kind == "=" else "(Rle_refl _)"
        if kind in ("<", "<=") and left == k.ZERO:
            return self.sign(kind, right, known)
        if kind == "!=" and right == k.ZERO:
            return self.sign(kind, left, known)
        if kind in ("<", "<="):
            proof = self.sign(kind, k.subtract(right, left), known)
            return proof and f"({'lt' if kind == '<' else 'le'}_of_difference _ _ {proof})"
        return ""

    def sign(self, kind: str, term: k.Term, known: Known) -> str:
        """A proof of `0 < term`, `0 <= term` or `term != 0`."""
        place = (kind, term, *known.proofs.items())
        if place in self._answers:
            return self._answers[place]
        self._spent = self._spent + 1 if self._asked else 0
        if place in self._asked or len(self._asked) > DEEPEST or self._spent > MOST:
            return ""
        self._asked.add(place)
        try:
            proof = {"<": self._positive, "<=": self._nonnegative, "!=": self._nonzero}[kind](term, known)
        finally:
            self._asked.discard(place)
        if proof or not self._asked:
            self._answers[place] = proof
        return proof

    def _nonzero(self, term: k.Term, known: Known) -> str:
        if k.nonzero(term) in known.proofs:
            return known.proofs[k.nonzero(term)]
        match term:
            case k.Number(value) if value < 0:
                return f"(ltac:(lra) : {self.statements.real(term)} <> 0)"
            case k.Multiply(factors) if factors:
                return self.all("!=", factors, known, "Rmult_integral_contrapositive_currified")
            case k.Power(base, Fraction(numerator=-1, denominator=1)):
                proof = self.sign("!=", base, known)
                return proof and f"(Rinv_neq_0_compat _ {proof})"
            case k.Power(base, exponent) if exponent.denominator == 1 and exponent < 0:
                proof = self.sign("!=", k.Power(base, -exponent), known)
                return proof and f"(Rinv_neq_0_compat _ {proof})"
            case k.Power(base, exponent) if exponent.denominator == 1 and exponent > 0:
                proof = self.sign("!=", base, known)
                return proof and f"(pow_nonzero _ {exponent.numerator} {proof})"
            case _:
                pass
        return self._by_facts("!=", term, known) or self.wrapped("nonzero_of_pos", self.sign("<", term, known))

    def wrapped(self, lemma: str, proof: str) -> str:
        """A lemma applied to a proof, if there is one."""
        return proof and f"({lemma} _ {proof})"

    def all(self, kind: str, factors: Sequence[k.Term], known: Known, lemma: str) -> str:
        """A sign that all factors have, put together by a lemma about two."""
        proofs = [self.sign(kind, factor, known) for factor in factors]
        return reduce(lambda left, right: f"({lemma} _ _ {left} {right})", proofs) if all(proofs) else ""

    def _positive(self, term: k.Term, known: Known) -> str:
        if k.positive(term) in known.proofs:
            return known.proofs[k.positive(term)]
        proof = positive_by_form(self, term, known) or self._by_facts("<", term, known)
        if not proof:
            live = known.proofs.get(k.nonzero(term), "")
            proof = live and self.sign("<=", term, known)
            proof = proof and f"(pos_of_live _ {proof} {live})"
        return proof or self._linear(term)

    def _nonnegative(self, term: k.Term, known: Known) -> str:
        strict = self.sign("<", term, known)
        if strict:
            return f"(Rlt_le _ _ {strict})"
        return nonnegative_by_form(self, term, known) or self._by_facts("<=", term, known)

    def _by_facts(self, kind: str, term: k.Term, known: Known) -> str:
        for stated in self.stated:
            relation = stated.fact.relation
            zero, subject = (relation.right, relation.left) if kind == "!=" else (relation.left, relation.right)
            proof = ""
            if relation.kind == "=":
                proof = self._by_equation(kind, stated, term, known)
            elif relation.kind == kind and zero == k.ZERO:
                proof = self.instance(stated, subject, term, known)
            if proof:
                return proof
        return ""

    def _by_equation(self, kind: str, stated: Stated, term: k.Term, known: Known) -> str:
        """The sign of one side of an equation is that of the other; a definition is also read from right to left."""
        left, right = stated.fact.relation.left, stated.fact.relation.right
        lemma = {"<": "pos_by", "<=": "nonneg_by", "!=": "nonzero_by"}[kind]
        for side, other, turned in ((left, right, False), (right, left, True)):
            if turned and not isinstance(side, k.Reduce | k.Add | k.Multiply):
                continue
            proof = self.instance(stated, side, term, known)
            if proof:
                values = match(side, term, stated.fact.variables, {}) or {}
                inner = self.sign(kind, k.substitute(other, values), known)
                if inner:
                    return f"({lemma} _ _ {f'(eq_sym {proof})' if turned else proof} {inner})"
        return ""

    def instance(self, stated: Stated, pattern: k.Term, term: k.Term, known: Known) -> str:
        """A hypothesis at the values at which a pattern in it is the term, if its premises hold there."""
        variables, premises, _ = stated.fact
        values = match(pattern, term, variables, {})
        if values is None or not binds(values, variables) or k.substitute(pattern, values) != term:
            return ""
        proofs = [self.proposition(k.substitute(premise, values), known) for premise in premises]
        return self.applied(stated.name, [values[v] for v in variables], proofs) if all(proofs) else ""

    def _linear(self, term: k.Term) -> str:
        """A term that is what a stated inequality says to be positive, or not negative, and a number more."""
        for fact in (stated.fact for stated in self.stated if not stated.fact.variables and not stated.fact.premises):
            if isinstance(term, k.Add) and fact.relation.kind in ("<", "<="):
                more = polynomial(k.Add((term, fact.relation.left, k.negate(fact.relation.right))))
                value = more.pop(Monomial((), ()), Fraction(0))
                if not more and (value > 0 or (value == 0 and fact.relation.kind == "<")):
                    return f"(ltac:(lra) : 0 < {self.statements.real(term)})"
        return ""
