"""Documents to pages: each displayed formula is a derivation, each relation in it a step."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from symderiv.documents.document import Document
from symderiv.documents.reading import Display, displays_of, tell_calls_from_products
from symderiv.documents.roles import roles_of
from symderiv.documents.section import Section
from symderiv.formulas.source import Source, Unread
from symderiv.model.derivation import Derivation
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.page import Page
from symderiv.model.statement import Context


def page_of(document: Document) -> Page:
    """The derivations of a document, and what could not be read."""
    wrong: list[Unread] = []
    displays = displays_of(document, wrong)
    for _, group in groupby(displays, key=lambda display: display.section):
        tell_calls_from_products(list(group))
    roles = roles_of(displays)
    derivations: list[Derivation] = []
    diagnostics = [*document.diagnostics, *(problem.diagnostic for problem in wrong)]
    for _, group in groupby(displays, key=lambda display: display.section):
        section_displays = list(group)
        section = Section(document.source, section_displays, roles)
        derivations += [d for display in section_displays if (d := _derivation(document.source, section, display))]
        diagnostics += _problems(section, section_displays)
    return Page(document.source.path, tuple(derivations), tuple(diagnostics))


def _derivation(source: Source, section: Section, display: Display) -> Derivation | None:
    steps = section.steps(display)
    if not steps:
        return None
    span = source.span(display.piece.start, display.piece.end)
    name = display.labels[0] if display.labels else f"line {span.line}"
    return Derivation(name, "", "", Context(), steps, None, span)


def _problems(section: Section, displays: Sequence[Display]) -> list[Diagnostic]:
    """What could not be read, without what the document says to ignore."""
    found = [(display, display.problem) for display in displays]
    found += [(line.display, line.problem) for line in section.lines]
    return [
        problem.diagnostic
        for display, problem in found
        if problem is not None and problem.code not in {directive.ignored for directive in display.directives}
    ]
