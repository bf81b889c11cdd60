"""What each prover proves, and where it stops: accepted and refused statements side by side."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv import (
    KL,
    E,
    Max,
    Sum,
    at_least,
    at_most,
    convex_function,
    distribution,
    entropy,
    equal,
    exp,
    greater,
    implies,
    less,
    ln,
    random_variables,
    scalars,
    tensor,
    variables,
)
from symderiv.kernel.replay import derive
from symderiv.language.encode import encode
from symderiv.model.statement import Context, Statement
from symderiv.provers import (
    assumptions,
    convexity,
    denominators,
    equality,
    maximum,
    products,
    signs,
    supports,
    tangent,
    terms_of_sums,
    variances,
)
from symderiv.provers.task import Task

a, b, c = scalars("a b c")
(i,) = variables("i")
x, y = variables("x y")
u, v = tensor("u", i), tensor("v", i)
P = distribution("P", x, y)
p, q = distribution("p", x), distribution("q", x)
X, Y = random_variables("X Y")
f = convex_function("f")
COVERED = (implies(greater(p(x), 0), greater(q(x), 0)),)
ORDER = (at_most(a, b), greater(c, 0))

PROVED = [
    (equality, equal((a + b) ** 2, a**2 + 2 * a * b + b**2), ()),
    (equality, equal(Sum[i](u[i] + v[i]), Sum[i](u[i]) + Sum[i](v[i])), ()),
    (equality, equal(E[P(x, y)](-ln(P(y))), P.H(y)), ()),
    (signs, at_least(a**2 + b**2, 0), ()),
    (signs, greater(exp(a) + 1, 0), ()),
    (signs, at_least(E((X - E(X)) ** 2), 0), ()),
    (signs, greater(a, 1), (greater(a, 2),)),
    (assumptions, at_most(a + 1, b + 1), ORDER),
    (assumptions, less(a, c), (at_most(a, b), less(b, c))),
    (products, at_most(a * c, b * c), ORDER),
    (products, at_most(a * Sum[i](u[i] ** 2), b * Sum[i](u[i] ** 2)), ORDER),
    (products, at_most(c * Sum[i](u[i]), c * a), (at_most(Sum[i](u[i]), a), at_least(c, 0))),
    (products, at_most(a**2, b**2), (at_least(a, 0), at_least(b, 0), at_most(a, b))),
    (products, less(a, 4), (less(2 * a, 8),)),
    (products, less(a, Fraction(5, 2)), (less(2 * a + 3, 8),)),
    (products, greater(a, -4), (less(-2 * a, 8),)),
    (products, at_most(a + b, 7), (at_most(2 * a + b, 8), at_most(a + 2 * b, 13))),
    (products, at_most(2 * (a + b + c), 7), (at_most(a + b, 1), at_most(b + c, 2), at_most(a + c, 4))),
    (supports, at_least(E[p(x)](1 - q(x) / p(x)), 0), ()),
    (supports, at_most(P(x), 1), ()),
    (supports, at_most(P(y), 1), ()),
    (tangent, at_most(ln(a), a - 1), (greater(a, 0),)),
    (tangent, at_least(KL(p(x), q(x)), 0), COVERED),
    (tangent, at_least(entropy(p(x)), 0), ()),
    (tangent, at_most(P.H(y | x), P.H(y)), ()),
    (tangent, at_most(1 + a, exp(a)), ()),
    (convexity, at_most(f(E(X)), E(f(X))), ()),
    (maximum, at_most(Max[i](u[i]), ln(Sum[i](exp(u[i])))), ()),
    (maximum, at_most(u[i], Max[i.copy("j")](u[i.copy("j")])), ()),
    (terms_of_sums, at_most(P(x, y), P(x)), ()),
    (terms_of_sums, at_most(P(x) * P(y | x), P(x)), ()),
    (variances, at_most(E(X) ** 2, E(X**2)), ()),
    (variances, at_most(E(X * Y) ** 2 + a, a + E(X**2 * Y**2)), ()),
    (denominators, equal(a / b, a * c / (b * c) + 0 * c), (greater(b, 0), greater(c, 0))),
    (denominators, equal(a**2 / b + c / a * a**2, (a**2 + a * b * c) / b), (greater(b, 0),)),
]

REFUSED = [
    (equality, equal((a + b) ** 2, a**2 + b**2), ()),
    (equality, equal(Sum[i](u[i] * v[i]), Sum[i](u[i]) * Sum[i](v[i])), ()),
    (signs, at_least(a, 0), ()),
    (signs, greater(a**2, 0), ()),
    (assumptions, at_most(b, a), ORDER),
    (assumptions, less(a, b), ORDER),
    (products, at_most(b * c, a * c), ORDER),
    (products, at_most(a * c, b * c), ORDER[:1]),
    (products, at_most(a * Sum[i](u[i]), b * Sum[i](u[i])), ORDER),
    (supports, at_most(E[p(x)](1 - q(x) / p(x)), 0), ()),
    (tangent, at_least(ln(a), a - 1), (greater(a, 0),)),
    (tangent, at_most(KL(p(x), q(x)), 0), COVERED),
    (tangent, at_least(P.H(y | x), P.H(y)), ()),
    (convexity, at_least(f(E(X)), E(f(X))), ()),
    (maximum, at_least(Max[i](u[i]), ln(Sum[i](exp(u[i])))), ()),
    (terms_of_sums, at_most(P(x), P(x, y)), ()),
    (terms_of_sums, at_most(u[i], Sum[i.copy("j")](u[i.copy("j")])), ()),
    (variances, at_most(E(X**2), E(X) ** 2), ()),
    (variances, at_most(E(X) ** 2 + 1, E(X**2)), ()),
    (denominators, equal(a / b, a * c / (b * c)), (greater(b, 0),)),
]


def task(statement, given):
    return Task(encode(Statement(statement, Context(tuple(given)))))


@pytest.mark.parametrize(("prover", "statement", "given"), PROVED)
def test_a_statement_is_proved_by_the_prover_for_it(prover, statement, given):
    asked = task(statement, given)
    found = prover.search(asked)
    assert found is not None
    lines = derive(found.proof)
    assert any(line.conclusion == asked.conclusion and line.hypotheses <= asked.hypotheses for line in lines)
    assert found.rules


@pytest.mark.parametrize(("prover", "statement", "given"), REFUSED)
def test_a_statement_that_does_not_follow_is_not_proved(prover, statement, given):
    assert prover.search(task(statement, given)) is None
