"""Values at which a claimed gradient is wrong: at small sizes, made simple, and exact."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import islice, product
from random import Random

import numpy as np

from symderiv.gradients.comparison import Comparison, comparison, comparisons, part_for, same
from symderiv.gradients.unrolled import Unrolled
from symderiv.kernel.errors import KernelError
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Model
from symderiv.kernel.replay import replay_refutation
from symderiv.loops.instances import Data, Table, draw, free_sizes, holds, positive_names, sizes_of, work
from symderiv.model.program import Program, places

LEAST = 3
SMALL = 1000
"""The smallest size of a counterexample, and the iterations of a loop up to which it is kept."""
MOST_SIZES = 2000
CHOICES, TRIALS, LEAST_TRIALS, CELLS = 120, 500, 15, 6
"""How many sizes are tried, how many simpler values times statements, and at how many cells of a gradient."""
ROUNDING = 1e-3
"""How much of a difference may be rounding."""
OTHERS = 60
"""Runs that are drawn where the kernel evaluates none of the others, as at a kink that the data always lead to."""


@dataclass(frozen=True)
class Refutation:
    """A cell of a claimed gradient that is wrong, with the values that show it, as the kernel evaluates them."""

    goal: Sequent
    model: Model
    data: Data
    cell: tuple[int, ...]


def refutation(
    programs: Sequence[Program], found: Comparison, tensor: str, claimed: str, seed: int, simple: Data | None = None
) -> Refutation | None:
    """A small counterexample to a gradient that differs in `found`; `simple` are values that may show it too.

    `programs` are ways to write the program that say the same: the kernel may be able to evaluate one, not another.

    Two values that are both the largest are accepted where numbers are drawn, not where they were made simple: ties
    that are always there are no kinks.
    """
    program = programs[0]
    maxima = list(places(program.forward))
    known = comparison(program, simple) if simple is not None else None
    if known is not None and differs(known, tensor, claimed):
        shrunk, drawn = known, [found]
    else:
        smaller = next(smaller_runs(program, found, tensor, claimed, seed), found)
        shrunk, drawn = simplified(program, smaller, tensor, claimed), [smaller, found]
    tied = ((run, True) for run in drawn if any(p.statement.operator == "max=" for p in maxima))
    for stated, (run, ties) in product(programs, [*((run, False) for run in (shrunk, *drawn)), *tied]):
        evaluated = _evaluated(stated, run, tensor, claimed, ties)
        if evaluated is not None:
            return evaluated
    others = (run for run in comparisons(program, seed + 1, OTHERS, varied=True) if differs(run, tensor, claimed))
    tried = (_evaluated(stated, run, tensor, claimed) for run in islice(others, CELLS) for stated in programs)
    return next((evaluated for evaluated in tried if evaluated is not None), None)


def _evaluated(program: Program, run: Comparison, tensor: str, claimed: str, ties: bool = False) -> Refutation | None:
    """A cell at which a gradient is wrong, as far as the kernel can evaluate it there."""
    unrolled = Unrolled(program, run, ties)
    for cell in worst_cells(run, tensor, claimed):
        goal, model = unrolled.goal(tensor, claimed, cell)
        try:
            replay_refutation(goal, model)
        except KernelError:
            continue
        return Refutation(goal, model, run.data, cell)
    return None


def differs(found: Comparison, tensor: str, claimed: str) -> bool:
    """True where both gradients are finite and not the same."""
    one, other = found.claimed.array(claimed), found.gradient(tensor)
    return bool(np.all(np.isfinite(one)) and np.all(np.isfinite(other))) and not same(one, other)


def differs_in_more_digits(found: Comparison, tensor: str, claimed: str) -> bool:
    """True where a difference is none of rounding, nor of numbers too large: with more digits it stays what it is."""
    precise = comparison(found.program, found.data, np.longdouble)
    gap, again = (run.claimed.array(claimed) - run.gradient(tensor) for run in (found, precise))
    with np.errstate(all="ignore"):
        return bool(np.max(np.abs(gap - again)) <= ROUNDING * np.max(np.abs(again)))


def smaller_runs(program: Program, found: Comparison, tensor: str, claimed: str, seed: int) -> Iterator[Comparison]:
    """Runs at smaller sizes at which the gradient is wrong too, the smallest first.

    Sizes stay distinct, and at least 3: at B = 2 much is 0 that is not so elsewhere.
    """
    names = free_sizes(program)
    is_small = work(program, found.data.sizes) <= SMALL
    least = LEAST if is_small else 1
    ranges = [range(min(least, found.data.sizes[name]), found.data.sizes[name] + 1) for name in names]
    different = len({found.data.sizes[name] for name in names}) if is_small else 1
    enough = (choice for choice in islice(product(*ranges), MOST_SIZES) if len(set(choice)) >= different)
    choices = sorted(enough, key=lambda c: (sum(c), c))[:CHOICES]
    random = Random(seed)
    for choice in choices:
        sizes = sizes_of(program, dict(zip(names, choice, strict=True)))
        if sizes is None:
            continue
        for _ in range(2):
            run = comparison(program, draw(program, sizes, random, positive_names(program)))
            if holds(program, run.claimed) and differs(run, tensor, claimed):
                yield run
                break


def simplified(program: Program, found: Comparison, tensor: str, claimed: str) -> Comparison:
    """The same with simpler numbers, as long as the gradient stays wrong."""
    fixed = {f"{output}.grad" for output in program.unit}
    trials = max(LEAST_TRIALS, TRIALS // sum(1 for nodes in (program.forward, program.backward) for _ in places(nodes)))
    part = part_for(program, tensor, claimed)
    simpler = found
    for name, change in islice(((n, c) for n, c in _simpler(found.data) if n not in fixed), trials):
        tensors = {**simpler.data.tensors, name: change(simpler.data.tensors[name])}
        run = comparison(program, replace(found.data, tensors=tensors), part=part)
        if holds(program, run.claimed) and differs(run, tensor, claimed):
            simpler = run
    return found if simpler is found else comparison(program, simpler.data)


Change = Callable[[Table], Table]


def _simpler(data: Data) -> Iterator[tuple[str, Change]]:
    """Changes to one tensor: the same small number everywhere, or whole numbers, then single cells."""
    for name, table in data.tensors.items():
        for number in (1, 2):
            yield name, partial(_constant, number)
        if len(table) > 1:
            yield name, _counted
    for name, table in data.tensors.items():
        for cell in table:
            for number in (0, 1):
                yield name, partial(_changed, cell, number)


def _constant(number: int, table: Table) -> Table:
    return dict.fromkeys(table, Fraction(number))


def _counted(table: Table) -> Table:
    return {cell: Fraction(count) for count, cell in enumerate(table, 1)}


def _changed(cell: tuple[int, ...], number: int, table: Table) -> Table:
    return {**table, cell: Fraction(number)}


def worst_cells(found: Comparison, tensor: str, claimed: str) -> list[tuple[int, ...]]:
    """The cells at which the gradient is wrong, the worst first."""
    gap = np.abs(found.claimed.array(claimed) - found.gradient(tensor))
    order = np.argsort(-gap, axis=None)[:CELLS]
    return [tuple(int(i) for i in np.unravel_index(n, gap.shape)) for n in order if gap.flat[n] > 0]
