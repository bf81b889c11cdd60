"""What a softmax is computed with: log-sum-exp under a shift, and the cross entropy in terms of the scores."""

from symderiv import *

SOURCE = "Goodfellow, Bengio and Courville, Deep Learning, section 6.2.2"

(i,) = variables("i")
j = i.copy("j")
u = tensor("u", i)
s = tensor("s", i)
P = distribution("P", i)
(c,) = scalars("c")
softmax = define(s[i], exp(u[i]) / Sum[j](exp(u[j])))

positive = derivation("A softmax is positive", source=SOURCE, define=[softmax], claim=greater(s[i], 0))

log_sum_exp_trick = derivation(
    "Log-sum-exp is computed after a shift",
    source=SOURCE,
    claim=equal(ln(Sum[i](exp(u[i]))), c + ln(Sum[i](exp(u[i] - c)))),
    steps=[
        start(ln(Sum[i](exp(u[i])))),
        eq(ln(Sum[i](exp(c) * exp(u[i] - c)))),
        eq(ln(exp(c) * Sum[i](exp(u[i] - c)))),
        eq(c + ln(Sum[i](exp(u[i] - c)))),
    ],
)

cross_entropy_of_scores = derivation(
    "The cross entropy of a softmax is log-sum-exp minus the expected score",
    source=SOURCE,
    define=[softmax],
    claim=equal(E[P(i)](-ln(s[i])), ln(Sum[j](exp(u[j]))) - E[P(i)](u[i])),
    steps=[
        start(E[P(i)](-ln(s[i]))),
        eq(E[P(i)](-ln(exp(u[i]) / Sum[j](exp(u[j])))), by="definition"),
        eq(E[P(i)](ln(Sum[j](exp(u[j]))) - u[i])),
        eq(ln(Sum[j](exp(u[j]))) - E[P(i)](u[i])),
    ],
)
