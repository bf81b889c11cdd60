"""Findings before any algebra: indices out of range, cells never written or written twice, reads before their writes.

Every finding holds for all sizes, and names the smallest instance that shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from symderiv.loops.accesses import Access, Accesses
from symderiv.loops.denominators import divisions_by_zero
from symderiv.loops.integers import Constraint, Instance, Integers, equal, less, negation
from symderiv.loops.notation import entry_text, index_text, instance_text, sizes_text
from symderiv.loops.order import unordered
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.program import Affine, Atom, Looked, Program, Read, SizeOf, Variable, of_atom
from symderiv.model.span import Span


def analysed(program: Program) -> list[Diagnostic]:
    """Everything that is wrong with a program as it is executed."""
    return list(Analysis(program).findings())


class Analysis:
    """The checks of one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.integers = Integers(program)
        self.accesses = Accesses(program)
        self.parts = [
            (tuple(self.accesses.written(nodes)), tuple(self.accesses.read(nodes)), nodes is program.backward)
            for nodes in (program.forward, program.backward)
            if nodes
        ]

    def findings(self) -> Iterator[Diagnostic]:
        """All findings, in the order of the text; each at one place once."""
        found: dict[tuple[str, Span, str], Diagnostic] = {}
        if self.integers.find((), [()]) is None:
            place = self.program.assumptions[0].span if self.program.assumptions else self.program.span
            yield Diagnostic("contradictory-sizes", place, "no sizes satisfy what is said about them")
            return
        for written, read, _ in self.parts:
            for access in (*written, *read):
                for diagnostic in self.in_range(access):
                    found.setdefault((diagnostic.code, diagnostic.span, diagnostic.message), diagnostic)
        for diagnostic in (*self.loops_in_range(), *divisions_by_zero(self.program, self.integers)):
            found.setdefault((diagnostic.code, diagnostic.span, ""), diagnostic)
        if not found:
            for written, read, is_backward in self.parts:
                for diagnostic in (
                    *self.twice(written),
                    *self.never(written, read, is_backward),
                    *self.early(written, read, is_backward),
                ):
                    found.setdefault((diagnostic.code, diagnostic.span, ""), diagnostic)
        yield from sorted(found.values(), key=lambda d: (d.span.line, d.span.column, d.code))

    def in_range(self, access: Access) -> Iterator[Diagnostic]:
        """Each index of an access is inside of its axis."""
        shape = self.program.shapes.get(access.entry.tensor)
        if shape is None or access.entry.tensor == "":
            return
        for index, size in zip(access.entry.indices, shape, strict=True):
            variable = index.variable
            domain = None if variable is None else self.program.domains.get(variable.name)
            looked = index.terms[0][0] if len(index.terms) == 1 and index.constant == 0 else None
            is_lookup = isinstance(looked, Looked) and index.terms[0][1] == 1
            if is_lookup and isinstance(looked, Looked):
                domain = self.program.integers[looked.tensor]
            if domain == size and (
                is_lookup or not any(loop.index == getattr(variable, "name", "") for loop in access.place.loops)
            ):
                continue
            extent = of_atom(SizeOf(size))
            outside = [
                (*access.constraints, Constraint(less(index, Affine()).expression)),
                (*access.constraints, *negation(less(index, extent))),
            ]
            instance = self.integers.find([Variable(v) for v in access.variables], outside)
            if instance is not None:
                shown = index_text(index)
                place = entry_text(access.entry)
                if domain is not None and domain != size:
                    message = f"the index {shown} ranges over {domain} and over {size} (in {place})"
                else:
                    message = f"the index {shown} of {place} leaves the range of {size}: {instance_text(instance)}"
                yield Diagnostic("index-range", access.entry.span, message)

    def loops_in_range(self) -> Iterator[Diagnostic]:
        """Indices count from 0, also those of sequential loops."""
        inner = {loop: a.place for written, _, _ in self.parts for a in written for loop in a.place.loops}
        for loop, place in inner.items():
            index = Variable(loop.index)
            names, known = self.accesses.around(place)
            extent = of_atom(SizeOf(self.program.domains[loop.index]))
            outside = (*negation(Constraint(of_atom(index))), *negation(less(of_atom(index), extent)))
            instance = self.integers.find(
                [Variable(n) for n in names], [(*known, constraint) for constraint in outside]
            )
            if instance is not None:
                shown = replace(instance, variables={loop.index: instance.variables[loop.index]})
                message = f"the index {loop.index} of a loop leaves its range: {instance_text(shown)}"
                yield Diagnostic("index-range", loop.span, message, "indices count from 0: shift the loop")

    def twice(self, written: Sequence[Access]) -> Iterator[Diagnostic]:
        """A cell that `=` writes is written once; `max=` and `+=` do not mix; to what is given one can only add."""
        given = {f"{output}.grad" for output in self.program.outputs}
        for number, one in enumerate(written):
            if one.entry.tensor in given and one.place.statement.operator != "+=":
                message = f"{one.entry.tensor} is given: it can only be added to"
                yield Diagnostic("write-twice", one.place.statement.span, message)
            for other in written[: number + 1]:
                if one.entry.tensor != other.entry.tensor:
                    continue
                operators = {one.place.statement.operator, other.place.statement.operator}
                if operators not in ({"="}, {"=", "+="}, {"=", "max="}, {"+=", "max="}):
                    continue
                second = other.renamed("~")
                same = self.same_cell(one, second)
                alternatives: list[list[Constraint]] = [same]
                if one is other:
                    alternatives = [
                        [*same, less(of_atom(Variable(v)), of_atom(Variable(v + "~")))] for v in one.variables
                    ]
                variables = [Variable(v) for v in (*one.variables, *second.variables)]
                instance = self.integers.find(variables, alternatives) if alternatives else None
                if instance is not None:
                    cell = self.cell(one, instance)
                    message = f"{cell} is written twice: {sizes_text(instance)}"
                    if operators == {"+=", "max="}:
                        message = f"{cell} is computed by += and by max=: {sizes_text(instance)}"
                    yield Diagnostic("write-twice", one.place.statement.span, message)

    def same_cell(self, one: Access, other: Access) -> list[Constraint]:
        """Both accesses are made, and to the same cell."""
        cells = [equal(a, b) for a, b in zip(one.entry.indices, other.entry.indices, strict=True)]
        return [*one.constraints, *other.constraints, *cells]

    def cell(self, access: Access, instance: Instance) -> str:
        """The cell that is accessed at an instance."""
        return entry_text(access.entry, instance)

    def never(self, written: Sequence[Access], read: Sequence[Access], is_backward: bool) -> Iterator[Diagnostic]:
        """What is read is given or computed.  Where a recurrence computes a tensor, each of its cells is written."""
        for access in read:
            name = access.entry.tensor
            if name == "" or self.is_given(name, is_backward):
                continue
            writes = [w for w in written if w.entry.tensor == name]
            if not writes:
                yield Diagnostic("never-written", access.entry.span, f"{name} is never written")
            elif not is_backward:
                yield from self._missing(access, writes)
        for name in () if is_backward else self.program.outputs:
            axes = tuple(f"cell{k}" for k in range(len(self.program.shapes.get(name, ()))))
            writes = [w for w in written if w.entry.tensor == name]
            if writes:
                whole = Read(name, tuple(of_atom(Variable(axis)) for axis in axes), writes[-1].entry.span)
                yield from self._missing(Access(whole, writes[-1].place, axes, tuple(self._ranges(whole))), writes)

    def _ranges(self, entry: Read) -> Iterator[Constraint]:
        for index, size in zip(entry.indices, self.program.shapes[entry.tensor], strict=True):
            yield Constraint(index)
            yield less(index, of_atom(SizeOf(size)))

    def _missing(self, access: Access, writes: Sequence[Access]) -> Iterator[Diagnostic]:
        """Computed tensors start at zero, which is meant where cells are padded, or stand before a recurrence begins;
        behind cells that a recurrence has written there must be none that it leaves out.
        """
        if any(covers(write, self.program) for write in writes):
            return
        recurrent = [(write, step) for write in writes for step in self._steps(write)]
        instance = self._unwritten(access, writes, recurrent) if recurrent else None
        if instance is not None:
            message = f"{sizes_text(instance)}: {entry_text(access.entry, instance)} is never written"
            yield Diagnostic("never-written", access.entry.span, message)

    def _steps(self, write: Access) -> Iterator[tuple[int, int]]:
        """The axes along which a sequential loop writes, with its direction."""
        for loop in write.place.loops:
            for axis, index in enumerate(write.entry.indices):
                for atom, coefficient in index.terms:
                    if atom == Variable(loop.index):
                        yield axis, loop.range.step * coefficient

    def _unwritten(
        self, access: Access, writes: Sequence[Access], recurrent: Sequence[tuple[Access, tuple[int, int]]]
    ) -> Instance | None:
        axes: list[Atom] = [Variable(f"cell{k}") for k in range(len(access.entry.indices))]
        names: list[Atom] = [Variable(v) for v in access.variables]
        wanted = [equal(of_atom(axis), i) for axis, i in zip(axes, access.entry.indices, strict=True)]
        behind: list[list[Constraint]] = []
        for write, (axis, step) in recurrent:
            other = write.renamed("^")
            place, cell = other.entry.indices[axis], of_atom(axes[axis])
            order = less(place, cell) if step > 0 else less(cell, place)
            behind.append([*access.constraints, *wanted, *other.constraints, order])
        missing = self.integers.points([*axes, *names], behind)
        for write in writes:
            other = write.renamed("~")
            at = [equal(of_atom(axis), i) for axis, i in zip(axes, other.entry.indices, strict=True)]
            if not any(isinstance(a, Looked) for i in other.entry.indices for a, _ in i.terms):
                missing = missing.subtract(self.integers.points([*axes, *names], [[*other.constraints, *at]]))
        return self.integers.smallest(missing, [*axes, *names])

    def is_given(self, name: str, is_backward: bool) -> bool:
        """True of inputs, and, in the backward part, of everything computed forward and of the outputs' gradients."""
        program = self.program
        if name in program.inputs or name in program.integers:
            return True
        if not is_backward:
            return False
        forward = {access.entry.tensor for access in self.parts[0][0]} if program.forward else set()
        return name in forward or (name.endswith(".grad") and name[:-5] in program.outputs)

    def early(self, written: Sequence[Access], read: Sequence[Access], is_backward: bool) -> Iterator[Diagnostic]:
        """A cell is read only after everything that is written to it."""
        for access in read:
            late = [w for w in written if w.entry.tensor == access.entry.tensor]
            for write in late:
                instance = unordered(self, write, access)
                if instance is None:
                    continue
                number = access.place.statement.number
                cell = entry_text(access.entry)
                message = f"loop {number} reads {cell} before loop {write.place.statement.number} has added to it"
                if instance.sizes or instance.variables:
                    message += f": {sizes_text(instance)}, {self.cell(access, instance)}"
                before = any(w is not write and w.place.positions < access.place.positions for w in late)
                code = "loop-order" if is_backward or before else "read-before-write"
                yield Diagnostic(code, access.entry.span, message)
                break


def covers(write: Access, program: Program) -> bool:
    """True of a write to all cells of its tensor: by distinct variables that take all values."""
    variables = [index.variable for index in write.entry.indices]
    names = [variable.name for variable in variables if variable is not None]
    shape = program.shapes.get(write.entry.tensor, ())
    return (
        len(names) == len(shape) == len(set(names))
        and all(name in write.place.indices for name in names)
        and all(program.domains[name] == size for name, size in zip(names, shape, strict=True))
    )
