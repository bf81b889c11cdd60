"""No wrong statement in LaTeX is proved; most are refuted, and the others are not read."""

from __future__ import annotations

import pytest

from symderiv.check import Options, prove_statement
from symderiv.model.verdict import Proved
from symderiv.writers.verdicts import name_of
from tests.refused.formulas import CASES


@pytest.mark.parametrize(("text", "assumptions"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_wrong_formula_is_not_proved(text, assumptions):
    report = prove_statement(text, assumptions, Options(jobs=1, cache=False))
    verdict = report.files[0].derivations[0].steps[-1].verdict
    assert not isinstance(verdict, Proved), verdict
    assert name_of(verdict) in {"refuted", "plausible", "unknown", "unread", "gap"}
