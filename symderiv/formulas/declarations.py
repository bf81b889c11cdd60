"""What is assumed: `let P(x,y) be a distribution`, `assume a > 0`, `define c = a + b`, or a relation alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from symderiv.formulas.grammar import read_list, read_relations
from symderiv.formulas.source import Source, Unread
from symderiv.formulas.tree import Applied, Name, Node, Sides

_LET = re.compile(r"\s*let\s+(?P<names>.+?)\s+be\s+(?P<kind>.+?)\s*\.?\s*$", re.DOTALL)
_VERB = re.compile(r"\s*(?P<verb>assume|define|let)\b")
_KINDS = {
    "a distribution": "distribution",
    "distributions": "distribution",
    "a random variable": "random variable",
    "random variables": "random variable",
    "independent random variables": "independent random variable",
    "a scalar": "scalar",
    "scalars": "scalar",
    "a function": "function",
    "functions": "function",
    "a convex function": "convex function",
    "convex functions": "convex function",
    "a positive integer": "positive integer",
    "positive integers": "positive integer",
}
_MATRIX = re.compile(
    r"(?:an?\s+)?(?P<words>(?:(?:symmetric|invertible)\s+)*)"
    r"(?:(?P<rows>\S+)\s+by\s+(?P<columns>\S+)\s+)?(?:matrix|matrices)"
)


@dataclass(frozen=True)
class Declared:
    """Names and what they stand for."""

    source: Source
    kind: str
    names: tuple[Applied | Name, ...]
    words: tuple[str, ...] = ()
    """What is said of matrices: `symmetric`, `invertible`."""
    sizes: tuple[str, str] = ("", "")
    """The numbers of rows and columns of matrices, where they are said."""

    @property
    def plain(self) -> list[Name]:
        """The names that are declared without arguments."""
        return [name for name in self.names if isinstance(name, Name)]


@dataclass(frozen=True)
class Related:
    """A relation that is assumed; `defines` is true where the author says that it is a definition."""

    source: Source
    chain: Sides
    defines: bool


def read_assumption(source: Source) -> Declared | Related:
    """One declaration or relation.

    Raises:
        Unread: at the place that does not fit.
    """
    verb = _VERB.match(source.text)
    if verb is None:
        return _related(source, 0, defines=False)
    if verb["verb"] != "let":
        return _related(source, verb.end(), defines=verb["verb"] == "define")
    found = _LET.match(source.text)
    if found is None:
        place = source.span(verb.start("verb"), len(source.text))
        raise Unread(place, "a declaration says what the names are", "let P(x,y) be a distribution")
    phrase = " ".join(found["kind"].split())
    matrix = _MATRIX.fullmatch(phrase)
    if matrix is not None:
        names, sizes = _named(source, "matrix", *found.span("names")), (matrix["rows"] or "", matrix["columns"] or "")
        return Declared(source, "matrix", names, tuple(matrix["words"].split()), sizes)
    kind = _KINDS.get(phrase)
    if kind is None:
        known = ", ".join((*_KINDS, "a matrix", "a symmetric n by n matrix"))
        raise Unread(source.span(*found.span("kind")), f"nothing is known of {found['kind']}", f"names can be {known}")
    return Declared(source, kind, _named(source, kind, *found.span("names")))


def _related(source: Source, start: int, *, defines: bool) -> Related:
    chain = read_relations(_only(source, start, len(source.text)))
    if not chain.signs:
        raise Unread(source.span(start, len(source.text)), "a relation is expected, such as a > 0")
    if defines and chain.signs != ("=",):
        raise Unread(source.span(start, len(source.text)), "a definition is one equation", "define NAME = EXPRESSION")
    return Related(source, chain, defines)


def _named(source: Source, kind: str, start: int, end: int) -> tuple[Applied | Name, ...]:
    names: list[Applied | Name] = []
    for node in read_list(_only(source, start, end)):
        fits = isinstance(node, Applied) and _plain(node) if kind == "distribution" else isinstance(node, Name)
        if not fits or not isinstance(node, Applied | Name):
            form = "P(x,y) or Q(z|y)" if kind == "distribution" else "a name"
            raise Unread(source.span(node.start, node.end), f"{form} is expected for a {kind}")
        names.append(node)
    return tuple(names)


def _plain(node: Applied) -> bool:
    return arguments(node) is not None


def arguments(node: Node) -> tuple[tuple[Name, ...], tuple[Name, ...]] | None:
    """What stands before and after the bar, where `node` is a name applied to distinct names with round brackets."""
    if not isinstance(node, Applied) or node.opening != "(" or node.bar not in ("", "|") or ";" in node.separators:
        return None
    before = tuple(n for n in node.before if isinstance(n, Name))
    after = tuple(n for n in node.after if isinstance(n, Name))
    whole = [n.text for n in (*before, *after)]
    if len(whole) != len(node.before) + len(node.after) or len(set(whole)) != len(whole):
        return None
    return before, after


def _only(source: Source, start: int, end: int) -> Source:
    """The source with everything else blank, so that places stay what they are."""
    text = source.text
    blank = re.sub(r"[^\n]", " ", text[:start])
    return Source(source.path, blank + text[start:end], source.places)
