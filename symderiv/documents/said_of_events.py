r"""What prose says of events: that $A$ and $B$ are disjoint, mutually exclusive or independent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from sympy import Expr, preorder_traversal

from symderiv.documents.kinds import LIST, listed
from symderiv.documents.reading import Display
from symderiv.documents.said_of_random import is_late, placed_sentences, speaks_of_dependent
from symderiv.documents.suppositions import comes_back, is_plainly_said
from symderiv.formulas.general import Terms
from symderiv.language import events as e
from symderiv.language import quantities as q
from symderiv.language import written as w
from symderiv.model.statement import Proposition, Relation

_QUALIFIED = r"(?:(?:pairwise|mutually|jointly|statistically|all|both|two|three|assumed|to be)\s+){0,3}"
"""Words before what is said that do not change it."""
_APART = r"(?!\s+(?:of|from)\b)"
"""`$A$ and $B$ are independent of $C$` says nothing of A and B."""
_DENIES = re.compile(
    r"\b(?:not|no|never|nor|neither|unless|whether|if|when|whenever|only|without|otherwise|first|either|non)\b"
    r"|\bconditional|\bgiven\s+\$|\?",
    re.IGNORECASE,
)
"""What stands in sentences from which nothing is taken."""


def _said(what: str) -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(rf"{LIST}\s+(?:are|be|being)\s+{_QUALIFIED}(?:{what})\b{_APART}", re.IGNORECASE),
        re.compile(
            rf"(?:\A|[\s.,:])(?<!ly )(?<!almost )(?<!pairwise )(?:{what})\s+(?:events?|sets?)?\s*{LIST}", re.IGNORECASE
        ),
        re.compile(rf"\b(?:pairwise|mutually)\s+(?:{what})\s+(?:events?|sets?)?\s*{LIST}", re.IGNORECASE),
    )


_DISJOINT = _said(r"mutually exclusive|disjoint|incompatible")
_INDEPENDENT = _said("independent")


_GOES_ON = re.compile(r"\b(?:let|suppose|assume|now|from here)\b", re.IGNORECASE)
"""Words by which what is said holds for all that follows, not only for the next display."""


@dataclass(frozen=True)
class SaidOfEvents:
    """What prose says of events, and the numbers of the displays for which it does; `last` is None to the end."""

    stated: Proposition
    first: int
    last: int | None

    def holds_for(self, display: Display) -> bool:
        """True of a display that it is said for."""
        return self.first <= display.number and (self.last is None or display.number <= self.last)


def facts_of_events(displays: Sequence[Display], terms: Terms) -> Iterator[SaidOfEvents]:
    """What is said of pairs of events, and of all of a list where they are independent and not only pairwise so.

    What is said after two of the events stood in a relation, or beside dependent ones, may be meant for what it
    introduces alone.
    """
    sentences = list(placed_sentences(displays))
    mixed = any(speaks_of_dependent(sentence) for _, sentence in sentences)
    # What a sentence before the next display takes back was not said for it.
    kept = [
        (number, sentence)
        for place, (number, sentence) in enumerate(sentences)
        if not any(other == number and comes_back(later) for other, later in sentences[place + 1 :])
    ]
    for number, sentence in (pair for pair in kept if not _DENIES.search(pair[1])):
        for patterns, is_disjoint in ((_DISJOINT, True), (_INDEPENDENT, False)):
            for match in (match for pattern in patterns for match in pattern.finditer(sentence)):
                names = [name for name in listed(match["names"]) if name in terms.events]
                if not is_plainly_said(sentence[: match.start()], sentence[match.end() :]):
                    continue
                events = [e.Event(name, (), terms.outcomes) for name in names]
                largest = 2 if is_disjoint or "pairwise" in match.group().lower() else len(names)
                late = mixed or is_late(displays[:number], names)
                first = displays[0].number + (number if late else 0)
                last = first if late and (mixed or not _GOES_ON.search(sentence)) else None
                for stated in _facts(events, largest, is_disjoint, terms):
                    yield SaidOfEvents(stated, first, last)


def _facts(events: Sequence[Expr], largest: int, is_disjoint: bool, terms: Terms) -> Iterator[Proposition]:
    for some in (some for count in range(2, largest + 1) for some in combinations(events, count)):
        both = e.Intersection(*some)
        if is_disjoint:
            yield Proposition(both, Relation.EQUAL, e.Certain(r"\emptyset", 0))
        else:
            apart = w.Times(*(_chance(terms, event) for event in some))
            yield Proposition(_chance(terms, both), Relation.EQUAL, apart)


def _chance(terms: Terms, event: Expr) -> Expr:
    return e.Probability.build(terms.space, terms.outcomes, (), (event,))


def facts_about(facts: Iterable[SaidOfEvents], display: Display, sides: Sequence[Expr]) -> list[Proposition]:
    """What is said of the events in some expressions for a display."""
    events = events_in(sides)
    found = (fact.stated for fact in facts if fact.holds_for(display))
    return [stated for stated in found if events_in((stated.left, stated.right)) <= events]


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
