r"""Lists of numbers that prose calls a distribution: `let $p_1, \ldots, p_n$ be a probability distribution`.

They are not negative and sum to one.  `The probabilities $p_1, \ldots, p_n$` need not: they may be those of several
events.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from symderiv.documents.asides import DENIES, SENTENCE_END
from symderiv.documents.reading import Display, Row
from symderiv.formulas import tree as t

_LIST = r"\$\s*(?P<{0}>[A-Za-z])_\{{?1\}}?\s*,\s*(?:\\[lc]?dots[cbmi]?|\.\.\.)\s*,\s*(?P={0})_(?:\w|\{{\w+\}})\s*\$"
_WORDS = r"(?:\(?(?:of|with|over|the|a|probabilit(?:y|ies)|distribution|weights?|masses|numbers)\s+){0,4}"
_BE = r"(?:be|is|are|form|denote|being)\s+(?:(?:an?|the|discrete|finite|probability)\s+){0,3}"
_CALLED = re.compile(
    rf"\b(?:distribution|entropy|mass function|pmf)\s+{_WORDS}{_LIST.format('early')}"
    rf"|{_LIST.format('late')}\s+{_BE}(?:distribution|mass function|pmf|probability vector)\b",
    re.IGNORECASE,
)


def said_distributions(displays: Sequence[Display], trees: Iterable[t.Node]) -> Iterator[Row]:
    """That what prose calls a distribution sums to one and is not negative, where the text sums over it."""
    sentences = (s for d in displays for text in (d.before, d.after) for s in SENTENCE_END.split(text))
    called = {m["early"] or m["late"] for s in sentences if not DENIES.search(s) for m in _CALLED.finditer(s)}
    found: set[str] = set()
    totals = (node for tree in trees for node in t.walk(tree) if isinstance(node, t.Total) and node.kind == "sum")
    for total in totals if called else ():
        for member in (node for node in t.walk(total.body) if isinstance(node, t.Name)):
            is_own = len(total.over) == 1 and member.lower == (total.over[0].text,) and member.stem in called - found
            if is_own and isinstance(total.lower, t.Numeral) and total.lower.value == 1 and total.condition is None:
                found.add(member.stem)
                place = (total.start, total.end)
                whole = t.Total(*place, total.over, member, "sum", total.lower, total.upper)
                zero, one = (t.Numeral(*place, Fraction(value)) for value in (0, 1))
                yield Row(-1, place, "first", "=", whole, one, "where")
                yield Row(-1, place, "first", "<=", zero, member, "where")
