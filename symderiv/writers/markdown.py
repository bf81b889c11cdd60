"""The report as Markdown, with formulas between dollar signs."""

from __future__ import annotations

import re
from typing import TextIO

from symderiv.model.report import DerivationReport, FileReport, Report, StepReport
from symderiv.model.writer import Writer
from symderiv.writers.relations import SIGNS
from symderiv.writers.verdicts import conditions_of, counterexample_of, name_of, plain, repair_of, summary

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|$&])")


def write(report: Report, stream: TextIO) -> None:
    """Writes a section for each file and one below it for each derivation."""
    counts = ", ".join(f"{number} {word}" for word, number in summary(report).items() if number)
    stream.write(f"# Derivations\n\n{counts or 'no steps'}\n")
    for file in report.files:
        _file(file, stream)


def _file(file: FileReport, stream: TextIO) -> None:
    stream.write(f"\n## {_text(file.path)}\n")
    for diagnostic in file.diagnostics:
        place = f"{diagnostic.span.line}:{diagnostic.span.column}"
        stream.write(f"\n- line {place}: **{diagnostic.code}** {_text(diagnostic.message)}\n")
    for derivation in file.derivations:
        _derivation(derivation, stream)


def _derivation(derivation: DerivationReport, stream: TextIO) -> None:
    stream.write(f"\n### {_text(derivation.title or derivation.name)}\n")
    if derivation.source:
        stream.write(f"\nSource: {_text(derivation.source)}\n")
    for heading, formulas in (("Definitions", derivation.definitions), ("Assumptions", derivation.assumptions)):
        if formulas:
            stream.write(f"\n{heading}: " + ", ".join(f"${formula}$" for formula in formulas) + "\n")
    stream.write("\n")
    for number, step in enumerate(derivation.steps, 1):
        _step(number, step, stream)


def _step(number: int, step: StepReport, stream: TextIO) -> None:
    label = "**Claim.** " if step.label == "claim" else ""
    sign = SIGNS.get(step.relation, step.relation)
    stream.write(f"{number}. {label}${step.left} {sign} {step.right}$ \u2014 **{name_of(step.verdict)}**")
    if step.verdict.reason:
        stream.write(f": {_text(step.verdict.reason)}")
    stream.write("\n")
    for condition in conditions_of(step.verdict):
        stream.write(f"    - needs ${condition}$\n")
    example = counterexample_of(step.verdict)
    if example:
        for name, value in example.values.items():
            stream.write(f"    - at {_text(name)} = {_text(plain(value))}\n")
        stream.write(f"    - left side {_text(example.left)}, right side {_text(example.right)}\n")
    repair = repair_of(step.verdict)
    if repair:
        stream.write(f"    - holds instead: ${repair}$\n")


def _text(text: str) -> str:
    """Text on one line, with what Markdown would take for its own escaped."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


WRITER = Writer(name="markdown", suffix=".md", write=write)
