r"""Probabilities of events: `P(A \cup B)`, `\Pr(A^c \mid B)`, `P(X \leq x)`.

Letters are events where the text makes sets of them, or calls them so.  A comparison of a random variable with a number
is made of `X \leq x` and `X < x`: what is not smaller is greater, or equal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sympy import Expr

from symderiv.formulas import tree as t
from symderiv.formulas.notation import PROBABILITIES
from symderiv.formulas.printing import printed
from symderiv.formulas.usage import EVENTS
from symderiv.language import events as e

if TYPE_CHECKING:
    from symderiv.formulas.general import Terms

_BOTH = (r"\cap", r"\wedge", r"\land")
_EITHER = (r"\cup", r"\vee", r"\lor")
SETS = (*_BOTH, *_EITHER, r"\setminus")
"""The signs between events."""
_CERTAIN = {r"\Omega": 1, r"\emptyset": 0, r"\varnothing": 0}
_OPPOSITES = ("c", r"\mathrm{c}", r"\complement", r"\mathsf{c}", r"\text{c}")
_BARS = (r"\bar{", r"\overline{")
_MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}


@dataclass(frozen=True)
class Valued:
    """The values of a discrete variable that are `seen` in formulas, and all `possible` ones, if a text says these."""

    seen: tuple[str, ...]
    possible: tuple[str, ...] = ()


def event_names(trees: Sequence[t.Node], called: Iterable[str]) -> frozenset[str]:
    """The stems of the letters that stand for events: that are `called` so, or of which the text makes sets.

    Where there are any, every capital alone in a probability is one.
    """
    nodes = [node for tree in trees for node in t.walk(tree)]
    calls = [node for node in nodes if isinstance(node, t.Applied) and is_chance(node)]
    sides = [side for call in calls for side in (*call.before, *call.after)]
    inside = [part for side in sides for part in t.walk(side)]
    operations = [part for part in inside if isinstance(part, t.Operation) and part.sign in SETS]
    found = set(_letters(part for operation in operations for part in operation.operands))
    found |= set(called) & set(_letters(nodes))
    if found:
        found.update(_letters(sides))
    averaged = (node for node in nodes if isinstance(node, t.Applied) and node.head.base in ("E", "Var", "Cov"))
    numbers = set(_letters(part for node in averaged for side in node.before for part in t.walk(side)))
    numbers |= set(_letters(side for part in inside if isinstance(part, t.Sides) for side in part.sides))
    return frozenset(found - numbers)


def valued_names(trees: Sequence[t.Node], apart: Iterable[str], events: frozenset[str]) -> dict[str, Valued]:
    r"""The names that stand in probabilities as equal to numbers: `P(D = 1 \mid H = 0)`.

    Of these, and not of `P(X \leq 2)`, all is said by which value the name has; where something else than such
    values and `events` stands beside them, `p(y = 1 \mid x)`, it is a distribution.  None of the names `apart` is one.
    """
    nodes = [node for tree in trees for node in t.walk(tree) if isinstance(node, t.Applied)]
    calls = [_values_in((*call.before, *call.after), events) for call in nodes if is_chance(call)]
    other = {*apart, *(name for values, is_all in calls if not is_all for name, _ in values)}
    while more := {n for values, _ in calls for n, _ in values if not other.isdisjoint(m for m, _ in values)} - other:
        other |= more
    found: dict[str, dict[str, None]] = {}
    for name, value in (pair for values, _ in calls for pair in values if pair[0] not in other):
        found.setdefault(name, {})[value] = None
    return {name: Valued(tuple(values)) for name, values in found.items()}


def _values_in(parts: Iterable[t.Node], events: frozenset[str]) -> tuple[list[tuple[str, str]], bool]:
    """The names in a probability with the numbers that they are equal to, and whether nothing else is in it."""
    found: list[tuple[str, str]] = []
    is_all = True
    waiting = list(parts)
    while waiting:
        part = waiting.pop(0)
        match part:
            case t.Sides() if (value := value_of(part)) is not None:
                found.append(value)
            case t.Sides(sides=sides):
                # What is compared in another way has more to it than values.
                found += [(name.text, "") for side in sides for name in t.walk(side) if isinstance(name, t.Name)]
                is_all = False
            case t.Operation(operands=operands):
                waiting += operands
            case t.Listing(items=items):
                waiting += items
            case t.Power(base=base):
                waiting.append(base)
            case _:
                is_all = is_all and isinstance(part, t.Name) and part.stem in events
    return found, is_all


def with_possible(valued: Mapping[str, Valued], possible: Mapping[str, tuple[str, ...]]) -> dict[str, Valued]:
    """Variables with all values that they can have, where those in formulas are among them."""
    return {name: replace(known, possible=_all_of(known, possible.get(name, ()))) for name, known in valued.items()}


def _all_of(known: Valued, values: tuple[str, ...]) -> tuple[str, ...]:
    return values if set(known.seen) <= set(values) else ()


def value_of(relation: t.Sides) -> tuple[str, str] | None:
    """The name and the number of `D = 1`; None of any other relation."""
    match relation:
        case (
            t.Sides(sides=(t.Name(text=text), value), signs=("=",))
            | t.Sides(sides=(value, t.Name(text=text)), signs=("=",))
        ):
            number = value.body if isinstance(value, t.Negation) else value
            return (text, printed(value)) if isinstance(number, t.Numeral) else None
        case _:
            return None


def measure_of(trees: Sequence[t.Node], events: frozenset[str]) -> str:
    """The letter of the one probability that is over the outcomes of a text: others are other measures."""
    found: Counter[str] = Counter()
    for node in (node for tree in trees for node in t.walk(tree)):
        if isinstance(node, t.Applied) and is_chance(node):
            parts = [part for side in (*node.before, *node.after) for part in t.walk(side)]
            if not events.isdisjoint(_letters(parts)) or any(isinstance(part, t.Sides) for part in parts):
                found[node.head.text] += 1
    return found.most_common(1)[0][0] if found else ""


def _letters(nodes: Iterable[t.Node]) -> Iterator[str]:
    """The capital letters among some parts."""
    for node in nodes:
        if isinstance(node, t.Name) and len(node.base) == 1 and node.base.isupper() and node.stem == node.base:
            yield node.stem


def is_chance(node: t.Applied) -> bool:
    """True of a call by a letter for probabilities."""
    return node.head.text in EVENTS or (node.head.base in PROBABILITIES and not node.head.lower)


def probability(terms: Terms, node: t.Applied) -> Expr | None:
    """The probability of events, given others; None of anything else."""
    if node.head.text != terms.measure or node.bar not in ("", "|") or ";" in node.separators:
        return None
    before, after = ([happening(terms, part) for part in side] for side in (node.before, node.after))
    found = [part for part in (*before, *after) if part is not None]
    if len(found) != len(before) + len(after) or not before:
        return None
    terms.interpreted = False
    above = _chance(terms, found)
    return e.Conditional(above, _chance(terms, found[len(before) :])) if after else above


def chance_of(terms: Terms, *parts: e.Happening) -> Expr:
    """The probability that all of some events happen."""
    return _chance(terms, parts)


def _chance(terms: Terms, parts: Sequence[e.Happening]) -> Expr:
    flat = [inner for part in parts for inner in (part.args if isinstance(part, e.Intersection) else (part,))]
    body = flat[0] if len(flat) == 1 else e.Intersection(*flat)
    return e.Probability.build(terms.space, terms.outcomes, (), (body,))


def meant(terms: Terms, node: t.Node) -> Expr | None:
    """A probability of events, or an event; None of anything else."""
    if isinstance(node, t.Applied):
        return probability(terms, node)
    return happening(terms, node)


def happening(terms: Terms, node: t.Node) -> e.Happening | None:
    """What a part of a formula says to happen; None of what is no event."""
    match node:
        case t.Name():
            return _named(terms, node)
        case t.Operation(sign=sign, operands=operands) if sign in SETS:
            parts = [happening(terms, part) for part in operands]
            known = [part for part in parts if part is not None]
            if len(known) != len(parts):
                return None
            if sign == r"\setminus":
                return e.Intersection(known[0], *map(e.Complement, known[1:]))
            return e.Intersection(*known) if sign in _BOTH else e.Union(*known)
        case t.Power(base=base, exponent=t.Name(text=text)) if text in _OPPOSITES or text == "C":
            inner = happening(terms, base)
            return None if inner is None or (text == "C" and "C" in terms.events) else e.Complement(inner)
        case t.Listing(opening=r"\{", items=(t.Sides() as inside,)):
            return happening(terms, inside)
        case t.Sides() as relation if (value := value_of(relation)) is not None and value[0] in terms.valued:
            return taking(terms, *value)
        case t.Sides(sides=sides, signs=signs):
            return _compared(terms, sides, signs)
        case _:
            return None


def taking(terms: Terms, name: str, value: str) -> e.Happening:
    """The event that a variable has a value; the second of two possible values it has where it has not the first."""
    values = terms.valued[name].possible
    event = e.Event(e.taken(name, value), (), terms.outcomes)
    if len(values) == 2 and value == values[1]:
        return e.Otherwise(e.Event(e.taken(name, values[0]), (), terms.outcomes), e.taken(name, value))
    return event


def _named(terms: Terms, name: t.Name) -> e.Happening | None:
    if name.text in _CERTAIN and terms.events:
        return e.Certain(name.text, _CERTAIN[name.text])
    if name.stem.startswith(_BARS) and name.base in terms.events:
        inner = t.Name(name.start, name.end, name.base, name.base, name.marks, name.base, name.lower)
        if not name.lower:
            return e.Complement(e.Event(inner.text, (), terms.outcomes))
    if name.stem not in terms.events:
        return None
    pieces = [(piece, terms.index(piece)) for piece in name.lower]
    indices = [variable for _, variable in pieces if variable is not None]
    return e.Event(terms.numbered(name, pieces) if indices else name.text, indices, terms.outcomes)


def _compared(terms: Terms, sides: Sequence[t.Node], signs: Sequence[str]) -> e.Happening | None:
    r"""`X \leq x`, and `a < X \leq b` as two comparisons."""
    pairs = zip(sides, signs, sides[1:], strict=False)
    parts = [part for left, sign, right in pairs for part in _comparison(terms, left, sign, right)]
    if len(parts) != len(signs) or not parts:
        return None
    return parts[0] if len(parts) == 1 else e.Intersection(*parts)


def _comparison(terms: Terms, left: t.Node, sign: str, right: t.Node) -> Iterator[e.Happening]:
    """The one event that a comparison is, by what is at most and what is less."""
    random = terms.usage.random | terms.usage.averaged
    is_random = [any(isinstance(n, t.Name) and n.text in random for n in t.walk(side)) for side in (left, right)]
    names = [n for side in (left, right) for n in t.walk(side) if isinstance(n, t.Name)]
    if sign not in _MIRRORED or any(n.text in terms.bound or set(n.marks) & terms.bound.keys() for n in names):
        return
    if is_random == [False, True]:
        left, sign, right = right, _MIRRORED[sign], left
    elif is_random != [True, False]:
        return
    within, below = (
        e.Event(e.comparison(printed(left), printed(right), strictly=strictly), (), terms.outcomes)
        for strictly in (False, True)
    )
    match sign:
        case "<=":
            yield within
        case "<":
            yield below
        case ">":
            yield e.Complement(within)
        case ">=":
            yield e.Complement(below)
        case _:
            equal = e.Intersection(within, e.Complement(below))
            yield equal if sign == "=" else e.Complement(equal)
