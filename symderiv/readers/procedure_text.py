"""Where the texts stand that a script passes to `procedure`: the literals are looked up in the script."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from textwrap import dedent

from symderiv.model.procedure import Text, text_at
from symderiv.model.span import Span


class Script:
    """A script, and the line of it in which something is called."""

    def __init__(self, path: str, line: int) -> None:
        self.path = path
        self.line = line

    @cached_property
    def source(self) -> str:
        """The text of the script, empty where it is in no file."""
        try:
            return Path(self.path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree of the script."""
        return ast.parse(self.source)

    @cached_property
    def calls(self) -> list[ast.Call]:
        """The calls around the line, the outermost one first."""
        found = [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Call) and node.lineno <= self.line <= _end(node)
        ]
        return sorted(found, key=lambda node: (node.lineno, -_end(node)))

    @property
    def call(self) -> Span:
        """The place of the call."""
        return self.span(self.calls[0]) if self.calls else Span(self.path, self.line, 1, self.line, 1)

    def span(self, node: ast.expr) -> Span:
        """The place of an expression."""
        line, end = node.lineno, _end(node)
        column, last = self.column(line, node.col_offset), self.column(end, node.end_col_offset or 0)
        return Span(self.path, line, column, end, last)

    def column(self, line: int, offset: int) -> int:
        """The column of an offset, which counts bytes from 0."""
        return len(self.source.split("\n")[line - 1].encode()[:offset].decode("utf-8", "replace")) + 1

    def literals(self, text: str) -> Iterator[ast.Constant]:
        """The literals that say a text: those in the call, then all others."""
        for tree in (*self.calls, self.tree):
            yield from (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and node.value == text)

    def place_of(self, text: str) -> Span:
        """The place of a literal, of the call where there is none."""
        literal = next(self.literals(text), None)
        return self.call if literal is None else self.span(literal)

    def text_of(self, text: str) -> Text:
        """A text with its place; where the literal is not what it says, all of it is at the literal."""
        literal = next(self.literals(text), None)
        if literal is None:
            return Text(dedent(text), self.path, place=self.call)
        written = ast.get_source_segment(self.source, literal) or ""
        quoted = written.lstrip("rRuUbB")
        marks = quoted[:3] if quoted[:3] in ('"""', "'''") else quoted[:1]
        if quoted[len(marks) : -len(marks)] != text:
            return Text(dedent(text), self.path, place=self.span(literal))
        before = self.column(literal.lineno, literal.col_offset) - 1 + len(written) - len(quoted) + len(marks)
        return self.dedented(text, literal.lineno, self.path, before)

    def dedented(self, text: str, line: int, path: str, before: int = 0) -> Text:
        """A text that begins at a line, behind `before` columns, without what stands before all of its lines."""
        plain = dedent(text)
        pairs = zip(text.split("\n"), plain.split("\n"), strict=True)
        margin = max((len(one) - len(other) for one, other in pairs if other), default=0)
        return text_at(plain, path, line, margin, before)


def _end(node: ast.expr) -> int:
    return node.end_lineno or node.lineno
