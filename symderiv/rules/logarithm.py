"""Logarithms, exponentials and powers."""

from __future__ import annotations

from symderiv.language.script import at_most, equal, greater
from symderiv.language.written import exp, ln, scalars, sqrt
from symderiv.rules.rule import Rule

a, b = scalars("a b")
POSITIVE = (greater(a, 0), greater(b, 0))

PRODUCT = Rule("logarithm.product", "log of a product", equal(ln(a * b), ln(a) + ln(b)), POSITIVE, "DLMF 4.8.2")
QUOTIENT = Rule("logarithm.quotient", "log of a quotient", equal(ln(a / b), ln(a) - ln(b)), POSITIVE, "DLMF 4.8.2")
POWER = Rule("logarithm.power", "log of a power", equal(ln(a**3), 3 * ln(a)), POSITIVE[:1], "DLMF 4.8.5")
INVERSE = Rule("logarithm.exponential", "log of an exponential", equal(ln(exp(a)), a), (), "DLMF 4.2.4")
EXPONENTIAL = Rule("exponential.logarithm", "exponential of a log", equal(exp(ln(a)), a), POSITIVE[:1], "DLMF 4.2.4")
SUM = Rule("exponential.sum", "exponential of a sum", equal(exp(a + b), exp(a) * exp(b)), (), "DLMF 4.8.8")
TANGENT = Rule("logarithm.tangent", r"ln t <= t - 1", at_most(ln(a), a - 1), POSITIVE[:1], "DLMF 4.5.1")
EXPONENTIAL_TANGENT = Rule("exponential.tangent", r"exp t >= 1 + t", at_most(1 + a, exp(a)), (), "DLMF 4.5.11")
ROOT = Rule("power.root", "square of a root", equal(sqrt(a) ** 2, a), POSITIVE[:1], "DLMF 4.2.26")
