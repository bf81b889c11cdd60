"""A missing factor, or one too many."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from sympy import Expr, Integer, Number, latex

from symderiv.language.indices import Reduction
from symderiv.language.matrices import Matrix
from symderiv.language.probability import Probability
from symderiv.language.quantities import Cardinality
from symderiv.language.written import Negative, Quotient, Times
from symderiv.model.statement import Proposition
from symderiv.repairs.edit import Edit, Edits, addends, everywhere, instead, places, quantities


def edits(proposition: Proposition, left_too: bool) -> Iterator[Edit]:
    """Every factor left out, then numbers, names and sizes as factors and divisors of every term."""
    yield from everywhere(proposition, left_too, _without)
    numbers = [q for q in quantities(proposition) if not isinstance(q, Matrix)]
    for factor in (Integer(2), *numbers, *_sizes(proposition)):
        for term, rebuild in addends(proposition, left_too):
            for other, words in _with(term, factor):
                yield Edit(rebuild(other), words)
    whole = (proposition.left, proposition.right)
    ratios = [q for q in numbers if isinstance(q, Probability) and q not in whole]
    for above, below in permutations(ratios, 2):
        for term, rebuild in addends(proposition, left_too):
            words = f"with the factor ${latex(Quotient(above, below))}$"
            yield Edit(rebuild(Quotient(Times(*_factors(term), above), below)), words)


def _with(term: Expr, factor: Expr) -> Iterator[tuple[Expr, str]]:
    if isinstance(term, Number) and isinstance(factor, Number):
        for number in (term * factor, term / factor):
            yield number, instead(number, term)
    elif isinstance(term, Negative):
        for other, words in _with(term.args[0], factor):
            yield Negative(other), words
    elif term != 0:
        yield factor if term == 1 else Times(factor, *_factors(term)), f"with the factor ${latex(factor)}$"
        yield Quotient(term, factor), f"divided by ${latex(factor)}$"


def _factors(term: Expr) -> tuple[Expr, ...]:
    return tuple(term.args) if isinstance(term, Times) else (term,)


def _without(part: Expr) -> Iterator[tuple[Expr, str]]:
    if isinstance(part, Times):
        for number, factor in enumerate(part.args):
            rest = (*part.args[:number], *part.args[number + 1 :])
            yield rest[0] if len(rest) == 1 else Times(*rest), f"without the factor ${latex(factor)}$"
    elif isinstance(part, Quotient):
        yield part.args[0], f"without the divisor ${latex(part.args[1])}$"


def _sizes(proposition: Proposition) -> tuple[Expr, ...]:
    """The sizes of the index sets that are summed over."""
    parts = (part for side in (proposition.left, proposition.right) for _, part in places(side))
    sums = (part for part in parts if isinstance(part, Reduction))
    return tuple(dict.fromkeys(Cardinality(variable.alphabet) for part in sums for variable in part.args[0]))


EDITS = Edits("factor", cost=3, of=edits)
