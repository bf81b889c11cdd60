"""Documents through the whole flow: what is said of each relation, by line."""

from __future__ import annotations

from pathlib import Path

from symderiv.check import Options, check_paths
from symderiv.model.report import FileReport, StepReport
from symderiv.writers.verdicts import name_of
from tests.processes import lasting_workers


def checked(folder: Path, text: str, name: str = "text.tex") -> FileReport:
    """The report on a document with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    with lasting_workers():
        return check_paths([path], Options(jobs=1, cache=False)).files[0]


def steps_of(report: FileReport) -> list[StepReport]:
    """Every relation of a document in order."""
    return [step for derivation in report.derivations for step in derivation.steps]


def verdicts(report: FileReport) -> list[str]:
    """The words for the verdicts on every relation in order."""
    return [name_of(step.verdict) for step in steps_of(report)]


def wrong_lines(report: FileReport) -> set[int]:
    """The lines of the relations that are neither given nor proved."""
    return {step.span.line for step in steps_of(report) if name_of(step.verdict) not in ("given", "proved")}
