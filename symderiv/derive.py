"""`symderiv derive`: the backward loops of a loop program, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from symderiv.claims import cost_lines
from symderiv.loops.analysis import analysed
from symderiv.loops.derivative import backward_of
from symderiv.loops.latex import latex_of_loops
from symderiv.loops.notation import lines_of
from symderiv.loops.numpy_code import python_of
from symderiv.loops.operations import Model
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.program import Program
from symderiv.readers.loops import read


def _executable(path: Path) -> tuple[Program | None, tuple[Diagnostic, ...]]:
    """The forward part of the program in a file, None where it may not be executed, and what is wrong with it."""
    page = read(path)
    if page.diagnostics or not page.programs:
        return None, page.diagnostics
    program = replace(page.programs[0], backward=())
    findings = tuple(analysed(program))
    return (None, findings) if findings else (program, ())


def derived_costs(path: Path, models: Sequence[str]) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """Work and span of the forward and of the derived backward loops as text, under the models that are named, and the
    recurrences that a scan can compute; and what is wrong with the program, where the text is None.
    """
    program, findings = _executable(path)
    if program is None:
        return None, findings
    return "\n".join(cost_lines(program, [Model(name) for name in models])) + "\n", ()


def derived_loops(path: Path, form: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The backward loops as text in a form, `loops`, `python` or `latex`, and what is wrong with the program.

    The text is None where the program cannot be read to its end, or may not be executed.
    """
    program, findings = _executable(path)
    if program is None:
        return None, findings
    derived = backward_of(program)
    if form == "python":
        return python_of(program, derived), ()
    if form == "latex":
        return latex_of_loops(derived), ()
    return "\n".join(lines_of(derived)) + "\n", ()
