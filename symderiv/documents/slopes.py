"""Derivatives that a text sets to zero, or that are zero where it says that a function is largest or smallest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain

from sympy import Expr, Integer

from symderiv.documents.displays import Row, names_of
from symderiv.documents.leading_words import last_words
from symderiv.documents.line import Line
from symderiv.documents.names import names_in
from symderiv.documents.optima import (
    NO_EXTREMUM,
    SET_TO_ZERO,
    SEVERAL,
    Equation,
    may_be_constrained,
    set_to_zero,
    slope_at_extremum,
)
from symderiv.documents.propositions import matching
from symderiv.documents.role import EXTREMUM, STATIONARY
from symderiv.documents.section import Section
from symderiv.formulas import tree as t
from symderiv.formulas.functions import estimated, replaced
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Unread
from symderiv.language.written import LanguageError
from symderiv.model.derivation import Step
from symderiv.model.span import Span
from symderiv.model.statement import Proposition, Relation, Statement

_FORMULA_OR_END = re.compile(r"\$|\\[()]|[.;]\s")
_REACH = 200
"""No clause is taken for longer."""


class Slopes:
    """The derivatives of the functions of a section, where these are zero."""

    def __init__(self, section: Section) -> None:
        self.section = section

    def stationary(self, place: int, line: Line) -> list[Proposition]:
        """That the derivatives are zero which the words before a display set to zero."""
        words = last_words(line.display)
        match = SET_TO_ZERO.search(words)
        if match is None:
            return []
        of_several = SEVERAL.search(match.group()) is not None and line.row.kind != "continued"
        if line.display.rows[0] is not line.row and not is_slope(line) and not of_several:
            return []
        if isinstance(line.row.left, t.Derivative) and line.row.kind != "continued" and not is_slope(line):
            return []  # what it is, wherever it is zero
        lines = self.section.lines[:place]
        said = self._equations_before(place, line)
        found: list[Proposition] = []
        # What was spoken of before is no new name for the place where the slope is zero, unless another one was there.
        solved = {printed(other.row.left) for other in lines if other.role.reason == STATIONARY and other.row.left}
        known = frozenset() if is_slope(line) else self.names_before(line) - solved
        for found_slope in set_to_zero(said, words):
            slope = at_estimates(found_slope, line.row, known, found_above(lines))
            with suppress(Unread, LanguageError):
                left, right = matching(self.section.terms.expression(slope), Integer(0))
                if names_in(left):  # a number is no derivative that could be zero
                    found.append(Proposition(left, Relation.EQUAL, right))
        return found

    def bounds(self, place: int, line: Line) -> list[Proposition]:
        """The bounds on the names for which a relation has estimates: these lie there too."""
        found = _estimates(line.row, self.names_before(line), found_above(self.section.lines[:place]))
        values: dict[Expr, Expr] = {}
        for plain, name in found.items():
            with suppress(Unread, LanguageError):
                of_name = self.section.terms.expression(replace(name, text=plain, stem=plain))
                values[of_name] = self.section.terms.expression(name)
        known = (k for k in self.section.store.known if k.given and (k.within is None or place in k.within))
        stated = (k.proposition for k in known if k.proposition.relation is not Relation.EQUAL)
        unequal = (p for p in stated if not p.parameters and not p.premises)
        moved = ((p, values.get(p.left, p.left), values.get(p.right, p.right)) for p in unequal)
        return [replace(p, left=left, right=right) for p, left, right in moved if (left, right) != (p.left, p.right)]

    def solves(
        self, place: int, line: Line, goal: Proposition, stationary: Sequence[Proposition], local: Sequence[Proposition]
    ) -> Statement | None:
        """That a solution has a derivative of zero, which others may have too."""
        found = next((stated for stated in stationary if bears_on(goal.left, stated)), None)
        if found is None or goal.relation is not Relation.EQUAL or not isinstance(line.row.left, t.Name):
            return None
        context = self.section.store.context(place, found, (), goal, list(local))
        return Statement(found, context, self.section.source.span(*line.row.place))

    def at_an_extremum(self, place: int, line: Line, span: Span) -> Step | None:
        r"""That a derivative is zero at `x^* = a`, where the words before it say that a function is largest there."""
        left, stated = line.row.left, line.proposition
        plain = estimated(left.text) if isinstance(left, t.Name) and line.row is line.display.rows[0] else ""
        if not plain or stated is None or stated.relation is not Relation.EQUAL:
            return None
        slope = slope_at_extremum(self._equations_before(place, line), last_words(line.display), plain)
        displays = self.section.displays
        prose = (text for display in displays for text in (display.before, display.after))
        shown = (f"{row.texts[0]} {row.sign} {row.texts[1]}" for display in displays for row in display.rows)
        if slope is None or may_be_constrained(chain(prose, shown), plain):
            return None
        try:
            expression = self.section.terms.expression(at_estimates(slope, line.row, self.names_before(line)))
            left_side, right_side = matching(expression, Integer(0))
        except (Unread, LanguageError):
            return None
        zero = Proposition(left_side, Relation.EQUAL, right_side)
        context = self.section.store.context(place, zero, (), stated)
        known = names_in(left_side).union(*(names_in(d.name) for d in context.definitions))
        if not names_in(stated.right) <= known:
            return None
        return Step(Statement(zero, context, span), flaw=NO_EXTREMUM, says=stated)

    def _equations_before(self, place: int, line: Line) -> list[Equation]:
        """The equations before a relation, in displays and for functions in prose, in their order."""
        before = [other for other in self.section.lines[:place] if other.proposition and other.row.sign == "="]
        # Behind the words that set something to zero stand derivatives, and what these lead to.
        own = [other for other in before if other.display is line.display and not _leads_from_a_slope(other, before)]
        before = [other for other in before if other not in own]
        relations = [
            (
                other.row.place,
                Equation(tree.sides[0], tree.sides[1], other.row.kind == "continued", last_words(other.display)),
            )
            for other in before
            if isinstance(tree := self.section.trees[id(other.row)], t.Sides)
        ]
        placed = sorted([*self._told_functions(line), *relations], key=lambda found: found[0])
        return [equation for at, equation in placed if not self._is_given_up(at, equation, line)]

    def _told_functions(self, line: Line) -> list[tuple[tuple[int, int], Equation]]:
        """What prose before a display says of functions, and where."""
        displays = (other for other in self.section.displays if other.number <= line.display.number)
        rows = [row for other in displays for row in other.inline if row.place[0] < line.row.place[0]]
        rows += [row for row in self.section.reach.here(line.display, line.row) if row.place[0] < line.row.place[0]]
        text = self.section.source.text
        return [
            (row.place, Equation(row.left, row.right, continues=False, words=_words_around(text, row), told=True))
            for row in rows
            if row.sign == "=" and isinstance(row.left, t.Applied) and row.right is not None
        ]

    def _is_given_up(self, at: tuple[int, int], equation: Equation, line: Line) -> bool:
        """True of what a function was, where prose behind that says in passing that it is something else."""
        if not isinstance(equation.left, t.Applied):
            return False
        displays = (other for other in self.section.displays if other.number <= line.display.number)
        rows = (row for other in displays for row in (*other.limited, *other.conditions))
        later = (row for row in rows if row.sign == "=" and at < row.place < line.row.place and row.right is not None)
        own = printed(equation.left), printed(equation.right)
        return any(printed(r.left) == own[0] and printed(r.right) != own[1] for r in later if r.left and r.right)

    def names_before(self, line: Line) -> frozenset[str]:
        """The names in the displays before that of a line, and in what prose says."""
        displays = [other for other in self.section.displays if other.number < line.display.number]
        rows = [row for other in displays for row in other.rows]
        rows += [row for other in self.section.displays for row in (*other.inline, *other.local)]
        return names_of(*(side for row in rows for side in (row.left, row.right)))


def _words_around(text: str, row: Row) -> str:
    """The words of its sentence between a relation in prose and the formulas beside it."""
    start, end = row.place
    before = _FORMULA_OR_END.split(text[max(0, start - _REACH) : start].rstrip("$( \\"))[-1]
    behind = re.split(r",|\band\b", _FORMULA_OR_END.split(text[end : end + _REACH].lstrip("$) \\"))[0])[0]
    return f"{before} {behind}"


def _leads_from_a_slope(line: Line, lines: Sequence[Line]) -> bool:
    """True of a derivative, and of what goes on from one."""
    chain = [other for other in lines if other.display is line.display and other.row.place <= line.row.place]
    begins = next((other for other in reversed(chain) if other.row.kind != "continued"), line)
    left = begins.row.left
    return isinstance(left, t.Derivative) or (isinstance(left, t.Applied) and left.head.text.endswith("'"))


def bears_on(name: Expr, stated: Proposition) -> bool:
    """True of an equation whose left side has a name in it that an expression has too."""
    return not names_in(name).isdisjoint(names_in(stated.left))


def is_slope(line: Line) -> bool:
    """True of an equation with 0 that says what a derivative is that the words before it set to zero."""
    return line.role.reason == EXTREMUM and line.role.kind == "inference"


def at_estimates(slope: t.Node, row: Row, known: frozenset[str], found: frozenset[str] = frozenset()) -> t.Node:
    r"""A derivative at the estimates that a row writes for its names, not known: at `\hat{\beta}_1` for `\beta_1`.

    Beside a new one those that were `found` above stand for their names too: all derivatives are zero at once.
    """
    return replaced(slope, dict[str, t.Node](_estimates(row, known, found)))


def found_above(lines: Sequence[Line]) -> frozenset[str]:
    """The names of which the relations above say what they are."""
    lefts = (line.row.left for line in lines if line.row.sign == "=")
    bases = (left.base if isinstance(left, t.Power) else left for left in lefts)
    return frozenset(base.text for base in bases if isinstance(base, t.Name))


def _estimates(row: Row, known: frozenset[str], found: frozenset[str]) -> dict[str, t.Name]:
    """The estimates that a row writes for names, by these, where one of them is not known."""
    sides = (side for side in (row.left, row.right) if side is not None)
    names = [node for side in sides for node in t.walk(side) if isinstance(node, t.Name)]
    new = any(name.text not in known and estimated(name.text) for name in names)
    usable = (name for name in names if new and (name.text not in known or name.text in found))
    return {plain: name for name in usable if (plain := estimated(name.text))}
