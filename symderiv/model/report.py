"""The outcome of a run, in the shape of the JSON report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from symderiv.model.diagnostic import Diagnostic
from symderiv.model.span import Span
from symderiv.model.verdict import JsonValue, Verdict


@dataclass(frozen=True)
class StepReport:
    """One step with its verdict; `left` and `right` are LaTeX."""

    span: Span
    left: str
    relation: str
    right: str
    verdict: Verdict
    seconds: float
    label: str = ""


@dataclass(frozen=True)
class DerivationReport:
    """The steps of one derivation in order; the last one is the claim where there is one (`label` is `claim`)."""

    name: str
    title: str
    source: str
    line: int
    assumptions: tuple[str, ...]
    definitions: tuple[str, ...]
    steps: tuple[StepReport, ...]


@dataclass(frozen=True)
class FileReport:
    """What was found in one file."""

    path: str
    derivations: tuple[DerivationReport, ...]
    diagnostics: tuple[Diagnostic, ...]


def divided(file: FileReport, inputs: Iterable[str]) -> tuple[FileReport, ...]:
    """What was found in a file and in those that it inputs, each by itself."""
    paths = (file.path, *inputs)
    if len(paths) == 1:
        return (file,)
    derivations = defaultdict[str, list[DerivationReport]](list)
    for derivation in file.derivations:
        derivations[derivation.steps[0].span.path if derivation.steps else file.path].append(derivation)
    findings = defaultdict[str, list[Diagnostic]](list)
    for diagnostic in file.diagnostics:
        findings[diagnostic.span.path].append(diagnostic)
    return tuple(FileReport(path, tuple(derivations[path]), tuple(findings[path])) for path in dict.fromkeys(paths))


@dataclass(frozen=True)
class Report:
    """A whole run; `certificates` maps each `sha256:...` to its certificate, a JSON value that the kernel replays."""

    version: int
    symderiv: str
    files: tuple[FileReport, ...]
    certificates: dict[str, JsonValue]
