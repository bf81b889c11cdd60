"""Which loops can be wrong where a gradient is.

A claimed gradient is computed from others and from auxiliary tensors.  What is right by numbers is not to blame, nor
what a named gradient that is right was computed from.  Of the rest, the gradient that differs first is named, with the
auxiliary tensors that it is computed from: where several named gradients are wrong, those that all of them have in
common.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from symderiv.gradients.comparison import Comparison, same
from symderiv.loops.derivative import backward_of
from symderiv.loops.fixed_sizes import written_out
from symderiv.loops.notation import statement_text
from symderiv.model.program import For, Loop, Node, Place, Program, places, reads

MOST = 8
"""Contributions to one gradient whose sums are compared with what is missing of it."""


@dataclass(frozen=True)
class Blame:
    """The loops that compute the first wrong gradient, those of what it is computed from, and what is missing of it."""

    tensor: str
    numbers: tuple[int, ...]
    before: tuple[int, ...] = ()
    missing: str = ""
    local: str = ""
    """Where another gradient than the one that is asked about differs first: whether its own loops are right."""

    @property
    def all_numbers(self) -> tuple[int, ...]:
        """All loops that can be wrong."""
        return (*self.numbers, *self.before)

    def __str__(self) -> str:
        text = f"{self.tensor} is the first that differs; "
        text += f"it is computed by loop {_listed(self.numbers)}" if self.numbers else "no loop computes it"
        if self.before:
            text += f", from what loop {_listed(self.before)} computes"
        text += f"; {self.local}" if self.local else ""
        return f"{text}; a loop is missing: {self.missing}" if self.missing else text


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


def blame_of(program: Program, runs: Sequence[Comparison], claimed: str) -> Blame | None:
    """What is to blame for a named gradient that is wrong in one of the runs; None where no gradient differs."""
    written = _written(program)
    wrong = [f"{tensor}.grad" for tensor, _ in program.named if not _is_right(runs, f"{tensor}.grad")]
    if claimed not in wrong:
        return None
    faults = _faults(program, runs, written)
    reached = _reached(faults.sources, claimed, frozenset())
    first = next((name for name in faults.gradients if name in reached), claimed)
    numbers = {name: tuple(place.statement.number for place in found) for name, found in written.items()}
    before = sorted(number for name in faults.auxiliary(first) for number in numbers.get(name, ()))
    asked = (first, *(name for name in faults.gradients if name in reached))
    lacking = next(filter(None, (_missing(program, runs, name) for name in asked)), "")
    lacking = lacking or _unread(program, written, reached)
    local = _local(first, claimed, faults.gradients, numbers)
    return Blame(first, numbers.get(first, ()), tuple(before), lacking, local)


def suspects_of(program: Program, runs: Sequence[Comparison]) -> frozenset[str]:
    """The tensors of which one alone may be wrong: what all gradients that are wrong by themselves are computed from.

    One such gradient may itself be at fault; of several that have nothing in common, all are named.
    """
    faults = _faults(program, runs, _written(program))
    common = frozenset[str]().union(*map(faults.auxiliary, faults.gradients))
    return common if len(faults.gradients) > 1 and common else common.union(faults.gradients)


def lacks_a_loop(program: Program, runs: Sequence[Comparison]) -> bool:
    """True where derived loops are just what a gradient lacks."""
    faults = _faults(program, runs, _written(program))
    return any(_missing(program, runs, name) for name in faults.gradients)


@dataclass(frozen=True)
class _Faults:
    """The gradients that are wrong where all others are right, the others, and what each tensor is computed from."""

    gradients: tuple[str, ...]
    right: frozenset[str]
    sources: Mapping[str, set[str]]

    def auxiliary(self, first: str) -> set[str]:
        """What can make a gradient wrong: what no right one is computed from, and all wrong ones are, if it is any."""
        known = {*self.right, *self.gradients}
        cleared = known.union(*(_reached(self.sources, name, known - {name}) for name in self.right - {first}))
        found = {n: _reached(self.sources, n, cleared) - known - {n} for n in (*self.gradients, first)}
        return found[first].intersection(*found.values()) or found[first]


def _faults(program: Program, runs: Sequence[Comparison], written: Mapping[str, list[Place]]) -> _Faults:
    sources = {name: _sources(program, written, name) for name in written}
    gradients = [name for name in written if name in runs[0].apart]
    faulty = tuple(name for name in gradients if not all(run.agrees_apart(name) for run in runs))
    return _Faults(faulty, frozenset(gradients) - {*faulty}, sources)


def _local(first: str, claimed: str, faulty: Collection[str], numbers: Mapping[str, tuple[int, ...]]) -> str:
    """Whether a gradient is right given the right ones that it is computed from."""
    if first == claimed or claimed not in numbers:
        return ""
    if claimed not in faulty:
        return f"{claimed} is right given the right {first}"
    return f"given the right {first}, {claimed} is still wrong: see loop {_listed(numbers[claimed])}"


def _written(program: Program) -> dict[str, list[Place]]:
    """The statements that compute each tensor, in the order of execution."""
    found: dict[str, list[Place]] = {}
    for place in places(program.backward):
        found.setdefault(place.statement.target.tensor, []).append(place)
    return found


def _is_right(runs: Sequence[Comparison], name: str) -> bool:
    tensor = name.removesuffix(".grad")
    return tensor in runs[0].program.shapes and all(run.agrees(tensor, name) for run in runs)


def _sources(program: Program, written: Mapping[str, list[Place]], name: str) -> set[str]:
    entries = (entry.tensor for place in written[name] for entry in reads(place.statement.value))
    return {tensor for tensor in entries if tensor in written}


def _reached(sources: Mapping[str, set[str]], start: str, stops: frozenset[str] | set[str]) -> set[str]:
    """What a tensor is computed from, itself included, without what is known to be right."""
    found, pending = {start}, [start]
    while pending:
        for name in sources.get(pending.pop(), ()):
            if name not in found and name not in stops:
                found.add(name)
                pending.append(name)
    return found


def _missing(program: Program, runs: Sequence[Comparison], name: str) -> str:
    """The derived loops that together are what a gradient lacks; empty where there are none such."""
    tensor = name.removesuffix(".grad")
    loops = backward_of(written_out(program))
    derived = [place for place in places(loops) if place.statement.target.tensor == name]
    is_written = any(place.statement.target.tensor == name for place in places(program.backward))
    found_apart = [run.apart.get(name, run.claimed.array(name)) for run in runs]
    is_zero = is_written and not any(np.any(found) for found in found_apart)
    if len(derived) > MOST or is_zero or tensor in program.averaged:
        return ""
    alone = [_only(loops, {place.statement.number}) for place in derived]
    amounts = [[run.computed_apart(one, [name], {})[name] for one in alone] for run in runs]
    lacking = [run.gradient(tensor) - found for run, found in zip(runs, found_apart, strict=True)]
    for count in range(1, len(derived) + 1):
        for chosen in combinations(range(len(derived)), count):
            if all(
                same(sum((found[n] for n in chosen), np.zeros_like(gap)), gap) and bool(np.any(gap))
                for found, gap in zip(amounts, lacking, strict=True)
            ):
                return "; ".join(statement_text(derived[n].statement) for n in chosen)
    return ""


def _unread(program: Program, written: Mapping[str, list[Place]], suspects: set[str]) -> str:
    """The derived loops of an output whose gradient is read as it is given, although other tensors read the output."""
    entries = {e.tensor for name in suspects for place in written.get(name, ()) for e in reads(place.statement.value)}
    given = {f"{output}.grad" for output in program.outputs} & entries - set(written)
    derived = (place.statement for place in places(backward_of(program)) if place.statement.target.tensor in given)
    return "; ".join(statement_text(statement) for statement in derived)


def _only(nodes: Sequence[Node], numbers: Collection[int]) -> tuple[Node, ...]:
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, Loop):
            inner = _only(node.body, numbers)
            if inner:
                result.append(Loop(node.index, node.range, inner, node.span))
        elif any(statement.number in numbers for statement in node.body):
            result.append(For(node.indices, tuple(s for s in node.body if s.number in numbers), node.span))
    return tuple(result)
