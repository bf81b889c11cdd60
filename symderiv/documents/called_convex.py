r"""Functions that prose calls convex or concave: through every point of the graph there is a line on one side of it.

`f(t) \geq f(m) + s(m) (t - m)` for all t and m, with a slope s(m) of which nothing else is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from symderiv.documents.displays import Display
from symderiv.documents.kinds import LIST
from symderiv.documents.sentences import stated_of_names
from symderiv.formulas import tree as t

_WORD = r"(?P<word>(?<![\w-])(?:convex|concave))"
_KINDS = (
    r"(?:(?:an?|the|both|all|some|any|strictly|strongly|smooth|differentiable|real|real-valued|continuous|also)[\s,]+)*"
)
_CONVEX = (
    re.compile(
        rf"{LIST}\s+(?:is|are|be|being)\s+{_KINDS}{_WORD}(?=\s*(?:[.,;:]|\Z|(?:and|functions?|with)\b))", re.IGNORECASE
    ),
    re.compile(rf"(?:\b(?:for|with|some|any|an?)\s+)?{_KINDS}{_WORD}\s+functions?\s+{LIST}", re.IGNORECASE),
)
_DENIES = re.compile(
    r"\b(?:not|no|nor|neither|never|or|non-?convex|quasi-?(?:convex|concave)|unless|whether|if|when|either|locally|on"
    r"|in\s+(?:each|every|its|the)|near|around|jointly|sets?|hulls?|operators?|matri(?:x|ces))\b|\?",
    re.IGNORECASE,
)
"""Words of sentences from which nothing is taken: a function that is convex on a set may be anything elsewhere."""


def called_convex(displays: Sequence[Display]) -> dict[str, str]:
    """The functions that a section calls so throughout, each with the sign between it and the lines through its graph.

    None of which two things are said.
    """
    found = [
        (name, stated.match["word"].lower())
        for stated in stated_of_names(displays, _CONVEX, _DENIES)
        if stated.displays is None
        for name in stated.names
    ]
    words = {name: {word for other, word in found if other == name} for name, _ in found}
    return {name: ">=" if own == {"convex"} else "<=" for name, own in words.items() if len(own) == 1}


def supporting_line(call: t.Applied, point: t.Node) -> t.Sides:
    """That a function at the argument of a call is at least, or at most, the line through its graph at a point."""
    (argument,), at = call.before, (call.start, call.end)
    head = replace(call.head, text=rf"\partial {call.head.text}", stem=rf"\partial {call.head.stem}", base=r"\partial")
    slope = replace(call, head=head, before=(point,))
    rise = t.Product(*at, (slope, t.Addition(*at, (argument, t.Negation(*at, point)))))
    return t.Sides(*at, (call, t.Addition(*at, (replace(call, before=(point,)), rise))), (">=",))


def lines_between(calls: Sequence[t.Applied], most: int) -> Iterator[t.Sides]:
    """The lines through the graph of a function at the argument of each call, at those of the others."""
    pairs = [(call, other.before[0]) for call in calls for other in calls if call is not other]
    for call, point in pairs[:most]:
        yield supporting_line(call, point)
