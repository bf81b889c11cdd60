"""LaTeX files: displayed formulas in their environments, prose between them, comments that start with `symderiv:`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pylatexenc.latexwalker import (
    LatexCommentNode,
    LatexEnvironmentNode,
    LatexGroupNode,
    LatexMacroNode,
    LatexMathNode,
    LatexNode,
    LatexWalker,
)

from symderiv.documents.document import Document, Piece
from symderiv.documents.inputs import with_inputs
from symderiv.documents.macros import macros_of
from symderiv.formulas.source import Source
from symderiv.formulas.tokens import closing_brace
from symderiv.model.diagnostic import Diagnostic

DISPLAYS = frozenset(
    name + star
    for name in ("equation", "align", "alignat", "flalign", "gather", "multline", "eqnarray", "displaymath", "math")
    for star in ("", "*")
)
_SKIPPED = frozenset({"verbatim", "verbatim*", "lstlisting", "minted", "tikzpicture", "comment", "figure", "table"})
_HEADINGS = frozenset({"section", "subsection", "subsubsection", "chapter", "part", "paragraph"})
LONGEST = 60_000
"""Characters that may stand without a command or a group between them: the parser's time grows with their square."""
_STRETCH = re.compile(rf"[^\\{{}}$%]{{{LONGEST + 1}}}")
_COMMENT = re.compile(r"(?<!\\)(?P<before>(?:\\\\)*)%(?![ \t]*symderiv:)[^\n]*")
"""What LaTeX does not read; a comment for the checker is none."""
_BORDER = re.compile(r"\\(?:(?:begin|end)(?=\s*\{)|.)|[{}\[\]]", re.DOTALL)
DEEPEST = 60
"""How deeply groups and environments may stand inside each other."""


def read_latex(source: Source) -> Document:
    """The pieces of a LaTeX text and of the files that it inputs.  It never raises for what the text holds."""
    source, inputs, skipped = with_inputs(source)
    source = replace(source, text=_COMMENT.sub(_blank, source.text))
    text = source.text
    if (place := _too_deep(text)) is not None:
        return _refused(source, place, f"groups inside each other, more than {DEEPEST} deep")
    if stretch := _STRETCH.search(text):
        return _refused(source, stretch.start(), f"more than {LONGEST} characters without a command or a group")
    nodes = LatexWalker(text, tolerant_parsing=True).get_latex_nodes()[0]
    pieces = list(_pieces(text, nodes))
    return Document(source, tuple(pieces), macros_of(text), skipped, inputs)


def _blank(comment: re.Match[str]) -> str:
    return comment["before"] + " " * (len(comment.group()) - len(comment["before"]))


def _refused(source: Source, place: int, message: str) -> Document:
    """A document that is not read, and why."""
    return Document(source, (), {}, (Diagnostic("unread", source.span(place, place + 1), message),))


def _too_deep(text: str) -> int | None:
    """Where braces or environments stand too deeply inside each other."""
    depth = 0
    for found in _BORDER.finditer(text):
        border = found.group()
        if border.startswith("\\"):
            depth += border.startswith(r"\begin") - border.startswith(r"\end")
        else:
            depth += 1 if border in "{[" else -1
        if depth > DEEPEST:
            return found.start()
        depth = max(depth, 0)
    return None


def _pieces(text: str, nodes: Sequence[LatexNode | None]) -> Iterator[Piece]:
    start = None
    for node in nodes:
        if node is None:
            continue
        special = list(_special(text, node))
        if not special:
            start = node.pos if start is None else start
            continue
        if start is not None:
            yield Piece("prose", start, node.pos)
            start = None
        yield from special
    if start is not None and nodes:
        last = next(node for node in reversed(nodes) if node is not None)
        yield Piece("prose", start, last.pos + last.len)


def _special(text: str, node: LatexNode) -> Iterator[Piece]:
    """The pieces of a node that is more than prose."""
    end = node.pos + node.len
    match node:
        case LatexMathNode(displaytype="display"):
            yield Piece("display", node.pos + 2, end - 2, "equation")
        case LatexEnvironmentNode(environmentname=name) if name in DISPLAYS:
            inside = _inside(text, node)
            if name.startswith("alignat") and text[inside[0] : inside[1]].lstrip().startswith("{"):
                brace = text.index("{", inside[0])
                inside = (closing_brace(text, brace + 1, inside[1]), inside[1])
            yield Piece("display", *inside, name.rstrip("*"))
        case LatexEnvironmentNode(environmentname=name) if name not in _SKIPPED:
            yield Piece("open", node.pos, node.pos, name)
            yield from _pieces(text, node.nodelist)
            yield Piece("close", end, end, name)
        case LatexEnvironmentNode():
            yield Piece("skipped", node.pos, end)
        case LatexMacroNode(macroname=name) if name in _HEADINGS:
            yield Piece("heading", node.pos, end)
        case LatexGroupNode() if any(_special(text, inner) for inner in node.nodelist if _may_hold(inner)):
            yield Piece("open", node.pos, node.pos, "group")
            yield from _pieces(text, node.nodelist)
            yield Piece("close", end, end, "group")
        case LatexCommentNode(comment=comment) if comment.strip().startswith("symderiv:"):
            begin = text.index("symderiv:", node.pos) + len("symderiv:")
            yield Piece("comment", begin, node.pos + 1 + len(comment))
        case _:
            return


def _may_hold(node: LatexNode | None) -> bool:
    """True of the nodes in a group that make it more than prose."""
    if isinstance(node, LatexEnvironmentNode | LatexCommentNode):
        return True
    return isinstance(node, LatexMathNode) and node.displaytype == "display"


def _inside(text: str, node: LatexEnvironmentNode) -> tuple[int, int]:
    """The body of an environment."""
    start = text.index("}", node.pos) + 1
    end = text.rfind(r"\end", node.pos, node.pos + node.len)
    return start, end if end >= start else node.pos + node.len
