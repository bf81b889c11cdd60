r"""Relations that a text states for all values of names: `f(y) \le f(x) + g(x)^\top (y - x)` for all $x$ and $y$.

They hold at the arguments at which a relation speaks of the same functions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice, product

from symderiv.documents.called_convex import called_convex, lines_between
from symderiv.documents.displays import Row, freed_names, names_of
from symderiv.documents.for_all import BEHIND, NEAR, names_for_all
from symderiv.documents.line import Line
from symderiv.documents.propositions import matching
from symderiv.documents.section import Section
from symderiv.formulas import tree as t
from symderiv.formulas.functions import calls_in, captures, replaced
from symderiv.formulas.notation import PROBABILITIES
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Unread
from symderiv.language.written import LanguageError
from symderiv.model.statement import Proposition, Relation

MOST = 12
"""How many instances of one relation are taken."""
_GOES_ON = re.compile(
    r"[^.;$]*\b(?:or|where|with|such|if|when(?:ever)?|provided|unless|except|restricted|on|in)\b[^.;]*", re.IGNORECASE
)
"""What a sentence goes on with behind `for all $x$`, and may take some of it back."""
_BOUNDS = frozenset({"<", ">", "<=", ">=", "!=", r"\in"})


def _is_taken_back(text: str, row: Row, names: frozenset[str]) -> bool:
    """True where the rest of the sentence says more of these names or functions, or that it may be otherwise."""
    match = BEHIND.match(text[row.place[1] : row.place[1] + NEAR])
    rest = "" if match is None else text[row.place[1] + match.end() : row.place[1] + match.end() + NEAR]
    more = _GOES_ON.match(rest)
    if more is None:
        return False
    letters = set(re.findall(r"\\?[A-Za-z]+", " ".join(re.findall(r"\$([^$]*)\$", more.group()))))
    own = {
        part.base
        for side in (row.left, row.right)
        if side is not None
        for part in t.walk(side)
        if isinstance(part, t.Name)
    }
    return re.match(r"[\s,]*or\b", rest) is not None or not letters.isdisjoint(own | names)


def _is_bounded(section: Section, names: frozenset[str]) -> bool:
    """True where the section says of one of the names which values it has: `let $x > 0$`."""
    rows = (row for d in section.displays for row in (*d.inline, *d.conditions, *d.limited, *d.premises))
    sides = (side for row in rows if row.sign in _BOUNDS or row.within for side in (row.left, row.right))
    return any(isinstance(side, t.Name) and side.text in names for side in sides)


def _is_called_by_name(stated: t.Sides) -> bool:
    r"""True of `p(x) \leq q(x)`: `p(y)` is the density of something else."""
    return any(call.head.base in PROBABILITIES for call in calls_in([stated]))


def instances_for(section: Section, place: int, line: Line) -> list[Proposition]:
    """What is given for all values of some names, at the arguments of the functions in a relation."""
    goal, found = section.trees.get(id(line.row)), dict[Proposition, None]()
    section.terms.place = place
    for row in section.lasting() if goal is not None else ():
        stated = section.trees.get(id(row))
        names = names_for_all(section.source.text, row) if row.place[1] <= line.row.place[0] else frozenset()
        if not names or goal is None or not isinstance(stated, t.Sides) or len(stated.sides) != 2:
            continue
        freed = freed_names(section.displays, line.display)
        is_limited = _is_taken_back(section.source.text, row, names) or _is_bounded(section, names)
        if is_limited or _is_called_by_name(stated) or not names_of(stated).isdisjoint(freed):
            continue
        for instance in _instances(stated, names, goal):
            with suppress(Unread, LanguageError):
                left, right = matching(*(section.terms.expression(side) for side in instance.sides))
                found[Proposition(left, Relation(row.sign), right)] = None
    return [*found, *_of_convex(section, goal)]


def _of_convex(section: Section, goal: t.Node | None) -> Iterator[Proposition]:
    """That the functions in a relation lie on one side of lines, where the text calls them convex or concave.

    Of a function of which it says what it is, that can be wrong.
    """
    calls = {printed(call): call for call in calls_in([goal] if goal is not None else []) if _is_plain(call)}
    for name, sign in called_convex(section.displays).items():
        own = [call for call in calls.values() if call.head.text == name]
        if name in _defined(section):
            continue
        for line in lines_between(own, MOST):
            with suppress(Unread, LanguageError):
                left, right = matching(*(section.terms.expression(side) for side in line.sides))
                yield Proposition(left, Relation(sign), right)


def _defined(section: Section) -> set[str]:
    """The functions of which an equation says what they are: `f(x) = x^3`, and `f = g + h`."""
    rows = (row for d in section.displays for row in (*d.rows, *d.inline, *d.conditions, *d.limited) if row.sign == "=")
    lefts = [row.left for row in rows]
    calls = (left for left in lefts if isinstance(left, t.Applied))
    heads = {call.head.text for call in calls if all(isinstance(part, t.Name) for part in call.before)}
    return heads | {left.text for left in lefts if isinstance(left, t.Name)}


def _instances(stated: t.Sides, names: frozenset[str], goal: t.Node) -> Iterator[t.Sides]:
    """A relation at the arguments of the calls in a goal, of the functions that it has at its names."""
    own, calls = calls_in([stated]), calls_in([goal])
    places: list[tuple[str, list[t.Node]]] = []
    for name in sorted(names):
        heads = {call.head.text for call in own if _is_at(call, name)}
        found = {printed(c.before[0]): c.before[0] for c in calls if c.head.text in heads and _is_plain(c)}
        if any(name in names_below(call) for call in own if not _is_at(call, name)):
            return  # it stands in an argument in another way
        places.append((name, list(found.values())))
    for values in islice(product(*(found for _, found in places)), MOST):
        put_in = {name: value for (name, _), value in zip(places, values, strict=True)}
        moved = None if captures(stated, put_in) else replaced(stated, put_in)
        if isinstance(moved, t.Sides):
            yield moved


def names_below(call: t.Applied) -> frozenset[str]:
    """The names in the arguments of a call."""
    parts = (part for argument in (*call.before, *call.after) for part in t.walk(argument))
    return frozenset(part.text for part in parts if isinstance(part, t.Name))


def _is_at(call: t.Applied, name: str) -> bool:
    return _is_plain(call) and isinstance(call.before[0], t.Name) and call.before[0].text == name


def _is_plain(call: t.Applied) -> bool:
    return len(call.before) == 1 and not call.bar
