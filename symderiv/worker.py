"""The inside of a worker process: its limits, and what can come of a task."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Generic, TypeVar

try:
    import resource
except ImportError:  # Windows: no memory limit there, the deadline holds all the same
    resource = None  # type: ignore[assignment]

Result_co = TypeVar("Result_co", covariant=True)

IS_MEASURED = hasattr(signal, "setitimer")
"""True where processor time can be limited: not on Windows."""


@dataclass(frozen=True)
class Finished(Generic[Result_co]):
    """The task returned `value`."""

    value: Result_co


@dataclass(frozen=True)
class TimedOut:
    """The task computed for `seconds` and was killed, or it waited for too long."""

    seconds: float


@dataclass(frozen=True)
class OutOfMemory:
    """The task wanted more memory than it may have."""


@dataclass(frozen=True)
class Crashed:
    """The process died in the middle of the task."""

    message: str


@dataclass(frozen=True)
class Raised:
    """The task raised an exception."""

    type_name: str
    message: str
    traceback_text: str


Outcome = Finished[Result_co] | TimedOut | OutOfMemory | Crashed | Raised


def task_of(function: Callable[..., object], argument: object) -> bytes:
    """The call of a function that stands at the top of a module, pickled."""
    return pickle.dumps((function, argument), pickle.HIGHEST_PROTOCOL)


def serve(parent: Connection, inherited: tuple[Connection, ...], seconds: float, memory_bytes: int) -> None:
    """Performs tasks from `parent` until it hangs up; `inherited` are ends of its pipes, which a fork copies."""
    for connection in inherited:
        connection.close()
    swept = _size()
    enough = swept + memory_bytes // 2
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then kills its workers
    _separate_streams()
    _limit_memory(memory_bytes)
    collect_seldom()
    while True:
        try:
            task = parent.recv_bytes()
        except (EOFError, OSError):
            return
        _limit_processor_time(seconds)
        outcome, is_torn = _perform(task)
        _limit_processor_time(0)
        size = _size()
        # A memory that is half full leaves little for the next task.
        parent.send_bytes((b"1" if is_torn or size > enough else b"0") + outcome)
        # What is left of a whole search does hold cycles: it is swept up while the parent looks at the answer.
        if size > swept + memory_bytes // 16:
            gc.collect()
            swept = _size()


def collect_seldom() -> None:
    """Has garbage looked for seldom, and none among what there is now.

    Few terms hold cycles: looking for garbage among them often takes a twentieth of a run and saves little memory.
    """
    gc.freeze()
    gc.set_threshold(1_000_000, 5, 50)
    gc.enable()


def _perform(task: bytes) -> tuple[bytes, bool]:
    """The pickled outcome of a task, and whether memory ran out, so that what is left of it may be torn.

    Whatever the task raises ends here: this is the worker's boundary.
    """
    try:
        function, argument = pickle.loads(task)
        return pickle.dumps(Finished(function(argument)), pickle.HIGHEST_PROTOCOL), False
    except MemoryError:
        return pickle.dumps(OutOfMemory()), True
    except (Exception, SystemExit, KeyboardInterrupt) as error:
        return pickle.dumps(Raised(type(error).__name__, str(error), traceback.format_exc())), False


def _size() -> int:
    """The bytes of address space of this process; 0 where that cannot be told."""
    sizes = Path("/proc/self/statm")
    if not sizes.exists():  # macOS, Windows
        return 0
    return int(sizes.read_text(encoding="ascii").split()[0]) * resource.getpagesize()


def _separate_streams() -> None:
    """Sends what a task prints to standard error, and gives it nothing to read: standard output is for the report."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    sys.stdin = open(0, closefd=False, encoding="utf-8")  # noqa: SIM115 - stays open as long as the process
    sys.stdout = sys.stderr


def _limit_memory(memory_bytes: int) -> None:
    """Allows `memory_bytes` of address space beyond what the process starts with."""
    if resource is None:
        return
    start = _size()
    if start == 0:  # macOS does not enforce this limit
        return
    limit = start + memory_bytes
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_processor_time(seconds: float) -> None:
    """Has the system end this process once it has computed for so long, whether the parent lives or not; 0: no limit.

    Time on the clock passes on a busy machine without anything being computed.
    """
    if IS_MEASURED:
        signal.setitimer(signal.ITIMER_PROF, seconds)
