r"""Sums over some of the values of their indices: `\sum_{i < j}`, `\sum_{j \neq i}`, `\sum_{j=i+1}^n`.

Each becomes a sum over all values, with an order that indices have to stand in as its condition.  A sum whose end is
another index is one of these: in `\sum_{i=1}^n \sum_{j=i+1}^n` the index j runs from 1 to n, and i stands before it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import replace
from itertools import pairwise
from typing import TypeGuard

from symderiv.formulas import tree as t
from symderiv.formulas.notation import QUANTITIES
from symderiv.formulas.printing import printed

_TURNED = {">": "<", ">=": "<="}
ORDERS = ("!=", "<", "<=")

Ends = tuple[t.Node, t.Node]
Order = tuple[t.Name, str, t.Name]
NO_RANGES: Mapping[str, Ends] = {}


def plain_ranges(trees: Iterable[t.Node]) -> dict[str, Ends]:
    """The ranges of the indices that have one in all sums over them, and whose ends are no other indices."""
    totals = [node for tree in trees for node in t.walk(tree) if isinstance(node, t.Total)]
    indices = {name.text for total in totals for name in total.over}
    found: dict[str, dict[tuple[str, str], Ends]] = {}
    for total in totals:
        lower, upper = total.lower, total.upper
        if isinstance(lower, t.Numeral) and upper is not None and indices.isdisjoint(free_names(upper)):
            for name in total.over:
                found.setdefault(name.text, {})[printed(lower), printed(upper)] = (lower, upper)
    return {name: next(iter(ends.values())) for name, ends in found.items() if len(ends) == 1}


def with_restrictions(
    tree: t.Node, ranges: Mapping[str, Ends] = NO_RANGES, around: frozenset[str] = frozenset()
) -> t.Node:
    """A relation in which every such sum says over which indices it is, from where to where, and in which order.

    `ranges` are those that indices have wherever they are free; `around` are names that mean something beside it.
    """
    if not any(isinstance(node, t.Total) for node in t.walk(tree)):
        return tree
    sides = tree.sides if isinstance(tree, t.Sides) else (tree,)
    found = tuple(
        _restricted(side, around.union(*map(free_names, sides[:n] + sides[n + 1 :])), {}, ranges)
        for n, side in enumerate(sides)
    )
    return replace(tree, sides=found) if isinstance(tree, t.Sides) else found[0]


def orders(total: t.Total) -> list[Order] | None:
    """The orders that a sum or product asks of its indices; None where it asks something else."""
    if total.condition is None:
        return []
    items = total.condition.items if isinstance(total.condition, t.Listing) else (total.condition,)
    found: list[Order] = []
    for item in items:
        match item:
            case t.Sides(sides=(t.Name() as one, t.Name() as other), signs=(sign,)) if sign in ORDERS:
                found.append((one, sign, other))
            case _:
                return None
    return found


def free_names(node: t.Node) -> frozenset[str]:
    """The names in a formula, and in subscripts, that nothing in it binds; what a condition speaks of may be bound."""
    own = frozenset((node.text, *node.marks)) if isinstance(node, t.Name) else frozenset[str]()
    found = own.union(*map(free_names, t.parts(node)))
    if isinstance(node, t.Average):
        return found - {name.text for draw in node.draws for name in draw.names}
    if isinstance(node, t.Applied):
        return found - _averaged_over(node)
    if isinstance(node, t.Total):
        asked = () if node.condition is None else t.walk(node.condition)
        found -= {name.text for name in (*node.over, *asked) if isinstance(name, t.Name)}
    return found - {name.text for name in node.over} if isinstance(node, t.Integral) else found


def _averaged_over(call: t.Applied) -> frozenset[str]:
    r"""The x of `KL(p(x | y) \| q(x | y))`: what a divergence is a mean over stands for nothing around it."""
    if QUANTITIES.get(call.head.text) != "KL":
        return frozenset()
    laws = (side for side in (*call.before, *call.after) if isinstance(side, t.Applied))
    return frozenset(name.text for law in laws for name in law.before if isinstance(name, t.Name))


def _restricted(
    node: t.Node, outside: frozenset[str], around: Mapping[str, Ends | None], ranges: Mapping[str, Ends]
) -> t.Node:
    """A formula with such sums; `outside` are names that mean something around it, `around` the ranges of others."""
    if isinstance(node, t.Total) and node.kind in ("sum", "product"):
        known = {**ranges, **around}
        node = _ordered(_between(node, known), outside, around.keys(), known)
        ends = None if node.lower is None or node.upper is None else (node.lower, node.upper)
        inside = {**around, **{name.text: ends or ranges.get(name.text) for name in node.over}}
        return replace(node, body=_restricted(node.body, outside, inside, ranges))
    if isinstance(node, t.Addition | t.Product):
        # What is free beside a part is not bound in it.
        parts = t.parts(node)
        beside = {id(p): outside.union(*(free_names(o) for o in parts if o is not p)) for p in parts}
        return t.mapped(node, lambda part: _restricted(part, beside.get(id(part), outside), around, ranges))
    return t.mapped(node, lambda part: _restricted(part, outside, around, ranges))


def _between(total: t.Total, around: Mapping[str, Ends | None]) -> t.Total:
    """A sum that begins or ends at another index as one over the range of that, in order."""
    if total.lower is None or total.upper is None or len(total.over) != 1:
        return total
    (name,) = total.over
    for other, ends in around.items():
        if ends is None:
            continue
        index = replace(name, text=other, base=other.rstrip("'"), stem=other, marks=(), lower=())
        above, below = distance(total.lower, other), distance(total.upper, other)
        if above in (0, 1) and printed(total.upper) == printed(ends[1]):
            order = (index, "<=" if above == 0 else "<", name)
        elif below in (0, -1) and printed(total.lower) == printed(ends[0]):
            order = (name, "<=" if below == 0 else "<", index)
        else:
            continue
        return replace(total, lower=ends[0], upper=ends[1], condition=_asked(total, [order]))
    return total


def distance(node: t.Node, index: str) -> int | None:
    """1 for `i + 1`, -1 for `i - 1` and 0 for `i`; None for anything else."""
    match node:
        case t.Name(text=text) if text == index:
            return 0
        case t.Addition(terms=(t.Name(text=text), t.Numeral(value=value))) if text == index and value == 1:
            return 1
        case t.Addition(terms=(t.Name(text=text), t.Negation(body=t.Numeral(value=value)))):
            return -1 if text == index and value == 1 else None
        case _:
            return None


def _asked(total: t.Total, found: list[Order]) -> t.Node:
    """What a sum asks of its indices, with what it asked before."""
    before = () if total.condition is None else (total.condition,)
    items = (*before, *(t.Sides(one.start, other.end, (one, other), (sign,)) for one, sign, other in found))
    return items[0] if len(items) == 1 else t.Listing(total.start, total.end, "", items)


def _ordered(total: t.Total, outside: frozenset[str], around: Set[str], known: Mapping[str, Ends | None]) -> t.Total:
    """A sum whose condition orders indices, with all that it is over; as it is where the condition is another."""
    found, over, lower, upper = list[Order](), list(total.over), total.lower, total.upper
    below = {piece for node in t.walk(total.body) if isinstance(node, t.Name) for piece in node.marks}
    compared = [] if total.condition is None else list(_compared(total.condition))
    between = _texts(left for left, _, _ in compared) & _texts(right for _, _, right in compared)
    declared = (left for left, sign, _ in compared if sign == ":")
    indices = (
        below | between | around | known.keys() | _texts((*over, *(name for left in declared for name in _names(left))))
    )
    for left, sign, right in compared:
        if sign == ":":
            over += [name for name in _names(left) if name.text not in _texts(over)]
        elif _is_index(left, indices) and _is_index(right, indices) and sign in ORDERS:
            found.append((left, sign, right))
        elif sign == "<=" and isinstance(left, t.Numeral) and _is_index(right, indices) and lower is None:
            lower = left
        elif sign == "<=" and _is_index(left, indices) and lower is not None and upper is None:
            upper = right
        else:
            return total
    if total.lower is None and not any(sign == ":" for _, sign, _ in compared):
        over = _summed(over, found, below | between, outside | around)
    names = {name.text for name in over}
    if found and not over:
        return replace(total, over=())
    if not found or (lower is None) != (upper is None):
        return total
    others = [name.text for one, _, other in found for name in (one, other) if name.text not in names]
    beside = [known.get(name) for name in others]
    if lower is None and len(beside) == 1 and beside[0] is not None:
        lower, upper = beside[0]
    plain = replace(total, condition=None)
    return replace(total, over=tuple(over), lower=lower, upper=upper, condition=_asked(plain, found))


def _summed(over: list[t.Name], found: list[Order], inside: Set[str], fixed: Set[str]) -> list[t.Name]:
    r"""What a sum is over that says in which order its indices stand, and no more: the first one, and others inside.

    What means something around it is `fixed`, wherever it stands: `A_i = \sum_{i < j} x_{ij}` is over j.
    """
    compared = {name.text: name for one, _, other in found for name in (one, other)}
    free = [name for text, name in compared.items() if text in inside - fixed]
    kept = [name for name in over if name.text not in fixed]
    return [*kept, *(name for name in free if name not in kept)] if len(kept) == len(over) else free


def _is_index(node: t.Node, indices: Set[str]) -> TypeGuard[t.Name]:
    return isinstance(node, t.Name) and node.text in indices


def _texts(nodes: Iterable[t.Node]) -> set[str]:
    return {node.text for node in nodes if isinstance(node, t.Name)}


def _names(node: t.Node) -> list[t.Name]:
    items = node.items if isinstance(node, t.Listing) else (node,)
    return [item for item in items if isinstance(item, t.Name)]


def _compared(condition: t.Node) -> Iterator[tuple[t.Node, str, t.Node]]:
    r"""The pairs that a condition compares, the smaller one first: of `i, j : i > j` the colon and `j < i`."""
    for item in condition.items if isinstance(condition, t.Listing) else (condition,):
        if not isinstance(item, t.Sides):
            yield item, "", item
            continue
        for (left, right), sign in zip(pairwise(item.sides), item.signs, strict=True):
            yield (right, _TURNED[sign], left) if sign in _TURNED else (left, sign, right)
