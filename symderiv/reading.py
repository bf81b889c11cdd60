"""Files to pages: each file is read in a worker process by the reader for its suffix."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import assert_never

import symderiv.readers
from symderiv.collect import collect
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.page import Page, Reader
from symderiv.model.span import Span
from symderiv.runner import Crashed, Finished, Outcome, OutOfMemory, Raised, Runner, TimedOut

INPUT = ".tex"
"""How the names of files end that another one may input."""


def suffixes() -> tuple[str, ...]:
    """The suffixes of all files that can be read."""
    return tuple(suffix for reader in collect(symderiv.readers, Reader) for suffix in reader.suffixes)


def prepare(paths: Iterable[Path]) -> None:
    """Imports what such files need, once: workers are forks of this process, and import nothing that it has."""
    names = [path.name for path in paths]
    for reader in collect(symderiv.readers, Reader):
        if any(name.endswith(reader.suffixes) for name in names):
            for module in reader.imports:
                import_module(module)


def read_pages(paths: Iterable[Path], workers: Runner) -> Iterator[Page]:
    """The page of each file, in the order of `paths`.  A file that cannot be read gives a page that says why."""
    files = tuple(paths)
    for path, outcome in zip(files, workers.map(read_page, files), strict=True):
        yield _page(path, outcome)


def whole_documents(paths: Iterable[Path], workers: Runner) -> list[tuple[int, Path | Page]]:
    """The files with their numbers, without those that are read as a part of another one and have their meaning there.

    To know these, what may be such a part is read here, and comes as a page.
    """
    numbered = tuple(enumerate(paths))
    parts = {number: path for number, path in numbered if path.suffix == INPUT}
    read = dict(zip(parts, read_pages(parts.values(), workers), strict=True))
    inside = {page.path: {os.path.realpath(path) for path in page.inputs} for page in read.values()}

    def is_part(page: Page, other: Page) -> bool:
        own, others = os.path.realpath(page.path), os.path.realpath(other.path)
        return own != others and own in inside[other.path] and others not in inside[page.path]

    inputting = [page for page in read.values() if page.inputs]
    inner = {number for number, page in read.items() if any(is_part(page, other) for other in inputting)}
    return [(number, read.get(number, path)) for number, path in numbered if number not in inner]


def read_page(path: Path) -> Page:
    """The page of one file; to be called in a worker, since a script may do anything."""
    for reader in collect(symderiv.readers, Reader):
        if path.name.endswith(reader.suffixes):
            return reader.read(path)
    known = " ".join(suffixes())
    return _failure(path, "unknown-suffix", "no reader for files of this kind", f"readable are: {known}")


def _page(path: Path, outcome: Outcome[Page]) -> Page:
    match outcome:
        case Finished(page):
            return page
        case TimedOut(seconds):
            return _failure(path, "time-limit", f"reading this file took more than {seconds:g} s", "see --timeout")
        case OutOfMemory():
            return _failure(path, "memory-limit", "reading this file took too much memory")
        case Crashed(message):
            return _failure(path, "reader-crashed", f"reading this file did not end well: {message}")
        case Raised(type_name, message, _):
            return _failure(path, "reader-failed", f"{type_name}: {message}")
        case _:
            assert_never(outcome)


def _failure(path: Path, code: str, message: str, hint: str = "") -> Page:
    return Page(str(path), (), (Diagnostic(code, Span(str(path), 1, 1, 1, 1), message, hint),))
