"""Wrong statements about entropies, divergences and bounds."""

from __future__ import annotations

from symderiv import (
    KL,
    E,
    Sum,
    at_least,
    at_most,
    cross_entropy,
    delta,
    distribution,
    entropy,
    equal,
    greater,
    implies,
    index_map,
    ln,
    variables,
)

x, y, z = variables("x y z")
P = distribution("P", x, y)
T = distribution("P", x, y, z)
p, q = distribution("p", x), distribution("q", x)
R = distribution(r"\tilde{Q}", z | y)
Q = distribution("Q", z, y)
M = distribution("M", x, y, z, factors=distribution("P_0", x, y)(x, y) * distribution("K", z | y)(z | y))
f = index_map("f", y, z)
D = distribution("D", x, y, z, factors=distribution("P_0", x, y)(x, y) * delta(f(y), z))
H, I = P.H, P.I
COVERED = (implies(greater(p(x), 0), greater(q(x), 0)),)
SUPPORTED = (implies(greater(R(z | y), 0), greater(Q(z, y), 0)),)
POSITIVE = (greater(P(x, y), 0),)
BOTH = (greater(Q(z, y), 0), greater(R(z | y), 0))
CROSS = cross_entropy(p(x), q(x))
CODE = cross_entropy(R(z | y), Q(z | y))
ELBO = E[R(z | y)](ln(Q(z, y) / R(z | y)))

