"""Equations from what is assumed of powers: `s^2 = v` puts v for s^2, and v s for s^3.

Method: each monomial in the difference of the sides with at least a power of a name of which something is assumed goes,
by a multiple of that equation, until none is left.  It is complete where each power is said to be one expression that
does not lead back to it; it stops after `MOST` monomials.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.terms import Entry, Power, Relation, Symbol, Term, subterms
from symderiv.provers.combination import Combination, Instance, product_term
from symderiv.provers.equality import is_equation
from symderiv.provers.task import Found, Prover, Task

MOST = 24
"""How many monomials are replaced."""


def search(task: Task) -> Found | None:
    """A proof by the powers of names that are known."""
    goal = task.conclusion
    powers = _powers(task)
    if not powers or not isinstance(goal, Relation) or goal.kind != "=":
        return None
    # As equations that rewrite they would rewrite themselves away.
    plain = tuple(fact for fact in task.encoded.assumptions if not is_equation(fact.proposition))
    inner = replace(task, encoded=replace(task.encoded, assumptions=plain))
    # What is made of such a name hides its powers: `b = c / s^2` is first left as it is.
    every = task.definitions(task.stages[-1])
    apart = tuple(d for d in every if powers.keys().isdisjoint(subterms(d.proposition)))
    for unfold in dict.fromkeys((apart, every)):
        try:
            combination = Combination(inner, goal, unfold)
            for _ in range(MOST):
                if not _replaces(combination, powers):
                    break
            if (found := combination.found()) is not None:
                return found
        except (Exhausted, RecursionError):
            continue
    return None


def _powers(task: Task) -> dict[Term, Relation]:
    """The equations for powers of names, by the name; the first for each."""
    found: dict[Term, Relation] = {}
    for fact in task.encoded.assumptions:
        match fact.proposition:
            case Relation("=", Power(Symbol() | Entry() as name, exponent), right) as stated:
                if exponent.denominator == 1 and exponent > 1 and name not in subterms(right):
                    found.setdefault(name, stated)
    return found


def _replaces(combination: Combination, powers: Mapping[Term, Relation]) -> bool:
    """Replaces a known power in one monomial; False where there is none."""
    for monomial, coefficient in combination.gap.items():
        names, factors = combination.opened(monomial)
        for place, (base, exponent) in enumerate(factors):
            stated = powers.get(base)
            known = stated.left.exponent if stated is not None and isinstance(stated.left, Power) else 0
            if stated is None or exponent < known:
                continue
            left = (base, exponent - int(known))
            rest = [*factors[:place], *([left] if left[1] else []), *factors[place + 1 :]]
            line = combination.builder.hypothesis(stated)
            for index in reversed(names):
                line = combination.builder.add("generalise", (line,), index)
            multiplier = product_term(-coefficient, rest)
            combination.subtract(Instance(line, names, stated.left, stated.right, multiplier), "equation.multiple")
            return True
    return False


PROVER = Prover("powers that are known", cost=2, search=search)
