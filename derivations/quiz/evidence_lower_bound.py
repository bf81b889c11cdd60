"""Problem 2 of the course quiz: the evidence lower bound in three terms, in two terms, and why it is a bound."""

from symderiv import *

SOURCE = "Course quiz, problem 2"

z, y = variables("z y")
Q = distribution(r"Q_\Phi", z, y)
Qt = distribution(r"\tilde{Q}_\Psi", z | y)
ELBO = tensor(r"\mathrm{ELBO}", y)[y]

elbo = define(ELBO, E[Qt(z | y)](ln(Q(z, y) / Qt(z | y))))
# The evidence is possible, and the second model proposes nothing that the first excludes.
supported = [greater(Q(y), 0), implies(greater(Qt(z | y), 0), greater(Q(z, y), 0))]

three_terms = derivation(
    "The evidence lower bound in three terms",
    source=SOURCE,
    assume=supported,
    define=[elbo],
    claim=equal(ELBO, ln(Q(y)) - H(Qt(z | y), Q(z | y)) + H(Qt(z | y))),
    steps=[
        start(ELBO),
        eq(E[Qt(z | y)](ln(Q(y) * Q(z | y) / Qt(z | y))), label="S10"),
        eq(E[Qt(z | y)](ln(Q(y))) + E[Qt(z | y)](ln(Q(z | y))) + E[Qt(z | y)](ln(1 / Qt(z | y))), label="S11"),
        eq(ln(Q(y)) + E[Qt(z | y)](ln(Q(z | y))) + E[Qt(z | y)](ln(1 / Qt(z | y))), label="S12"),
        eq(ln(Q(y)) - H(Qt(z | y), Q(z | y)) + H(Qt(z | y)), label="S13"),
    ],
)

two_terms = derivation(
    "The evidence lower bound in two terms",
    source=SOURCE,
    assume=supported,
    define=[elbo],
    claim=equal(ELBO, ln(Q(y)) - KL(Qt(z | y), Q(z | y))),
    steps=[
        start(ELBO),
        eq(E[Qt(z | y)](ln(Q(y))) + E[Qt(z | y)](ln(Q(z | y) / Qt(z | y)))),
        eq(ln(Q(y)) - KL(Qt(z | y), Q(z | y)), label="S14"),
    ],
)

posterior_divergence = derivation(
    "The divergence of the second model from the posterior is not negative",
    source=SOURCE,
    assume=supported,
    claim=at_least(KL(Qt(z | y), Q(z | y)), 0),
    steps=[
        start(KL(Qt(z | y), Q(z | y))),
        eq(E[Qt(z | y)](-ln(Q(z | y) / Qt(z | y)))),
        ge(Sum[z](Qt(z | y) - Q(z | y))),
        eq(0),
    ],
)

bound = derivation(
    "The evidence lower bound is a lower bound of the evidence",
    source=SOURCE,
    assume=supported,
    define=[elbo],
    claim=at_most(ELBO, ln(Q(y))),
    steps=[
        start(ELBO),
        eq(ln(Q(y)) - KL(Qt(z | y), Q(z | y)), by=two_terms),
        le(ln(Q(y)), by=posterior_divergence, label="S15"),
    ],
)
