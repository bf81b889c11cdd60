r"""Equations that are to be solved: `2 x + 3 = 7` claims nothing, and what follows rests on it.

An equation is one where an arrow leads from it to another, or where one of its sides is a number and it is neither true
nor false for all values of its names.  Several linear ones are a system while they have solutions together and none
follows from the others; one that does not fit is a step, and a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from sympy import Add, Expr, Integer, Matrix, Mul, Poly, Pow, Rational, Symbol, fraction, together

from symderiv.documents.displays import is_condition
from symderiv.documents.leading_words import are_conclusive, last_words, words_lead
from symderiv.documents.line import Line
from symderiv.documents.names import names_in
from symderiv.formulas.names import is_constant
from symderiv.language import written as w
from symderiv.model.statement import Proposition, Relation

_WORKS_ON = re.compile(
    r"\b(?:so|both sides|(?:add|subtract|multiply|divid|collect|rearrang|factor|tak|squar|solv)ing)\b", re.IGNORECASE
)
"""Words for what is done with an equation: what comes of it is no new problem."""
_POSES = re.compile(
    r"\b(?:solve(?! (?:for|this|it|that|these|them)\b)|exercise|problem|find(?! that\b)|consider)\b"
    r"|(?:\A|\n)\s*(?:\d+[.)]|\([a-z\d]\))\s*\S{0,12}\s*\Z",
    re.IGNORECASE,
)
"""Words, or a number, before a new problem."""
_MOST_NAMES = 6
_HIGHEST = 6


@dataclass
class _Problem:
    """What is supposed or given of numbers so far."""

    linear: list[Poly] = field(default_factory=list)
    otherwise: set[str] = field(default_factory=set)
    """The names of which other equations say something."""
    bounded: set[str] = field(default_factory=set)
    """The names in inequalities."""
    supposed: list[int] = field(default_factory=list)

    def places(self, end: int) -> dict[int, range]:
        """The places of what is supposed, each with those of the problem, which ends before a place."""
        return {place: range(self.supposed[0], end) for place in self.supposed}

    def take(self, stated: Proposition) -> None:
        """Takes in what is supposed or given."""
        difference = _difference(stated) if stated.relation is Relation.EQUAL else None
        if difference is not None and difference.total_degree() == 1:
            self.linear.append(difference)
        elif stated.relation is Relation.EQUAL:
            self.otherwise |= _names(stated)
        else:
            self.bounded |= _names(stated)

    def implies(self, stated: Proposition) -> bool:
        """True of a linear equation that follows from those before it."""
        difference = _difference(stated)
        if difference is None or difference.total_degree() != 1 or stated.relation is not Relation.EQUAL:
            return False
        return _rank(*self.linear, difference, whole=True) == _rank(*self.linear, whole=True)

    def leaves_open(self, stated: Proposition) -> bool:
        """True of a relation that is neither true nor false by what was said so far."""
        difference = _difference(stated)
        if difference is None or difference.total_degree() < 1 or not self.otherwise.isdisjoint(_names(stated)):
            return False
        if difference.total_degree() == 1 and stated.relation is Relation.EQUAL:
            return _rank(*self.linear, difference) > _rank(*self.linear)
        said = frozenset[str]().union(*({str(name) for name in known.gens} for known in self.linear))
        if stated.relation is Relation.EQUAL:
            return said.isdisjoint(_names(stated))
        return difference.total_degree() == 1 and (said | self.bounded).isdisjoint(_names(stated))


def to_be_solved(lines: Sequence[Line], said: Iterable[Proposition], lasts: Callable[[Line], bool]) -> dict[int, range]:
    """The places of the relations that are to be solved, each with the places of the problem that it is a part of.

    `said` is what prose says of the names, and `lasts` is true of what holds throughout.
    """
    known = list(said)
    found: dict[int, range] = {}
    problem = _begun(known)
    for place, line in enumerate(lines):
        stated = line.proposition
        if stated is None or is_condition(line.row):
            continue
        if line.role.kind != "inference":
            if lasts(line):
                known.append(stated)
                problem.take(stated)
            continue
        leads_on = _leads_on(lines, place)
        if not (_may_be_posed(line) and (leads_on or _is_with_number(stated))):
            continue
        if _is_new_problem(line, leads_on=leads_on) and not problem.implies(stated):
            found |= problem.places(place)
            problem = _begun(known)
        if problem.leaves_open(stated) or (leads_on and (_is_of_quantities(stated) or _is_constant(stated))):
            problem.take(stated)
            problem.supposed.append(place)
    return found | problem.places(len(lines))


def _begun(known: Iterable[Proposition]) -> _Problem:
    problem = _Problem()
    for stated in known:
        problem.take(stated)
    return problem


def _may_be_posed(line: Line) -> bool:
    """True of a relation that no sign and no word makes a step."""
    opens = line.display.rows[0] is line.row
    is_derived = opens and are_conclusive(last_words(line.display))
    return line.row.kind in ("first", "sided") and line.row.lead in ("", ",", "and") and not is_derived


def _is_new_problem(line: Line, *, leads_on: bool) -> bool:
    """True at the beginning of a display, where words stand before it that do not lead from what was there.

    Where no words stand before it, what an arrow leads on from is supposed anew.
    """
    words = last_words(line.display)
    if line.display.rows[0] is not line.row:
        return False
    goes_on = words_lead(words) or _WORKS_ON.search(words) is not None
    return _POSES.search(words) is not None or ((leads_on or bool(words.strip())) and not goes_on)


def _leads_on(lines: Sequence[Line], place: int) -> bool:
    """True where an arrow stands between a relation and the next one."""
    behind = [line for line in lines[place + 1 : place + 2] if line.display is lines[place].display]
    return any(line.row.lead in ("implies", "equivalent") for line in behind)


def _is_with_number(stated: Proposition) -> bool:
    """True of a relation with a number as one of its sides."""
    left, right = names_in(stated.left), names_in(stated.right)
    return bool(left) != bool(right)


def _is_of_quantities(stated: Proposition) -> bool:
    """True of `E[X] = 0`: a number is one side, and the other is not made of numbers."""
    return _is_with_number(stated) and _difference(stated) is None


def _is_constant(stated: Proposition) -> bool:
    """True of `28 = 63`, and of `x = x + 1`: whatever the names are, it is true, or it is false."""
    difference = _difference(stated)
    return not _names(stated) or (difference is not None and difference.total_degree() < 1)


def _names(stated: Proposition) -> frozenset[str]:
    return names_in(stated.left) | names_in(stated.right)


def _difference(stated: Proposition) -> Poly | None:
    """The numerator of the difference of two sides, by their names; None where they are not made of numbers."""
    names = sorted(_names(stated))
    sides = _plain(stated.left), _plain(stated.right)
    if sides[0] is None or sides[1] is None or not names or len(names) > _MOST_NAMES or any(map(is_constant, names)):
        return None
    above, _ = fraction(together(sides[0] - sides[1]))
    return Poly(above, *(Symbol(name) for name in names))


def _plain(side: Expr) -> Expr | None:
    """A side with symbols for its names, where it is made of them by arithmetic with small exponents."""
    match side:
        case Integer() | Rational():
            return side
        case w.Scalar():
            return Symbol(side.name)
        case w.Raised():
            base, exponent = _plain(side.args[0]), side.args[1]
            small = isinstance(exponent, Integer) and abs(int(exponent)) <= _HIGHEST
            return Pow(base, exponent) if small and base is not None and base != 0 else None
        case w.Plus() | w.Times() | w.Negative() | w.Quotient():
            parts = [part for argument in side.args if (part := _plain(argument)) is not None]
            return _combined(side, parts) if len(parts) == len(side.args) else None
        case _:
            return None


def _combined(side: Expr, parts: Sequence[Expr]) -> Expr | None:
    if isinstance(side, w.Plus):
        return Add(*parts)
    if isinstance(side, w.Negative):
        return -parts[0]
    if isinstance(side, w.Times):
        return Mul(*parts)
    return parts[0] / parts[1] if together(parts[1]) != 0 else None


def _rank(*equations: Poly, whole: bool = False) -> int:
    """How many of some linear equations do not follow from others; without `whole`, whatever their constants are."""
    names = sorted({name for equation in equations for name in equation.gens}, key=str)
    exprs = [equation.as_expr() for equation in equations]
    constants = ([e.subs(dict.fromkeys(names, 0))] if whole else [] for e in exprs)
    rows = [[*(e.coeff(name) for name in names), *constant] for e, constant in zip(exprs, constants, strict=True)]
    return int(Matrix(rows).rank()) if rows else 0
