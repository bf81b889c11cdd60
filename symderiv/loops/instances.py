"""Numbers to run a program on: sizes, and values for its inputs that satisfy what it assumes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import chain, count, islice, permutations, product
from math import isqrt, prod
from random import Random

import numpy as np

from symderiv.loops.execution import Execution
from symderiv.loops.grids import Array
from symderiv.loops.integers import linear
from symderiv.loops.rewriting import free_variables
from symderiv.model.program import (
    Affine,
    Expression,
    IndexComparison,
    Node,
    Program,
    Read,
    Reduction,
    Relation,
    SizeOf,
    places,
    subexpressions,
)

WORK = 300_000
"""Iterations of a statement that are run at most."""

ORDERS = 120
"""How many ways to give the same numbers to sizes are tried."""

Table = dict[tuple[int, ...], Fraction]


@dataclass(frozen=True)
class Data:
    """Sizes, exact values of the inputs and of the gradients of outputs, and the values of integer tensors."""

    sizes: dict[str, int]
    tensors: dict[str, Table]
    integers: dict[str, dict[tuple[int, ...], int]]

    def arrays(self, dtype: type = float) -> dict[str, Array]:
        """The values as arrays, which are the caller's own."""
        found: dict[str, Array] = {name: array.astype(dtype) for name, array in self._reals.items()}
        return found | {name: _filled(whole, int) for name, whole in self.integers.items()}

    @cached_property
    def _reals(self) -> dict[str, Array]:
        return {name: _filled(table, float) for name, table in self.tensors.items()}


def _filled(table: Mapping[tuple[int, ...], Fraction | int], dtype: type) -> Array:
    """The array of a table that has a value for every cell."""
    values = [dtype(table[cell]) for cell in sorted(table)]
    return np.array(values, dtype=dtype).reshape([last + 1 for last in max(table)])


def sizes_of(program: Program, base: Mapping[str, int]) -> dict[str, int] | None:
    """All sizes from those that depend on no other; None where one would be less than 1, or not as is assumed."""
    found = dict(base)
    pending = {name: value for name, value in program.sizes.items() if name not in found}
    for _ in range(len(pending) + 1):
        for name, value in list(pending.items()):
            if value is not None and all(isinstance(a, SizeOf) and a.name in found for a, _ in value.terms):
                found[name] = evaluated(value, found)
                del pending[name]
    if pending or any(size < 1 for size in found.values()):
        return None
    return found if all(_is_so(relation, found) for relation in program.assumptions) else None


def _is_so(relation: Relation, sizes: Mapping[str, int]) -> bool:
    """False of a relation between sizes that does not hold."""
    left, right = linear(relation.left), linear(relation.right)
    if left is None or right is None:
        return True
    gap = evaluated(left, sizes) - evaluated(right, sizes)
    return {">": gap > 0, ">=": gap >= 0, "==": gap == 0, "!=": gap != 0}[relation.kind]


def evaluated(value: Affine, sizes: Mapping[str, int]) -> int:
    """The value of a combination of sizes."""
    return value.constant + sum(c * sizes[getattr(a, "name", "")] for a, c in value.terms)


def free_sizes(program: Program) -> list[str]:
    """The sizes that depend on no other."""
    return [name for name, value in program.sizes.items() if value is None]


def distinct_sizes(program: Program, least: int = 3) -> dict[str, int]:
    """Sizes that differ from each other and are at least 3, smaller where there would be too much to do."""
    names = free_sizes(program)
    choices = [
        {name: least + number for number, name in enumerate(names)},
        {name: least + number % 2 for number, name in enumerate(names)},
        {name: 2 + number % 2 for number, name in enumerate(names)},
        dict.fromkeys(names, 2),
    ]
    orders = (islice(permutations(range(start, start + len(names))), ORDERS) for start in (least, 5, 9))
    others = (dict(zip(names, order, strict=True)) for order in chain.from_iterable(orders))
    for base in chain(choices, others):
        sizes = sizes_of(program, base)
        if sizes is not None and work(program, sizes) <= WORK:
            return sizes
    return sizes_of(program, choices[-1]) or choices[-1]


def other_sizes(program: Program) -> list[dict[str, int]]:
    """Sizes from 1 to 9 and those around the numbers of guards, one after the other, with the rest of them small."""
    names = free_sizes(program)
    found = []
    for position, name in enumerate(names):
        for size in sorted({*range(1, 10), *_around_guards(program)}):
            base = {other: 2 + (number + position) % 2 for number, other in enumerate(names)}
            sizes = sizes_of(program, {**base, name: size})
            if sizes is not None and work(program, sizes) <= WORK:
                found.append(sizes)
    return found


