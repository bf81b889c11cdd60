"""Loop programs and their gradients."""

from __future__ import annotations

from symderiv.rules.rule import Rule

REVERSE_MODE = Rule(
    "loops.reverse-mode",
    "reverse mode",
    r"\bar{x} = g_x + \sum_{\text{readers } y \text{ of } x} \bar{y} \, \frac{\partial y}{\partial x}, "
    r"\text{ in the reverse of an executable order}",
    (),
    "Griewank and Walther, Evaluating Derivatives, 2nd edition, section 3.2",
)
STATEMENT = Rule(
    "loops.statement", "definition of a computed tensor", r"\text{a tensor is the sum of all that is added to it}"
)
ARITHMETIC = Rule(
    "loops.index-arithmetic",
    "arithmetic of indices",
    r"\text{relations between indices, for all sizes}",
    (),
    "Presburger arithmetic",
)
INDICATOR = Rule("loops.indicator", "square of an indicator", r"[x > 0]^2 = [x > 0]")
RECURRENCE = Rule(
    "loops.recurrence", "one recurrence", r"\text{tensors that satisfy one recurrence are the same}", (), "induction"
)
LOGISTIC = Rule("loops.logistic", "logistic function", r"\frac{1}{1 + e^t} + \frac{1}{1 + e^{-t}} = 1")
ALMOST_EVERYWHERE = Rule(
    "loops.almost-everywhere", "almost everywhere", r"\text{away from ties and kinks, where the derivative exists}"
)
UP_TO_FACTOR = Rule("loops.up-to-factor", "right up to a factor", r"\text{the claim times the factor is the gradient}")
SCAN = Rule(
    "loops.scan",
    "composition of affine maps is associative",
    r"(A_2, b_2) \circ (A_1, b_1) = (A_2 A_1, A_2 b_1 + b_2)",
    (),
    "Blelloch, Prefix sums and their applications (1990), section 1.4",
)
