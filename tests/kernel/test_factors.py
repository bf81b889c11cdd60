"""Signs of sums that are products, roots of such, and absolute values of products."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.advice import factors
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.signs import ANY, DEPTH, NEGATIVE, POSITIVE, ZERO
from symderiv.kernel.terms import (
    ONE,
    Add,
    Apply,
    Entry,
    Index,
    Multiply,
    Number,
    Power,
    Relation,
    Symbol,
    negate,
    nonnegative,
    positive,
    subtract,
    sum_over,
)

a, b, r = map(Symbol, "abr")
HALF, TWO = Fraction(1, 2), Fraction(2)
INSIDE = (Relation("<", Number(Fraction(-1)), r), Relation("<", r, ONE))


def square(term):
    return Power(term, TWO)


def root(term):
    return Power(term, HALF)


def size(term):
    return Apply("abs", (term,))


@pytest.mark.parametrize(
    ("facts", "term", "sign"),
    [
        (INSIDE, subtract(ONE, square(r)), POSITIVE),
        (INSIDE, subtract(square(r), ONE), NEGATIVE),
        (INSIDE[:1], subtract(ONE, square(r)), ANY),
        ((), Add((square(a), Multiply((Number(Fraction(-2)), a, b)), square(b))), POSITIVE | ZERO),
        ((), negate(Add((square(a), Multiply((Number(TWO), a, b)), square(b)))), NEGATIVE | ZERO),
        ((positive(a), Relation("<", a, b)), subtract(square(b), square(a)), POSITIVE),
        ((), subtract(square(b), square(a)), ANY),
    ],
)
def test_the_sign_of_a_product_that_is_written_as_a_sum(facts, term, sign):
    assert Normalizer(facts).signs.sign(term) == sign


@pytest.mark.parametrize(
    ("facts", "left", "right"),
    [
        ((positive(a), *INSIDE), root(Multiply((square(a), subtract(ONE, square(r))))),
         Multiply((a, root(subtract(ONE, square(r)))))),
        ((positive(a), nonnegative(subtract(ONE, square(r)))), root(Multiply((square(a), subtract(ONE, square(r))))),
         Multiply((a, root(subtract(ONE, square(r)))))),
        ((), root(square(a)), size(a)),
        ((), root(square(subtract(a, b))), size(subtract(b, a))),
        ((Relation("<", a, b),), root(square(subtract(a, b))), subtract(b, a)),
        ((), size(Multiply((Number(Fraction(-3)), a, b))), Multiply((Number(Fraction(3)), size(a), size(b)))),
        ((), square(size(a)), square(a)),
        ((), Power(size(a), Fraction(3)), Multiply((square(a), size(a)))),
        ((), Power(size(a), Fraction(-1)), Multiply((Power(a, -TWO), size(a)))),
    ],
)  # fmt: skip
def test_equal_for_all_values(facts, left, right):
    algebra = Normalizer(facts)
    assert algebra.polynomial(left) == algebra.polynomial(right)


@pytest.mark.parametrize(
    ("facts", "left", "right"),
    [
        ((), root(square(a)), a),
        ((), root(Multiply((square(a), b))), Multiply((a, root(b)))),
        ((), root(Multiply((a, b))), Multiply((root(a), root(b)))),
        ((positive(a),), root(Multiply((a, b))), Multiply((root(a), root(b)))),
        ((), root(subtract(square(a), square(b))), Multiply((root(Add((a, b))), root(subtract(a, b))))),
        ((), Power(size(a), Fraction(3)), Power(a, Fraction(3))),
        (INSIDE, root(Power(subtract(ONE, square(r)), -ONE.value)),
         Multiply((root(subtract(ONE, r)), root(Add((ONE, r)))))),
        ((Relation("<", a, Number(Fraction(0))),), root(negate(root(a))), Power(negate(a), Fraction(1, 4))),
        ((), size(root(a)), root(size(a))),
        ((), size(subtract(a, b)), subtract(size(a), size(b))),
    ],
)  # fmt: skip
def test_not_equal_for_all_values(facts, left, right):
    algebra = Normalizer(facts)
    assert algebra.polynomial(left) != algebra.polynomial(right)


@pytest.mark.parametrize("wrong", [((a, 1), (b, 1)), ((Number(Fraction(-1)), 1), (r, 2))])
def test_a_wrong_factorisation_is_found_out(monkeypatch, wrong):
    def advice(_):
        return wrong

    assert factors.factored is not advice
    one_minus = subtract(ONE, square(r))
    roots = [root(one_minus), root(negate(one_minus))]
    honest = [Normalizer((positive(a), positive(b))).polynomial(term) for term in roots]
    for module in ("signs", "normal_form"):
        monkeypatch.setattr(f"symderiv.kernel.{module}.factored", advice)
    algebra = Normalizer((positive(a), positive(b)))
    assert [algebra.polynomial(term) for term in roots] == honest
    assert algebra.signs.sign(one_minus) == ANY
    assert algebra.polynomial(root(one_minus)) == algebra.polynomial(root(Add((ONE, negate(square(r))))))
    assert algebra.polynomial(root(one_minus)) != algebra.polynomial(Multiply((root(a), root(b))))


def test_a_product_of_equal_sums_is_a_square():
    v, m = (lambda i: Entry("v", (i,))), (lambda i, j: Entry("m", (i, j)))
    i, j, n = Index("i", "I"), Index("j", "I"), Index("n", "N")
    one, other = sum_over([i], Multiply((v(i), m(n, i)))), sum_over([j], Multiply((m(n, j), v(j))))
    signs = Normalizer().signs
    assert signs.sign(sum_over([n], Multiply((one, other)))) == POSITIVE | ZERO
    assert signs.sign(Multiply((Number(Fraction(-1)), one, other))) == NEGATIVE | ZERO
    assert signs.sign(sum_over([n], Multiply((one, sum_over([j], Multiply((m(n, j), Entry("w", (j,))))))))) == ANY
    assert signs.sign(Multiply((Add((a, b)), Add((b, a))))) == POSITIVE | ZERO
    assert signs.sign(Multiply((Add((a, b)), subtract(a, b)))) == ANY


def test_deep_inside_only_what_is_written_alike_is_a_square():
    signs = Normalizer().signs
    signs.depth = DEPTH
    assert signs.sign(Multiply((Add((a, b)), Add((a, b))))) == POSITIVE | ZERO
    assert signs.sign(Multiply((Add((a, b)), subtract(a, b)))) == ANY
    assert signs.sign(Multiply((Add((a, b)), Add((b, a))))) == ANY
