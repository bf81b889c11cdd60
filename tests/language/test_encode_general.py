"""Quantities without interpretation, integrals of densities, unknown derivatives, and numbers of matrices."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sympy import latex

from symderiv import equal, ln, scalars, tensor, variables
from symderiv.kernel import terms as k
from symderiv.language.densities import Density
from symderiv.language.encode import Encoder, encode
from symderiv.language.encode_matrices import entry
from symderiv.language.events import HAPPENS, Event, comparison, event_map
from symderiv.language.function_derivatives import unknown_derivative
from symderiv.language.indices import Variable
from symderiv.language.matrices import (
    Constant,
    Determinant,
    EntryOf,
    Inverse,
    Matrix,
    MatrixFamily,
    RowCount,
    Trace,
    Transposed,
)
from symderiv.language.quantities import Differentiated, Elementary, IndexValue, IntegralOver, Opaque
from symderiv.language.variation import Variation
from symderiv.language.written import LanguageError, Plus, Times
from symderiv.model.statement import Context, Statement

a, b, s = scalars("a b s")
x, y, n = variables("x y n")
u = tensor("u", y)
X, Y = k.Index("x", "X"), k.Index("y", "Y")
NORMAL = Density("normal", "N({0};{1},{2})", IndexValue(x), a, s)
ELSEWHERE = Density("normal", "N({0};{1},{2})", IndexValue(y), a, s)
AT_A_NUMBER = Density("normal", "N({0};{1},{2})", b, a, s)
GAMMA = Density("gamma", "G({0};{1},{2})", IndexValue(x), a, b)
POISSON = Density("Poisson", "P({0};{1})", IndexValue(x), a)
INFINITE = (r"-\infty", r"\infty")


def encoded(left, right=0):
    return encode(Statement(equal(left, right), Context()))


def conclusion(left, right=0):
    return encoded(left, right).conclusion.left


def normalisations(integral):
    return [fact for fact in encoded(integral).facts if fact.rule == "density.normalisation"]


@pytest.mark.parametrize(
    "integral",
    [
        IntegralOver(x, NORMAL),
        IntegralOver(x, NORMAL, *INFINITE),
        IntegralOver(x, GAMMA, "0", r"\infty"),
        IntegralOver(x, Times(a, NORMAL, IndexValue(x))),
    ],
    ids=str,
)
def test_a_density_integrates_to_one_over_its_support(integral):
    (fact,) = normalisations(integral)
    density = next(part for part in (NORMAL, GAMMA) if integral.has(part))
    assert fact.proposition == k.Relation("=", k.sum_over([X], conclusion(density)), k.ONE)
    assert fact.label == str(latex(density))


@pytest.mark.parametrize(
    "integral",
    [
        IntegralOver(x, NORMAL, "0", r"\infty"),
        IntegralOver(x, GAMMA, *INFINITE),
        IntegralOver(x, GAMMA, "0", "1"),
        IntegralOver(x, POISSON),
        IntegralOver(x, ELSEWHERE),
        IntegralOver(x, AT_A_NUMBER),
        IntegralOver(x, Plus(NORMAL, a)),
        IntegralOver(x, Opaque("f({0})", IndexValue(x))),
    ],
    ids=str,
)
def test_nothing_else_does(integral):
    assert normalisations(integral) == []


def test_a_density_integrates_to_one_whatever_its_parameters_are():
    density = Density("normal", "N({0};{1},{2})", IndexValue(x), u[y], s)
    (fact,) = normalisations(IntegralOver(x, density))
    assert fact.proposition == k.forall([Y], k.Relation("=", k.sum_over([X], conclusion(density)), k.ONE))


def test_quantities_go_by_their_template_and_tag():
    f, g = Opaque("f({0})", a, tag="x"), Opaque("f({0})", a, tag="y")
    assert conclusion(f) == k.Apply("f({0})|x", (k.Symbol("a"),))
    assert conclusion(f) != conclusion(g)
    assert conclusion(Opaque("f({0})", a)) == k.Apply("f({0})", (k.Symbol("a"),))
    assert conclusion(Opaque("Z")) == k.Symbol("Z")
    assert not encoded(Opaque("Z")).facts


def test_a_quantity_is_positive_for_all_arguments():
    (fact,) = encoded(Opaque("f({0},{1})", a, u[y], positive=True)).facts
    one, other = k.Symbol("t_0"), k.Symbol("t_1")
    assert fact.proposition == k.forall([one, other], k.positive(k.Apply("f({0},{1})", (one, other))))
    (fact,) = encoded(Opaque("Z", positive=True)).facts
    assert fact.proposition == k.positive(k.Symbol("Z"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Opaque("f", a), Opaque("f", a, b)),
        (Opaque("f", a), Opaque("f", a, positive=True)),
        (Elementary("tan", a), tensor(r"tan", y)[y]),
        (
            Differentiated(Opaque("f({0})", a, tag="x"), Opaque("f({0})", a), "d"),
            Differentiated(Opaque("f({0})", a, tag="y"), Opaque("f({0})", a), "d"),
        ),
    ],
)
def test_a_quantity_has_one_meaning(one, other):
    for left, right in ((one, other), (other, one)):
        with pytest.raises(LanguageError, match="two meanings"):
            encoded(left, right)


@pytest.mark.parametrize("name", [event_map("A"), HAPPENS])
def test_the_names_of_an_event_have_no_other_meaning(name):
    encoder = Encoder()
    encoder.declare(name, "another")
    with pytest.raises(LanguageError, match="two meanings"):
        encoder.term(Event("A", (), (x,)))


def test_the_name_of_a_weaker_event_has_no_other_meaning():
    less, at_most = (comparison("X", "1", strictly=strictly) for strictly in (True, False))
    encoder = Encoder()
    encoder.declare(event_map(at_most), "another")
    with pytest.raises(LanguageError, match="two meanings"):
        encoder.term(Event(less, (), (x,)))


def test_functions_with_values_go_by_their_words():
    assert conclusion(Elementary("sin", a)) == k.Apply("sin", (k.Symbol("a"),))
    assert conclusion(Elementary("cos", a)) == k.Apply("cos", (k.Symbol("a"),))
    assert conclusion(Elementary("tan", a)) == k.Apply(r"\tan", (k.Symbol("a"),))


def test_a_derivative_that_is_not_known_is_a_quantity_of_its_indices():
    inner = Opaque("g({0})", b)
    assert conclusion(Differentiated(a, inner, "d")) == k.Symbol(unknown_derivative(r"\frac{d}{dg(b)} a"))
    found = conclusion(Differentiated(Times(u[y], tensor("v", x)[x]), inner, "d"))
    assert isinstance(found, k.Entry)
    assert found.indices == (X, Y)


def test_what_a_logarithm_is_of_is_positive_there_and_nowhere_else():
    """That f(a) is positive, because ln f(a) has a derivative, says nothing of f(b); of all indices it is said."""
    facts = encoded(Differentiated(ln(Opaque("f({0},{1})", a, u[y])), a, "d")).facts
    inside = k.Apply("f({0},{1})", (k.Symbol("a"), k.Entry("u", (Y,))))
    assert [fact.proposition for fact in facts] == [k.forall([Y], k.positive(inside))]


@pytest.mark.parametrize(("sign", "asked"), [(r"\partial", True), ("d", False)])
def test_only_a_partial_derivative_could_hold_fixed_what_changes(monkeypatch, sign, asked):
    found = []
    monkeypatch.setattr(Variation, "refuse_two_ways", lambda variation: found.append(variation.name))
    assert conclusion(Differentiated(Times(a, b), a, sign))
    assert bool(found) == asked


def test_numbers_of_matrices():
    A, p = Matrix("A", "N", "M"), Matrix("p", "N", "")
    assert conclusion(RowCount(A)) == k.Size("N")
    assert conclusion(RowCount(Transposed(p))) == k.ONE
    assert conclusion(EntryOf(p, n)) == k.Entry("p", (k.Index("n", "N"),))
    assert conclusion(Determinant(Transposed(Times(Transposed(p), p)))) == conclusion(Times(Transposed(p), p))


B, C = Matrix("B", "N", "N"), Matrix("C", "N", "N")
OBLONG = Matrix("A", "N", "M")


def test_determinants_go_by_those_of_the_parts():
    one, other = conclusion(Determinant(B)), conclusion(Determinant(C))
    assert one == k.Symbol(r"\left|B\right|")
    assert conclusion(Determinant(Times(B, C))) == k.Multiply((one, other))
    assert conclusion(Determinant(Transposed(B))) == one
    assert conclusion(Determinant(Inverse(B))) == k.Power(one, Fraction(-1))
    assert conclusion(Determinant(Constant("identity", "I", "N", "N"))) == k.ONE
    times_a = k.Apply("exp", (k.Multiply((k.Size("N"), k.Apply("log", (k.Symbol("a"),)))),))
    assert conclusion(Determinant(Times(a, B))) == k.Multiply((times_a, one))
    gram = conclusion(Determinant(Times(Transposed(OBLONG), OBLONG)))
    assert isinstance(gram, k.Symbol)
    assert gram != conclusion(Determinant(Times(OBLONG, Transposed(OBLONG))))


def test_a_determinant_has_a_value_for_each_index_that_its_matrix_depends_on():
    family = MatrixFamily("F", "N", "N", y)
    found = conclusion(Determinant(family))
    assert isinstance(found, k.Entry)
    assert found.indices == (Y,)
    z = Variable("z", "Y")
    other = conclusion(Determinant(MatrixFamily("F", "N", "N", z)))
    assert other == k.Entry(found.tensor, (k.Index("z", "Y"),))
    encoder = Encoder()
    one, another = (encoder.term(Determinant(MatrixFamily("F_{0}", "N", "N", v))) for v in (y, z))
    assert one.tensor == another.tensor


@pytest.mark.parametrize("word", [Determinant, Inverse, Trace])
def test_only_a_square_matrix_has_it(word):
    with pytest.raises(LanguageError, match="only a square matrix"):
        entry(Encoder(), word(OBLONG), None, None)
