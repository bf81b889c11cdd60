r"""A new name for what is left of a side: `\log p(x) = \mathcal{L}(q) + \mathrm{KL}(q \| p)` says what the first is."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import replace

from symderiv.documents.displays import Row, names_of
from symderiv.formulas import tree as t
from symderiv.formulas.notation import QUANTITIES
from symderiv.formulas.shapes import diagonal_of
from symderiv.formulas.usage import EVENTS, moment_of

_FONTS = (r"\mathcal", r"\mathscr", r"\mathfrak", r"\mathrm", r"\text", r"\operatorname")
"""What names of quantities begin with that are no plain letters."""


def splits_off_a_name(row: Row, rows: Sequence[Row], known: Set[str], is_defined: Callable[[t.Node], bool]) -> bool:
    """True of one of some rows, an equation with one new name in it, for a whole term.

    `known` are the names before the display; not where it is said elsewhere what has that name.
    """
    above = rows[: next(n for n, other in enumerate(rows) if other is row)]
    known = known | names_of(*(side for other in above for side in (other.left, other.right)))
    turned = split_off(row, known)
    if turned is None or turned.left is None or turned.right is None or is_defined(turned.left):
        return False
    calls = (node for node in t.walk(turned.right) if isinstance(node, t.Applied) and names_a_quantity(node))
    return names_of(turned.right) <= known | names_of(row.left) | {call.head.text for call in calls}


def split_off(row: Row, known: Set[str] = frozenset()) -> Row | None:
    r"""The equation for the one new name in a sum on the right: `S = a - b` for `a = S + b`; None without one."""
    if row.sign != "=" or row.left is None or not isinstance(row.right, t.Addition):
        return None
    known = known | names_of(row.left)
    terms = row.right.terms
    new = [term for term in terms if _is_new(term, known)]
    if len(new) != 1:
        return None
    rest = [term.body if isinstance(term, t.Negation) else t.Negation(term.start, term.end, term) for term in terms]
    others = (other for term, other in zip(terms, rest, strict=True) if term is not new[0])
    return replace(row, left=new[0], right=t.Addition(row.right.start, row.right.end, (row.left, *others)))


def _is_new(term: t.Node, known: Set[str]) -> bool:
    r"""True of `J(\theta)` and `\mathcal{L}`, where not known; a letter alone may be one that prose speaks of."""
    is_call = isinstance(term, t.Applied) and not names_a_quantity(term)
    head = term.head if isinstance(term, t.Applied) and is_call else term
    return isinstance(head, t.Name) and head.text not in known and (is_call or head.text.startswith(_FONTS))


def names_a_quantity(call: t.Applied) -> bool:
    """True of a moment, an entropy, a probability, a diagonal matrix or another quantity of the field."""
    is_known = call.head.text in QUANTITIES or call.head.text in EVENTS
    return is_known or bool(moment_of(call)) or diagonal_of(call) is not None
