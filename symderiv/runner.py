"""Tasks in worker processes with hard limits: no task can hang the run, exhaust the machine or end the parent.

A worker is forked when it is first needed, so it starts with all that the parent has imported, and it is used again for
the next task.  The parent kills it at the deadline; a killed or dead worker is replaced, and the other tasks go on.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, Pipe, wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import TypeVar

from symderiv.worker import Crashed, Finished, Outcome, OutOfMemory, Raised, TimedOut, received, serve

__all__ = ["Crashed", "Finished", "OutOfMemory", "Outcome", "Raised", "TimedOut", "Workers"]

Argument = TypeVar("Argument")
Result = TypeVar("Result")

_FORKS = "fork" in multiprocessing.get_all_start_methods()
_CONTEXT = multiprocessing.get_context("fork") if _FORKS else multiprocessing.get_context("spawn")


class Workers:
    """At most `jobs` processes, each with `seconds` for a task and `memory_bytes` beyond what it starts with.

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
        tasks = enumerate(arguments)
        outcomes: dict[int, Outcome[Result]] = {}
        position = 0
        try:
            while self._assign(function, tasks):
                for worker in self._ready():
                    outcomes[worker.position] = worker.outcome(self.seconds)
                    self._busy.remove(worker)
                    if worker.alive:
                        self._idle.append(worker)
                self._assign(function, tasks)  # keep the workers working while the caller looks at what there is
                while position in outcomes:
                    yield outcomes.pop(position)
                    position += 1
        finally:
            for worker in self._busy:
                worker.kill()
            self._busy.clear()

    def _assign(self, function: Callable[[Argument], Result], tasks: Iterator[tuple[int, Argument]]) -> bool:
        """Gives every free worker a task, starts missing ones, and says whether any is at work."""
        while len(self._busy) < self.jobs and (task := next(tasks, None)) is not None:
            position, argument = task
            payload = pickle.dumps((function, argument), pickle.HIGHEST_PROTOCOL)
            worker = self._idle.pop() if self._idle else self._start()
            while not worker.begin(position, payload):  # it died while it was idle
                worker = self._idle.pop() if self._idle else self._start()
            self._busy.append(worker)
        return bool(self._busy)

    def _start(self) -> _Worker:
        others = tuple(worker.connection for worker in (*self._idle, *self._busy))
        return _Worker(self.seconds, self.memory_bytes, others)

    def _ready(self) -> list[_Worker]:
        """Waits until some worker is done, dead or past its deadline."""
        deadline = min(worker.began for worker in self._busy) + self.seconds
        events = [event for worker in self._busy for event in (worker.connection, worker.process.sentinel)]
        happened = set(wait(events, max(0.0, deadline - time.monotonic())))
        late = time.monotonic() - self.seconds
        return [
            worker
            for worker in self._busy
            if worker.connection in happened or worker.process.sentinel in happened or worker.began <= late
        ]


class _Worker:
    """One process, as the parent sees it."""

    def __init__(self, seconds: float, memory_bytes: int, others: tuple[Connection, ...]) -> None:
        self.connection, end = Pipe()
        inherited = (*others, self.connection) if _FORKS else ()
        self.process: BaseProcess = _CONTEXT.Process(
            target=serve, args=(end, inherited, seconds, memory_bytes), name="symderiv-worker", daemon=True
        )
        self.process.start()
        end.close()
        self.alive = True
        self.position = -1
        self.began = 0.0

    def begin(self, position: int, payload: bytes) -> bool:
        """Sends a task; False when there is no one to take it."""
        try:
            self.connection.send_bytes(payload)
        except OSError:
            self.kill()
            return False
        self.position = position
        self.began = time.monotonic()
        return True

    def outcome(self, seconds: float) -> Outcome[Result]:
        """What came of the task that was sent; the worker is dead afterwards unless it can serve again."""
        try:
            # Whether the process lives is asked of its sentinel: a dying one closes its files one after the other.
            if not wait([self.connection, self.process.sentinel], 0):
                self.kill()
                return TimedOut(seconds)
            answer: Outcome[Result]
            answer, has_grown = received(self.connection.recv_bytes())
        except (EOFError, OSError):
            self.process.join(1)  # it hung up on its way out: let it get there, so that its status is its own
            self.kill()
            return Crashed(_cause_of_death(self.process.exitcode))
        # What is left of a memory that ran out may be torn; one that is half full leaves little for the next task.
        if isinstance(answer, OutOfMemory) or has_grown:
            self.kill()
        return answer

    def kill(self) -> None:
        """Ends the process at once."""
        self.alive = False
        self.process.kill()
        self.process.join()
        self.connection.close()


def _cause_of_death(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return f"the process was ended by {signal.Signals(-exit_code).name}"
    return f"the process ended itself with status {exit_code}"
