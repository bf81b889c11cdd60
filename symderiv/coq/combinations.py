"""Inequalities as linear combinations: the right side is the left side plus terms that are not negative."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from symderiv.coq.errors import Unproved
from symderiv.coq.knowledge import NOTHING_KNOWN, inside
from symderiv.coq.polynomials import polynomial, quoted
from symderiv.coq.reduction import Reducer
from symderiv.coq.script import Equation, Script, Use
from symderiv.kernel import terms as k
from symderiv.kernel.facts import open_fact

MINUS = Fraction(-1)


class Part(NamedTuple):
    """A term that is not negative, or positive where `strict`, with the proof."""

    term: k.Term
    proof: str
    strict: bool


def combined(script: Script, reducer: Reducer, goal: k.Relation, shares: Sequence[Part | Use]) -> str:
    """A proof of a relation from multiples of premises, and a remainder with a sign.

    Raises:
        Unproved: the multiples do not add up, or the sign of the remainder is not shown.
    """
    parts = [share for share in shares if isinstance(share, Part)]
    equal = [share for share in shares if isinstance(share, Use)]
    taken = [goal.left, *(part.term for part in parts), *map(_vanishing, equal)]
    rest, uses = reducer.reduce(polynomial(k.Add((goal.right, *map(k.negate, taken)))))
    if rest:
        parts.append(_remainder(script, quoted(rest), goal.kind))
    whole, proof, strict = _total(parts)
    equation = script.by_uses(goal.right, k.Add((goal.left, whole)), [*equal, *uses])
    if goal.kind == "=" and not parts:
        return f"(eq_by_parts _ _ {equation.proof})"
    if goal.kind == "<=":
        return f"(le_by_parts _ _ _ {equation.proof} {f'(Rlt_le _ _ {proof})' if strict else proof})"
    if goal.kind == "<" and strict:
        return f"(lt_by_parts _ _ _ {equation.proof} {proof})"
    raise Unproved("a combination is not shown", goal)


def _remainder(script: Script, term: k.Term, kind: str) -> Part:
    strict = script.signs.sign("<", term, NOTHING_KNOWN) if kind == "<" else ""
    proof = strict or script.signs.sign("<=", term, NOTHING_KNOWN)
    if not proof or kind == "=":
        raise Unproved("the sign of a remainder is not shown", term)
    return Part(term, proof, bool(strict))


def share_of(script: Script, proposition: k.Term, proof: str, multiplier: k.Term) -> Part | Use:
    """The sum of multiplier * (right - left) over the indices of a premise: it is 0, or at least not negative."""
    indices: list[k.Index] = []
    while isinstance(proposition, k.Forall) and isinstance(multiplier, k.Reduce):
        index, proposition, _ = script.signs.opened(proposition.body, proposition.domain)
        multiplier = k.instantiate(multiplier.body, index)
        indices.append(index)
    fact = open_fact(proposition)
    if fact.variables:
        raise Unproved("a premise of a combination is not a relation", proposition)
    known = script.signs.close(NOTHING_KNOWN, k.nonzero(multiplier), "w")
    conditions = [script.signs.proposition(condition, known) for condition in fact.premises]
    if not all(conditions):
        raise Unproved("a condition is not shown", multiplier)
    applied = script.signs.applied(proof, indices)
    used = inside(known, NOTHING_KNOWN, f"({' '.join((applied, *conditions))})" if conditions else applied)
    if fact.relation.kind == "=":
        return _equal_share(fact.relation, multiplier, tuple(indices), used if conditions else "", applied)
    return _weighted_share(script, fact.relation, multiplier, indices, used)


def _equal_share(
    premise: k.Relation, multiplier: k.Term, indices: tuple[k.Index, ...], guarded: str, plain: str
) -> Use:
    left, right = premise.left, premise.right
    if not guarded:
        return Use(MINUS, indices, (multiplier,), Equation(left, right, plain))
    scaled = [k.Multiply((multiplier, side)) for side in (left, right)]
    return Use(MINUS, indices, (), Equation(scaled[0], scaled[1], f"(guarded _ _ _ (fun w => {guarded}))"))


def _weighted_share(script: Script, premise: k.Relation, multiplier: k.Term, indices: list[k.Index], used: str) -> Part:
    weight = script.signs.sign("<=", multiplier, NOTHING_KNOWN)
    if not weight:
        raise Unproved("the sign of a multiplier is not shown", multiplier)
    weaker = f"(Rlt_le _ _ {used})" if premise.kind == "<" else used
    term: k.Term = k.Multiply((multiplier, k.subtract(premise.right, premise.left)))
    shown = f"(weighted _ _ _ {weight} (fun w => {weaker}))"
    for index in reversed(indices):
        size, function = script.names("size", index.domain), script.signs.function(index, term)
        shown = f"(sumn_nonneg {size} {function} (fun {script.binders([index])} => {shown}))"
        term = k.sum_over([index], term)
    return Part(term, shown, False)


def _vanishing(use: Use) -> k.Term:
    """What a use says to be 0."""
    equation = use.equation
    factors = (k.Number(use.coefficient), *use.rest, k.subtract(equation.left, equation.right))
    return k.sum_over(use.bound, k.Multiply(factors))


def _total(parts: Sequence[Part]) -> Part:
    """The sum of some parts."""
    total = parts[0] if parts else Part(k.ZERO, "(Rle_refl _)", False)
    for part in parts[1:]:
        weak = [f"(Rlt_le _ _ {p.proof})" if p.strict else p.proof for p in (total, part)]
        total = Part(k.Add((total.term, part.term)), f"(Rplus_le_le_0_compat _ _ {weak[0]} {weak[1]})", False)
    return total


def relation(term: k.Term) -> k.Relation:
    """The term as a relation."""
    if not isinstance(term, k.Relation):
        raise Unproved("relation expected", term)
    return term
