"""What writes a report."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TextIO

from symderiv.model.report import Report


@dataclass(frozen=True)
class Writer:
    """Writes a report in the format `name`; its files end in `suffix`."""

    name: str
    suffix: str
    write: Callable[[Report, TextIO], None]
