"""Gamma functions, factorials, binomial coefficients and the beta function."""

from __future__ import annotations

from sympy import Expr, Integer

from symderiv.language.script import equal, greater
from symderiv.language.special_functions import Special
from symderiv.language.written import scalars
from symderiv.rules.rule import Rule

a, b, n, k = scalars("a b n k")
POSITIVE = (greater(a, 0), greater(b, 0))


def gamma(argument: Expr) -> Special:
    """The gamma function."""
    return Special("gamma", argument)


def factorial(number: Expr) -> Special:
    """The factorial."""
    return Special("factorial", number)


RECURRENCE = Rule(
    "gamma.recurrence",
    "recurrence of the gamma function",
    equal(gamma(a + 1), a * gamma(a)),
    POSITIVE[:1],
    "DLMF 5.5.1",
)
ONE = Rule("gamma.one", "the gamma function at 1", equal(gamma(Integer(1)), 1), (), "DLMF 5.4.1")
HALF = Rule("gamma.half", "the gamma function at 1/2", r"\Gamma(1/2) = \sqrt{\pi}", (), "DLMF 5.4.6")
SIGN = Rule("gamma.positive", "the gamma function is positive", greater(gamma(a), 0), POSITIVE[:1], "DLMF 5.2.1")
DIGAMMA = Rule(
    "digamma.recurrence",
    "recurrence of the digamma function",
    equal(Special("digamma", a + 1), Special("digamma", a) + 1 / a),
    POSITIVE[:1],
    "DLMF 5.5.2",
)
BETA = Rule(
    "beta.gamma",
    "the beta function by gamma functions",
    equal(Special("beta", a, b), gamma(a) * gamma(b) / gamma(a + b)),
    POSITIVE,
    "DLMF 5.12.1",
)
FACTORIAL = Rule(
    "factorial.gamma",
    "a factorial by the gamma function",
    equal(factorial(n), gamma(n + 1)),
    (greater(n, -1),),
    "DLMF 5.4.1",
)
FACTORIAL_RECURRENCE = Rule(
    "factorial.recurrence",
    "recurrence of the factorial",
    equal(factorial(n), n * factorial(n - 1)),
    (greater(n, 0),),
    "DLMF 26.1",
)
BINOMIAL = Rule(
    "binomial.factorial",
    "a binomial coefficient by factorials",
    equal(Special("binomial", n, k), factorial(n) / (factorial(k) * factorial(n - k))),
    (greater(n, -1), greater(k, -1), greater(n - k, -1)),
    "DLMF 1.2.1",
)
INDEX_SHIFT = Rule(
    "index.shift",
    "a shift of the index",
    r"\sum_{i=m}^n f(i) = \sum_{j=0}^{n-m} f(j+m)",
    (),
    "definition of a finite sum",
)
EXPONENTIAL_SERIES = Rule(
    "series.exponential", "the exponential series", r"\sum_{n=0}^\infty x^n / n! = e^x", (), "DLMF 4.2.19"
)
GEOMETRIC_SERIES = Rule(
    "series.geometric",
    "a geometric series",
    r"\sum_{n=0}^\infty q^n = \frac{1}{1-q}, \, 0 < q < 1, \text{ and its derivatives by } q; "
    r"\sum_{n=0}^m q^n = \frac{1-q^{m+1}}{1-q}, \, 0 < q \neq 1",
    (),
    "DLMF 4.6.7",
)
BINOMIAL_THEOREM = Rule(
    "series.binomial", "the binomial theorem", r"\sum_{k=0}^n \binom{n}{k} x^k = (1 + x)^n, \, x > 0", (), "DLMF 1.2.2"
)
GAMMA_INTEGRAL = Rule(
    "integral.gamma",
    "the kernel of a gamma density",
    r"\int_0^\infty t^{s-1} e^{-rt} \, \mathrm{d}t = \Gamma(s) \, r^{-s}, \, r, s > 0, "
    r"\text{ and its derivative by } s",
    (),
    "DLMF 5.9.1",
)
BETA_INTEGRAL = Rule(
    "integral.beta",
    "the kernel of a beta density",
    r"\int_0^1 t^{a-1} (1-t)^{b-1} \, \mathrm{d}t = \mathrm{B}(a, b), \, a, b > 0, \text{ and its derivative by } a",
    (),
    "DLMF 5.12.1",
)
NORMAL_INTEGRAL = Rule(
    "integral.normal",
    "the kernel of a normal density",
    r"\int_{-\infty}^\infty e^{-a t^2 + b t} \, \mathrm{d}t = \sqrt{\pi/a} \, e^{b^2/(4a)}, \, a > 0, "
    r"\text{ and its derivatives by } b",
    (),
    "DLMF 7.7.3",
)
LIMIT = Rule(
    "limit.expansion",
    "the expansion near to a place",
    r"f(t) = c + \mathrm{o}(1), \, t \to a \Rightarrow \lim_{t \to a} f(t) = c",
    (),
    "DLMF 2.1.1",
)
INTEGRATION_WEIGHTS = Rule(
    "integral.weights",
    "an integral is a sum with positive weights",
    r"\int f(x) \, \mathrm{d}x = \sum_x w(x) \, f(x), \, w(x) > 0",
    (),
    "monotonicity and linearity of the integral",
)
POWER_INTEGRAL = Rule(
    "integral.power",
    "the integral of a power",
    r"\int_a^b t^s \, \mathrm{d}t = \frac{b^{s+1} - a^{s+1}}{s+1}, \, s \neq -1, \quad "
    r"\int_a^b t^{-1} \, \mathrm{d}t = \ln b - \ln a, \, a, b > 0",
    (),
    "DLMF 1.4.18",
)
EXPONENTIAL_INTEGRAL = Rule(
    "integral.exponential",
    "the integral of an exponential",
    r"\int_a^b e^{ct} \, \mathrm{d}t = \frac{e^{cb} - e^{ca}}{c}, \, c \neq 0, \text{ and its derivatives by } c",
    (),
    "DLMF 4.10.7",
)
LOGARITHM_INTEGRAL = Rule(
    "integral.logarithm",
    "the integral of the logarithm",
    r"\int_a^b \ln t \, \mathrm{d}t = b \ln b - b - (a \ln a - a), \, a, b > 0",
    (),
    "DLMF 4.10.2",
)
INDEX_RANGE = Rule(
    "index.range", "an index lies between its ends", r"i \in \{m, \ldots, n\} \Rightarrow m \leq i \leq n", (), ""
)
INDEX_ORDER = Rule(
    "index.order",
    "of two indices one is smaller, or they are equal",
    r"[i < j] + [i = j] + [j < i] = 1",
    (),
    "order of the whole numbers",
)
INDEX_ITSELF = Rule(
    "index.itself", "an index is not smaller than itself", r"[i < i] = 0", (), "order of the whole numbers"
)
INTEGRATION_RANGE = Rule(
    "integral.range",
    "a variable lies between the limits of its integral",
    r"\int_a^b f(x) \, \mathrm{d}x \text{ depends on } f(x) \text{ for } a < x < b \text{ alone}",
    (),
    "definition of the integral",
)