CASES = [
    ("information as a sum", equal(I(x, y), H(y) + H(y | x)), ()),
    ("information with the conditional first", equal(I(x, y), H(y | x) - H(y)), ()),
    ("information of the wrong variable", equal(I(x, y), H(x) - H(y | x)), ()),
    ("information without a conditional", equal(I(x, y), H(y) - H(x)), ()),
    ("information is an entropy", equal(I(x, y), H(y)), ()),
    ("information vanishes", equal(I(x, y), 0), ()),
    ("information is at most nothing", at_most(I(x, y), 0), ()),
    ("information exceeds entropy", at_least(I(x, y), H(x)), ()),
    ("information with the joint below", equal(I(x, y), E[P(x, y)](ln(P(x) * P(y) / P(x, y)))), POSITIVE),
    ("information with one marginal", equal(I(x, y), E[P(x, y)](ln(P(x, y) / P(x)))), ()),
    ("information under the product", equal(I(x, y), E[P(x) * P(y)](ln(P(x, y) / (P(x) * P(y))))), POSITIVE),
    ("information turned round", equal(I(x, y), KL(P(x) * P(y), P(x, y))), POSITIVE),
    ("joint entropy without conditioning", equal(H(x, y), H(x) + H(y)), ()),
    ("chain rule with a minus", equal(H(x, y), H(x) - H(y | x)), ()),
    ("chain rule with one variable twice", equal(H(x, y), H(x) + H(x | y)), ()),
    ("joint entropy below a marginal", at_most(H(x, y), H(x)), ()),
    ("superadditive entropy", at_least(H(x, y), H(x) + H(y)), ()),
    ("conditioning increases entropy", at_least(H(y | x), H(y)), ()),
    ("conditional entropy is symmetric", equal(H(y | x), H(x | y)), ()),
    ("conditional entropy averaged over y", equal(H(y | x), E[P(y)](E[P(x | y)](-ln(P(x | y))))), ()),
    ("conditional entropy of the joint", equal(H(y | x), E[P(x, y)](-ln(P(x, y)))), ()),
    ("conditional entropy without its sign", equal(H(y | x), E[P(x, y)](ln(P(y | x)))), ()),
    ("entropy without its sign", equal(H(y), E[P(y)](ln(P(y)))), ()),
    ("entropy of the other variable", equal(E[P(x, y)](-ln(P(y))), H(x)), ()),
    ("entropy is at most nothing", at_most(H(y), 0), ()),
    ("entropy sums logarithms only", equal(H(y), Sum[y](-ln(P(y)))), POSITIVE),
    ("three chain rule loses a condition", equal(T.H(x, y, z), T.H(x) + T.H(y | x) + T.H(z | y)), ()),
    ("three chain rule loses all conditions", equal(T.H(x, y, z), T.H(x) + T.H(y) + T.H(z)), ()),
    ("conditioning on more increases entropy", at_least(T.H(x | (y, z)), T.H(x | y)), ()),
    ("conditional information vanishes", equal(T.I(x, y | z), 0), ()),
    ("conditional information is unconditional", equal(T.I(x, y | z), T.I(x, y)), ()),
    ("conditioning reduces information", at_most(T.I(x, y | z), T.I(x, y)), ()),
    ("interaction is symmetric in sign", equal(T.I(x, y | z) - T.I(x, y), T.I(x, y) - T.I(x, y | z)), ()),
    ("conditional independence assumed", equal(T(x, y | z), T(x | z) * T(y | z)), ()),
    ("data processing reversed", at_least(M.I(x, z), M.I(x, y)), ()),
    ("a Markov chain is independent", equal(M.I(x, z), 0), ()),
    ("a Markov chain loses nothing", equal(M.I(x, z), M.I(x, y)), ()),
    ("a Markov chain has the future given the present", equal(M.I(x, y | z), 0), ()),
    ("a map increases information", at_least(D.I(x, z), D.I(x, y)), ()),
    ("a map keeps entropy", equal(D.H(z), D.H(y)), ()),
    ("divergence is symmetric", equal(KL(p(x), q(x)), KL(q(x), p(x))), ()),
    ("divergence is negative", at_most(KL(p(x), q(x)), 0), COVERED),
    ("divergence with the ratio turned", equal(KL(p(x), q(x)), E[p(x)](ln(q(x) / p(x)))), COVERED),
    ("divergence under the other distribution", equal(KL(p(x), q(x)), E[q(x)](ln(p(x) / q(x)))), ()),
    ("divergence is cross entropy", equal(KL(p(x), q(x)), cross_entropy(p(x), q(x))), COVERED),
    ("divergence adds entropy", equal(KL(p(x), q(x)), cross_entropy(p(x), q(x)) + entropy(p(x))), COVERED),
    (
        "divergence subtracts the other entropy",
        equal(KL(p(x), q(x)), cross_entropy(p(x), q(x)) - entropy(q(x))),
        COVERED,
    ),
    ("cross entropy below entropy", at_most(cross_entropy(p(x), q(x)), entropy(p(x))), COVERED),
    ("cross entropy is symmetric", equal(cross_entropy(p(x), q(x)), cross_entropy(q(x), p(x))), ()),
    (
        "evidence with both signs flipped",
        equal(ELBO, ln(Q(y)) + cross_entropy(R(z | y), Q(z | y)) - entropy(R(z | y))),
        SUPPORTED,
    ),
    ("evidence plus divergence", equal(ELBO, ln(Q(y)) + KL(R(z | y), Q(z | y))), SUPPORTED),
    ("evidence is the bound", equal(ELBO, ln(Q(y))), SUPPORTED),
    ("evidence below the bound", at_least(ELBO, ln(Q(y))), SUPPORTED),
    (
        "evidence with the divergence turned",
        equal(ELBO, ln(Q(y)) - KL(Q(z | y), R(z | y))),
        (greater(Q(z, y), 0), greater(R(z | y), 0)),
    ),
    ("evidence of the joint", equal(ELBO, ln(Q(y)) - KL(R(z | y), Q(z))), SUPPORTED),
    ("prior without a sign", equal(ELBO, E[R(z | y)](ln(Q(y | z))) + KL(R(z | y), Q(z))), SUPPORTED),
    ("expected logarithm of the evidence twice", equal(E[R(z | y)](ln(Q(y))), 2 * ln(Q(y))), (greater(Q(z, y), 0),)),
]
