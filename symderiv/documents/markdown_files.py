"""Markdown: displayed formulas between dollars or in `math` fences, prose between them, front matter left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from symderiv.documents.document import Document, Piece
from symderiv.documents.latex_files import DISPLAYS
from symderiv.documents.macros import macros_of
from symderiv.formulas.source import Source

_COMMENT = re.compile(r"<!--\s*symderiv:")
_LINE_END = re.compile(r"\r\n?|\n")
_ENVIRONMENT = re.compile(r"\\begin\{(?P<name>[A-Za-z]+\*?)\}")
_PROOF = re.compile(r"\*\*\s*(?P<word>Theorem|Proof|Lemma|Corollary|Proposition|Definition|Example|Remark)\b[^*]*\*\*")
_INSIDE = r"(?:(?!\n[ \t]*\n|\\\[|(?<!\\)\\\])[^$`])*"
_BRACKETED = re.compile(rf"(?<!\\)\\\[(?P<formula>{_INSIDE}?(?:[=<>]|\\[a-z]){_INSIDE})(?<!\\)\\\]")
r"""A formula between `\[` and `\]`, which are brackets to Markdown."""


@cache
def parser() -> MarkdownIt:
    """CommonMark with formulas between dollars, in LaTeX environments, and front matter."""
    markdown = MarkdownIt("commonmark", {"maxNesting": 40})
    markdown.use(dollarmath_plugin, allow_labels=True, double_inline=True)
    return markdown.use(amsmath_plugin).use(front_matter_plugin)


def read_markdown(source: Source) -> Document:
    """The pieces of a Markdown text.  It never raises for what the text holds."""
    return Document(source, tuple(pieces_of(source.text, 0)), macros_of(source.text))


def pieces_of(text: str, offset: int) -> Iterator[Piece]:
    """The pieces of a Markdown text that stands at `offset` of a longer one."""
    text = _BRACKETED.sub(r"$$\g<formula>$$", text)  # as long as before: the places stay what they are
    lines = [0, *(found.end() for found in _LINE_END.finditer(text)), len(text)]

    def place(token: Token) -> tuple[int, int]:
        first, last = token.map or [0, 0]
        return lines[first], lines[min(last, len(lines) - 1)]

    heading: list[int] | None = None
    for token in parser().parse(text):
        # The words of a heading are no part of the sentence behind it, unless a formula says more: `Case 1: $x > 0$`.
        if token.map is None or (token.type == "inline" and token.map == heading and "$" not in token.content):
            continue
        heading = token.map if token.type == "heading_open" else heading
        start, end = place(token)
        for piece in _pieces(text, token, start, end):
            yield Piece(piece.kind, piece.start + offset, piece.end + offset, piece.environment)


def _pieces(text: str, token: Token, start: int, end: int) -> Iterator[Piece]:
    match token.type:
        case "math_block" | "math_block_label":
            opening = text.index("$$", start, end) + 2
            closing = text.rfind("$$", opening, end)
            yield Piece("display", opening, closing if closing >= opening else end, "equation")
        case "amsmath":
            yield from _environment(text, start, end)
        case "fence" if token.info.strip().lower() in ("math", "latex", "{math}"):
            yield Piece("display", text.find("\n", start, end) + 1, text.rfind("\n", start, end - 1) + 1, "equation")
        case "heading_open":
            yield Piece("heading", start, end)
        case "inline":
            yield from _paragraph(text, token, start, end)
        case "html_block":
            yield from _comments(text, start, end)
            yield from _prose(text, start, end)
        case _:
            return


def _environment(text: str, start: int, end: int) -> Iterator[Piece]:
    opening = _ENVIRONMENT.search(text, start, end)
    if opening is None or opening["name"] not in DISPLAYS:
        return
    closing = text.rfind(rf"\end{{{opening['name']}}}", opening.end(), end)
    yield Piece("display", opening.end(), closing if closing >= 0 else end, opening["name"].rstrip("*"))


def _comments(text: str, start: int, end: int) -> Iterator[Piece]:
    while found := _COMMENT.search(text, start, end):
        start = text.find("-->", found.end(), end)
        if start < 0:
            return
        yield Piece("comment", found.end(), start)


def _prose(text: str, start: int, end: int) -> Iterator[Piece]:
    """What stands between comments."""
    while (opening := text.find("<!--", start, end)) >= 0:
        closing = text.find("-->", opening, end)
        if closing < 0:
            break
        yield Piece("prose", start, opening)
        start = closing + len("-->")
    yield Piece("prose", start, end)


def _paragraph(text: str, token: Token, start: int, end: int) -> Iterator[Piece]:
    """Prose, with the formulas that are displayed inside it, and with the borders of theorems and proofs."""
    yield from _comments(text, start, end)
    proof = _PROOF.search(text, start, end)
    if proof is not None:
        yield Piece("heading" if proof["word"] != "Proof" else "proof", *proof.span())
    position = start
    for child in token.children or ():
        if child.type != "math_inline_double":
            continue
        opening = text.find("$$", position, end)
        closing = text.find("$$", opening + 2, end)
        if opening < 0 or closing < 0:
            break
        yield from _prose(text, position, opening)
        yield Piece("display", opening + 2, closing, "equation")
        position = closing + 2
    if position < end:
        yield from _prose(text, position, end)
