"""What the encoding refuses, by its message, and what it says of the words of a statement: rules, order, stages."""

from __future__ import annotations

import pytest
from sympy import Min, Symbol, gamma
from sympy import log as sympy_log

from symderiv import (
    Cov,
    E,
    Sum,
    Var,
    at_most,
    convex_function,
    delta,
    derivation,
    distribution,
    entropy,
    equal,
    function,
    index_map,
    ln,
    random_variables,
    scalars,
    tensor,
    variables,
)
from symderiv.kernel import terms as k
from symderiv.language.encode import Encoder, encode, latex_of_proposition
from symderiv.language.matrices import Constant, Determinant, Matrix, Transposed
from symderiv.language.quantities import Opaque
from symderiv.language.script import define, unequal
from symderiv.language.written import Absolute, LanguageError, Maximum, Plus, Times
from symderiv.model.statement import Context, Definition, Proposition, Relation, Statement
from symderiv.search import ProofFound, Question, search

a, b, c, d = scalars("a b c d")
x, y, z = variables("x y z")
P = distribution("P", x, y)
R, V = distribution("R", z | y), distribution("V", x, z | y)
X, Y = random_variables("X Y")
A = Matrix("A", "N", "M")
S = Matrix("S", "N", "N", symmetric=True)
p, q = Matrix("p", "N", ""), Matrix("q", "N", "")
f = index_map("f", y, z)


def encoded(proposition, *definitions, assumptions=()):
    return encode(Statement(proposition, Context(tuple(assumptions), tuple(definitions))))


@pytest.mark.parametrize(
    ("proposition", "message"),
    [
        (equal(A, Transposed(A)), "different shapes"),
        (equal(delta(x, y), 1), "different alphabets"),
        (equal(Sum[x](tensor("u", x)[x]), Sum[y](tensor("u", y)[y])), "two meanings"),
        (equal(R.H(z | y), 0), r"is itself given .* \(write entropy"),
        (equal(V.I(x, z | y), 0), r"is itself given .* \(use a joint"),
        (equal(sympy_log(Symbol("a"), Symbol("b"), evaluate=False), 1), r"natural here \(write ln\(x\)"),
        (equal(gamma(a), 1), r"not in the language \(it is a gamma"),
        (equal(tensor("u", x)[x], a + Sum[x](Opaque("f_x"))), "depends on x"),
    ],
)
def test_what_has_no_meaning_is_refused(proposition, message):
    with pytest.raises(LanguageError, match=message):
        encoded(proposition)


def test_a_head_is_first_used_at_distinct_indices():
    encoder = Encoder()
    index = k.Index("x", "X")
    for arguments in ((index, index), (k.Gather("f", "X", (index,)),)):
        with pytest.raises(LanguageError, match=r"first used .* \(write it"):
            encoder.head("h", arguments, "rule", 1, lambda: k.ONE, "meaning")
    assert encoder.head("h", (index,), "rule", 1, lambda: k.ONE, "meaning") == k.Entry("h", (index,))


def test_a_definition_holds_no_free_index():
    encoder = Encoder()
    with pytest.raises(LanguageError, match="depends on x"):
        encoder.head("h", (), "rule", 1, lambda: k.Entry("u", (k.Index("x", "X"),)), "meaning")


def test_gathers_are_compared_like_indices():
    conclusion = encoded(equal(delta(f(y), z), 0)).conclusion
    assert conclusion.left == k.Delta(k.Gather("f", "Z", (k.Index("y", "Y"),)), k.Index("z", "Z"))


@pytest.mark.parametrize(
    ("left", "rules"),
    [
        (P.H(y), {"information.entropy"}),
        (P.H(y | x), {"information.conditional_entropy"}),
        (P.I(x, y), {"information.mutual_information"}),
        (Var(X), {"expectation.variance"}),
        (Cov(X, Y), {"expectation.covariance"}),
        (entropy(R(z | y)), {"information.entropy"}),
    ],
)
def test_definitions_go_by_their_rule(left, rules):
    quantities = {unfolding.rule for unfolding in encoded(equal(left, 0)).definitions if unfolding.stage == 1}
    assert quantities == rules


def test_definitions_come_before_what_they_are_defined_by():
    found = [u.head for u in encoded(equal(c, 0), define(d, a + 1), define(c, d + b)).definitions]
    assert found == ["c", "d"]
    heads = [u.head for u in encoded(equal(P.H(y | x), 0)).definitions]
    assert heads.index("H_{P}(y|x)") < heads.index("P(y|x)") < heads.index("P(x)")


