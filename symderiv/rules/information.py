"""Entropies, divergences, expectations and their inequalities.

Source: T. M. Cover, J. A. Thomas, Elements of Information Theory, 2nd edition (cited as CT).
"""

from __future__ import annotations

from symderiv.language.indices import convex_function, variables
from symderiv.language.probability import KL, cross_entropy, distribution, entropy
from symderiv.language.random_variables import Cov, E, Var, random_variables
from symderiv.language.script import at_least, at_most, equal, greater, implies
from symderiv.language.written import ln
from symderiv.rules.rule import Rule

x, y = variables("x y")
P = distribution("P", x, y)
p, q = distribution("p", x), distribution("q", x)
X, Y = random_variables("X Y")
f = convex_function("f")
COVERED = (implies(greater(p(x), 0), greater(q(x), 0)),)

ENTROPY = Rule("information.entropy", "definition of the entropy", equal(P.H(y), E[P(y)](-ln(P(y)))), (), "CT 2.1")
CONDITIONAL_ENTROPY = Rule(
    "information.conditional_entropy",
    "definition of the conditional entropy",
    equal(P.H(y | x), E[P(x)](E[P(y | x)](-ln(P(y | x))))),
    (),
    "CT 2.10",
)
CROSS_ENTROPY = Rule(
    "information.cross_entropy",
    "definition of the cross entropy",
    equal(cross_entropy(p(x), q(x)), E[p(x)](-ln(q(x)))),
    COVERED,
    "CT 5.4",
)
DIVERGENCE = Rule(
    "information.kl_divergence",
    "definition of the KL divergence",
    equal(KL(p(x), q(x)), E[p(x)](ln(p(x) / q(x)))),
    COVERED,
    "CT 2.26",
)
MUTUAL_INFORMATION = Rule(
    "information.mutual_information",
    "definition of the mutual information",
    equal(P.I(x, y), E[P(x, y)](ln(P(x, y) / (P(x) * P(y))))),
    (),
    "CT 2.28",
)
GIBBS = Rule("information.gibbs", "Gibbs' inequality", at_least(KL(p(x), q(x)), 0), COVERED, "CT 2.6.3")
MAXIMUM_ENTROPY = Rule(
    "information.nonnegative_entropy", "an entropy is not negative", at_least(entropy(p(x)), 0), (), "CT 2.1.1"
)
VARIANCE = Rule(
    "expectation.variance", "definition of the variance", equal(Var(X), E((X - E(X)) ** 2)), (), "definition"
)
COVARIANCE = Rule(
    "expectation.covariance",
    "definition of the covariance",
    equal(Cov(X, Y), E((X - E(X)) * (Y - E(Y)))),
    (),
    "definition",
)
JENSEN = Rule("convexity.jensen", "Jensen's inequality", at_most(f(E(X)), E(f(X))), (), "CT 2.6.2")
LOGARITHM_JENSEN = Rule(
    "convexity.jensen_logarithm",
    "Jensen's inequality for the logarithm",
    at_most(E(ln(X)), ln(E(X))),
    (greater(X, 0),),
    "CT 2.6.2",
)
SUPPORTING_LINE = Rule(
    "convexity.supporting_line",
    "a convex function lies above its supporting lines",
    r"f(t) \geq f(m) + f'(m) (t - m)",
    (),
    "R. T. Rockafellar, Convex Analysis, 23",
)
