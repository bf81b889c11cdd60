"""Expressions stay as they are written, and print as the field prints them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Expr, Float, Integer, latex

from symderiv import (
    KL,
    Cov,
    E,
    Max,
    Sum,
    Var,
    convex_function,
    cross_entropy,
    delta,
    distribution,
    entropy,
    exp,
    function,
    index_map,
    ln,
    random_variables,
    scalars,
    sqrt,
    tensor,
    variables,
)
from symderiv.language.written import Absolute, LanguageError, Maximum, Negative, Plus, Quotient, Raised, Times

a, b, c = scalars("a b c")
x, y, z = variables("x y z")
P = distribution("P", x, y)
K = distribution(r"\tilde{Q}", z | y)
u = tensor("u", x)
X, Y = random_variables("X Y")


def test_a_quotient_keeps_both_sides() -> None:
    assert (a / a).args == (a, a)
    assert (P(x) / P(x)).args == (P(x), P(x))


def test_a_sum_keeps_its_terms_and_their_order() -> None:
    assert (b + a - a).args == (b, a, Negative(a))
    assert (a * 0).args == (a, Integer(0))
    assert ln(1).args == (Integer(1),)


@pytest.mark.parametrize("value", [0.5, "a", None, True, [1]])
def test_numbers_are_exact(value: object) -> None:
    with pytest.raises(LanguageError):
        a + value


def test_comparison_is_by_structure() -> None:
    assert a + b == a + b
    assert a + b != b + a
    assert hash(P(y | x)) == hash(P(y | x))


def test_nothing_is_substituted() -> None:
    for rewrite in (lambda e: e.subs(a, b), lambda e: e.xreplace({a: b})):
        with pytest.raises(LanguageError):
            rewrite(Sum[x](a * u[x]))


def test_an_expression_has_no_truth_value() -> None:
    with pytest.raises(LanguageError):
        bool(a)


@pytest.mark.parametrize(
    "misuse",
    [
        P,
        lambda: P(z),
        lambda: P(x, x),
        lambda: P(x | y, x),
        lambda: P(a),
        lambda: K(z),
        lambda: u[y],
        lambda: u[x, y],
        lambda: Sum[a],
        lambda: E[a](1),
        lambda: E[P(x) + P(y)](1),
        lambda: KL(P(x), P(y)),
        lambda: E(a),
        lambda: P.I(x),
    ],
)
def test_misuse_is_a_typed_error(misuse: object) -> None:
    with pytest.raises(LanguageError):
        misuse()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (a - b - c, "a - b - c"),
        (a - (b - c), r"a - \left(b - c\right)"),
        (-(a + b), r"- \left(a + b\right)"),
        (a * (b + c), r"a \, \left(b + c\right)"),
        (ln(a) * b, r"\left(\ln a\right) \, b"),
        (a * ln(b), r"a \, \ln b"),
        (ln(a * b), r"\ln \left(a \, b\right)"),
        ((a + b) ** 2, r"\left(a + b\right)^{2}"),
        (sqrt(a), r"\sqrt{a}"),
        (exp(-a), r"\exp \left(- a\right)"),
        (1 / a, r"\frac{1}{a}"),
        (Fraction(1, 2) * a, r"\frac{1}{2} \, a"),
        (a * 2, r"a \cdot 2"),
        (Absolute(a), r"\left|a\right|"),
        (Maximum(a, b), r"\max\left(a, b\right)"),
        (function("f")(a + 1), r"f\left(a + 1\right)"),
        (convex_function("f")(a), r"f\left(a\right)"),
        (u[x], "u[x]"),
        (delta(index_map("f", y, x)(y), x), "[f(y) = x]"),
        (Sum[x, y](P(x, y)), r"\sum_{x, y} P(x,y)"),
        (Sum[x](u[x] + 1), r"\sum_{x} \left(u[x] + 1\right)"),
        (Sum[x](u[x]) * a, r"\left(\sum_{x} u[x]\right) \, a"),
        (Max[x](u[x]), r"\max_{x} u[x]"),
        (P(y | x), r"P(y \mid x)"),
        (K(z | y), r"\tilde{Q}(z \mid y)"),
        (E[P(x, y)](-ln(P(y))), r"E_{(x,y) \sim P(x,y)} \left(- \ln P(y)\right)"),
        (P.H(y | x), r"H(y \mid x)"),
        (P.I(x, y), "I(x,y)"),
        (entropy(K(z | y)), r"H(\tilde{Q}(z \mid y))"),
        (cross_entropy(P(x), P(x)), "H(P(x), P(x))"),
        (KL(P(x, y), P(x) * P(y)), r"KL(P(x,y), P(x) \, P(y))"),
        (Var(X + Y), r"\mathrm{Var}\left[X + Y\right]"),
        (Cov(X, Y), r"\mathrm{Cov}\left[X,Y\right]"),
        (E(X) ** 2, r"E\left[X\right]^{2}"),
    ],
)
def test_printing(expression: Expr, text: str) -> None:
    assert latex(expression) == text
    assert str(expression) == text


forms = st.recursive(
    st.sampled_from([a, b, c, Integer(2)]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: Plus(*p)),
        st.tuples(inner, inner).map(lambda p: Times(*p)),
        st.tuples(inner, inner).map(lambda p: Quotient(*p)),
        inner.map(Negative),
        inner.map(lambda p: Raised(p, Integer(2))),
        inner.map(ln),
    ),
    max_leaves=8,
)


@given(forms)
def test_brackets_balance_in_print(expression: Expr) -> None:
    text = latex(expression)
    assert text.count(r"\left(") == text.count(r"\right)")
    assert text.count("{") == text.count("}")


def test_floats_of_sympy_are_refused_when_encoded() -> None:
    from symderiv import derivation, equal
    from symderiv.language.encode import encode

    with pytest.raises(LanguageError):
        encode(derivation("t", claim=equal(a, Float(0.5))).claim)
