"""Procedures in the listings of a document: those that name their equations in comments of their own.

    # symderiv: given X[T+1]
    # symderiv: H[0] = CELL(Phi, X[0], ZERO)
    # symderiv: H[t] = CELL(Phi, X[t], H[t-1]) for 1 <= t <= T

A listing without such a comment is no business of symderiv.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from textwrap import dedent

from symderiv.formulas.source import Source
from symderiv.model.diagnostic import Diagnostic, SymderivError
from symderiv.model.procedure import Equation, Procedure, Text
from symderiv.model.program import Affine
from symderiv.model.span import Span
from symderiv.readers.procedure_equations import checked, equation_of, length_of, misuse

BLOCK = re.compile(
    r"^[^%\n]*\\begin\{(?P<name>verbatim|lstlisting|minted)\}[^\n]*\n(?P<latex>.*?)^[ \t]*\\end\{(?P=name)\}"
    r"|^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})[ \t]*python[ \t]*\n(?P<markdown>.*?)^(?P=indent)(?P=fence)[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
MARK = re.compile(r"^[ \t]*#[ \t]*symderiv:[ \t]*(?P<words>[^\n]*?)[ \t]*$", re.MULTILINE)


def procedures_of(source: Source) -> tuple[tuple[Procedure, ...], tuple[Diagnostic, ...]]:
    """The procedures of a document, and what is wrong with their equations."""
    procedures: list[Procedure] = []
    findings: list[Diagnostic] = []
    for block in BLOCK.finditer(source.text) if MARK.search(source.text) else ():
        start, end = block.span("latex" if block["name"] else "markdown")
        marks = list(MARK.finditer(source.text, start, end))
        if marks:
            try:
                procedures.append(_procedure(source, start, end, marks))
            except SymderivError as error:
                findings.append(error.diagnostic)
    return tuple(procedures), tuple(findings)


def _procedure(source: Source, start: int, end: int, marks: list[re.Match[str]]) -> Procedure:
    lengths: dict[str, Affine] = {}
    equations: list[Equation] = []
    for mark in marks:
        words, place = mark["words"], source.span(*mark.span("words"))
        if words.startswith("given "):
            lengths |= {name: length_of(name, length, place) for name, length in _given(words[6:], place)}
        else:
            equations.append(equation_of(words, place))
    place = source.span(start, start + 1)
    found = checked(equations, lengths, place)
    return Procedure(f"The procedure of line {place.line}", _text(source, start, end), found, lengths, place)


def _given(words: str, place: Span) -> Iterator[tuple[str, str]]:
    """The names and lengths in `X[T+1], Y[T]`."""
    try:
        value = ast.parse(f"({words},)", mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        value = ast.Constant(None)
    for element in value.elts if isinstance(value, ast.Tuple) else [value]:
        match element:
            case ast.Subscript(value=ast.Name(id=name), slice=length):
                yield name, ast.unparse(length)
            case _:
                raise misuse(place, "what is given are lists with their lengths", "given X[T+1], Y[T]")


def _text(source: Source, start: int, end: int) -> Text:
    """The lines of a listing, each with its place, without what stands before all of them."""
    text = source.text[start:end]
    lines, plain = text.split("\n"), dedent(text).split("\n")
    starts = []
    offset = start
    for line, short in zip(lines, plain, strict=True):
        begin = offset + len(line) - len(short)
        place = source.span(begin, begin)
        starts.append((place.line, place.column))
        offset += len(line) + 1
    return Text("\n".join(plain), source.path, tuple(starts))
