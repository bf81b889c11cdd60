"""Covariance: with itself, with a sum, under scales, and what it says of two squared means."""

from symderiv import *

SOURCE = "Wasserman, All of Statistics, section 3.3"

X, Y, Z = random_variables("X Y Z")
a, b = scalars("a b")

with_itself = derivation(
    "The covariance of a variable with itself is its variance",
    source=SOURCE,
    claim=equal(Cov(X, X), Var(X)),
    steps=[start(Cov(X, X)), eq(E((X - E(X)) * (X - E(X)))), eq(E((X - E(X)) ** 2)), eq(Var(X))],
)

bilinear = derivation(
    "Covariance is linear in each argument",
    source=SOURCE,
    claim=equal(Cov(a * X + b * Y, Z), a * Cov(X, Z) + b * Cov(Y, Z)),
    steps=[
        start(Cov(a * X + b * Y, Z)),
        eq(E((a * X + b * Y - (a * E(X) + b * E(Y))) * (Z - E(Z)))),
        eq(E(a * (X - E(X)) * (Z - E(Z)) + b * (Y - E(Y)) * (Z - E(Z)))),
        eq(a * E((X - E(X)) * (Z - E(Z))) + b * E((Y - E(Y)) * (Z - E(Z)))),
        eq(a * Cov(X, Z) + b * Cov(Y, Z)),
    ],
)

squared_mean = derivation(
    "The mean square is at least the squared mean",
    source=f"{SOURCE}; Jensen's inequality for the square",
    claim=at_least(E(X**2), E(X) ** 2),
    steps=[start(E(X**2)), eq(E(X) ** 2 + Var(X)), ge(E(X) ** 2)],
)
