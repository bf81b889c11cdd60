"""A term of a sum of non-negatives is at most the sum: `P(x) P(y|x) <= P(x)`.

Method: for every term of the difference that is subtracted, a sum in it of which that is a term, at one of the indices
of the statement.  It stops where the sum stands beside other factors.
"""

from __future__ import annotations

from flint import fmpq

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.polynomial import Monomial, to_fraction
from symderiv.kernel.terms import Index, Number, Reduce, Relation, instantiate, key, sum_over
from symderiv.provers.combination import Combination, Instance, product_term
from symderiv.provers.task import Found, Prover, Task


def search(task: Task) -> Found | None:
    """A proof of an inequality by sums and their terms."""
    goal = task.conclusion
    if not isinstance(goal, Relation) or goal.kind not in ("<=", "<"):
        return None
    try:
        combination = Combination(task, goal, task.encoded.definitions)
        for monomial, coefficient in list(combination.gap.items()):
            if coefficient > 0 and monomial.bound:
                _bound_a_term(combination, monomial)
        return combination.found() if combination.instances else None
    except (Exhausted, RecursionError):
        return None


def _bound_a_term(combination: Combination, monomial: Monomial) -> None:
    """Uses that a term of a sum, which is subtracted, is at most the sum."""
    names, factors = combination.opened(monomial)
    body = product_term(fmpq(1), factors)
    indices = [name for name in combination.goal.free if isinstance(name, Index)]
    for first in names:
        total = sum_over([first, *(name for name in names if name != first)], body)
        for element in sorted((name for name in indices if name.domain == first.domain), key=key):
            if not isinstance(total, Reduce):
                continue
            part = instantiate(total.body, element)
            own = combination.normalizer.polynomial(part)
            subtracted = [combination.gap.get(term, fmpq(0)) for term in own]
            if len(own) != 1 or subtracted[0] >= 0:
                continue
            line = combination.shown_part(part, total, element)
            if line is not None:
                weight = Number(to_fraction(-subtracted[0] / next(iter(own.values()))))
                combination.subtract(Instance(line, (), part, total, weight), "sum.term")
                return


PROVER = Prover("terms of sums", cost=3, search=search)
