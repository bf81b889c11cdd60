"""Numbers that satisfy equations which are linear in them.

Method: every equation is solved for one of its numbers, in order.  Where that takes back what was done for another one,
all are solved together, by elimination.  The other numbers keep the values that were drawn.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from flint import fmpq

from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.facts import definitions_of
from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.terms import Relation, Symbol, Term

Values = Mapping[str, Fraction]
Row = list[Fraction]
LARGEST = 8
"""Numbers and equations that are solved together."""


def solved(model: Model, stated: Sequence[Term], fixed: Container[str] = ()) -> Model:
    """The model with other values for some numbers, but not for `fixed` ones, so that more of the equations hold."""
    defined = definitions_of(stated)
    names: dict[Relation, list[str]] = {}
    is_lost = False
    for equation in stated:
        if not isinstance(equation, Relation) or equation.kind != "=":
            continue
        found = {n.name for n in equation.free if isinstance(n, Symbol)}
        own = sorted(name for name in found if name not in defined and name not in fixed)
        for name in own:
            value = _root(model, stated, equation, name)
            if value is not None:
                model = replace(model, symbols={**model.symbols, name: value})
                is_lost = is_lost or any(name in earlier for earlier in names.values())
                names[equation] = own
                break
    return _solved_together(model, stated, names) if is_lost else model


def _root(model: Model, stated: Sequence[Term], equation: Relation, name: str) -> Fraction | None:
    """The value of a number at which an equation holds; None where the equation is not linear in it."""
    found: Row = []
    # Not at 0, where quotients have no value.
    for value in (1, 2, 3):
        gap = _gaps(model, stated, [equation], {name: Fraction(value)})
        if gap is None:
            return None
        found += gap
    slope = found[1] - found[0]
    return 1 - found[0] / slope if slope != 0 and found[2] - found[1] == slope else None


def _solved_together(model: Model, stated: Sequence[Term], names: Mapping[Relation, Sequence[str]]) -> Model:
    """The model with other values for some numbers, by which equations hold that are linear in all their names."""
    unknowns = sorted({name for own in names.values() for name in own})
    at_drawn = _gaps(model, stated, list(names), {})
    if at_drawn is None or not any(at_drawn) or max(len(names), len(unknowns)) > LARGEST:
        return model
    columns: list[Row] = []
    for name in unknowns:
        shifted = _gaps(model, stated, list(names), {name: model.symbols[name] + 1})
        if shifted is None:
            return model
        columns.append([there - here for there, here in zip(shifted, at_drawn, strict=True)])
    rows = [[*(column[n] for column in columns), -gap] for n, gap in enumerate(at_drawn)]
    steps = dict(zip(unknowns, _some_solution(rows), strict=True))
    values = {name: model.symbols[name] + step for name, step in steps.items()}
    return replace(model, symbols={**model.symbols, **values})


def _some_solution(rows: list[Row]) -> Row:
    """A solution of linear equations, each given as its coefficients and its right side, if there is one.

    What is not determined is 0.
    """
    width = len(rows[0]) - 1
    places: list[int] = []
    for place in range(width):
        done = len(places)
        pivot = next((n for n in range(done, len(rows)) if rows[n][place] != 0), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        rows[done] = [value / rows[done][place] for value in rows[done]]
        for n, row in enumerate(rows):
            if n != done and row[place] != 0:
                rows[n] = [value - row[place] * own for value, own in zip(row, rows[done], strict=True)]
        places.append(place)
    found = dict(zip(places, (row[-1] for row in rows), strict=False))
    return [found.get(place, Fraction(0)) for place in range(width)]


def _gaps(model: Model, stated: Sequence[Term], equations: Sequence[Relation], values: Values) -> Row | None:
    """By how much the sides of equations differ with other values for some numbers; None where that is not rational."""
    evaluator = Evaluator(replace(model, symbols={**model.symbols, **values}), stated)
    found: Row = []
    try:
        for equation in equations:
            gap = evaluator.value(equation.left) - evaluator.value(equation.right)
            if not isinstance(gap, fmpq):
                return None
            found.append(Fraction(int(gap.p), int(gap.q)))
    except (Rejected, Undefined):
        return None
    return found
