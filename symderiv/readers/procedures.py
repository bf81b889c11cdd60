"""Python procedures that fill lists, read from their text and never executed.

A procedure is a sequence of assignments to lists and of `for` loops over `range`.  A line that is no Python is told at
its place; the rest is read without it, or with the colon that it lacks.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field

from symderiv.model.diagnostic import Diagnostic
from symderiv.model.program import Affine, SizeOf, Variable, combine, of_atom
from symderiv.model.span import Span


@dataclass(frozen=True)
class Item:
    """An element of a list, `name[index]`; an index of None is the place behind the last element (`append`)."""

    name: str
    index: Affine | None
    span: Span


@dataclass(frozen=True)
class Fill:
    """`item = value` for all values of the loop variable; `value` is an expression of Python."""

    item: Item
    value: ast.expr
    span: Span


@dataclass(frozen=True)
class Fresh:
    """`name = [...]`: a new list, with as many elements as `length` says, or none."""

    name: str
    length: Affine
    span: Span


@dataclass(frozen=True)
class Repeat:
    """`for variable in range(first, stop)`: its body for all values below `stop`."""

    variable: str
    first: Affine
    stop: Affine
    body: tuple[Fill, ...]
    span: Span


Step = Fill | Fresh | Repeat


@dataclass
class Procedure:
    """The steps that were read, and what is wrong with the text."""

    steps: list[Step] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


def read_procedure(source: str, lengths: Mapping[str, Affine], path: str = "<procedure>", line: int = 1) -> Procedure:
    """The steps of a procedure whose text begins at a line of a file.

    `lengths` says how many elements the lists have that are given, by sizes.
    """
    found = Procedure()
    tree = _parsed(source.split("\n"), found, path, line)
    reader = _Reader(found, lengths, path, line)
    body = tree.body
    if len(body) == 1 and isinstance(body[0], ast.FunctionDef):
        body = body[0].body
    for statement in body:
        reader.statement(statement)
    return found


def _parsed(lines: list[str], found: Procedure, path: str, line: int) -> ast.Module:
    """The syntax tree; each line that stops the parser is told, and mended or left out."""
    for _ in range(len(lines) + 1):
        try:
            return ast.parse("\n".join(lines))
        except SyntaxError as error:
            number = min(error.lineno or 1, len(lines))
            column = error.offset or 1
            place = Span(path, line + number - 1, column, line + number - 1, column + 1)
            found.diagnostics.append(Diagnostic("syntax-error", place, error.msg))
            mended = lines[number - 1].rstrip() + ":"
            lines[number - 1] = mended if error.msg == "expected ':'" else ""
    return ast.Module([], [])


class _Reader:
    def __init__(self, found: Procedure, lengths: Mapping[str, Affine], path: str, line: int) -> None:
        self.found = found
        self.lengths = lengths
        self.path = path
        self.line = line
        self.variables: set[str] = set()

    def span(self, node: ast.AST) -> Span:
        line = self.line + getattr(node, "lineno", 1) - 1
        column = getattr(node, "col_offset", 0) + 1
        end = getattr(node, "end_col_offset", column) + 1
        return Span(self.path, line, column, line, end)

    def complain(self, node: ast.AST, message: str) -> None:
        self.found.diagnostics.append(Diagnostic("procedure-unread", self.span(node), message))

    def statement(self, node: ast.stmt) -> None:
        match node:
            case ast.For(target=ast.Name(id=variable), iter=ast.Call(func=ast.Name(id="range"), args=bounds)):
                self.loop(node, variable, bounds)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if self.length(value) is not None:
                self.found.steps.append(Fresh(name, self.length(value) or Affine(), self.span(node)))
            case ast.Return() | ast.Expr(value=ast.Constant()):
                return
            case _:
                fill = self.fill(node)
                if fill is not None:
                    self.found.steps.append(fill)

    def loop(self, node: ast.For, variable: str, bounds: list[ast.expr]) -> None:
        found = [self.affine(bound) for bound in bounds]
        if not 1 <= len(found) <= 2 or None in found:
            self.complain(node, "a range has one or two bounds, by sizes and numbers")
            return
        known = [bound for bound in found if bound is not None]
        self.variables.add(variable)
        body = tuple(fill for fill in map(self.fill, node.body) if fill is not None)
        first = known[0] if len(known) == 2 else Affine()
        self.found.steps.append(Repeat(variable, first, known[-1], body, self.span(node)))

    def fill(self, node: ast.stmt) -> Fill | None:
        match node:
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name), slice=place) as target], value=value):
                index = self.affine(place)
                if index is not None:
                    return Fill(Item(name, index, self.span(target)), value, self.span(node))
            case ast.Expr(
                value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=[value]) as call
            ):
                return Fill(Item(name, None, self.span(call)), value, self.span(node))
        self.complain(node, "neither an assignment to an element of a list nor a loop over a range")
        return None

    def length(self, value: ast.expr) -> Affine | None:
        """The number of elements of a new list."""
        match value:
            case ast.List(elts=elements):
                return Affine((), len(elements))
            case ast.Call(func=ast.Name(id="list"), args=[]):
                return Affine()
            case ast.BinOp(left=ast.List(elts=[_]), op=ast.Mult(), right=count):
                return self.affine(count)
            case _:
                return None

    def affine(self, node: ast.expr) -> Affine | None:
        """An integer expression in loop variables and sizes."""
        match node:
            case ast.Constant(value=int(number)):
                return Affine((), number)
            case ast.Name(id=name):
                return of_atom(Variable(name) if name in self.variables else SizeOf(name))
            case ast.Call(func=ast.Name(id="len"), args=[ast.Name(id=name)]) if name in self.lengths:
                return self.lengths[name]
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inner = self.affine(operand)
                return None if inner is None else combine(Affine(), inner, -1)
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as sign, right=right):
                one, other = self.affine(left), self.affine(right)
                if one is None or other is None:
                    return None
                return combine(one, other, 1 if isinstance(sign, ast.Add) else -1)
            case _:
                return None
