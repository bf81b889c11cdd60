"""Independent random variables, and the bias-variance decomposition of a squared error."""

from symderiv import *

X, Y = random_variables("X Y", independent=True)

mean_of_a_product = derivation(
    "The mean of a product of independent random variables",
    source="Wasserman, All of Statistics, theorem 3.13",
    claim=equal(E(X * Y), E(X) * E(Y)),
    steps=[start(E(X * Y)), eq(E(X) * E(Y))],
)

variance_of_an_independent_sum = derivation(
    "The variance of a sum of independent random variables",
    source="Wasserman, All of Statistics, theorem 3.17",
    claim=equal(Var(X + Y), Var(X) + Var(Y)),
    steps=[
        start(Var(X + Y)),
        eq(Var(X) + Var(Y) + 2 * Cov(X, Y)),
        eq(Var(X) + Var(Y) + 2 * (E(X * Y) - E(X) * E(Y))),
        eq(Var(X) + Var(Y), by=mean_of_a_product),
    ],
)

# The target is f + noise; the estimate depends on the training data, which are independent of the noise.
noise, estimate = random_variables(r"\epsilon \hat{f}", independent=True)
(f,) = scalars("f")

bias_variance = derivation(
    "Bias-variance decomposition of the expected squared error",
    source="Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd ed., equation 7.9",
    assume=[equal(E(noise), 0)],
    claim=equal(E((f + noise - estimate) ** 2), (E(estimate) - f) ** 2 + Var(estimate) + Var(noise)),
    steps=[
        start(E((f + noise - estimate) ** 2)),
        eq(E((f - estimate) ** 2 + 2 * noise * (f - estimate) + noise**2)),
        eq(E((f - estimate) ** 2) + 2 * E(noise) * E(f - estimate) + E(noise**2)),
        eq(E((f - estimate) ** 2) + Var(noise)),
        eq((E(estimate) - f) ** 2 + Var(estimate) + Var(noise)),
    ],
)
