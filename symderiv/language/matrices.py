"""Matrices of symbolic shape.  A shape is a pair of alphabets, of the rows and of the columns; an empty one means 1.

Column vectors have one column, numbers one row and one column, so one arithmetic serves all of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sympy import Expr, Tuple
from sympy.core.symbol import Str

from symderiv.language.indices import SumOver, Variable
from symderiv.language.quantities import RangedSum
from symderiv.language.templates import filled
from symderiv.language.written import LanguageError, Negative, Plus, Quotient, Times, Written, bracketed

Shape = tuple[str, str]
NUMBER: Shape = ("", "")


class Matrix(Written):
    """A matrix by its name."""

    def __new__(cls, name: str, rows: str, columns: str, symmetric: bool = False) -> Matrix:
        return Expr.__new__(cls, Str(name), Str(rows), Str(columns), Str("symmetric" if symmetric else ""))  # type: ignore[no-any-return]

    @property
    def name(self) -> str:
        """The name, as LaTeX."""
        return str(self.args[0].name)

    @property
    def shape(self) -> Shape:
        """The alphabets of rows and columns."""
        return str(self.args[1].name), str(self.args[2].name)

    @property
    def symmetric(self) -> bool:
        """Whether it is declared to be its own transpose."""
        return bool(self.args[3].name)

    def written(self, printer: Any) -> str:
        return self.name


class Constant(Written):
    """The identity, or the matrix of zeros or ones, of a shape; `name` is how the author writes it."""

    def __new__(cls, kind: str, name: str, rows: str, columns: str) -> Constant:
        return Expr.__new__(cls, Str(kind), Str(name), Str(rows), Str(columns))  # type: ignore[no-any-return]

    @property
    def kind(self) -> str:
        """`identity`, `zeros` or `ones`."""
        return str(self.args[0].name)

    @property
    def shape(self) -> Shape:
        """The alphabets of rows and columns."""
        return str(self.args[2].name), str(self.args[3].name)

    def written(self, printer: Any) -> str:
        return str(self.args[1].name)


class Transposed(Written):
    """A matrix with rows and columns exchanged."""

    level = 3

    def written(self, printer: Any) -> str:
        return rf"{bracketed(printer, self.args[0], 4)}^\mathrm{{T}}"


class Inverse(Written):
    """The inverse of a square matrix."""

    level = 3

    def written(self, printer: Any) -> str:
        return f"{bracketed(printer, self.args[0], 4)}^{{-1}}"


class Diagonal(Written):
    """The diagonal matrix with the entries of a column vector."""

    def written(self, printer: Any) -> str:
        return rf"\mathrm{{diag}}\left({printer._print(self.args[0])}\right)"


class EntryOf(Written):
    """The entry of a column vector at an index."""

    def written(self, printer: Any) -> str:
        return rf"\left({printer._print(self.args[0])}\right)_{{{printer._print(self.args[1])}}}"


class RowCount(Written):
    """The number of rows of a matrix."""

    def written(self, printer: Any) -> str:
        return rf"\mathrm{{rows}}\left({printer._print(self.args[0])}\right)"


class MatrixFamily(Matrix):
    """A matrix that depends on variables: on an outcome, or on an index that numbers it.

    The name is a template with places for those variables that are printed.
    """

    def __new__(cls, name: str, rows: str, columns: str, *by: Variable) -> MatrixFamily:
        return Expr.__new__(cls, Str(name), Str(rows), Str(columns), Str(""), Tuple(*by))  # type: ignore[no-any-return]

    @property
    def by(self) -> tuple[Variable, ...]:
        """On what it depends."""
        return tuple(self.args[4])

    def written(self, printer: Any) -> str:
        return filled(self.name, [str(printer._print(variable)) for variable in self.by])


class MeanMatrix(Written):
    """The mean of a matrix over the outcomes of a distribution."""

    def __new__(cls, weight: Expr, outcome: Variable, body: Expr) -> MeanMatrix:
        return Expr.__new__(cls, weight, Tuple(outcome), body)  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        return rf"\mathrm{{E}}\left[{printer._print(self.args[2])}\right]"


class Gradient(Written):
    """The derivative of a number by each entry of a matrix."""

    def __new__(cls, body: Expr, by: Matrix, sign: str) -> Gradient:
        return Expr.__new__(cls, body, by, Str(sign))  # type: ignore[no-any-return]

    def written(self, printer: Any) -> str:
        d, by = self.args[2].name, printer._print(self.args[1])
        if d == r"\nabla":
            return rf"\nabla_{{{by}}} {bracketed(printer, self.args[0], 2)}"
        return rf"\frac{{{d}}}{{{d}{by}}} {bracketed(printer, self.args[0], 2)}"


class Trace(Written):
    """The sum of the diagonal."""

    def written(self, printer: Any) -> str:
        return rf"\mathrm{{tr}}\left({printer._print(self.args[0])}\right)"


class Determinant(Written):
    """The determinant of a square matrix."""

    def written(self, printer: Any) -> str:
        return rf"\left|{printer._print(self.args[0])}\right|"


def shape_of(expression: Expr) -> Shape:
    """The shape of an expression.

    Raises:
        LanguageError: its parts do not fit each other.
    """
    match expression:
        case Matrix() | Constant():
            return expression.shape
        case Transposed():
            rows, columns = shape_of(expression.args[0])
            return columns, rows
        case Inverse():
            return shape_of(expression.args[0])
        case Diagonal():
            rows, columns = shape_of(expression.args[0])
            if columns:
                raise LanguageError("only a column vector is the diagonal of a matrix")
            return rows, rows
        case MeanMatrix():
            return shape_of(expression.args[2])
        case Gradient():
            return shape_of(expression.args[1])
        case Plus():
            shapes = {shape_of(term) for term in expression.args}
            if len(shapes) > 1:
                raise LanguageError("terms of different shapes are added")
            return shapes.pop()
        case Negative():
            return shape_of(expression.args[0])
        case Quotient():
            return shape_of(expression.args[0])
        case SumOver() | RangedSum():
            return shape_of(expression.args[1])
        case Times():
            return _product_shape([shape_of(factor) for factor in expression.args])
        case _:
            return NUMBER


def _product_shape(shapes: list[Shape]) -> Shape:
    chain = [shape for shape in shapes if shape != NUMBER]
    own = chain[numbers_before(chain) :]
    return (own[0][0], own[-1][1]) if own else NUMBER


def numbers_before(chain: Sequence[Shape]) -> int:
    """How many of the factors of a product, none of them a number, multiply to numbers before the others: `p' v p`.

    Raises:
        LanguageError: the columns of a factor are not the rows of the next one.
    """
    start = 0
    for place, (left, right) in enumerate(pairwise(chain), 1):
        if left[1] != right[0]:
            if chain[start][0] or left[1]:
                raise LanguageError("the columns of a factor are not the rows of the next one")
            start = place
    return start
