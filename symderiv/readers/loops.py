"""Loop programs (`.loops`): the `+=` notation as plain text, one statement a line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from symderiv.loops.capitals import summed
from symderiv.loops.shapes import Shapes
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.page import Page, Reader
from symderiv.model.program import Program
from symderiv.model.span import Span
from symderiv.readers.loop_claims import strange_names
from symderiv.readers.loop_lines import Found, Line, Lines
from symderiv.readers.loop_tokens import tokens_of

LONGEST_LINE = 20_000
"""Characters of a line; longer ones are refused."""


def read(path: Path) -> Page:
    """The program in a file, or what is wrong with it."""
    name = str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        place = Span(name, line, column, line, column + 1)
        return Page(name, (), (Diagnostic("not-decodable", place, f"not UTF-8: {error.reason}"),))
    except OSError as error:
        return Page(name, (), (Diagnostic("unreadable-file", Span(name, 1, 1, 1, 1), str(error.strerror)),))
    program, diagnostics = program_of(text, name)
    return Page(name, (), tuple(diagnostics), () if program is None else (program,))


def program_of(text: str, path: str = "<loops>") -> tuple[Program | None, list[Diagnostic]]:
    """The program that a text states, and what is wrong with it; None where it states nothing."""
    lines: list[Line] = []
    diagnostics: list[Diagnostic] = []
    for number, raw in enumerate(text.splitlines(), 1):
        if len(raw) > LONGEST_LINE:
            place = Span(path, number, 1, number, len(raw) + 1)
            diagnostics.append(Diagnostic("loop-syntax", place, f"a line of more than {LONGEST_LINE} characters"))
            continue
        expanded = raw.expandtabs(4)
        tokens = tokens_of(expanded, path, number)
        if len(tokens) > 1:
            lines.append(Line(len(expanded) - len(expanded.lstrip()), tokens))
    if not lines:
        return None, diagnostics
    program, found = resolved(Lines(lines).read(), path, diagnostics)
    title, source = described(text)
    return replace(program, title=title, source=source), found


def described(text: str) -> tuple[str, str]:
    """The comment that a text begins with, and what one that begins with `Source:` says."""
    first, *_ = text.splitlines() or [""]
    title = first.removeprefix("#").strip().rstrip(".") if first.startswith("#") else ""
    stated = (line for line in text.splitlines() if line.startswith("# Source:"))
    return title, next(stated, "").removeprefix("# Source:").strip()


def resolved(found: Found, path: str, diagnostics: list[Diagnostic]) -> tuple[Program, list[Diagnostic]]:
    """The program with all ranges and shapes."""
    declared = found.declared
    program = Program(
        path=path,
        forward=tuple(found.forward),
        shapes=dict(declared.shapes),
        inputs=tuple(declared.inputs),
        outputs=tuple(declared.outputs),
        integers=dict(declared.integers),
        constants=frozenset(declared.constants),
        unit=frozenset(declared.unit),
        sizes=dict(declared.sizes),
        assumptions=tuple(found.assumptions),
        backward=tuple(found.backward),
        named=tuple(found.named),
        averaged=dict(found.averaged),
        span=Span(path, 1, 1, 1, 1),
        claims=tuple(found.claims),
    )
    program, more = Shapes(declared, program).resolve()
    program = summed(program)
    return program, [*diagnostics, *found.diagnostics, *averages(program), *strange_names(program), *more]


def averages(program: Program) -> Iterator[Diagnostic]:
    """What is wrong with the sizes that gradients are averaged over."""
    for name, size in program.averaged.items():
        if size not in program.sizes:
            yield Diagnostic("unknown-name", program.span, f"{name} is averaged over {size}, which is no size here")


READER = Reader(suffixes=(".loops",), read=read, imports=("symderiv.programs",))
