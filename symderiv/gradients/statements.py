"""What a gradient is, as one expression: everything that the readers of a tensor pass back to one of its cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from symderiv.loops.derivative import product
from symderiv.loops.latex import latex_of_expression
from symderiv.loops.rewriting import substitute, substituted
from symderiv.model.program import (
    Affine,
    Atom,
    Comparison,
    Constant,
    Expression,
    IndexComparison,
    Node,
    Place,
    Power,
    Program,
    Read,
    Reduction,
    Size,
    Sum,
    Variable,
    of_atom,
    places,
    reads,
    subexpressions,
)


def cell_of(program: Program, tensor: str) -> tuple[str, ...]:
    """Names for the indices of a gradient: those of the loop that claims it, else after the sizes."""
    for place in places(program.backward):
        target = place.statement.target
        names = [index.variable.name for index in target.indices if index.variable is not None]
        if target.tensor == f"{tensor}.grad" and len(names) == len(target.indices) == len(set(names)):
            return tuple(names)
    found: list[str] = []
    for size in program.shapes[tensor]:
        name = next((i for i, s in program.domains.items() if s == size), size.lower())
        while name in found:
            name += "'"
        found.append(name)
    return tuple(found)


def gradient_expression(program: Program, derived: tuple[Node, ...], tensor: str) -> Expression:
    """The gradient of a tensor by the gradients of its readers."""
    cell = cell_of(program, tensor)
    name = f"{tensor}.grad"
    terms = [_passed(place, cell) for place in places(derived) if place.statement.target.tensor == name]
    if tensor in program.outputs:
        terms.insert(0, Read(name, tuple(of_atom(Variable(index)) for index in cell)))
    whole = terms[0] if len(terms) == 1 else Sum(tuple(terms))
    size = program.averaged.get(tensor)
    return whole if size is None else product((Power(Size(size), Fraction(-1)), whole))


def _passed(place: Place, cell: tuple[str, ...]) -> Expression:
    """What one statement adds to a cell."""
    values: dict[Atom, Affine] = {}
    guards: list[Expression] = []
    pending: list[tuple[Affine, str]] = []
    inner = [*(loop.index for loop in place.loops), *place.indices]
    for name, index in zip(cell, place.statement.target.indices, strict=True):
        variable = index.variable
        if variable is not None and variable not in values:
            values[variable] = of_atom(Variable(name))
        else:
            pending.append((index, name))
    summed: list[str] = []
    for old in inner:
        if Variable(old) not in values:
            new = old
            while new in cell or new in summed:
                new += "'"
            values[Variable(old)] = of_atom(Variable(new))
            summed.append(new)
    for index, name in pending:
        guards.append(IndexComparison("==", substituted(index, values), of_atom(Variable(name))))
    body = product((*guards, substitute(place.statement.value, values)))
    return Reduction(tuple(summed), body) if summed else body


def kinks(derived: tuple[Node, ...]) -> Iterator[str]:
    """Where the derivative does not exist, as conditions (LaTeX) that exclude these points."""
    compared = (part for place in places(derived) for part in subexpressions(place.statement.value))
    yield from _apart(part for part in compared if isinstance(part, Comparison))


def jumps(program: Program, tensor: str) -> Iterator[str]:
    """The same where a comparison of a program hangs on a tensor: its value jumps there, and is constant elsewhere."""
    found, forward = {tensor}, list(places(program.forward))
    while (
        more := {
            place.statement.target.tensor
            for place in forward
            if any(read.tensor in found for read in reads(place.statement.value))
        }
        - found
    ):
        found |= more
    compared = (part for place in forward for part in subexpressions(place.statement.value))
    yield from _apart(
        part
        for part in compared
        if isinstance(part, Comparison) and any(r.tensor in found for s in (part.left, part.right) for r in reads(s))
    )


def _apart(compared: Iterable[Comparison]) -> Iterator[str]:
    """That the sides of comparisons differ, each once."""
    seen: set[frozenset[Expression]] = set()
    for part in compared:
        if frozenset((part.left, part.right)) in seen:
            continue
        seen.add(frozenset((part.left, part.right)))
        if part.kind != "==":
            one, other = part.left, part.right
            if isinstance(one, Constant):
                one, other = other, one
            yield rf"{latex_of_expression(one)} \neq {latex_of_expression(other)}"
        else:
            yield rf"\text{{no ties in }} {latex_of_expression(part.right)}"
