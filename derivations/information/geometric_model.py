"""The cross entropy of a geometric model: the code length of a count is linear in the count."""

from symderiv import *

(k,) = variables("k")
# The count that the outcome k stands for.
n = tensor("n", k)
(theta,) = scalars(r"\theta")
P = distribution("P", k)

# theta (1 - theta)^n.  The model may give probability to counts that the alphabet does not have.
q = tensor("q", k)
geometric = define(q[k], theta * exp(n[k] * ln(1 - theta)))

cross_entropy_of_a_geometric_model = derivation(
    "Cross entropy of a geometric model",
    source="Golomb, Run-Length Encodings, IEEE Transactions on Information Theory 12, 1966",
    assume=[greater(theta, 0), greater(1 - theta, 0)],
    define=[geometric],
    claim=equal(E[P(k)](-ln(q[k])), -ln(theta) - ln(1 - theta) * E[P(k)](n[k])),
    steps=[
        start(E[P(k)](-ln(q[k]))),
        eq(E[P(k)](-ln(theta * exp(n[k] * ln(1 - theta)))), by="definition"),
        eq(E[P(k)](-ln(theta) - n[k] * ln(1 - theta))),
        eq(-ln(theta) - ln(1 - theta) * E[P(k)](n[k])),
    ],
)
