"""Softmax: it sums to one, it does not change under a shift, and log-sum-exp bounds the maximum."""

from symderiv import *

SOURCE = "Goodfellow, Bengio and Courville, Deep Learning, section 4.1"

(i,) = variables("i")
j, k = i.copy("j"), i.copy("k")
u = tensor("u", i)
(c,) = scalars("c")

sums_to_one = derivation(
    "A softmax sums to one",
    source=SOURCE,
    claim=equal(Sum[i](exp(u[i]) / Sum[j](exp(u[j]))), 1),
    steps=[start(Sum[i](exp(u[i]) / Sum[j](exp(u[j])))), eq(Sum[i](exp(u[i])) / Sum[j](exp(u[j]))), eq(1)],
)

shift_invariance = derivation(
    "A softmax does not change under a shift",
    source=SOURCE,
    claim=equal(exp(u[i] + c) / Sum[j](exp(u[j] + c)), exp(u[i]) / Sum[j](exp(u[j]))),
    steps=[
        start(exp(u[i] + c) / Sum[j](exp(u[j] + c))),
        eq(exp(c) * exp(u[i]) / (exp(c) * Sum[j](exp(u[j])))),
        eq(exp(u[i]) / Sum[j](exp(u[j]))),
    ],
)

log_softmax = derivation(
    "The logarithm of a softmax is a score minus log-sum-exp",
    source=SOURCE,
    claim=equal(ln(exp(u[i]) / Sum[j](exp(u[j]))), u[i] - ln(Sum[j](exp(u[j])))),
    steps=[
        start(ln(exp(u[i]) / Sum[j](exp(u[j])))),
        eq(ln(exp(u[i])) - ln(Sum[j](exp(u[j])))),
        eq(u[i] - ln(Sum[j](exp(u[j])))),
    ],
)

log_sum_exp_bounds_max = derivation(
    "Log-sum-exp is at least the maximum",
    source="Boyd and Vandenberghe, Convex Optimization, section 3.1.5",
    claim=at_least(ln(Sum[i](exp(u[i]))), Max[i](u[i])),
    steps=[start(Max[i](u[i])), eq(Max[i](ln(exp(u[i])))), le(ln(Sum[i](exp(u[i]))))],
)