def test_stages_of_a_markov_chain():
    M = distribution("M", x, y, z, factors=P(x, y) * R(z | y))
    found = encoded(at_most(M.I(x, z), M.I(x, y)))
    assert {(u.head, u.stage) for u in found.definitions} >= {("M", 4), ("M(x)", 3)}
    assert isinstance(search(Question(found)), ProofFound)


def test_a_distribution_that_is_a_product_is_that_product():
    """Whether it sums to one follows from its factors, or does not."""
    M = distribution("M", x, y, z, factors=P(x, y) * R(z | y))
    found = encoded(equal(M(x, y, z), 0))
    assert [(u.head, u.stage) for u in found.definitions] == [("M", 4)]
    assert not any("M" in fact.label for fact in found.facts)


def test_a_distribution_is_printed_with_what_it_is_given():
    labels = {fact.label for fact in encoded(equal(Sum[z](R(z | y)), 1)).facts}
    assert labels == {r"R(z \mid y) \geq 0", r"\sum_{z} R(z \mid y) = 1"}
    assert {f.label for f in encoded(equal(P(x, y), 1)).facts} == {r"P(x,y) \geq 0", r"\sum_{x,y} P(x,y) = 1"}


@pytest.mark.parametrize(
    ("proposition", "text"),
    [
        (at_most(a, b), r"a \leq b"),
        (unequal(a, b), r"a \neq b"),
        (Proposition(a, Relation.GREATER, b), "a > b"),
        (Proposition(a, Relation.EQUAL, b, (at_most(a, c),)), r"a \leq c \Rightarrow a = b"),
    ],
)
def test_propositions_are_printed(proposition, text):
    assert latex_of_proposition(proposition) == text


def test_numbers_made_of_matrices_stand_where_numbers_stand():
    scalar = Times(Transposed(p), S, q)
    found = search(Question(encoded(equal(ln(Plus(scalar, a)), ln(Plus(a, Times(Transposed(q), S, p)))))))
    assert isinstance(found, ProofFound)


def test_a_matrix_is_defined_by_its_entries():
    B = Matrix("B", "N", "N")
    found = encoded(equal(Times(Transposed(p), B, q), 0), Definition(B, Plus(S, Constant("identity", "I", "N", "N"))))
    (definition,) = [u for u in found.definitions if u.head == "B"]
    assert isinstance(definition.proposition, k.Forall)
    with pytest.raises(LanguageError, match="a definition names"):
        encoded(equal(a, 0), Definition(S, Plus(S, S)))


def test_a_quantity_without_interpretation_can_be_defined():
    whole = Opaque("Z")
    found = encoded(equal(whole, a), Definition(whole, a + b))
    assert [u.head for u in found.definitions] == ["Z"]
    with pytest.raises(LanguageError, match="a definition names"):
        encoded(equal(a, 0), Definition(Opaque("Z({0})", a), a + b))


def test_only_indices_and_parameters_are_generalised_in_assumptions():
    (assumption,) = encoded(equal(a, b), assumptions=(equal(tensor("u", x)[x], a),)).assumptions
    assert isinstance(assumption.proposition, k.Forall)
    assert assumption.proposition.domain == "X"
    assert not isinstance(assumption.proposition.body, k.Forall)
    general = Proposition(ln(a), Relation.AT_MOST, b, (), (a,))
    (assumption,) = encoded(equal(a, b), assumptions=(general,)).assumptions
    assert assumption.proposition.domain == k.REAL


def test_functions_of_numbers_go_by_their_names():
    one, other = k.Symbol("a"), k.Symbol("b")
    assert encoded(equal(Maximum(a, b), Absolute(a))).conclusion == k.Relation(
        "=", k.Apply("max", (one, other)), k.Apply("abs", (one,))
    )
    assert encoded(equal(Min(Symbol("a"), Symbol("b")), 0)).conclusion.left.function == "min"
    found = encoded(equal(convex_function("g")(a), 0))
    (line,) = found.facts
    t, m = k.Symbol("t"), k.Symbol("m")
    slope = k.Multiply((k.Apply("g'", (m,)), k.subtract(t, m)))
    below = k.Relation("<=", k.Add((k.Apply("g", (m,)), slope)), k.Apply("g", (t,)))
    assert line.proposition == k.forall([t, m], below)


