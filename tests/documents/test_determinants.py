"""Determinants by their name, with and without brackets."""

from __future__ import annotations

import pytest

from symderiv.model.verdict import Proved
from tests.documents.checking import checked, steps_of, verdicts


def report(tmp_path, step):
    return checked(tmp_path, f"Let $A$, $B$ and $J$ be square.\n\nWe have\n\n$$\n{step} .\n$$\n", "text.md")


@pytest.mark.parametrize(
    "step",
    [
        r"\ln \det(A^{-1}) = - \ln \det A",
        r"\det(A B) = \det(A) \det(B)",
        r"\det(A B) = \det(A) \det(B) = \det(B A)",
        r"\det A^\top = \det A",
        r"\det(A) \det(B) = \operatorname{det}(A B)",
        r"\ln |\det J| = \ln |\det J^\top|",
        r"\det(A) = |A^\top|",
    ],
)
def test_what_is_right_is_proved(tmp_path, step):
    assert verdicts(report(tmp_path, step))[-1] == "proved"


@pytest.mark.parametrize(
    "step",
    [
        r"\det(A + B) = \det A + \det B",
        r"\det(2 A) = 2 \det A",
        r"\det(A^{-1}) = \det A^\top",
        r"\det(A B) = \det(A) + \det(B)",
        r"\det(A) = |\det(A)| A",
    ],
)
def test_what_is_wrong_is_not(tmp_path, step):
    assert verdicts(report(tmp_path, step))[-1] != "proved"


def test_a_condition_on_a_determinant_is_written_as_one(tmp_path):
    verdict = steps_of(report(tmp_path, r"\ln \det(A^{-1}) = - \ln \det A"))[-1].verdict
    assert isinstance(verdict, Proved)
    assert verdict.conditions == (r"\left|A\right| > 0",)
