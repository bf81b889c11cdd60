"""Brackets that are missing, or too many: `a b + c` and `a (b + c)`."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, latex

from symderiv.language.written import Function, Negative, Plus, Quotient, Times
from symderiv.model.statement import Proposition
from symderiv.repairs.edit import Edit, Edits, everywhere


def edits(proposition: Proposition, left_too: bool) -> Iterator[Edit]:
    """Every factor, minus, fraction line or function with one term more or less under it."""
    yield from everywhere(proposition, left_too, _change)


def _change(part: Expr) -> Iterator[tuple[Expr, str]]:
    for other in (*_narrowed(part), *_widened(part)):
        yield other, f"with ${latex(other)}$ for ${latex(part)}$"


def _narrowed(part: Expr) -> Iterator[Expr]:
    """The last terms of a sum in brackets outside of them."""
    match part:
        case Times(args=(*factors, Plus(args=(first, *rest)))):
            yield Plus(Times(*factors, first), *rest)
        case Negative(args=(Plus(args=(first, *rest)),)):
            yield Plus(Negative(first), *rest)
        case Quotient(args=(Plus(args=(*rest, last)), below)):
            yield Plus(*rest, Quotient(last, below))
        case Function(args=(Plus(args=(first, *rest)),)):
            yield Plus(type(part)(first), *rest)
        case _:
            return


def _widened(part: Expr) -> Iterator[Expr]:
    """A term of a sum with those behind it under its factor, minus, fraction line or function."""
    if not isinstance(part, Plus):
        return
    for number, term in enumerate(part.args):
        before, behind = part.args[:number], part.args[number + 1 :]
        if not behind and not isinstance(term, Quotient):
            continue
        match term:
            case Times(args=(*factors, last)):
                wide: Expr = Times(*factors, Plus(last, *behind))
            case Negative(args=(inner,)):
                wide = Negative(Plus(inner, *behind))
            case Function(args=(inner,)):
                wide = type(term)(Plus(inner, *behind))
            case Quotient(args=(above, below)) if before:
                yield (
                    Plus(Quotient(Plus(*before, above), below), *behind)
                    if behind
                    else Quotient(Plus(*before, above), below)
                )
                continue
            case _:
                continue
        yield Plus(*before, wide) if before else wide


EDITS = Edits("brackets", cost=4, of=edits)
