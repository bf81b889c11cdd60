"""What is said to be zero at an extremum: the derivatives that the words before an equation set to zero."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed

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
_AT_EXTREMUM = re.compile(
    r"\b(?:maxim|minim)i[sz]\w+\b[^.]*\b(?:yields?|gives?|gets?|obtain|find|at|by|for|when|is)\W*\Z"
    r"|\b(?:(?:maxim|minim)(?:um|i[sz]er)|optimum|maximum[- ]likelihood (?:estimat\w+|solution)|MLE)\b[^.]*"
    r"\b(?:is|at|by|for)\W*\Z",
    re.IGNORECASE | re.DOTALL,
)
"""Words right before where a function is largest or smallest."""
_ANOTHER = re.compile(
    r"\b(?:with (?!respect)|add|includ|under|if|when|where|regulari|penal|prior|posterior|instead|unbiased|other"
    r"|approx)",
    re.IGNORECASE,
)
"""Words by which it is another function than the last one."""
_CONSTRAINED = re.compile(
    r"\bsubject to\b|\bconstrain|\bLagrang|\bsimplex\b|\bboundar|\binterval\b|\bon \$\[|\\in\s*(?:\\left)?\[|\bs\.t\.",
    re.IGNORECASE,
)
"""Words and signs of a text whose extrema may be where no derivative is zero."""
NO_EXTREMUM = "the derivative of the function is not zero there"
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


def slope_at_extremum(relations: Sequence[Equation], words: str, name: str) -> t.Node | None:
    """The derivative by a name of the last function of it, where words say that it is largest or smallest there."""
    if _AT_EXTREMUM.search(words) is None or _ANOTHER.search(words) is not None:
        return None
    for relation in reversed(relations):
        call = relation.left
        if isinstance(call, t.Applied) and not relation.continues and not call.bar:
            by = next((part for part in call.before if isinstance(part, t.Name) and part.text == name), None)
            if by is not None:
                slope = t.Derivative(by.start, by.end, r"\nabla", (by,), None, relation.right)
                return None if _has_corners(relation.right) else slope
    return None


def may_be_constrained(prose: Iterable[str]) -> bool:
    """True of a text that speaks of constraints, or of a part of the line."""
    return any(_CONSTRAINED.search(text) for text in prose)


def _has_corners(node: t.Node) -> bool:
    """True of what need not have a derivative: absolute values and norms, unless squared, maxima, and cases."""
    if isinstance(node, t.Bars | t.Array) or (isinstance(node, t.Function) and node.word in ("max", "min")):
        return True
    squared = isinstance(node, t.Power) and isinstance(node.base, t.Bars) and printed(node.exponent) == "2"
    inside = node.base.body if isinstance(node, t.Power) and isinstance(node.base, t.Bars) and squared else node
    return any(map(_has_corners, t.parts(inside)))


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
