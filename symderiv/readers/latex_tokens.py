"""LaTeX to positioned tokens: layout is consumed here, everything else is left to the grammar."""

from __future__ import annotations

import re
from dataclasses import dataclass

from symderiv.model.diagnostic import Diagnostic, SymderivError
from symderiv.model.span import Span


class Unread(SymderivError):
    """A text that cannot be read faithfully; the diagnostic points at the token."""

    code = "unread"

    def __init__(self, span: Span, message: str, hint: str = "") -> None:
        super().__init__(Diagnostic(self.code, span, message, hint))


class Ambiguous(Unread):
    """A text that has more than one reading."""

    code = "ambiguous"


@dataclass(frozen=True)
class Source:
    """A text and where it comes from."""

    path: str
    text: str

    def span(self, start: int, end: int) -> Span:
        """The place of `text[start:end]`."""
        line, column = self._place(start)
        end_line, end_column = self._place(end)
        return Span(self.path, line, column, end_line, end_column)

    def _place(self, offset: int) -> tuple[int, int]:
        before = self.text[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


@dataclass(frozen=True)
class Token:
    r"""A piece of a formula: `kind` is `letter`, `word`, `number`, `command`, `sign`, `break` or `end`.

    `stretched` is true of the brackets after `\left` and `\right`.
    """

    kind: str
    text: str
    start: int
    end: int
    stretched: bool = False


WORDS = frozenset({"KL", "Var", "Cov"})
"""Runs of plain letters that the field writes for one thing."""

_FORGOTTEN = frozenset({"ln", "log", "exp", "sin", "cos", "tan", "sqrt", "sum", "max", "min", "prod", "frac"})

_LAYOUT = re.compile(
    r"\s+|~|&|%[^\n]*(?:\n|$)|\\[,;:! ]"
    r"|\\(?:quad|qquad|displaystyle|textstyle|limits|nolimits|[bB]ig[lrm]?|[bB]igg[lrm]?)(?![A-Za-z])"
)
_PIECE = re.compile(
    r"(?P<stretch>\\(?:left|right)(?![A-Za-z])\s*(?:\\[|{}]|[()\[\]|./]|\\[A-Za-z]+)?)"
    r"|(?P<break>\\\\)"
    r"|(?P<command>\\(?:[A-Za-z]+|[^A-Za-z]))"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<sign><=|>=|!=|\|\||[-+*/^_()\[\]{}|,;=<>'.:!])"
    r"|(?P<letters>[A-Za-z]+)"
)
_SIDES = {r"\left": "([", r"\right": ")]"}


def tokenize(source: Source) -> tuple[Token, ...]:
    """The tokens of a formula; the last one is of kind `end`.

    Raises:
        Unread: a character that is not LaTeX mathematics, or a word that lacks its backslash.
    """
    found: list[Token] = []
    position, text = 0, source.text
    while position < len(text):
        layout = _LAYOUT.match(text, position)
        if layout:
            position = layout.end()
            continue
        piece = _PIECE.match(text, position)
        if piece is None:
            raise Unread(source.span(position, position + 1), f"{text[position]!r} is not read in formulas")
        found.extend(_tokens(source, piece))
        position = piece.end()
    return (*_joined(found), Token("end", "the end", len(text), len(text)))


def _tokens(source: Source, piece: re.Match[str]) -> list[Token]:
    kind, text, start, end = str(piece.lastgroup), piece.group(), piece.start(), piece.end()
    if kind == "stretch":
        side = text[: 5 if text.startswith(r"\left") else 6]
        bracket = text[len(side) :].strip()
        if not bracket or bracket not in _SIDES[side]:
            raise Unread(source.span(start, end), f"{side}{bracket} is not read", "brackets are ( ) and [ ]")
        return [Token("sign", bracket, start, end, stretched=True)]
    if kind == "letters":
        if text in WORDS:
            return [Token("word", text, start, end)]
        if text in _FORGOTTEN:
            raise Unread(source.span(start, end), f"{text} is not a product of letters", rf"write \{text}")
        return [Token("letter", letter, start + i, start + i + 1) for i, letter in enumerate(text)]
    return [Token(kind, text, start, end)]


_CONTINUES = frozenset({"+", "-", "=", "<", ">", "<=", ">=", "!=", r"\le", r"\leq", r"\ge", r"\geq", r"\ne", r"\neq"})


def _joined(tokens: list[Token]) -> list[Token]:
    """Without the line breaks next to an operator: the formula goes on there, as printed."""
    kept: list[Token] = []
    for position, token in enumerate(tokens):
        after = tokens[position + 1].text if position + 1 < len(tokens) else ""
        before = tokens[position - 1].text if position else ""
        if token.kind != "break" or not ({before, after} & _CONTINUES):
            kept.append(token)
    return kept
