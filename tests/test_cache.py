"""What is stored comes back, and what is damaged counts as never stored."""

import json
import pickle
from pathlib import Path

import pytest
from click.testing import CliRunner

from symderiv import cache
from symderiv.check import Options, check_paths
from symderiv.cli import symderiv
from symderiv.documents.single import read_single
from symderiv.language.encode import encode
from symderiv.memory import recalled, remembered
from symderiv.runner import Finished, TimedOut, Workers
from symderiv.search import NothingFound, Question, ValuesDiffer, search

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


def test_what_was_tried_in_vain_is_kept_until_the_code_changes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    statements, _ = read_single(r"\sin(x + y) = \sin x \cos y + \cos x \sin y")
    question = Question(encode(statements[0]))
    assert recalled(question, 10.0) is None
    remembered(question, Finished(NothingFound(("normal form",), 7)))
    assert recalled(question, 10.0) == NothingFound(("normal form",), 7)
    monkeypatch.setattr("symderiv.memory.edition", lambda: "another")
    assert recalled(question, 10.0) is None


def test_what_was_not_found_in_time_is_searched_again_where_more_time_is_given(folder: Path) -> None:
    statements, _ = read_single(r"\sin(x + y) = \sin x \cos y + \cos x \sin y")
    question = Question(encode(statements[0]))
    remembered(question, TimedOut(10.0))
    assert recalled(question, 10.0) == TimedOut(10.0)
    assert recalled(question, 2.0) == TimedOut(2.0)
    assert recalled(question, 20.0) is None


def test_an_entry_that_does_not_replay_is_searched_again(folder: Path) -> None:
    arguments = ["prove", "(a + b)^2 = a^2 + 2 a b + b^2"]
    assert "proved" in CliRunner().invoke(symderiv, arguments).output
    (entry,) = folder.rglob("*.json")
    kept = json.loads(entry.read_text())
    kept["certificate"]["lines"] = []
    entry.write_text(json.dumps(kept))
    assert "proved" in CliRunner().invoke(symderiv, arguments).output
    assert json.loads(entry.read_text())["certificate"]["lines"]


def test_values_at_which_an_integral_is_another_number_are_kept(folder: Path) -> None:
    statements, _ = read_single(r"\int_0^1 x^2 \, dx = \frac{1}{2}")
    question = Question(encode(statements[0]))
    answer = search(question)
    assert isinstance(answer, ValuesDiffer)
    remembered(question, Finished(answer))
    assert recalled(question, 10.0) == answer


def test_values_that_are_kept_and_make_no_difference_are_searched_again(folder: Path) -> None:
    arguments = ["prove", r"\int_0^1 x^2 \, dx = \frac{1}{2}"]
    first = CliRunner().invoke(symderiv, arguments).output
    assert "values of its series, integrals and means differ" in first
    (entry,) = folder.rglob("*.json")
    kept = json.loads(entry.read_text())
    forged = json.loads(entry.read_text())
    forged["certificate"]["terms"][-1][1] = "!="
    entry.write_text(json.dumps(forged))
    assert CliRunner().invoke(symderiv, arguments).output == first
    assert json.loads(entry.read_text()) == kept


def test_a_second_run_searches_nothing_although_a_mistake_changed_what_was_asked(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What follows a refuted row is first asked with that row, and then again without it."""
    document = tmp_path / "text.md"
    document.write_text("We have\n\n$$\na b = a + b\n$$\n\nWe get\n\n$$\na b c = c a + c b .\n$$\n")
    asked: list[object] = []
    plain = Workers.begin

    def counted(workers: Workers, name: object, task: bytes) -> None:
        function, argument = pickle.loads(task)
        asked.extend([argument] if function is search else [])
        plain(workers, name, task)

    monkeypatch.setattr(Workers, "begin", counted)
    first = check_paths([document], Options())
    assert len(asked) > len(first.files[0].derivations)
    asked.clear()
    second = check_paths([document], Options())
    assert asked == []
    verdicts = [[step.verdict for d in report.files[0].derivations for step in d.steps] for report in (first, second)]
    assert verdicts[0] == verdicts[1]
