"""Determinants, encoded: of products, transposes, inverses and multiples by those of their parts, else by a name."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sympy import Expr

from symderiv.kernel import terms as k
from symderiv.language import matrices as m
from symderiv.language import written as w
from symderiv.language.determinants import determinant_name
from symderiv.language.encode_matrices import canonical_name, entry
from symderiv.language.written import LanguageError

if TYPE_CHECKING:
    from symderiv.language.encode import Encoder


def determinant(encoder: Encoder, matrix: Expr) -> k.Term:
    """The determinant: of products, transposes, inverses and multiples by those of their parts, else without value."""
    rows, columns = m.shape_of(matrix)
    if rows != columns:
        raise LanguageError("only a square matrix has a determinant")
    match matrix:
        case m.Transposed():
            return determinant(encoder, matrix.args[0])
        case m.Inverse():
            return k.Power(determinant(encoder, matrix.args[0]), Fraction(-1))
        case m.Constant() if matrix.kind == "identity":
            return k.ONE
        case m.Diagonal(args=(vector,)) if rows:
            # As all products are: of positive factors.
            place = encoder.fresh(rows)
            logarithm = k.Apply("log", (entry(encoder, vector, place, None),))
            return k.Apply("exp", (k.sum_over([place], logarithm),))
        case w.Times() if rows:
            return _determinant_of_product(encoder, list(matrix.args), rows, matrix)
        case _ if not rows:
            return encoder.term(matrix)
        case _:
            return _determinant_symbol(encoder, matrix)


def _determinant_of_product(encoder: Encoder, factors: list[Expr], rows: str, whole: Expr) -> k.Term:
    square = [f for f in factors if m.shape_of(f) != m.NUMBER]
    if any(m.shape_of(f) != (rows, rows) for f in square):
        return _determinant_symbol(encoder, whole)
    scale = [encoder.power(encoder.term(f), k.Size(rows)) for f in factors if m.shape_of(f) == m.NUMBER]
    return k.Multiply((*scale, *(determinant(encoder, f) for f in square)))


def _determinant_symbol(encoder: Encoder, matrix: Expr) -> k.Term:
    """A number of its own, or one for each value of the indices on which the matrix depends."""
    rows = m.shape_of(matrix)[0]
    row, column = encoder.fresh(rows), encoder.fresh(rows)
    inside = k.subterms(entry(encoder, matrix, row, column))
    by = [index for index in dict.fromkeys(inside) if isinstance(index, k.Index) and index not in (row, column)]
    places: dict[k.Term, k.Term] = {
        index: k.Index(rf"\mathit{{place}} {n}", index.domain) for n, index in enumerate(by)
    }
    text, _ = canonical_name(encoder, matrix, rows, places)
    name = determinant_name(text)
    if not by:
        encoder.determinants[name] = matrix
    encoder.declare(name, ("determinant", tuple(index.domain for index in by)))
    return k.Entry(name, tuple(by)) if by else k.Symbol(name)
