"""Right backward loops are proved for all sizes, wrong ones are refused, and nothing stays undecided."""

from __future__ import annotations

import re

import pytest

from tests.loops.programs import FOLDER, SWAPPED, WRONG, answer, variants

pytestmark = pytest.mark.thorough

FILES = sorted(FOLDER.glob("*.loops"))
WRONG_ONES = [(path.stem, *variant) for path in FILES for variant in variants(path.read_text(encoding="utf-8"))]


ELSEWHERE = {
    "cumulative_sum_by_suffixes": ("# wrong 2: g[t] += 2 * g[t+1] + c.grad[t]",),
    "gru_cell": ("# wrong 1: for b,j: dn[b,j] = h'.grad[b,j] * z[b,j] * (1 - n[b,j]^2)",),
    "group_norm": ("# wrong 2: for b,g,c,p: w[b,g] += 1/(C*P) * y.grad[b,g,c,p] * x[b,g,c,p]",),
    "per_example_gradients": ("# wrong 1: for b,i,j: G[b,i,j] = W[i,j] * y.grad[b,j]",),
    "tied_weights": ("# wrong 3: for b,h: a[b,h] = c.grad[b,h] * (1 - c[b,h])",),
}
"""Auxiliary tensors that are wrong: the first gradient that they make wrong is blamed."""


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_right_loops_are_proved_for_all_sizes(path):
    found = answer(path.read_text(encoding="utf-8"))
    assert found.is_proved, found


@pytest.mark.parametrize(("name", "change", "text"), WRONG_ONES, ids=[f"{n} {c[2:]}" for n, c, _ in WRONG_ONES])
def test_wrong_loops_are_refused(name, change, text):
    found = answer(text)
    assert found.is_refused, found
    if SWAPPED.match(change):
        assert set(found.codes) <= {"loop-order", "read-before-write"}
    changed = WRONG.match(change)
    if changed is not None and changed[2] and not found.diagnostics:
        named = rf"loop (\d+, )*{changed[1]}\b"
        assert change in ELSEWHERE.get(name, ()) or re.search(named, found.message), found.message


def test_there_are_many_kinds():
    assert len(FILES) >= 80
    assert len(WRONG_ONES) >= 250
