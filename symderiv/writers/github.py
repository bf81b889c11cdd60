"""Workflow commands of GitHub: what is wrong shows beside the lines of a pull request."""

from __future__ import annotations

from typing import TextIO

from symderiv.model.report import Report
from symderiv.model.span import Span
from symderiv.model.writer import Writer
from symderiv.writers.findings import findings


def write(report: Report, stream: TextIO) -> None:
    """Writes one command for each finding, and nothing when all is well."""
    for finding in findings(report):
        place = _place(finding.span)
        stream.write(f"::{finding.level} {place},title={_property(finding.title)}::{_message(finding.message)}\n")


def _place(span: Span) -> str:
    ends = f",endColumn={span.end_column}" if span.end_line == span.line else ""
    return f"file={_property(span.path)},line={span.line},endLine={span.end_line},col={span.column}{ends}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


WRITER = Writer(name="github", suffix=".txt", write=write)
