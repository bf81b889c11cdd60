"""The cross entropy of a geometric model: the code length of a count is linear in the count."""

from symderiv import *

k = variables("k")[0]
n = tensor("n", k)
(theta,) = scalars(r"\theta")
P = distribution("P", k)
Q = distribution("Q", k)

geometric = equal(Q(k), theta * (1 - theta) ** n[k])
between = [greater(theta, 0), less(theta, 1)]

cross_entropy_of_a_geometric_model = derivation(
    "Cross entropy of a geometric model",
    source="MacKay, Information Theory, Inference, and Learning Algorithms, section 2.4",
    assume=[geometric, *between],
    claim=equal(H(P(k), Q(k)), -ln(theta) - ln(1 - theta) * E[P(k)](n[k])),
    steps=[
        start(H(P(k), Q(k))),
        eq(E[P(k)](-ln(Q(k)))),
        eq(E[P(k)](-ln(theta * (1 - theta) ** n[k])), by=geometric),
        eq(E[P(k)](-ln(theta) - n[k] * ln(1 - theta))),
        eq(-ln(theta) - ln(1 - theta) * E[P(k)](n[k])),
    ],
)
