"""The claimed gradients beside the derived ones, as numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from random import Random

import numpy as np

from symderiv.gradients.system import targets
from symderiv.loops.derivative import backward_of
from symderiv.loops.equations import Edge
from symderiv.loops.execution import Execution
from symderiv.loops.grids import Array
from symderiv.loops.instances import Data, distinct_sizes, draw, holds, onto, onto_sizes, other_sizes, positive_names
from symderiv.model.program import Loop, Node, Program, Read, places, reads

TOLERANCE = 1e-8
MEASURED = 1e-6
"""How far derivatives that are measured may be from those that are derived, as a part of them."""
DRAWS = 20
"""How often values are drawn until they satisfy what a program assumes."""


@dataclass
class Comparison:
    """One run of a program, with its claimed backward part and with the derived one."""

    program: Program
    data: Data
    claimed: Execution
    derived: Execution
    is_tied: bool = False
    """True where a maximum that the forward part computes is reached more than once."""

    @cached_property
    def given(self) -> dict[str, Array]:
        """The inputs and the gradients that are given, before anything is computed."""
        return self.data.arrays()

    @property
    def is_finite(self) -> bool:
        """True where every tensor of the forward part has a value."""
        return all(bool(np.all(np.isfinite(array))) for array in self.derived.arrays.values())

    def gradient(self, tensor: str) -> Array:
        """The gradient of a tensor, averaged where the program says so."""
        found = self.derived.array(f"{tensor}.grad")
        size = self.program.averaged.get(tensor)
        return found / self.data.sizes[size] if size is not None else found

    def agrees(self, tensor: str, claimed: str) -> bool:
        """True where a claimed tensor is the gradient."""
        return same(self.claimed.array(claimed), self.gradient(tensor))

    def agrees_but_for(self, tensor: str, edge: Edge) -> bool:
        """True where the gradient that is claimed of a tensor is right except at an edge, and is not 0 there."""
        both = (self.claimed.array(f"{tensor}.grad"), self.gradient(tensor))
        place = both[0].shape[edge.axis] - 1 if edge.is_last else 0
        claimed, right = (np.delete(array, place, edge.axis) for array in both)
        return same(claimed, right) and bool(np.any(right))

    @cached_property
    def apart(self) -> dict[str, Array]:
        """The claimed gradients as they come out where all gradients that they are computed from are right.

        So none of them is wrong because of another one, nor at one iteration because of an earlier one.
        """
        names = [f"{t}.grad" for t in self.program.shapes if f"{t}.grad" in targets(self.program.backward)]
        return self.computed_apart(self.program.backward, names, self.given)

    def computed_apart(
        self, nodes: Sequence[Node], names: Sequence[str], given: Mapping[str, Array]
    ) -> dict[str, Array]:
        """What loops add to gradients, and to what is given of them, where all that they read is right."""
        shapes = {f"{name} apart": self.program.shapes[name] for name in names}
        program = replace(self.program, shapes={**self.program.shapes, **shapes})
        arrays = {name: array.copy() for name, array in self.derived.arrays.items()}
        arrays |= {name: self.gradient(name.removesuffix(".grad")) for name in names}
        arrays |= {f"{name} apart": given[name].copy() for name in names if name in given}
        execution = Execution(program, self.data.sizes, arrays)
        execution.run(_written_apart(nodes, names))
        return {name: execution.array(f"{name} apart") for name in names}

    def agrees_apart(self, name: str) -> bool:
        """True of a claimed gradient that is right where those that it is computed from are."""
        return same(self.apart[name], self.gradient(name.removesuffix(".grad")))

    def differing(self) -> list[str]:
        """The gradients of the claimed program that are wrong, in the order in which they are computed."""
        computed = dict.fromkeys(place.statement.target.tensor for place in places(self.program.backward))
        owners = [name.removesuffix(".grad") for name in computed if name.endswith(".grad")]
        return [f"{t}.grad" for t in owners if t in self.program.shapes and not self.agrees(t, f"{t}.grad")]

    def played_by(self) -> dict[str, str]:
        """For each tensor the one that the claimed program computes as its gradient, by its name if it can be."""
        computed = targets(self.program.backward)
        found: dict[str, str] = {}
        for tensor in sorted(t[:-5] for t in targets(self.nodes)):
            own = f"{tensor}.grad"
            others = sorted(computed - {own}, key=lambda name: (name.endswith(".grad"), name))
            shape = self.program.shapes[tensor]
            for name in (own, *others):
                if name not in computed or self.program.shapes.get(name) != shape:
                    continue
                if name != own and name.endswith(".grad") and own in computed:
                    continue
                averaged = tensor in self.program.averaged and name != f"{tensor}.grad"
                if not averaged and self.agrees(tensor, name) and np.any(self.gradient(tensor)):
                    found[tensor] = name
                    break
        return found

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """The derived loops."""
        return backward_of(self.program)


def _written_apart(nodes: Sequence[Node], names: Collection[str]) -> tuple[Node, ...]:
    """Loops that write what they compute of some tensors to others, and read what stands in the first."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, Loop):
            result.append(replace(node, body=_written_apart(node.body, names)))
            continue
        body = []
        for s in node.body:
            entry = s.target
            body.append(replace(s, target=Read(f"{entry.tensor} apart", entry.indices)) if entry.tensor in names else s)
        result.append(replace(node, body=tuple(body)))
    return tuple(result)


