"""Python procedures that fill lists, read from their text and never executed.

A procedure is a sequence of assignments to lists and of `for` loops over `range`.  A colon that is missing is told and
supplied; where something else is no Python, only that is told.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from symderiv.model.diagnostic import Diagnostic
from symderiv.model.procedure import Text
from symderiv.model.program import Affine, Variable, of_atom
from symderiv.model.span import Span
from symderiv.readers.python_integers import integer, is_plain

BUILTINS = ("range", "len", "list")
"""The functions whose meaning a procedure rests on."""


@dataclass(frozen=True)
class Fill:
    """`name[index] = value` for all values of the loop variable; an index of None is the place behind the last element.

    `value` is an expression of Python, in which `names` stand for integers.
    """

    name: str
    index: Affine | None
    value: str
    names: Mapping[str, Affine]
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


@dataclass(frozen=True)
class Named:
    """`name = value`: an integer gets a name."""

    name: str
    value: Affine
    span: Span


Step = Fill | Fresh | Repeat | Named


@dataclass
class Steps:
    """The steps that were read, and what is wrong with the text; `is_whole` where each line was read."""

    steps: list[Step] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    is_whole: bool = True


def read_procedure(text: Text, sizes: Mapping[str, Affine], lengths: Mapping[str, Affine]) -> Steps:
    """The steps of a procedure.  `sizes` are names of integers that are given, `lengths` those of lists."""
    found = Steps()
    reader = _Reader(found, text, dict(sizes), lengths)
    body = _parsed(text, found)
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    rest = [node for node in body if not isinstance(node, ast.Import | ast.ImportFrom) and not _is_comment(node)]
    if len(functions) == 1 and rest == functions:
        reader.function(functions[0])
    else:
        reader.block(body)
    return found


def _is_comment(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _parsed(text: Text, found: Steps) -> Sequence[ast.stmt]:
    """The statements; a colon that is missing is told and supplied."""
    lines = text.source.split("\n")
    for _ in range(len(lines) + 1):
        try:
            return ast.parse("\n".join(lines)).body
        except SyntaxError as error:
            number = max(1, min(error.lineno or 1, len(lines)))
            column = max(1, error.offset or 1)
            place = text.span(number, column, number, column + 1)
            if error.msg != "expected ':'":
                found.diagnostics, found.is_whole = [Diagnostic("procedure-syntax", place, error.msg)], False
                return ()
            found.diagnostics.append(Diagnostic("procedure-syntax", place, "a colon is missing"))
            lines[number - 1] = lines[number - 1][: column - 1].rstrip() + ":" + lines[number - 1][column - 1 :]
        except (ValueError, RecursionError, MemoryError) as error:  # null bytes; nested too deeply for the parser
            found.diagnostics.append(Diagnostic("procedure-syntax", text.span(1, 1, 1, 1), str(error) or "too deep"))
            found.is_whole = False
            return ()
    return ()


def _is_nothing(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


class _Reader:
    def __init__(self, found: Steps, text: Text, names: dict[str, Affine], lengths: Mapping[str, Affine]) -> None:
        self.found = found
        self.text = text
        self.lines = text.source.split("\n")
        self.names = names
        self.lengths = lengths

    def span(self, node: ast.expr | ast.stmt) -> Span:
        line, end = node.lineno, node.end_lineno or node.lineno
        return self.text.span(line, self.column(line, node.col_offset), end, self.column(end, node.end_col_offset or 0))

    def column(self, line: int, offset: int) -> int:
        """The column of an offset, which counts bytes from 0."""
        return len(self.lines[line - 1].encode()[:offset].decode("utf-8", "replace")) + 1

    def complain(self, node: ast.expr | ast.stmt, message: str) -> None:
        self.found.diagnostics.append(Diagnostic("procedure-unread", self.span(node), message))
        self.found.is_whole = False

    def function(self, node: ast.FunctionDef) -> None:
        """The body of a function, whose arguments are what the equations are about."""
        arguments = node.args
        if node.decorator_list or arguments.defaults or arguments.kw_defaults or arguments.vararg or arguments.kwarg:
            self.complain(node, "a procedure has neither decorators nor default values of its arguments")
        names = {argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
        if names & set(BUILTINS):
            self.complain(node, f"an argument is called {', '.join(sorted(names & set(BUILTINS)))}")
        self.block(node.body)

    def block(self, body: Sequence[ast.stmt]) -> None:
        """Statements; one that returns is the last one."""
        for number, node in enumerate(body):
            if isinstance(node, ast.Return) and number + 1 < len(body):
                self.complain(node, "what stands below is never reached")
            self.found.steps.extend(self.statement(node))

    def statement(self, node: ast.stmt) -> Iterator[Step]:
        match node:
            case ast.For(target=ast.Name(id=variable), iter=ast.Call(func=ast.Name(id="range"), args=bounds)):
                yield from self.loop(node, variable, bounds)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                yield from self.assignment(node, name, value)
            case ast.Return(value=None | ast.Name()) | ast.Expr(value=ast.Constant()) | ast.Pass():
                return
            case _:
                yield from self.fill(node)

    def assignment(self, node: ast.Assign, name: str, value: ast.expr) -> Iterator[Step]:
        """A new list, or an integer."""
        number = integer(value, self.names, self.lengths)
        match value:
            case ast.List(elts=elements) if any(not _is_nothing(element) for element in elements):
                yield Fresh(name, Affine(), self.span(node))
                for element in elements:
                    yield from self.filled(name, None, element, self.span(element))
            case ast.List(elts=elements):
                yield Fresh(name, Affine((), len(elements)), self.span(node))
            case ast.Call(func=ast.Name(id="list"), args=[], keywords=[]):
                yield Fresh(name, Affine(), self.span(node))
            case ast.BinOp(left=ast.List(elts=[ast.Constant() | ast.Name()]), op=ast.Mult(), right=count):
                length = self.known(count)
                if length is not None:
                    yield Fresh(name, length, self.span(node))
            case _ if number is not None:
                self.names[name] = number
                yield Named(name, number, self.span(node))
            case _:
                self.complain(node, "neither a new list nor an integer")

    def loop(self, node: ast.For, variable: str, bounds: Sequence[ast.expr]) -> Iterator[Step]:
        found = [bound for bound in map(self.known, bounds) if bound is not None]
        if len(found) != len(bounds):
            return
        if not 1 <= len(found) <= 2 or node.orelse:
            self.complain(node, "a loop over a range with one or two bounds, and without else, is expected")
            return
        if variable in self.names:
            self.complain(node, f"{variable} is the name of something else")
            return
        self.names[variable] = of_atom(Variable(variable))
        body = tuple(fill for inner in node.body for fill in self.fill(inner))
        del self.names[variable]
        appended = [fill.name for fill in body if fill.index is None]
        if len(set(appended)) < len(appended):
            self.complain(node, "one list is appended to twice in each iteration")
        yield Repeat(variable, found[0] if len(found) == 2 else Affine(), found[-1], body, self.span(node))

    def fill(self, node: ast.stmt) -> Iterator[Fill]:
        """One element that is set or appended."""
        match node:
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name), slice=place)], value=value):
                index = self.known(place)
                if index is not None:
                    yield from self.filled(name, index, value, self.span(node))
            case ast.Expr(
                value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="append"), args=[value], keywords=[])
            ):
                yield from self.filled(name, None, value, self.span(node))
            case _:
                self.complain(node, "neither an assignment to an element of a list nor a loop over a range")

    def filled(self, name: str, index: Affine | None, value: ast.expr, span: Span) -> Iterator[Fill]:
        if is_plain(value):
            yield Fill(name, index, ast.unparse(value), dict(self.names), span)
        else:
            self.complain(value, "a value is made of calls and operations on elements of lists")

    def known(self, node: ast.expr) -> Affine | None:
        """An integer; where there is none, that is told."""
        found = integer(node, self.names, self.lengths)
        if found is None:
            names = sorted(self.names)
            self.complain(node, f"this is no integer made of {', '.join(names) or 'numbers'}")
        return found
