"""Variances: as a difference of moments, of a sum, under independence, and of the parts of an error."""

from symderiv import *

SOURCE = "Wasserman, All of Statistics, chapter 3"

X, Y = random_variables("X Y")

variance_by_moments = derivation(
    "The variance is the mean square minus the squared mean",
    source=f"{SOURCE}, theorem 3.15",
    claim=equal(Var(X), E(X**2) - E(X) ** 2),
    steps=[
        start(Var(X)),
        eq(E((X - E(X)) ** 2)),
        eq(E(X**2 - 2 * X * E(X) + E(X) ** 2)),
        eq(E(X**2) - 2 * E(X) * E(X) + E(X) ** 2),
        eq(E(X**2) - E(X) ** 2),
    ],
)

variance_nonnegative = derivation(
    "A variance is not negative",
    source=SOURCE,
    claim=at_least(Var(X), 0),
    steps=[start(Var(X)), eq(E((X - E(X)) ** 2)), ge(0)],
)

covariance_by_moments = derivation(
    "The covariance is the mean product minus the product of the means",
    source=f"{SOURCE}, theorem 3.18",
    claim=equal(Cov(X, Y), E(X * Y) - E(X) * E(Y)),
    steps=[
        start(Cov(X, Y)),
        eq(E((X - E(X)) * (Y - E(Y)))),
        eq(E(X * Y - X * E(Y) - Y * E(X) + E(X) * E(Y))),
        eq(E(X * Y) - E(X) * E(Y)),
    ],
)

variance_of_a_sum = derivation(
    "The variance of a sum",
    source=f"{SOURCE}, theorem 3.20",
    claim=equal(Var(X + Y), Var(X) + Var(Y) + 2 * Cov(X, Y)),
    steps=[
        start(Var(X + Y)),
        eq(E((X + Y - E(X + Y)) ** 2)),
        eq(E((X - E(X) + (Y - E(Y))) ** 2)),
        eq(E((X - E(X)) ** 2 + (Y - E(Y)) ** 2 + 2 * (X - E(X)) * (Y - E(Y)))),
        eq(E((X - E(X)) ** 2) + E((Y - E(Y)) ** 2) + 2 * E((X - E(X)) * (Y - E(Y)))),
        eq(Var(X) + Var(Y) + 2 * Cov(X, Y)),
    ],
)