def same(one: Array, other: Array) -> bool:
    """True of arrays that agree up to rounding."""
    if not (np.all(np.isfinite(one)) and np.all(np.isfinite(other))):
        return False
    scale = float(np.max(np.abs(other), initial=0.0)) + float(np.max(np.abs(one), initial=0.0))
    return bool(np.max(np.abs(one - other), initial=0.0) <= TOLERANCE * (scale + 1e-3))


Part = tuple[tuple[Node, ...], tuple[Node, ...]]
"""Loops of the claimed backward part, and of the derived one."""


def comparison(program: Program, data: Data, dtype: type = float, part: Part | None = None) -> Comparison:
    """Both runs on given data, or only a part of them."""
    forward = Execution(program, data.sizes, data.arrays(dtype), dtype)
    forward.run(program.forward)
    copies = [{name: array.copy() for name, array in forward.arrays.items()} for _ in range(2)]
    claimed, derived = (Execution(program, data.sizes, arrays, dtype) for arrays in copies)
    by_claim, by_rule = part or (program.backward, backward_of(program))
    claimed.run(by_claim)
    derived.run(by_rule)
    return Comparison(program, data, claimed, derived, bool(forward.tied))


def part_for(program: Program, tensor: str, claimed: str) -> Part:
    """What has to be run to compare one gradient with what is claimed to be it."""
    both = ((program.backward, claimed), (backward_of(program), f"{tensor}.grad"))
    by_claim, by_rule = (computing(nodes, _needed(nodes, name)) for nodes, name in both)
    return by_claim, by_rule


def _needed(nodes: tuple[Node, ...], name: str) -> set[str]:
    """A tensor, and all that it is computed from."""
    found, size = {name}, 0
    while len(found) > size:
        size = len(found)
        for place in places(nodes):
            if place.statement.target.tensor in found:
                found.update(entry.tensor for entry in reads(place.statement.value))
    return found


