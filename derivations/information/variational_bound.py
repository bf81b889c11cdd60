"""The variational upper bound on mutual information."""

from symderiv import *

SOURCE = "Poole et al., On Variational Bounds of Mutual Information, 2019, equation 1"

y, z = variables("y z")
P = distribution("P", y, z)
Q = distribution("Q", z)
supported = implies(greater(P(z), 0), greater(Q(z), 0))

marginal_divergence = derivation(
    "The divergence of the variational marginal is not negative",
    source=SOURCE,
    assume=[supported],
    claim=at_least(KL(P(z), Q(z)), 0),
    steps=[start(KL(P(z), Q(z))), eq(E[P(z)](-ln(Q(z) / P(z)))), ge(Sum[z](P(z) - Q(z))), eq(0)],
)

upper_bound = derivation(
    "Variational upper bound on mutual information",
    source=SOURCE,
    assume=[supported],
    claim=at_most(P.I(y, z), E[P(y)](KL(P(z | y), Q(z)))),
    steps=[
        start(P.I(y, z)),
        eq(E[P(y, z)](ln(P(z | y) / P(z)))),
        eq(E[P(y, z)](ln(P(z | y) / Q(z)) - ln(P(z) / Q(z)))),
        eq(E[P(y)](KL(P(z | y), Q(z))) - KL(P(z), Q(z))),
        le(E[P(y)](KL(P(z | y), Q(z))), by=marginal_divergence),
    ],
)
