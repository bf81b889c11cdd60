"""What a wrong gradient is right up to: a number is not taken for the size that it happens to be."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of

CUBE = """input x[J]
output z[J]
for j: z[j] = x[j]^3

backward x
for j: x.grad[j] += {} * z.grad[j] * x[j]^2
"""
MEAN = """input x[B]
output m with grad 1
for b: m += 1/B * x[b]^2

backward x
for b: x.grad[b] += {} * x[b]
"""


@pytest.mark.parametrize(
    ("program", "claimed", "factor"),
    [(CUBE, "1", "3"), (CUBE, "-3", "-1"), (CUBE, "3/J", "J"), (MEAN, "2", "1/B"), (MEAN, "1/B", "2")],
)
def test_the_factor_is_told(tmp_path, program, claimed, factor):
    (step,) = steps_of(checked(tmp_path, program.format(claimed), "text.loops"))
    assert step.verdict.reason.endswith(f"right up to the factor {factor}")


@pytest.mark.parametrize(("program", "claimed"), [(CUBE, "3"), (MEAN, "2/B")])
def test_what_is_right_is_proved(tmp_path, program, claimed):
    (step,) = steps_of(checked(tmp_path, program.format(claimed), "text.loops"))
    assert "factor" not in step.verdict.reason
    assert step.verdict.rules
