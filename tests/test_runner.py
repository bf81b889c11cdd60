"""Every way in which a task can go wrong, and that none of them touches the tasks beside it."""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from symderiv.runner import Crashed, Finished, Outcome, OutOfMemory, Raised, TimedOut, Workers

MEGABYTE = 1 << 20


def act(wish: str) -> object:
    """A task that does what it is told."""
    return WISHES[wish]()


def endless() -> None:
    while True:
        pass


def stubborn() -> None:
    """Swallows every exception that a polite time limit would raise in it."""
    while True:
        with contextlib.suppress(BaseException):
            time.sleep(60)


def everything() -> list[bytearray]:
    hoard = []
    while True:
        hoard.append(bytearray(64 * MEGABYTE))


def recursion() -> int:
    return 1 + recursion()


HOARD: list[bytearray] = []


def keep() -> int:
    """Holds on to more than half of what a worker may have."""
    HOARD.append(bytearray(160 * MEGABYTE))
    return os.getpid()


def unknown_word() -> None:
    raise ValueError("unknown word")


WISHES: dict[str, Callable[[], object]] = {
    "answer": lambda: 42,
    "endless": endless,
    "stubborn": stubborn,
    "everything": everything,
    "large": lambda: bytes(8 * MEGABYTE),
    "exit": lambda: os._exit(3),
    "sys.exit": lambda: sys.exit("enough"),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "raise": unknown_word,
    "recursion": recursion,
    "unpicklable": lambda: lambda: None,
    "print": lambda: print("on standard output"),
    "input": lambda: sys.stdin.read(-1),
    "pid": os.getpid,
    "keep": keep,
}


def outcomes(*wishes: str, jobs: int = 1, seconds: float = 5, memory: int = 512 * MEGABYTE) -> list[Outcome[object]]:
    with Workers(jobs, seconds, memory) as workers:
        return list(workers.map(act, wishes))


def square(number: int) -> int:
    return number * number


def later(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def slow_first(number: int) -> int:
    time.sleep(0.2 if number == 0 else 0)
    return number


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_values_come_back_in_order(jobs: int) -> None:
    with Workers(jobs, 5, 512 * MEGABYTE) as workers:
        assert list(workers.map(square, range(50))) == [Finished(n * n) for n in range(50)]
        assert list(workers.map(slow_first, range(4))) == [Finished(n) for n in range(4)]
        assert list(workers.map(square, [])) == []


@pytest.mark.parametrize("wish", ["endless", "stubborn"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_task_that_never_ends_is_killed_at_the_deadline(wish: str, jobs: int) -> None:
    assert outcomes("answer", wish, "answer", jobs=jobs, seconds=0.3) == [Finished(42), TimedOut(0.3), Finished(42)]


def test_time_on_the_clock_alone_is_not_what_a_task_may_take() -> None:
    """It passes on a busy machine without anything being computed."""
    with Workers(1, 0.25, 512 * MEGABYTE) as workers:
        assert list(workers.map(later, [0.4, 0.4])) == [Finished(0.4), Finished(0.4)]


def test_a_task_that_allocates_everything_is_out_of_memory() -> None:
    assert outcomes("everything", "answer", "large") == [OutOfMemory(), Finished(42), Finished(bytes(8 * MEGABYTE))]


def test_a_task_that_ends_its_process_is_a_crash() -> None:
    crashed, killed, answer = outcomes("exit", "kill", "answer")
    assert crashed == Crashed("the process ended itself with status 3")
    assert killed == Crashed("the process was ended by SIGKILL")
    assert answer == Finished(42)


@pytest.mark.parametrize(
    ("wish", "type_name", "message"),
    [
        ("raise", "ValueError", "unknown word"),
        ("recursion", "RecursionError", "maximum recursion depth"),
        ("sys.exit", "SystemExit", "enough"),
        ("unpicklable", "", "local object"),
    ],
)
def test_what_a_task_raises_is_told(wish: str, type_name: str, message: str) -> None:
    raised, answer = outcomes(wish, "answer")
    assert isinstance(raised, Raised)
    assert type_name in raised.type_name
    assert message in raised.message
    assert raised.traceback_text.startswith("Traceback")
    assert answer == Finished(42)


def test_a_worker_is_used_again_until_it_dies() -> None:
    first, second, _, third = outcomes("pid", "pid", "exit", "pid")
    assert first == second != third
    assert Finished(os.getpid()) not in (first, third)


def test_a_worker_that_has_grown_is_replaced() -> None:
    first, second, third = outcomes("pid", "keep", "pid", memory=256 * MEGABYTE)
    assert first == second != third
    assert isinstance(third, Finished)


def test_tasks_neither_write_to_standard_output_nor_read_input(capfd: pytest.CaptureFixture[str]) -> None:
    assert outcomes("print", "input") == [Finished(None), Finished("")]
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err == "on standard output\n"


def test_leaving_early_leaves_no_process_behind(tmp_path: Path) -> None:
    with Workers(2, 30, 512 * MEGABYTE) as workers:
        run = workers.map(act, ["pid", "endless", "endless"])
        pid = next(run)
    assert isinstance(pid, Finished)
    with pytest.raises(ProcessLookupError):
        os.kill(int(str(pid.value)), 0)


def test_a_busy_caller_costs_no_task_its_outcome() -> None:
    with Workers(2, 0.1, 512 * MEGABYTE) as workers:
        seen = []
        for outcome in workers.map(square, range(5)):
            time.sleep(0.35)  # longer than a task may take
            seen.append(outcome)
    assert seen == [Finished(n * n) for n in range(5)]
