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


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        ([r"\mathbf{A} \mathbf{B} = \mathbf{B} \mathbf{A}"], 1),
        ([r"\mathbf{A} \mathbf{B} = \mathbf{A} \mathbf{B} + 0"], 0),
        ([r"\mathbf{a} \mathbf{b} = \mathbf{b} \mathbf{a}", "--assume", r"let \mathbf{a}, \mathbf{b} be scalars"], 0),
    ],
)
def test_bold_names_are_matrices_unless_they_are_declared(arguments, status):
    assert main(["prove", "--no-cache", *arguments]) == status