def _around_guards(program: Program) -> Iterator[int]:
    """The numbers in comparisons of indices, as 37 in `[T == 37]`, and those beside them."""
    statements = (place.statement for nodes in (program.forward, program.backward) for place in places(nodes))
    for part in (part for statement in statements for part in subexpressions(statement.value)):
        if isinstance(part, IndexComparison):
            number = abs(part.left.constant - part.right.constant)
            yield from range(max(1, number - 1), number + 3)


def work(program: Program, sizes: Mapping[str, int]) -> int:
    """The most iterations of one statement, sums included."""
    most = 1
    for nodes in (program.forward, program.backward):
        for place in places(nodes):
            count = 1
            for index in (*place.indices, *_summed(place.statement.value), *(loop.index for loop in place.loops)):
                count *= sizes[program.domains[index]]
            most = max(most, count)
    return most


def _summed(expression: Expression) -> Iterator[str]:
    for part in subexpressions(expression):
        if isinstance(part, Reduction):
            yield from part.indices


def given_names(program: Program) -> list[str]:
    """The tensors whose values are given: inputs, and gradients of outputs."""
    inputs = [name for name in program.inputs if name not in program.integers]
    return inputs + [f"{name}.grad" for name in program.outputs]


def draw(
    program: Program, sizes: dict[str, int], random: Random, positive: frozenset[str], varied: bool = False
) -> Data:
    """Random values: small fractions of either sign, or positive ones; `varied` ones are large in some tensors.

    No two are the same, and none is a whole number: each tensor has a prime of its own below the line.
    """
    tensors: dict[str, Table] = {}
    unused = _primes()
    for name in given_names(program):
        cells = list(product(*(range(sizes[size]) for size in program.shapes[name])))
        scale = next(prime for prime in unused if prime >= (2 * len(cells) + 8) // 3)
        steps = [step for step in range(1, 2 * len(cells) + 8) if step % scale]
        random.shuffle(steps)
        times, below = random.choice(((1, 8), (1, 1), (8, 1))) if varied else (1, 1)
        if name.removesuffix(".grad") in program.unit:
            tensors[name] = dict.fromkeys(cells, Fraction(1))
            continue
        tensors[name] = {
            cell: Fraction(times * (step if name in positive else step * random.choice((1, -1))), below * scale)
            for cell, step in zip(cells, steps, strict=False)
        }
    integers = {
        name: {
            cell: random.randrange(sizes[size]) for cell in np.ndindex(*(sizes[axis] for axis in program.shapes[name]))
        }
        for name, size in program.integers.items()
    }
    return Data(sizes, tensors, integers)


def onto_sizes(program: Program, sizes: dict[str, int]) -> dict[str, int]:
    """The same sizes in another order, in which every range of an integer tensor can be met, if there is one."""
    names = free_sizes(program)
    orders = islice(permutations([sizes[name] for name in names]), ORDERS)
    tried = (sizes_of(program, dict(zip(names, order, strict=True))) for order in orders)
    fitting = (found for found in tried if found is not None and _can_be_onto(program, found))
    return next((found for found in fitting if work(program, found) <= WORK), sizes)


def _can_be_onto(program: Program, sizes: Mapping[str, int]) -> bool:
    cells = {name: prod(sizes[axis] for axis in program.shapes[name]) for name in program.integers}
    return all(cells[name] >= sizes[size] for name, size in program.integers.items())


def onto(program: Program, data: Data, random: Random) -> Data:
    """The same data, with integer tensors in which every value occurs, where they have cells enough."""
    integers = {}
    for name, size in program.integers.items():
        cells = list(data.integers[name])
        values = [number % data.sizes[size] for number in range(len(cells))]
        random.shuffle(values)
        integers[name] = dict(zip(cells, values, strict=True))
    return replace(data, integers=integers)


def _primes() -> Iterator[int]:
    return (n for n in count(5) if all(n % divisor for divisor in range(2, isqrt(n) + 1)))


def positive_names(program: Program) -> frozenset[str]:
    """The tensors that are assumed to be positive, cell by cell."""
    found = set()
    for relation in program.assumptions:
        if relation.kind in (">", ">=") and isinstance(relation.left, Read):
            found.add(relation.left.tensor)
    return frozenset(found)


def executed(program: Program, data: Data, nodes: tuple[Node, ...], dtype: type = float) -> Execution:
    """The program run on data."""
    execution = Execution(program, data.sizes, data.arrays(dtype), dtype)
    execution.run(nodes)
    return execution


def holds(program: Program, execution: Execution) -> bool:
    """True where everything that the program assumes is so after its forward part, as far as numbers show."""
    for relation in program.assumptions:
        names = sorted({v for side in (relation.left, relation.right) for v in free_variables(side)})
        grid = execution.grid(tuple(names), 0)
        gap = (
            execution.value(relation.left, grid, len(names)) - execution.value(relation.right, grid, len(names))
        ).real
        if not bool(np.all({">": gap > 0, ">=": gap >= 0, "==": abs(gap) < 1e-9, "!=": gap != 0}[relation.kind])):
            return False
    return True
