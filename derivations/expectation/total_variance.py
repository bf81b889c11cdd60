"""The laws of total expectation and of total variance."""

from symderiv import *

SOURCE = "Wasserman, All of Statistics, section 3.5"

w, y = variables("w y")
P = distribution("P", w, y)
(X,) = random_variables("X", space=P)

total_expectation = derivation(
    "Law of total expectation",
    source=f"{SOURCE}, theorem 3.24",
    claim=equal(E(E(X | y)), E(X)),
    steps=[start(E(E(X | y))), eq(E(X))],
)

total_variance = derivation(
    "Law of total variance",
    source=f"{SOURCE}, theorem 3.27",
    claim=equal(Var(X), E(Var(X | y)) + Var(E(X | y))),
    steps=[
        start(E(Var(X | y)) + Var(E(X | y))),
        eq(E(E(given(X**2, y)) - E(X | y) ** 2) + (E(E(X | y) ** 2) - E(E(X | y)) ** 2)),
        eq(E(X**2) - E(E(X | y) ** 2) + E(E(X | y) ** 2) - E(X) ** 2, by=total_expectation),
        eq(E(X**2) - E(X) ** 2),
        eq(Var(X)),
    ],
)