def computing(nodes: Sequence[Node], names: Collection[str]) -> tuple[Node, ...]:
    """The loops that compute some tensors."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, Loop):
            result.append(replace(node, body=computing(node.body, names)))
        else:
            body = tuple(s for s in node.body if s.target.tensor in names)
            result += [replace(node, body=body)] if body else []
    return tuple(result)


OTHER_SEED, FEW = 1, 4
"""For the runs at other sizes."""


def comparisons(program: Program, seed: int, draws: int = DRAWS, varied: bool = False) -> Iterator[Comparison]:
    """Runs on values that satisfy what the program assumes, and at which everything is defined and has a derivative.

    Half of them are on positive numbers, and half with all values of indices that are looked up, if others satisfy
    nothing; `varied` ones are at other sizes too.
    """
    random = Random(seed)
    chosen = [distinct_sizes(program), *(other_sizes(program) if varied else ())]
    positive, every = positive_names(program), frozenset(program.inputs)
    is_found = is_onto = False
    for number in range(draws):
        signs = positive if is_found or number < draws // 2 else every
        is_onto = is_onto if is_found else number % 2 == 1
        sizes = chosen[number % len(chosen)]
        data = draw(program, onto_sizes(program, sizes) if is_onto else sizes, random, signs, varied)
        found = comparison(program, onto(program, data, random) if is_onto else data)
        if holds(program, found.claimed) and found.is_finite and has_derivative(program, found):
            is_found = True
            yield found


def has_derivative(program: Program, found: Comparison) -> bool:
    """False where a maximum is reached more than once, as by a row that is looked up twice, and that tells."""
    return not found.is_tied or is_so_measured(program, found)


def is_so_measured(program: Program, found: Comparison) -> bool:
    """True where the derived gradients give the derivative that is measured."""
    predicted, measured = directional(program, found)
    return bool(abs(predicted - measured) <= MEASURED * (abs(predicted) + abs(measured) + MEASURED))


def directional(program: Program, found: Comparison) -> tuple[float, float]:
    """The derivative of the outputs in a random direction of the inputs, twice: by the derived gradients, and by
    running the forward part on numbers that carry a derivative (complex step), which shares nothing with the first.
    """
    random = np.random.default_rng(0)
    step = 1e-30
    inputs = [n for n in program.inputs if n not in program.integers and n not in program.constants]
    directions = {name: random.standard_normal(found.derived.array(name).shape) for name in inputs}
    arrays = found.data.arrays(complex)
    for name, direction in directions.items():
        arrays[name] = arrays[name] + 1j * step * direction
    nudged = Execution(program, found.data.sizes, arrays, complex)
    nudged.run(program.forward)
    measured = 0.0
    for output in program.outputs:
        given = found.given.get(f"{output}.grad", np.ones(nudged.array(output).shape))
        measured += float(np.sum(given * nudged.array(output).imag / step))
    predicted = sum(float(np.sum(found.derived.array(f"{n}.grad") * d)) for n, d in directions.items())
    return predicted, measured


def factor_of(program: Program, runs: Sequence[Comparison], tensor: str, claimed: str) -> str:
    """What a claimed gradient has to be multiplied by to be right: a size, a scalar, a number; empty where none is.

    At one size alone a size is a number like any other, so that other sizes are tried as well.
    """
    scalars = [n for n in program.inputs if not program.shapes[n] and n not in program.integers]
    others: list[Comparison] | None = None
    for name in (*program.sizes, *scalars, "2", "3", "-1"):
        for shown, is_above in ((name, True), (f"1/{name}", False)):
            if not all(_is_up_to(run, name, is_above, tensor, claimed) for run in runs):
                continue
            if name in program.sizes and others is None:
                others = list(islice(comparisons(program, OTHER_SEED, varied=True), FEW))
            if name not in program.sizes or all(_is_up_to(o, name, is_above, tensor, claimed) for o in others or ()):
                return shown
    return ""


def _is_up_to(run: Comparison, name: str, is_above: bool, tensor: str, claimed: str) -> bool:
    """True where the claim times the value of a name, or divided by it, is the gradient."""
    value = _value_of(name, run)
    power = value if is_above else 1 / value if value else 0.0
    return bool(same(run.claimed.array(claimed) * power, run.gradient(tensor)))


def _value_of(name: str, run: Comparison) -> float:
    if name in run.data.sizes:
        return float(run.data.sizes[name])
    return float(run.data.tensors[name][()]) if name in run.data.tensors else float(name)
