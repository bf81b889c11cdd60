"""What a reader finds in a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from symderiv.model.derivation import Derivation
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.procedure import Procedure
from symderiv.model.program import Program


@dataclass(frozen=True)
class Page:
    """The derivations, loop programs and procedures of one file in order, and what is wrong with the file.

    `inputs` are the paths of other files that are read as a part of it, and that some of it may stand in.
    """

    path: str
    derivations: tuple[Derivation, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    programs: tuple[Program, ...] = ()
    procedures: tuple[Procedure, ...] = ()
    inputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reader:
    """Reads the files whose names end in one of `suffixes` (`.py`).  `read` never raises for what a file holds.

    `imports` are the modules that only such a file makes a run import.
    """

    suffixes: tuple[str, ...]
    read: Callable[[Path], Page]
    imports: tuple[str, ...] = ()
