"""Procedures that build computation graphs: from what is wrong with them to a report.

That a procedure builds what equations define is decided from its text, for all sizes, and not proved by the kernel: the
equations of one that is accepted are given.
"""

from __future__ import annotations

from pathlib import PurePath

from symderiv.model.diagnostic import Diagnostic
from symderiv.model.procedure import Procedure
from symderiv.model.report import DerivationReport, StepReport
from symderiv.model.verdict import Given, Unknown, Unread, Verdict
from symderiv.recurrences import check_procedure
from symderiv.runner import Finished, Outcome

ACCEPTED = "the procedure builds it, for all sizes; decided from its text, not proved"


def examined_procedure(procedure: Procedure) -> list[Diagnostic]:
    """What is wrong with a procedure; to be called in a worker."""
    return check_procedure(procedure)


def judged_procedure(
    procedure: Procedure, outcome: Outcome[list[Diagnostic]], seconds: float
) -> tuple[DerivationReport, tuple[Diagnostic, ...]]:
    """The report on a procedure, with a step for each equation, and what is wrong."""
    verdict: Verdict = Unknown("the check of the procedure did not end")
    findings: tuple[Diagnostic, ...] = ()
    if isinstance(outcome, Finished):
        findings = tuple(outcome.value)
        verdict = Unread(f"the procedure is not accepted: {findings[0].message}") if findings else Given(ACCEPTED)
    said = "accepted" if isinstance(verdict, Given) else "not accepted"
    steps = tuple(StepReport(e.span, e.left, "=", e.right, verdict, seconds) for e in procedure.equations)
    name = procedure.name or PurePath(procedure.text.path).stem
    title = f"{procedure.title}: {said}"
    return DerivationReport(name, title, procedure.source, procedure.span.line, (), (), steps), findings
