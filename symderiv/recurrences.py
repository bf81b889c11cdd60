"""Python procedures that build a computation graph, checked against the equations that define its nodes.

Every finding holds for all sizes and names the smallest instance.  The procedure is read, never executed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symderiv.loops.integers import Integers, at_most, equal, less
from symderiv.loops.notation import index_text, sizes_text
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.procedure import Procedure
from symderiv.model.program import Affine, Program, SizeOf, Variable, combine, of_atom
from symderiv.model.span import Span
from symderiv.readers.procedures import Fill, Fresh, Named, Repeat, Step, read_procedure
from symderiv.readers.python_integers import free_names
from symderiv.writes import CELL, ONE, Around, Judge, Write, instance_note


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
        self.judge = Judge(procedure, self.integers, self.sizes)
        self.defined = {equation.name for equation in procedure.equations}
        values = (free_names(e.value) - {e.variable} for e in procedure.equations)
        self.taken = (set().union(*values) - self.defined) | set(sizes) | set(procedure.lengths)
        self.lengths: dict[str, Affine] = {}
        self.writes: list[Write] = []

    def step(self, step: Step, order: int) -> Iterator[Diagnostic]:
        """What is wrong with one step after those before it."""
        match step:
            case Fresh(name, length, span):
                yield from self.fresh(name, length, span)
            case Named(name, value, span):
                if name in self.taken | self.defined and self.sizes.get(name) != value:
                    yield Diagnostic("procedure-overwrites", span, f"{name} is given, and is something else from here")
            case Fill():
                yield from self.fills((step,), Around(), order)
            case Repeat(variable, first, stop, body, span):
                yield from self.repeat(variable, first, stop, span)
                index = of_atom(Variable(variable))
                known = (at_most(first, index), less(index, stop))
                passed, times = combine(index, first, -1), combine(stop, first, -1)
                yield from self.fills(body, Around((Variable(variable),), known, passed, times), order)

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
            message = f"the range from {index_text(first)} ends before it begins{instance_note(instance)}"
            yield Diagnostic("procedure-unread", span, message)

    def fills(self, fills: Sequence[Fill], around: Around, order: int) -> Iterator[Diagnostic]:
        """Elements that are set or appended, in each iteration of a loop where there is one."""
        appended = {fill.name for fill in fills if fill.index is None} & set(self.lengths)
        lengths = {**self.procedure.lengths, **self.lengths}
        lengths |= {name: combine(lengths[name], around.passed) for name in appended}
        writes: list[Write] = []
        for position, fill in enumerate(fills):
            refused = self.refused(fill)
            if refused is not None:
                yield refused
                continue
            index = lengths[fill.name] if fill.index is None else fill.index
            writes.append(Write(fill, index, around, order, position, dict(lengths)))
            if fill.index is None:
                lengths[fill.name] = combine(index, ONE)
        earlier = tuple(self.writes)
        self.writes += writes
        for write in writes:
            yield from self.judge.findings(write, (*earlier, *writes))
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
