"""The claims of problems 1 and 2 of the course quiz, each on its own: what is claimed, and no chain."""

from symderiv import *

SOURCE = "Course quiz, problems 1 and 2"

x, y, z = variables("x y z")
P = distribution("P", x, y)
I = P.I

s1 = derivation(
    "S1: the divergence from independence is an expectation over the support",
    source=SOURCE,
    claim=equal(KL(P(x, y), P(x) * P(y)), E[P(x, y)](ln(P(x, y) / (P(x) * P(y))))),
)
s2 = derivation(
    "S2: the joint distribution is a product inside the logarithm",
    source=SOURCE,
    claim=equal(E[P(x, y)](ln(P(x, y) / (P(x) * P(y)))), E[P(x, y)](ln(P(x) * P(y | x) / (P(x) * P(y))))),
)
s3 = derivation(
    "S3: P(x) cancels",
    source=SOURCE,
    claim=equal(E[P(x, y)](ln(P(x) * P(y | x) / (P(x) * P(y)))), E[P(x, y)](ln(P(y | x) / P(y)))),
)
s4 = derivation(
    "S4: the logarithm of the quotient is a difference",
    source=SOURCE,
    claim=equal(E[P(x, y)](ln(P(y | x) / P(y))), E[P(x, y)](-ln(P(y)) + ln(P(y | x)))),
)
s5 = derivation(
    "S5: expectation is linear",
    source=SOURCE,
    claim=equal(E[P(x, y)](-ln(P(y)) + ln(P(y | x))), E[P(x, y)](-ln(P(y))) - E[P(x, y)](-ln(P(y | x)))),
)
s6 = derivation(
    "S6: an expectation of y alone needs only the distribution of y",
    source=SOURCE,
    claim=equal(E[P(x, y)](-ln(P(y))), P.H(y)),
)
s7 = derivation(
    "S7: the expectation over both variables is the conditional entropy",
    source=SOURCE,
    claim=equal(E[P(x, y)](-ln(P(y | x))), P.H(y | x)),
)
s8 = derivation("S8: mutual information is H(x) - H(x|y)", source=SOURCE, claim=equal(I(x, y), P.H(x) - P.H(x | y)))
s9 = derivation("S9: mutual information is not negative", source=SOURCE, claim=at_least(I(x, y), 0))

Q = distribution(r"Q_\Phi", z, y)
Qt = distribution(r"\tilde{Q}_\Psi", z | y)
ELBO = tensor(r"\mathrm{ELBO}", y)[y]
elbo = define(ELBO, E[Qt(z | y)](ln(Q(z, y) / Qt(z | y))))
possible = greater(Q(y), 0)
supported = implies(greater(Qt(z | y), 0), greater(Q(z, y), 0))

s10 = derivation(
    "S10: the joint model is evidence times posterior",
    source=SOURCE,
    assume=[supported],
    define=[elbo],
    claim=equal(ELBO, E[Qt(z | y)](ln(Q(y) * Q(z | y) / Qt(z | y)))),
)
s11 = derivation(
    "S11: the logarithm of three factors splits",
    source=SOURCE,
    assume=[supported],
    claim=equal(
        E[Qt(z | y)](ln(Q(y) * Q(z | y) / Qt(z | y))),
        E[Qt(z | y)](ln(Q(y))) + E[Qt(z | y)](ln(Q(z | y))) + E[Qt(z | y)](ln(1 / Qt(z | y))),
    ),
)
s12 = derivation(
    "S12: the expectation of what does not depend on z",
    source=SOURCE,
    assume=[possible],
    claim=equal(E[Qt(z | y)](ln(Q(y))), ln(Q(y))),
)
s13 = derivation(
    "S13: the two other terms are a cross entropy and an entropy",
    source=SOURCE,
    assume=[supported],
    claim=equal(E[Qt(z | y)](ln(Q(z | y))) + E[Qt(z | y)](ln(1 / Qt(z | y))), -H(Qt(z | y), Q(z | y)) + H(Qt(z | y))),
)
s14 = derivation(
    "S14: the evidence lower bound is the evidence minus a divergence",
    source=SOURCE,
    assume=[possible, supported],
    define=[elbo],
    claim=equal(ELBO, ln(Q(y)) - KL(Qt(z | y), Q(z | y))),
)
s15 = derivation(
    "S15: the evidence is at least its lower bound",
    source=SOURCE,
    assume=[possible, supported],
    define=[elbo],
    claim=at_least(ln(Q(y)), ELBO),
)
