"""A missing term, or one too many."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sympy import Expr, Integer

from symderiv.language.random_variables import Cov, E, RandomVariable, Var
from symderiv.language.written import LanguageError, Negative, Plus, Scalar, Times
from symderiv.model.statement import Proposition
from symderiv.repairs.edit import Edit, Edits, everywhere, quantities, sides, signed, terms, unsigned


def edits(proposition: Proposition, left_too: bool) -> Iterator[Edit]:
    """Every term left out; then terms and quantities of the statement, mixed ones, and 1, added to each side."""
    yield from everywhere(proposition, left_too, _without)
    found = tuple(dict.fromkeys((*terms(proposition), *_mixed(proposition), Integer(1))))
    for side, rebuild in sides(proposition, left_too):
        other = proposition.left if side == proposition.right else proposition.right
        inside = side.args if isinstance(side, Plus) else () if side == 0 else (side,)
        for term in found:
            is_new = term != unsigned(other) and term not in map(unsigned, inside)
            for addend in (term, Negative(term)) if is_new else ():
                yield Edit(rebuild(Plus(*inside, addend) if inside else addend), f"with ${signed(addend)}$")


def _mixed(proposition: Proposition) -> Iterator[Expr]:
    """Products of two numbers, and the moments of random variables, of which squares of sums are made."""
    present = quantities(proposition)
    for one, other in combinations([q for q in present if isinstance(q, Scalar)], 2):
        yield Times(one, other)
        yield Times(Integer(2), one, other)
    variables = [q for q in present if isinstance(q, RandomVariable)]
    try:
        for one, other in combinations(variables, 2):
            yield Cov(one, other)
            yield Times(Integer(2), Cov(one, other))
            yield Times(E(one), E(other))
        for variable in variables:
            yield Var(variable)
    except LanguageError:
        return


def _without(part: Expr) -> Iterator[tuple[Expr, str]]:
    if isinstance(part, Plus):
        for number, term in enumerate(part.args):
            rest = (*part.args[:number], *part.args[number + 1 :])
            yield rest[0] if len(rest) == 1 else Plus(*rest), f"without ${signed(term)}$"


EDITS = Edits("term", cost=10, of=edits)
