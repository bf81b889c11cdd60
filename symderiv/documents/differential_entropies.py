r"""A plain h for the differential entropy: `I(X; Y) = h(X) - h(X | Y)`.

Elsewhere h is a function, a density or a number.  Where a section speaks of entropies and applies it to random
variables alone, as nothing but an entropy is, it is written upright, as the convention for entropies is.  What stands
in capitals is random, and so is what a mutual information of the section is of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain

from symderiv.documents.displays import Display, Row
from symderiv.formulas import tree as t
from symderiv.formulas.notation import QUANTITIES

_PLAIN = "h"
_UPRIGHT = r"\mathrm{h}"
_CAPITAL = re.compile(r"[A-Z]\}*\Z")
_SAID = re.compile(r"entrop|\bmutual information", re.IGNORECASE)
_THINGS = (
    r"(?:functions?|maps?|transformations?|densit(?:y|ies)|hypothes[ie]s|classifiers?|estimat\w+|predict\w+|steps?"
    r"|heights?|embeddings?|layers?|states?)"
)
_NOT_ONE = re.compile(
    rf"\$\s*{_PLAIN}\s*(?:\([^$]*\))?\s*\$\s+(?:is|be|are|denotes?)\s+(?:[\w-]+\s+){{0,4}}?{_THINGS}\b"
    rf"|\b{_THINGS}\s+\$\s*{_PLAIN}\b",
    re.IGNORECASE,
)
"""Words by which h is something else."""
_NO_ENTROPY = re.compile(rf"\b{_THINGS}\b[^.$]*\Z", re.IGNORECASE)
"""Words that lead to something else: `the hidden density is`."""


def tell_differential_entropies(sections: Iterable[Sequence[Display]]) -> None:
    """Writes h upright in the sections in which it is an entropy."""
    for displays in sections:
        rows = [row for display in displays for row in chain(*display.all_rows)]
        prose = [text for display in displays for text in (display.before, display.after)]
        beside = frozenset(_informed(rows))
        speaks = bool(beside) or any(map(_SAID.search, prose))
        is_other = any(map(_NOT_ONE.search, prose)) or any(map(_leads_to_another, displays))
        if speaks and not is_other and _is_of_random_variables(rows, beside):
            for display in displays:
                display.retell(_with_entropies)


def _leads_to_another(display: Display) -> bool:
    first = next((node for row in display.rows[:1] for side in row.sides[:1] for node in t.walk(side)), None)
    return first is not None and _is_plain(first) and _NO_ENTROPY.search(display.before) is not None


def _informed(rows: Iterable[Row]) -> Iterator[str]:
    """The names of which there is a mutual information in some rows."""
    for node in (node for row in rows for side in row.sides for node in t.walk(side)):
        if isinstance(node, t.Applied) and QUANTITIES.get(node.head.text) == "I":
            yield from (part.text for part in _arguments(node) if isinstance(part, t.Name))


def _is_of_random_variables(rows: Sequence[Row], known: Set[str]) -> bool:
    """True where h stands before random variables in brackets and nowhere else, neither in an entropy nor in a mean."""
    nodes = [node for row in rows for side in row.sides for node in t.walk(side)]
    calls = [node for node in nodes if isinstance(node, t.Applied)]
    heads = {id(call.head) for call in calls}
    inside = (part for call in calls for part in _arguments(call))
    is_alone = any(isinstance(node, t.Name) and node.base == _PLAIN and id(node) not in heads for node in nodes)
    parts = [part for call in calls if _is_plain(call) for part in _arguments(call)]
    return (
        all(any(_is_random(node, known) for node in t.walk(part)) for part in parts)
        and not is_alone
        and not any(_is_plain(node) for part in inside for node in t.walk(part))
    )


def _is_random(node: t.Node, known: Set[str]) -> bool:
    return isinstance(node, t.Name) and (node.text in known or _CAPITAL.search(node.base) is not None)


def _is_plain(node: t.Node) -> bool:
    return isinstance(node, t.Applied) and node.head.text == _PLAIN


def _arguments(call: t.Applied) -> tuple[t.Node, ...]:
    return (*call.before, *call.after)


def _with_entropies(node: t.Node) -> t.Node:
    changed = t.mapped(node, _with_entropies)
    if not isinstance(changed, t.Applied) or not _is_plain(changed):
        return changed
    head = replace(changed.head, text=_UPRIGHT, base=_UPRIGHT, stem=_UPRIGHT)
    return replace(changed, head=head)
