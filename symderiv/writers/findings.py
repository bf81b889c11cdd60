"""What a run found fault with, in the shape that code review tools want."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from symderiv.model.report import Report
from symderiv.model.span import Span
from symderiv.writers.verdicts import SETTLED, details, name_of, name_of_step, steps_of

Level = Literal["error", "warning", "notice"]

_LEVELS: dict[str, Level] = {"refuted": "error", "gap": "warning", "unread": "warning"}


@dataclass(frozen=True)
class Finding:
    """A step that is not settled, or a diagnostic; `code` is the verdict's word or the diagnostic's code."""

    code: str
    level: Level
    title: str
    message: str
    span: Span


def findings(report: Report) -> Iterator[Finding]:
    """Every finding of a run: the diagnostics first, then the steps."""
    for file in report.files:
        for diagnostic in file.diagnostics:
            level: Level = "notice" if diagnostic.code in ("no-derivations", "idle-hypothesis") else "error"
            message = "\n".join(filter(None, (diagnostic.message, diagnostic.hint)))
            yield Finding(diagnostic.code, level, diagnostic.code, message, diagnostic.span)
    for derivation, number, step in steps_of(report):
        word = name_of(step.verdict)
        if word not in SETTLED:
            message = "\n".join([f"{step.left} {step.relation} {step.right}", *details(step)])
            title = f"{name_of_step(derivation, number, step)}: {word}"
            yield Finding(word, _LEVELS.get(word, "notice"), title, message, step.span)
