"""Variance under a change of origin and scale, and the squared error of an estimator of a fixed number."""

from symderiv import *

SOURCE = "Wasserman, All of Statistics"

(X,) = random_variables("X")
a, b, t = scalars("a b t")

variance_of_an_affine_function = derivation(
    "The variance of an affine function",
    source=f"{SOURCE}, theorem 3.15",
    claim=equal(Var(a * X + b), a**2 * Var(X)),
    steps=[
        start(Var(a * X + b)),
        eq(E((a * X + b - (a * E(X) + b)) ** 2)),
        eq(E(a**2 * (X - E(X)) ** 2)),
        eq(a**2 * E((X - E(X)) ** 2)),
        eq(a**2 * Var(X)),
    ],
)

mean_squared_error = derivation(
    "Mean squared error is variance plus squared bias",
    source=f"{SOURCE}, theorem 6.9",
    claim=equal(E((X - t) ** 2), Var(X) + (E(X) - t) ** 2),
    steps=[
        start(E((X - t) ** 2)),
        eq(E((X - E(X) + (E(X) - t)) ** 2)),
        eq(E((X - E(X)) ** 2) + 2 * (E(X) - t) * E(X - E(X)) + (E(X) - t) ** 2),
        eq(E((X - E(X)) ** 2) + (E(X) - t) ** 2),
        eq(Var(X) + (E(X) - t) ** 2),
    ],
)
