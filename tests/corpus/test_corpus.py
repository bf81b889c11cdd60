"""Every fourth of some published proofs, where they are present: what is read, proved and told must not become less."""

from __future__ import annotations

import pytest

from tests.corpus.measure import folder, measure

CORPUS = folder()
pytestmark = pytest.mark.skipif(CORPUS is None, reason="SYMDERIV_CORPUS names no folder with statproofbook/")


def test_what_is_read_proved_and_told_does_not_become_less() -> None:
    # One test, so that the corpus is checked by one process, once.
    if CORPUS is None:
        pytest.skip("no corpus")
    measured = measure(CORPUS, jobs=1, every=4)
    assert measured.total["unread"] <= 0.05 * measured.total.total()
    assert measured.total["proved"] >= 0.5 * measured.inferences
    assert len(measured.told) >= 7
    assert len(measured.others) <= 2, measured.others
