"""Equations that follow where what they divide by is not 0, also where an assumed equation stands between."""

from __future__ import annotations

import pytest

from symderiv.check import Options, prove_statement
from symderiv.writers.verdicts import name_of


@pytest.mark.parametrize(
    ("statement", "assumptions", "needed"),
    [
        ("b = a/y - a", ["b y = a - a y"], [r"y \neq 0"]),
        ("x = c/y", ["x y = c", "y = c/(c + d)"], [r"c + d \neq 0", r"c \neq 0"]),
        (r"\frac{(n - 1) a / (n - 1)}{b} = \frac{a}{b}", ["a^2 = b^2"], [r"n - 1 \neq 0", r"b \neq 0"]),
        (r"(\frac{b - t}{b})^{-a} = (1 - \frac{t}{b})^{-a}", ["b > t", "t > 0"], [r"1 - \frac{t}{b} > 0"]),
        (r"\ln \left((x - y)^2\right) = 2 \ln |x - y|", [r"x \neq y"], []),
    ],
)
def test_what_is_needed(statement, assumptions, needed):
    (step,) = prove_statement(statement, assumptions, Options(jobs=1, cache=False)).files[0].derivations[0].steps
    assert name_of(step.verdict) == "proved"
    assert set(needed) == set(step.verdict.conditions)
