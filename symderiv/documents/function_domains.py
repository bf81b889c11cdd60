r"""Functions that a text defines for some arguments: `f(y) = a \ln y, \quad 0 < y < 1`.

The definition says what f is at y, and at no other argument; where a text goes on about f, y lies where it says.
Where words pick out the argument, as in `there is a $c$ with`, an equation is no definition at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from symderiv.documents.asides import SENTENCE_END
from symderiv.documents.displays import Display, Row, names_of
from symderiv.documents.role import Role
from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed

_LEADS = frozenset({",", "space", "for", "for all", "with", "where"})
"""What stands before a domain; behind `if` stands one of several cases."""


@dataclass(frozen=True)
class Domain:
    """A definition, and what it says of its arguments."""

    row: Row
    conditions: tuple[Row, ...]


def domains_of(displays: Sequence[Display], roles: Mapping[int, Role]) -> dict[str, Domain]:
    """The functions that are defined once, with the conditions on their arguments alone, by their names."""
    found: dict[str, list[Domain]] = {}
    said: dict[str, set[tuple[tuple[str, str, str], ...]]] = {}
    for display, row in ((shown, row) for shown in displays for row in shown.rows):
        if not isinstance(row.left, t.Applied) or row.sign != "=":
            continue
        conditions = tuple(display.conditions_beside(row))
        said.setdefault(row.left.head.text, set()).update({tuple(map(_shown, conditions))} if conditions else ())
        if roles[id(row)].kind == "given":
            arguments = (*row.left.before, *row.left.after)
            names = {part.text for part in arguments if isinstance(part, t.Name)}
            fits = len(names) == len(arguments) and all(_bounds(other, names) for other in conditions)
            found.setdefault(row.left.head.text, []).append(Domain(row, conditions if fits else ()))
    # What is said of the function under other conditions may be what it is elsewhere.
    return {head: domains[0] for head, domains in found.items() if len(domains) == 1 == len(said[head])}


def _shown(condition: Row) -> tuple[str, str, str]:
    left, right = ("" if side is None else printed(side) for side in (condition.left, condition.right))
    return left, condition.sign, right


def _bounds(condition: Row, names: set[str]) -> bool:
    sides = (condition.left, condition.right)
    is_bound = any(isinstance(side, t.Name) and side.text in names for side in sides)
    return is_bound and condition.lead in _LEADS and condition.sign not in ("=", ":=")


def called_in(rows: Iterable[Row], domains: Mapping[str, Domain]) -> list[Domain]:
    """The domains of the functions that some relations speak of, or of their derivatives, at the same arguments."""
    sides = [side for row in rows for side in (row.left, row.right) if side is not None]
    calls = [node for side in sides for node in t.walk(side) if isinstance(node, t.Applied)]
    found: dict[str, Domain] = {}
    for call in calls:
        domain = domains.get(call.head.text.rstrip("'"))
        if domain is not None and domain.row.left is not None and names_of(*call.before) <= names_of(domain.row.left):
            found[call.head.text.rstrip("'")] = domain
    return list(found.values())


_NUMBERS = (
    r"(?:roots?|solutions?|zeros?|fixed points?|minim\w+|maxim\w+|optim\w+|equilibri\w+|intersections?|crossings?)"
)
_WORDS = r"(?:[\w-]+\s+){0,3}"
_ONE = rf"(?:{_NUMBERS}|point|value|time|number)"
_HOLDS = r"satisf\w+|obeys?|solves?|fulfil\w*"
_PICKS = (
    rf"(?<!\bin )(?<!\bof )@\s+(?:(?:be|is)\s+{_WORDS})?(?:such that|so that|with|for which|{_HOLDS})\s*\Z",
    rf"@\s+(?:be|is|denotes?)\s+(?:the|an?)\s+{_WORDS}{_ONE}\s+(?:of|where|(?:at|for) which|with|such that|to)\s*\Z",
    rf"\b(?:there (?:is|are|exists?)|exists|some|one|certain)\s+{_WORDS}@",
    rf"\b(?:at|for|in)\s+(?:the|an?)\s+(?:[\w-]+\s+)?{_NUMBERS}\s+@",
    rf"\b(?:(?:at|in)\s+(?:the\s+)?{_NUMBERS}\s*(?:we have)?|(?:meet|intersect|cross)\w*\s+where)\W*\Z",
)
"""What stands before an equation for a function at one argument, which is put for the sign `@`."""
_ALL = r"\b(?:all|every|each|any|arbitrary)\s+(?:[\w-]+\s+){0,2}@"
_KINDS = r"(?:positive|negative|non-?negative|non-?zero|small|large|integers?|even|odd|natural)"
_KIND_BEHIND = rf"\A\W*(?:for|with|where|if|when|whenever)\s+(?:(?:all\s+)?{_KINDS}\s+(?:\w+\s+)?@|@\s+is\s+{_KINDS}\b)"
_ON_INTERVAL = re.compile(
    r"\b(?:on|inside|within)\s+(?:the\s+interval\s+)?\$[\[(][^$]*,[^$]*[\])]\$[^$]*\Z", re.IGNORECASE
)
_OPENS = re.compile(r"\s*(?:\$\$|\\\[|\\begin\{\w+\*?\}|\$)\s*\Z")
_NEAR = 300
"""Characters before an equation in which its sentence begins."""


def is_of_some_arguments(text: str, row: Row) -> bool:
    """True of an equation for a function which words say for one argument, or some: `there is a $c$ with`."""
    if not isinstance(row.left, t.Applied):
        return False
    start, end = row.place
    before = SENTENCE_END.split(_OPENS.sub("", text[max(0, start - _NEAR) : start]))[-1]
    behind = text[end : end + _NEAR].lstrip(" \n$]\\,")
    names = [re.escape(part.text) for part in (*row.left.before, *row.left.after) if isinstance(part, t.Name)]
    name = rf"\$\s*(?:{'|'.join(names)})(?![A-Za-z_'])[^$]*\$"

    def stands(pattern: str, words: str) -> bool:
        return re.search(pattern.replace("@", name), words, re.IGNORECASE) is not None

    if not names or stands(_ALL, before):
        return False
    return (
        any(stands(pattern, before) for pattern in _PICKS)
        or stands(_KIND_BEHIND, behind)
        or _ON_INTERVAL.search(before) is not None
    )
