r"""What prose says of events: that $A$ and $B$ are disjoint, mutually exclusive or independent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from sympy import Expr, preorder_traversal

from symderiv.documents.kinds import LIST, lists_called
from symderiv.documents.reading import Display
from symderiv.formulas.general import Terms
from symderiv.language import events as e
from symderiv.language import quantities as q
from symderiv.language import written as w
from symderiv.model.statement import Proposition, Relation

_FEW = r"(?:(?:\w+|mutually|pairwise)\s+){0,2}"


def _said(what: str) -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(rf"{LIST}\s+(?:are|be|being|is)\s+{_FEW}(?:{what})\b", re.IGNORECASE),
        re.compile(rf"\b(?:{what})\s+(?:events?|sets?)?\s*{LIST}", re.IGNORECASE),
    )


_DISJOINT = _said(r"mutually exclusive|disjoint|incompatible")
_INDEPENDENT = _said("independent")


def facts_of_events(displays: Sequence[Display], terms: Terms) -> Iterator[Proposition]:
    """What is said of pairs of events, and of all of a list where they are independent."""
    for patterns, is_disjoint in ((_DISJOINT, True), (_INDEPENDENT, False)):
        for names in lists_called(displays, patterns):
            events = [e.Event(name, (), terms.outcomes) for name in names if name in terms.events]
            counts = (2,) if is_disjoint else range(2, len(events) + 1)
            for some in (some for count in counts for some in combinations(events, count)):
                both = e.Intersection(*some)
                if is_disjoint:
                    yield Proposition(both, Relation.EQUAL, e.Certain(r"\emptyset", 0))
                else:
                    apart = w.Times(*(_chance(terms, event) for event in some))
                    yield Proposition(_chance(terms, both), Relation.EQUAL, apart)


def _chance(terms: Terms, event: Expr) -> Expr:
    return e.Probability.build(terms.space, terms.outcomes, (), (event,))


def events_in(sides: Sequence[Expr]) -> set[str]:
    """The names of the events in some expressions."""
    return {part.name for side in sides for part in preorder_traversal(side) if isinstance(part, e.Event)}


def are_tied(sides: Sequence[Expr]) -> bool:
    """True where events stand of which more is known than their names say: comparisons, members of families, unions."""
    parts = [part for side in sides for part in preorder_traversal(side)]
    events = [part for part in parts if isinstance(part, e.Event)]
    if any(e.is_comparison(event.name) or event.args[1] for event in events):
        return True
    return bool(events) and any(isinstance(part, q.Opaque) for part in parts)
