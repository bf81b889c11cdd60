"""The Kullback-Leibler divergence: Gibbs' inequality and what follows from it."""

from symderiv import *

x = variables("x")[0]
P = distribution("P", x)
Q = distribution("Q", x)
# Without it the divergence is infinite.
supported = implies(greater(P(x), 0), greater(Q(x), 0))

gibbs = derivation(
    "Gibbs' inequality",
    source="Cover and Thomas, Elements of Information Theory, 2nd ed., theorem 2.6.3",
    assume=[supported],
    claim=at_least(KL(P(x), Q(x)), 0),
    steps=[start(KL(P(x), Q(x))), eq(E[P(x)](-ln(Q(x) / P(x)))), ge(Sum[x](P(x) - Q(x))), eq(0)],
)

cross_entropy_decomposition = derivation(
    "Cross entropy is entropy plus divergence",
    source="MacKay, Information Theory, Inference, and Learning Algorithms, section 2.6",
    assume=[supported],
    claim=equal(H(P(x), Q(x)), H(P(x)) + KL(P(x), Q(x))),
    steps=[
        start(H(P(x), Q(x))),
        eq(E[P(x)](-ln(Q(x)))),
        eq(E[P(x)](-ln(P(x)) + ln(P(x) / Q(x)))),
        eq(E[P(x)](-ln(P(x))) + E[P(x)](ln(P(x) / Q(x)))),
        eq(H(P(x)) + KL(P(x), Q(x))),
    ],
)

cross_entropy_bound = derivation(
    "Cross entropy is at least entropy",
    source="MacKay, Information Theory, Inference, and Learning Algorithms, section 2.6",
    assume=[supported],
    claim=at_least(H(P(x), Q(x)), H(P(x))),
    steps=[start(H(P(x), Q(x))), eq(H(P(x)) + KL(P(x), Q(x)), by=cross_entropy_decomposition), ge(H(P(x)), by=gibbs)],
)
