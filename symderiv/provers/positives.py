"""Equations that hold for positive numbers: roots and logarithms of products are taken apart.

Method: every number that stands inside a root, a logarithm or a power with a letter as exponent, and of whose sign
nothing is known, is assumed to be positive; then the equation is tried by its normal form and by its denominators.  The
assumptions are conditions of what is proved.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.kernel.signs import POSITIVE
from symderiv.kernel.terms import Apply, Entry, Index, Power, Relation, Symbol, Term, forall, key, positive, subterms
from symderiv.language.encode import Fact
from symderiv.provers import denominators, equality
from symderiv.provers.task import Found, Prover, Task

MOST = 8
"""How many numbers are assumed to be positive."""


def search(task: Task) -> Found | None:
    """A proof under the condition that some numbers are positive."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind != "=":
        return None
    signs = task.normalizer(()).signs
    defined = {d.head for d in task.encoded.definitions}
    found = {part for part in _inside(goal) if _name(part) not in defined and signs.sign(part) != POSITIVE}
    if not 0 < len(found) <= MOST:
        return None
    conditions = tuple(Fact(_for_all(part), "condition", "") for part in sorted(found, key=key))
    able = replace(task, conditions=(*task.conditions, *conditions))
    proof = equality.search(able) or denominators.search(able)
    return None if proof is None else replace(proof, conditions=conditions)


def _inside(term: Term) -> Iterator[Term]:
    """The numbers inside roots and logarithms."""
    for part in subterms(term):
        root = isinstance(part, Power) and part.exponent.denominator != 1
        if root or (isinstance(part, Apply) and part.function == "log"):
            yield from (inner for inner in subterms(part) if _is_number(inner))


def _is_number(term: Term) -> bool:
    if isinstance(term, Entry):
        return all(isinstance(index, Index) for index in term.indices)
    return isinstance(term, Symbol)


def _name(term: Term) -> str:
    return term.name if isinstance(term, Symbol) else term.tensor if isinstance(term, Entry) else ""


def _for_all(term: Term) -> Term:
    return forall(sorted((n for n in term.free if isinstance(n, Index)), key=key), positive(term))


PROVER = Prover("positive numbers", cost=3, search=search)
