"""The evidence lower bound as reconstruction minus the divergence from the prior."""

from symderiv import *

z, y = variables("z y")
Q = distribution(r"Q_\Phi", z, y)
Qt = distribution(r"\tilde{Q}_\Psi", z | y)
ELBO = tensor(r"\mathrm{ELBO}", y)[y]

reconstruction_and_prior = derivation(
    "The evidence lower bound is reconstruction minus the divergence from the prior",
    source="Kingma and Welling, Auto-Encoding Variational Bayes, 2014, equation 3",
    assume=[implies(greater(Qt(z | y), 0), greater(Q(z, y), 0))],
    define=[define(ELBO, E[Qt(z | y)](ln(Q(z, y) / Qt(z | y))))],
    claim=equal(ELBO, E[Qt(z | y)](ln(Q(y | z))) - KL(Qt(z | y), Q(z))),
    steps=[
        start(ELBO),
        eq(E[Qt(z | y)](ln(Q(y | z) * Q(z) / Qt(z | y)))),
        eq(E[Qt(z | y)](ln(Q(y | z))) - E[Qt(z | y)](ln(Qt(z | y) / Q(z)))),
        eq(E[Qt(z | y)](ln(Q(y | z))) - KL(Qt(z | y), Q(z))),
    ],
)
