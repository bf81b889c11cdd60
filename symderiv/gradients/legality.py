"""The first edit that makes a program legal which may not be executed, and all its named gradients right.

Edits: another order of the backward loops, `+=` for `=`, other bounds of a sequential loop, other indices in single
loops.  Numbers sort them out; what remains is analysed, and examined like any other program, before it is offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from symderiv.gradients.comparison import comparisons
from symderiv.gradients.edits import Edit
from symderiv.gradients.repairs import Repair, Search, exchanged, with_bounds, with_other_indices
from symderiv.loops.derivative import number
from symderiv.loops.notation import lines_of
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.program import For, Program, places, reads

ORDER = "loop-order"


def legal_repair(program: Program, findings: Sequence[Diagnostic]) -> Repair | None:
    """An edit after which the program may be executed, and every named gradient is proved."""
    lines = {finding.span.line for finding in findings}
    in_order = _reordered(program) if any(finding.code == ORDER for finding in findings) else iter(())
    repairs = chain(in_order, _added(program), with_bounds(program), with_other_indices(program, lines))
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


def _reordered(program: Program) -> Iterator[Repair]:
    """The backward loops in an order in which what is read was computed before."""
    loops = program.backward
    if not all(isinstance(loop, For) for loop in loops):
        return
    waiting, order = list(range(len(loops))), list[int]()
    while waiting:
        ready = [n for n in waiting if not _needs(program, n) & {_target(program, m) for m in waiting if m != n}]
        if not ready:
            return
        order.append(ready[0])
        waiting.remove(ready[0])
    if order != sorted(order):
        text = ", ".join(str(n + 1) for n in order)
        yield Repair(0, f"the loops are right in the order {text}", text, _with_order(program, order))


def _with_order(program: Program, order: Sequence[int]) -> Program:
    return replace(program, backward=number(tuple(program.backward[n] for n in order)))


def _target(program: Program, place: int) -> str:
    loop = program.backward[place]
    return loop.body[0].target.tensor if isinstance(loop, For) else ""


def _needs(program: Program, place: int) -> set[str]:
    loop = program.backward[place]
    return {entry.tensor for entry in reads(loop.body[0].value)} if isinstance(loop, For) else set()
