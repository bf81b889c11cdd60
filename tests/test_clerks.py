"""What clerks do in several processes at once, with workers that they share."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from symderiv.clerks import Clerks, Runners
from symderiv.runner import Finished, TimedOut, Workers

MEGABYTE = 1 << 20


def square(number: int) -> int:
    return number * number


def sleeping(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def squares(workers: Runners, most: int) -> list[object]:
    return list(workers[0].map(square, range(most)))


def patient(workers: Runners, seconds: float) -> list[object]:
    return [type(outcome) for outcome in workers[0].map(sleeping, [seconds, 0.0])]


def processes(workers: Runners, tasks: int) -> tuple[int, set[object]]:
    return os.getpid(), {o.value for o in workers[0].map(sleeping, [0.01] * tasks) if isinstance(o, Finished)}


def beside(workers: Runners, tasks: int) -> list[set[object]]:
    return [{o.value for o in kind.map(sleeping, [0.01] * tasks) if isinstance(o, Finished)} for kind in workers]


def fickle(workers: Runners, number: int) -> list[object]:
    """Asks for much, takes what comes first, and asks for something else."""
    first = next(workers[0].map(square, range(number)))
    return [first, *workers[0].map(square, [number])]


def at_odds(workers: Runners, wish: str) -> None:
    WISHES[wish]()


WISHES: dict[str, Callable[[], object]] = {
    "file": lambda: Path("/nowhere/to/be/found").read_bytes(),
    "number": lambda: int("one"),
    "death": lambda: os.kill(os.getpid(), signal.SIGKILL),
}


def results(
    function: Callable[[Runners, Any], Any], *arguments: object, jobs: int = 2, seconds: float = 5
) -> list[Any]:
    with Workers(jobs, seconds, 512 * MEGABYTE) as workers, Clerks(jobs, workers) as clerks:
        return list(clerks.map(function, arguments))


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_every_argument_has_a_value_and_outcomes_come_in_order(jobs: int) -> None:
    found = results(squares, *range(12), jobs=jobs)
    assert sorted(found, key=len) == [[Finished(n * n) for n in range(most)] for most in range(12)]
    assert results(squares, jobs=jobs) == []


def test_a_clerk_performs_nothing_that_it_asks_workers_for() -> None:
    ((clerk, workers),) = results(processes, 8)
    assert clerk not in workers
    assert len(workers) == 2
    assert os.getpid() not in {clerk, *workers}


def test_there_are_never_more_workers_than_jobs() -> None:
    found = results(processes, *[4] * 6, jobs=2)
    assert len({clerk for clerk, _ in found}) == 2
    assert len(set().union(*(workers for _, workers in found))) == 2


def test_workers_of_one_kind_do_nothing_that_another_kind_is_asked_for() -> None:
    with (
        Workers(2, 5, 512 * MEGABYTE) as some,
        Workers(1, 5, 512 * MEGABYTE) as others,
        Clerks(2, some, others) as clerks,
    ):
        found = list(clerks.map(beside, [3, 3, 3]))
    one, other = (set().union(*processes) for processes in zip(*found, strict=True))
    assert one.isdisjoint(other)
    assert (len(one), len(other)) == (2, 1)


def test_what_one_clerk_asks_for_does_not_wait_for_what_another_one_asks_for() -> None:
    assert results(patient, 60.0, 0.0, 0.0, 0.0, seconds=1)[:3] == [[Finished, Finished]] * 3


def test_the_deadlines_of_workers_hold() -> None:
    assert results(patient, 60.0, jobs=1, seconds=0.3) == [[TimedOut, Finished]]


def test_outcomes_that_nobody_takes_are_not_taken_for_others() -> None:
    assert results(fickle, 9, 9, 9) == [[Finished(0), Finished(81)]] * 3


def test_what_goes_wrong_in_a_clerk_is_told() -> None:
    with pytest.raises(FileNotFoundError, match="nowhere"):
        results(at_odds, "file")
    with pytest.raises(RuntimeError, match="ValueError: invalid literal"):
        results(at_odds, "number")
    with pytest.raises(ChildProcessError, match="the process was ended by SIGKILL"):
        results(at_odds, "death")


def test_leaving_early_leaves_no_process_behind() -> None:
    with Workers(2, 30, 512 * MEGABYTE) as workers, Clerks(2, workers) as clerks:
        clerk, others = next(clerks.map(processes, [1, 1, 1]))
    for process in (clerk, *others):
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)
