"""Every third of some published proofs, where they are present: what is read, proved and told must not become less."""

from __future__ import annotations

import pytest

from tests.corpus.measure import Measured, folder, measure

CORPUS = folder()
pytestmark = pytest.mark.skipif(CORPUS is None, reason="SYMDERIV_CORPUS names no folder with statproofbook/")


@pytest.fixture(scope="module")
def measured() -> Measured:
    if CORPUS is None:
        pytest.skip("no corpus")
    return measure(CORPUS, jobs=1, every=3)


def test_most_relations_are_read(measured: Measured) -> None:
    assert measured.total["unread"] <= 0.05 * measured.total.total()


def test_inferences_are_proved(measured: Measured) -> None:
    assert measured.total["proved"] >= 0.46 * measured.inferences


def test_known_mistakes_are_told(measured: Measured) -> None:
    assert len(measured.told) >= 9


def test_right_relations_are_not_refuted(measured: Measured) -> None:
    assert len(measured.others) <= 2, measured.others
