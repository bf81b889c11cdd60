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
from symderiv.model.program import Affine, Atom, Program, SizeOf, Variable, combine, of_atom
from symderiv.model.span import Span
from symderiv.readers.procedures import Fill, Fresh, Repeat, Step, read_procedure

CELL = Variable("cell")


@dataclass(frozen=True)
class Equation:
    """`name[index] = value`, in the notation of Python, for all `index` from `first` to `last`."""

    name: str
    index: str
    value: str
    first: Affine
    last: Affine


@dataclass(frozen=True)
class _Write:
    """A fill with the index that it has, under what is known of the loop around it; `order` counts the steps."""

    fill: Fill
    index: Affine
    variables: tuple[Atom, ...]
    known: tuple[Constraint, ...]
    order: int


def check_procedure(
    source: str, equations: Sequence[Equation], lengths: Mapping[str, Affine], path: str = "<procedure>", line: int = 1
) -> list[Diagnostic]:
    """What is wrong with a procedure that has to build the nodes that some equations define; empty if nothing is.

    The text begins at a line of a file.  `equations` are the elements of each list that it has to build, from 0;
    `lengths` the numbers of elements of the lists that are given.  Sizes are at least 1.
    """
    return list(_Check(source, equations, lengths, path, line).findings())


class _Check:
    def __init__(
        self, source: str, equations: Sequence[Equation], lengths: Mapping[str, Affine], path: str, line: int
    ) -> None:
        self.equations = equations
        self.given = dict(lengths)
        self.procedure = read_procedure(source, lengths, path, line)
        sizes = {a.name for e in equations for b in (e.first, e.last) for a, _ in b.terms if isinstance(a, SizeOf)}
        sizes |= {a.name for value in lengths.values() for a, _ in value.terms if isinstance(a, SizeOf)}
        for step in self.procedure.steps:
            for value in _bounds(step):
                sizes |= {a.name for a, _ in value.terms if isinstance(a, SizeOf)}
        self.integers = Integers(Program(path, (), {}, (), (), sizes=dict.fromkeys(sorted(sizes))))
        self.place = Span(path, line, 1, line, 1)
        self.lengths: dict[str, Affine] = dict(lengths)
        self.writes: list[_Write] = []

    def findings(self) -> Iterator[Diagnostic]:
        """In the order of the text; what is missing at the end comes last."""
        found = [*self.procedure.diagnostics]
        for order, step in enumerate(self.procedure.steps):
            found += self.step(step, order)
        found.sort(key=lambda diagnostic: (diagnostic.span.line, diagnostic.span.column))
        yield from found
        for equation in self.equations:
            yield from self.complete(equation)

    def step(self, step: Step, order: int) -> Iterator[Diagnostic]:
        match step:
            case Fresh(name, length, span):
                if name in self.given:
                    yield Diagnostic("procedure-overwrites", span, f"{name} is given, and is thrown away here")
                else:
                    self.lengths[name] = length
            case Fill():
                yield from self.fill(step, (), (), Affine(), order)
            case Repeat(variable, first, stop, body, _):
                index = of_atom(Variable(variable))
                known = (at_most(first, index), less(index, stop))
                passed = combine(index, first, -1)
                for fill in body:
                    yield from self.fill(fill, (Variable(variable),), known, passed, order)
                for name in {fill.item.name for fill in body if fill.item.index is None}:
                    self.lengths[name] = combine(self.lengths.get(name, Affine()), combine(stop, first, -1))

    def fill(
        self, fill: Fill, variables: tuple[Atom, ...], known: tuple[Constraint, ...], passed: Affine, order: int
    ) -> Iterator[Diagnostic]:
        name, length = fill.item.name, self.lengths.get(fill.item.name, Affine())
        appended = combine(length, passed)
        index = appended if fill.item.index is None else fill.item.index
        if fill.item.index is not None:
            outside = [(*known, less(index, Affine())), (*known, at_most(length, index))]
            instance = self.integers.find(variables, outside)
            if instance is not None:
                reason = "the list is empty" if length == Affine() else f"it has {index_text(length)} elements"
                message = f"{name}[{index_text(index)}] = raises IndexError: {reason}{_at(instance)}"
                yield Diagnostic("procedure-index-error", fill.span, message, f"use {name}.append(...)")
        elif not variables:
            self.lengths[name] = combine(length, Affine((), 1))
        write = _Write(fill, index, variables, known, order)
        yield from self.value(write, appended)
        self.writes.append(write)

    def value(self, write: _Write, length: Affine) -> Iterator[Diagnostic]:
        """The value is the one that the equations give at this index, and is made of what stands before."""
        name, span = write.fill.item.name, write.fill.span
        wanted = [equation for equation in self.equations if equation.name == name]
        for equation in wanted:
            inside = (*write.known, at_most(equation.first, write.index), at_most(write.index, equation.last))
            instance = self.integers.find(write.variables, [inside])
            if instance is None:
                continue
            stated = ast.parse(equation.value, mode="eval").body
            expected = _canonical(stated, {equation.index: write.index}, {})
            actual = _canonical(write.fill.value, {}, {name: length})
            if expected != actual:
                message = f"{name}[{index_text(write.index)}] is {actual}, and should be {expected}{_at(instance)}"
                yield Diagnostic("procedure-wrong-value", span, message)
        for entry, index in _items(write.fill.value, length if write.fill.item.index is None else None):
            instance = self.missing(write, entry, index)
            if instance is not None:
                message = f"{entry}[{index_text(index)}] is read before it is built{_at(instance)}"
                yield Diagnostic("procedure-unbuilt", span, message)

    def missing(self, write: _Write, name: str, index: Affine) -> Instance | None:
        """The smallest instance at which an element is read that is neither given nor built before."""
        if name in self.given:
            outside = [(*write.known, less(index, Affine())), (*write.known, at_most(self.given[name], index))]
            return self.integers.find(write.variables, outside)
        if name not in {equation.name for equation in self.equations}:
            return None
        names = [CELL, *write.variables]
        at = equal(of_atom(CELL), index)
        points = self.integers.points(names, [(*write.known, at)])
        for earlier in (*self.writes, write):
            if earlier.fill.item.name != name:
                continue
            apart: dict[Atom, Affine] = {v: of_atom(Variable(f"{getattr(v, 'name', '')}~")) for v in earlier.variables}
            known = [Constraint(substituted(c.expression, apart), c.kind) for c in earlier.known]
            known.append(equal(of_atom(CELL), substituted(earlier.index, apart)))
            if earlier.order == write.order and earlier.variables:
                (variable,) = write.variables
                known.append(less(apart[variable], of_atom(variable)))
            elif earlier is write:
                continue
            points = points.subtract(self.integers.points(names, [known]))
        return self.integers.smallest(points, names)

    def complete(self, equation: Equation) -> Iterator[Diagnostic]:
        """Every element that an equation defines is built."""
        cell = of_atom(CELL)
        points = self.integers.points([CELL], [(at_most(equation.first, cell), at_most(cell, equation.last))])
        for write in self.writes:
            if write.fill.item.name == equation.name:
                at = (*write.known, equal(cell, write.index))
                points = points.subtract(self.integers.points([CELL], [at]))
        instance = self.integers.smallest(points, [CELL])
        if instance is not None:
            cell_text = f"{equation.name}[{instance.variables['cell']}]"
            message = f"{sizes_text(instance)}: {cell_text} is never built"
            span = self.writes[-1].fill.span if self.writes else self.place
            yield Diagnostic("procedure-incomplete", span, message, f"the last index is {index_text(equation.last)}")


