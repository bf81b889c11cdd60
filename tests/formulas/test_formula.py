"""Formulas with the notation of probability: what each name is taken for, and what is refused."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Expr, Integer, Rational, latex

from symderiv.formulas.formula import read_statements
from symderiv.formulas.source import Unread
from symderiv.language.encode import encode, latex_of_proposition
from symderiv.language.indices import Entry
from symderiv.language.written import Ln, Negative, Plus, Quotient, Raised, Scalar, Times
from symderiv.model.statement import Statement

JOINT = "let P(x,y) be a distribution"
MARGINALS = [
    r"P(x) & = & \sum_y\;P(x,y)",
    r"P(y) & = & \sum_x\;P(x,y)",
    r"H(y|x) & = & E_{x \sim P(x)}\;E_{y\sim P(y|x)}\;-\ln P(y|x)",
    r"H(x|y) & = & E_{y \sim P(y)}\;E_{x\sim P(x|y)}\;-\ln P(x|y)",
]
INFORMATION = r"""
  I(x,y) & = &  KL(P(x,y),Q(x,y)) \\
  & = & E_{(x,y) \sim P(x,y)}\;\ln \frac{P(x,y)}{P(x)P(y)} \\
  & = & E_{(x,y) \sim P(x,y)}\;\ln \frac{P(x)P(y|x)}{P(x)P(y)} \\
  & = & E_{(x,y) \sim P(x,y)}\;\ln \frac{P(y|x)}{P(y)} \\
  & = & E_{(x,y) \sim P(x,y)}\;\left(- \ln P(y) + \ln P(y|x)\right) \\
  & = & \left(E_{(x,y) \sim P(x,y)}\;(- \ln P(y))\right) - \left(E_{(x,y) \sim P(x,y)}\;- \ln P(y|x)\right) \\
  & = & H(y) - H(y|x)
"""
ELBO = r"\mathrm{ELBO} & = & E_{z \sim \tilde{Q}_\Psi(z|y)} \;\ln \frac{Q_\Phi(z,y)}{\tilde{Q}_\Psi(z|y)}"
THREE_TERMS = r"""
  \mathrm{ELBO} & = & E_{z \sim \tilde{Q}_\Psi(z|y)}\;\ln \frac{Q_\Phi(y)Q_\Phi(z|y)}{\tilde{Q}_\Psi(z|y)} \\
  & = & \left(E_{z \sim \tilde{Q}_\Psi(z|y)}\;\ln Q_\Phi(y)\right) +
        \left(E_{z \sim \tilde{Q}_\Psi(z|y)}\;\ln Q_\Phi(z|y)\right) +
        \left(E_{z \sim \tilde{Q}_\Psi(z|y)}\;\ln \frac{1}{\tilde{Q}_\Psi(z|y)}\right) \\
  & = & \ln Q_\Phi(y) - H(\tilde{Q}_\Psi(z|y),Q_\Phi(z|y)) +  H(\tilde{Q}_\Psi(z|y))
"""
TWO_TERMS = r"""
  \mathrm{ELBO} & = & \left(E_{z \sim \tilde{Q}_\Psi(z|y)}\;\ln Q_\Phi(y)\right) +
        \left(E_{z \sim \tilde{Q}_\Psi(z|y)}\;\ln \frac{Q_\Phi(z|y)}{\tilde{Q}_\Psi(z|y)}\right) \\
  & = & \ln Q_\Phi(y) - KL(\tilde{Q}_\Psi(z|y),Q_\Phi(z|y)) \\
  & \leq & \ln Q_\Phi(y)
