"""What prose says in passing: no hypothesis, and yet a step that needs it need not be a mistake."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from symderiv.documents.asides import DENIES, SENTENCE_END
from symderiv.documents.displays import Row
from symderiv.documents.leading_words import last_words
from symderiv.documents.line import Line
from symderiv.documents.names import names_in
from symderiv.language.probability import Distribution
from symderiv.model.statement import Proposition

if TYPE_CHECKING:
    from symderiv.documents.section import Section

_MOST = 8
"""No more of what is said last is tried."""
_FORMULA = re.compile(r"\$[^$]*\$|\\\(.*?\\\)", re.DOTALL)
_SAYS = re.compile(
    r"(?:\A|\b(?:have|has|gets?|obtains?|observes?|finds?|sees?|holds|follows|gives|yields|implies|concludes?|is|are|then"
    r"|hence|thus|so|therefore|(?<![a-z] )(?:with|where)|let|set)\s*(?:that)?|\b(?:has|have|with)(?:\s+[a-z-]+){1,3}"
    r"|\A(?:for|in|under)\s+(?:the|our|this)(?:\s+[a-z-]+){1,3}"
    r"|(?:\A|,\s*(?:and\s+)?)(?:here|now|first|at first|at last|finally|initially|after)(?:\s+[a-z-]+){0,3}"
    r"|\$\s*(?:,\s*(?:and)?|and))[\s,:$(\\]*\Z",
    re.IGNORECASE,
)
"""Words right before what is said, or before another one of several."""
LIMITS = re.compile(r"\b(?:if|for|when|whenever|provided|assuming|supposing|in case|unless)\b", re.IGNORECASE)
_CASES = re.compile(r"\b(?:unless|either|or|otherwise|iff|would|could|might|may|whether)\b", re.IGNORECASE)
_CONDITION = re.compile(r"\$[^$]*(?:[=<>]|\\(?:in|leq?|geq?|neq?|to|sim)(?![a-z]))[^$]*\$")
_REACH = 400
"""No sentence is taken for longer."""


def said_in_passing(section: Section, line: Line, goal: Proposition) -> tuple[Proposition, ...]:
    """What the prose up to a relation says of its names without being read as hypotheses, what stands last first.

    What is said under a condition is so where the relation is under none, and where a formula says which it is.
    """
    text, names = section.source.text, _names(goal)
    displays = [display for display in section.displays if display.number <= line.display.number]
    rows = ((display, row) for display in reversed(displays) for row in reversed(display.limited))
    is_of_a_case = LIMITS.search(last_words(line.display)) is not None
    found = ((display, row) for display, row in rows if _is_said(text, row, row.mentioned, is_of_a_case))
    said = (section.mentioned(display, row) for display, row in found)
    about = (
        stated
        for stated in chain(said, section.by_custom)
        if stated is not None and stated != goal and names & _names(stated)
    )
    return tuple(dict.fromkeys(about))[:_MOST]


def _names(stated: Proposition) -> frozenset[str]:
    """The names in a proposition, without the numbers of members, and the distributions that it is about."""
    named = {name.split("_")[0] for side in (stated.left, stated.right) for name in names_in(side)}
    about = (side.atoms(Distribution) for side in (stated.left, stated.right))
    return frozenset(named | {str(one) for found in about for one in found})


def is_under_a_condition(text: str, row: Row) -> bool:
    """True of a relation in prose behind a condition that is written as a formula."""
    before = before_in_sentence(text, row)
    return LIMITS.search(before) is not None and _CONDITION.search(before) is not None


def before_in_sentence(text: str, row: Row) -> str:
    """What stands before a relation in its sentence."""
    start = row.place[0]
    return SENTENCE_END.split(text[max(0, start - _REACH) : start])[-1]


def _is_said(text: str, row: Row, is_plain: bool, is_of_a_case: bool) -> bool:
    """True of a relation behind words that say it, in a sentence that denies nothing and asks for nothing."""
    start, end = row.place
    before = before_in_sentence(text, row)
    behind = SENTENCE_END.split(text[end : end + _REACH])[0]
    if is_under_a_condition(text, row) or (is_of_a_case and LIMITS.search(before)):
        return False
    # What holds in some case is an equation, of which no words say that it is one of several.
    if not is_plain and (row.sign != "=" or _CASES.search(f"{before} {behind}") or LIMITS.match(behind.lstrip("$ ,"))):
        return False
    said = _SAYS.search(before.lstrip()) is not None
    return said and DENIES.search(_FORMULA.sub(" ", f"{before}{text[start:end]}{behind}")) is None
