"""Jensen's inequality, from lines below the graph of a convex function; and for the logarithm, from ln t <= t - 1."""

from symderiv import *

(x,) = variables("x")
P = distribution("P", x)
t = tensor("t", x)
f = convex_function("f")
(m,) = scalars("m")

jensen = derivation(
    "Jensen's inequality",
    source="Boyd and Vandenberghe, Convex Optimization, section 3.1.8",
    claim=at_most(f(E[P(x)](t[x])), E[P(x)](f(t[x]))),
)

positive = greater(t[x], 0)
mean = define(m, E[P(x)](t[x]))

jensen_for_the_logarithm = derivation(
    "Jensen's inequality for the logarithm",
    source="Cover and Thomas, Elements of Information Theory, 2nd ed., theorem 2.6.2",
    assume=[positive],
    define=[mean],
    claim=at_most(E[P(x)](ln(t[x])), ln(E[P(x)](t[x]))),
    steps=[
        start(E[P(x)](ln(t[x]))),
        eq(E[P(x)](ln(t[x] / m)) + ln(m)),
        le(E[P(x)](t[x] / m - 1) + ln(m)),
        eq(ln(m)),
        eq(ln(E[P(x)](t[x])), by="definition"),
    ],
)
