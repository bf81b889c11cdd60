"""Real arithmetic and order."""

from __future__ import annotations

from symderiv.language.script import at_least, at_most, equal, unequal
from symderiv.language.written import Absolute, Maximum, Minimum, scalars
from symderiv.rules.rule import Rule

a, b, c = scalars("a b c")

LINEARITY = Rule(
    "algebra.linearity",
    "linearity",
    r"\sum_x (a f(x) + g(x)) = a \sum_x f(x) + \sum_x g(x)",
    (),
    "definition of a finite sum",
)
QUOTIENT = Rule("real.quotient", "cancelling", equal(a / a, 1), (unequal(a, 0),), "field axiom")
DISTRIBUTIVE = Rule("algebra.distributive", "multiplying out", equal(a * (b + c), a * b + a * c), (), "field axiom")
SIGN = Rule("order.sign", "the sign of the difference", at_least(a**2, 0), (), "ordered field")
SQUARE = Rule("order.square", "completing the square", at_least(a**2 + b**2, 2 * a * b), (), "ordered field")
WEIGHTED = Rule(
    "order.weighted",
    "an assumed inequality, with weights",
    at_most(c * a, c * b),
    (at_most(a, b), at_least(c, 0)),
    "ordered field",
)
PRODUCT_SIGN = Rule(
    "order.product", "a product of non-negatives", at_least(a * b, 0), (at_least(a, 0), at_least(b, 0)), "ordered field"
)
TRANSITIVITY = Rule(
    "order.transitivity", "the steps above", r"a \leq b \leq c \Rightarrow a \leq c", (), "ordered field"
)
BOUNDS = Rule("order.bounds", "two bounds that meet", r"a \leq b \leq a \Rightarrow a = b", (), "ordered field")
MAXIMUM = Rule(
    "order.maximum",
    "a maximum is bounded by what bounds every entry",
    r"\forall i: f(i) \leq c \Rightarrow \max_i f(i) \leq c",
    (),
    "definition of the maximum",
)
AMONG_LARGEST = Rule(
    "order.maximum_among",
    "a number is at most the largest of some with it",
    at_most(a, Maximum(a, b)),
    (),
    "definition of the maximum",
)
AMONG_SMALLEST = Rule(
    "order.minimum_among",
    "a number is at least the smallest of some with it",
    at_least(a, Minimum(a, b)),
    (),
    "definition of the minimum",
)
LARGER = Rule(
    "order.maximum_of_two",
    "the larger of two numbers by their distance",
    equal(Maximum(a, b), (a + b + Absolute(a - b)) / 2),
    (),
    "definition of the maximum",
)
SMALLER = Rule(
    "order.minimum_of_two",
    "the smaller of two numbers by their distance",
    equal(Minimum(a, b), (a + b - Absolute(a - b)) / 2),
    (),
    "definition of the minimum",
)
ABSOLUTE = Rule(
    "order.absolute", "a bound on an absolute value", r"|a| < b \iff -b < a < b", (), "definition of the absolute value"
)
TERM = Rule(
    "sum.term", "a term of a sum of non-negatives is at most the sum", r"f(k) \leq \sum_i f(i)", (), "ordered field"
)
INDICATOR = Rule(
    "real.indicator", "a number over itself is at most one", at_most(a / a, 1), (unequal(a, 0),), "field axiom"
)
HYPOTHESIS = Rule("hypothesis", "an assumption", r"\Gamma, s \vdash s")
CONDITION = Rule("condition", "a condition", r"\Gamma, s \vdash s")
DEFINITION = Rule("definition", "by definition", r"f(x) := t")
CITATION = Rule("citation", "the result cited", r"\Gamma \vdash s")
