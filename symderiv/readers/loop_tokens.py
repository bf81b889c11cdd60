"""The tokens of one line of a loop program, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from symderiv.model.diagnostic import Diagnostic, SymderivError
from symderiv.model.span import Span

NAME = r"[^\W\d][\w'~]*"
NUMBER = r"\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3}(?!\w))?"
TOKEN = re.compile(rf"\s*(?:(?P<number>{NUMBER})|(?P<name>{NAME}(?:\.grad\b)?)|(?P<sign>max=|\.\.|[-+*/]=|[<>=!]=|\S))")
TOO_DEEP = 100
"""Brackets may be nested this deep."""


@dataclass(frozen=True)
class Token:
    """A word of a line; `kind` is `number`, `name`, `sign` or, after the last one, `end`."""

    kind: str
    text: str
    span: Span


def fail(code: str, span: Span, message: str, hint: str = "") -> SymderivError:
    """An error at a place."""
    return SymderivError(Diagnostic(code, span, message, hint))


def tokens_of(text: str, path: str, line: int, column: int = 1) -> list[Token]:
    """The tokens of a text that begins at a place; a comment ends it."""
    found: list[Token] = []
    text = text.split("#", 1)[0].rstrip()
    position = 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            break
        kind = match.lastgroup or "sign"
        start = column + match.start(kind)
        word = match.group(kind)
        if word == "max" and text.startswith("=", match.end()) and not text.startswith("==", match.end()):
            word, kind = "max=", "sign"
            position = match.end() + 1
        else:
            position = match.end()
        found.append(Token(kind, word, Span(path, line, start, line, start + len(word))))
    end = column + len(text)
    found.append(Token("end", "", Span(path, line, end, line, end)))
    return found


@dataclass
class Cursor:
    """A place in a list of tokens."""

    tokens: list[Token]
    position: int = 0
    depth: int = field(default=0)

    @property
    def token(self) -> Token:
        """The next token."""
        return self.tokens[self.position]

    def next(self) -> Token:
        """The next token, which is passed."""
        token = self.token
        self.position = min(self.position + 1, len(self.tokens) - 1)
        return token

    def sees(self, *words: str) -> bool:
        """True where the next token is one of the words."""
        return self.token.kind != "end" and self.token.text in words

    def accept(self, *words: str) -> Token | None:
        """Passes one of the words, if it comes next."""
        return self.next() if self.sees(*words) else None

    def expect(self, *words: str) -> Token:
        """Passes one of the words.

        Raises:
            SymderivError: something else comes next.
        """
        if not self.sees(*words):
            raise self.unexpected(" or ".join(repr(word) for word in words))
        return self.next()

    def name(self, what: str) -> Token:
        """Passes a name.

        Raises:
            SymderivError: something else comes next.
        """
        if self.token.kind != "name":
            raise self.unexpected(what)
        return self.next()

    def names(self, what: str) -> list[Token]:
        """Passes names with commas between them."""
        found = [self.name(what)]
        while self.accept(","):
            found.append(self.name(what))
        return found

    def end(self) -> None:
        """Sees to it that nothing is left.

        Raises:
            SymderivError: something is.
        """
        if self.token.kind != "end":
            raise self.unexpected("the end of the line")

    def unexpected(self, wanted: str) -> SymderivError:
        """The error that says what was wanted and what is there."""
        shown = repr(self.token.text) if self.token.kind != "end" else "the end of the line"
        return fail("loop-syntax", self.token.span, f"expected {wanted}, found {shown}")

    def nest(self) -> None:
        """Counts an opening bracket.

        Raises:
            SymderivError: too many are open.
        """
        self.depth += 1
        if self.depth > TOO_DEEP:
            raise fail("loop-syntax", self.token.span, f"brackets are nested more than {TOO_DEEP} deep")


def between(tokens: Iterable[Token]) -> Span:
    """The place from the first token to the last."""
    found = list(tokens)
    first, last = found[0].span, found[-1].span
    return Span(first.path, first.line, first.column, last.end_line, last.end_column)
