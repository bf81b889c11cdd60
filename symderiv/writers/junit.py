"""JUnit's XML, which continuous integration services read: a suite for each derivation, a case for each step."""

from __future__ import annotations

import re
from typing import TextIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from symderiv.model.report import DerivationReport, FileReport, Report, StepReport
from symderiv.model.writer import Writer
from symderiv.writers.verdicts import SETTLED, details, name_of

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(report: Report, stream: TextIO) -> None:
    """Writes all suites as one document.  Refuted is a failure; what is not decided counts as skipped."""
    root = Element("testsuites", name="symderiv")
    for file in report.files:
        for derivation in file.derivations:
            _suite(root, file, derivation)
        if file.diagnostics:
            _diagnostics(root, file)
    ElementTree.indent(root)
    stream.write('<?xml version="1.0" encoding="utf-8"?>\n')
    stream.write(ElementTree.tostring(root, encoding="unicode") + "\n")


def _suite(root: Element, file: FileReport, derivation: DerivationReport) -> None:
    words = [name_of(step.verdict) for step in derivation.steps]
    failures = words.count("refuted")
    suite = SubElement(
        root,
        "testsuite",
        name=_text(f"{file.path}::{derivation.name}"),
        tests=str(len(words)),
        failures=str(failures),
        errors="0",
        skipped=str(sum(word not in SETTLED for word in words) - failures),
        time=f"{sum(step.seconds for step in derivation.steps):.3f}",
    )
    for number, (step, word) in enumerate(zip(derivation.steps, words, strict=True), 1):
        _case(suite, file, derivation, number, step, word)


def _case(
    suite: Element, file: FileReport, derivation: DerivationReport, number: int, step: StepReport, word: str
) -> None:
    case = SubElement(
        suite,
        "testcase",
        classname=_text(f"{file.path}::{derivation.name}"),
        name=f"step-{number} [line {step.span.line}]",
        file=_text(step.span.path),
        line=str(step.span.line),
        time=f"{step.seconds:.3f}",
    )
    if word not in SETTLED:
        statement = f"{step.left} {step.relation} {step.right}"
        mark = SubElement(case, "failure" if word == "refuted" else "skipped", message=_text(f"{word}: {statement}"))
        mark.text = _text("\n".join([str(step.span), *details(step)]))


def _diagnostics(root: Element, file: FileReport) -> None:
    count = str(len(file.diagnostics))
    suite = SubElement(root, "testsuite", name=_text(file.path), tests=count, failures="0", errors=count, skipped="0")
    for diagnostic in file.diagnostics:
        case = SubElement(suite, "testcase", classname=_text(file.path), name=diagnostic.code)
        error = SubElement(case, "error", message=_text(diagnostic.message))
        error.text = _text(f"{diagnostic.span}: {diagnostic.message}\n{diagnostic.hint}")


def _text(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


WRITER = Writer(name="junit", suffix=".xml", write=write)
