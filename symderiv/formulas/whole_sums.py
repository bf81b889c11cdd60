r"""How far a sum without brackets reaches where its index goes on: `\sum_i y_i \ln p_i + (1 - y_i) \ln (1 - p_i)`.

A sum ends before the next plus sign.  Behind it its index stands for nothing, unless something else binds it: then the
terms up to the last one with the index belong to the sum.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symderiv.formulas import tree as t
from symderiv.formulas.restrictions import free_names


def with_whole_sums(sides: Sequence[t.Node], outside: frozenset[str] = frozenset()) -> list[t.Node]:
    """The sides of a relation, in which every sum reaches as far as its index, where that is bound by nothing else.

    `outside` are the names that mean something around the relation.
    """
    if not any(isinstance(node, t.Total) for side in sides for node in t.walk(side)):
        return list(sides)
    alone = [_whole(side, outside) for side in sides]
    free = [free_names(side) for side in alone]
    return [_whole(side, outside.union(*free[:n], *free[n + 1 :])) for n, side in enumerate(sides)]


def _whole(node: t.Node, bound: frozenset[str]) -> t.Node:
    """A formula with whole sums; `bound` are the names that mean something around it."""
    inside = bound | ({name.text for name in node.over} if isinstance(node, t.Total | t.Integral) else set())
    node = t.mapped(node, lambda part: _whole(part, inside))
    if not isinstance(node, t.Addition):
        return node
    terms = list(node.terms)
    for place in range(len(terms)):
        if place < len(terms):
            before = bound.union(*map(free_names, terms[:place]))
            count = _reach(terms[place], terms[place + 1 :], before)
            if count:
                terms[place : place + count + 1] = [_absorbed(terms[place], terms[place + 1 : place + count + 1])]
    return terms[0] if len(terms) == 1 else replace(node, terms=tuple(terms))


def _reach(term: t.Node, behind: list[t.Node], bound: frozenset[str]) -> int:
    """How many of the terms behind one belong to the sum that it ends with."""
    indices: set[str] = set()
    total = _last_sum(term)
    while total is not None:
        indices |= {name.text for name in total.over}
        total = _last_sum(total.body)
    wanted = indices - bound
    places = [number for number, other in enumerate(behind, start=1) if not wanted.isdisjoint(free_names(other))]
    return max(places, default=0)


def _last_sum(term: t.Node) -> t.Total | None:
    """The sum that a term ends with, without brackets around it."""
    match term:
        case t.Total(kind="sum"):
            return term
        case t.Negation(body=body):
            return _last_sum(body)
        case t.Product(factors=(*_, last)):
            return _last_sum(last)
        case _:
            return None


def _absorbed(term: t.Node, more: list[t.Node]) -> t.Node:
    """A term whose last sum takes in more terms: its inner sum, where one of them has the index of that."""
    match term:
        case t.Total(body=body):
            inner = _last_sum(body)
            names = {name.text for name in inner.over} if inner is not None else set()
            if any(not names.isdisjoint(free_names(other)) for other in more):
                return replace(term, body=_absorbed(body, more))
            terms = (*body.terms, *more) if isinstance(body, t.Addition) else (body, *more)
            return replace(term, body=t.Addition(body.start, more[-1].end, terms))
        case t.Negation(body=body):
            return replace(term, body=_absorbed(body, more))
        case t.Product(factors=(*others, last)):
            return replace(term, factors=(*others, _absorbed(last, more)))
        case _:
            return term
