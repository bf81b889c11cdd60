r"""An index that is left unbound: `q = \prod_{j=1}^k p_i^{y_j}`, where the left side cannot depend on i."""

from __future__ import annotations

import re
from collections.abc import Iterator

from symderiv.documents.displays import Display, Row, is_condition, is_range
from symderiv.formulas import tree as t
from symderiv.formulas.usage import Usage, moment_of

UNBOUND = "${}$ stands unbound on the right: the value depends on it"


def unbound_index(display: Display, row: Row, usage: Usage) -> str:
    """The index that stands unbound under a sum or product on the right of an equation for a name or call.

    Empty where there is none, or where the left side, a condition beside it or the prose around it mentions it; and
    under means, which may not depend on which of several alike variables they are of.
    """
    if row.sign != "=" or row.right is None or not isinstance(row.left, t.Name | t.Applied | t.Power):
        return ""
    found = {index for index in _unbound(row.right, usage, frozenset(), summed=False) if len(index) == 1}
    beside = [other for other in display.rows if is_condition(other) or is_range(other)]
    mentioned = _mentioned(row.left, *(side for other in beside for side in (other.left, other.right)))
    prose = " ".join(re.findall(r"\$[^$]*\$", f"{display.before}\n{display.after}"))
    free = (index for index in sorted(found - mentioned) if not re.search(rf"\b{index}\b", prose))
    return next(free, "")


def _mentioned(*sides: t.Node | None) -> set[str]:
    """The names in some formulas, and those in subscripts."""
    names = (node for side in sides if side is not None for node in t.walk(side) if isinstance(node, t.Name))
    return {text for name in names for text in (name.text, *name.marks)}


def _unbound(node: t.Node, usage: Usage, bound: frozenset[str], *, summed: bool) -> Iterator[str]:
    match node:
        case t.Total(over=names, body=body):
            yield from _unbound(body, usage, bound | {name.text for name in names}, summed=True)
        case t.Applied() if moment_of(node):
            return
        case t.Name(lower=pieces) if summed:
            yield from (piece for piece in pieces if piece not in bound and usage.range_of(piece) is not None)
        case _:
            for part in t.parts(node):
                yield from _unbound(part, usage, bound, summed=summed)
