"""How many values indices take, by sizes that depend on no other.  Each count is a bound from above.

What is subtracted in a size or in the bounds of a loop is left out: `T - 1` counts as `T`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil

from symderiv.loops.growth import NOTHING, ONE, Cost, largest_of, number, symbol
from symderiv.model.program import Affine, Loop, Program, SizeOf, Variable, combine, of_atom


def size_cost(program: Program, name: str, inside: frozenset[str] = frozenset()) -> Cost:
    """A size; `inside` are those that it is needed for, since sizes may be defined in a circle."""
    value = program.sizes.get(name)
    if value is None or name in inside:
        return symbol(name)
    return _positive_part(program, value, inside | {name})


def _positive_part(program: Program, value: Affine, inside: frozenset[str]) -> Cost:
    total = number(max(value.constant, 0))
    for atom, coefficient in value.terms:
        if coefficient > 0 and isinstance(atom, SizeOf):
            total = total + number(coefficient) * size_cost(program, atom.name, inside)
    return total if total != NOTHING else ONE


def is_difference(program: Program, name: str, inside: frozenset[str] = frozenset()) -> bool:
    """True of a size from which another one is subtracted, so that its bound may be far above it, or in a circle."""
    value = program.sizes.get(name)
    if value is None:
        return False
    parts = [(atom.name, coefficient) for atom, coefficient in value.terms if isinstance(atom, SizeOf)]
    return name in inside or any(c < 0 or is_difference(program, part, inside | {name}) for part, c in parts)


def log_cost(cost: Cost) -> Cost:
    """The logarithm of a count: that of the largest summand, and of how many summands there are."""
    found = []
    for path in cost.paths:
        rounds = number((max(1, ceil(sum((c for _, c in path), Fraction(0)))) - 1).bit_length())
        for monomial, _ in path:
            total = rounds
            for name, power in monomial:
                total = total + number(power) * symbol(f"log {name}")
            found.append(total)
    return largest_of(found)


def trips(program: Program, loop: Loop, around: Sequence[Loop] = ()) -> Cost:
    """The number of iterations of a loop inside of others."""
    low, high = _bounds(loop)
    count = combine(combine(high, low, -1), Affine((), 1))
    most = _extreme(count, {outer.index: outer for outer in around}, 1)
    return _positive_part(program, most, frozenset()) if most.terms else number(max(0, most.constant))


def extent(program: Program, loop: Loop, around: Sequence[Loop] = ()) -> Cost:
    """How many values a counter takes in all iterations of the loops around together."""
    (low, high), loops = _bounds(loop), {outer.index: outer for outer in around}
    apart = combine(_extreme(high, loops, 1), _extreme(low, loops, -1), -1)
    most = combine(apart, Affine((), 1))
    return _positive_part(program, most, frozenset()) if most.terms else number(max(0, most.constant))


def is_rectangular(loops: Sequence[Loop]) -> bool:
    """True of loops inside of each other whose bounds are the same at all iterations of those around."""
    counters = {loop.index for loop in loops}
    bounds = (bound for loop in loops for bound in _bounds(loop))
    return not any(isinstance(atom, Variable) and atom.name in counters for bound in bounds for atom, _ in bound.terms)


def _bounds(loop: Loop) -> tuple[Affine, Affine]:
    low, high = loop.range.first, loop.range.last
    return (low, high) if loop.range.step > 0 else (high, low)


def _extreme(index: Affine, loops: Mapping[str, Loop], sign: int) -> Affine:
    """The largest value (the smallest where `sign` is -1) of an index in loops, by sizes."""
    total = Affine((), index.constant)
    for atom, coefficient in index.terms:
        bound = of_atom(atom)
        if isinstance(atom, Variable) and atom.name in loops:
            upwards = 1 if coefficient * sign > 0 else -1
            low, high = _bounds(loops[atom.name])
            bound = _extreme(high if upwards > 0 else low, loops, upwards)
        total = combine(total, bound, coefficient)
    return total
