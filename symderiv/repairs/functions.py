"""A function or a power that is missing, wrong or too much."""

from __future__ import annotations

from collections.abc import Iterator

from sympy import Expr, Integer, Rational

from symderiv.language.indices import SumOver, Variable
from symderiv.language.matrices import Inverse, Matrix, Transposed
from symderiv.language.probability import Probability
from symderiv.language.random_variables import Moment
from symderiv.language.written import Exp, Function, Ln, Quotient, Raised
from symderiv.model.statement import Proposition
from symderiv.repairs.edit import QUANTITIES, Edit, Edits, everywhere, instead


def edits(proposition: Proposition, left_too: bool) -> Iterator[Edit]:
    """Powers and roots, functions, transposes and inverses, put in, left out or exchanged."""
    yield from everywhere(proposition, left_too, _powers)
    yield from everywhere(proposition, left_too, _functions)
    yield from everywhere(proposition, left_too, _sums)
    yield from everywhere(proposition, left_too, _matrices)


def _powers(part: Expr) -> Iterator[tuple[Expr, str]]:
    if isinstance(part, Raised):
        base, exponent = part.args
        yield base, instead(base, part)
        for other in (exponent + 1, exponent - 1, -exponent) if isinstance(exponent, Integer | Rational) else ():
            if other not in (0, 1):
                yield Raised(base, other), instead(Raised(base, other), part)
    elif isinstance(part, (*QUANTITIES, Moment)) and not isinstance(part, Matrix):
        for exponent in (Integer(2), Rational(1, 2)):
            yield Raised(part, exponent), instead(Raised(part, exponent), part)
    elif isinstance(part, Quotient):
        yield Quotient(part.args[1], part.args[0]), instead(Quotient(part.args[1], part.args[0]), part)


def _functions(part: Expr) -> Iterator[tuple[Expr, str]]:
    if isinstance(part, Function) and len(part.args) == 1:
        (argument,) = part.args
        for other in (argument, *(kind(argument) for kind in (Ln, Exp) if not isinstance(part, kind))):
            yield other, instead(other, part)
    elif isinstance(part, QUANTITIES) and not isinstance(part, Matrix):
        for kind in (Ln, Exp):
            yield kind(part), instead(kind(part), part)


def _sums(part: Expr) -> Iterator[tuple[Expr, str]]:
    """A sum over a variable of a probability that is missing."""
    if isinstance(part, Probability):
        for variable in part.outcomes:
            if isinstance(variable, Variable):
                yield SumOver([variable], part), instead(SumOver([variable], part), part)


def _matrices(part: Expr) -> Iterator[tuple[Expr, str]]:
    match part:
        case Transposed(args=(inner,)) | Inverse(args=(inner,)):
            yield inner, instead(inner, part)
        case Matrix():
            for other in (Transposed(part), Inverse(part)):
                yield other, instead(other, part)
        case _:
            return


EDITS = Edits("function", cost=6, of=edits)
