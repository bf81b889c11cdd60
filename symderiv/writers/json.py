"""The report as JSON: the stable contract that other programs read."""

from __future__ import annotations

import json
from typing import TextIO

from symderiv.model.diagnostic import Diagnostic
from symderiv.model.report import DerivationReport, FileReport, Report, StepReport
from symderiv.model.verdict import Counterexample, JsonValue
from symderiv.model.writer import Writer
from symderiv.writers.verdicts import (
    certificate_of,
    conditions_of,
    counterexample_of,
    name_of,
    repair_of,
    rules_of,
    summary,
)


def write(report: Report, stream: TextIO) -> None:
    """Writes the report as one JSON document.  Every certificate has a line of its own, for no one reads in them."""
    shown = json.dumps({**document(report), "certificates": {}}, indent=1, ensure_ascii=False)
    lines = (f'\n  "{name}": {json.dumps(found)}' for name, found in sorted(report.certificates.items()))
    stream.write(shown.removesuffix("}\n}") + ",".join(lines) + "\n }\n}\n")


def document(report: Report) -> dict[str, JsonValue]:
    """The report as a JSON value, with its keys in a fixed order."""
    return {
        "version": report.version,
        "symderiv": report.symderiv,
        "files": [_file(file) for file in report.files],
        "summary": dict(summary(report).items()),
        "certificates": dict(sorted(report.certificates.items())),
    }


def _file(file: FileReport) -> JsonValue:
    return {
        "path": file.path,
        "derivations": [_derivation(derivation) for derivation in file.derivations],
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in file.diagnostics],
    }


def _derivation(derivation: DerivationReport) -> JsonValue:
    return {
        "name": derivation.name,
        "title": derivation.title,
        "line": derivation.line,
        "steps": [_step(step) for step in derivation.steps],
    }


def _step(step: StepReport) -> JsonValue:
    return {
        "line": step.span.line,
        "column": step.span.column,
        "end_line": step.span.end_line,
        "end_column": step.span.end_column,
        "left": step.left,
        "relation": step.relation,
        "right": step.right,
        "verdict": name_of(step.verdict),
        "rules": list(rules_of(step.verdict)),
        "conditions": list(conditions_of(step.verdict)),
        "reason": step.verdict.reason,
        "counterexample": _counterexample(counterexample_of(step.verdict)),
        "repair": repair_of(step.verdict),
        "seconds": round(step.seconds, 6),
        "certificate": certificate_of(step.verdict),
    }


def _counterexample(example: Counterexample | None) -> JsonValue:
    if example is None:
        return None
    values = dict(example.values.items())
    return {"values": values, "left": example.left, "right": example.right, "where": example.where}


def _diagnostic(diagnostic: Diagnostic) -> JsonValue:
    return {
        "code": diagnostic.code,
        "line": diagnostic.span.line,
        "column": diagnostic.span.column,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
    }


WRITER = Writer(name="json", suffix=".json", write=write)
