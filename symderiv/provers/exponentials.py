r"""Equations with logarithms by those without: `x = \frac12 \ln a` from `b e^x = a b e^{-x}`, by `e^{2 x} = a`.

Method: the difference of the sides is a sum of logarithms with rational weights and of a rest; the exponential of the
rest is shown to be the product of what the logarithms are of, to these weights, as a multiple of an assumed equation
with exponentials.  It stops where an equation has to be solved for the exponential as one of higher degree.
"""

from __future__ import annotations

from dataclasses import replace

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.polynomial import Monomial, Polynomial, difference, quote, scaled, to_fraction
from symderiv.kernel.terms import Apply, Multiply, Power, Relation, Term, subterms
from symderiv.provers import denominators, multiples, solving
from symderiv.provers.lemmas import Lemma, beside, closed
from symderiv.provers.task import Found, Prover, Task


def search(task: Task) -> Found | None:
    """A proof of an equation by that of the exponentials of both sides."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind != "=" or not any(map(_is_logarithm, subterms(goal))):
        return None
    equations = (fact.proposition for fact in task.encoded.assumptions)
    if not any(isinstance(part, Apply) and part.function == "exp" for stated in equations for part in subterms(stated)):
        return None
    try:
        normalizer = task.normalizer(task.encoded.definitions)
        gap = difference(normalizer.polynomial(goal.left), normalizer.polynomial(goal.right))
        stated = _exponentiated(gap)
        if stated is None:
            return None
        lemmas: list[Lemma] = []
        for step, provers in ((stated, (multiples, denominators)), (_of_logarithms(stated), (solving,))):
            asked = replace(beside(task, lemmas), encoded=replace(beside(task, lemmas).encoded, conclusion=step))
            shown = next((f for prover in provers if (f := prover.search(asked)) is not None), None)
            if shown is None:
                return None
            lemmas.append(Lemma(step, shown))
        found = multiples.search(beside(task, lemmas))
        return None if found is None else closed(task, lemmas, found)
    except (Exhausted, RecursionError):
        return None


def _exponentiated(gap: Polynomial) -> Relation | None:
    """`exp(r / q) = a^m` for the difference `r - q m ln a`, where m is a whole number; None where r has logarithms."""
    logarithms = {m: value for m, value in gap.items() if len(m.factors) == 1 and _is_logarithm(m.factors[0][0])}
    rest = {monomial: value for monomial, value in gap.items() if monomial not in logarithms}
    if not logarithms or not rest or any(map(_has_logarithms, rest)):
        return None
    unit = min(map(abs, logarithms.values()))
    weights = [to_fraction(-value / unit) for value in logarithms.values()]
    if any(weight.denominator != 1 for weight in weights):
        return None
    powers = (Power(m.factors[0][0].children[0], weight) for m, weight in zip(logarithms, weights, strict=True))
    return Relation("=", Apply("exp", (quote(scaled(rest, 1 / unit)),)), Multiply(tuple(powers)))


def _of_logarithms(stated: Relation) -> Relation:
    """`r = ln a` for `exp(r) = a`."""
    return Relation("=", stated.left.children[0], Apply("log", (stated.right,)))


def _is_logarithm(term: Term) -> bool:
    return isinstance(term, Apply) and term.function == "log"


def _has_logarithms(monomial: Monomial) -> bool:
    return any(_is_logarithm(part) for base, _ in monomial.factors for part in subterms(base))


PROVER = Prover("exponentials", cost=5, search=search)
