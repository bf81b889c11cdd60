"""The smallest edit of one loop that makes all named gradients right.

Edits are tried in the order in which such errors are made: a sign, an index, a missing or an extra factor, a whole
statement.  Numbers sort them out; what remains is examined like any other program before it is offered.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

import numpy as np

from symderiv.gradients.batches import readers_of
from symderiv.gradients.blame import lacks_a_loop, suspects_of
from symderiv.gradients.closed_forms import closed_loop
from symderiv.gradients.comparison import Comparison, comparison, comparisons, computing, same
from symderiv.gradients.edits import SIGN, Edit, Where, derived_instead, insertions, sign
from symderiv.gradients.edits import other_indices as _indices
from symderiv.gradients.holes import Holes, other_targets
from symderiv.gradients.statements import kinks
from symderiv.loops.analysis import analysed
from symderiv.loops.derivative import backward_of, number
from symderiv.loops.execution import Execution
from symderiv.loops.instances import draw, free_sizes, holds, positive_names, sizes_of, work
from symderiv.loops.notation import lines_of
from symderiv.model.program import Affine, For, Loop, Node, Place, Program, Range, combine, places
from symderiv.model.span import Span

if TYPE_CHECKING:
    from symderiv.gradients.examination import Shared

WORK = 3_000
"""Statements that are run to sort out edits, those of many iterations counted more often."""
LARGE = 4_000
"""Iterations of a statement that take as long as one statement."""
SIZES = ((2, 3), (3, 2), (3, 4), (2, 4), (4, 3), (4, 2))
"""Sizes in one small run and in another one: no two are the same in both."""
SMALL = 8
"""How often small numbers are drawn until they show what is wrong."""
LATE = 16
"""Runs that are drawn where an edit is right in the first ones, half of them if there are kinks."""
PROOFS = 3
"""Programs that numbers do not tell from a right one, of which it is tried to prove one: what cannot be proved of
them is mostly the same.
"""


@dataclass(frozen=True)
class Repair:
    """An edit after which all named gradients are right: the loop, what is done to it, and how it reads then.

    What it changes has been proved; the gradients that it does not reach have their own verdicts.
    """

    number: int
    reason: str
    text: str
    program: Program


def repair_of(program: Program, runs: Sequence[Comparison], shared: Shared | None = None) -> Repair | None:
    """The first edit that makes every named gradient right, by numbers and by proof."""
    if not runs:
        return None
    from symderiv.gradients.examination import is_right

    search = Search(program, runs)
    for place, edit in search.candidates():
        if search.spent > WORK or len(search.tried) >= PROOFS:
            break
        edited = exchanged(program, place, edit)
        is_so = search.agrees(edited, edit) and not analysed(edited) and search.agrees_late(edited)
        if is_so and search.is_new(edited):
            if not is_right(replace(edited, named=search.reached_by(edited, edit)), shared):
                continue
            label = place if isinstance(place, int) else 0
            text = "; ".join(line for node in edit.nodes for line in lines_of((node,)))
            is_missing = edit.what.startswith("a loop is missing")
            reason = edit.what if is_missing or not label else f"loop {label} is wrong: {edit.what}"
            if edit.what == SIGN:
                reason += "".join(f", or that of loop {n}" for n in search.signs_that_mend() if n != label)
            return Repair(label, reason, text, edited)
    return search.first(with_bounds(program))


def own_repair(
    program: Program, runs: Sequence[Comparison], tensor: str, shared: Shared | None = None
) -> Repair | None:
    """All that a gradient is, as one loop in place of those that compute it: where no single edit mends everything."""
    from symderiv.gradients.examination import is_right

    name = f"{tensor}.grad"
    own = [place.statement.number for place in places(program.backward) if place.statement.target.tensor == name]
    computed = {p.statement.target.tensor for p in places(program.backward)}
    right = {n for n in computed if n.endswith(".grad") and all(r.agrees(n.removesuffix(".grad"), n) for r in runs)}
    found = closed_loop(program, tensor, {n for n in right if n.removesuffix(".grad") in program.shapes})
    if found is None:
        return None
    wider, loop = found
    rest = wider.backward
    for place in own:
        rest = _with(rest, place, ())
    named = tuple((other, span) for other, span in program.named if other == tensor)
    mended = replace(wider, backward=number((*rest, loop)), named=named)
    if analysed(mended) or not is_right(mended, shared):
        return None
    text = lines_of((loop,))[0]
    return Repair(0, f"in place of all that is added to {name} now: {text}", text, mended)


def with_other_indices(program: Program, lines: Collection[int]) -> Iterator[Repair]:
    """The program with other indices in one entry of one backward loop, those in some lines first."""
    for place in sorted(places(program.backward), key=lambda place: place.statement.span.line not in lines):
        for edit in _indices(program, place):
            label = place.statement.number
            text = "; ".join(line for node in edit.nodes for line in lines_of((node,)))
            yield Repair(label, f"loop {label} is wrong: {edit.what}", text, exchanged(program, label, edit))


def with_bounds(program: Program) -> Iterator[Repair]:
    """The program with other bounds of one sequential loop, or with the loop run the other way."""
    for position, loop in enumerate(program.backward):
        if not isinstance(loop, Loop):
            continue
        first, last, step = loop.range.first, loop.range.last, loop.range.step
        ranges = [Range(last, first, -step)]
        for shift in (Affine((), 1), Affine((), -1)):
            ranges += [Range(combine(first, shift), last, step), Range(first, combine(last, shift), step)]
        for other in ranges:
            mended = replace(loop, range=other)
            text = lines_of((mended,))[0]
            nodes = (*program.backward[:position], mended, *program.backward[position + 1 :])
            yield Repair(0, f"the bounds are wrong; right is: {text}", text, replace(program, backward=nodes))


class Search:
    """The edits of one program, and what they come to on numbers."""

    def __init__(self, program: Program, runs: Sequence[Comparison]) -> None:
        self.program = program
        self.runs = runs
        self.spent = 0
        self.tried: set[tuple[str, ...]] = set()
        self.found = list(places(program.backward))
        self.has_kinks = any(True for _ in kinks((*backward_of(program), *program.backward)))
        named = [f"{tensor}.grad" for tensor, _ in program.named]
        self.wrong = {n for n in named if not all(run.agrees(n.removesuffix(".grad"), n) for run in runs)}
        computed = {place.statement.target.tensor for place in self.found}
        shaped = {f"{tensor}.grad" for tensor in program.shapes} & computed
        self.settled = [n for n in shaped if all(run.agrees(n.removesuffix(".grad"), n) for run in runs)]
        """Gradients that are right, and are to stay so."""
        self.at_fault = suspects_of(program, runs)
        differing = {name for run in runs for name in run.differing()}
        gradients = {name for name in computed if name.endswith(".grad")}
        self.right = computed - self.at_fault if self.at_fault else gradients - differing

    def candidates(self) -> Iterator[tuple[Where, Edit]]:
        """All edits: of loops that compute a wrong gradient or an auxiliary tensor, then of the other ones.

        Only what all wrong gradients are computed from can make all of them right.
        """
        able = [p for p in self.found if self.wrong <= readers_of(self.program, p.statement.target.tensor)]
        suspects = [place for place in able if place.statement.target.tensor not in self.right]
        suspects.sort(key=lambda place: not place.statement.target.tensor.endswith(".grad"))
        others = [place for place in able if place.statement.target.tensor in self.right]
        unwritten = self.wrong - {place.statement.target.tensor for place in self.found}
        likely, unlikely = list[tuple[Where, Edit]](), list[tuple[Where, Edit]]()
        for where, edit in insertions(self.program, self._names()):
            written = {statement.target.tensor for node in edit.nodes for statement in node.body}
            (likely if written & (self.at_fault | unwritten) else unlikely).append((where, edit))
        if lacks_a_loop(self.program, self.runs):
            yield from likely
        named = {f"{tensor}.grad" for tensor, _ in self.program.named}
        apart = [name for name in self.runs[0].apart if all(run.agrees_apart(name) for run in self.runs)]
        runs = small_runs(self.program, self.runs)
        # What is called a gradient is one, or else an auxiliary tensor that is called so.
        senses = dict.fromkeys((frozenset(named.union(self.runs[0].apart)), frozenset({*named, *apart})))
        holes = [Holes(self.program, runs, right) for right in senses]
        for one in holes:
            yield from self._changes(one, suspects, is_wide=False)
        yield from derived_instead(self.program, suspects)
        yield from holes[-1].of_recurrences(suspects)
        for place in suspects:
            yield from ((place.statement.number, edit) for edit in other_targets(holes[0].pool, place))
        yield from likely
        for one in holes:
            yield from self._changes(one, suspects, is_wide=True)
        yield from unlikely
        self.settled = []
        last = Holes(self.program, runs, frozenset(named))
        yield from self._changes(last, others, is_wide=False)
        yield from last.of_recurrences(others)

    def _names(self) -> dict[str, str]:
        """Gradients that no loop computes under their own names, and how they are called."""
        computed = {place.statement.target.tensor for place in self.found}
        played = [set(run.played_by().items()) for run in self.runs]
        common = dict(set.intersection(*played)) if played else {}
        return {f"{tensor}.grad": name for tensor, name in common.items() if f"{tensor}.grad" not in computed}

    def _changes(self, holes: Holes, found: Sequence[Place], is_wide: bool) -> Iterator[tuple[Where, Edit]]:
        for change in holes.changes(found, is_wide):
            yield change.number, change.edit

    def first(self, repairs: Iterable[Repair]) -> Repair | None:
        """The first repair after which a program may be executed, and every named gradient is right and proved."""
        from symderiv.gradients.examination import is_right

        for repair in repairs:
            if self.spent > WORK:
                break
            if self.agrees(repair.program, Edit("", ())) and not analysed(repair.program) and is_right(repair.program):
                return repair
        return None

    def is_new(self, edited: Program) -> bool:
        """True of a program that was not come to by another edit before."""
        known = len(self.tried)
        self.tried.add(tuple(lines_of(edited.backward)))
        return len(self.tried) > known

    def reached_by(self, edited: Program, edit: Edit) -> tuple[tuple[str, Span], ...]:
        """The named gradients that an edit has an influence on: the verdicts on the others stay as they are."""
        touched = {statement.target.tensor for node in edit.nodes for statement in node.body}
        reached = set().union(*(readers_of(edited, tensor) for tensor in touched))
        return tuple(one for one in edited.named if f"{one[0]}.grad" in reached) or edited.named

    def signs_that_mend(self) -> Iterator[int]:
        """The loops of which each could be turned to make all named gradients right, by numbers."""
        for place in self.found:
            (edit,) = sign(self.program, place)
            if self.agrees(exchanged(self.program, place.statement.number, edit), edit):
                yield place.statement.number

    def agrees_late(self, edited: Program) -> bool:
        """True where all named gradients come out right on numbers of another kind, on both sides of a kink."""
        for run in islice(comparisons(edited, 1, LATE, varied=True), LATE // 2 if self.has_kinks else 2):
            self.spent += sum(1 for _ in places(edited.backward))
            if not all(run.agrees(name, f"{name}.grad") for name, _ in edited.named):
                return False
        return True

    def agrees(self, edited: Program, edit: Edit) -> bool:
        """True where all named gradients come out right on numbers; what an edit does not reach stays as it was."""
        touched = {s.target.tensor for node in edit.nodes for s in node.body}
        touched = touched or {place.statement.target.tensor for place in places(edited.backward)}
        reached = set().union(*(readers_of(edited, tensor) for tensor in touched))
        nodes = computing(edited.backward, reached)
        for run in self.runs:
            self.spent += sum(1 for _ in places(nodes)) * (1 + work(edited, run.data.sizes) // LARGE)
            kept = {name: array for name, array in run.claimed.arrays.items() if name not in reached}
            again = {name: array.copy() for name, array in run.given.items() if name in reached}
            execution = Execution(edited, run.data.sizes, {**kept, **again})
            try:
                execution.run(nodes)
            except (KeyError, ValueError, IndexError):
                return False
            wanted = {*self.settled, *(f"{name}.grad" for name, _ in edited.named)}
            if not all(same(execution.array(name), run.gradient(name.removesuffix(".grad"))) for name in wanted):
                return False
        return True


def small_runs(program: Program, runs: Sequence[Comparison]) -> list[Comparison]:
    """Runs at small sizes that tell sizes apart, and show what others show: which gradients are wrong and are not 0."""
    unseen = {(name, kind) for name in runs[0].differing() for kind in ("wrong", "there")}
    found: list[Comparison] = []
    for seed in range(SMALL):
        base = {name: SIZES[number % len(SIZES)][seed % 2] for number, name in enumerate(free_sizes(program))}
        sizes = sizes_of(program, base)
        if sizes is None or work(program, sizes) > LARGE // 4:
            sizes = sizes_of(program, dict.fromkeys(base, 2))
        if sizes is None:
            return list(runs[:2])
        run = comparison(program, draw(program, sizes, Random(seed), positive_names(program)))
        if not run.is_finite or not holds(program, run.claimed):
            continue
        shown = {(name, "wrong") for name in run.differing()}
        shown |= {(name, "there") for name, _ in unseen if np.any(run.gradient(name.removesuffix(".grad")))}
        if len(found) < 2 or shown & unseen:
            unseen -= shown
            found.append(run)
        if not unseen and len(found) > 1:
            return found
    return list(runs[:2])


def exchanged(program: Program, place: Where, edit: Edit) -> Program:
    """The program with an edit made."""
    match place:
        case "start":
            loops: tuple[Node, ...] = (*edit.nodes, *program.backward)
        case "end":
            loops = (*program.backward, *edit.nodes)
        case (int(outer), int(position)):
            loop = program.backward[outer]
            if isinstance(loop, Loop):
                loop = replace(loop, body=(*loop.body[:position], *edit.nodes, *loop.body[position:]))
            loops = (*program.backward[:outer], loop, *program.backward[outer + 1 :])
        case _:
            loops = _with(program.backward, place, edit.nodes)
    return replace(program, backward=number(loops))


def _with(nodes: tuple[Node, ...], place: Where, by: tuple[For, ...]) -> tuple[Node, ...]:
    """The loops with one statement replaced."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, Loop):
            result.append(replace(node, body=_with(node.body, place, by)))
        elif any(statement.number == place for statement in node.body):
            for statement in node.body:
                result.extend(by if statement.number == place else (replace(node, body=(statement,)),))
        else:
            result.append(node)
    return tuple(result)
