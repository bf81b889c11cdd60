r"""Functions that a text defines for some arguments: `f(y) = a \ln y, \quad 0 < y < 1`.

The definition says what f is at y, and at no other argument; where a text goes on about f, y lies where it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from symderiv.documents.reading import Display, Row, names_of
from symderiv.documents.roles import Role
from symderiv.formulas import tree as t

_LEADS = frozenset({",", "space", "for", "for all", "with", "where"})
"""What stands before a domain; behind `if` stands one of several cases."""


@dataclass(frozen=True)
class Domain:
    """A definition, and what it says of its arguments."""

    row: Row
    conditions: tuple[Row, ...]


def domains_of(displays: Sequence[Display], roles: Mapping[int, Role]) -> dict[str, Domain]:
    """The functions that are defined once, with conditions on their arguments alone, by their names."""
    found: dict[str, list[Domain]] = {}
    for display, row in ((shown, row) for shown in displays for row in shown.rows):
        if not isinstance(row.left, t.Applied) or row.sign != "=" or roles[id(row)].kind != "given":
            continue
        arguments = (*row.left.before, *row.left.after)
        names = {part.text for part in arguments if isinstance(part, t.Name)}
        conditions = display.conditions_beside(row)
        fits = len(names) == len(arguments) and all(_bounds(other, names) for other in conditions)
        found.setdefault(row.left.head.text, []).append(Domain(row, tuple(conditions) if fits else ()))
    once = {head: domains[0] for head, domains in found.items() if len(domains) == 1}
    return {head: domain for head, domain in once.items() if domain.conditions}


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
