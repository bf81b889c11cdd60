"""What a run says to the shell."""

from __future__ import annotations

from symderiv.model.report import Report
from symderiv.writers.verdicts import SETTLED, summary

RIGHT, WRONG, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
"""Nothing wrong; something refuted; bad usage, or a file that could not be read to its end; Ctrl-C."""

NOTES = frozenset({"no-derivations", "input-skipped", "right-result", "idle-hypothesis"})
"""Diagnostics that say nothing is wrong."""

UNREADABLE = frozenset(
    {
        "unreadable-file",
        "not-decodable",
        "too-large",
        "invalid-json",
        "invalid-notebook",
        "unknown-suffix",
        "syntax-error",
        "script-error",
        "script-exit",
        "time-limit",
        "memory-limit",
        "reader-crashed",
        "reader-failed",
    }
)
"""Diagnostics that say a file could not be read to its end."""


def status_of(report: Report, strict: bool) -> int:
    """The exit status for a report.  With `strict`, whatever is not given or proved counts as wrong."""
    codes = {diagnostic.code for file in report.files for diagnostic in file.diagnostics} - NOTES
    if codes & UNREADABLE:
        return UNUSABLE
    counts = summary(report)
    unsettled = sum(number for word, number in counts.items() if word not in SETTLED)
    return WRONG if codes or counts["refuted"] or (strict and unsettled) else RIGHT
