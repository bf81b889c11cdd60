"""The variational lower bound on mutual information: any decoder Q(x | y) gives one."""

from symderiv import *

SOURCE = "Barber and Agakov, The IM Algorithm, 2003, equation 2"

x, y = variables("x y")
P = distribution("P", x, y)
Q = distribution("Q", x | y)
H, I = P.H, P.I
supported = implies(greater(P(x, y), 0), greater(Q(x | y), 0))

decoder_bound = derivation(
    "Variational lower bound on mutual information",
    source=SOURCE,
    assume=[supported],
    claim=at_least(I(x, y), H(x) + E[P(x, y)](ln(Q(x | y)))),
    steps=[
        start(I(x, y)),
        eq(H(x) + E[P(x, y)](ln(P(x | y)))),
        eq(H(x) + E[P(x, y)](ln(Q(x | y)) + ln(P(x | y) / Q(x | y)))),
        eq(H(x) + E[P(x, y)](ln(Q(x | y))) + E[P(x, y)](ln(P(x | y) / Q(x | y)))),
        ge(H(x) + E[P(x, y)](ln(Q(x | y)))),
    ],
)

gap = derivation(
    "The gap of the variational lower bound is an expected divergence",
    source=SOURCE,
    assume=[supported],
    claim=equal(I(x, y) - (H(x) + E[P(x, y)](ln(Q(x | y)))), E[P(y)](KL(P(x | y), Q(x | y)))),
)
