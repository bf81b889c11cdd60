"""Running tests on a mutant, in a process that is forked from one in which everything else is imported already."""

from __future__ import annotations

import importlib.abc
import importlib.util
import os
import resource
import signal
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

SECONDS, MEMORY = 120.0, 3 << 30
"""The limits for the tests of one mutant; one that does not end is noticed."""

OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:warnings", "--assert=plain")
PASSED = 0


@dataclass(frozen=True)
class Attempt:
    """A module with a mutated source, and the tests that should notice."""

    module: str
    text: str
    tests: tuple[str, ...]


class _Mutated(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds one module, whose source is another one."""

    def __init__(self, attempt: Attempt) -> None:
        self.attempt = attempt

    def find_spec(self, fullname: str, path: object, target: ModuleType | None = None) -> ModuleSpec | None:
        return importlib.util.spec_from_loader(fullname, self) if fullname == self.attempt.module else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.attempt.text, f"<mutant of {self.attempt.module}>", "exec"), vars(module))  # noqa: S102


def warm() -> None:
    """Imports what takes long and is none of ours."""
    for name in ("sympy", "flint", "numpy", "hypothesis", "islpy", "click", "rich.console", "mdit_py_plugins"):
        __import__(name)
    assert not any(name.split(".")[0] == "symderiv" for name in sys.modules), "the mutant would come too late"


def survivors(attempts: Sequence[Attempt], jobs: int) -> Iterator[tuple[int, bool]]:
    """For each attempt its number, and whether all tests pass although the module is mutated, as they end."""
    waiting = list(enumerate(attempts))[::-1]
    running: dict[int, tuple[int, float]] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            number, attempt = waiting.pop()
            running[_started(attempt)] = (number, time.monotonic() + SECONDS)
        for process, code in _ended(running):
            number, _ = running.pop(process)
            yield number, code == PASSED


def _started(attempt: Attempt) -> int:
    process = os.fork()
    if process:
        return process
    try:
        os.setsid()
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        sys.meta_path.insert(0, _Mutated(attempt))
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
            code = int(pytest.main([*OPTIONS, *attempt.tests]))
    except BaseException:  # whatever a mutant does, it has been noticed
        code = 1
    os._exit(code)


def _ended(running: dict[int, tuple[int, float]]) -> Iterable[tuple[int, int]]:
    """The processes that have ended, with their exit status; those past their deadline are killed."""
    found: list[tuple[int, int]] = []
    for process, (_, deadline) in running.items():
        done, status = os.waitpid(process, os.WNOHANG)
        if done:
            found.append((process, os.waitstatus_to_exitcode(status)))
        elif time.monotonic() > deadline:
            os.killpg(process, signal.SIGKILL)
            os.waitpid(process, 0)
            found.append((process, 1))
    if not found:
        time.sleep(0.01)
    return found
