"""Matrices to kernel terms: a matrix is what its entries are, and a product of matrices is a sum over an index.

An inverse is a matrix of which is known that its product with the matrix, from either side, is the identity: that it
exists is a condition of what is proved.  A symmetric matrix is R D R', with D diagonal; every symmetric matrix is.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from sympy import Expr, latex

from symderiv.kernel import terms as k
from symderiv.kernel.errors import Exhausted
from symderiv.kernel.normal_form import normalizer
from symderiv.language import matrices as m
from symderiv.language import written as w
from symderiv.language.encode_derivatives import gradient
from symderiv.language.indices import SumOver
from symderiv.language.quantities import RangedSum
from symderiv.language.symmetric import VALUES, VECTORS
from symderiv.language.written import LanguageError

if TYPE_CHECKING:
    from symderiv.language.encode import Encoder

Place = k.Term | None
"""The index of a row or a column; None where there is one only."""


def entry(encoder: Encoder, expression: Expr, row: Place, column: Place) -> k.Term:
    """The entry of a matrix at a row and a column."""
    if isinstance(expression, m.Matrix):
        encoder.refuse_hidden(expression.name)
    match expression:
        case m.MatrixFamily():
            encoder.declare(expression.name, ("family", expression.shape, tuple(v.alphabet for v in expression.by)))
            return k.Entry(expression.name, (*_places(row, column), *(encoder.index(v) for v in expression.by)))
        case m.MeanMatrix():
            weight, (outcome,), body = expression.args

            def inner() -> k.Term:
                return k.Multiply((encoder.term(weight), entry(encoder, body, row, column)))

            return encoder.over("sum", (outcome,), inner)
        case m.Gradient():
            return gradient(encoder, expression, row, column)
        case m.Matrix():
            return _named(encoder, expression, row, column)
        case m.Constant() | m.Diagonal():
            return _shaped(encoder, expression, row, column)
        case m.Transposed():
            return entry(encoder, expression.args[0], column, row)
        case m.Inverse():
            return _inverse(encoder, expression.args[0], row, column)
        case w.Plus():
            return k.Add(tuple(entry(encoder, term, row, column) for term in expression.args))
        case SumOver() | RangedSum() if m.shape_of(expression) != m.NUMBER:
            variables, body = expression.args[:2]
            return encoder.over("sum", variables, lambda: entry(encoder, body, row, column))
        case w.Negative():
            return k.negate(entry(encoder, expression.args[0], row, column))
        case w.Quotient():
            with encoder.needing():
                below = k.Power(encoder.term(expression.args[1]), Fraction(-1))
            return k.Multiply((entry(encoder, expression.args[0], row, column), below))
        case w.Times():
            return _product(encoder, list(expression.args), row, column)
        case _:
            return encoder.term(expression)


def _places(row: Place, column: Place) -> tuple[k.Term, ...]:
    return tuple(place for place in (row, column) if place is not None)


def _named(encoder: Encoder, matrix: m.Matrix, row: Place, column: Place) -> k.Term:
    places = _places(row, column)
    if not encoder.is_symmetric(matrix):
        encoder.declare(matrix.name, ("tensor", tuple(domain for domain in matrix.shape if domain)))
        return k.Entry(matrix.name, places) if places else k.Symbol(matrix.name)
    return _symmetric(encoder, matrix.name, matrix.shape[0], places, ("symmetric", matrix.shape))


def _symmetric(encoder: Encoder, name: str, domain: str, places: tuple[k.Term, ...], meaning: object) -> k.Term:
    """The entry of a symmetric matrix, by its decomposition."""
    one, other, between = (k.Index(word, domain) for word in ("i", "j", "k"))
    vectors, values = f"{name}{VECTORS}", f"{name}{VALUES}"
    for factor in (vectors, values):
        encoder.declare(factor, ("factors", domain))
    left, right = (k.Entry(vectors, (between, index)) for index in (one, other))
    body = k.sum_over([between], k.Multiply((left, k.Entry(values, (between,)), right)))
    encoder.head(name, (one, other), "matrix.symmetric", 0, lambda: body, meaning)
    return k.Entry(name, places)


def _shaped(encoder: Encoder, matrix: Expr, row: Place, column: Place) -> k.Term:
    """The entry of a matrix of zeros or ones, or that is 0 beside its diagonal."""
    match matrix:
        case m.Diagonal(args=(vector,)):
            return _diagonal(row, column, entry(encoder, vector, row, None))
        case m.Constant(kind="zeros"):
            return k.ZERO
        case m.Constant(kind="identity") if places := _places(row, column):
            return k.Delta(*places)
        case _:
            return k.ONE


def _diagonal(row: Place, column: Place, value: k.Term) -> k.Term:
    """The entry of a matrix that has a value in its diagonal and 0 elsewhere."""
    return value if row is None or column is None else k.Multiply((k.Delta(row, column), value))


def _product(encoder: Encoder, factors: list[Expr], row: Place, column: Place) -> k.Term:
    shapes = [m.shape_of(factor) for factor in factors]
    numbers = [encoder.term(f) for f, shape in zip(factors, shapes, strict=True) if shape == m.NUMBER]
    chain = [(f, shape) for f, shape in zip(factors, shapes, strict=True) if shape != m.NUMBER]
    split = m.numbers_before([shape for _, shape in chain])
    if split:
        numbers.append(_product(encoder, [factor for factor, _ in chain[:split]], None, None))
        chain = chain[split:]
    inner: list[k.Index] = []
    if len(chain) > 2 and _is_square(encoder, [factor for factor, _ in chain]):
        half = len(chain) // 2
        between = _between(encoder, chain[half][1][0], inner)
        left = _product(encoder, [factor for factor, _ in chain[:half]], row, between)
        right = _product(encoder, [factor for factor, _ in chain[half:]], between, column)
        return k.Multiply((*numbers, k.sum_over(inner, k.Multiply((left, right)))))
    entries: list[k.Term] = []
    at = row
    for position, (factor, shape) in enumerate(chain):
        following = _between(encoder, shape[1], inner) if position < len(chain) - 1 else column
        entries.append(entry(encoder, factor, at, following))
        at = following
    return k.sum_over(inner, k.Multiply((*numbers, *entries)))


def _between(encoder: Encoder, domain: str, inner: list[k.Index]) -> Place:
    """A fresh index over what two factors have in common, which joins the `inner` ones; none between two numbers."""
    if not domain:
        return None
    inner.append(encoder.fresh(domain))
    return inner[-1]


def _inverse(encoder: Encoder, matrix: Expr, row: Place, column: Place) -> k.Term:
    """The entry of an inverse: of products, transposes and multiples by the inverses of their parts."""
    rows, columns = m.shape_of(matrix)
    if rows != columns:
        raise LanguageError("only a square matrix has an inverse")
    if not rows:
        return k.Power(encoder.term(matrix), Fraction(-1))
    match matrix:
        case m.Inverse():
            return entry(encoder, matrix.args[0], row, column)
        case m.Transposed():
            return _inverse(encoder, matrix.args[0], column, row)
        case m.Constant(kind="identity"):
            return _shaped(encoder, matrix, row, column)
        case m.Diagonal(args=(vector,)):
            with encoder.needing():
                below = k.Power(entry(encoder, vector, row, None), Fraction(-1))
            return _diagonal(row, column, below)
        case w.Times() if (parts := _square_parts(matrix, rows)) is not None:
            numbers, factors = parts
            scale = tuple(k.Power(encoder.term(number), Fraction(-1)) for number in numbers)
            backwards: list[Expr] = [m.Inverse(factor) for factor in reversed(factors)]
            return k.Multiply((*scale, _product(encoder, backwards, row, column)))
    text, turned = canonical_name(encoder, matrix, rows)
    if turned:
        matrix, row, column = m.Transposed(matrix), column, row
    name = f"{text}^{{-1}}"
    if not encoder.known(name):
        _define_inverse(encoder, matrix, name, rows)
    encoder.declare(name, ("inverse", rows))
    if _is_symmetric(encoder, matrix):
        return _symmetric(encoder, name, rows, _places(row, column), ("inverse", rows))
    return k.Entry(name, _places(row, column))


def _is_square(encoder: Encoder, factors: list[Expr]) -> bool:
    """True of v' A' A v, which is a sum of squares and is written so: of the entries of A v, or of the number w' v."""
    return len(factors) % 2 == 0 and [_turned(encoder, f) for f in reversed(factors)] == factors


