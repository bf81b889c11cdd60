"""How a row of a document was read: for `symderiv check --explain FILE:LINE`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sympy import latex

from symderiv.check import Options, check_paths
from symderiv.language.encode import latex_of_proposition
from symderiv.model.derivation import Stated, Step
from symderiv.model.report import StepReport
from symderiv.reading import read_page
from symderiv.writers.verdicts import details, name_of


def explain_row(path: Path, line: int, options: Options) -> str | None:
    """What a row says, in what context, and what was made of it; None where no relation stands on the line."""
    page = read_page(path)
    reports = check_paths([path], options).files[0].derivations
    own = [derivation for derivation in page.derivations if derivation.span.path == page.path]
    found: list[str] = []
    for derivation, report in zip(own, reports, strict=False):
        for step, verdict in zip(derivation.steps, report.steps, strict=False):
            span = step.span if isinstance(step, Stated) else step.statement.span
            if span is not None and span.line <= line <= span.end_line:
                found.append("\n".join(_lines(step, verdict)))
    return "\n\n".join(found) or None


def _lines(step: Step | Stated, report: StepReport) -> Iterator[str]:
    yield f"{report.span}: {name_of(report.verdict)}"
    yield f"  read as: {report.left} {report.relation} {report.right}"
    if isinstance(step, Stated):
        yield "  kind: a relation that is not checked"
    else:
        yield f"  kind: {_kind(step)}"
        context = step.statement.context
        for assumption in context.assumptions:
            yield f"  assumes: {latex_of_proposition(assumption)}"
        for definition in context.definitions:
            yield f"  by definition: {latex(definition.name)} := {latex(definition.body)}"
        if not step.complete:
            yield "  not all that is said of its names was read"
    for detail in details(report):
        yield f"  {detail}"


def _kind(step: Step) -> str:
    if step.recalled:
        return "a recalled formula, compared with the library"
    if step.given:
        return "given: a definition, a hypothesis or a model"
    return "an inference that continues the chain" if step.continues else "an inference"
