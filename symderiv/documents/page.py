"""Documents to pages: each displayed formula is a derivation, each relation in it a step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from symderiv.documents.differential_entropies import tell_differential_entropies
from symderiv.documents.differentials import tell_differentials
from symderiv.documents.displays import Display, Row
from symderiv.documents.document import Document
from symderiv.documents.inherited import inherit
from symderiv.documents.labelled import labelled_names
from symderiv.documents.line import Line
from symderiv.documents.logarithms import tell_logarithms
from symderiv.documents.orders_of_size import tell_orders_of_size
from symderiv.documents.own_letters import tell_own_letters
from symderiv.documents.powers import tell_powers
from symderiv.documents.reading import displays_of, tell_calls_from_products
from symderiv.documents.roles import roles_of
from symderiv.documents.said_anew import tell_functions_said_anew
from symderiv.documents.section import Section
from symderiv.documents.steps import Steps
from symderiv.formulas import tree as t
from symderiv.formulas.operators import OPEN_PRODUCT, PRODUCT
from symderiv.formulas.source import Ambiguous, Source, Unfitting, Unread
from symderiv.model.derivation import Derivation, Stated, Step
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.page import Page
from symderiv.model.statement import Context

MOST = 3
"""How many conventions are tried both ways; a text that needs more of them stays unread at these places."""


@dataclass(frozen=True)
class _Reading:
    """The sections of a document under some conventions of reading."""

    sections: tuple[Section, ...]
    wrong: tuple[Unread, ...]


def page_of(document: Document) -> Page:
    """The derivations of a document, and what could not be read."""
    document = _with_labels(document)
    first = _read(document)
    readings = _all_readings(document, first)
    derivations: list[Derivation] = []
    diagnostics = [*document.diagnostics, *(problem.diagnostic for problem in first.wrong)]
    for number, section in enumerate(first.sections):
        others = [reading.sections[number] for reading in readings]
        judged = Steps(section)
        steps = [
            _in_all_readings(judged.step(place, line), line, place, others) for place, line in enumerate(section.lines)
        ]
        for display in section.displays:
            own = tuple(step for step, line in zip(steps, section.lines, strict=True) if line.display is display)
            if own:
                derivations.append(_derivation(document.source, display, own))
        diagnostics += _problems(section, steps)
    return Page(document.source.path, tuple(derivations), tuple(diagnostics), inputs=document.inputs)


def relations_of(document: Document) -> list[Row]:
    """The relations in the displays of a document, as they are read."""
    return [line.row for section in _read(_with_labels(document)).sections for line in section.lines]


def _with_labels(document: Document) -> Document:
    """The document with what it shows to be labels above names."""
    return replace(document, source=replace(document.source, labelled=labelled_names(document)))


def _read(document: Document) -> _Reading:
    wrong: list[Unread] = []
    displays = displays_of(document, wrong)
    groups = [list(group) for _, group in groupby(displays, key=lambda display: display.section)]
    tell_own_letters(groups)
    tell_differential_entropies(groups)
    for group in groups:
        tell_logarithms(document.source, group)
        tell_orders_of_size(group)
        tell_powers(group)
        tell_calls_from_products(group)
        tell_differentials(document.source, group)
        tell_functions_said_anew(document.source, group)
    roles = roles_of(displays)
    inherit(groups, roles)
    return _Reading(tuple(Section(document.source, group, roles) for group in groups), tuple(wrong))


def _all_readings(document: Document, reading: _Reading) -> list[_Reading]:
    """The document under every choice of the conventions on which its reading depends.

    An author keeps to one: within a text the same form has the same reading.
    """
    lines = [line for section in reading.sections for line in section.lines]
    open_ones = sorted({convention for line in lines if (convention := _convention(line))})
    if PRODUCT not in document.source.conventions and any(map(_has_open_products, reading.sections)):
        open_ones.insert(0, PRODUCT)
    if not open_ones or len(document.source.conventions) == MOST:
        return [reading]
    found: list[_Reading] = []
    for reaches in (False, True):
        source = replace(document.source, conventions={**document.source.conventions, open_ones[0]: reaches})
        other = replace(document, source=source)
        found += _all_readings(other, _read(other))
    return found


def _convention(line: Line) -> str:
    """The convention without which a relation could not be read; empty where that would not help."""
    return line.problem.convention if isinstance(line.problem, Ambiguous) else ""


def _has_open_products(section: Section) -> bool:
    r"""True where a product is read as ending before factors that it could take: `\prod_i x_i c`."""
    rows = (row for d in section.displays for row in (*d.rows, *d.inline, *d.local, *d.conditions, *d.limited))
    sides = (side for row in rows for side in (row.left, row.right) if side is not None)
    return any(isinstance(part, t.Total) and part.open for side in sides for part in t.walk(side))


def _in_all_readings(step: Step | Stated, line: Line, place: int, readings: Sequence[Section]) -> Step | Stated:
    """A relation with several readings as a step in all of them; as it was where it is none in one of them."""
    is_read = isinstance(step, Step) and not step.given
    if len(readings) == 1 or not (_convention(line) or is_read):
        return step
    found: list[Step] = []
    for section in readings:
        if isinstance(section.lines[place].problem, Unfitting):
            continue
        other = Steps(section).step(place, section.lines[place])
        if not isinstance(other, Step) or other.given:
            return step
        if other.statement not in (known.statement for known in found):
            found.append(other)
    if not found:
        return step
    others = tuple(known.statement for known in found[1:])
    if not others:
        return found[0]
    span = found[0].statement.span
    problem = Diagnostic("ambiguous", span, OPEN_PRODUCT) if line.problem is None and span is not None else None
    if line.problem is not None:
        problem = line.problem.diagnostic
    return replace(found[0], readings=others, ambiguity=problem, weaker=None)


def _derivation(source: Source, display: Display, steps: tuple[Step | Stated, ...]) -> Derivation:
    span = source.span(display.piece.start, display.piece.end)
    name = display.labels[0] if display.labels else f"line {span.line}"
    return Derivation(name, "", "", Context(), steps, None, span)


def _problems(section: Section, steps: Sequence[Step | Stated]) -> list[Diagnostic]:
    """What could not be read, without what the document says to ignore."""
    found = [(display, display.problem) for display in section.displays]
    found += [
        (line.display, line.problem)
        for step, line in zip(steps, section.lines, strict=True)
        if isinstance(step, Stated)
    ]
    return [
        problem.diagnostic
        for display, problem in found
        if problem is not None and problem.code not in {directive.ignored for directive in display.directives}
    ]
