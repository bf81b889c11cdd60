r"""Equations for all members of a family: what `p_i = a_i / s` says of the p_2 that a relation calls by its number.

Prose may say of which members it holds: `for even $i$`, `of the support vectors`.  Where it may, it says nothing for
certain of a member by its number, and values of that say nothing either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import suppress
from functools import partial
from itertools import chain, islice

from symderiv.documents.asides import SENTENCE_END
from symderiv.documents.displays import Row, names_of
from symderiv.documents.last_terms import last_terms, written_out
from symderiv.documents.line import Line
from symderiv.documents.mentions import mentions
from symderiv.documents.numbered import first_value, has_numbers, members_of, numbered
from symderiv.documents.propositions import matching
from symderiv.documents.recurrences import recurring
from symderiv.documents.section import Section
from symderiv.documents.store import MOST
from symderiv.documents.suppositions import gives_a_value
from symderiv.formulas import tree as t
from symderiv.formulas.functions import calls_in
from symderiv.formulas.grammar import RELATIONS
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Unread
from symderiv.language.written import LanguageError
from symderiv.model.statement import Proposition, Relation

_SENTENCE = 400
"""No sentence is taken for longer."""
_DISPLAY = re.compile(r"\$\$.*?(?:\$\$|\Z)|\\\[.*?(?:\\\]|\Z)|\\begin\{.*?(?:\\end\{\w+\*?\}|\Z)", re.DOTALL)
_OF_ANY = re.compile(r"\b(?:all|each|every|any|index|indices)\b|\$-?th\b", re.IGNORECASE)
"""Words by which a letter stands for any number."""


def members(section: Section, tree: t.Sides, rows: Sequence[Row]) -> Iterator[tuple[t.Sides, bool]]:
    """What some equations say of the members that a relation calls by number, and whether they are said of all."""
    # Of a letter that prose speaks of, other than as of any, it may say which is meant.
    told = {name for name, sentence in mentions(section.displays) if _OF_ANY.search(sentence) is None}
    one_value = section.particular | section.single | told
    mentioned = [row for display in section.displays for row in display.limited if row.mentioned and row.sign == "="]
    for row in rows:
        stated = section.trees.get(id(row))
        if isinstance(stated, t.Sides) and isinstance(row.left, t.Name):
            least = partial(first_value, section.source.text, row)
            for member in members_of(tree, stated, least):
                is_of_all = one_value.isdisjoint(row.left.lower) and _is_plain(section.source.text, row)
                yield member, is_of_all and not any(_says_otherwise(other, row) for other in mentioned)


class Families:
    """What the equations of a section for all members of families say of the members in its relations."""

    def __init__(self, section: Section) -> None:
        self.section = section

    def related(self, place: int, line: Line) -> list[Proposition]:
        """What given equations for `x_t` say of the `x_{t-1}` in a relation, and of those in what they say."""
        tree = self.section.tree_of(line)
        if not isinstance(tree, t.Sides):
            return []
        rows = [row for row in self.section.lasting() if row is not line.row and row.sign == "="]
        given = [known for row in rows if isinstance(known := self.section.trees.get(id(row)), t.Sides)]
        found: dict[Proposition, None] = {}
        self.section.terms.place = place
        equations = list(islice(recurring(tree, given, self.section.terms.index), MOST))
        equations += islice((one for one, is_of_all in members(self.section, tree, rows) if is_of_all), MOST)
        related = [tree, *_said_of(names_of(*tree.sides), given), *_said_of_calls(tree, given), *equations]
        names, values = self.section.names | names_of(*tree.sides), self.section.values_at(line.display, line.row)
        terms = list(islice(chain(last_terms(related), written_out(related, names, values)), MOST))
        # The terms may have values.
        put_in = [side for equation in (*equations, *terms) for side in equation.sides]
        members_said = _said_once(_said_of(names_of(*put_in) - names_of(*tree.sides), given))
        for equation in (*equations, *terms, *members_said):
            with suppress(Unread, LanguageError):
                left, right = matching(*(self.section.terms.expression(side) for side in equation.sides))
                found[Proposition(left, Relation.EQUAL, right)] = None
        return list(found)

    def by_number(self, place: int, line: Line, goal: Proposition) -> tuple[list[Proposition], bool]:
        """What given relations for `x_t` say of the members that a relation calls by number.

        And whether the text says of some of these what they are in another way.
        """
        tree, text, index = self.section.trees.get(id(line.row)), self.section.source.text, self.section.terms.index
        rows = [row for row in self.section.lasting() if row is not line.row and row.sign in RELATIONS.values()]
        said = [*rows, *(row for d in self.section.displays for row in (*d.conditions, *d.limited))]
        told = {
            side.text
            for row in said
            for side in (row.left, row.right)
            if isinstance(side, t.Name) and has_numbers(side)
        }
        found: dict[Proposition, None] = {}
        overridden = False
        self.section.terms.place = place
        for row in rows if tree is not None else ():
            stated = self.section.trees.get(id(row))
            if tree is None or not isinstance(stated, t.Sides) or len(stated.sides) != 2:
                continue
            for one in numbered(tree, stated, index, partial(first_value, text, row)):
                if isinstance(one.sides[0], t.Name) and one.sides[0].text in told:
                    overridden = True
                    continue
                with suppress(Unread, LanguageError):
                    left, right = matching(*(self.section.terms.expression(side) for side in one.sides))
                    found[Proposition(left, Relation(row.sign), right)] = None
                    # The first member is not mentioned by the relation, and what it is may be said.
                    first = (side for side in t.walk(one) if isinstance(side, t.Name) and side.text in told)
                    for name in first:
                        left = self.section.terms.expression(name)
                        found |= dict.fromkeys(self.section.store.given_of(place, goal, left))
        return list(found), overridden


def _said_of(names: Set[str], equations: Iterable[t.Sides]) -> list[t.Sides]:
    """The equations that say what some names are."""
    return [e for e in equations if isinstance(e.sides[0], t.Name) and e.sides[0].text in names]


def _said_of_calls(tree: t.Sides, equations: Iterable[t.Sides]) -> list[t.Sides]:
    """The equations that say what some calls in a relation are."""
    calls = {printed(call) for call in calls_in([tree])}
    return [e for e in equations if isinstance(e.sides[0], t.Applied) and printed(e.sides[0]) in calls]


def _said_once(equations: Sequence[t.Sides]) -> list[t.Sides]:
    """Of equations for names those that are the only ones for theirs."""
    values: dict[str, set[str]] = {}
    for equation in equations:
        values.setdefault(printed(equation.sides[0]), set()).add(printed(equation.sides[1]))
    return [equation for equation in equations if len(values[printed(equation.sides[0])]) == 1]


def _says_otherwise(other: Row, row: Row) -> bool:
    """True of another equation for the same, behind a first one: it may be the one that holds."""
    sides = [[None if side is None else printed(side) for side in (one.left, one.right)] for one in (other, row)]
    return other.place > row.place and sides[0][0] == sides[1][0] and sides[0][1] != sides[1][1]


def _is_plain(text: str, row: Row) -> bool:
    """True where no word of the sentence before an equation could say of which members it holds."""
    before = SENTENCE_END.split(text[max(0, row.place[0] - _SENTENCE) : row.place[0]])[-1]
    return gives_a_value(_DISPLAY.sub(" ", before), "")
