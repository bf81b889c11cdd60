"""Work and span a second time: every operation of a program is a node of a graph, whose longest path is looked for.

Nothing is run in order: a cell asks for the operations that write it, and these for the cells that they read.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from itertools import product

from symderiv.loops.operations import Model
from symderiv.model import program as p


class Paths:
    """All operations at some sizes."""

    def __init__(self, program, nodes, sizes, model):
        self.program, self.sizes, self.model = program, sizes, model
        self.writers = defaultdict(lambda: defaultdict(list))
        self.operations = 0
        self.known = {}
        self.enter(nodes, {})

    def enter(self, nodes, at):
        for node in nodes:
            if isinstance(node, p.Loop):
                first, last = self.number(node.range.first, at), self.number(node.range.last, at)
                for value in range(first, last + node.range.step, node.range.step):
                    self.enter(node.body, {**at, node.index: value})
                continue
            counts = [self.count(statement.value) for statement in node.body]
            for values in product(*(range(self.sizes[self.program.domains[i]]) for i in node.indices)):
                inner = {**at, **dict(zip(node.indices, values, strict=True))}
                self.operations += sum(counts)
                for statement in node.body:
                    for cell in filter(self.is_inside, self.cells(statement.target, inner)):
                        self.writers[cell][id(statement)].append((statement.value, inner))

    def is_inside(self, cell):
        """False of a cell that only a guard of 0 keeps in range: nothing is written there."""
        name, *places = cell
        sizes = [self.sizes[size] for size in self.program.shapes[name]]
        return all(0 <= place < size for place, size in zip(places, sizes, strict=True))

    def count(self, value):
        """Operations of one evaluation: one here, and those in each sum for all values of its indices."""
        total, waiting = 1, [value]
        while waiting:
            part = waiting.pop()
            if isinstance(part, p.Reduction):
                times = 1
                for index in part.indices:
                    times *= self.sizes[self.program.domains[index]]
                total += times * self.count(part.body)
            else:
                waiting += p.operands(part)
        return total

    def number(self, index, at):
        return index.constant + sum(
            c * (self.sizes[a.name] if isinstance(a, p.SizeOf) else at[a.name]) for a, c in index.terms
        )

    def cells(self, entry, at):
        axes = []
        for place, size in zip(entry.indices, self.program.shapes.get(entry.tensor, ()), strict=False):
            looks_up = any(isinstance(atom, p.Looked) for atom, _ in place.terms)
            axes.append(range(self.sizes[size]) if looks_up else [self.number(place, at)])
        return [(entry.tensor, *cell) for cell in product(*axes)]

    def finished(self, cell):
        if cell not in self.known:
            self.known[cell] = max(
                (
                    max(self.value(value, at) for value, at in terms) + self.adding(len(terms))
                    for terms in self.writers.get(cell, {}).values()
                ),
                default=0,
            )
        return self.known[cell]

    def adding(self, terms):
        if terms == 1:
            return 0
        rounds = 0
        while 2**rounds < terms:
            rounds += 1
        return {Model.TREE: rounds, Model.FAN_IN: 1, Model.SERIAL: terms}[self.model]

    def value(self, value, at):
        return 1 + self.inputs(value, at)

    def inputs(self, value, at):
        if isinstance(value, p.Read):
            return max(map(self.finished, self.cells(value, at)), default=0)
        if isinstance(value, p.Reduction):
            ranges = [range(self.sizes[self.program.domains[i]]) for i in value.indices]
            points = [{**at, **dict(zip(value.indices, values, strict=True))} for values in product(*ranges)]
            return max(self.value(value.body, point) for point in points) + self.adding(len(points))
        if isinstance(value, p.Product) and any(self.is_off(factor, at) for factor in value.factors):
            return 0
        return max((self.inputs(part, at) for part in p.operands(value)), default=0)

    def is_off(self, factor, at):
        if not isinstance(factor, p.IndexComparison):
            return False
        if any(isinstance(atom, p.Looked) for side in (factor.left, factor.right) for atom, _ in side.terms):
            return False
        left, right = self.number(factor.left, at), self.number(factor.right, at)
        return left < right if factor.kind == ">=" else left != right


def work_and_span(program, nodes, sizes, model):
    """How many operations there are, and how many of them on the longest path."""
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(100_000)
    try:
        paths = Paths(program, nodes, sizes, model)
        return paths.operations, max(map(paths.finished, list(paths.writers)), default=0)
    finally:
        sys.setrecursionlimit(limit)
