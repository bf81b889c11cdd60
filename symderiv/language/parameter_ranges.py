r"""Which parameters the named families have: a gamma distribution is one for positive shape and rate alone.

Whoever writes `X \sim \mathrm{Gam}(a, b)` says so of a and b; it is a part of the definition of the family.
Source: C. Forbes, M. Evans, N. Hastings, B. Peacock, Statistical Distributions, 4th edition.
"""

from __future__ import annotations

REAL, POSITIVE, COUNT, PROBABILITY, CHANCE, VARIANCE = "real", "positive", "count", "probability", "chance", "variance"
"""What a parameter can be.

A count is not negative; a chance is a probability that is not 0; a variance is positive, and where it is written as a
square its root is a standard deviation, which is positive too.
"""

PARAMETERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "Exp": ((POSITIVE,),),
    "Gam": ((POSITIVE, POSITIVE),),
    "Gamma": ((POSITIVE, POSITIVE),),
    "InvGam": ((POSITIVE, POSITIVE),),
    "Bet": ((POSITIVE, POSITIVE),),
    "Beta": ((POSITIVE, POSITIVE),),
    "Poiss": ((POSITIVE,),),
    "Pois": ((POSITIVE,),),
    "Poisson": ((POSITIVE,),),
    "Bern": ((PROBABILITY,),),
    "Ber": ((PROBABILITY,),),
    "Bernoulli": ((PROBABILITY,),),
    "Bin": ((COUNT, PROBABILITY),),
    "Binom": ((COUNT, PROBABILITY),),
    "Binomial": ((COUNT, PROBABILITY),),
    "Exponential": ((POSITIVE,),),
    "Normal": ((REAL, VARIANCE),),
    "Geom": ((CHANCE,),),
    "NegBin": ((POSITIVE, CHANCE),),
    "N": ((REAL, VARIANCE),),
    "lnN": ((REAL, VARIANCE),),
    "LogN": ((REAL, VARIANCE),),
    "t": ((POSITIVE,), (REAL, VARIANCE, POSITIVE)),
    "nst": ((REAL, VARIANCE, POSITIVE),),
    "F": ((POSITIVE, POSITIVE),),
    r"\chi": ((POSITIVE,),),
    "W": ((REAL, POSITIVE),),
    "Wald": ((POSITIVE, POSITIVE),),
    "Weibull": ((POSITIVE, POSITIVE),),
    "Pareto": ((POSITIVE, POSITIVE),),
    "Laplace": ((REAL, POSITIVE),),
}
"""What the parameters of a family are, by the letters that it is written with; one entry for each number of them."""

INTERVALS = frozenset({"U", "Unif", "Uniform"})
"""The families whose parameters are the ends of an interval."""
