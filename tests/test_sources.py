"""Which files a folder stands for."""

from pathlib import Path

from symderiv.sources import find_sources


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    return path


def test_a_folder_stands_for_its_files_in_order(tmp_path: Path) -> None:
    wanted = [touch(tmp_path / name) for name in ("a.py", "b.tex", "c/a.py", "c/d/b.py")]
    skipped = (".hidden/a.py", ".a.py", "notes.txt", "__pycache__/a.py", "env/pyvenv.cfg", "env/a.py", ".venv/a.py")
    for name in skipped:
        touch(tmp_path / name)
    assert find_sources([tmp_path], (".py", ".tex")) == tuple(wanted)


def test_files_are_taken_as_named_and_once(tmp_path: Path) -> None:
    named = touch(tmp_path / "x.unknown")
    other = touch(tmp_path / "a.py")
    assert find_sources([named, other, tmp_path, tmp_path / "missing.py"], (".py",)) == (named, other)


def test_a_thousand_files(tmp_path: Path) -> None:
    for number in range(1000):
        touch(tmp_path / f"{number:04}.py")
    assert [path.name for path in find_sources([tmp_path], (".py",))] == [f"{number:04}.py" for number in range(1000)]