"""


def printed(text: str, *assumptions: str) -> list[str]:
    found = read_statements(text, assumptions)
    for statement in found:
        encode(statement)
    return [latex_of_proposition(s.proposition) for s in found]


def refusal(text: str, *assumptions: str) -> tuple[str, str, int]:
    with pytest.raises(Unread) as caught:
        read_statements(text, assumptions)
    found = caught.value.diagnostic
    return found.code, found.span.path, found.span.column


def only(text: str, *assumptions: str) -> Statement:
    (found,) = read_statements(text, assumptions)
    return found


@pytest.mark.parametrize("relation", MARGINALS)
def test_relations_of_a_joint_distribution_stand_alone(relation: str) -> None:
    assert len(printed(relation)) == 1


def test_mutual_information_as_it_stands() -> None:
    rows = printed(INFORMATION, *MARGINALS, r"Q(x,y) & = & P(x)P(y)")
    assert rows[0] == r"I(x,y) = KL(P(x,y), Q(x,y))"
    assert rows[-1].endswith(r"= H(y) - H(y \mid x)")
    assert len(rows) == 7
    # The minus belongs to the expectation, not to a difference.
    assert r"\left(- \ln P(y \mid x)\right)" in rows[5]


def test_lower_bound_as_it_stands() -> None:
    context = (r"Q_\Phi(y) & = & \sum_z Q_\Phi(z,y)", ELBO)
    three, two = printed(THREE_TERMS, *context), printed(TWO_TERMS, *context)
    assert [len(three), len(two)] == [3, 3]
    assert three[0].startswith(r"\mathrm{ELBO}[y] = E_{z \sim \tilde{Q}_\Psi(z \mid y)} \ln")
    assert two[2] == (r"\ln Q_\Phi(y) - KL(\tilde{Q}_\Psi(z \mid y), Q_\Phi(z \mid y)) \leq \ln Q_\Phi(y)")


@pytest.mark.parametrize(
    ("text", "assumptions", "reading"),
    [
        (r"\ln(ab) = \ln a + \ln b", (), r"\ln \left(a \, b\right) = \ln a + \ln b"),
        ("x/x = 1", (), r"\frac{x}{x} = 1"),
        (r"\ln a \le a - 1", ("a > 0",), r"\ln a \leq a - 1"),
        (r"\sum_x P(y|x) = 1", (), r"\sum_{x} P(y \mid x) = 1"),
        ("I(x,y) = H(y) + H(y|x)", (JOINT,), r"I(x,y) = H(y) + H(y \mid x)"),
        ("I(x;y) >= 0", ("P(x,y) > 0",), r"I(x,y) \geq 0"),
        ("KL(P(x,y), P(x)P(y)) = H(y) - H(y|x)", (), r"KL(P(x,y), P(x) \, P(y)) = H(y) - H(y \mid x)"),
        (r"D_{KL}(P(x) \| Q(x)) = KL(Q(x),P(x))", (), "KL(P(x), Q(x)) = KL(Q(x), P(x))"),
        (r"H(P,Q) = E_{x \sim P} -\ln Q(x)", (), r"H(P(x), Q(x)) = E_{x \sim P(x)} \left(- \ln Q(x)\right)"),
        (r"E_{x \sim P} f(x) = \sum_x P(x) f(x)", (), r"E_{x \sim P(x)} f[x] = \sum_{x} P(x) \, f[x]"),
        (r"\sum_{x'} P(x',y) = P(y)", (), r"\sum_{x'} P(x',y) = P(y)"),
        ("E[X]^2 = E[X^2]", ("let X be a random variable",), r"E\left[X\right]^{2} = E\left[X^{2}\right]"),
        ("f(x+1) = 1", ("let f be a function",), r"f\left(x + 1\right) = 1"),
        ("z(a+b) = za + zb", (), r"z \, \left(a + b\right) = z \, a + z \, b"),
        ("z(a) = 1", ("let z, a be scalars",), r"z \, a = 1"),
        ("a(b+c)^2 = a", (), r"a \, \left(b + c\right)^{2} = a"),
        ("P(x,y) > 0", (), "P(x,y) > 0"),
        (r"\sum_x P(x) \ln P(x) = -H(P)", (), r"\sum_{x} P(x) \, \ln P(x) = - H(P(x))"),
        (r"E_{x \sim P} f(x) = 0", ("let f be a function",), r"E_{x \sim P(x)} f[x] = 0"),
        (r"\sum_i u[i] = \sum_i u[i]", (), r"\sum_{i} u[i] = \sum_{i} u[i]"),
        ("s^{-3/2} = s", (), "s^{- \\frac{3}{2}} = s"),
    ],
)
def test_readings(text: str, assumptions: tuple[str, ...], reading: str) -> None:
    assert printed(text, *assumptions) == [reading]


@pytest.mark.parametrize(
    ("text", "assumptions", "code", "column"),
    [
        ("f(x+1) = f(x) + 1", (), "ambiguous", 1),
        ("z(a+b) = c", (), "ambiguous", 1),
        ("P(x) = 1", (), "ambiguous", 1),
        (r"\ln z(a+b) = z", (), "ambiguous", 5),
        ("c/z(a+b) = z", (), "ambiguous", 3),
        ("e^x = 1", (), "ambiguous", 1),
        (r"\pi = 3", (), "ambiguous", 1),
        ("a^T = a", (), "ambiguous", 3),
        (r"\sum_i u[i] = \sum_i u_i", (), "ambiguous", 22),
        (r"\sum_{i=1}^i i = \lim_{n \to n} n", (), "ambiguous", 1),
        (r"\sum_x Q_x(y|x) = 1", (), "ambiguous", 8),
        ("Q(x,y) = P(x)P(y)", (), "ambiguous", 14),
        ("I(x,y) = 0", (), "unread", 1),
        ("H(x) = 0", (), "unread", 1),
        (r"E_{x \sim P(x)} H(y|x) = H(y|x)", (JOINT,), "ambiguous", 17),
        ("H(x,y) = 0", (JOINT, "let Q(x,y) be a distribution"), "ambiguous", 1),
        (r"E_{x \sim P(y)} f(x) = 0", (JOINT,), "unread", 4),
        (r"E_{x \sim P(x)} x = 0", (), "unread", 17),
        (r"\mathrm{ELBO} = 1", (), "unread", 1),
        ("P(x,y) = P", (), "unread", 10),
        ("P(x,z) = 1", (JOINT,), "unread", 1),
        ("f^2(x) = 1", ("let f be a function",), "unread", 1),
        ("E X = 1", ("let X be a random variable",), "unread", 1),
        ("E[a] = 1", (), "unread", 1),
        ("KL(P(x,y), Q(x)) = 0", (), "unread", 1),
        ("KL(P(x) | Q(x)) = 0", (), "unread", 1),
        (r"P(x;\theta) = 1", (JOINT,), "unread", 1),
        ("a + b", (), "unread", 1),
        ("H_P(x) = 0", (JOINT, "P(x) > 0"), "ambiguous", 1),
        (r"\hat{H}(x) = 0", (JOINT, "P(x) > 0"), "ambiguous", 1),
        (r"\delta(x) = 0", (JOINT, "P(x) > 0"), "ambiguous", 1),
        (r"\mathrm{softmax}(x) = 0", (JOINT, "P(x) > 0"), "ambiguous", 1),
        (r"E_{x \sim P(x)} x = x", ("let x be a scalar",), "unread", 4),
        ("P(X,Y) = 1", ("let X, Y be random variables",), "unread", 3),
    ],
)
def test_refusals(text: str, assumptions: tuple[str, ...], code: str, column: int) -> None:
    assert refusal(text, *assumptions) == (code, "<statement>", column)


@pytest.mark.parametrize(
    ("words", "column"),
    [
        ("let n be a positive walrus", 10),
        ("let P be a distribution", 5),
        ("let P(x,y)", 1),
        ("let a+b be scalars", 6),
        ("assume a", 7),
        ("define a > b", 7),
        ("define P(x) = P(x)", 8),
        (r"a \foo b = 1", 3),
    ],
)
def test_assumptions_are_unread_at_their_own_place(words: str, column: int) -> None:
    code, path, found = refusal("c = c", words)
    assert (code, path, found) == ("unread", "<assumption 1>", column)


def test_a_name_is_declared_once() -> None:
    assert refusal("c = c", "let a be a scalar", "let a be a function") == ("unread", "<assumption 2>", 5)


def test_a_chain_is_all_its_relations() -> None:
    found = read_statements(r"a = b \le c < d", ())
    assert [s.proposition.relation.value for s in found] == ["=", "<=", "<"]
    assert [found[0].proposition.right, found[1].proposition.right] == [
        found[1].proposition.left,
        found[2].proposition.left,
    ]
    assert [(s.span.column, s.span.end_column) for s in found if s.span] == [(1, 6), (5, 12), (11, 16)]


def test_equations_for_new_names_define_them() -> None:
    context = only("c = d", "c = a + b", "assume a > 0").context
    assert [d.name for d in context.definitions] == [Scalar("c")]
    assert len(context.assumptions) == 1


def test_a_definition_depends_on_the_free_variables_of_its_body() -> None:
    (definition,) = only("a = a", ELBO).context.definitions
    assert isinstance(definition.name, Entry)
    assert [v.name for v in definition.name.args[1]] == ["y"]


def test_equations_in_a_circle_define_once() -> None:
    context = only("a = c", "a = b", "b = a", "a = c").context
    assert len(context.definitions) == 1
    assert len(context.assumptions) == 2


def test_an_equation_for_a_declared_distribution_is_a_hypothesis() -> None:
    context = only("H(x) = H(x)", JOINT, "P(x,y) = P(x)P(y)").context
    assert len(context.assumptions) == 1
    assert context.definitions == ()


def test_primes_tell_names_apart() -> None:
    statement = only("x' = x")
    assert statement.proposition.left != statement.proposition.right


def test_the_largest_use_is_the_joint_distribution() -> None:
    assert (
        only("P(x) = P(x)", "P(x,y) > 0").proposition.left.of.outcomes
        == only("P(x,y) = 1").proposition.left.of.outcomes
    )


def test_used_as_conditional_only_it_is_one() -> None:
    left = only(r"\tilde{Q}(z|y) \le 1").proposition.left
    assert [v.name for v in left.of.outcomes] == ["z"]
    assert [v.name for v in left.of.given] == ["y"]


def value(expression: Expr, names: dict[str, Fraction]) -> Fraction:
    """The exact value, with an arbitrary function in the place of the logarithm."""
    if isinstance(expression, Rational):
        return Fraction(int(expression.p), int(expression.q))
    if isinstance(expression, Scalar):
        return names[expression.name]
    parts = [value(part, names) for part in expression.args]
    match expression:
        case Plus():
            return sum(parts, Fraction(0))
        case Times():
            result = Fraction(1)
            for part in parts:
                result *= part
            return result
        case Negative():
            return -parts[0]
        case Quotient():
            return parts[0] / parts[1] if parts[1] else Fraction(0)
        case Raised():
            return parts[0] * parts[0]
        case Ln():
            return (parts[0] + 3) * (parts[0] + 5) + 7
    raise TypeError(expression)


written = st.recursive(
    st.sampled_from([*map(Scalar, "abc"), Integer(2), Integer(30)]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda p: Plus(*p)),
        st.tuples(inner, inner).map(lambda p: Times(*p)),
        st.tuples(inner, inner, inner).map(lambda p: Times(*p)),
        st.tuples(inner, inner).map(lambda p: Quotient(*p)),
        inner.map(Negative),
        inner.map(lambda p: Raised(p, Integer(2))),
        inner.map(Ln),
    ),
    max_leaves=8,
)
values = st.fractions(min_value=-4, max_value=4, max_denominator=5)


@given(written, values, values, values)
def test_what_is_printed_is_never_misread(expression: Expr, one: Fraction, two: Fraction, three: Fraction) -> None:
    try:
        left = only(f"{latex(expression)} = 1", "let a, b, c be scalars").proposition.left
    except Unread:
        return
    names = {"a": one, "b": two, "c": three}
    assert value(left, names) == value(expression, names)


@given(written)
def test_most_of_what_is_printed_is_read(expression: Expr) -> None:
    text = latex(expression)
    # A power of a bracket under a logarithm, and a number after a thin space, are refused.
    if r"\right)^" not in text and not re.search(r"\\, \d", text):
        only(f"{text} = 1", "let a, b, c be scalars")


@pytest.mark.parametrize("text", ["(a (a + b))^2", r"\left(a \, \left(a + b\right)\right)^{2}"])
def test_brackets_around_a_product_are_raised_with_it(text):
    (statement,) = read_statements(f"{text} = 0")
    found = statement.proposition.left
    assert value(found, {"a": Fraction(-1), "b": Fraction(3)}) == 4
