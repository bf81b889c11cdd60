"""Statements on the command line."""

from __future__ import annotations

import pytest

from symderiv.cli import main


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["-h + h = 0"], 0),
        (["-x = x"], 1),
        (["-x < 0", "--assume", "-x < -1"], 0),
        (["--assume", "x > 1", "-x < 0"], 0),
        (["--", "-x = -x"], 0),
    ],
)
def test_statements_may_begin_with_a_minus_sign(arguments, status):
    assert main(["prove", "--no-cache", *arguments]) == status
