"""Running tests on mutants, in processes forked from one in which everything is imported and collected already.

A mutant of the body of a function is put into that process in place, and only the tests that come to the mutated
statement are run, those that noticed other mutants first and then the quick ones.  Where the statement is not in a
function, or ran while modules were imported, the module is imported anew with the mutation in it, and all tests run.
"""

from __future__ import annotations

import gc
import importlib
import importlib.abc
import importlib.util
import os
import pkgutil
import resource
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from importlib.machinery import ModuleSpec
from itertools import accumulate
from math import inf
from mmap import mmap
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from types import CodeType, FunctionType, ModuleType
from typing import Any
from unittest.mock import patch

import pytest
from _pytest.runner import runtestprotocol

import symderiv
from tests.mutation.operators import Mutant, recording

DEADLINE, MEMORY = 120.0, 3 << 30
"""The limits for the tests of one mutant; one that does not end is noticed."""

LONGER, AT_LEAST = 10.0, 2.0
"""A test may take so many times what it takes without a mutation, and so many seconds (of processor time) at least."""

OPTIONS = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:warnings", "--assert=plain")
PASSED = 0
SEEN: set[tuple[str, int]] = set()
"""The statements that were run: module and line."""


@dataclass(frozen=True)
class Attempt:
    """A module, and a mutant of it."""

    module: str
    mutant: Mutant

    @property
    def place(self) -> tuple[str, int]:
        """The statement that the mutation stands in."""
        return (self.module, self.mutant.statement)


@dataclass(frozen=True)
class Measured:
    """What a test takes without any mutation, and the statements that it comes to."""

    seconds: float
    seen: frozenset[tuple[str, int]]


