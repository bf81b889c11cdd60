"""Distributions with finite alphabets."""

from __future__ import annotations

from symderiv.language.indices import Sum, variables
from symderiv.language.probability import distribution
from symderiv.language.script import at_least, equal, greater
from symderiv.rules.rule import Rule

x, y = variables("x y")
P = distribution("P", x, y)

NONNEGATIVE = Rule(
    "probability.nonnegative", "a probability is not negative", at_least(P(x, y), 0), (), "Kolmogorov's axioms"
)
NORMALISATION = Rule(
    "probability.normalisation", "a distribution sums to one", equal(Sum[x, y](P(x, y)), 1), (), "Kolmogorov's axioms"
)
MARGINAL = Rule("probability.marginal", "marginalisation", equal(P(x), Sum[y](P(x, y))), (), "definition")
CONDITIONAL = Rule(
    "probability.conditional",
    "definition of the conditional",
    equal(P(y | x), P(x, y) / P(x)),
    (greater(P(x), 0),),
    "definition",
)
FACTORISATION = Rule(
    "probability.factorisation",
    "the factors of the joint distribution",
    r"P(x,y) := P(x) P(y \mid x)",
    (),
    "definition",
)
INDEPENDENCE = Rule("probability.independence", "independence", r"P(x,y) := P(x) P(y)", (), "definition")
EVENT = Rule(
    "probability.event",
    "an event happens or does not",
    r"0 \leq 1_A \leq 1, \, P(A) = E[1_A]",
    (),
    "Kolmogorov's axioms",
)
COMPARISON = Rule(
    "probability.comparison", "what is less is at most", r"X < x \Rightarrow X \leq x", (), "ordered field"
)
SUPPORT = Rule(
    "probability.support",
    "a sum over the support is at most the whole sum",
    r"\sum_{P(x) > 0} Q(x) \leq \sum_x Q(x)",
    (),
    "ordered field",
)
