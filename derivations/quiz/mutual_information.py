"""Problem 1 of the course quiz: mutual information as a difference of entropies, both ways, and its sign."""

from symderiv import *

SOURCE = "Course quiz, problem 1"

x, y = variables("x y")
P = distribution("P", x, y)
H, I = P.H, P.I

mutual_information = derivation(
    "Mutual information is what x tells about y: I(x,y) = H(y) - H(y|x)",
    source=SOURCE,
    claim=equal(I(x, y), H(y) - H(y | x)),
    steps=[
        start(I(x, y)),
        eq(KL(P(x, y), P(x) * P(y))),
        eq(E[P(x, y)](ln(P(x, y) / (P(x) * P(y)))), label="S1"),
        eq(E[P(x, y)](ln(P(x) * P(y | x) / (P(x) * P(y)))), label="S2"),
        eq(E[P(x, y)](ln(P(y | x) / P(y))), label="S3"),
        eq(E[P(x, y)](-ln(P(y)) + ln(P(y | x))), label="S4"),
        eq(E[P(x, y)](-ln(P(y))) - E[P(x, y)](-ln(P(y | x))), label="S5"),
        eq(H(y) - E[P(x, y)](-ln(P(y | x))), label="S6"),
        eq(H(y) - H(y | x), label="S7"),
    ],
)

mutual_information_swapped = swapped(
    mutual_information, x, y, title="Mutual information is what y tells about x: I(x,y) = H(x) - H(x|y)"
)

nonnegative = derivation(
    "Mutual information is not negative",
    source=SOURCE,
    claim=at_least(I(x, y), 0),
    steps=[start(I(x, y)), eq(E[P(x, y)](-ln(P(x) * P(y) / P(x, y)))), ge(Sum[x, y](P(x, y) - P(x) * P(y))), eq(0)],
)

both_differences = derivation(
    "What x tells about y is what y tells about x",
    source=SOURCE,
    claim=equal(H(y) - H(y | x), H(x) - H(x | y)),
    steps=[
        start(H(y) - H(y | x)),
        eq(I(x, y), by=mutual_information),
        eq(I(y, x)),
        eq(H(x) - H(x | y), by=mutual_information_swapped),
    ],
)
