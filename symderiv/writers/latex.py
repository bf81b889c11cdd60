"""Whole proofs in LaTeX (amsmath): what is assumed, the chain, and beside each relation its reason in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO, assert_never

from symderiv.model.report import DerivationReport, Report, StepReport
from symderiv.model.verdict import Gap, Given, Plausible, Proved, Refuted, Unknown, Unread, Verdict
from symderiv.model.writer import Writer
from symderiv.writers.latex_text import broken, escaped
from symderiv.writers.relations import SIGNS
from symderiv.writers.verdicts import conditions_of, counterexample_of, plain, repair_of

_PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage[a4paper,margin=22mm]{geometry}
\usepackage{amsmath,amssymb}
\allowdisplaybreaks
\setlength{\parindent}{0pt}
\setlength{\parskip}{4pt}
\raggedbottom
\newcommand{\reason}[2]{\tag*{\parbox[t]{52mm}{\raggedright\footnotesize #1~#2}}}
\newcommand{\given}{$\circ$}
\newcommand{\proved}{\checkmark}
\newcommand{\refuted}{$\boldsymbol{\times}$}
\newcommand{\undecided}{\textbf{?}}
"""

_LEGEND = r"\given\ given, \proved\ proved, \refuted\ refuted, \undecided\ not decided."


def write(report: Report, stream: TextIO) -> None:
    """Writes one document with a section for each derivation."""
    stream.write(_PREAMBLE + "\\begin{document}\n")
    stream.write(f"{{\\footnotesize {_LEGEND}}}\n")
    for file in report.files:
        for derivation in file.derivations:
            stream.writelines(f"{line}\n" for line in _derivation(derivation))
    stream.write("\\end{document}\n")


def _derivation(derivation: DerivationReport) -> Iterator[str]:
    steps = [step for step in derivation.steps if step.label != "claim"]
    claims = [step for step in derivation.steps if step.label == "claim"]
    yield ""
    yield f"\\section*{{{escaped(derivation.title or derivation.name)}}}"
    if derivation.source:
        yield f"Source: {escaped(derivation.source)}"
    for heading, formulas in (("Definitions", derivation.definitions), ("Assumptions", derivation.assumptions)):
        if formulas:
            yield f"\\paragraph{{{heading}.}} " + ",\\quad ".join(f"${formula}$" for formula in formulas)
    for claim in claims:
        yield "\\paragraph{Claim.}"
        yield from _rows("gather*", [_whole(claim)])
        yield from _remarks(claim)
    if steps:
        yield "\\paragraph{Derivation.}"
        yield from _chain(steps)


def _chain(steps: Iterable[StepReport]) -> Iterator[str]:
    """The rows of one `align*`; a left side stands only where the chain starts anew."""
    rows: list[str] = []
    remarks: list[str] = []
    previous = None
    for number, step in enumerate(steps, 1):
        if step.left != previous:
            rows.extend(f"& {part}" for part in broken(step.left))
        sign = SIGNS.get(step.relation, step.relation)
        parts = broken(step.right)
        reason = f"\\reason{{{_mark(step.verdict)}}}{{({number}) {escaped(step.verdict.reason)}}}"
        rows.append(f"&\\quad {sign} {parts[0]} {reason}")
        rows.extend(f"&\\qquad {part} \\notag" for part in parts[1:])
        notes = list(_remarks(step))
        if notes:
            remarks.append(f"\\item[({number})] " + " ".join(notes))
        previous = step.right
    yield from _rows("align*", rows)
    if remarks:
        yield "\\begin{itemize}"
        yield from remarks
        yield "\\end{itemize}"


def _whole(step: StepReport) -> str:
    rows = [*broken(step.left), *broken(f"{SIGNS.get(step.relation, step.relation)} {step.right}")]
    statement = f"{step.left} {SIGNS.get(step.relation, step.relation)} {step.right}"
    body = (
        statement
        if len(broken(statement)) == 1
        else "\n".join(["\\begin{aligned}", " \\\\\n".join(f"& {row}" for row in rows), "\\end{aligned}"])
    )
    return f"{body} \\reason{{{_mark(step.verdict)}}}{{{escaped(step.verdict.reason)}}}"


def _rows(environment: str, rows: list[str]) -> Iterator[str]:
    yield f"\\begin{{{environment}}}"
    yield " \\\\\n".join(rows)
    yield f"\\end{{{environment}}}"


def _remarks(step: StepReport) -> Iterator[str]:
    """What does not fit beside a step: its conditions, its counterexample."""
    conditions = conditions_of(step.verdict)
    if conditions:
        yield "Needs " + ", ".join(f"${condition}$" for condition in conditions) + "."
    example = counterexample_of(step.verdict)
    if example:
        values = "; ".join(f"{name} = {plain(value)}" for name, value in example.values.items())
        yield escaped(f"At {values} the left side is {example.left}, the right side {example.right}.")
    repair = repair_of(step.verdict)
    if repair:
        yield f"It holds that ${repair}$."


def _mark(verdict: Verdict) -> str:
    match verdict:
        case Given():
            return r"\given"
        case Proved():
            return r"\proved"
        case Refuted():
            return r"\refuted"
        case Gap() | Plausible() | Unknown() | Unread():
            return r"\undecided"
        case _:
            assert_never(verdict)


WRITER = Writer(name="latex", suffix=".tex", write=write)
