"""How a run is run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """How to run: processes, seconds for each step, the seed of random instances, whether to use the cache.

    With `second_reader`, what latex2sympy2 reads otherwise in a document is not decided.  With `idle`, hypotheses that
    no proof needs are told.
    """

    jobs: int = 1
    timeout: float = 10.0
    seed: int = 0
    cache: bool = True
    second_reader: bool = False
    idle: bool = False
