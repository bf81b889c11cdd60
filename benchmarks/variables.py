"""Marginals of joint distributions over more and more variables."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.ask import prove
from symderiv import E, distribution, equal, ln, variables

COUNTS = range(2, 9)


def tasks() -> Iterator[tuple[int, Callable[[], object]]]:
    """For each number of variables: the expected logarithm of one marginal, under the joint distribution."""
    for count in COUNTS:
        every = variables(" ".join(f"x_{k}" for k in range(count)))
        P = distribution("P", *every)
        claim = equal(E[P(*every)](-ln(P(every[0]))), P.H(every[0]))
        yield count, lambda claim=claim: prove(claim)