class _Loaded(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds modules whose source is another one."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts

    def find_spec(self, fullname: str, path: object, target: ModuleType | None = None) -> ModuleSpec | None:
        return importlib.util.spec_from_loader(fullname, self) if fullname in self.texts else None

    def exec_module(self, module: ModuleType) -> None:
        vars(module)["__seen__"] = SEEN
        text = self.texts[module.__name__]
        exec(compile(text, f"<another {module.__name__}>", "exec"), vars(module))  # noqa: S102


def warm() -> None:
    """Imports what takes long and is none of ours."""
    for name in ("sympy", "flint", "numpy", "hypothesis", "islpy", "click", "rich.console", "mdit_py_plugins"):
        __import__(name)
    assert not any(name.startswith("symderiv.") for name in sys.modules), "the mutant would come too late"


def survivors(
    attempts: Sequence[Attempt], sources: dict[str, str], tests: Sequence[str], jobs: int, seconds: float
) -> Iterator[tuple[int, bool]]:
    """For each attempt its number, and whether all tests pass although the module is mutated, as they end.

    Of the tests only those are run that together take so many `seconds` without a mutation.
    """
    here, there = Pipe(duplex=False)
    process = os.fork()
    if not process:
        here.close()
        _in_place(attempts, sources, tests, jobs, seconds, there)
    there.close()
    while isinstance(message := here.recv(), tuple):
        yield message
    os.waitpid(process, 0)
    yield from (
        (n, code == PASSED) for n, code in _run(message.numbers, jobs, lambda n: _anew(attempts[n], tests, message))
    )


def _in_place(
    attempts: Sequence[Attempt],
    sources: dict[str, str],
    tests: Sequence[str],
    jobs: int,
    seconds: float,
    answers: Connection,
) -> None:
    """Sends the answers for what can be mutated in place, then what is left to do; does not return."""
    sys.meta_path.insert(0, _Loaded({module: recording(text, module) for module, text in sources.items()}))
    with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
        code = pytest.main([*OPTIONS, *tests], plugins=[_Session(attempts, sources, jobs, seconds, answers)])
    os._exit(code)


@dataclass(frozen=True)
class _Left:
    """The numbers of the attempts for which a module is imported anew, and the tests for them, the quick ones first."""

    numbers: list[int]
    tests: dict[str, int]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leaves out what takes too long together."""
        items[:] = sorted((i for i in items if i.nodeid in self.tests), key=lambda i: self.tests[i.nodeid])


def _anew(attempt: Attempt, tests: Sequence[str], left: _Left) -> int:
    process = os.fork()
    if process:
        return process
    try:
        _limited()
        sys.meta_path.insert(0, _Loaded({attempt.module: attempt.mutant.text}))
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
            code = int(pytest.main([*OPTIONS, *tests], plugins=[left]))
    except BaseException:  # whatever a mutant does, it has been noticed
        code = 1
    os._exit(code)


def _limited() -> None:
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


class _Session:
    """In place of the loop over tests: one loop for every mutant."""

    def __init__(
        self, attempts: Sequence[Attempt], sources: dict[str, str], jobs: int, most: float, answers: Connection
    ) -> None:
        self.attempts, self.sources, self.jobs, self.most, self.answers = attempts, sources, jobs, most, answers
        self.noticed: Counter[tuple[str, int]] = Counter()
        self.running: dict[int, tuple[list[int], mmap]] = {}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Measures the tests, then runs them on the mutants, all of it in one process: what others run is not seen."""
        from symderiv import check
        from tests.processes import ClerkHere, Here

        with patch.multiple(check, Workers=Here, Clerks=ClerkHere):
            return self._run_tests(session)

    def _run_tests(self, session: pytest.Session) -> bool:
        for module in pkgutil.walk_packages(symderiv.__path__, "symderiv."):
            if not module.name.endswith(("__main__", "pytest_plugin")):
                importlib.import_module(module.name)
        self.items = session.items
        gc.unfreeze()  # so that all functions are found
        early = frozenset(SEEN)
        self.functions = {
            (function.__module__, function.__qualname__): function
            for function in _living(FunctionType)
            if function.__module__ in self.sources and not function.__code__.co_freevars
        }
        self.kept = [
            kept for kept in _living(_lru_cache_wrapper) if kept.__module__.startswith(("symderiv.", "tests."))
        ]
        for module, text in self.sources.items():  # what is measured is slower
            self._put(module, text, [name for of, name in self.functions if of == module])
        gc.freeze()
        measured = self._measured()
        self.seconds = [test.seconds for test in measured]
        anew = [n for n, attempt in enumerate(self.attempts) if self._must_be_imported(attempt, early)]
        tests = {
            n: [t for t, test in enumerate(measured) if attempt.place in test.seen]
            for n, attempt in enumerate(self.attempts)
            if n not in {*anew}
        }
        for number, code in _run([*tests], self.jobs, lambda n: self._started(n, tests[n])):
            order, place = self.running.pop(number)
            if code != PASSED:
                self.noticed[self.attempts[number].module, order[int.from_bytes(place[:4], "little")]] += 1
            self.answers.send((number, code == PASSED))
        quick = self._first(range(len(self.items)), key=lambda t: self.seconds[t])
        self.answers.send(_Left(anew, {self.items[t].nodeid: place for place, t in enumerate(quick)}))
        return True

    def _first(self, tests: Iterable[int], key: Callable[[int], Any]) -> list[int]:
        """The first tests, in an order, that take not too long together."""
        order = sorted(tests, key=key)
        until = accumulate(self.seconds[t] for t in order)
        return [t for t, total in zip(order, until, strict=True) if total <= self.most]

    def _must_be_imported(self, attempt: Attempt, early: frozenset[tuple[str, int]]) -> bool:
        mutant = attempt.mutant
        first = (attempt.module, mutant.entry)
        return (
            (attempt.module, mutant.function) not in self.functions
            or attempt.place in early
            or (mutant.is_nested and first in early)
        )

    def _put(self, module: str, text: str, names: Iterable[str | None]) -> None:
        """Replaces the code of functions by what it is in another source."""
        codes = dict(_codes(compile(text, f"<another {module}>", "exec", dont_inherit=True)))
        for name in names:
            if name in codes:
                self.functions[module, name].__code__ = codes[name]

    def _measured(self) -> list[Measured]:
        """Runs every test once on what is not mutated."""
        here, there = Pipe(duplex=False)
        if not os.fork():
            for module, text in self.sources.items():
                self._put(module, recording(text, module), [name for of, name in self.functions if of == module])
            found = []
            for item in self.items:
                SEEN.clear()
                began = _spent()
                passed = self._passes(item, None)
                took = _spent() - began if passed else inf
                found.append(Measured(took, frozenset(SEEN)))
            there.send(found)
            os._exit(0)
        there.close()
        return here.recv()  # type: ignore[no-any-return]

    def _passes(self, item: pytest.Item, following: pytest.Item | None) -> bool:
        for kept in self.kept:
            if kept.__module__ in self.sources:
                kept.cache_clear()
        return not any(report.failed for report in runtestprotocol(item, log=False, nextitem=following))

    def _started(self, number: int, tests: list[int]) -> int:
        attempt = self.attempts[number]
        order = self._first(tests, key=lambda t: (-self.noticed[attempt.module, t], self.seconds[t]))
        place = mmap(-1, 4)
        self.running[number] = (order, place)
        process = os.fork()
        if process:
            return process
        try:
            _limited()
            self._put(attempt.module, attempt.mutant.text, [attempt.mutant.function])
            for kept in self.kept:
                kept.cache_clear()
            for position, test in enumerate(order):
                place[:4] = position.to_bytes(4, "little")
                signal.setitimer(signal.ITIMER_VIRTUAL, AT_LEAST + LONGER * self.seconds[test])
                following = self.items[order[position + 1]] if position + 1 < len(order) else None
                if not self._passes(self.items[test], following):
                    os._exit(1)
        except BaseException:  # whatever a mutant does, it has been noticed
            os._exit(1)
        os._exit(PASSED)


def _spent() -> float:
    """The processor time of this process and of those that it waited for."""
    return sum(os.times()[:4])


def _living(kind: type) -> list:  # type: ignore[type-arg]
    return [found for found in gc.get_objects() if type(found) is kind]


def _codes(code: CodeType) -> Iterator[tuple[str, CodeType]]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield constant.co_qualname, constant
            yield from _codes(constant)


def _run(numbers: Sequence[int], jobs: int, start: Callable[[int], int]) -> Iterator[tuple[int, int]]:
    """Starts a process for each number, some at a time; yields the number and the exit status as they end."""
    waiting = list(numbers)[::-1]
    running: dict[int, tuple[int, float]] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            number = waiting.pop()
            running[start(number)] = (number, time.monotonic() + DEADLINE)
        for process, code in _ended(running):
            number, _ = running.pop(process)
            yield number, code


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
        time.sleep(0.002)
    return found
