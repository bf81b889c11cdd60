"""Elements of lists that a procedure sets or appends: whether they are there, right, and made of what stands before."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from symderiv.loops.integers import Constraint, Instance, Integers, at_most, equal, less
from symderiv.loops.notation import index_text
from symderiv.loops.rewriting import substituted
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.procedure import Procedure
from symderiv.model.program import Affine, Atom, Variable, combine, of_atom
from symderiv.readers.procedures import Fill
from symderiv.readers.python_integers import canonical, element, elements

CELL = Variable("cell")
NO, ONE = Affine(), Affine((), 1)
NEVER = Constraint(Affine((), -1))


@dataclass(frozen=True)
class Write:
    """A fill with the index that it has, in a loop; `order` and `position` count the steps, and the fills of one step.

    `lengths` are those of all lists when it takes place.
    """

    fill: Fill
    index: Affine
    around: Around
    order: int
    position: int
    lengths: Mapping[str, Affine]


@dataclass(frozen=True)
class Around:
    """The loop that fills stand in: its variable, what is known of that, the iterations before, and all of them."""

    variables: tuple[Atom, ...] = ()
    known: tuple[Constraint, ...] = ()
    passed: Affine = NO
    times: Affine = ONE


@dataclass(frozen=True)
class Judge:
    """What is known where an element is judged: the equations, the integers, and the sizes by their names."""

    procedure: Procedure
    integers: Integers
    sizes: Mapping[str, Affine]

    def findings(self, write: Write, others: Sequence[Write]) -> Iterator[Diagnostic]:
        """What is wrong with one write among others: those before it, and those of its loop."""
        if write.fill.index is not None:
            yield from self.inside(write)
        yield from self.value(write)
        yield from self.reads(write, others)

    def inside(self, write: Write) -> Iterator[Diagnostic]:
        """The list has the element that is set."""
        name, length = write.fill.name, write.lengths[write.fill.name]
        outside = [(*write.around.known, less(write.index, NO)), (*write.around.known, at_most(length, write.index))]
        instance = self.integers.find(write.around.variables, outside)
        if instance is not None:
            reason = "the list is empty" if length == NO else f"it has {index_text(length)} elements"
            message = f"{name}[{index_text(write.index)}] = raises IndexError: {reason}{instance_note(instance)}"
            yield Diagnostic("procedure-index-error", write.fill.span, message, f"use {name}.append(...)")

    def value(self, write: Write) -> Iterator[Diagnostic]:
        """The value is the one that an equation gives at this index."""
        name = write.fill.name
        points = self.integers.points(write.around.variables, [write.around.known])
        actual = canonical(write.fill.value, write.fill.names, write.lengths)
        for equation in self.procedure.equations:
            if equation.name != name:
                continue
            inside = (*write.around.known, at_most(equation.first, write.index), at_most(write.index, equation.last))
            points = points.subtract(self.integers.points(write.around.variables, [inside]))
            instance = self.integers.find(write.around.variables, [inside])
            if instance is None:
                continue
            place = combine(write.index, equation.offset, -1)
            expected = canonical(equation.value, {**self.sizes, equation.variable: place})
            if expected != actual:
                message = (
                    f"{name}[{index_text(write.index)}] is {actual}, and should be {expected}{instance_note(instance)}"
                )
                yield Diagnostic("procedure-wrong-value", write.fill.span, message)
        surplus = self.integers.smallest(points, write.around.variables)
        if surplus is not None:
            message = f"no equation defines {name}[{index_text(write.index)}]{instance_note(surplus)}"
            yield Diagnostic("procedure-surplus", write.fill.span, message)

    def reads(self, write: Write, others: Sequence[Write]) -> Iterator[Diagnostic]:
        """What the value is made of stands there before."""
        for name, place in elements(write.fill.value):
            index = element(name, place, write.fill.names, write.lengths)
            if index is None:
                message = f"the index of {name}[{ast.unparse(place)}] is no integer that is known"
                yield Diagnostic("procedure-unread", write.fill.span, message)
                continue
            instance = self.missing(write, others, name, index)
            if instance is not None:
                message = f"{name}[{index_text(index)}] is read before it is built{instance_note(instance)}"
                yield Diagnostic("procedure-unbuilt", write.fill.span, message)

    def missing(self, write: Write, others: Sequence[Write], name: str, index: Affine) -> Instance | None:
        """The smallest instance at which an element is read that is neither given nor built before."""
        variables, known = write.around.variables, write.around.known
        given = self.procedure.lengths.get(name)
        if given is not None:
            outside = [(*known, less(index, NO)), (*known, at_most(given, index))]
            return self.integers.find(variables, outside)
        names = [CELL, *variables]
        points = self.integers.points(names, [(*known, equal(of_atom(CELL), index))])
        for other in others:
            if other.fill.name == name:
                points = points.subtract(self.integers.points(names, [_before(other, write)]))
        return self.integers.smallest(points, names)


def _before(one: Write, other: Write) -> list[Constraint]:
    """When CELL is what one write sets, in an iteration that comes before another write."""
    apart: dict[Atom, Affine] = {v: of_atom(Variable(f"{getattr(v, 'name', '')}~")) for v in one.around.variables}
    known = [Constraint(substituted(c.expression, apart), c.kind) for c in one.around.known]
    known.append(equal(of_atom(CELL), substituted(one.index, apart)))
    if one.order == other.order:
        is_above = one.position < other.position
        for variable in one.around.variables:
            known.append((at_most if is_above else less)(apart[variable], of_atom(variable)))
        if not one.around.variables and not is_above:
            known.append(NEVER)
    return known


def instance_note(instance: Instance) -> str:
    """The sizes and variables of an instance, in brackets."""
    found = {**instance.sizes, **instance.variables}
    found.pop(CELL.name, None)
    return f" ({', '.join(f'{name} = {value}' for name, value in found.items())})" if found else ""
