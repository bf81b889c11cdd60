"""What is stored comes back, and what is damaged counts as never stored."""

from pathlib import Path

import pytest

from symderiv import cache

KEY = "0123456789abcdef" * 4


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SYMDERIV_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_what_is_stored_comes_back(folder: Path) -> None:
    assert cache.load(KEY) is None
    cache.store(KEY, {"lines": [["a", 1]]})
    assert cache.load(KEY) == cache.load(f"sha256:{KEY}") == {"lines": [["a", 1]]}
    assert not list(folder.rglob("*.new"))


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff", b"[" * 100_000])
def test_a_damaged_entry_is_a_miss(folder: Path, damage: bytes) -> None:
    cache.store(KEY, [1])
    (entry,) = folder.rglob("*.json")
    entry.write_bytes(damage)
    assert cache.load(KEY) is None
    cache.store(KEY, [2])
    assert cache.load(KEY) == [2]


def test_a_disk_that_does_not_take_it_is_no_failure(folder: Path) -> None:
    folder.write_text("a file where the folder should be")
    cache.store(KEY, [1])
    assert cache.load(KEY) is None


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "0" * 63, "g" * 64])
def test_keys_are_hashes(key: str) -> None:
    with pytest.raises(ValueError, match="not a sha256"):
        cache.load(key)


def test_the_folder_is_local_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SYMDERIV_CACHE")
    assert cache.folder() == Path(".symderiv-cache")
