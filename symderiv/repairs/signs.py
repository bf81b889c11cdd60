"""A sign."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr

from symderiv.language.written import Negative, Plus
from symderiv.model.statement import Proposition, Relation
from symderiv.repairs.edit import Edit, Edits, everywhere, instead, sides


def turned(term: Expr) -> Expr:
    """The term with the other sign."""
    return term.args[0] if isinstance(term, Negative) else Negative(term)


def _change(part: Expr) -> Iterator[tuple[Expr, str]]:
    for number, term in enumerate(part.args if isinstance(part, Plus) else ()):
        yield Plus(*part.args[:number], turned(term), *part.args[number + 1 :]), instead(turned(term), term)
    if isinstance(part, Negative):
        yield turned(part), instead(turned(part), part)


def edits(proposition: Proposition, left_too: bool) -> Iterator[Edit]:
    """Every term with the other sign, then each side of an equation."""
    yield from everywhere(proposition, left_too, _change)
    for side, rebuild in sides(proposition, left_too) if proposition.relation is Relation.EQUAL else ():
        if not isinstance(side, Negative):
            yield Edit(rebuild(turned(side)), instead(turned(side), side))


EDITS = Edits("sign", cost=1, of=edits)
