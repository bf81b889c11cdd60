"""Programs whose backward loops are written in several ways, and wrong variants of each, produced systematically.

A file of `tests/forms` has one forward part and several parts that begin with `backward`, each of which is right.  One
may end with lines `# wrong N: LOOP`, as files of `tests/programs` do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random

from symderiv.loops.notation import lines_of
from symderiv.loops.rewriting import free_variables, map_parts
from symderiv.model import program as p
from symderiv.readers.loops import program_of
from tests.loops.programs import ASSIGNS

FOLDER = Path(__file__).parents[1] / "forms"


def forms(text: str) -> list[str]:
    """One program for each way in which the backward part is written."""
    head, *parts = text.split("\nbackward")
    return [f"{head}\nbackward{part.rstrip()}\n" for part in parts]


def texts() -> dict[str, str]:
    """All forms of all files, by the name of the file and a number."""
    found = ((path.stem, forms(path.read_text(encoding="utf-8"))) for path in sorted(FOLDER.glob("*.loops")))
    return {f"{name} {number}": text for name, ways in found for number, text in enumerate(ways)}


@dataclass(frozen=True)
class Mutant:
    """A changed program: what was changed, in which backward statement, and the text."""

    what: str
    number: int
    text: str


def mutants(text: str) -> Iterator[Mutant]:
    """The program with one change in its backward part; some changes make no difference."""
    program, diagnostics = program_of(text)
    if program is None or diagnostics:
        return
    lines = text.rstrip("\n").split("\n")
    start = next(n for n, line in enumerate(lines) if line.startswith("backward"))
    rows = [n for n, line in enumerate(lines) if n > start and _is_statement(line)]
    for place, row in zip(p.places(program.backward), rows, strict=True):
        indent = lines[row][: len(lines[row]) - len(lines[row].lstrip())]
        number = place.statement.number
        for what, changed in changes(program, place):
            new = [indent + line for line in lines_of((p.For(place.indices, (changed,)),))]
            yield Mutant(what, number, _text([*lines[:row], *new, *lines[row + 1 :]]))
        yield Mutant("loop left out", number, _text(lines[:row] + lines[row + 1 :]))
    for number, (one, other) in enumerate(pairwise(rows), 1):
        if lines[one][:1] != " " != lines[other][:1]:
            swapped = [*lines[:one], lines[other], *lines[one + 1 : other], lines[one], *lines[other + 1 :]]
            yield Mutant("order", number, _text(swapped))
    for row in range(start, len(lines)):
        if _is_header(lines[row]):
            for changed_line in _ranges(lines[row]):
                number = next((n for n, other in enumerate(rows, 1) if other > row), 0)
                yield Mutant("range", number, _text([*lines[:row], changed_line, *lines[row + 1 :]]))


def sample(name: str, text: str, count: int) -> list[Mutant]:
    """Some of the mutants of a text, always the same ones."""
    found = list({mutant.text: mutant for mutant in mutants(text)}.values())
    return Random(name).sample(found, min(count, len(found)))


def _text(lines: list[str]) -> str:
    return "\n".join(lines) + "\n"


def _is_statement(line: str) -> bool:
    return not line.startswith("#") and bool(ASSIGNS.search(line)) and not _is_header(line)


def _is_header(line: str) -> bool:
    return line.strip().startswith("loop")


def _ranges(line: str) -> Iterator[str]:
    """The loop with another bound."""
    head, bounds = line.rstrip(":").split("=")
    first, last = bounds.strip().split("..")
    for one, other in ((first, f"{last}+1"), (first, f"{last}-1"), (f"{first}-1", last), (f"{first}+1", last)):
        yield f"{head}= {one}..{other}:"
    yield f"{head}= {last}..{first}:"


def changes(program: p.Program, place: p.Place) -> Iterator[tuple[str, p.Statement]]:
    """One statement, changed."""
    statement = place.statement
    scope = [*place.indices, *(loop.index for loop in place.loops)]
    yield "sign", replace(statement, value=p.Product((p.MINUS_ONE, statement.value)))
    if statement.operator == "+=":
        yield "not accumulated", replace(statement, operator="=")
    for other in _other_entries(program, statement.target, scope):
        yield "index of the target", replace(statement, target=other)
    for what, value in _values(program, statement.value, scope):
        yield what, replace(statement, value=value)


def _values(program: p.Program, value: p.Expression, scope: list[str]) -> Iterator[tuple[str, p.Expression]]:
    """An expression with one change at one place in it."""
    yield from _local(program, value, scope)
    inner = [*scope, *value.indices] if isinstance(value, p.Reduction) else scope
    for part in p.operands(value):
        for what, changed in _values(program, part, inner):
            yield what, map_parts(value, partial(_exchanged, part, changed))


def _exchanged(old: p.Expression, new: p.Expression, part: p.Expression) -> p.Expression:
    return new if part is old else part


def _local(program: p.Program, value: p.Expression, scope: list[str]) -> Iterator[tuple[str, p.Expression]]:
    match value:
        case p.Product(factors):
            for n, factor in enumerate(factors):
                if factor != p.MINUS_ONE:
                    yield "factor left out", _product([*factors[:n], *factors[n + 1 :]])
        case p.Sum(terms):
            for n, term in enumerate(terms):
                yield "term left out", _sum([*terms[:n], *terms[n + 1 :]])
                yield "sign of a term", _sum([*terms[:n], p.Product((p.MINUS_ONE, term)), *terms[n + 1 :]])
        case p.Read():
            yield from (("index", entry) for entry in _other_entries(program, value, scope))
            for name, shape in program.shapes.items():
                is_real = name not in program.integers and name != value.tensor
                if is_real and shape == program.shapes[value.tensor] and not name.endswith(".grad"):
                    yield "another tensor", p.Read(name, value.indices)
        case p.Reduction(indices, body):
            for n, name in enumerate(indices):
                if len(indices) > 1 and name not in free_variables(body):
                    yield "sum left out", p.Reduction((*indices[:n], *indices[n + 1 :]), body)
        case _:
            yield from _leaf(program, value)


def _leaf(program: p.Program, value: p.Expression) -> Iterator[tuple[str, p.Expression]]:
    match value:
        case p.Power(base, exponent, _):
            yield "power", p.Power(base, exponent + 1)
            yield "power", p.Power(base, -exponent)
        case p.Constant(number) if number not in (1, -1):
            yield "number", p.Constant(number * 2)
            yield "number", p.Constant(number + 1)
        case p.Size(name):
            yield "size less one", p.Sum((p.Size(name), p.MINUS_ONE))
            yield from (("another size", p.Size(other)) for other in program.sizes if other != name)
        case p.IndexComparison(kind, left, right):
            for shift in (1, -1):
                yield "guard", p.IndexComparison(kind, p.combine(left, p.Affine((), shift)), right)
        case p.Comparison(kind, left, right):
            yield "comparison", p.Comparison(kind, right, left)
        case p.Function(name, arguments) if len(arguments) == 1:
            yield "function", p.Function({"exp": "sigmoid", "sigmoid": "tanh"}.get(name, "exp"), arguments)


def _product(factors: list[p.Expression]) -> p.Expression:
    return factors[0] if len(factors) == 1 else p.Product(tuple(factors)) if factors else p.ONE


def _sum(terms: list[p.Expression]) -> p.Expression:
    return terms[0] if len(terms) == 1 else p.Sum(tuple(terms))


def _other_entries(program: p.Program, entry: p.Read, scope: list[str]) -> Iterator[p.Read]:
    """The entry with two indices exchanged, with another index of the same range, or with one shifted by one."""
    sizes = program.shapes.get(entry.tensor, ())
    for n, index in enumerate(entry.indices):
        for m in range(n + 1, len(entry.indices)):
            if sizes[n] == sizes[m] and index != entry.indices[m]:
                turned = list(entry.indices)
                turned[n], turned[m] = turned[m], turned[n]
                yield p.Read(entry.tensor, tuple(turned))
        others = [p.of_atom(p.Variable(name)) for name in scope if program.domains.get(name) == sizes[n]]
        if index.constant or len(index.terms) > 1 or index.variable is None:
            others += [p.combine(index, p.Affine((), shift)) for shift in (1, -1)]
        for other in others:
            if other != index:
                yield p.Read(entry.tensor, (*entry.indices[:n], other, *entry.indices[n + 1 :]))
