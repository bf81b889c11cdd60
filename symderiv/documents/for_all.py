r"""Names for all values of which a text says something: `for all $x$`, `\forall i`, `for $i = 1, \ldots, n$`."""

from __future__ import annotations

import re

from symderiv.documents.displays import Row

_NAME = r"\\?[A-Za-z]+(?:_(?:\w|\{\w+\}))?'?"
_NAMES = rf"{_NAME}(?:\s*,\s*{_NAME})*"
_REALS = r"(?:\s*\\in\s*(?:\\mathbb\{R\}|\\R(?![a-z])|\\mathbb\s*R)(?:\^(?:\w|\{[^{}]*\}))?)?"
_FORMULA = rf"\$\s*({_NAMES}){_REALS}\s*\$"
_ALL = r"for\s+(?:all|any|every|each)"
_KIND = r"(?:(?:real|arbitrary|two|vectors?|numbers?|points?|values?|pairs?|of)\s+)*"
_LIST = rf"{_FORMULA}(?:(?:\s*,\s*|\s*,?\s+and\s+){_FORMULA})?"
_LINK = r"(?:\s*[,:]?\s*(?:we\s+have|it\s+holds|one\s+has)?(?:\s+that)?\s*[,:]?\s*)"
_BEFORE = re.compile(
    rf"\b{_ALL}\s+{_KIND}{_LIST}{_LINK}(?:\$\$?|\\\[|\\begin\{{\w+\*?\}}(?:\{{\w*\}})?|\s)*\Z", re.IGNORECASE
)
"""What stands right before a relation by which it holds for all of some names."""
BEHIND = re.compile(
    rf"[\s,.]*(?:\$\$?|\\\]|\\end\{{\w+\*?\}}|\s)*,?\s*{_ALL}\s+{_KIND}{_LIST}(?=\s*(?:[.,;:]|\Z))", re.IGNORECASE
)
_INSIDE = re.compile(
    rf"[\s,]*(?:\\q?quad|\\[,;: ]|~|\s)*(?:\\(?:text|mbox|textrm)\s*\{{\s*,?\s*{_ALL}\s*\}}|\\forall)(?:\\[,;: ]|~|\s)*"
    rf"({_NAMES}){_REALS}(?=\s*(?:[.,;]|\\,|\\;|\$|\\\]|\\end|\\\\))",
    re.IGNORECASE,
)
NEAR = 160
"""Characters around a relation in which it is said for what it holds."""


def names_for_all(text: str, row: Row) -> frozenset[str]:
    """The names for all values of which a relation is stated, by the words right before or behind it."""
    start, end = row.place
    before, behind = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    matches = (_BEFORE.search(before), BEHIND.match(behind), _INSIDE.match(behind))
    listed = (names for match in matches if match is not None for names in match.groups() if names)
    return frozenset(name.strip() for names in listed for name in names.split(","))


_RANGE = re.compile(r"(?<![A-Za-z\\])([A-Za-z])\s*(?:=|\\in\s*\\\{)\s*\d\s*,(?:\s*\d\s*,)*\s*(?:\\[a-z]*dots|\.\.\.)")
_OF_ONE = re.compile(r"\b(?:let|a|the|where|with|class|label|true)\s+(?:\w+\s+)?\$?\s*\Z", re.IGNORECASE)


def names_in_ranges(text: str) -> frozenset[str]:
    r"""The letters with all values of a range: `$i = 1, \ldots, n$`, not `let $y \in \{1, \ldots, K\}$`."""
    matches = (match for match in _RANGE.finditer(text) if not _OF_ONE.search(text[: match.start()]))
    return frozenset(match[1] for match in matches)
