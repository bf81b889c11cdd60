"""The data processing inequality: for a Markov chain, and for a deterministic map."""

from symderiv import *

SOURCE = "Cover and Thomas, Elements of Information Theory, 2nd ed., theorem 2.8.1"

x, y, z = variables("x y z")
R = distribution("R", x, y)

# z depends on y alone.
K = distribution("K", z | y)
P = distribution("P", x, y, z, factors=R(x, y) * K(z | y))
H, I = P.H, P.I

markov_chain = derivation(
    "Data processing inequality for a Markov chain",
    source=SOURCE,
    claim=at_most(I(x, z), I(x, y)),
    steps=[start(I(x, z)), eq(H(x) - H(x | z)), le(H(x) - H(x | (y, z))), eq(H(x) - H(x | y)), eq(I(x, y))],
)

# z is a function of y: the special chain whose last step leaves nothing to chance.
f = index_map("f", y, z)

deterministic_map = derivation(
    "Data processing inequality for a deterministic map",
    source=SOURCE,
    assume=[equal(K(z | y), delta(f(y), z))],
    claim=at_most(I(x, z), I(x, y)),
    steps=[start(I(x, z)), le(I(x, y), by=markov_chain)],
)
