"""What is encoded is what is meant: scopes are lexical, meanings are told apart, one name has one meaning."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sympy import Expr, Symbol, sin

from symderiv import (
    KL,
    E,
    Max,
    Sum,
    convex_function,
    cross_entropy,
    define,
    delta,
    derivation,
    distribution,
    entropy,
    equal,
    function,
    greater,
    index_map,
    ln,
    scalars,
    tensor,
    variables,
)
from symderiv.kernel import terms as k
from symderiv.language.encode import Encoded, encode
from symderiv.language.written import LanguageError

a, b = scalars("a b")
x, y, z = variables("x y z")
other = x.copy("x'")
P = distribution("P", x, y)
Q = distribution("Q", x, y)
K = distribution("K", z | y)
u, v = tensor("u", x), tensor("v", x)


def encoded(left: Expr, right: object = 0, **context: object) -> Encoded:
    claim = derivation("t", claim=equal(left, right), **context).claim  # type: ignore[arg-type]
    assert claim is not None
    return encode(claim)


def term(left: Expr) -> k.Term:
    conclusion = encoded(left).conclusion
    assert isinstance(conclusion, k.Relation)
    return conclusion.left


def entry(*positions: int) -> k.Entry:
    return k.Entry("P", tuple(map(k.Bound, positions)))


def test_the_inner_sum_binds() -> None:
    inner = term(Sum[x](u[x] * Sum[x](v[x])))
    bound = (k.Bound(0),)
    assert inner == k.Reduce("sum", "X", k.Multiply((k.Entry("u", bound), k.Reduce("sum", "X", k.Entry("v", bound)))))


def test_what_stands_outside_of_a_sum_is_free() -> None:
    free = k.Entry("u", (k.Index("x", "X"),))
    assert term(u[x] * Sum[x](u[x])) == k.Multiply((free, k.Reduce("sum", "X", k.Entry("u", (k.Bound(0),)))))


def test_bound_names_do_not_matter() -> None:
    assert term(Sum[x](u[x])) == term(Sum[other](u[other]))
    assert term(Sum[x, y](P(x, y))) == k.Reduce("sum", "X", k.Reduce("sum", "Y", entry(1, 0)))


def test_free_names_matter() -> None:
    assert term(u[x]) != term(u[other])


def test_an_expectation_binds_in_the_weight_and_in_the_body() -> None:
    found = term(E[P(x, y)](u[x]))
    body = k.Multiply((entry(1, 0), k.Multiply((k.Entry("u", (k.Bound(1),)),))))
    assert found == k.Reduce("sum", "X", k.Reduce("sum", "Y", body))


def test_quotients_are_not_cancelled() -> None:
    assert term(a / a) == k.Multiply((k.Symbol("a"), k.Power(k.Symbol("a"), Fraction(-1))))


MEANINGS: list[Expr] = [
    P(x),
    P(y),
    P(x, y),
    P(x | y),
    P(y | x),
    Q(x),
    Q(x, y),
    K(z | y),
    Sum[x](P(x, y)),
    Sum[y](P(x, y)),
    Max[x](P(x, y)),
    E[P(x)](ln(P(x))),
    E[Q(x)](ln(P(x))),
    E[P(x | y)](ln(P(x))),
    P.H(x),
    P.H(y),
    P.H(x, y),
    P.H(x | y),
    Q.H(x),
    P.I(x, y),
    entropy(P(x)),
    entropy(P(x | y)),
    cross_entropy(P(x), Q(x)),
    KL(P(x), Q(x)),
    KL(Q(x), P(x)),
    KL(P(x | y), Q(x | y)),
    KL(P(x | y), Q(x)),
    function("f")(a),
    function("g")(a),
    a - b,
    b - a,
    a / b,
    a * b,
    a**2,
    -(a**2),
    (-a) ** 2,
    ln(a),
]


def test_different_meanings_have_different_encodings() -> None:
    found = [encoded(meaning) for meaning in MEANINGS]
    for (one, first), (two, second) in combinations(zip(MEANINGS, found, strict=True), 2):
        assert first.conclusion != second.conclusion, (one, two)


def test_heads_say_what_they_are() -> None:
    heads = {u.head: u.rule for u in encoded(P.I(x, y)).definitions}
    assert heads == {
        "I_{P}(x;y)": "information.mutual_information",
        "P(x)": "probability.marginal",
        "P(y)": "probability.marginal",
    }


def test_a_definition_stands_before_those_that_it_uses() -> None:
    order = [u.head for u in encoded(P.H(y | x)).definitions]
    assert order.index("H_{P}(y|x)") < order.index("P(y|x)") < order.index("P(x)")


def test_facts_are_closed() -> None:
    found = encoded(K(z | y) * P(x), assume=[greater(P(x, y), 0)])
    assert found.facts
    for fact in (*found.facts, *found.assumptions, *found.definitions):
        assert not [n for n in fact.proposition.free if isinstance(n, k.Index)]


@pytest.mark.parametrize(
    "expression",
    [
        u[x] + tensor("u", y)[y],
        P(x) + distribution("P", x)(x),
        a + tensor("a", x)[x],
        function("f")(a) + convex_function("f")(a),
        u[x] + distribution("u", x)(x),
        delta(index_map("m", y, x)(y), x) + delta(index_map("m", y, z)(y), z),
        function("log")(a),
    ],
)
def test_one_name_has_one_meaning(expression: Expr) -> None:
    with pytest.raises(LanguageError):
        encoded(expression)


def test_a_definition_does_not_depend_on_what_it_does_not_name() -> None:
    with pytest.raises(LanguageError):
        encoded(a, define=[define(a, u[x])])


def test_foreign_expressions_are_refused() -> None:
    with pytest.raises(LanguageError):
        encoded(a + sin(Symbol("t")))


def test_variables_are_no_numbers() -> None:
    with pytest.raises(LanguageError):
        encoded(a * x)


factors = st.lists(st.sampled_from([u[x], v[x], a, b]), min_size=1, max_size=4)


@given(factors, st.lists(st.sampled_from([x, other]), max_size=3))
def test_sums_leave_no_bound_name_free(parts: list[Expr], over: list[Expr]) -> None:
    body: Expr = parts[0]
    for part in parts[1:]:
        body = body * part
    free = {n.name for n in term(body).free if isinstance(n, k.Index)}
    for variable in over:
        body = Sum[variable](body)
        free -= {variable.name}
        found = term(body)
        assert {n.name for n in found.free if isinstance(n, k.Index)} == free
        assert found.loose == 0
