"""A part of some published proofs, where they are present: what is read, proved and told must not become less.

SYMDERIV_PROOFS says that it is every so many of them: `make proofs`.
"""

from __future__ import annotations

import os

import pytest

from tests.corpus.measure import folder, measure

CORPUS = folder()
EVERY = int(os.environ.get("SYMDERIV_PROOFS", "12"))
TOLD = {4: 7, 12: 4}
"""The mistakes that are told in such parts."""
pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(CORPUS is None, reason="SYMDERIV_CORPUS names no folder with statproofbook/"),
]


def test_what_is_read_proved_and_told_does_not_become_less() -> None:
    # One test, so that the corpus is checked by one process, once.
    if CORPUS is None:
        pytest.skip("no corpus")
    measured = measure(CORPUS, jobs=1, every=EVERY)
    assert measured.total["unread"] <= 0.05 * measured.total.total()
    assert measured.total["proved"] >= 0.5 * measured.inferences
    assert len(measured.told) >= TOLD[EVERY]
    assert len(measured.others) <= 2, measured.others
