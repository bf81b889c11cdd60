"""Tasks in processes that are trusted like the parent, each of which may have other tasks performed by workers.

A clerk does what the parent would do itself, and several do it at once.  What it wants of workers it asks of the
parent, which starts them, watches their deadlines, and shares them out.
"""

from __future__ import annotations

import pickle
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, TypeVar

from symderiv.runner import Child, Finished, Outcome, Raised, Runner, Workers
from symderiv.worker import task_of

Argument = TypeVar("Argument")
Result = TypeVar("Result")
Runners = tuple[Runner, ...]


class Clerks:
    """At most `jobs` clerks, who share workers of several kinds.  A context manager, as these are."""

    def __init__(self, jobs: int, *kinds: Workers) -> None:
        self.jobs = max(1, jobs)
        self._kinds = kinds
        self._idle: list[_Clerk] = []
        self._busy: list[_Clerk] = []

    def __enter__(self) -> Clerks:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for clerk in (*self._idle, *self._busy):
            clerk.kill()
        self._idle.clear()
        self._busy.clear()

    def map(self, function: Callable[[Runners, Argument], Result], arguments: Iterable[Argument]) -> Iterator[Result]:
        """The value of `function` for each argument, as soon as it is known; it is given the workers of each kind.

        Raises: OSError where `function` does or where a clerk dies; RuntimeError for all else that `function` raises.
        """
        tasks = iter(arguments)
        while self._assign(function, tasks):
            events = [event for workers in self._kinds for event in workers.events()]
            patience = [left for workers in self._kinds if (left := workers.patience()) is not None]
            # Every question to the system about a pipe takes its time: one is enough for all of them.
            happened = frozenset(wait([*events, *(c.connection for c in self._busy)], min(patience, default=None)))
            for clerk in [clerk for clerk in self._busy if clerk.connection in happened]:
                result = clerk.heard()
                if result is not None:
                    self._busy.remove(clerk)
                    self._idle.append(clerk)
                    yield result.value
            for (errand, place), outcome in (found for workers in self._kinds for found in workers.finished(happened)):
                errand.outcomes.append((place, outcome))
                errand.at_work -= 1
            for clerk in self._busy:
                clerk.answer()

    def _assign(self, function: Callable[[Runners, Argument], Result], tasks: Iterator[Argument]) -> bool:
        """Gives tasks to clerks, and workers to the clerks that have the fewest; says whether any clerk is at work."""
        while len(self._busy) < self.jobs and (task := next(tasks, None)) is not None:
            clerk = self._idle.pop() if self._idle else _Clerk(len(self._kinds))
            clerk.connection.send_bytes(task_of(function, task))
            self._busy.append(clerk)
        for kind, workers in enumerate(self._kinds):
            while workers.has_room:
                errands = [c.errand for c in self._busy if c.errand.kind == kind and c.errand.waiting]
                if not errands:
                    break
                errand = min(errands, key=lambda errand: errand.at_work)
                place, wanted = errand.waiting.popleft()
                workers.begin((errand, place), wanted)
                errand.at_work += 1
        return bool(self._busy)


class _Errand:
    """What a clerk asks of workers of a kind: the tasks that wait, how many are at work, and what came of others."""

    def __init__(self, kind: int = 0, tasks: Iterable[bytes] = ()) -> None:
        self.kind = kind
        self.waiting = deque(enumerate(tasks))
        self.at_work = 0
        self.outcomes = deque[tuple[int, bytes]]()


class _Clerk(Child):
    """A process that performs tasks of `Clerks`."""

    def __init__(self, kinds: int) -> None:
        super().__init__("clerk", _attend, kinds)
        self.errand = _Errand()
        self._waits = False

    def heard(self) -> Finished[Any] | None:
        """Takes in what the clerk says; the value of its task, if it is that."""
        try:
            message = self.connection.recv()
        except (EOFError, OSError):
            raise ChildProcessError(f"a check did not end well: {self.cause_of_death()}") from None
        match message:
            case Finished():
                self.errand = _Errand()
                return message
            case Raised(traceback_text=text):
                raise RuntimeError(text)
            case OSError():
                raise message
            case None:
                self._waits = True
            case kind, tasks:
                self.errand = _Errand(kind, tasks)
        return None

    def answer(self) -> None:
        """Tells a clerk that waits for an outcome what there is.  One that does not is never sent anything."""
        if self._waits and self.errand.outcomes:
            self._waits = False
            self.connection.send(self.errand.outcomes.popleft())


class _Desk:
    """The workers of a kind, as a clerk sees them."""

    def __init__(self, parent: Connection, kind: int) -> None:
        self._parent = parent
        self._kind = kind

    def map(self, function: Callable[[Argument], Result], arguments: Iterable[Argument]) -> Iterator[Outcome[Result]]:
        """See `Workers.map`.  All arguments are taken at once."""
        tasks = [task_of(function, argument) for argument in arguments]
        outcomes: dict[int, Outcome[Result]] = {}
        self._parent.send((self._kind, tasks))
        for position in range(len(tasks)):
            while position not in outcomes:
                self._parent.send(None)
                place, outcome = self._parent.recv()
                outcomes[place] = pickle.loads(outcome)
            yield outcomes.pop(position)


def _attend(parent: Connection, inherited: Sequence[Connection], kinds: int) -> None:
    """Performs tasks from `parent` until it hangs up; `inherited` are ends of its pipes, which a fork copies."""
    for connection in inherited:
        connection.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then kills its clerks
    desks = tuple(_Desk(parent, kind) for kind in range(kinds))
    while True:
        try:
            task = parent.recv_bytes()
        except (EOFError, OSError):
            return
        result: object
        try:
            function, argument = pickle.loads(task)
            result = Finished(function(desks, argument))
        except OSError as error:
            result = error
        except Exception as error:  # the end of a process: the parent raises it again, with this traceback
            result = Raised(type(error).__name__, str(error), traceback.format_exc())
        parent.send(result)
