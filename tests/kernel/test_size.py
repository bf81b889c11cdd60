"""What must be believed does not grow by itself: see decision 031."""

from __future__ import annotations

from pathlib import Path

import symderiv.kernel

MOST = 3_300


def test_the_kernel_grows_by_a_decision_alone():
    modules = Path(symderiv.kernel.__file__).parent.glob("*.py")
    assert sum(len(module.read_text(encoding="utf-8").splitlines()) for module in modules) <= MOST
