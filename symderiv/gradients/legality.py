"""The first edit that makes a program legal which may not be executed, and all its named gradients right.

Edits: another order of the backward loops, a derived loop more, `+=` for `=`, other bounds of a sequential loop, other
indices in single loops, a derived loop in place of a single one.  Numbers sort them out; what remains is analysed, and
examined like any other program, before it is offered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from symderiv.gradients.comparison import comparisons
from symderiv.gradients.edits import Edit, derived_instead, insertions
from symderiv.gradients.repairs import Repair, Search, exchanged, with_bounds, with_other_indices
from symderiv.loops.derivative import number
from symderiv.loops.notation import lines_of
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.program import Affine, For, Loop, Node, Program, Read, Variable, places, reads

ORDER = "loop-order"

Part = tuple[str, tuple[Affine | None, ...]]
"""A tensor with those of its indices that depend on a loop."""


def legal_repair(program: Program, findings: Sequence[Diagnostic]) -> Repair | None:
    """An edit after which the program may be executed, and every named gradient is proved."""
    lines = {finding.span.line for finding in findings}
    in_order = _reordered(program) if any(finding.code == ORDER for finding in findings) else iter(())
    missing = _inserted(program) if any(finding.code == "never-written" for finding in findings) else iter(())
    instead = _derived(program, lines)
    repairs = chain(
        in_order, missing, _added(program), with_bounds(program), with_other_indices(program, lines), instead
    )
    try:
        runs = list(islice(comparisons(program, 0), 1))
    except (KeyError, ValueError, IndexError):
        return None
    return Search(program, runs).first(repairs) if runs else None


def _added(program: Program) -> Iterator[Repair]:
    """The program with one value added that was assigned."""
    for place in places(program.backward):
        statement = place.statement
        if statement.operator == "=":
            node = For(place.indices, (replace(statement, operator="+="),))
            reason = f"loop {statement.number} is wrong: it has to add"
            yield Repair(
                statement.number, reason, lines_of((node,))[0], exchanged(program, statement.number, Edit("", (node,)))
            )


def _derived(program: Program, lines: Collection[int]) -> Iterator[Repair]:
    """The program with a derived loop in place of one in some lines, as where a guard is missing."""
    found = [place for place in places(program.backward) if place.statement.span.line in lines]
    for where, edit in derived_instead(program, found):
        if isinstance(where, int):
            text = "; ".join(line for node in edit.nodes for line in lines_of((node,)))
            yield Repair(where, f"loop {where} is wrong: {edit.what}", text, exchanged(program, where, edit))


def _inserted(program: Program) -> Iterator[Repair]:
    """The program with one derived loop that it lacks."""
    for place, edit in insertions(program):
        text = "; ".join(line for node in edit.nodes for line in lines_of((node,)))
        yield Repair(0, edit.what, text, exchanged(program, place, edit))


def _reordered(program: Program) -> Iterator[Repair]:
    """The backward loops in an order in which what is read was computed before, one body at a time."""
    for numbers, nodes in _orders(program.backward, ""):
        text = ", ".join(numbers)
        ordered = replace(program, backward=number(nodes))
        yield Repair(0, f"the loops are right in the order {text}", text, ordered)


def _orders(nodes: tuple[Node, ...], index: str) -> Iterator[tuple[list[str], tuple[Node, ...]]]:
    """A body in order, then one with the body of one of its loops in order: the numbers that are moved, and all of it.

    In a loop only what is read of the same iteration has to come before.
    """
    order = _order(nodes, index)
    if order is not None and order != sorted(order):
        yield [_numbers(nodes[n]) for n in order], tuple(nodes[n] for n in order)
    for position, node in enumerate(nodes):
        if isinstance(node, Loop):
            for numbers, body in _orders(node.body, node.index):
                yield numbers, (*nodes[:position], replace(node, body=body), *nodes[position + 1 :])


def _order(nodes: Sequence[Node], index: str) -> list[int] | None:
    waiting, order = list(range(len(nodes))), list[int]()
    needs, targets = ([found(node, index) for node in nodes] for found in (_needs, _targets))
    while waiting:
        ready = [n for n in waiting if not any(needs[n] & targets[m] for m in waiting if m != n)]
        if not ready:
            return None
        order.append(ready[0])
        waiting.remove(ready[0])
    return order


def _numbers(loop: Node) -> str:
    found = [place.statement.number for place in places((loop,))]
    return str(found[0]) if len(found) == 1 else f"{found[0]} to {found[-1]}"


def _targets(loop: Node, index: str) -> set[Part]:
    return {_part(place.statement.target, index) for place in places((loop,))}


def _needs(loop: Node, index: str) -> set[Part]:
    return {_part(entry, index) for place in places((loop,)) for entry in reads(place.statement.value)}


def _part(entry: Read, index: str) -> Part:
    """The tensor, and which part of it an iteration over the index is about."""
    return entry.tensor, tuple(i if any(a == Variable(index) for a, _ in i.terms) else None for i in entry.indices)
