"""What a name hides, and which determinants may have any value."""

from __future__ import annotations

import pytest

from symderiv import Sum, ln, tensor, variables
from symderiv.language.dependence import base_and_rest, hidden, is_objective, occurs_in, parts_of
from symderiv.language.determinants import determinant_name, is_determinant, matrix_of, may_be_chosen
from symderiv.language.encode import Encoder
from symderiv.language.written import LanguageError, Scalar


@pytest.mark.parametrize(
    ("name", "bound", "found"),
    [
        ("a_{b_i}", ["i"], "i"),
        (r"\overline{a_i}", ["j", "i"], "i"),
        (r"\{1,\ldots,i\}", ["i"], "i"),
        (r"\{1,\ldots,n\}", ["i"], None),
        (r"\{1,\ldots,i'\}", ["i"], None),
        (r"\{1,\ldots,i'\}", ["i'"], "i'"),
        ("beta", ["b", "e"], None),
        ("i", ["i"], None),
        ("X", ["x"], None),
        (r"x_{\mathrm{min}}", ["i"], None),
        (r"f\left({0}\right)", ["0"], None),
        (r"\alpha_k", [r"\alpha"], r"\alpha"),
        ("a_{b_i}", [], None),
    ],
)
def test_a_bound_variable_in_a_name_is_found(name, bound, found):
    assert hidden(name, bound) == found


def test_a_plain_name_is_one_part():
    assert parts_of("beta") == {"beta"}
    assert parts_of(r"\beta_{ij}") == {r"\beta", "i", "j"}


@pytest.mark.parametrize(
    ("name", "base", "rest"),
    [
        ("x", "x", ""),
        ("x1", "x1", ""),
        ("x_i", "x", "_i"),
        (r"\mathbf{x}_i", "x", "_i"),
        (r"\hat{x}_i", r"\hat{x}", "_i"),
        (r"f\left({0}\right)|x", "f", r"\left({0}\right)"),
        (r"\frac{a}{b}", "", r"\frac{a}{b}"),
        (r"\sum_i x_i", "", r"\sum_i x_i"),
        ("1_n", "", "1_n"),
    ],
)
def test_the_letter_of_a_name_and_what_follows_it(name, base, rest):
    assert base_and_rest(name) == (base, rest)


@pytest.mark.parametrize(
    ("by", "text", "occurs"),
    [
        ("i", "_{ij}", True),
        ("i", "(i)", True),
        ("i", r"_{\mathrm{min}}", False),
        ("x_i", "f(x_i)", True),
        ("x_i", "f(x_j)", False),
        ("i", "_k", False),
        (r"\theta", r"(\theta)", True),
    ],
)
def test_a_name_occurs_in_what_is_written_with_it(by, text, occurs):
    assert occurs_in(by, text) == occurs


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("L", True),
        ("J_t", True),
        (r"\mathcal{Q}", True),
        (r"\mathcal{L}_n", True),
        ("K", False),
        (r"\mathbf{x}", False),
    ],
)
def test_objectives_go_by_their_letters(name, expected):
    assert is_objective(name) == expected


def test_only_what_is_bound_around_a_name_counts():
    i, j = variables("i j")
    u = tensor("u", i)
    encoder = Encoder()
    encoder.term(Sum[i](u[i]) + Scalar("c_i") + Sum[j](Scalar("c_i") * u[i]))
    with pytest.raises(LanguageError, match="c_i depends on i"):
        encoder.term(Sum[i](u[i] * ln(Scalar("c_i"))))
    encoder.term(Scalar("c_i"))


def test_determinants_of_plain_matrices_may_have_any_value():
    plain, sum_of = determinant_name("A"), determinant_name(r"\left(A + B\right)")
    assert is_determinant(plain)
    assert not is_determinant("A")
    assert may_be_chosen(plain, ["B"])
    assert not may_be_chosen(plain, ["A"])
    assert not may_be_chosen(plain, ["A's vectors"])
    assert not may_be_chosen(plain, [plain])
    assert not may_be_chosen(sum_of, [])
    assert matrix_of(plain) == "A"
