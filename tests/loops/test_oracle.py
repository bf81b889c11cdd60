"""Derived gradients, and the values of counterexamples, against the automatic differentiation of PyTorch.

All counterexamples with SYMDERIV_COUNTEREXAMPLES (`make counterexamples`), a fifth of them without.
"""

from __future__ import annotations

import os
from itertools import islice

import numpy as np
import pytest

from symderiv.gradients.comparison import comparison, comparisons
from symderiv.gradients.counterexamples import Refutation
from symderiv.gradients.examination import examine
from symderiv.loops.analysis import analysed
from symderiv.readers.loops import program_of
from tests.loops.cases import cases, text_of
from tests.loops.forms import sample, texts
from tests.loops.programs import FOLDER, variants

pytest.importorskip("torch", reason="PyTorch is not installed (pip install '.[oracle]')")
from tests.loops.oracle import Oracle

pytestmark = pytest.mark.thorough

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.loops"))}
TEXTS |= {f"case {case['name']}": text_of(case, case["backward"]) for case in cases() if case["valid"]}
WRONG = {f"{name} {change[2:]}": changed for name, text in TEXTS.items() for change, changed in variants(text)}
WRONG |= {
    f"case {case['name']} {number} {variant['kind']}": text_of(case, variant["backward"])
    for case in cases()
    for number, variant in enumerate(case.get("variants", ()))
}
FIRST = {name: text for name, text in texts().items() if name.endswith(" 0")}
TEXTS |= {f"form {name}": text for name, text in FIRST.items()}
WRONG |= {f"form {name} {m.what} {m.number}": m.text for name, text in FIRST.items() for m in sample(name, text, 2)}
if "SYMDERIV_COUNTEREXAMPLES" not in os.environ:
    WRONG = dict(list(WRONG.items())[::5])


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_derived_gradients_are_those_of_automatic_differentiation(text):
    program, _ = program_of(text)
    runs = list(islice(comparisons(program, 0), 2))
    assert runs
    for run in runs:
        for name, gradient in Oracle(program, run.data).gradients().items():
            if name not in program.constants:
                assert np.allclose(run.derived.array(f"{name}.grad"), gradient.numpy(), rtol=1e-9, atol=1e-9), name


@pytest.mark.parametrize("text", WRONG.values(), ids=WRONG.keys())
def test_every_counterexample_is_confirmed(text):
    program, diagnostics = program_of(text)
    if diagnostics or analysed(program):
        return
    for one in examine(program, 0, mends=False):
        if not isinstance(one.outcome, Refutation) or one.tensor not in program.inputs:
            continue
        found = one.outcome
        expected = Oracle(program, found.data).gradients()[one.tensor].numpy()[found.cell]
        if one.tensor in program.averaged:
            expected = expected / found.data.sizes[program.averaged[one.tensor]]
        run = comparison(program, found.data)
        claimed = run.claimed.array(f"{one.tensor}.grad")[found.cell]
        # Where terms cancel, what is left of them is as exact as they are.
        exact = 1e-13 * max(1.0, abs(claimed))
        assert np.isclose(run.gradient(one.tensor)[found.cell], expected, rtol=1e-9, atol=exact)
        assert not np.isclose(claimed, expected, rtol=1e-9, atol=exact)
