"""The search for proofs finds none for a wrong gradient, without any help of numbers.

With SYMDERIV_MUTANTS (`make mutants`), in programs where that takes long as well.
"""

from __future__ import annotations

import os

import pytest

from symderiv.gradients.comparison import comparisons
from symderiv.gradients.counterexamples import differs
from symderiv.gradients.examination import _Examination
from symderiv.loops.analysis import analysed
from symderiv.loops.maxima import with_plain_maxima
from symderiv.readers.loops import program_of
from tests.loops.programs import FOLDER, variants

pytestmark = pytest.mark.thorough

WRONG = {
    f"{path.stem} {change[2:]}": text
    for path in sorted(FOLDER.glob("*.loops"))
    for change, text in variants(path.read_text(encoding="utf-8"))
    if path.stem not in ("lstm_cell", "lstm_over_time", "gru_cell", "gates_over_time", "attention_with_heads")
}
LONG = (
    "soft_threshold",
    "lstm_batch",
    "minimal_gated_unit",
    "gru_batch",
    "max_pool_padded_both",
    "midpoint",
    "memory_by_similarity",
    "recurrence_on_the_sphere",
    "shared_layers",
)
SAMPLE = dict(list(WRONG.items())[::3])
if "SYMDERIV_MUTANTS" not in os.environ:
    SAMPLE = {name: text for name, text in SAMPLE.items() if not name.startswith(LONG)}


@pytest.mark.parametrize("text", SAMPLE.values(), ids=SAMPLE.keys())
def test_nothing_wrong_is_proved(text):
    program, diagnostics = program_of(text)
    if diagnostics or analysed(program):
        return
    program = with_plain_maxima(program)
    runs = [run for run, _ in zip(comparisons(program, 1, varied=True), range(6), strict=False)]
    for crossed in (False, True):
        examination = _Examination(program, 0, crossed=crossed)
        for tensor, _ in program.named:
            claimed = f"{tensor}.grad"
            if any(differs(run, tensor, claimed) for run in runs):
                assert examination._proved(tensor, claimed) is None, tensor
