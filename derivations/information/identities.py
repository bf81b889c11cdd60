"""Entropy and mutual information in other words: three entropies, a symmetry, a divergence, and conditional forms."""

from symderiv import *

SOURCE = "Cover and Thomas, Elements of Information Theory, 2nd ed."

x, y, z = variables("x y z")
P = distribution("P", x, y)
H, I = P.H, P.I

three_entropies = derivation(
    "Mutual information from three entropies",
    source=f"{SOURCE}, equation 2.45",
    claim=equal(I(x, y), H(x) + H(y) - H(x, y)),
    steps=[
        start(I(x, y)),
        eq(E[P(x, y)](ln(P(x, y) / (P(x) * P(y))))),
        eq(E[P(x, y)](-ln(P(x))) + E[P(x, y)](-ln(P(y))) - E[P(x, y)](-ln(P(x, y)))),
        eq(H(x) + H(y) - H(x, y)),
    ],
)

symmetry = derivation(
    "Mutual information is symmetric",
    source=f"{SOURCE}, equation 2.46",
    claim=equal(I(x, y), I(y, x)),
    steps=[
        start(I(x, y)),
        eq(E[P(x, y)](ln(P(x, y) / (P(x) * P(y))))),
        eq(E[P(y, x)](ln(P(y, x) / (P(y) * P(x))))),
        eq(I(y, x)),
    ],
)

expected_divergence = derivation(
    "Mutual information is the expected divergence of the conditional from the marginal",
    source="MacKay, Information Theory, Inference, and Learning Algorithms, section 8.1",
    claim=equal(I(x, y), E[P(x)](KL(P(y | x), P(y)))),
    steps=[
        start(I(x, y)),
        eq(E[P(x, y)](ln(P(x, y) / (P(x) * P(y))))),
        eq(E[P(x, y)](ln(P(y | x) / P(y)))),
        eq(E[P(x)](E[P(y | x)](ln(P(y | x) / P(y))))),
        eq(E[P(x)](KL(P(y | x), P(y)))),
    ],
)

iterated_entropy = derivation(
    "Conditional entropy is an expectation of an expectation",
    source="Course quiz, problem 1",
    claim=equal(E[P(x)](E[P(y | x)](-ln(P(y | x)))), H(y | x)),
    steps=[start(E[P(x)](E[P(y | x)](-ln(P(y | x))))), eq(E[P(x, y)](-ln(P(y | x)))), eq(H(y | x))],
)

R = distribution("R", x, y, z)

conditional_chain_rule = derivation(
    "Chain rule of entropy under a condition",
    source=f"{SOURCE}, corollary to theorem 2.2.1",
    claim=equal(R.H(x, y | z), R.H(x | z) + R.H(y | (x, z))),
    steps=[
        start(R.H(x, y | z)),
        eq(E[R(x, y, z)](-ln(R(x, y | z)))),
        eq(E[R(x, y, z)](-ln(R(x | z) * R(y | (x, z))))),
        eq(E[R(x, y, z)](-ln(R(x | z))) + E[R(x, y, z)](-ln(R(y | (x, z))))),
        eq(R.H(x | z) + R.H(y | (x, z))),
    ],
)

conditional_information = derivation(
    "Conditional mutual information is a difference of conditional entropies",
    source=f"{SOURCE}, equation 2.60",
    claim=equal(R.I(x, y | z), R.H(x | z) - R.H(x | (y, z))),
    steps=[
        start(R.I(x, y | z)),
        eq(E[R(x, y, z)](ln(R(x, y | z) / (R(x | z) * R(y | z))))),
        eq(E[R(x, y, z)](ln(R(x | (y, z)) / R(x | z)))),
        eq(R.H(x | z) - R.H(x | (y, z))),
    ],
)
