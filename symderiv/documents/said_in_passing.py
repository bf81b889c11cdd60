"""What prose says in passing: no hypothesis, and yet a step that needs it need not be a mistake."""

from __future__ import annotations

import re

from symderiv.documents.asides import DENIES, SENTENCE_END
from symderiv.documents.line import Line
from symderiv.documents.names import names_in
from symderiv.documents.reading import Row
from symderiv.documents.section import Section
from symderiv.model.statement import Proposition

_MOST = 4
"""No more of what is said last is tried."""
_FORMULA = re.compile(r"\$[^$]*\$|\\\(.*?\\\)", re.DOTALL)
_SAYS = re.compile(
    r"(?:\A|\b(?:have|has|gets?|obtains?|finds?|sees?|holds|follows|gives|yields|implies|concludes?|is|then|hence|thus|so"
    r"|therefore|(?<![a-z] )(?:with|where)|let|set))(?:\s+that)?[\s,:$]*\Z",
    re.IGNORECASE,
)
"""Words right before what is said."""
_REACH = 400
"""No sentence is taken for longer."""


def said_in_passing(section: Section, line: Line, goal: Proposition) -> tuple[Proposition, ...]:
    """What the prose up to a relation says of its names without being read as hypotheses, what stands last first."""
    names = _names(goal)
    displays = [display for display in section.displays if display.number <= line.display.number]
    rows = ((display, row) for display in reversed(displays) for row in reversed(display.limited) if row.mentioned)
    said = (section.mentioned(display, row) for display, row in rows if _is_said(section.source.text, row))
    about = (stated for stated in said if stated is not None and stated != goal and names & _names(stated))
    return tuple(dict.fromkeys(about))[:_MOST]


def _names(stated: Proposition) -> frozenset[str]:
    return names_in(stated.left) | names_in(stated.right)


def _is_said(text: str, row: Row) -> bool:
    """True of a relation behind words that say it, in a sentence that denies nothing and asks for nothing."""
    start, end = row.place
    before = SENTENCE_END.split(text[max(0, start - _REACH) : start])[-1]
    behind = SENTENCE_END.split(text[end : end + _REACH])[0]
    said = _SAYS.search(before.lstrip()) is not None
    return said and DENIES.search(_FORMULA.sub(" ", f"{before}{text[start:end]}{behind}")) is None
