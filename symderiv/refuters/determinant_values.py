"""Determinants in models: those of matrices that have values there are computed, others can have any value.

Method: by elimination, from the entries of the matrix, or of its inverse where only that has values.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from flint import fmpq, fmpq_mat

from symderiv.kernel.errors import Rejected, Undefined
from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.terms import Bound, Entry, Term
from symderiv.language.determinants import is_determinant, matrix_of, may_be_chosen

Axes = Mapping[str, tuple[str, ...]]
"""The index sets of tensors."""

Determinants = Mapping[str, tuple[str, bool, str]]
"""By name: the matrix that a determinant is computed from, whether that is the inverse, and over which index set."""


def can_have_values(symbols: Iterable[str], tensors: Axes) -> bool:
    """True where each determinant among the names can be computed, or have any value."""
    names = [name for name in (*symbols, *tensors) if is_determinant(name)]
    return all(may_be_chosen(name, tensors) or (name not in tensors and _source(name, tensors)) for name in names)


def determinants_in(symbols: Iterable[str], tensors: Axes) -> Determinants:
    """The determinants that are computed."""
    return {
        name: found
        for name in symbols
        if is_determinant(name) and not may_be_chosen(name, tensors) and (found := _source(name, tensors))
    }


def _source(name: str, tensors: Axes) -> tuple[str, bool, str] | None:
    matrix = matrix_of(name)
    for tensor, inverted in ((matrix, False), (f"{matrix}^{{-1}}", True)):
        axes = tensors.get(tensor, ())
        if len(axes) == 2 and axes[0] == axes[1]:
            return tensor, inverted, axes[0]
    return None


def with_determinants(model: Model, stated: Sequence[Term], wanted: Determinants) -> Model | None:
    """The model with the determinants that its matrices have; None where one has no rational value."""
    if not wanted:
        return model
    symbols = {name: value for name, value in model.symbols.items() if name not in wanted}
    evaluator = Evaluator(replace(model, symbols=symbols), stated)
    for name, (tensor, inverted, domain) in wanted.items():
        size = model.sizes[domain]
        entry = Entry(tensor, (Bound(1), Bound(0)))
        try:
            entries = [evaluator.value(entry, (row, column)) for row in range(size) for column in range(size)]
        except (Rejected, Undefined):
            return None
        rational = [value for value in entries if isinstance(value, fmpq)]
        if len(rational) < len(entries):
            return None
        value = fmpq_mat(size, size, rational).det()
        if inverted and value == 0:
            return None
        value = 1 / value if inverted else value
        symbols[name] = Fraction(int(value.p), int(value.q))
    return replace(model, symbols=symbols)
