"""Running coqc: a file is compiled in a folder, and what stopped it is told by line."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from symderiv.coq.errors import CoqMissing, LibraryRejected

LIBRARY = "Symderiv"
"""The support library, and the logical name of the folder that files are compiled in."""

ALLOWED = frozenset(
    {
        "ClassicalDedekindReals.sig_forall_dec",
        "ClassicalDedekindReals.sig_not_dec",
        "Classical_Prop.classic",
        "FunctionalExtensionality.functional_extensionality_dep",
    }
)
"""The axioms on which the real numbers of Coq's standard library stand."""

HEADINGS = ("Axioms:", "Closed under the global context")
"""The lines of a list of axioms that name none."""


class Compiled(NamedTuple):
    """What coqc said: the line of the first error and its message, or "" where there is none; and its output."""

    line: int
    message: str
    output: str


class Coq:
    """coqc in a folder that holds the support library."""

    def __init__(self, folder: Path, limit: float) -> None:
        """Compiles the library; `limit` is the time in seconds for each file.

        Raises:
            CoqMissing: there is no coqc.
            LibraryRejected: this version of Coq does not accept the support library.
        """
        path = shutil.which("coqc")
        if path is None:
            raise CoqMissing
        self._path, self._folder, self._limit = path, folder, limit
        self.version = _version(self._run(["--version"]).stdout)
        library = files("symderiv.coq").joinpath(f"{LIBRARY}.v").read_text(encoding="utf-8")
        outcome = self.compile(LIBRARY, library)
        if outcome.message:
            raise LibraryRejected(self.version, outcome.message)

    def compile(self, name: str, text: str) -> Compiled:
        """Compiles a file, which may then be required by others."""
        (self._folder / f"{name}.v").write_text(text, encoding="utf-8")
        try:
            finished = self._run(["-q", "-R", ".", LIBRARY, f"{name}.v"])
        except subprocess.TimeoutExpired:
            return Compiled(0, f"stopped after {self._limit:g} s", "")
        if finished.returncode == 0:
            return Compiled(0, "", finished.stdout)
        return Compiled(_line_of(finished.stderr), _message_of(finished.stderr), finished.stdout)

    def _run(self, arguments: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self._path, *arguments],
            cwd=self._folder,
            timeout=self._limit,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )


def _version(text: str) -> str:
    found = re.search(r"version (\S+)", text)
    return found.group(1) if found else "of an unknown version"


def _line_of(text: str) -> int:
    found = re.search(r"^File \"[^\"]*\", line (\d+)", text, re.MULTILINE)
    return int(found.group(1)) if found else 0


def _message_of(text: str) -> str:
    """The first line of an error message, after what it says of the place where it arose."""
    _, mark, message = text.partition("Error:")
    lines = [line.strip() for line in (message if mark else text).splitlines() if line.strip()]
    if not lines:
        return "coqc failed and does not say why"
    return lines[-1] if lines[0].startswith("In environment") else lines[0]


def foreign_axioms(output: str) -> list[str]:
    """What `Print Assumptions` lists beside the axioms of the real numbers.

    Every line that starts at the margin is either known or counts as foreign.
    """
    margin = [line for line in output.splitlines() if line[:1].strip() and line.strip() not in HEADINGS]
    return [line.partition(" : ")[0] for line in margin if line.split()[0] not in ALLOWED]
