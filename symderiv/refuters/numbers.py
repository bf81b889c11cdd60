"""Numbers that satisfy equations which are linear in them.

Method: every equation is solved for one of its numbers, in order.  Where that takes back what was done for another one,
all are solved together, by elimination.  The other numbers keep the values that were drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from flint import fmpq

from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.facts import definitions_of, heads
from symderiv.kernel.models import Evaluator, Model, Value
from symderiv.kernel.terms import Relation, Symbol, Term

Row = list[Fraction]
LARGEST = 8
"""Numbers and equations that are solved together."""


def solved(model: Model, stated: Sequence[Term], fixed: Iterable[str] = ()) -> Model:
    """The model with other values for some numbers, but not for `fixed` ones, so that more of the equations hold."""
    evaluator = Evaluator(model, stated)
    names: dict[Relation, Sequence[str]] = {}
    is_lost = False
    for equation, own in _equations(tuple(stated), frozenset(fixed)):
        if not _may_be_exact(evaluator, equation):
            continue
        for name in own:
            value = _root(evaluator, model, stated, equation, name)
            if value is not None:
                model = replace(model, symbols={**model.symbols, name: value})
                evaluator = Evaluator(model, stated)
                is_lost = is_lost or any(name in earlier for earlier in names.values())
                names[equation] = own
                break
    return _solved_together(model, stated, names) if is_lost else model


@lru_cache(maxsize=1 << 6)
def _equations(stated: tuple[Term, ...], fixed: frozenset[str]) -> tuple[tuple[Relation, tuple[str, ...]], ...]:
    """The equations between numbers with those that each may be solved for; many models are proposed for the same."""
    known = {*definitions_of(stated), *fixed}
    found: list[tuple[Relation, tuple[str, ...]]] = []
    for equation in stated:
        if isinstance(equation, Relation) and equation.kind == "=":
            own = sorted({n.name for n in equation.free if isinstance(n, Symbol)} - known)
            found += [(equation, tuple(own))] if own else []
    return tuple(found)


def _may_be_exact(evaluator: Evaluator, equation: Relation) -> bool:
    """False where the sides of an equation do not both have rational values: it is linear in no number then.

    What is linear is rational wherever it has a value, so that one look spares one for each number.
    """
    try:
        return all(isinstance(evaluator.value(side), fmpq) for side in (equation.left, equation.right))
    except (Rejected, Undefined):
        return True


class _Varied(Evaluator):
    """Values in a model that has another value for one number; what does not rest on it is as it was."""

    def __init__(self, before: Evaluator, model: Model, stated: Sequence[Term], name: str) -> None:
        super().__init__(model, stated)
        self._before = before
        self._changed = _resting_on(name, tuple(stated))

    def value(self, term: Term, bound: tuple[int, ...] = ()) -> Value:
        if self._changed.isdisjoint(heads(term)):
            return self._before.value(term, bound)
        return super().value(term, bound)


@lru_cache(maxsize=1 << 8)
def _resting_on(name: str, stated: tuple[Term, ...]) -> frozenset[str]:
    """A name, and those that are defined by way of it."""
    definitions, found = definitions_of(stated), {name}
    while more := {head for head, definition in definitions.items() if found & heads(definition.body)} - found:
        found |= more
    return frozenset(found)


def _root(evaluator: Evaluator, model: Model, stated: Sequence[Term], equation: Relation, name: str) -> Fraction | None:
    """The value of a number at which an equation holds; None where the equation is not linear in it."""
    found: Row = []
    # Not at 0, where quotients have no value.
    for value in (1, 2, 3):
        varied = replace(model, symbols={**model.symbols, name: Fraction(value)})
        gap = _gaps(_Varied(evaluator, varied, stated, name), [equation])
        if gap is None:
            return None
        found += gap
    slope = found[1] - found[0]
    return 1 - found[0] / slope if slope != 0 and found[2] - found[1] == slope else None


def _solved_together(model: Model, stated: Sequence[Term], names: Mapping[Relation, Sequence[str]]) -> Model:
    """The model with other values for some numbers, by which equations hold that are linear in all their names."""
    unknowns = sorted({name for own in names.values() for name in own})
    at_drawn = _gaps(Evaluator(model, stated), names)
    if at_drawn is None or not any(at_drawn) or max(len(names), len(unknowns)) > LARGEST:
        return model
    columns: list[Row] = []
    for name in unknowns:
        there = replace(model, symbols={**model.symbols, name: model.symbols[name] + 1})
        shifted = _gaps(Evaluator(there, stated), names)
        if shifted is None:
            return model
        columns.append([other - gap for other, gap in zip(shifted, at_drawn, strict=True)])
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


def _gaps(evaluator: Evaluator, equations: Iterable[Relation]) -> Row | None:
    """By how much the sides of equations differ; None where that is not rational."""
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
