"""A product for a sum, a quotient for a difference, a multiple for a power, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, Number

from symderiv.language.written import Negative, Plus, Quotient, Raised, Times
from symderiv.model.statement import Proposition
from symderiv.repairs.edit import Edit, Edits, everywhere, instead


def edits(proposition: Proposition, left_too: bool) -> Iterator[Edit]:
    """Every operation replaced by the one that is mistaken for it."""
    yield from everywhere(proposition, left_too, _change)


def _change(part: Expr) -> Iterator[tuple[Expr, str]]:
    other = _mistaken(part)
    if other is not None:
        yield other, instead(other, part)


def _mistaken(part: Expr) -> Expr | None:
    match part:
        case Plus(args=(one, Negative(args=(two,)))):
            return Quotient(one, two)
        case Plus(args=parts):
            return Times(*parts)
        case Times(args=(Number() as number, base)):
            return Raised(base, number)
        case Times(args=parts):
            return Plus(*parts)
        case Quotient(args=(one, two)):
            return Plus(one, Negative(two))
        case Raised(args=(base, Number() as exponent)):
            return Times(exponent, base)
        case _:
            return None


EDITS = Edits("operation", cost=5, of=edits)