def _square_parts(product: w.Times, rows: str) -> tuple[list[Expr], list[Expr]] | None:
    """The numbers and the matrices of a product whose matrices are all square; None of other products."""
    numbers = [f for f in product.args if m.shape_of(f) == m.NUMBER]
    factors = [f for f in product.args if m.shape_of(f) != m.NUMBER]
    square = all(m.shape_of(factor) == (rows, rows) for factor in factors)
    return (numbers, factors) if square else None


def canonical_name(
    encoder: Encoder, matrix: Expr, rows: str, by: Mapping[k.Term, k.Term] | None = None
) -> tuple[str, bool]:
    """One name for all ways to write a matrix, or its transpose, and whether it is the name of the transpose.

    `by` has other names for the indices on which the matrix depends.
    """
    row, column = (k.Index(word, rows) for word in (r"\mathit{row}", r"\mathit{column}"))
    text = _bracketed(matrix)
    facts = tuple(fact.proposition for fact in encoder.facts.values())
    algebra = normalizer(facts, (), encoder.known_definitions())
    try:
        form, turned = (
            algebra.canonical(k.substitute(entry(encoder, matrix, *places), by or {}))
            for places in ((row, column), (column, row))
        )
    except (Exhausted, RecursionError):
        return text, False
    if form not in encoder.names and turned in encoder.names:
        return encoder.names[turned], True
    return encoder.names.setdefault(form, text), False


