"""Every step of a derivation as a test item.

Switched on by `symderiv_derivations = true` in the configuration of pytest, or by `--symderiv`.  Since any project that
has symderiv installed loads this module, nothing but pytest is imported before that.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from _pytest._code.code import TerminalRepr

    from symderiv.model.diagnostic import Diagnostic
    from symderiv.model.report import DerivationReport, FileReport, StepReport

_TIMEOUT = 10.0
_SCRIPT = re.compile(rb"^(?:from symderiv import|# symderiv)\b", re.MULTILINE)
"""How a derivation script shows itself; the comment is for one that takes its words from a module of its own."""


class UnsettledError(Exception):
    """A step that is not settled, or a diagnostic; its message is all there is to say of it."""


class DerivationFile(pytest.File):
    """A file with derivations.  It is checked when it is collected, once in each process of a distributed run."""

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """The derivations of the file, then an item for everything else that is wrong with it."""
        from symderiv.exit_status import NOTES

        for file in self._check():
            for derivation in file.derivations:
                yield DerivationSteps.from_parent(self, name=derivation.name, derivation=derivation)
            for diagnostic in file.diagnostics:
                if diagnostic.code not in NOTES:
                    yield DiagnosticItem.from_parent(self, diagnostic=diagnostic)

    def _check(self) -> tuple[FileReport, ...]:
        from symderiv.check import Options, check_paths
        from symderiv.model.diagnostic import SymderivError

        distributed = "PYTEST_XDIST_WORKER" in os.environ
        jobs = 1 if distributed else os.cpu_count() or 1
        try:
            return check_paths([_shown(self.path)], Options(jobs=jobs, timeout=_TIMEOUT, seed=0, cache=True)).files
        except SymderivError as error:
            raise self.CollectError(str(error)) from error


class DerivationSteps(pytest.Collector):
    """The steps of one derivation."""

    def __init__(self, *, derivation: DerivationReport, **node: object) -> None:
        super().__init__(**node)  # type: ignore[arg-type]  # what pytest itself gives to a node
        self.derivation = derivation

    def collect(self) -> Iterator[pytest.Item]:
        """One item for each step."""
        for number, step in enumerate(self.derivation.steps, 1):
            word = "claim" if step.label == "claim" else f"step-{number}"
            yield StepItem.from_parent(self, name=f"{word} [line {step.span.line}]", step=step)


class FaultItem(pytest.Item):
    """An item that fails with a message in place of a traceback."""

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str | TerminalRepr:
        """The message of a fault; anything else is shown as pytest shows it."""
        return str(excinfo.value) if isinstance(excinfo.value, UnsettledError) else super().repr_failure(excinfo)


class StepItem(FaultItem):
    """Passes when its step is given or proved."""

    def __init__(self, *, step: StepReport, **node: object) -> None:
        super().__init__(**node)  # type: ignore[arg-type]  # what pytest itself gives to a node
        self.step = step

    def runtest(self) -> None:
        """Raises: UnsettledError, with the place, both sides and the counterexample."""
        from symderiv.writers.verdicts import SETTLED, details, name_of

        step = self.step
        word = name_of(step.verdict)
        if word not in SETTLED:
            lines = (step.left, f"{step.relation} {step.right}", *details(step))
            raise UnsettledError("\n".join([f"{step.span}: {word}", *(f"    {line}" for line in lines)]))

    def reportinfo(self) -> tuple[Path, int, str]:
        """The place of the step, its line counted from 0."""
        return self.path, self.step.span.line - 1, self.name


class DiagnosticItem(FaultItem):
    """Always fails."""

    def __init__(self, *, diagnostic: Diagnostic, **node: object) -> None:
        super().__init__(name=f"{diagnostic.code} [line {diagnostic.span.line}]", **node)  # type: ignore[arg-type]
        self.diagnostic = diagnostic

    def runtest(self) -> None:
        """Raises: UnsettledError, with the diagnostic."""
        found = self.diagnostic
        lines = [f"{found.span}: {found.message}", f"    {found.hint}"]
        raise UnsettledError("\n".join(lines if found.hint else lines[:1]))

    def reportinfo(self) -> tuple[Path, int, str]:
        """The place of the diagnostic, its line counted from 0."""
        return self.path, self.diagnostic.span.line - 1, self.name


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declares the two ways to switch this on."""
    text = "collect every step of the derivations in derivation scripts as a test"
    parser.getgroup("symderiv").addoption("--symderiv", action="store_true", default=False, help=text)
    parser.addini("symderiv_derivations", text, type="bool", default=False)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collects derivation scripts that are found in folders; see below for those that are named."""
    is_script = file_path.suffix == ".py"
    if (is_script and parent.session.isinitpath(file_path)) or not _is_wanted(file_path, parent.config):
        return None
    return DerivationFile.from_parent(parent, path=file_path)


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Takes a script that is named on the command line, which pytest would else import as a module of tests."""
    if not parent.session.isinitpath(module_path) or not _is_wanted(module_path, parent.config):
        return None
    return DerivationFile.from_parent(parent, path=module_path)


def _is_wanted(path: Path, config: pytest.Config) -> bool:
    """Whether this is switched on, and `path` is a loop program or a derivation script, not tests or other Python."""
    if not (config.getoption("--symderiv") or config.getini("symderiv_derivations")):
        return False
    if path.suffix == ".loops":
        return True
    if path.suffix != ".py" or any(path.match(pattern) for pattern in ("conftest.py", *config.getini("python_files"))):
        return False
    return _SCRIPT.search(path.read_bytes()) is not None


def _shown(path: Path) -> Path:
    """The path as a user would type it."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
