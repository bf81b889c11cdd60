"""Chain rules of entropy and of mutual information, and that conditioning reduces entropy."""

from symderiv import *

SOURCE = "Cover and Thomas, Elements of Information Theory, 2nd ed."

x, y = variables("x y")
P = distribution("P", x, y)
H, I = P.H, P.I

entropy_of_two = derivation(
    "Chain rule of entropy",
    source=f"{SOURCE}, theorem 2.2.1",
    claim=equal(H(x, y), H(x) + H(y | x)),
    steps=[
        start(H(x, y)),
        eq(E[P(x, y)](-ln(P(x, y)))),
        eq(E[P(x, y)](-ln(P(x) * P(y | x)))),
        eq(E[P(x, y)](-ln(P(x))) + E[P(x, y)](-ln(P(y | x)))),
        eq(H(x) + H(y | x)),
    ],
)

information_as_difference = derivation(
    "Mutual information is a difference of entropies",
    source=f"{SOURCE}, theorem 2.4.1",
    claim=equal(I(x, y), H(y) - H(y | x)),
    steps=[
        start(I(x, y)),
        eq(E[P(x, y)](ln(P(x, y) / (P(x) * P(y))))),
        eq(E[P(x, y)](ln(P(y | x) / P(y)))),
        eq(H(y) - H(y | x)),
    ],
)

information_nonnegative = derivation(
    "Mutual information is not negative",
    source=f"{SOURCE}, corollary to theorem 2.6.3",
    claim=at_least(I(x, y), 0),
    steps=[start(I(x, y)), eq(E[P(x, y)](-ln(P(x) * P(y) / P(x, y)))), ge(Sum[x, y](P(x, y) - P(x) * P(y))), eq(0)],
)

conditioning_reduces_entropy = derivation(
    "Conditioning reduces entropy",
    source=f"{SOURCE}, theorem 2.6.5",
    claim=at_most(H(y | x), H(y)),
    steps=[start(H(y | x)), eq(H(y) - I(x, y), by=information_as_difference), le(H(y), by=information_nonnegative)],
)

subadditivity = derivation(
    "The entropy of a pair is at most the sum of the entropies",
    source=f"{SOURCE}, theorem 2.6.6",
    claim=at_most(H(x, y), H(x) + H(y)),
    steps=[start(H(x, y)), eq(H(x) + H(y | x), by=entropy_of_two), le(H(x) + H(y), by=conditioning_reduces_entropy)],
)
