"""SARIF 2.1.0, which code scanning services read.

Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import TextIO

from symderiv.model.report import Report
from symderiv.model.verdict import JsonValue
from symderiv.model.writer import Writer
from symderiv.writers.findings import Finding, findings

_LEVELS = {"error": "error", "warning": "warning", "notice": "note"}


def write(report: Report, stream: TextIO) -> None:
    """Writes one SARIF run."""
    found = list(findings(report))
    rules: list[JsonValue] = [{"id": code} for code in sorted({finding.code for finding in found})]
    driver: dict[str, JsonValue] = {"name": "symderiv", "version": report.symderiv, "rules": rules}
    run: dict[str, JsonValue] = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in found],
    }
    document: JsonValue = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    json.dump(document, stream, indent=1, ensure_ascii=False)
    stream.write("\n")


def _result(finding: Finding) -> JsonValue:
    span = finding.span
    path = PurePath(span.path)
    region: JsonValue = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    location: JsonValue = {"artifactLocation": {"uri": _uri(path)}, "region": region}
    return {
        "ruleId": finding.code,
        "level": _LEVELS[finding.level],
        "message": {"text": f"{finding.title}\n{finding.message}"},
        "locations": [{"physicalLocation": location}],
    }


def _uri(path: PurePath) -> str:
    """A URI reference; `as_uri` knows absolute paths only, and its escapes serve relative ones too."""
    if path.is_absolute():
        return path.as_uri()
    return (PurePath("/") / path).as_uri().removeprefix("file:///")


WRITER = Writer(name="sarif", suffix=".sarif", write=write)
