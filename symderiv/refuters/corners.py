"""Counterexamples to linear inequalities: what is true is a polyhedron, and some of it lies where the claim is false.

Method: the hypotheses and the opposite of the conclusion are a linear program over the numbers in them; strict ones
hold with some room, which is made as large as it can be.  It finds values wherever there are any, and nothing where
something is not linear in numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.models import Model
from symderiv.kernel.normal_form import normalizer
from symderiv.kernel.polynomial import UNIT, Monomial, to_fraction
from symderiv.kernel.terms import Relation, Symbol, subterms, subtract
from symderiv.language.encode import Encoded
from symderiv.language.linear_programs import LinearProgram
from symderiv.refuters.finite import refuting, sequent
from symderiv.refuters.task import Refuter

MOST = 12
"""How many numbers and relations there may be."""
FAR = (10, 1000, 10**6)
"""How large the numbers may be: as small as will do."""


def search(encoded: Encoded, seed: int) -> Model | None:
    """Values at which everything linear that is assumed holds and the conclusion does not."""
    goal = sequent(encoded)
    claim = goal.conclusion
    stated = [fact for fact in goal.hypotheses if isinstance(fact, Relation)]
    parts = {part for term in (claim, *goal.hypotheses) for part in subterms(term)}
    names = sorted(part.name for part in parts if isinstance(part, Symbol))
    if not isinstance(claim, Relation) or claim.kind == "!=" or len(stated) != len(goal.hypotheses):
        return None
    if not 0 < len(names) <= MOST or len(stated) > MOST:
        return None
    rows = [_row(relation, names) for relation in (claim, *stated)]
    known = [row for row in rows if row is not None]
    if len(known) < len(rows) or any(relation.kind == "!=" for relation in stated):
        return None
    for opposite, far in product(_opposites(claim.kind, known[0]), FAR):
        values = _inside(
            opposite, list(zip((relation.kind for relation in stated), known[1:], strict=True)), len(names), far
        )
        if values is not None:
            model = Model({}, symbols=dict(zip(names, values, strict=True)))
            return refuting(goal, model)
    return None


def _row(relation: Relation, names: Sequence[str]) -> list[Fraction] | None:
    """What is to be at most 0, as coefficients of the names and a constant behind them; None of what is not linear."""
    places: dict[Monomial, int] = {Monomial((), ((Symbol(name), 1),)): n for n, name in enumerate(names)}
    row = [Fraction(0)] * (len(names) + 1)
    try:
        polynomial = normalizer((), (), ()).polynomial(subtract(relation.left, relation.right))
    except (Exhausted, RecursionError):
        return None
    for monomial, coefficient in polynomial.items():
        place = len(names) if monomial == UNIT else places.get(monomial)
        if place is None:
            return None
        row[place] = to_fraction(coefficient)
    return row


def _opposites(kind: str, row: list[Fraction]) -> Iterator[tuple[str, list[Fraction]]]:
    """What is to hold where a relation does not."""
    turned = [-value for value in row]
    yield ("<=" if kind == "<" else "<"), turned
    if kind == "=":
        yield "<", row


def _inside(
    opposite: tuple[str, list[Fraction]], stated: Sequence[tuple[str, list[Fraction]]], count: int, far: int
) -> list[Fraction] | None:
    """Values at which relations hold, strict ones with some room; None where there are none.

    The unknowns of the program are not negative: they are the values and `far`, and the room is the last one.
    """
    program = LinearProgram(count + 1)
    for kind, row in (opposite, *stated):
        limit = [*row[:-1], Fraction(int(kind == "<")), far * sum(row[:-1]) - row[-1]]
        (program.equal if kind == "=" else program.most).append(limit)
    for place in range(count):
        program.most.append([*(Fraction(int(other == place)) for other in range(count + 1)), Fraction(2 * far)])
    found = program.solution()
    return [value - far for value in found[:-1]] if found is not None and found[-1] > 0 else None


REFUTER = Refuter("corners", cost=3, search=search)
