r"""What prose says of events: that they are disjoint, independent, perhaps given another one, or imply each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from sympy import Expr, preorder_traversal

from symderiv.documents.displays import Display
from symderiv.documents.kinds import LIST, listed
from symderiv.documents.said_of_random import is_late, speaks_of_dependent
from symderiv.documents.sentences import placed_sentences
from symderiv.documents.suppositions import comes_back, is_plainly_said
from symderiv.formulas.events import taking
from symderiv.formulas.general import Terms
from symderiv.language import events as e
from symderiv.language import quantities as q
from symderiv.language import written as w
from symderiv.model.statement import Proposition, Relation

_QUALIFIED = (
    r"(?:(?:binary(?:\s+and)?|pairwise|mutually|jointly|statistically|all|both|two|three|assumed|to be)\s+){0,3}"
)
"""Words before what is said that do not change it."""
_THAT_ARE = r"(?:(?:two|three)?\s*events\s+(?:that|which)\s+are\s+)?"
_APART = r"(?!\s+(?:of|from)\b)"
"""`$A$ and $B$ are independent of $C$` says nothing of A and B."""
_DENIES = re.compile(
    r"\b(?:not|no|never|nor|neither|unless|whether|if|when|whenever|only|without|otherwise|first|either|non)\b|\?",
    re.IGNORECASE,
)
"""What stands in sentences from which nothing is taken."""
_CONDITIONAL = re.compile(r"\bconditional|\bgiven\s+\$", re.IGNORECASE)
"""What stands in sentences of which nothing is taken but what holds given an event."""


def _said(what: str) -> tuple[re.Pattern[str], ...]:
    return (
        re.compile(rf"{LIST}\s+(?:are|be|being)\s+{_THAT_ARE}{_QUALIFIED}(?:{what})\b{_APART}", re.IGNORECASE),
        re.compile(
            rf"(?:\A|[\s.,:])(?<!ly )(?<!almost )(?<!pairwise )(?:{what})\s+(?:events?|sets?)?\s*{LIST}", re.IGNORECASE
        ),
        re.compile(rf"\b(?:pairwise|mutually)\s+(?:{what})\s+(?:events?|sets?)?\s*{LIST}", re.IGNORECASE),
    )


_DISJOINT = _said(r"mutually exclusive|disjoint|incompatible")
_INDEPENDENT = _said("independent")
_GIVEN = (
    re.compile(
        rf"{LIST}\s+(?:are|be|being)\s+{_QUALIFIED}(?:conditionally\s+)?independent,?\s+"
        r"(?:given|conditional(?:ly)?\s+(?:on|upon))\s+\$(?P<given>[^$]{1,20})\$",
        re.IGNORECASE,
    ),
)
_WITHIN = (re.compile(r"(?P<names>\$(?P<small>[^$\\]{1,20})\\subset(?:eq)?(?![a-z])(?P<large>[^$\\]{1,20})\$)"),)


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
    sentences = list(placed_sentences(displays)) if terms.events or terms.valued else []
    mixed = any(speaks_of_dependent(sentence) for _, sentence in sentences)
    # What a sentence before the next display takes back was not said for it.
    kept: list[tuple[int, str]] = []
    taken_back: set[int] = set()
    for number, sentence in reversed(sentences):
        if number not in taken_back:
            kept.append((number, sentence))
        if comes_back(sentence):
            taken_back.add(number)
    for number, sentence in (pair for pair in reversed(kept) if not _DENIES.search(pair[1])):
        for patterns, facts in _KINDS.items():
            if facts in _PLAIN and _CONDITIONAL.search(sentence):
                continue
            for match in (match for pattern in patterns for match in pattern.finditer(sentence)):
                if not is_plainly_said(sentence[: match.start()], sentence[match.end() :]):
                    continue
                names = [
                    name for name in re.findall(_NAME, match.group()) if name in terms.events | terms.valued.keys()
                ]
                late = mixed or is_late(displays[:number], names)
                first = displays[0].number + (number if late else 0)
                last = first if late and (mixed or not _GOES_ON.search(sentence)) else None
                for stated in facts(match, terms):
                    yield SaidOfEvents(stated, first, last)


_NAME = r"(?<![A-Za-z\\])[A-Z](?:_\{?\w+\}?)?(?![A-Za-z])"


def _event(terms: Terms, name: str) -> Expr | None:
    """The event with a name; None of a name of something else."""
    return e.Event(name, (), terms.outcomes) if name in terms.events else None


def _listed_events(match: re.Match[str], terms: Terms) -> list[Expr]:
    found = (_event(terms, name) for name in listed(match["names"]))
    return [event for event in found if event is not None]


def _happening(terms: Terms, name: str) -> list[Expr]:
    """The event with a name, or the events that a variable has one of its values in the text."""
    if name in terms.valued:
        return [taking(terms, name, value) for value in terms.valued[name].seen]
    event = _event(terms, name)
    return [] if event is None else [event]


def _choices(match: re.Match[str], terms: Terms) -> list[tuple[Expr, ...]]:
    """The events of a list; of variables, all ways in which they have values."""
    found = (_happening(terms, name) for name in listed(match["names"]))
    return list(product(*(events for events in found if events)))


def _disjoint(match: re.Match[str], terms: Terms) -> Iterator[Proposition]:
    for pair in combinations(_listed_events(match, terms), 2):
        yield Proposition(e.Intersection(*pair), Relation.EQUAL, e.Certain(r"\emptyset", 0))


def _independent(match: re.Match[str], terms: Terms) -> Iterator[Proposition]:
    """The probability of all of some events, of two alone where they are pairwise so."""
    for events in _choices(match, terms):
        largest = 2 if "pairwise" in match.group().lower() else len(events)
        for some in (some for count in range(2, largest + 1) for some in combinations(events, count)):
            for parts in _splits(some):
                apart = w.Times(*(_chance(terms, part) for part in parts))
                yield Proposition(_chance(terms, some), Relation.EQUAL, apart)


def _splits(events: Sequence[Expr]) -> Iterator[tuple[Sequence[Expr], ...]]:
    """Independent events one by one, and in two groups, which are independent as well."""
    yield tuple((event,) for event in events)
    first, *others = events
    for count in range(len(others) if len(others) > 1 else 0):
        for beside in combinations(others, count):
            yield (first, *beside), tuple(event for event in others if event not in beside)


def _independent_given(match: re.Match[str], terms: Terms) -> Iterator[Proposition]:
    """P(A, B, C) P(C) = P(A, C) P(B, C), which is what it means where C has a probability, and holds where not."""
    pairs = (pair for events in _choices(match, terms) for pair in combinations(events, 2))
    for (one, other), given in product(pairs, _happening(terms, match["given"].strip())):
        whole, alone = _chance(terms, (one, other, given)), _chance(terms, (given,))
        apart = w.Times(_chance(terms, (one, given)), _chance(terms, (other, given)))
        yield Proposition(w.Times(whole, alone), Relation.EQUAL, apart)


def _within(match: re.Match[str], terms: Terms) -> Iterator[Proposition]:
    """That what implies another event is the same as both of them."""
    small, large = (_event(terms, match[side].strip()) for side in ("small", "large"))
    if small is not None and large is not None:
        yield Proposition(e.Intersection(small, large), Relation.EQUAL, small)


_KINDS = {_DISJOINT: _disjoint, _INDEPENDENT: _independent, _GIVEN: _independent_given, _WITHIN: _within}
_PLAIN = (_disjoint, _independent)
"""What holds given nothing."""


def _chance(terms: Terms, events: Sequence[Expr]) -> Expr:
    """The probability that all of some events happen."""
    whole = events[0] if len(events) == 1 else e.Intersection(*events)
    return e.Probability.build(terms.space, terms.outcomes, (), (whole,))


def facts_about(facts: Iterable[SaidOfEvents], display: Display, sides: Sequence[Expr]) -> list[Proposition]:
    """What is said of the events in some expressions for a display."""
    events = events_in(sides)
    found = dict.fromkeys(fact.stated for fact in facts if fact.holds_for(display))
    return [stated for stated in found if events_in((stated.left, stated.right)) <= events]


def events_in(sides: Sequence[Expr]) -> set[str]:
    """The names of the events in some expressions."""
    return {part.name for side in sides for part in preorder_traversal(side) if isinstance(part, e.Event)}


_MEMBER = re.compile(r"_\{?[a-z]")
"""The subscript of a member of a family, where it is no index of the language."""


def are_tied(sides: Sequence[Expr]) -> bool:
    """True where events stand of which more is known than their names say: comparisons, members of families, unions."""
    parts = [part for side in sides for part in preorder_traversal(side)]
    events = [part for part in parts if isinstance(part, e.Event)]
    if any(e.is_comparison(event.name) or event.args[1] or _MEMBER.search(event.name) for event in events):
        return True
    return bool(events) and any(isinstance(part, q.Opaque) for part in parts)
