"""The report for people: a table of derivations, then every step that is not settled, at its place."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from symderiv.model.diagnostic import Diagnostic
from symderiv.model.report import Report, StepReport
from symderiv.model.writer import Writer
from symderiv.writers.verdicts import (
    NAMES,
    SETTLED,
    conditions_of,
    count,
    details,
    name_of,
    name_of_step,
    reasons_given,
    rules_of,
    steps_of,
    summary,
)

COLOURS = {
    "given": "cyan",
    "proved": "green",
    "refuted": "bold red",
    "gap": "yellow",
    "plausible": "yellow",
    "unknown": "yellow",
    "unread": "magenta",
}

MOST_LINES = 8
"""Further lines that are named where many steps are given for the same reason."""


def write(report: Report, stream: TextIO) -> None:
    """Writes the table, why steps are given, the steps to look at, the diagnostics, and a line that sums it all up."""
    console = _console(stream)
    if any(file.derivations for file in report.files):
        _print_tables(console, report)
    for file in report.files:
        for reason, steps in reasons_given(file).items():
            console.print(_given(reason, steps))
    for derivation, number, step in steps_of(report):
        if name_of(step.verdict) not in SETTLED or conditions_of(step.verdict):
            console.print()
            _print_step(console, step, name_of_step(derivation, number, step))
    for file in report.files:
        for diagnostic in file.diagnostics:
            console.print(_diagnostic(diagnostic))
    console.print(_summary(report))


def write_statement(report: Report, stream: TextIO) -> None:
    """Writes the statements of a report one by one: as understood, with verdict, rules, conditions, counterexample."""
    console = _console(stream)
    for file in report.files:
        for diagnostic in file.diagnostics:
            console.print(_diagnostic(diagnostic))
    for _, _, step in steps_of(report):
        _print_step(console, step, "")
        for rule in rules_of(step.verdict):
            _print_indented(console, f"by {rule}", "dim")


def _console(stream: TextIO) -> Console:
    """Colour on a terminal only; elsewhere no line is broken, so that `grep` finds what it looks for."""
    console = Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)
    if not console.is_terminal:
        console.width = 80
    return console


def _print_tables(console: Console, report: Report) -> None:
    """A table for each file, all with the same columns."""
    counts = summary(report)
    shown = [word for word in NAMES if counts[word]]
    names = max((len(chain.name) for file in report.files for chain in file.derivations), default=0)
    numbers = sum(len(word) + 2 for word in shown)
    titles = max(16, console.width - names - numbers - 4)
    console.print(Text(" " * (names + titles + 4)).append("  ".join(shown), style="bold"))
    for file in report.files:
        if not file.derivations:
            continue
        console.print(Text(file.path, style="bold"))
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
        table.add_column(width=names + 2, overflow="fold")
        table.add_column(width=titles - 2, style="dim", overflow="fold")
        for word in shown:
            table.add_column(width=len(word), justify="right", style=COLOURS[word])
        for chain in file.derivations:
            own = count(chain.steps)
            table.add_row(Text(f"  {chain.name}"), Text(chain.title), *(str(own[word] or "") for word in shown))
        console.print(table)


def _given(reason: str, steps: Sequence[StepReport]) -> Text:
    """One line for all steps of a file that are given for the same reason, at the place of the first."""
    lines = list(dict.fromkeys(step.span.line for step in steps))[1:]
    more = len(lines) - MOST_LINES if len(lines) > MOST_LINES + 1 else 0
    text = Text(f"{steps[0].span}: ", style="dim")
    text.append("given", style=COLOURS["given"])
    text.append(f": {reason}")
    if lines:
        shown = ", ".join(map(str, lines[: len(lines) - more]))
        text.append(f" (also line{'s' * (len(lines) > 1)} {shown}{f' and {more} more' * bool(more)})")
    return text


def _print_step(console: Console, step: StepReport, where: str) -> None:
    word = name_of(step.verdict)
    head = Text(f"{step.span}: " if where else "")
    head.append(word, style=COLOURS[word])
    head.append(f" ({where})" if where else "")
    console.print(head)
    _print_indented(console, step.left)
    _print_indented(console, f"{step.relation} {step.right}")
    for line in details(step):
        _print_indented(console, line, "dim")


def _print_indented(console: Console, text: str, style: str = "") -> None:
    """On a terminal a long line continues further in; elsewhere it stays whole."""
    width = max(40, console.width) if console.is_terminal else sys.maxsize
    for line in text.splitlines():
        rows = textwrap.wrap(
            line, width, initial_indent=" " * 4, subsequent_indent=" " * 8, break_on_hyphens=False, tabsize=4
        )
        for row in rows:
            console.print(Text(row, style=style))


def _diagnostic(diagnostic: Diagnostic) -> Text:
    text = Text(f"{diagnostic.span}: ")
    text.append(diagnostic.code, style="bold")
    text.append(f": {diagnostic.message}")
    if diagnostic.hint:
        text.append(f" ({diagnostic.hint})", style="dim")
    return text


def _summary(report: Report) -> Text:
    counts = summary(report)
    text = Text()
    for word in NAMES:
        if counts[word]:
            text.append(", " if text else "").append(f"{counts[word]} {word}", style=COLOURS[word])
    derivations = sum(len(file.derivations) for file in report.files)
    text.append(" in " if text else "no steps in ")
    text.append(f"{derivations} derivation{'s' * (derivations != 1)}, ")
    return text.append(f"{len(report.files)} file{'s' * (len(report.files) != 1)}")


WRITER = Writer(name="text", suffix=".txt", write=write)
