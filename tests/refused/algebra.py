"""Wrong statements about numbers, sums, probabilities and expectations."""

from __future__ import annotations

from symderiv import (
    Cov,
    E,
    Max,
    Sum,
    Var,
    at_least,
    at_most,
    delta,
    distribution,
    equal,
    exp,
    given,
    greater,
    less,
    ln,
    random_variables,
    scalars,
    sqrt,
    tensor,
    unequal,
    variables,
)

a, b, c, n = scalars("a b c n")
i, j, k = variables("i j k")
x, y, z = variables("x y z")
u, v = tensor("u", i), tensor("v", i)
w = tensor("w", i, j)
P = distribution("P", x, y)
X, Y = random_variables("X Y")
outcome, label = variables("o t")
space = distribution(r"\Pr", outcome, label)
(S,) = random_variables("S", space)
A, B = random_variables("A B", independent=True)
POSITIVE = (greater(a, 0), greater(b, 0))
softmax = exp(u[i]) / Sum[i](exp(u[i]))
lse = ln(Sum[i](exp(u[i])))

CASES = [
    ("log of a sum", equal(ln(a + b), ln(a) + ln(b)), POSITIVE),
    ("log of a product as a product", equal(ln(a * b), ln(a) * ln(b)), POSITIVE),
    ("log of a quotient as a quotient", equal(ln(a / b), ln(a) / ln(b)), (greater(a, 0), greater(b, 1))),
    ("log of a quotient with a plus", equal(ln(a / b), ln(a) + ln(b)), POSITIVE),
    ("log of a power", equal(ln(a**2), ln(a) ** 2), POSITIVE),
    ("log above its tangent", at_least(ln(a), a - 1), POSITIVE),
    ("log at its tangent", equal(ln(a), a - 1), POSITIVE),
    ("exponential of a product", equal(exp(a * b), exp(a) * exp(b)), ()),
    ("exponential of a sum as a sum", equal(exp(a + b), exp(a) + exp(b)), ()),
    ("exponential below its tangent", at_most(exp(a), 1 + a), ()),
    ("square of a sum", equal((a + b) ** 2, a**2 + b**2), ()),
    ("square of a difference", equal((a - b) ** 2, a**2 - b**2), ()),
    ("root of a sum", equal(sqrt(a + b), sqrt(a) + sqrt(b)), POSITIVE),
    ("root of a square", equal(sqrt(a**2), a), (less(a, 0),)),
    ("fraction of a sum", equal(1 / (a + b), 1 / a + 1 / b), POSITIVE),
    ("cancelling a term", equal((a + b) / a, b), POSITIVE),
    ("cancelling in a sum", equal((a * b + c) / a, b + c), POSITIVE),
    ("fractions added across", equal(a / b + c / n, (a + c) / (b + n)), (greater(b, 0), greater(n, 0))),
    ("a square is positive", greater(a**2, 0), ()),
    ("a product keeps an order", at_most(a * c, b * c), (at_most(a, b),)),
    ("a strict order times what may be zero", less(a * c, b * c), (less(a, b), at_least(c, 0))),
    ("a strict order of sums of weak ones", less(a + c, b + n), (at_most(a, b), at_most(c, n))),
    ("an order kept over a number of either sign", less(a / c, b / c), (less(a, b), unequal(c, 0))),
    ("a square above its tangent", greater(a**2 + b**2, 2 * a * b), ()),
    ("a reciprocal keeps an order", at_most(1 / a, 1 / b), (*POSITIVE, at_most(a, b))),
    ("a square keeps an order", at_most(a**2, b**2), (at_most(a, b),)),
    ("unequal is positive", greater(a, 0), (unequal(a, 0),)),
    ("sum of a product", equal(Sum[i](u[i] * v[i]), Sum[i](u[i]) * Sum[i](v[i])), ()),
    ("sum of a square", equal(Sum[i](u[i] ** 2), Sum[i](u[i]) ** 2), ()),
    ("sum of a constant", equal(Sum[i](a), a), (greater(a, 0),)),
    ("a captured index", equal(Sum[i](u[i]) * v[i], Sum[i](u[i] * v[i])), ()),
    ("a captured index in a square", equal(Sum[i](u[i] * Sum[i](u[i])), Sum[i](u[i] * u[i])), ()),
    ("a transposed sum", equal(Sum[j](w[i, j] * a), Sum[i](w[i, j] * a)), (greater(a, 0),)),
    ("a delta sums to the whole", equal(Sum[i](u[i] * delta(i, i.copy("i'"))), Sum[i](u[i])), ()),
    ("a sum is one of its terms", equal(Sum[i](u[i] * u[i]), u[i] * u[i]), ()),
    ("log of a sum of exponentials", equal(lse, Sum[i](u[i])), ()),
    ("log-sum-exp below the maximum", at_most(lse, Max[i](u[i])), ()),
    ("maximum of a sum", equal(Max[i](u[i] + v[i]), Max[i](u[i]) + Max[i](v[i])), ()),
    ("softmax without its sum", equal(Sum[i](exp(u[i])), 1), ()),
    ("softmax sums to its size", equal(Sum[i](softmax), 2), ()),
    ("softmax with a logarithm", equal(ln(softmax), u[i]), ()),
    ("softmax scaled", equal(exp(2 * u[i]) / Sum[i](exp(2 * u[i])), softmax), ()),
    ("log-sum-exp shifted", equal(ln(Sum[i](exp(u[i] + a))), lse - a), ()),
    (
        "log-sum inequality reversed",
        at_most(Sum[i](u[i] * ln(u[i] / v[i])), Sum[i](u[i]) * ln(Sum[i](u[i]) / Sum[i](v[i]))),
        (greater(u[i], 0), greater(v[i], 0)),
    ),
    ("log sum outside", equal(Sum[i](ln(u[i])), ln(Sum[i](u[i]))), (greater(u[i], 0),)),
    ("conditional summed over the condition", equal(Sum[x](P(y | x)), 1), ()),
    ("marginal over the wrong variable", equal(Sum[x](P(x, y)), P(x)), ()),
    ("marginal is the joint", equal(P(x), P(x, y)), ()),
    ("joint as a product", equal(P(x, y), P(x) * P(y)), ()),
    ("Bayes inverted", equal(P(y | x), P(x | y)), (greater(P(x, y), 0),)),
    ("Bayes without the evidence", equal(P(y | x), P(x | y) * P(y)), (greater(P(x, y), 0),)),
    ("Bayes with the wrong prior", equal(P(y | x), P(x | y) * P(x) / P(y)), (greater(P(x, y), 0),)),
    ("a conditional is a marginal", equal(P(y | x), P(y)), (greater(P(x, y), 0),)),
    ("a probability below its joint", at_most(P(x), P(x, y)), ()),
    ("a conditional below its joint", at_most(P(y | x), P(x, y)), (greater(P(x, y), 0),)),
    ("expectation of a product", equal(E(X * Y), E(X) * E(Y)), ()),
    ("expectation of a square", equal(E(X**2), E(X) ** 2), ()),
    ("expectation of a quotient", equal(E(X / Y), E(X) / E(Y)), (greater(Y, 0),)),
    ("expectation of a constant", equal(E(X + a), E(X)), (greater(a, 0),)),
    ("Jensen reversed", at_least(E(ln(X)), ln(E(X))), (greater(X, 0),)),
    ("Jensen for the exponential reversed", at_most(E(exp(X)), exp(E(X))), ()),
    ("Jensen as an equation", equal(E(ln(X)), ln(E(X))), (greater(X, 0),)),
    ("variance with a plus", equal(Var(X), E(X**2) + E(X) ** 2), ()),
    ("variance without its square", equal(Var(X), E(X**2) - E(X)), ()),
    ("variance reversed", equal(Var(X), E(X) ** 2 - E(X**2)), ()),
    ("variance of a sum", equal(Var(X + Y), Var(X) + Var(Y)), ()),
    ("variance of a sum with one covariance", equal(Var(X + Y), Var(X) + Var(Y) + Cov(X, Y)), ()),
    ("variance of a difference", equal(Var(A - B), Var(A) - Var(B)), ()),
    ("variance of a multiple", equal(Var(a * X), a * Var(X)), ()),
    ("variance of a shift", equal(Var(X + a), Var(X) + a), (greater(a, 0),)),
    ("variance is at most nothing", at_most(Var(X), 0), ()),
    ("covariance vanishes", equal(Cov(X, Y), 0), ()),
    ("covariance is a mean", equal(Cov(X, Y), E(X * Y)), ()),
    ("covariance is not negative", at_least(Cov(X, Y), 0), ()),
    ("total variance without the means", equal(Var(S), E(Var(given(S, label)))), ()),
    ("total variance without the variances", equal(Var(S), Var(E(S | label))), ()),
    ("total variance with a minus", equal(Var(S), E(Var(S | label)) - Var(E(S | label))), ()),
    ("independent squares", equal(E(A * A), E(A) * E(A)), ()),
    ("independent variances multiply", equal(Var(A * B), Var(A) * Var(B)), ()),
]
