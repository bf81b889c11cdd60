"""A missing hypothesis."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Integer

from symderiv.language.encode import latex_of_proposition
from symderiv.language.written import Scalar
from symderiv.model.statement import Proposition, Relation
from symderiv.repairs.edit import Edit, Edits, quantities


def edits(proposition: Proposition, left_too: bool) -> Iterator[Edit]:
    """The statement for numbers that are positive, at least 0, at most 0, not 0, or ordered."""
    names = [quantity for quantity in quantities(proposition) if isinstance(quantity, Scalar)]
    for relation in (Relation.AT_LEAST, Relation.GREATER, Relation.AT_MOST):
        for name in names:
            yield _assuming(proposition, Proposition(name, relation, Integer(0)))
        if len(names) > 1:
            yield _assuming(proposition, *(Proposition(name, relation, Integer(0)) for name in names))
    for name in names:
        for other in names:
            if name != other:
                yield _assuming(proposition, Proposition(name, Relation.AT_MOST, other))


def _assuming(proposition: Proposition, *assumed: Proposition) -> Edit:
    words = ", ".join(f"${latex_of_proposition(a)}$" for a in assumed)
    return Edit(proposition, f"if {words}", assumed)


EDITS = Edits("hypothesis", cost=8, of=edits)
