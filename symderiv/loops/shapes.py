"""What a program leaves unsaid: the range of each index and the shape of each computed tensor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from symderiv.loops.integers import Constraint, Integers, at_most, less
from symderiv.loops.rewriting import free_variables, variables
from symderiv.model.diagnostic import Diagnostic
from symderiv.model.program import (
    Affine,
    Looked,
    Loop,
    Node,
    Program,
    Read,
    Size,
    SizeOf,
    Variable,
    combine,
    of_atom,
    places,
    reads,
    subexpressions,
)
from symderiv.model.span import Span

Bounds = dict[str, tuple[Affine, Affine]]


@dataclass
class Declared:
    """The declarations of a program as they were read.

    `explicit` are the ranges of indices by declaration, `sources` the names in the text of indices that were renamed,
    `ranges` the bounds of sequential indices, `sizes` what each size is, None where it is a name only.
    """

    shapes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    inputs: dict[str, Span] = field(default_factory=dict)
    outputs: dict[str, Span] = field(default_factory=dict)
    integers: dict[str, str] = field(default_factory=dict)
    constants: set[str] = field(default_factory=set)
    unit: set[str] = field(default_factory=set)
    explicit: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, Affine | None] = field(default_factory=dict)
    sequential: set[str] = field(default_factory=set)
    ranges: Bounds = field(default_factory=dict)


def default_size(index: str, sizes: dict[str, Affine | None]) -> str:
    """The size that an index ranges over by its name: `b` over B, `i2` and `i'` over I, `t1` over T1 if that is one."""
    if index.upper() in sizes:
        return index.upper()
    return index.rstrip("0123456789'~_").upper() or index.upper()


class Shapes:
    """Finds the ranges of indices and the shapes of tensors, the declared ones first."""

    def __init__(self, declared: Declared, program: Program) -> None:
        self.declared = declared
        self.program = program
        self.sizes = dict(declared.sizes)
        self.shapes = dict(declared.shapes)
        self.domains: dict[str, str] = {}
        self.places = [*places(program.forward), *places(program.backward)]
        self.diagnostics: list[Diagnostic] = []

    def resolve(self) -> tuple[Program, list[Diagnostic]]:
        """The program with everything found, and the tensors whose shape cannot be."""
        self._enter_declared()
        declared = dict(self.sizes)
        for index in self._indices():
            source = self.declared.sources.get(index, index)
            size = self.declared.explicit.get(source)
            if size is None and default_size(source, declared) in declared:
                size = default_size(source, declared)
            if size is not None and self._fits(index, size):
                self._set_domain(index, size)
        while self._infer():
            pass
        for index in self._indices():
            if index not in self.domains:
                self._set_domain(index, self._default(index))
        while self._infer():
            pass
        self._infer_composite()
        for name, span in self._unshaped():
            message = f"the shape of {name} cannot be found"
            self.diagnostics.append(Diagnostic("arity", span, message, f"declare it: tensor {name}[...]"))
        sources = self.declared.sources
        written = {n: sources[n] for n in sorted(self.declared.sequential) if sources.get(n, n) != n}
        found = replace(self.program, shapes=self.shapes, sizes=self.sizes, domains=self.domains, written=written)
        return found, self.diagnostics

    def _enter_declared(self) -> None:
        for name, shape in list(self.shapes.items()):
            self.shapes.setdefault(f"{name}.grad", shape)
        for value in [v for v in self.sizes.values() if v is not None] + [
            bound for bounds in self.declared.ranges.values() for bound in bounds
        ]:
            for atom, _ in value.terms:
                if isinstance(atom, SizeOf):
                    self.sizes.setdefault(atom.name, None)
        for size in self.declared.integers.values():
            self.sizes.setdefault(size, None)
        for side in (side for relation in self.program.assumptions for side in (relation.left, relation.right)):
            for part in subexpressions(side):
                if isinstance(part, Size):
                    self.sizes.setdefault(part.name, None)

    def _set_domain(self, index: str, size: str) -> None:
        self.domains[index] = size
        self.sizes.setdefault(size, None)

    def _indices(self) -> Iterator[str]:
        seen: dict[str, None] = {}
        for place in self.places:
            seen.update(dict.fromkeys(loop.index for loop in place.loops))
            seen.update(dict.fromkeys(place.indices))
        for relation in self.program.assumptions:
            for side in (relation.left, relation.right):
                seen.update(dict.fromkeys(sorted(free_variables(side))))
        seen.update(dict.fromkeys(self.declared.sources))
        seen.update(dict.fromkeys(self.declared.explicit))
        yield from seen

    def _entries(self) -> Iterator[Read]:
        for place in self.places:
            yield place.statement.target
            yield from reads(place.statement.value)
        for relation in self.program.assumptions:
            for side in (relation.left, relation.right):
                yield from reads(side)

    def _infer(self) -> bool:
        """Spreads what is known once; False where nothing new was found."""
        changed = False
        for entry in self._entries():
            shape = self.shapes.get(entry.tensor)
            if shape is None or len(shape) != len(entry.indices):
                continue
            for index, size in zip(entry.indices, shape, strict=True):
                variable = index.variable
                if variable is not None and variable.name not in self.domains and self._fits(variable.name, size):
                    self._set_domain(variable.name, size)
                    changed = True
        for place in self.places:
            target = place.statement.target
            if target.tensor not in self.shapes:
                sizes = [self._axis(index) for index in target.indices]
                if all(size and self._has_room(target.tensor, n, size) for n, size in enumerate(sizes)):
                    self._set_shape(target.tensor, tuple(size for size in sizes if size is not None))
                    changed = True
        return changed

    def _has_room(self, tensor: str, axis: int, size: str) -> bool:
        """False where a cell of a tensor is computed that is known to leave the size of an axis."""
        integers = Integers(replace(self.program, sizes=self.sizes))
        for place in self.places:
            target = place.statement.target
            if target.tensor == tensor and axis < len(target.indices):
                index = target.indices[axis]
                highest = None if self._axis(index) == size else self._highest(index)
                if highest is not None and not integers.implies([], less(highest, self._extent(size))):
                    return False
        return True

    def _axis(self, index: Affine) -> str | None:
        """The size that a plain index ranges over: a variable, or an entry of an integer tensor."""
        if index.variable is not None:
            return self.domains.get(index.variable.name)
        match index.terms:
            case ((Looked(tensor, _), 1),) if not index.constant:
                return self.program.integers.get(tensor)
            case _:
                return None

    def _set_shape(self, tensor: str, shape: tuple[str, ...]) -> None:
        self.shapes[tensor] = shape
        if not tensor.endswith(".grad"):
            self.shapes.setdefault(f"{tensor}.grad", shape)
        elif tensor[:-5] not in self.shapes:
            self.shapes[tensor[:-5]] = shape

    def _fits(self, index: str, size: str) -> bool:
        """True where the bounds of a sequential index stay inside of an axis."""
        if index not in self.declared.ranges:
            return True
        sizes = {**self.sizes, size: self.sizes.get(size)}
        integers = Integers(replace(self.program, sizes=sizes))
        return integers.implies(list(self._inside(index)), less(of_atom(Variable(index)), self._extent(size)))

    def _inside(self, index: str) -> Iterator[Constraint]:
        """The bounds of a sequential index, and those of the sequential indices that they mention."""
        first, last = self.declared.ranges[index]
        yield at_most(first, of_atom(Variable(index)))
        yield at_most(of_atom(Variable(index)), last)
        for name in sorted(variables(first) | variables(last)):
            if name in self.declared.ranges:
                yield from self._inside(name)

    def _extent(self, size: str) -> Affine:
        return of_atom(SizeOf(size))

    def _default(self, index: str) -> str:
        size = default_size(self.declared.sources.get(index, index), self.sizes)
        if self._fits(index, size):
            return size
        last = self._highest(self.declared.ranges[index][1])
        return size if last is None else self._size_of(combine(last, Affine((), 1)))

    def _size_of(self, extent: Affine) -> str:
        """A size with that value: one that has it already, or a new one.

        Every size is at least 1.  So a new one of T - 2 would say that T is at least 3, which nobody has said: it is
        made larger, to T.
        """
        if len(extent.terms) == 1 and extent.constant == 0 and extent.terms[0][1] == 1:
            atom = extent.terms[0][0]
            if isinstance(atom, SizeOf):
                return atom.name
        for name, value in self.sizes.items():
            if value == extent:
                return name
        integers = Integers(replace(self.program, sizes=self.sizes))
        if not integers.implies([], at_most(Affine((), 1), extent)):
            added = Affine(tuple(term for term in extent.terms if term[1] > 0), max(extent.constant, 0))
            return self._size_of(added if added.terms or added.constant else Affine((), 1))
        name = written(extent)
        self.sizes[name] = extent
        return name

    def _infer_composite(self) -> None:
        """The shape of a tensor that is used at composite indices only: up to the largest that occurs."""
        for place in self.places:
            target = place.statement.target
            if target.tensor in self.shapes:
                continue
            others = [entry for entry in self._entries() if entry.tensor == target.tensor]
            sizes = [self._largest(others, axis) for axis in range(len(target.indices))]
            if None not in sizes:
                self._set_shape(target.tensor, tuple(size for size in sizes if size is not None))

    def _largest(self, found: list[Read], axis: int) -> str | None:
        candidates: list[Affine] = []
        for entry in found:
            if axis >= len(entry.indices):
                return None
            index = entry.indices[axis]
            size = self._axis(index)
            if size is not None and self._has_room(entry.tensor, axis, size):
                return size
            highest = self._highest(index)
            if highest is None:
                return None
            candidates.append(combine(highest, Affine((), 1)))
        integers = Integers(replace(self.program, sizes=self.sizes))
        for extent in candidates:
            if all(integers.implies([], at_most(other, extent)) for other in candidates):
                return self._size_of(extent)
        return None

    def _highest(self, index: Affine) -> Affine | None:
        """The largest value of an index; None where it is not known."""
        total = Affine((), index.constant)
        for atom, coefficient in index.terms:
            if isinstance(atom, SizeOf):
                total = combine(total, of_atom(atom), coefficient)
            elif isinstance(atom, Variable) and coefficient > 0 and atom.name in self.domains:
                bounds = self.declared.ranges.get(atom.name)
                extent = self._extent(self.domains[atom.name])
                last = self._highest(bounds[1]) if bounds else combine(extent, Affine((), -1))
                if last is None:
                    return None
                total = combine(total, last, coefficient)
            else:
                return None
        return total

    def _unshaped(self) -> Iterator[tuple[str, Span]]:
        seen: set[str] = set()
        for entry in self._entries():
            if entry.tensor not in self.shapes and entry.tensor not in seen:
                seen.add(entry.tensor)
                yield entry.tensor, entry.span


def written(extent: Affine) -> str:
    """An extent as it is written, for example T+1."""
    parts = [(f"{c}*" if c != 1 else "") + str(getattr(atom, "name", atom)) for atom, c in extent.terms]
    text = "+".join(parts)
    return f"{text}{extent.constant:+d}" if extent.constant else text


def loop_bounds(nodes: tuple[Node, ...]) -> Bounds:
    """The bounds of the sequential indices, the lower one first."""
    found: Bounds = {}
    for node in nodes:
        if isinstance(node, Loop):
            low, high = node.range.first, node.range.last
            found[node.index] = (low, high) if node.range.step > 0 else (high, low)
            found |= loop_bounds(node.body)
    return found
