"""Matrices by their entries: what is encoded, and what of symmetric matrices, inverses and gradients is proved."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv import at_least, equal, greater, scalars, tensor, variables
from symderiv.kernel import terms as k
from symderiv.language.encode import Encoder, encode
from symderiv.language.encode_matrices import entry
from symderiv.language.matrices import Constant, Gradient, Inverse, Matrix, MatrixFamily, MeanMatrix, Trace, Transposed
from symderiv.language.quantities import IndexValue
from symderiv.language.written import Absolute, LanguageError, Negative, Plus, Quotient, Times
from symderiv.model.statement import Context, Definition, Proposition, Relation, Statement
from symderiv.search import ProofFound, Question, search

a, b = scalars("a b")
x, y = variables("x y")
A = Matrix("A", "N", "M")
B, C, D = (Matrix(name, "N", "N") for name in "BCD")
S, T = (Matrix(name, "N", "N", symmetric=True) for name in "ST")
p, q, r, t = (Matrix(name, rows, "") for name, rows in (("p", "N"), ("q", "N"), ("r", "M"), ("t", "M")))
IDENTITY = Constant("identity", "I", "N", "N")
ROW, COLUMN = k.Index("n", "N"), k.Index("m", "M")
OTHER = k.Index("o", "N")
GRAM = Times(Transposed(A), S, A)


def at(matrix, *places):
    row, column = (*places, None, None)[:2]
    return entry(Encoder(), matrix, row, column)


def is_true(proposition):
    return isinstance(search(Question(encode(Statement(proposition, Context())))), ProofFound)


def is_proved(left, right):
    return is_true(equal(left, right))


def form(left, matrix, right):
    return Times(Transposed(left), matrix, right)


def test_an_entry_is_at_its_row_and_column():
    assert at(A, ROW, COLUMN) == k.Entry("A", (ROW, COLUMN))
    assert at(Transposed(A), COLUMN, ROW) == k.Entry("A", (ROW, COLUMN))
    assert at(p, ROW) == k.Entry("p", (ROW,))
    assert at(Matrix("s", "", "")) == k.Symbol("s")
    assert at(Negative(p), ROW) == k.negate(k.Entry("p", (ROW,)))
    assert at(Quotient(p, a), ROW) == k.Multiply((k.Entry("p", (ROW,)), k.Power(k.Symbol("a"), Fraction(-1))))


def test_constants_have_their_entries():
    assert at(IDENTITY, ROW, OTHER) == k.Delta(ROW, OTHER)
    assert at(Constant("identity", "I", "", "")) == k.ONE
    assert at(Constant("zeros", "0", "N", ""), ROW) == k.ZERO
    assert at(Constant("ones", "1", "N", ""), ROW) == k.ONE


def test_a_family_has_a_matrix_for_each_value():
    family = MatrixFamily("F", "N", "M", y)
    assert at(family, ROW, COLUMN) == k.Entry("F", (ROW, COLUMN, k.Index("y", "Y")))
    other = MatrixFamily("F", "N", "M", y, x)
    with pytest.raises(LanguageError, match="two meanings"):
        encode(Statement(equal(family, other), Context()))


def test_a_mean_is_a_weighted_sum():
    weight = tensor("w", y)
    found = at(MeanMatrix(weight[y], y, MatrixFamily("F", "N", "", y)), ROW)
    inside = k.Multiply((k.Entry("w", (k.Index("y", "Y"),)), k.Entry("F", (ROW, k.Index("y", "Y")))))
    assert found == k.sum_over([k.Index("y", "Y")], inside)


def test_a_product_is_a_sum_over_what_is_between():
    between = k.Index("any", "M")
    assert at(Times(a, A, r), ROW) == k.sum_over(
        [between], k.Multiply((k.Symbol("a"), k.Entry("A", (ROW, between)), k.Entry("r", (between,))))
    )
    assert at(Times(p, Transposed(r)), ROW, COLUMN) == k.Multiply((k.Entry("p", (ROW,)), k.Entry("r", (COLUMN,))))
    assert at(Times(a, b)) == k.Multiply((k.Symbol("a"), k.Symbol("b")))


SQUARES = {
    "of the entries of a matrix times a vector": (Transposed(r), Transposed(A), A, r),
    "of the entries of two matrices times a vector": (Transposed(r), Transposed(A), Transposed(B), B, A, r),
    "of a symmetric matrix": (Transposed(p), S, S, p),
    "of a number": (Transposed(p), q, Transposed(q), p),
    "of a number with a matrix in it": (Transposed(p), B, q, Transposed(q), Transposed(B), p),
}


@pytest.mark.parametrize("name", SQUARES)
def test_a_square_is_not_negative(name):
    factors = SQUARES[name]
    half = len(factors) // 2
    assert is_true(at_least(Times(*factors), 0))
    assert is_true(at_least(Trace(Times(*factors[half:], *factors[:half])), 0))
    assert not is_true(greater(Times(*factors), 0))


@pytest.mark.parametrize(
    "factors",
    [
        (Transposed(p), B, B, p),
        (Transposed(p), Transposed(B), C, p),
        (Transposed(p), S, T, p),
        (Transposed(p), q, Transposed(p), q, Transposed(q), p),
        (Transposed(p), S, p),
        (Transposed(p), q, Transposed(p), p),
    ],
)
def test_what_is_no_square_may_be_negative(factors):
    assert not is_true(at_least(Times(*factors), 0))


def test_squares_are_what_they_were():
    numbers = Times(Transposed(p), q)
    square = Times(Transposed(p), q, Transposed(q), p)
    assert is_proved(square, Times(numbers, numbers))
    assert not is_proved(square, Times(a, numbers, numbers))
    assert is_proved(Times(a, Transposed(p), q, Transposed(q), p), Times(a, square))
    gram = Times(Transposed(A), A)
    for row, column in ((p, q), (q, q)):
        square = Times(Transposed(row), A, Transposed(A), A, Transposed(A), column)
        assert is_proved(square, Times(Transposed(row), A, gram, Transposed(A), column))
        assert not is_proved(square, Times(Transposed(row), A, Transposed(A), column))
    assert is_proved(Trace(Times(Transposed(A), Transposed(B), C, A)), Trace(Times(C, A, Transposed(A), Transposed(B))))
    assert not is_proved(Times(Transposed(p), B, B, p), Times(Transposed(p), Transposed(B), B, p))


def test_what_is_one_number_is_its_own_trace_and_has_an_inverse():
    number = Times(Transposed(p), q)
    assert at(Trace(number)) == at(number)
    assert at(Inverse(number)) == k.Power(at(number), Fraction(-1))


def test_an_inverse_is_of_a_matrix_without_indices():
    with pytest.raises(LanguageError, match="depends on y"):
        encode(Statement(equal(form(p, Inverse(MatrixFamily("F", "N", "N", y)), q), 0), Context()))


PROVED = {
    "a symmetric matrix": (form(p, S, q), form(q, S, p), form(p, Negative(S), q)),
    "an inverse of a symmetric matrix": (form(p, Inverse(S), q), form(q, Inverse(S), p), form(p, S, q)),
    "an inverse of a form": (form(r, Inverse(GRAM), t), form(t, Inverse(GRAM), r), form(r, GRAM, t)),
    "an inverse of a sum of symmetric matrices": (
        form(p, Inverse(Plus(S, Negative(T), IDENTITY)), q),
        form(q, Inverse(Plus(S, Negative(T), IDENTITY)), p),
        form(q, Inverse(Plus(S, T, IDENTITY)), p),
    ),
    "an inverse of a multiple and a symmetric inverse": (
        form(p, Inverse(Plus(Times(a, S), Inverse(T))), q),
        form(q, Inverse(Plus(Times(a, S), Inverse(T))), p),
        form(q, Inverse(Plus(S, Inverse(T))), p),
    ),
    "an inverse of a sum of transposes": (
        form(p, Inverse(Plus(Transposed(B), Transposed(C))), q),
        form(q, Inverse(Plus(B, C)), p),
        form(p, Inverse(Plus(B, C)), q),
    ),
    "an inverse of an inverse in a sum": (
        Plus(form(p, Times(B, Inverse(B)), q), form(p, Inverse(Plus(Times(B, Inverse(B)), C)), q)),
        Plus(form(p, IDENTITY, q), form(p, Inverse(Plus(IDENTITY, C)), q)),
        Plus(form(p, IDENTITY, q), form(p, Inverse(Plus(IDENTITY, Negative(C))), q)),
    ),
    "an inverse of a product": (
        form(p, Inverse(Times(B, C)), q),
        form(p, Times(Inverse(C), Inverse(B)), q),
        form(p, Times(Inverse(B), Inverse(C)), q),
    ),
    "an inverse of a product of oblong matrices": (
        form(r, Times(Inverse(Times(Transposed(A), A)), Transposed(A), A), r),
        form(r, Constant("identity", "I", "M", "M"), r),
        form(r, Inverse(Times(Transposed(A), A)), r),
    ),
    "an inverse of the identity": (form(p, Inverse(IDENTITY), q), form(p, IDENTITY, q), form(p, B, q)),
    "an inverse from either side": (
        form(p, Plus(Times(B, Inverse(B)), Negative(Times(Inverse(B), B))), q),
        Times(a, Plus(b, Negative(b))),
        form(p, IDENTITY, q),
    ),
}


@pytest.mark.parametrize("name", PROVED)
def test_what_is_true_of_matrices_is_proved(name):
    left, right, wrong = PROVED[name]
    assert is_proved(left, right)
    assert not is_proved(left, wrong)


def test_an_inverse_of_a_matrix_that_is_not_symmetric_is_not():
    assert not is_proved(form(p, Inverse(B), q), form(q, Inverse(B), p))
    assert not is_proved(form(p, Inverse(Plus(S, B)), q), form(q, Inverse(Plus(S, B)), p))
    assert not is_proved(form(p, Inverse(Times(S, T)), q), form(q, Inverse(Times(S, T)), p))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (form(p, Inverse(B), q), form(p, Matrix("B^{-1}", "N", "N"), q)),
        (form(p, Inverse(S), q), form(p, Matrix("S^{-1}", "N", "N"), q)),
        (form(p, S, q), form(p, Matrix("S's vectors", "N", "N"), q)),
        (form(p, S, q), Times(Transposed(p), Matrix("S's values", "N", ""))),
        (IndexValue(x), tensor("value in X", x)[x]),
    ],
)
def test_what_is_known_of_a_name_is_not_known_of_another_of_that_name(left, right):
    """B times its inverse is the identity; B times a matrix that happens to be written so need not be."""
    for one, other in ((left, right), (right, left)):
        with pytest.raises(LanguageError, match="two meanings"):
            encode(Statement(equal(one, other), Context()))


GRADIENTS = {
    "of a form by a vector": (Gradient(form(p, B, q), p, "d"), Times(B, q), Times(Transposed(B), q)),
    "of a form by the other vector": (Gradient(form(p, B, q), q, "d"), Times(Transposed(B), p), Times(B, p)),
    "of a square": (Gradient(form(p, IDENTITY, p), p, "d"), Plus(p, p), p),
    "of a form by the matrix": (
        Gradient(form(p, A, r), A, "d"),
        Times(p, Transposed(r)),
        Times(p, Transposed(r), Times(Transposed(r), r)),
    ),
    "of a trace": (Gradient(Trace(Times(B, C)), B, "d"), Transposed(C), C),
}


@pytest.mark.parametrize("name", GRADIENTS)
def test_gradients_are_entries(name):
    left, right, wrong = GRADIENTS[name]
    assert is_proved(left, right)
    assert not is_proved(left, wrong)


def test_a_gradient_that_is_not_known_is_a_matrix_of_its_own():
    hidden = Gradient(Absolute(Trace(B)), B, "d")
    found = at(hidden, ROW, OTHER)
    assert isinstance(found, k.Entry)
    assert found.indices == (ROW, OTHER)
    assert found.tensor != "B"
    other = tensor(found.tensor, x)
    with pytest.raises(LanguageError, match="two meanings"):
        encode(Statement(equal(form(p, hidden, q), other[x]), Context()))


def under(proposition, *assumptions):
    return isinstance(search(Question(encode(Statement(proposition, Context(assumptions))))), ProofFound)


@pytest.mark.parametrize("assumed", [equal(Transposed(B), B), equal(B, Transposed(B))])
def test_a_matrix_that_is_assumed_to_be_symmetric_is(assumed):
    swapped = equal(form(p, B, q), form(q, B, p))
    assert under(swapped, assumed)
    assert not under(swapped)
    assert not under(swapped, equal(Transposed(C), C))
    assert not under(swapped, equal(Transposed(B), C))
    assert under(equal(Transposed(Inverse(B)), Inverse(B)), assumed)
    assert not under(equal(Times(B, C), Times(C, B)), assumed)


F = MatrixFamily("F_{0}", "N", "N", x)
UNDER = Proposition(Transposed(B), Relation.EQUAL, B, (greater(a, b),))


@pytest.mark.parametrize(
    ("assumed", "matrices"),
    [
        (equal(Transposed(B), B), {"B"}),
        (equal(B, Transposed(B)), {"B"}),
        (equal(Transposed(B), C), set()),
        (equal(B, C), set()),
        (equal(Times(B, C), C), set()),
        (Proposition(Transposed(B), Relation.UNEQUAL, B), set()),
        (Proposition(B, Relation.AT_MOST, Transposed(B)), set()),
        (UNDER, set()),
        (equal(Transposed(F), F), set()),
        (equal(Transposed(p), Matrix("v", "", "N")), set()),
    ],
)
def test_only_what_is_said_to_be_its_own_transpose_is_symmetric(assumed, matrices):
    """A symmetric matrix has a decomposition: where it is not symmetric, that would be false."""
    found = encode(Statement(equal(Plus(Trace(B), Trace(C), Trace(F)), 0), Context((assumed,))))
    assert {known.head for known in found.definitions if known.rule == "matrix.symmetric"} == matrices
    assert [fact.rule for fact in found.assumptions] == ["matrix.symmetric" if matrices else "hypothesis"]


def test_what_is_symmetric_under_a_premise_is_not_without_it():
    assert not under(equal(form(p, B, q), form(q, B, p)), UNDER)


def test_what_is_defined_is_what_its_definition_says():
    context = Context((equal(Transposed(B), B),), (Definition(B, Plus(C, Transposed(C))),))
    defined = Statement(equal(form(p, B, q), form(q, B, p)), context)
    assert isinstance(search(Question(encode(defined))), ProofFound)
