"""The chain rule of divergence: of a pair, it is that of the first and the expected one of the second."""

from symderiv import *

x, y = variables("x y")
P = distribution("P", x, y)
Q = distribution("Q", x, y)
# The first gives the second: where a marginal is positive, one of its terms is.
supported = [implies(greater(P(x, y), 0), greater(Q(x, y), 0)), implies(greater(P(x), 0), greater(Q(x), 0))]

divergence_of_a_pair = derivation(
    "Chain rule of divergence",
    source="Cover and Thomas, Elements of Information Theory, 2nd ed., theorem 2.5.3",
    assume=supported,
    claim=equal(KL(P(x, y), Q(x, y)), KL(P(x), Q(x)) + E[P(x)](KL(P(y | x), Q(y | x)))),
    steps=[
        start(KL(P(x, y), Q(x, y))),
        eq(E[P(x, y)](ln(P(x, y) / Q(x, y)))),
        eq(E[P(x, y)](ln(P(x) * P(y | x) / (Q(x) * Q(y | x))))),
        eq(E[P(x, y)](ln(P(x) / Q(x))) + E[P(x, y)](ln(P(y | x) / Q(y | x)))),
        eq(KL(P(x), Q(x)) + E[P(x)](KL(P(y | x), Q(y | x)))),
    ],
)