def test_definitions_are_seen_through_for_a_derivative():
    encoder = Encoder()
    u, w = tensor("u", x), tensor("w", x)
    encoder.define(c, a * b)
    encoder.define(u[x], a * w[x])
    unfold = encoder.unfold
    j = k.Index("j", "X")
    assert unfold(k.Symbol("c")) == k.Multiply((k.Symbol("a"), k.Symbol("b")))
    assert unfold(k.Entry("u", (j,))) == k.Multiply((k.Symbol("a"), k.Entry("w", (j,))))
    for plain in (k.Symbol("a"), k.Symbol("b"), k.Symbol("ab"), k.Symbol("E(b)"), k.Entry("w", (j,)), k.ONE):
        assert unfold(plain) is None


def test_a_definition_is_not_seen_through_while_it_is_made():
    encoder = Encoder()
    index = k.Index("x", "X")
    heads = (k.Entry("u", (index,)), k.Symbol("s"))
    seen = []

    def body(head):
        seen.append(encoder.unfold(head))
        return k.ONE

    encoder.head("u", (index,), "rule", 1, lambda: body(heads[0]), "tensor")
    encoder.head("s", (), "rule", 1, lambda: body(heads[1]), "scalar")
    assert seen == [None, None]
    assert [encoder.unfold(head) for head in heads] == [k.ONE, k.ONE]


def test_only_variables_are_bound():
    encoder = Encoder()
    assert encoder.variables([x, y]) == [k.Index("x", "X"), k.Index("y", "Y")]
    with pytest.raises(LanguageError, match="is no variable"):
        encoder.variables([f(y)])


@pytest.mark.parametrize(
    "other", [P(x, y), function("P")(a), P.H(y), Opaque("P"), Matrix("P", "N", "M"), f(y)], ids=str
)
def test_a_name_has_one_meaning(other):
    scalar = Sum[z](tensor("P", z)[z])
    if other == f(y):
        other = tensor("v", z)[index_map("P", y, z)(y)]
    if isinstance(other, Matrix):
        other = Times(Transposed(p), other, Matrix("r", "M", ""))
    for left, right in ((scalar, other), (other, scalar)):
        with pytest.raises(LanguageError, match="two meanings"):
            encoded(equal(left, right))


def test_the_slope_of_a_convex_function_is_no_other_function():
    slope, convex = function("g'")(a), convex_function("g")(a)
    for left, right in ((slope, convex), (convex, slope)):
        with pytest.raises(LanguageError, match="two meanings"):
            encoded(equal(left, right))


def test_a_matrix_does_not_depend_on_a_variable_by_its_name():
    hidden = Times(Transposed(p), Matrix("A_x", "N", "N"), q)
    with pytest.raises(LanguageError, match="depends on x"):
        encoded(equal(Sum[x](hidden), 0))
    encoded(equal(Sum[y](hidden), 0))


def test_what_a_distribution_is_given_is_no_condition_of_its_own():
    found = encoded(equal(R(z | y), 0))
    assert found.conclusion.left == k.Entry("R", (k.Index("z", "Z"), k.Index("y", "Y")))
    assert not found.definitions
    assert [u.head for u in encoded(equal(V(x | z, y), 0)).definitions] == ["V(x|y,z)", "V(z|y)"]


def test_a_vector_is_defined_by_its_entries():
    found = encoded(equal(p, q), Definition(p, Plus(q, q)))
    (definition,) = found.definitions
    entry = k.Entry("q", (k.Bound(0),))
    assert definition.proposition == k.Forall("N", k.Relation("=", k.Entry("p", (k.Bound(0),)), k.Add((entry, entry))))


def test_a_definition_may_hold_a_determinant():
    found = encoded(equal(c, 0), Definition(c, Determinant(Matrix("B", "N", "N"))))
    assert [u.head for u in found.definitions] == ["c"]


def test_the_sides_of_a_definition_have_one_shape():
    B, C = Matrix("B", "N", "M"), Matrix("C", "M", "N")
    with pytest.raises(LanguageError, match="different shapes"):
        encoded(equal(a, 0), Definition(B, C))
    encoded(equal(a, 0), Definition(B, Transposed(C)))


def test_what_is_given_nothing_is_not_averaged():
    for quantity in (P.H(x, y), P.I(x, y), E(X - X), E(X)):
        assert all("()" not in u.head for u in encoded(equal(quantity, 0)).definitions)


def test_a_mean_of_what_is_given_is_what_is_given():
    found = encoded(equal(E(X | X.args[1][0]), X))
    assert found.conclusion.left == found.conclusion.right
    assert not found.facts


def test_nothing_drawn_is_nothing_averaged():
    assert derivation("t", claim=equal(E(X - X), 0)).claim is not None
    assert isinstance(search(Question(encoded(equal(E(a * X), a * E(X))))), ProofFound)