def _define_inverse(encoder: Encoder, matrix: Expr, name: str, domain: str) -> None:
    """The two equations that an inverse satisfies."""
    encoder.know(name)
    encoder.inverses[name] = matrix
    one, other, between = (encoder.fresh(domain) for _ in range(3))
    for left_first in (True, False):
        own = entry(encoder, matrix, *((one, between) if left_first else (between, other)))
        places = (between, other) if left_first else (one, between)
        product = k.sum_over([between], k.Multiply((own, k.Entry(name, places))))
        equation = k.forall([one, other], k.Relation("=", product, k.Delta(one, other)))
        if loose := [n.name for n in equation.free if isinstance(n, k.Index)]:
            raise LanguageError(f"the inverse of a matrix that depends on {', '.join(sorted(loose))}")
        label = "" if matrix in encoder.regular else rf"{_bracketed(matrix)} \text{{ is invertible}}"
        encoder.fact(equation, "matrix.inverse", label)


def _bracketed(matrix: Expr) -> str:
    text = str(latex(matrix))
    return text if isinstance(matrix, m.Matrix) else rf"\left({text}\right)"


def _is_symmetric(encoder: Encoder, matrix: Expr) -> bool:
    """True where a matrix is its own transpose by the way it is written: a symmetric S, R' S R, or a sum of such."""
    match matrix:
        case m.Matrix():
            return encoder.is_symmetric(matrix)
        case m.Constant():
            return matrix.kind == "identity"
        case m.Inverse():
            return _is_symmetric(encoder, matrix.args[0])
        case w.Plus():
            return all(_is_symmetric(encoder, term) for term in matrix.args)
        case m.Diagonal():
            return True
        case w.Negative():
            return _is_symmetric(encoder, matrix.args[0])
        case w.Times():
            factors = [f for f in matrix.args if m.shape_of(f) != m.NUMBER]
            return [_turned(encoder, f) for f in reversed(factors)] == factors
        case _:
            return False


def _turned(encoder: Encoder, factor: Expr) -> Expr:
    """The transpose of a factor."""
    if isinstance(factor, m.Transposed):
        return factor.args[0]
    return factor if _is_symmetric(encoder, factor) else m.Transposed(factor)


def trace(encoder: Encoder, matrix: Expr) -> k.Term:
    """The sum of the diagonal."""
    rows, columns = m.shape_of(matrix)
    if rows != columns:
        raise LanguageError("only a square matrix has a trace")
    if not rows:
        return encoder.term(matrix)
    place = encoder.fresh(rows)
    return k.sum_over([place], entry(encoder, matrix, place, place))
