"""What a refuter is given and what it returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symderiv.kernel.models import Model
from symderiv.language.encode import Encoded


@dataclass(frozen=True)
class Refuter:
    """A search for counterexamples: `search(encoded, seed)` returns None where it finds none."""

    name: str
    cost: int
    search: Callable[[Encoded, int], Model | None]
