"""Chains of growing length: the same few steps, over and over."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from benchmarks.ask import prove
from symderiv import E, distribution, equal, ln, variables

LENGTHS = (4, 8, 16, 32)


def tasks() -> Iterator[tuple[int, Callable[[], object]]]:
    """For each length: the proofs of all steps."""
    x, y = variables("x y")
    P = distribution("P", x, y)
    terms = [
        E[P(x, y)](ln(P(y | x) / P(y))),
        E[P(x, y)](ln(P(y | x)) - ln(P(y))),
        E[P(x, y)](ln(P(y | x))) - E[P(x, y)](ln(P(y))),
        E[P(x, y)](-ln(P(y))) - E[P(x, y)](-ln(P(y | x))),
    ]
    for length in LENGTHS:
        steps = [equal(terms[n % 4], terms[(n + 1) % 4]) for n in range(length)]
        yield length, lambda steps=steps: [prove(step) for step in steps]
