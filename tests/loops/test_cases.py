"""The programs of the collection that SYMDERIV_LOOPS points to, each valid one with its wrong variants."""

from __future__ import annotations

import re

import pytest

from tests.loops.cases import VARIABLE, cases, text_of
from tests.loops.programs import answer

CASES = cases()
pytestmark = pytest.mark.skipif(not CASES, reason=f"{VARIABLE} names no folder with cases.json")
VARIANTS = [(case, variant) for case in CASES for variant in case.get("variants", ())]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_valid_programs_are_proved_and_invalid_ones_refused(case):
    found = answer(text_of(case, case["backward"]))
    assert found.is_proved if case["valid"] else found.is_refused, found


@pytest.mark.parametrize(
    ("case", "variant"), VARIANTS, ids=[f"{c['name']} {n} {v['kind']}" for n, (c, v) in enumerate(VARIANTS)]
)
def test_variants_are_refused_and_the_loop_is_named(case, variant):
    found = answer(text_of(case, variant["backward"]))
    assert found.is_refused, found
    if found.diagnostics:
        return
    right, wrong = (
        [line for line in lines if not line.strip().startswith("loop")]
        for lines in (case["backward"], variant["backward"])
    )
    if len(wrong) < len(right):
        assert "a loop is missing" in found.message or "no loop" in found.message
        return
    changed = [n for n, (one, other) in enumerate(zip(right, wrong, strict=True), 1) if one != other]
    assert any(re.search(rf"loop {number}\b", found.message) for number in changed), found.message
