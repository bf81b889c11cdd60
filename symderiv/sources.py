"""The files that a run is about."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

_SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages"})


def find_sources(paths: Iterable[Path], suffixes: Iterable[str]) -> tuple[Path, ...]:
    """Every file named in `paths`, and every file below a folder in it whose name ends in one of `suffixes`.

    Folders are walked in order of their names; hidden ones, virtual environments and caches are skipped.  A file counts
    once.  What does not exist is left out.
    """
    wanted = tuple(suffixes)
    found: dict[str, Path] = {}
    for path in paths:
        files = _walk(path, wanted) if path.is_dir() else (path,) if path.exists() else ()
        for file in files:
            found.setdefault(os.path.realpath(file), file)
    return tuple(found.values())


def _walk(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        inside = Path(place)
        folders[:] = sorted(name for name in folders if not _is_skipped(inside / name))
        for name in sorted(files):
            if name.endswith(suffixes) and not name.startswith("."):
                yield inside / name


def _is_skipped(folder: Path) -> bool:
    return folder.name.startswith(".") or folder.name in _SKIPPED or (folder / "pyvenv.cfg").is_file()
