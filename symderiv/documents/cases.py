r"""Where a text takes one case after the other: `first, consider the case that $x > 0$`, `Case 2: ...`.

What is said and shown in one case holds in that case; its condition is assumed there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symderiv.documents.displays import Display

_OPENS = re.compile(
    r"\b(?:consider|suppose|treat|look at|turn to|take|in|for)\s+(?:now\s+|next\s+|first\s+)?the\s+"
    r"(?!special|general|simplest|usual|present|latter|same)(?:\w+\s+)?case\b(?!\s+of\s+(?:a|an|the)\b)"
    r"|\bcase\s+(?:\d|[ivx]+|\(\w\)|one|two|three|[A-C])\s*[:.)*\\]",
    re.IGNORECASE,
)
"""Words with which a case begins."""
_CONDITION = re.compile(
    r"(?:[\s,:*.(]|\\\w+\{?|\b(?:that|where|in|which|when|of|if|we|have|suppose|let|assume)\b)*(?<![$\\])\$(?!\$)"
    r"(?P<formula>[^$]+?)\$(?!\$)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\b(?:(?:in|for) (?:both|all|either|any|each|every) (?:of (?:the|these) )?(?:two |three )?cases?"
    r"|(?:combin\w+|tak\w+|putt\w+) (?:\w+ )?(?:cases?|together)|altogether|overall|regardless|in general"
    r"|(?:this|which) (?:proves|shows|completes|establishes|finishes)|(?:we|to) conclude"
    r"|in (?:conclusion|summary|total)|to summari[sz]e|(?<!is )(?<!are )always)\b",
    re.IGNORECASE,
)
"""Words with which a text comes back to all of its cases."""


@dataclass(frozen=True)
class Opening:
    """Where a case begins in a text, and the place of the formula that is its condition."""

    start: int
    formula: tuple[int, int] | None


def openings(text: str, start: int, end: int) -> Iterator[Opening]:
    """The beginnings of cases in a stretch of prose."""
    for match in _OPENS.finditer(text, start, end):
        condition = _CONDITION.match(text, match.end(), end)
        yield Opening(match.start(), condition.span("formula") if condition is not None else None)


def leads_from_case(display: Display) -> bool:
    """True where the paragraph before a display begins a case, and nothing in it comes back to all of them."""
    words = display.before.rstrip().rsplit("\n\n", 1)[-1]
    return _OPENS.search(words) is not None and _TOGETHER.search(display.before) is None


def cases_of(displays: Sequence[Display]) -> dict[int, int]:
    """The case in which each display stands, by numbers; displays in none, and a single case, are left out."""
    found: dict[int, int] = {}
    current, place = 0, None
    for display in displays:
        here = (display.section, display.part)
        if here != place or (not display.opens_case and _TOGETHER.search(display.before)):
            current, place = 0, here
        if display.opens_case:
            current = display.number + 1
        if current:
            found[display.number] = current
    parts = {number: (display.section, display.part) for display in displays if (number := display.number) in found}
    several = {part for part in parts.values() if len({found[n] for n, own in parts.items() if own == part}) > 1}
    return {number: case for number, case in found.items() if parts[number] in several}
