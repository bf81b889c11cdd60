"""Backward loops in several forms are proved; with one change they are refused, unless the change makes no difference.

SYMDERIV_MUTANTS gives the number of mutants of each form that are tried: `make mutants`.
"""

from __future__ import annotations

import os
import re

import pytest

from symderiv.gradients.comparison import comparisons
from symderiv.gradients.counterexamples import differs
from symderiv.loops.analysis import analysed
from symderiv.loops.maxima import with_plain_maxima
from symderiv.model.verdict import Refuted
from symderiv.readers.loops import program_of
from tests.loops.forms import sample, texts
from tests.loops.programs import WRONG, answer, variants

pytestmark = pytest.mark.thorough

FORMS = texts()
COUNT = int(os.environ.get("SYMDERIV_MUTANTS", "0"))
MUTANTS = [
    (f"{name} {mutant.what} {mutant.number}", mutant)
    for name, text in (list(FORMS.items()) if COUNT else list(FORMS.items())[::8])
    for mutant in sample(name, text, COUNT or 1)
]
LISTED = [
    (f"{name} {change[2:]}", WRONG.match(change)[1], changed)
    for name, text in FORMS.items()
    for change, changed in variants(text)
]


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS.keys())
def test_every_form_is_proved(text):
    found = answer(text)
    assert found.is_proved, found


@pytest.mark.parametrize("mutant", [mutant for _, mutant in MUTANTS], ids=[name for name, _ in MUTANTS])
def test_what_is_changed_is_refused(mutant):
    found = answer(mutant.text)
    program, diagnostics = program_of(mutant.text)
    if found.diagnostics or diagnostics or program is None:
        assert found.is_refused
        return
    plain = with_plain_maxima(program)
    runs = [run for run, _ in zip(comparisons(plain, 5, varied=True), range(6), strict=False)]
    wrong = {name for name, _ in program.named if any(differs(run, name, f"{name}.grad") for run in runs)}
    if not wrong:
        assert "Refuted" not in found.words
        return
    for step in found.steps:
        assert isinstance(step.verdict, Refuted) or step.left.split(".grad")[0] not in wrong, step
    if mutant.what == "loop left out":
        assert (
            "a loop is missing" in found.message or "no loop" in found.message or "it is computed by" in found.message
        )
    elif mutant.what != "range":
        assert re.search(rf"loop (\d+, )*{mutant.number}\b", found.message), found.message


@pytest.mark.parametrize(("number", "text"), [change[1:] for change in LISTED], ids=[change[0] for change in LISTED])
def test_listed_changes_are_refused_and_the_loop_is_named(number, text):
    found = answer(text)
    assert found.is_refused, found
    assert re.search(rf"loop (\d+, )*{number}\b", found.message), found.message


def test_there_are_many_forms():
    assert len(FORMS) >= 160
    assert len(LISTED) >= 40
    assert not any(analysed(program_of(text)[0]) for text in list(FORMS.values())[::20])
