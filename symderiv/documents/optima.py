"""What is said to be zero at an extremum: the derivatives that the words before an equation set to zero."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from symderiv.formulas import tree as t

SET_TO_ZERO = re.compile(
    r"\b(?:set\w*|put\w*|equat\w+)\b.*(?:\bzero\b|\$\s*(?:\\mathbf\{)?0\}?\s*\$|= ?0\s*\$)"
    r"|\b(?:(?:which|that|this|it|derivative|gradient|slope) (?:is|becomes|equals) zero"
    r"|(?:which|that|this|it|derivative|gradient|slope) vanishes)"
    r"\s+(?:only\s+)?(?:at|when|if|for)\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
"""Words by which something is set to zero."""
_SLOPE = re.compile(
    r"\b(?:derivatives?|gradients?|slopes?|scores?|differentials?|partials?)\b|\\partial(?![a-z])|\\nabla(?![a-z])"
    r"|\\frac\s*\{\s*(?:\\mathrm\{d\}|d)|'\s*\(",
    re.IGNORECASE,
)
"""Words and signs for what is set to zero, where that is a derivative."""
SEVERAL = re.compile(r"\b(?:derivatives|gradients|partials|equations|both|all|each|these|them)\b", re.IGNORECASE)
"""Words for several things that are set to zero."""
_SAID_BEFORE = re.compile(
    r"\b(?:this|it|that|which|these|them|both|(?:the )?(?:expression|equation|result)s?)\b", re.IGNORECASE
)
_FORMULA = re.compile(r"\$([^$]+)\$")
_PRIMES = re.compile(r"'+\Z")


@dataclass(frozen=True)
class Equation:
    """An equation of a text: its sides, whether it continues the chain before it, and the words before its display."""

    left: t.Node
    right: t.Node
    continues: bool
    words: str = ""


def sets_a_slope(words: str) -> bool:
    """True of words that set a derivative to zero, or what was said before them: what that is can be looked up."""
    match = SET_TO_ZERO.search(words)
    return match is not None and (_SLOPE.search(match.group()) or _SAID_BEFORE.search(match.group())) is not None


def set_to_zero(relations: Sequence[Equation], words: str) -> list[t.Node]:
    """What some words set to zero, of the relations before them, in the last form of each.

    Derivatives are those by the names that the words mention, or else the last one; where nothing was differentiated,
    that of the last function that was defined, by what the words mention or by its only argument.  `Setting it to zero`
    speaks of the last equation; `setting $x$ to zero` gives x a value, and sets nothing of these to zero.
    """
    match = SET_TO_ZERO.search(words)
    named = match.group() if match is not None else ""
    if _SLOPE.search(named):
        mentioned = set(_FORMULA.findall(words))
        found = list(_derivatives(relations))
        several = SEVERAL.search(named) is not None
        chosen = [form for by, form in found if by & mentioned] or [
            form for _, form in (found if several else found[-1:])
        ]
        return chosen if found else _of_last_function(relations, mentioned, several=several)
    return [relations[-1].right] if relations and _SAID_BEFORE.search(named) else []


def _derivatives(relations: Sequence[Equation]) -> Iterator[tuple[set[str], t.Node]]:
    """What was differentiated by which names, and the last form of each derivative."""
    for number, relation in enumerate(relations):
        by = _differentiated_by(relation.left)
        is_named = isinstance(relation.left, t.Name | t.Applied) and _SLOPE.search(relation.words)
        if by is None and is_named and not SET_TO_ZERO.search(relation.words):
            by = set()  # a derivative by its name: `the gradient is g(w) = ...`, not `setting it to zero gives w = ...`
        if relation.continues or by is None:
            continue
        last = relation.right
        for other in relations[number + 1 :]:
            if not other.continues:
                break
            last = other.right
        yield by, last


def _differentiated_by(node: t.Node) -> set[str] | None:
    """The names by which a derivative is one; None of anything else."""
    match node:
        case t.Derivative(order=None, over=over):
            return {name.text for name in over if isinstance(name, t.Name)}
        case t.Applied(head=head, before=(t.Name() as argument,), bar="") if _PRIMES.search(head.text):
            return {argument.text} if head.text.endswith("'") and not head.text.endswith("''") else None
        case _:
            return None


def _of_last_function(relations: Sequence[Equation], mentioned: set[str], *, several: bool) -> list[t.Node]:
    calls = [(r.left, r.right) for r in relations if isinstance(r.left, t.Applied) and not r.continues]
    if not calls:
        return []
    call, body = calls[-1]
    arguments = [part for part in (*call.before, *call.after) if isinstance(part, t.Name)]
    by = [name for name in arguments if name.text in mentioned] or (arguments if several or len(arguments) == 1 else [])
    return [t.Derivative(name.start, name.end, r"\nabla", (name,), None, body) for name in by]
