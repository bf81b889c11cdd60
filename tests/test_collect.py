"""Adding a file to a package adds what is in it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from symderiv.collect import collect


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    root = tmp_path / "orchard"
    (root / "stone").mkdir(parents=True)
    (root / "__init__.py").write_text("from pathlib import PurePosixPath as Fruit\n")
    (root / "pear.py").write_text("from orchard import Fruit\nB = Fruit('b')\nA = Fruit('a')\n")
    (root / "apple.py").write_text("from orchard import Fruit\nfrom orchard.pear import B\nC = Fruit('c')\nN = 1\n")
    (root / "stone" / "__init__.py").write_text("")
    (root / "stone" / "plum.py").write_text("from orchard import Fruit\nD = Fruit('d')\n")
    (root / "__main__.py").write_text("raise SystemExit('collecting ran the program')\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "orchard"
    for name in [name for name in sys.modules if name.split(".")[0] == "orchard"]:
        del sys.modules[name]


def test_values_are_found_once_and_in_a_fixed_order(package: str) -> None:
    from pathlib import PurePosixPath

    assert [str(fruit) for fruit in collect(package, PurePosixPath)] == ["b", "c", "a", "d"]
    assert collect(package, PurePosixPath) == collect(sys.modules[package], PurePosixPath)
    assert collect(package, complex) == ()