def _at(instance: Instance) -> str:
    found = {**instance.sizes, **instance.variables}
    return f" ({', '.join(f'{name} = {value}' for name, value in found.items())})" if found else ""


def _bounds(step: Step) -> Iterator[Affine]:
    match step:
        case Fresh(_, length, _):
            yield length
        case Repeat(_, first, stop, body, _):
            yield from (first, stop)
            yield from (fill.item.index for fill in body if fill.item.index is not None)
        case Fill(item, _, _) if item.index is not None:
            yield item.index


def _items(value: ast.expr, length: Affine | None) -> Iterator[tuple[str, Affine]]:
    """The elements that an expression reads; a negative index counts from the end."""
    for node in ast.walk(value):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name):
            index = _affine(node.slice, {})
            if index is not None and not index.terms and index.constant < 0 and length is not None:
                index = combine(length, index)
            if index is not None:
                yield node.value.id, index


def _affine(node: ast.expr, values: Mapping[str, Affine]) -> Affine | None:
    match node:
        case ast.Constant(value=int(number)):
            return Affine((), number)
        case ast.Name(id=name):
            return values.get(name, of_atom(Variable(name)) if name[:1].islower() else of_atom(SizeOf(name)))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inner = _affine(operand, values)
            return None if inner is None else combine(Affine(), inner, -1)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as sign, right=right):
            one, other = _affine(left, values), _affine(right, values)
            if one is None or other is None:
                return None
            return combine(one, other, 1 if isinstance(sign, ast.Add) else -1)
        case _:
            return None


def _canonical(value: ast.expr, values: Mapping[str, Affine], lengths: Mapping[str, Affine]) -> str:
    """An expression as text, with indices in one form."""
    match value:
        case ast.Subscript(value=ast.Name(id=name), slice=place):
            index = _affine(place, values)
            if index is None:
                return ast.unparse(value)
            if not index.terms and index.constant < 0 and name in lengths:
                index = combine(lengths[name], index)
            return f"{name}[{index_text(index)}]"
        case ast.Call(func=function, args=arguments):
            inner = ", ".join(_canonical(argument, values, lengths) for argument in arguments)
            return f"{ast.unparse(function)}({inner})"
        case _:
            return ast.unparse(value)
