"""The library of derivations: every step is given or proved, and needs nothing that its derivation does not declare."""

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.check import Options, check_paths
from symderiv.model.verdict import Given, Proved
from symderiv.sources import find_sources
from tests.processes import lasting_workers

FOLDER = Path(__file__).parents[1] / "derivations"
FILES = find_sources([FOLDER], (".py", ".loops"))


@pytest.mark.parametrize("path", FILES, ids=[str(path.relative_to(FOLDER)) for path in FILES])
def test_no_condition_is_left(path):
    with lasting_workers():
        (file,) = check_paths([path], Options(jobs=1, cache=False)).files
    assert not file.diagnostics
    assert file.derivations
    for derivation in file.derivations:
        assert derivation.title
        assert derivation.source, derivation.name
        for step in derivation.steps:
            assert isinstance(step.verdict, Given | Proved), (derivation.name, step.span)
            assert isinstance(step.verdict, Given) or step.verdict.conditions == (), (derivation.name, step.span)
