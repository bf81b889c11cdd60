"""Python procedures that build a computation graph, checked against the equations that define its nodes.

Every finding holds for all sizes and names the smallest instance.  The procedure is read, never executed.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from symderiv.loops.integers import Constraint, Instance, Integers, at_most, equal, less
from symderiv.loops.notation import index_text, sizes_text
from symderiv.loops.rewriting import substituted
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.procedure import Procedure
from symderiv.model.program import Affine, Atom, Program, SizeOf, Variable, combine, of_atom
from symderiv.model.span import Span
from symderiv.readers.procedures import Fill, Fresh, Named, Repeat, Step, read_procedure
from symderiv.readers.python_integers import canonical, element, elements, free_names

CELL = Variable("cell")
NO, ONE = Affine(), Affine((), 1)
NEVER = Constraint(Affine((), -1))


@dataclass(frozen=True)
class _Write:
    """A fill with the index that it has, in a loop; `order` and `position` count the steps, and the fills of one step.

    `lengths` are those of all lists when it takes place.
    """

    fill: Fill
    index: Affine
    around: _Around
    order: int
    position: int
    lengths: Mapping[str, Affine]


@dataclass(frozen=True)
class _Around:
    """The loop that fills stand in: its variable, what is known of that, the iterations before, and all of them."""

    variables: tuple[Atom, ...] = ()
    known: tuple[Constraint, ...] = ()
    passed: Affine = NO
    times: Affine = ONE


def check_procedure(procedure: Procedure) -> list[Diagnostic]:
    """What is wrong with a procedure that has to build the nodes that some equations define; empty if nothing is.

    Sizes are at least 1.
    """
    sizes = sizes_of(procedure)
    steps = read_procedure(procedure.text, {name: of_atom(SizeOf(name)) for name in sizes}, procedure.lengths)
    check = _Check(procedure, sizes)
    found = [*steps.diagnostics]
    for order, step in enumerate(steps.steps):
        found += check.step(step, order)
    found.sort(key=lambda diagnostic: (diagnostic.span.line, diagnostic.span.column))
    if steps.is_whole:
        found += check.incomplete()
    return list({(d.code, d.span, d.message): d for d in found}.values())


def sizes_of(procedure: Procedure) -> list[str]:
    """The sizes that the ranges of the equations and the lengths of the lists are made of."""
    bounds = [bound for e in procedure.equations for bound in (e.first, e.last, e.offset)]
    whole = (*bounds, *procedure.lengths.values())
    return sorted({atom.name for value in whole for atom, _ in value.terms if isinstance(atom, SizeOf)})


class _Check:
    def __init__(self, procedure: Procedure, sizes: list[str]) -> None:
        self.procedure = procedure
        self.integers = Integers(Program(procedure.text.path, (), {}, (), (), sizes=dict.fromkeys(sizes)))
        self.sizes = {name: of_atom(SizeOf(name)) for name in sizes}
        self.defined = {equation.name for equation in procedure.equations}
        values = (free_names(e.value) - {e.variable} for e in procedure.equations)
        self.taken = (set().union(*values) - self.defined) | set(sizes) | set(procedure.lengths)
        self.lengths: dict[str, Affine] = {}
        self.writes: list[_Write] = []

    def step(self, step: Step, order: int) -> Iterator[Diagnostic]:
        """What is wrong with one step after those before it."""
        match step:
            case Fresh(name, length, span):
                yield from self.fresh(name, length, span)
            case Named(name, value, span):
                if name in self.taken | self.defined and self.sizes.get(name) != value:
                    yield Diagnostic("procedure-overwrites", span, f"{name} is given, and is something else from here")
            case Fill():
                yield from self.fills((step,), _Around(), order)
            case Repeat(variable, first, stop, body, span):
                yield from self.repeat(variable, first, stop, span)
                index = of_atom(Variable(variable))
                known = (at_most(first, index), less(index, stop))
                passed, times = combine(index, first, -1), combine(stop, first, -1)
                yield from self.fills(body, _Around((Variable(variable),), known, passed, times), order)

    def fresh(self, name: str, length: Affine, span: Span) -> Iterator[Diagnostic]:
        """A new list, which throws away what had the name before."""
        if name in self.taken:
            yield Diagnostic("procedure-overwrites", span, f"{name} is given, and is thrown away here")
            return
        if any(write.fill.name == name for write in self.writes):
            yield Diagnostic("procedure-overwrites", span, f"what was built of {name} is thrown away here")
            self.writes = [write for write in self.writes if write.fill.name != name]
        self.lengths[name] = length

    def repeat(self, variable: str, first: Affine, stop: Affine, span: Span) -> Iterator[Diagnostic]:
        """A loop has a variable of its own, and as many iterations as the difference of its bounds."""
        if variable in self.taken | self.defined:
            yield Diagnostic("procedure-overwrites", span, f"{variable} is given, and is the variable of a loop here")
        instance = self.integers.find((), [(less(stop, first),)])
        if instance is not None:
            message = f"the range from {index_text(first)} ends before it begins{_at(instance)}"
            yield Diagnostic("procedure-unread", span, message)

    def fills(self, fills: Sequence[Fill], around: _Around, order: int) -> Iterator[Diagnostic]:
        """Elements that are set or appended, in each iteration of a loop where there is one."""
        appended = {fill.name for fill in fills if fill.index is None} & set(self.lengths)
        lengths = {**self.procedure.lengths, **self.lengths}
        lengths |= {name: combine(lengths[name], around.passed) for name in appended}
        writes: list[_Write] = []
        for position, fill in enumerate(fills):
            refused = self.refused(fill)
            if refused is not None:
                yield refused
                continue
            index = lengths[fill.name] if fill.index is None else fill.index
            writes.append(_Write(fill, index, around, order, position, dict(lengths)))
            if fill.index is None:
                lengths[fill.name] = combine(index, ONE)
        earlier = tuple(self.writes)
        self.writes += writes
        for write in writes:
            if write.fill.index is not None:
                yield from self.inside(write)
            yield from self.value(write)
            yield from self.reads(write, (*earlier, *writes))
        for name in appended:
            self.lengths[name] = combine(self.lengths[name], around.times)

    def refused(self, fill: Fill) -> Diagnostic | None:
        """Why an element may not be built."""
        if fill.name in self.taken:
            return Diagnostic("procedure-overwrites", fill.span, f"{fill.name} is given, and is changed here")
        if fill.name not in self.defined:
            return Diagnostic("procedure-unread", fill.span, f"no equation defines the elements of {fill.name}")
        if fill.name not in self.lengths:
            return Diagnostic("procedure-unbuilt", fill.span, f"there is no list {fill.name} yet", f"{fill.name} = []")
        return None

    def inside(self, write: _Write) -> Iterator[Diagnostic]:
        """The list has the element that is set."""
        name, length = write.fill.name, write.lengths[write.fill.name]
        outside = [(*write.around.known, less(write.index, NO)), (*write.around.known, at_most(length, write.index))]
        instance = self.integers.find(write.around.variables, outside)
        if instance is not None:
            reason = "the list is empty" if length == NO else f"it has {index_text(length)} elements"
            message = f"{name}[{index_text(write.index)}] = raises IndexError: {reason}{_at(instance)}"
            yield Diagnostic("procedure-index-error", write.fill.span, message, f"use {name}.append(...)")

    def value(self, write: _Write) -> Iterator[Diagnostic]:
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
                message = f"{name}[{index_text(write.index)}] is {actual}, and should be {expected}{_at(instance)}"
                yield Diagnostic("procedure-wrong-value", write.fill.span, message)
        surplus = self.integers.smallest(points, write.around.variables)
        if surplus is not None:
            message = f"no equation defines {name}[{index_text(write.index)}]{_at(surplus)}"
            yield Diagnostic("procedure-surplus", write.fill.span, message)

    def reads(self, write: _Write, others: Sequence[_Write]) -> Iterator[Diagnostic]:
        """What the value is made of stands there before."""
        for name, place in elements(write.fill.value):
            index = element(name, place, write.fill.names, write.lengths)
            if index is None:
                message = f"the index of {name}[{ast.unparse(place)}] is no integer that is known"
                yield Diagnostic("procedure-unread", write.fill.span, message)
                continue
            instance = self.missing(write, others, name, index)
            if instance is not None:
                message = f"{name}[{index_text(index)}] is read before it is built{_at(instance)}"
                yield Diagnostic("procedure-unbuilt", write.fill.span, message)

    def missing(self, write: _Write, others: Sequence[_Write], name: str, index: Affine) -> Instance | None:
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

    def incomplete(self) -> Iterator[Diagnostic]:
        """Every element that an equation defines is built."""
        cell = of_atom(CELL)
        for equation in self.procedure.equations:
            points = self.integers.points([CELL], [(at_most(equation.first, cell), at_most(cell, equation.last))])
            for write in self.writes:
                if write.fill.name == equation.name:
                    at = (*write.around.known, equal(cell, write.index))
                    points = points.subtract(self.integers.points([CELL], [at]))
            instance = self.integers.smallest(points, [CELL])
            if instance is not None:
                sizes = f"{sizes_text(instance)}: " if instance.sizes else ""
                message = f"{sizes}{equation.name}[{instance.variables['cell']}] is never built"
                span = self.writes[-1].fill.span if self.writes else self.procedure.span
                yield Diagnostic(
                    "procedure-incomplete", span, message, f"the last index is {index_text(equation.last)}"
                )


def _before(one: _Write, other: _Write) -> list[Constraint]:
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


def _at(instance: Instance) -> str:
    found = {**instance.sizes, **instance.variables}
    found.pop(CELL.name, None)
    return f" ({', '.join(f'{name} = {value}' for name, value in found.items())})" if found else ""
