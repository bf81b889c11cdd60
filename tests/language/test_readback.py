"""Kernel terms as LaTeX for people."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.kernel.terms import (
    MINUS_ONE,
    Add,
    Apply,
    Bound,
    Delta,
    Entry,
    Forall,
    Gather,
    Implies,
    Index,
    Multiply,
    Number,
    Power,
    Reduce,
    Relation,
    Size,
    Symbol,
    Term,
    forall,
    negate,
    nonnegative,
    nonzero,
    number,
    positive,
    sum_over,
)
from symderiv.language.encode import encode
from symderiv.language.heads import outcomes_of
from symderiv.language.indices import variables
from symderiv.language.probability import distribution
from symderiv.language.readback import latex_of
from symderiv.language.script import derivation, equal

x, y, z = Index("x", "X"), Index("y", "Y"), Index("z", "Z")
a, b = Symbol("a"), Symbol("b")
joint = Entry("P", (x, y))
model, guess = Entry("Q", (z, y)), Entry(r"\tilde{Q}", (z, y))


def inverse(term: Term) -> Term:
    return Power(term, Fraction(-1))


def log(term: Term) -> Term:
    return Apply("log", (term,))


@pytest.mark.parametrize(
    ("term", "text"),
    [
        (positive(a), "a > 0"),
        (nonnegative(a), r"a \geq 0"),
        (nonzero(a), r"a \neq 0"),
        (Relation("<=", a, b), r"a \leq b"),
        (forall([y], positive(Entry("P(y)", (y,)))), "P(y) > 0"),
        (Relation("=", Entry("P(y|x)", (y, x)), Multiply((joint, inverse(a)))), r"P(y \mid x) = \frac{P(x,y)}{a}"),
        (forall([y, z], Implies(positive(guess), positive(model))), r"\tilde{Q}(z,y) > 0 \Rightarrow Q(z,y) > 0"),
        (
            Implies(forall([x], positive(Entry("u", (x,)))), nonzero(a)),
            r"\left(u[x] > 0 \text{ for all } x\right) \Rightarrow a \neq 0",
        ),
        (Implies(positive(a), Implies(positive(b), nonzero(a))), r"a > 0 \wedge b > 0 \Rightarrow a \neq 0"),
        (Add((a, negate(b), number(-1))), "a - b - 1"),
        (Add((negate(a), b)), "- a + b"),
        (Add((a, Add((a, b)))), r"a + \left(a + b\right)"),
        (negate(Add((a, b))), r"- \left(a + b\right)"),
        (Multiply((Add((a, b)), a)), r"\left(a + b\right) \, a"),
        (Multiply((log(a), b)), r"\left(\ln a\right) \, b"),
        (Multiply((a, log(b))), r"a \, \ln b"),
        (log(Multiply((a, b))), r"\ln \left(a \, b\right)"),
        (Multiply((number(2), a, inverse(Add((a, b))))), r"\frac{2 \, a}{a + b}"),
        (Multiply((Number(Fraction(-1, 2)), inverse(a))), r"- \frac{1}{2 \, a}"),
        (inverse(a), r"\frac{1}{a}"),
        (Power(a, Fraction(-3, 2)), r"\frac{1}{a^{3/2}}"),
        (Power(a, Fraction(1, 2)), r"\sqrt{a}"),
        (Power(Add((a, b)), Fraction(2)), r"\left(a + b\right)^{2}"),
        (Multiply((MINUS_ONE, MINUS_ONE, a)), "a"),
        (Multiply(()), "1"),
        (Add(()), "0"),
        (Size("X"), r"\left|X\right|"),
        (Delta(x, Gather("f", "X", (y,))), r"\left[x = f(y)\right]"),
        (Apply("exp", (negate(a),)), r"\exp \left(- a\right)"),
        (Apply("abs", (a,)), r"\left|a\right|"),
        (Apply("max", (a, b)), r"\max\left(a, b\right)"),
        (Apply("power", (a, b)), "a^{b}"),
        (Apply("f'", (a,)), r"f'\left(a\right)"),
        (sum_over([x], Multiply((joint, Multiply((log(joint),))))), r"\sum_{x} P(x,y) \, \ln P(x,y)"),
        (Reduce("sum", "X", Add((a, b))), r"\sum_{x} \left(a + b\right)"),
        (Multiply((Reduce("max", "X", Entry("u", (Bound(0),))), b)), r"\left(\max_{x} u[x]\right) \, b"),
        (Symbol("H_{P}(y|x)"), r"H_{P}(y \mid x)"),
        (Entry(r"KL(\tilde{Q}(z|y),Q(z|y))", (y,)), r"KL(\tilde{Q}(z \mid y),Q(z \mid y))"),
    ],
)
def test_printing(term: Term, text: str) -> None:
    assert latex_of(term) == text


def test_bound_names_are_told_apart_from_free_ones() -> None:
    assert latex_of(Forall("X", positive(Entry("u", (x, Bound(0)))))) == "u[x, x'] > 0"


def test_bound_names_are_told_apart_from_each_other() -> None:
    x2 = Index("other", "X")
    assert latex_of(forall([x, x2], Relation("=", Entry("u", (x,)), Entry("u", (x2,))))) == "u[x] = u[x']"


def test_real_variables_have_names() -> None:
    t, m = Symbol("p"), Symbol("q")
    assert latex_of(forall([t, m], Relation("<=", t, m))) == r"t \leq t'"


def test_marginals_at_other_indices_print_those() -> None:
    assert latex_of(Entry("P(y|x)", (Index("y'", "Y"), x))) == r"P(y' \mid x)"


def test_a_statement_says_what_is_given() -> None:
    one, other = variables("z y")
    conditional = distribution("Q", one | other)
    encoded = encode(derivation("t", claim=equal(conditional(one | other), 1)).claim)
    assert outcomes_of(encoded) == {"Q": 1}
    assert latex_of(encoded.conclusion, outcomes_of(encoded)) == r"Q(z \mid y) = 1"
