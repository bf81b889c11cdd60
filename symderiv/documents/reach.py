"""How far what a text says holds: in its line, in its sentence, or in all of its section.

What stands under a condition, is denied, is a mere supposition or one of several cases is not believed beyond.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from symderiv.documents.asides import SENTENCE_END
from symderiv.documents.cases import cases_of, leads_from_case
from symderiv.documents.defined_twice import redefined
from symderiv.documents.displays import DRAWN_FROM, Display, Row, arbitrary_names, freed_names, is_condition, names_of
from symderiv.documents.function_domains import called_in, domains_of
from symderiv.documents.leading_words import last_words
from symderiv.documents.optima import SET_TO_ZERO
from symderiv.documents.role import A_DEFINITION, EXTREMUM, POSED, Role
from symderiv.documents.roles import is_asserted
from symderiv.documents.suppositions import comes_back
from symderiv.formulas import tree as t
from symderiv.formulas.notation import PROBABILITIES


class Reach:
    """The displays of one section, in order, with the roles of their rows by identity."""

    def __init__(self, displays: Sequence[Display], roles: Mapping[int, Role]) -> None:
        self.displays, self.roles = displays, roles
        claims = [d.number for d in displays if any(roles[id(row)].kind == "claim" for row in d.rows)]
        self._only_claim = claims[0] if len(claims) == 1 else None
        self._has_claims = bool(claims)
        self._cases = cases_of(displays)
        self._places = [(display, row) for display in displays for row in display.rows]
        self._redefined = redefined(self._places)
        self._theorems = _theorems_for_themselves(displays)
        self.domains = domains_of(displays, roles)
        self.supposed: frozenset[int] = frozenset()
        """The numbers of displays that are supposed of some outcomes."""

    def within(self, display: Display, row: Row) -> frozenset[int] | None:
        """The places, in the order of rows, in which a relation holds; None where it holds in all of the section."""
        places = self._within(display, row)
        case = self._cases.get(display.number)
        if case is not None:
            own = frozenset(p for p, (d, _) in enumerate(self._places) if self._cases.get(d.number) == case)
            places = own if places is None else places & own
        theorem = self.in_its_theorem(display)
        return places if theorem is None else theorem if places is None else places & theorem

    def in_its_theorem(self, display: Display) -> frozenset[int] | None:
        """The places of a theorem and its proof, for what stands there where it holds there alone; None elsewhere."""
        theorem = self._theorems.get(display.number)
        if theorem is None:
            return None
        return frozenset(place for place, (other, _) in enumerate(self._places) if other.number in theorem)

    def _within(self, display: Display, row: Row) -> frozenset[int] | None:
        if display.is_alternative(row) or display.is_given_up:
            return frozenset()
        if _names_a_constant(row):
            # `+ \text{const}` is another constant in every display.
            return frozenset(place for place, (other, _) in enumerate(self._places) if other is display)
        if id(row) in self._redefined:
            return self._redefined[id(row)]
        anew = self._drawn_anew(display, row)
        if anew is not None:
            return frozenset(p for p, (other, _) in enumerate(self._places) if other.number < anew)
        if not self.is_theorem(display) and not display.holds_beyond(row):
            return frozenset(p for p, (d, other) in enumerate(self._places) if d is display and other.line == row.line)
        if self.roles[id(row)].reason == POSED:
            return self._until_given_up(display, row)
        if self._constraints(display):
            problem = {other.number for other in self._problem(display)}
            return frozenset(p for p, (other, _) in enumerate(self._places) if other.number in problem)
        if self.roles[id(row)].reason == EXTREMUM:
            # What a derivative is was not derived from its being zero.
            own = next(place for place, (_, other) in enumerate(self._places) if other is row)
            return frozenset(range(own, len(self._places)))
        if self._is_supposed(display, self._introduces(display, row)):
            return frozenset(p for p, (other, _) in enumerate(self._places) if self._leads_to(display, other))
        return None

    def _drawn_anew(self, display: Display, row: Row) -> int | None:
        """The number of the display before which prose gives another law to a name in a row: it is another one then."""
        place = next((n for n, other in enumerate(display.rows) if other is row), -1)
        upto = display.rows[: place + 1]
        begins = next((other for other in reversed(upto) if other.kind != "continued"), row)
        names, laws = _names([begins, row]), dict[str, str]()
        for other in self.displays:
            for said in (*other.inline, *other.conditions):
                if said.sign == DRAWN_FROM and isinstance(said.left, t.Name) and said.left.text in names:
                    law = laws.setdefault(said.left.text, said.texts[1])
                    if law != said.texts[1] and other.number > display.number:
                        return other.number
                    laws[said.left.text] = said.texts[1]
        return None

    def _until_given_up(self, display: Display, row: Row) -> frozenset[int]:
        """The places, from a display on, in which its unknowns are what solves it: until they are any names again."""
        behind = [other for other in self.displays if other.number > display.number]
        unknowns = _names([row])
        is_free = (
            other.number
            for other in behind
            if unknowns & (arbitrary_names(last_words(other)) | freed_names(behind, other))
            or _GENERALLY.search(last_words(other))
            or any(map(comes_back, SENTENCE_END.split(other.before)))
        )
        end = next(is_free, None)
        upto = (place for place, (other, _) in enumerate(self._places) if end is None or other.number < end)
        return frozenset(place for place in upto if self._places[place][0].number >= display.number)

    def throughout(self, display: Display) -> list[Row]:
        """What prose around a display asserts for the whole section."""
        inline = [] if display.number in self._cases else display.inline
        return [*inline, *(display.conditions if self.is_theorem(display) else ())]

    def here(self, display: Display, row: Row) -> list[Row]:
        """What holds for a relation and not throughout: conditions, and what stands before the arrow to it."""
        premises = [p for p in display.premises if row.lead == "implies" and p.place[1] <= row.place[0]]
        if self.is_theorem(display):
            return premises
        conditions = display.conditions_beside(row) or [other for other in display.rows if is_condition(other)]
        conditions += [
            said
            for other in self._sentence(display)
            for said in (() if self._is_renewed(other, display) else other.conditions)
        ]
        conditions += self._in_case(display)
        conditions += self._constraints(display)
        valued = _names(said for said in conditions if said.sign == "=")
        for domain in called_in(display.rows, self.domains):
            # Where an argument has a value, it may be one of which the definition says nothing.
            conditions += domain.conditions if valued.isdisjoint(_names(domain.conditions)) else ()
        if self._is_only_case(display) and leads_from_case(display):
            conditions += display.case_conditions
        return [said for said in (*conditions, *premises) if said is not row]

    def _problem(self, display: Display) -> list[Display]:
        """The displays of the problem in which a display stands: from where it is posed to where the next one is."""
        posed = [d for d in self.displays if _constraints_of(d) or _OPTIMISES.search(d.before)]
        starts = [d.number for d in posed if d.number <= display.number]
        ends = [d.number for d in posed if d.number > display.number]
        if not starts:
            return []
        return [d for d in self.displays if starts[-1] <= d.number and (not ends or d.number < ends[0])]

    def _constraints(self, display: Display) -> list[Row]:
        """The constraints of the problem of which a display speaks of the solution."""
        problem = self._problem(display)
        upto = (other for other in problem if other.number <= display.number)
        solved = any(SET_TO_ZERO.search(last_words(other)) for other in upto)
        return _constraints_of(problem[0]) if solved else []

    def _in_case(self, display: Display) -> list[Row]:
        """What is assumed in the case of a display, and asserted in it so far."""
        case = self._cases.get(display.number)
        same = [d for d in self.displays if case is not None and self._cases.get(d.number) == case]
        upto = [d for d in same if d.number <= display.number]
        return [row for d in upto for row in (*d.case_conditions, *d.inline)]

    def _is_only_case(self, display: Display) -> bool:
        """True where a case begins and no other one follows."""
        return display.opens_case and bool(display.case_conditions) and display.number not in self._cases

    def is_behind_a_lone_case(self, display: Display) -> bool:
        """True behind the only case of a text: how far its condition reaches is not said."""
        first = self._sentence(display)[0].number
        return any(self._is_only_case(other) for other in self.displays if other.number < first)

    def is_open(self, display: Display, row: Row) -> bool:
        """True where something about its names was not read, or is said under a condition that may be meant here."""
        own, sentence = _names([row]), self._sentence(display)
        before = [other for other in self.displays if other.number < sentence[0].number]
        if any(self._is_renewed(other, display) for other in sentence) or self.is_behind_a_lone_case(display):
            return True  # how far what is supposed there reaches is not said
        upto = [*before, *sentence]
        unread = (text for other in upto for said in other.rows if said.problem is not None for text in said.texts)
        if own & _names(said for other in upto for said in other.limited):
            return True
        if any(_mentions(text, name) for text in unread for name in own):
            return True
        stated = _names([*(said for other in sentence for said in other.conditions), *_limiting(display)])
        return bool((own - stated) & _names(said for other in before for said in _limiting(other)))

    def is_theorem(self, display: Display) -> bool:
        """True of the only claim of a theorem: its conditions hold in the proof too."""
        only = not self._has_claims or self._only_claim == display.number
        return display.part == "statement" and only

    def _introduces(self, display: Display, row: Row) -> bool:
        """True of `Define z = x - y` where z is new: a definition holds wherever what it defines stands."""
        if row.kind != "first" or row.sign != "=" or not isinstance(row.left, t.Name):
            return False
        if _DEFINES.search(last_words(display)) is None:
            return False
        before = (other for other in self.displays if other.number <= display.number)
        said = (r for other in before for r in (*other.rows, *other.inline, *other.conditions, *other.case_conditions))
        return row.left.text not in _names(other for other in said if other is not row)

    def _is_supposed(self, display: Display, introduces: bool = False) -> bool:
        """True of what holds in its sentence alone; `introduces` where it would be the definition of a new name."""
        return not self.is_theorem(display) and any(
            any(not said.constrains for said in other.conditions)
            or other.number in self.supposed
            or (self._is_only_case(other) and not introduces)
            or other.is_condition
            or (other.is_restricted and not self._names_what_is_left(other))
            or (is_unsaid(other) and other.rows and self.roles[id(other.rows[0])].kind == "given")
            or (other.has_arrow and not is_asserted(other, self.displays, self.roles))
            for other in self._sentence(display)
        )

    def _names_what_is_left(self, display: Display) -> bool:
        r"""True of `up to a constant, the log-posterior is $$ J(w) = ... $$`: J is what stands there, and no more."""
        row = next(iter(display.rows), None)
        if row is None or not display.leaves_out or self.roles[id(row)].reason != A_DEFINITION:
            return False
        if not _OF_A_THING.search(last_words(display)):
            return False
        left = row.left.head if isinstance(row.left, t.Applied) else row.left
        return isinstance(left, t.Name) and left.base not in PROBABILITIES

    def _leads_to(self, display: Display, other: Display) -> bool:
        """True where another display stands in the sentence of a display, at or behind it."""
        first, last = (one.number - self.displays[0].number for one in (display, other))
        goes_on = first <= last and all(self.displays[place].continues for place in range(first + 1, last + 1))
        return goes_on and not self._is_renewed(display, other)

    def _is_renewed(self, display: Display, other: Display) -> bool:
        """True where something else is supposed in the same sentence: `if $a = 1$, then ... and if $a = 2$, then`.

        Or nothing: `at $a = 1$ we have ... and in general`.
        """
        first, last = (one.number - self.displays[0].number for one in (display, other))
        stated = _names(display.conditions)
        return any(
            stated & (_names(later.conditions) | arbitrary_names(last_words(later)))
            or (stated and _GENERALLY.search(last_words(later)))
            for later in self.displays[first + 1 : last + 1]
        )

    def _sentence(self, display: Display) -> Sequence[Display]:
        """The displays of the sentence that a display stands in, up to it."""
        last = first = display.number - self.displays[0].number
        while first and self.displays[first].continues:
            first -= 1
        return self.displays[first : last + 1]


_GENERALLY = re.compile(r"\b(?:in general|generally|always|otherwise|elsewhere|everywhere)\b", re.IGNORECASE)
"""Words behind which nothing holds that was supposed before them."""
_OF_A_THING = re.compile(r"\b(?:is|are|reads?|becomes?|as|by)\W*\Z", re.IGNORECASE)
"""The end of words that say of something what it is."""
_OPTIMISES = re.compile(r"\b(?:maxi|mini|opti)mi[sz]e\b", re.IGNORECASE)
"""Words with which a problem is posed."""


def _theorems_for_themselves(displays: Sequence[Display]) -> dict[int, frozenset[int]]:
    """The displays of theorems and their proofs that suppose an equation which defines nothing, `x y = 0`, by numbers.

    What they say holds where that is so: it is not known of what stands behind them.
    """
    theorems: list[list[Display]] = []
    for before, display in zip((None, *displays), displays, strict=False):
        if display.part:
            goes_on = before is not None and before.part and (before.part != "proof" or display.part == "proof")
            if not goes_on:
                theorems.append([])
            theorems[-1].append(display)
    return {
        display.number: frozenset(own.number for own in theorem)
        for theorem in theorems
        if any(_supposes(row) for own in theorem for row in (*own.inline, *own.conditions))
        for display in theorem
    }


def _supposes(row: Row) -> bool:
    return row.sign == "=" and row.problem is None and not isinstance(row.left, t.Name | t.Applied | None)


def _names_a_constant(row: Row) -> bool:
    return any("const" in name for name in names_of(row.left, row.right))


def is_unsaid(display: Display) -> bool:
    """True of what the text denies, asks for, or tells as what would be so, or others say."""
    return display.is_denied or display.is_hypothetical


def _constraints_of(display: Display) -> list[Row]:
    return [said for said in display.conditions if said.constrains]


def _limiting(display: Display) -> list[Row]:
    """What is said for a display alone."""
    whole = display.is_condition or display.is_restricted or is_unsaid(display)
    rows = (row for row in display.rows if whole or is_condition(row) or display.is_alternative(row))
    return [*display.conditions, *rows]


def _names(rows: Iterable[Row]) -> frozenset[str]:
    return frozenset[str]().union(*(names_of(row.left, row.right) for row in rows))


def _mentions(text: str, name: str) -> bool:
    """True where a text that could not be read holds a name."""
    return re.search(rf"(?<![A-Za-z\\]){re.escape(name)}(?![A-Za-z])", text) is not None


_DEFINES = re.compile(
    r"\b(?:let|define|denote|set|put|write)\b(?!.*\b(?:then|so|thus|hence)\b)", re.IGNORECASE | re.DOTALL
)
