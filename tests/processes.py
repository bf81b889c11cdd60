"""What stands in for the processes of a check where a test is not about processes.

Workers are forks of the process that runs the tests, which is large: a fork for each of thousands of documents would
take as long as what they are asked.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from unittest.mock import patch

from symderiv import check
from symderiv.runner import Finished, Workers


class Here:
    """In the place of workers: tasks are done here and now, without limits."""

    def __init__(self, *limits: object) -> None: ...

    def __enter__(self) -> Here:
        return self

    def __exit__(self, *error: object) -> None: ...

    def map(self, function: Callable[[Any], Any], tasks: Iterable[Any]) -> Iterator[Finished[Any]]:
        return (Finished(function(task)) for task in tasks)


class ClerkHere(Here):
    """In the place of clerks."""

    def __init__(self, jobs: int, *kinds: Any) -> None:
        self.kinds = kinds

    def map(self, function: Callable[[Any, Any], Any], tasks: Iterable[Any]) -> Iterator[Any]:
        return (function(self.kinds, task) for task in tasks)


class Lasting(Workers):
    """Workers that go on when a check is over: the next one has them again."""

    def __exit__(self, *error: object) -> None: ...


_lasting = cache(Lasting)


@contextmanager
def lasting_workers() -> Iterator[None]:
    """Checks are done in this process; what they ask of workers, by some that last, which see nothing that is patched.

    Where something stands in for workers already, it goes on to do so.
    """
    if check.Workers is not Workers:
        yield
        return
    with patch.multiple(check, Workers=_lasting, Clerks=ClerkHere):
        yield
    gc.unfreeze()
