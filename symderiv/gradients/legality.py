"""The first edit that makes a program legal which may not be executed, and all its named gradients right.

Edits: another order of the backward loops, a derived loop more, `+=` for `=`, other bounds of a sequential loop, other
indices in single loops.  Numbers sort them out; what remains is analysed, and examined like any other program, before
it is offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from symderiv.gradients.comparison import comparisons
from symderiv.gradients.edits import Edit, insertions
from symderiv.gradients.repairs import Repair, Search, exchanged, with_bounds, with_other_indices
from symderiv.loops.derivative import number
from symderiv.loops.notation import lines_of
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.program import For, Node, Program, places, reads

ORDER = "loop-order"


def legal_repair(program: Program, findings: Sequence[Diagnostic]) -> Repair | None:
    """An edit after which the program may be executed, and every named gradient is proved."""
    lines = {finding.span.line for finding in findings}
    in_order = _reordered(program) if any(finding.code == ORDER for finding in findings) else iter(())
    missing = _inserted(program) if any(finding.code == "never-written" for finding in findings) else iter(())
    repairs = chain(in_order, missing, _added(program), with_bounds(program), with_other_indices(program, lines))
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


def _inserted(program: Program) -> Iterator[Repair]:
    """The program with one derived loop that it lacks."""
    for place, edit in insertions(program):
        text = "; ".join(line for node in edit.nodes for line in lines_of((node,)))
        yield Repair(0, edit.what, text, exchanged(program, place, edit))


def _reordered(program: Program) -> Iterator[Repair]:
    """The backward loops in an order in which what is read was computed before; sequential ones stay whole."""
    loops = program.backward
    waiting, order = list(range(len(loops))), list[int]()
    while waiting:
        ready = [n for n in waiting if not any(_needs(loops[n]) & _targets(loops[m]) for m in waiting if m != n)]
        if not ready:
            return
        order.append(ready[0])
        waiting.remove(ready[0])
    if order != sorted(order):
        text = ", ".join(_numbers(loops[n]) for n in order)
        ordered = replace(program, backward=number(tuple(loops[n] for n in order)))
        yield Repair(0, f"the loops are right in the order {text}", text, ordered)


def _numbers(loop: Node) -> str:
    found = [place.statement.number for place in places((loop,))]
    return str(found[0]) if len(found) == 1 else f"{found[0]} to {found[-1]}"


def _targets(loop: Node) -> set[str]:
    return {place.statement.target.tensor for place in places((loop,))}


def _needs(loop: Node) -> set[str]:
    return {entry.tensor for place in places((loop,)) for entry in reads(place.statement.value)}
