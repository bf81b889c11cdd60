"""The log-sum inequality, from ln t <= t - 1."""

from symderiv import *

(i,) = variables("i")
a, b = tensor("a", i), tensor("b", i)
A, B = scalars("A B")

log_sum = derivation(
    "Log-sum inequality",
    source="Cover and Thomas, Elements of Information Theory, 2nd ed., theorem 2.7.1",
    assume=[greater(a[i], 0), greater(b[i], 0)],
    define=[define(A, Sum[i](a[i])), define(B, Sum[i](b[i]))],
    claim=at_least(Sum[i](a[i] * ln(a[i] / b[i])), Sum[i](a[i]) * ln(Sum[i](a[i]) / Sum[i](b[i]))),
    steps=[
        start(Sum[i](a[i] * ln(a[i] / b[i]))),
        eq(A * ln(A / B) - Sum[i](a[i] * ln(A * b[i] / (B * a[i])))),
        ge(A * ln(A / B) - Sum[i](a[i] * (A * b[i] / (B * a[i]) - 1))),
        eq(A * ln(A / B)),
        eq(Sum[i](a[i]) * ln(Sum[i](a[i]) / Sum[i](b[i])), by="definition"),
    ],
)
