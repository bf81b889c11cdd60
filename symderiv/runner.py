"""Tasks in worker processes with hard limits: no task can hang the run, exhaust the machine or end the parent.

A worker is forked when it is first needed, so it starts with all that the parent has imported, and it is used again for
the next task.  The system ends it when it has computed for as long as it may, and the parent kills it at a later
deadline on the clock; a killed or dead worker is replaced, and the other tasks go on.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import time
from collections.abc import Callable, Container, Iterable, Iterator
from multiprocessing.connection import Connection, Pipe, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, Protocol, TypeVar

from symderiv.worker import IS_MEASURED, Crashed, Finished, Outcome, OutOfMemory, Raised, TimedOut, serve, task_of

__all__ = ["Child", "Crashed", "Finished", "OutOfMemory", "Outcome", "Raised", "Runner", "TimedOut", "Workers"]

Argument = TypeVar("Argument")
Result = TypeVar("Result")

_FORKS = "fork" in multiprocessing.get_all_start_methods()
_CONTEXT = multiprocessing.get_context("fork") if _FORKS else multiprocessing.get_context("spawn")
_OPEN: set[Connection] = set()
"""The ends of pipes that this process holds.  A fork copies them: a child closes them, so that each child sees the end
of its input when this process dies."""


PATIENCE = 3 if IS_MEASURED else 1
"""How many times as long as it may compute a task may take on the clock, for it may have to share the machine."""


class Runner(Protocol):
    """Whoever has tasks performed by workers."""

    def map(self, function: Callable[[Argument], Result], arguments: Iterable[Argument]) -> Iterator[Outcome[Result]]:
        """The outcome of `function` for each argument, in their order.  One `map` at a time."""
        ...


class Workers:
    """At most `jobs` processes, each with `seconds` of processor time for a task and `memory_bytes` beyond its start.

    Use it as a context manager: on the way out, by Ctrl-C too, no process is left behind.
    """

    def __init__(self, jobs: int, seconds: float, memory_bytes: int) -> None:
        self.jobs = max(1, jobs)
        self.seconds = seconds
        self.memory_bytes = memory_bytes
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in (*self._idle, *self._busy):
            worker.kill()
        self._idle.clear()
        self._busy.clear()

    def map(self, function: Callable[[Argument], Result], arguments: Iterable[Argument]) -> Iterator[Outcome[Result]]:
        """The outcome of `function` for each argument, in their order, as soon as it and those before it are known.

        `function` stands at the top of a module, and its arguments and values can be pickled.  One `map` at a time.
        """
        tasks = enumerate(task_of(function, argument) for argument in arguments)
        outcomes: dict[object, Outcome[Result]] = {}
        position = 0
        try:
            while self._assign(tasks):
                happened = frozenset(wait(self.events(), self.patience()))
                outcomes |= {place: pickle.loads(outcome) for place, outcome in self.finished(happened)}
                self._assign(tasks)  # keep the workers working while the caller looks at what there is
                while position in outcomes:
                    yield outcomes.pop(position)
                    position += 1
        finally:
            for worker in self._busy:
                worker.kill()
            self._busy.clear()

    def _assign(self, tasks: Iterator[tuple[int, bytes]]) -> bool:
        """Gives every free worker a task, and says whether any is at work."""
        while self.has_room and (task := next(tasks, None)) is not None:
            self.begin(*task)
        return bool(self._busy)

    @property
    def has_room(self) -> bool:
        """True where one more task can begin."""
        return len(self._busy) < self.jobs

    def begin(self, name: object, task: bytes) -> None:
        """Gives a task to a free worker, or to a new one; its outcome comes under `name`."""
        worker = self._idle.pop() if self._idle else _Worker(self.seconds, self.memory_bytes)
        while not worker.begin(name, task):  # it died while it was idle
            worker = self._idle.pop() if self._idle else _Worker(self.seconds, self.memory_bytes)
        self._busy.append(worker)

    def events(self) -> list[Connection | int]:
        """What to wait for: that a worker is done, or dead."""
        return [event for worker in self._busy for event in (worker.connection, worker.process.sentinel)]

    def patience(self) -> float | None:
        """The seconds until the first worker is past its deadline; None where none is at work."""
        began = min((worker.began for worker in self._busy), default=None)
        return None if began is None else max(0.0, began + PATIENCE * self.seconds - time.monotonic())

    def finished(self, happened: Container[object]) -> Iterator[tuple[Any, bytes]]:
        """The names of the tasks of workers that are done, dead or past their deadline, with their pickled outcomes.

        `happened` are the events that were waited for.
        """
        late = time.monotonic() - PATIENCE * self.seconds
        for worker in tuple(self._busy):
            has_ended = worker.connection in happened or worker.process.sentinel in happened
            if has_ended or worker.began <= late:
                outcome = worker.outcome(self.seconds) if has_ended else worker.overdue(self.seconds)
                self._busy.remove(worker)
                if worker.alive:
                    self._idle.append(worker)
                yield worker.task, outcome


class Child:
    """A process as the parent sees it.

    `work` is called there with its end of the pipe between them, the ends that it is to close, and `limits`.
    """

    def __init__(self, name: str, work: Callable[..., None], *limits: Any) -> None:
        self.connection, end = Pipe()
        _OPEN.add(self.connection)
        inherited = tuple(_OPEN) if _FORKS else ()
        self.process: BaseProcess = _CONTEXT.Process(
            target=work, args=(end, inherited, *limits), name=f"symderiv-{name}", daemon=True
        )
        self.process.start()
        end.close()
        self.alive = True

    def kill(self) -> None:
        """Ends the process at once."""
        self.alive = False
        self.process.kill()
        self.process.join()
        _OPEN.discard(self.connection)
        self.connection.close()

    def cause_of_death(self) -> str:
        """In words; to be asked where the process hung up."""
        self.process.join(1)  # it is on its way out: let it get there, so that its status is its own
        self.kill()
        code = self.process.exitcode
        if code is not None and code < 0:
            return f"the process was ended by {signal.Signals(-code).name}"
        return f"the process ended itself with status {code}"


class _Worker(Child):
    """A process that performs tasks."""

    def __init__(self, seconds: float, memory_bytes: int) -> None:
        super().__init__("worker", serve, seconds, memory_bytes)
        self.task: object = None
        self.began = 0.0

    def begin(self, name: object, task: bytes) -> bool:
        """Sends a task; False when there is no one to take it."""
        try:
            self.connection.send_bytes(task)
        except OSError:
            self.kill()
            return False
        self.task = name
        self.began = time.monotonic()
        return True

    def overdue(self, seconds: float) -> bytes:
        """Ends a worker that takes more than `seconds`, and says so, pickled."""
        self.kill()
        return pickle.dumps(TimedOut(seconds))

    def outcome(self, seconds: float) -> bytes:
        """What came of the task that was sent, pickled; the worker is dead afterwards unless it can serve again."""
        try:
            message = self.connection.recv_bytes()
        except (EOFError, OSError):
            cause = self.cause_of_death()
            is_spent = IS_MEASURED and self.process.exitcode == -signal.SIGPROF
            return pickle.dumps(TimedOut(seconds) if is_spent else Crashed(cause))
        if message.startswith(b"1"):
            self.kill()
        return message[1:]
