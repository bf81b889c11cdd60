"""A wrong index, variable or name: another quantity of the statement, or of the same distribution."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from sympy import Expr

from symderiv.language.probability import Distribution, Entropy, MutualInformation, Probability
from symderiv.language.written import LanguageError
from symderiv.model.statement import Proposition
from symderiv.repairs.edit import QUANTITIES, Edit, Edits, everywhere, instead, quantities

MOST = 3
"""Distributions over more variables have too many marginals and conditionals to try."""


def edits(proposition: Proposition, left_too: bool) -> Iterator[Edit]:
    """Every quantity replaced: by another conditional or marginal, then by one that stands elsewhere."""
    present = quantities(proposition)

    def change(part: Expr) -> Iterator[tuple[Expr, str]]:
        if isinstance(part, QUANTITIES):
            for other in dict.fromkeys((*_related(part), *(q for q in present if _alike(q, part)))):
                if other != part:
                    yield other, instead(other, part)

    yield from everywhere(proposition, left_too, change)


def _alike(one: Expr, other: Expr) -> bool:
    return type(one) is type(other) or (isinstance(one, _OF_DISTRIBUTIONS) and isinstance(other, _OF_DISTRIBUTIONS))


_OF_DISTRIBUTIONS = (Entropy, MutualInformation)


def _related(part: Expr) -> Iterator[Expr]:
    """The same quantity for other variables of its distribution."""
    if not isinstance(part, Probability | Entropy):
        return
    of = part.args[0]
    variables = (*of.outcomes, *of.given) if isinstance(of, Distribution) else ()
    if not 0 < len(variables) <= MOST:
        return
    for roles in product((0, 1, 2), repeat=len(variables)):
        outcomes = [v for v, role in zip(variables, roles, strict=True) if role == 1]
        given = [v for v, role in zip(variables, roles, strict=True) if role == 2]
        if outcomes:
            try:
                yield type(part)(of, outcomes, given)
            except LanguageError:
                continue


EDITS = Edits("name", cost=2, of=edits)
