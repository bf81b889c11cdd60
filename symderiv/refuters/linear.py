"""Tensors that satisfy equations which are linear in their entries, such as the inverse of a matrix.

Method: inverses are solved for first, each after those of which it is an inverse; then the tensors that the fewest
equations mention, all equations that mention one at once, by elimination.  The others keep the values that were drawn.
Of the models that are drawn for one set of equations, the first ones show for which tensors that is in vain.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache
from itertools import islice, product

from flint import fmpq

from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.terms import REAL, Add, Entry, Forall, Multiply, Reduce, Relation, Term, subterms
from symderiv.language.symmetric import VALUES, VECTORS
from symderiv.refuters.congruence import diagonalised

Row = list[fmpq]
Table = dict[tuple[int, ...], Fraction]
Places = list[tuple[int, ...]]

INVERSE = "^{-1}"
"""What the name of an inverse ends in."""
LARGEST = 6
"""Entries of a tensor that is solved for."""
LONGEST = 80
"""Parts of an equation that is solved: longer ones take long to evaluate, for every entry and model."""
VAIN = 6
"""How much more often than not a tensor is solved for in vain before it is given up."""


class LinearEquations:
    """The equations in what is stated, and for which tensors they could be solved in the models that were drawn."""

    def __init__(self, stated: Sequence[Term]) -> None:
        self._stated = stated
        self._tensors = {equation: _tensors(equation) for equation in stated if _is_system(equation)}
        self._vain: Counter[tuple[str, int, int]] = Counter()

    def solved(self, model: Model, fixed: Collection[str] = ()) -> Model:
        """The model with other values for some tensors, but not for `fixed` ones, so that more equations hold."""
        if not self._tensors:
            return model
        places = {name: list(table) for name, table in model.tensors.items()} | _symmetric(model)
        mentioned = {equation: names & places.keys() for equation, names in self._tensors.items()}
        present = frozenset[str]().union(*mentioned.values()).difference(fixed)
        inverses = sorted(name for name in present if name.endswith(INVERSE))
        while ready := _innermost(inverses, mentioned):
            inverses.remove(ready)
            own = {e: names for e, names in mentioned.items() if ready in names and names.isdisjoint(inverses)}
            found = self._with_solution(model, list(own), ready, places[ready])
            if found is not None:
                model, mentioned = found, {e: names for e, names in mentioned.items() if e not in own}
        counts = {name: sum(name in names for names in mentioned.values()) for name in present}
        for name in sorted(present, key=lambda tensor: (counts[tensor], tensor)):
            equations = [equation for equation, names in mentioned.items() if name in names]
            found = self._with_solution(model, equations, name, places[name])
            if found is not None:
                model, mentioned = found, {e: names for e, names in mentioned.items() if name not in names}
        return model

    def _with_solution(self, model: Model, equations: Sequence[Term], name: str, cells: Places) -> Model | None:
        """The model with the entries of a tensor by which equations hold."""
        kind = (name, len(cells), len(equations))
        is_possible = equations and len(cells) <= LARGEST and all(_is_linear(e, name) for e in equations)
        if not is_possible or self._vain[kind] >= VAIN:
            return None
        table = _solution(model, self._stated, equations, name, cells)
        self._vain[kind] += 1 if table is None else -1
        tables = None if table is None else {name: table} if name in model.tensors else _decomposed(name, table)
        return None if tables is None else replace(model, tensors={**model.tensors, **tables})


def _innermost(inverses: Sequence[str], mentioned: Mapping[Term, frozenset[str]]) -> str:
    """An inverse with equations that mention no other one which is still to be found; empty where there is none."""
    for name in inverses:
        if any(names & set(inverses) == {name} for names in mentioned.values()):
            return name
    return ""


def _symmetric(model: Model) -> dict[str, Places]:
    """The places of the symmetric matrices, which are given by their decompositions."""
    found: dict[str, Places] = {}
    for name, table in model.tensors.items():
        matrix = name.removesuffix(VALUES)
        if matrix != name and matrix not in model.tensors:
            found[matrix] = list(product(range(len(table)), repeat=2))
    return found


def _decomposed(name: str, table: Table) -> dict[str, Table] | None:
    """The tables of a decomposition of a symmetric matrix."""
    size = range(math.isqrt(len(table)))
    found = diagonalised([[table[i, j] for j in size] for i in size])
    if found is None:
        return None
    vectors, values = found
    return {
        f"{name}{VECTORS}": {(k, i): vectors[k][i] for k in size for i in size},
        f"{name}{VALUES}": {(k,): values[k] for k in size},
    }


@lru_cache(maxsize=1 << 12)
def _is_system(equation: Term) -> bool:
    """True of an equation for all indices with sums or products of entries in it."""
    if not isinstance(equation, Forall) or equation.domain == REAL:
        return False
    body: Term = equation
    while isinstance(body, Forall):
        body = body.body
    is_equation = isinstance(body, Relation) and body.kind == "=" and not isinstance(body.left, Entry)
    return is_equation and next(islice(subterms(body), LONGEST, None), None) is None


@lru_cache(maxsize=1 << 12)
def _tensors(term: Term) -> frozenset[str]:
    return frozenset(part.tensor for part in subterms(term) if isinstance(part, Entry))


@lru_cache(maxsize=1 << 12)
def _is_linear(equation: Term, tensor: str) -> bool:
    """True where both sides of an equation are linear in the entries of a tensor, as far as it is written out."""
    while isinstance(equation, Forall):
        equation = equation.body
    return max(_degree(side, tensor) for side in equation.children) <= 1


def _degree(term: Term, tensor: str) -> float:
    """The degree of a term as a polynomial in the entries of a tensor; infinite where it is none."""
    match term:
        case Entry():
            return 1 if term.tensor == tensor else 0
        case Add():
            return max((_degree(part, tensor) for part in term.terms), default=0)
        case Multiply():
            return sum(_degree(factor, tensor) for factor in term.factors)
        case Reduce("sum", _, body):
            return _degree(body, tensor)
        case _:
            return math.inf if tensor in _tensors(term) else 0


def _solution(
    model: Model, stated: Sequence[Term], equations: Sequence[Term], name: str, cells: Places
) -> Table | None:
    """The entries of a tensor, given by its name and places, with which equations hold, where one choice does."""
    zero = dict.fromkeys(cells, Fraction(0))
    try:
        at_zero = _gaps(model, stated, equations, name, zero)
        columns = [_gaps(model, stated, equations, name, {**zero, cell: Fraction(1)}) for cell in cells]
    except (Rejected, Undefined):
        return None
    rows = [[column[n] - gap for column in columns] + [-gap] for n, gap in enumerate(at_zero)]
    values = _eliminated(rows, len(cells))
    if values is None:
        return None
    return {cell: Fraction(int(value.p), int(value.q)) for cell, value in zip(cells, values, strict=True)}


def _gaps(model: Model, stated: Sequence[Term], equations: Sequence[Term], name: str, table: Table) -> Row:
    """By how much the sides of the equations differ, in all places.

    Raises:
        Undefined: a side has no value, or none that is rational.
    """
    evaluator = Evaluator(replace(model, tensors={**model.tensors, name: table}), stated)
    found: Row = []
    for equation in equations:
        for relation, bound in _instances(equation, model):
            gap = evaluator.value(relation.left, bound) - evaluator.value(relation.right, bound)
            if not isinstance(gap, fmpq):
                raise Undefined("not a rational number")
            found.append(gap)
    return found


def _instances(equation: Term, model: Model) -> Iterator[tuple[Relation, tuple[int, ...]]]:
    domains = []
    while isinstance(equation, Forall):
        domains.append(equation.domain)
        equation = equation.body
    if isinstance(equation, Relation):
        for bound in product(*(range(model.sizes[domain]) for domain in domains)):
            yield equation, bound


def _eliminated(rows: list[Row], unknowns: int) -> Row | None:
    """The solution of linear equations, each given as its coefficients and its right side; None unless there is one."""
    for place in range(unknowns):
        pivot = next((n for n in range(place, len(rows)) if rows[n][place] != 0), None)
        if pivot is None:
            return None
        rows[place], rows[pivot] = rows[pivot], rows[place]
        rows[place] = [value / rows[place][place] for value in rows[place]]
        for n, row in enumerate(rows):
            if n != place and row[place] != 0:
                rows[n] = [value - row[place] * own for value, own in zip(row, rows[place], strict=True)]
    consistent = all(row[-1] == 0 for row in rows[unknowns:])
    return [row[-1] for row in rows[:unknowns]] if consistent else None
