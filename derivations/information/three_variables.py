"""Chain rules over three variables."""

from symderiv import *

SOURCE = "Cover and Thomas, Elements of Information Theory, 2nd ed."

x, y, z = variables("x y z")
P = distribution("P", x, y, z)
H, I = P.H, P.I

entropy_of_three = derivation(
    "Chain rule of entropy for three variables",
    source=f"{SOURCE}, theorem 2.5.1",
    claim=equal(H(x, y, z), H(x) + H(y | x) + H(z | (x, y))),
    steps=[
        start(H(x, y, z)),
        eq(E[P(x, y, z)](-ln(P(x, y, z)))),
        eq(E[P(x, y, z)](-ln(P(x) * P(y | x) * P(z | (x, y))))),
        eq(E[P(x, y, z)](-ln(P(x))) + E[P(x, y, z)](-ln(P(y | x))) + E[P(x, y, z)](-ln(P(z | (x, y))))),
        eq(H(x) + H(y | x) + H(z | (x, y))),
    ],
)

information_of_a_pair = derivation(
    "Chain rule of mutual information",
    source=f"{SOURCE}, theorem 2.5.2",
    claim=equal(KL(P(x, y, z), P(x) * P(y, z)), I(x, y) + I(x, z | y)),
    steps=[
        start(KL(P(x, y, z), P(x) * P(y, z))),
        eq(E[P(x, y, z)](ln(P(x, y, z) / (P(x) * P(y, z))))),
        eq(E[P(x, y, z)](ln(P(x, y) / (P(x) * P(y))) + ln(P(x, z | y) / (P(x | y) * P(z | y))))),
        eq(E[P(x, y, z)](ln(P(x, y) / (P(x) * P(y)))) + E[P(x, y, z)](ln(P(x, z | y) / (P(x | y) * P(z | y))))),
        eq(I(x, y) + I(x, z | y)),
    ],
)

two_orders = swapped(information_of_a_pair, y, z, title="Chain rule of mutual information, the other order")

conditional_information_nonnegative = derivation(
    "Conditional mutual information is not negative",
    source=f"{SOURCE}, corollary to theorem 2.6.3",
    claim=at_least(I(x, y | z), 0),
    steps=[
        start(I(x, y | z)),
        eq(E[P(x, y, z)](-ln(P(x | z) * P(y | z) / P(x, y | z)))),
        ge(Sum[x, y, z](P(x, y, z) - P(z) * P(x | z) * P(y | z))),
        eq(0),
    ],
)
