"""`symderiv derive`: the backward loops of a loop program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from symderiv.loops.analysis import analysed
from symderiv.loops.derivative import backward_of
from symderiv.loops.latex import latex_of_loops
from symderiv.loops.notation import lines_of
from symderiv.loops.numpy_code import python_of
from symderiv.model.diagnostic import Diagnostic
from symderiv.readers.loops import read


def derived_loops(path: Path, form: str) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The backward loops as text in a form, `loops`, `python` or `latex`, and what is wrong with the program.

    The text is None where the program cannot be read to its end, or may not be executed.
    """
    page = read(path)
    if page.diagnostics or not page.programs:
        return None, page.diagnostics
    program = replace(page.programs[0], backward=())
    findings = tuple(analysed(program))
    if findings:
        return None, findings
    derived = backward_of(program)
    if form == "python":
        return python_of(program, derived), ()
    if form == "latex":
        return latex_of_loops(derived), ()
    return "\n".join(lines_of(derived)) + "\n", ()
