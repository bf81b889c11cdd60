"""Work and span of a loop program: how many operations it makes, and how many of them wait for each other.

One operation computes one cell from what it reads.  A sum of n terms takes ceil(log2 n) operations in a row on a tree,
one with unbounded fan-in, and n if it is made serially: that is the reduction model, and it has to be named.  Costs
are sums of products of sizes and their logarithms, with the larger of two kept side by side where neither is.

The span of straight-line code is its longest path.  A sequential loop waits for itself as long as the greatest mean
weight of a cycle of dependencies says, once for each iteration (the maximum cycle mean of its dependence graph).

Source: Blelloch, Prefix sums and their applications (1990), for work and span; Karp (1978) for the cycle mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from symderiv.loops.notation import index_text
from symderiv.loops.rewriting import free_variables
from symderiv.model.program import (
    Affine,
    Expression,
    For,
    Loop,
    Node,
    Product,
    Program,
    Read,
    Reduction,
    Statement,
    Sum,
    Variable,
    combine,
    reads,
    subexpressions,
)


class Model(Enum):
    """How a sum of n terms is made: on a tree, in one operation, or one term after the other."""

    TREE = "tree"
    FAN_IN = "unbounded fan-in"
    SERIAL = "serial"


Monomial = tuple[tuple[str, int], ...]
"""Powers of symbols, in order: sizes, numbers of iterations, and their logarithms (`log J`)."""
Path = tuple[tuple[Monomial, Fraction], ...]


@dataclass(frozen=True)
class Cost:
    """The largest of some sums of monomials with positive coefficients, none of which is always below another."""

    paths: frozenset[Path]

    def __add__(self, other: Cost) -> Cost:
        return largest(_path(_added(a, b)) for a in self.paths for b in other.paths)

    def __mul__(self, other: Cost) -> Cost:
        return largest(_path(_multiplied(a, b)) for a in self.paths for b in other.paths)

    def __str__(self) -> str:
        texts = sorted(_text(path) for path in self.paths)
        return texts[0] if len(texts) == 1 else f"max({', '.join(texts)})"

    def order(self, symbol: str) -> tuple[int, int]:
        """The cost as a function of one size, all others fixed: the powers of the size and of its logarithm."""
        powers = [dict(monomial) for path in self.paths for monomial, _ in path]
        return max(((p.get(symbol, 0), p.get(f"log {symbol}", 0)) for p in powers), default=(0, 0))


def _path(found: Mapping[Monomial, Fraction]) -> Path:
    return tuple(sorted((m, c) for m, c in found.items() if c))


def _added(one: Path, other: Path) -> dict[Monomial, Fraction]:
    total = dict(one)
    for monomial, coefficient in other:
        total[monomial] = total.get(monomial, Fraction(0)) + coefficient
    return total


def _multiplied(one: Path, other: Path) -> dict[Monomial, Fraction]:
    total: dict[Monomial, Fraction] = {}
    for first, a in one:
        for second, b in other:
            powers = dict(first)
            for name, power in second:
                powers[name] = powers.get(name, 0) + power
            monomial = tuple(sorted(powers.items()))
            total[monomial] = total.get(monomial, Fraction(0)) + a * b
    return total


def largest(paths: Iterator[Path]) -> Cost:
    """The largest of some sums; those that another one exceeds in every coefficient are left out."""
    found = list(dict.fromkeys(paths))
    return Cost(frozenset(p for p in found if not any(q != p and _below(p, q) for q in found)))


def _below(one: Path, other: Path) -> bool:
    above = dict(other)
    return all(coefficient <= above.get(monomial, 0) for monomial, coefficient in one)


def _text(path: Path) -> str:
    words = []
    for monomial, coefficient in sorted(path, reverse=True):
        factors = [name if power == 1 else f"{name}^{power}" for name, power in monomial]
        if coefficient != 1 or not factors:
            factors.insert(0, str(coefficient))
        words.append(" ".join(factors))
    return " + ".join(words) or "0"


NOTHING = Cost(frozenset(((),)))
ONE = Cost(frozenset(((((), Fraction(1)),),)))


def symbol(name: str) -> Cost:
    """One size, or one logarithm of a size."""
    return Cost(frozenset((((((name, 1),), Fraction(1)),),)))


def work(program: Program, nodes: tuple[Node, ...]) -> Cost:
    """The number of operations: for each statement, one for each value of all its indices."""
    total = NOTHING
    for node in nodes:
        if isinstance(node, Loop):
            total = total + trips(node) * work(program, node.body)
            continue
        for statement in node.body:
            once = ONE
            for index in (*node.indices, *_summed(statement.value)):
                once = once * symbol(program.domains[index])
            total = total + once
    return total


def trips(loop: Loop) -> Cost:
    """The number of iterations of a loop, by the size in it: a constant beside it does not matter for the order."""
    low, high = (loop.range.first, loop.range.last)
    if loop.range.step < 0:
        low, high = high, low
    count = combine(combine(high, low, -1), Affine((), 1))
    if not count.terms:
        return Cost(frozenset(((((), Fraction(max(0, count.constant))),),))) if count.constant > 0 else NOTHING
    return symbol(index_text(Affine(count.terms)))


def _summed(value: Expression) -> tuple[str, ...]:
    return tuple(i for part in subexpressions(value) if isinstance(part, Reduction) for i in part.indices)


def span(program: Program, nodes: tuple[Node, ...], model: Model) -> Cost:
    """The longest chain of operations that wait for each other; exact for straight-line code, and for loops up to the
    cost of one iteration each.
    """
    finished: dict[str, Cost] = {}
    _advance(program, nodes, model, finished)
    return largest(path for cost in finished.values() for path in cost.paths) if finished else NOTHING


def _advance(program: Program, nodes: tuple[Node, ...], model: Model, finished: dict[str, Cost]) -> None:
    """Enters when each tensor that the nodes compute is complete."""
    for node in nodes:
        if isinstance(node, For):
            for statement in node.body:
                name = statement.target.tensor
                ready = _ready(statement, finished) + cost_of(program, node.indices, statement, model)
                finished[name] = _later(finished.get(name, NOTHING), ready)
            continue
        inner = dict(finished)
        _advance(program, node.body, model, inner)
        waiting = trips(node) * cycle_mean(program, node, model)
        for name, cost in inner.items():
            if cost != finished.get(name):
                finished[name] = cost + waiting


def _later(one: Cost, other: Cost) -> Cost:
    return largest(path for cost in (one, other) for path in cost.paths)


def _ready(statement: Statement, finished: Mapping[str, Cost]) -> Cost:
    result = NOTHING
    for entry in reads(statement.value):
        result = _later(result, finished.get(entry.tensor, NOTHING))
    return result


def cost_of(program: Program, indices: tuple[str, ...], statement: Statement, model: Model) -> Cost:
    """The operations in a row that one statement takes: the sums inside of its value, the value, the sum around it."""
    kept = {v for index in statement.target.indices for v in free_variables(Read("", (index,)))}
    outer = [index for index in indices if index not in kept]
    total = ONE
    for index in (*outer, *_summed(statement.value)):
        size = program.domains[index]
        total = total + {Model.TREE: symbol(f"log {size}"), Model.FAN_IN: ONE, Model.SERIAL: symbol(size)}[model]
    return total


@dataclass(frozen=True)
class Dependence:
    """`target` at one iteration waits for `source`, `distance` iterations before, and then takes `cost`."""

    source: str
    target: str
    distance: int
    cost: Cost


def dependences(program: Program, loop: Loop, model: Model) -> Iterator[Dependence]:
    """What the tensors that a loop computes wait for."""
    statements = [(node.indices, s) for node in loop.body if isinstance(node, For) for s in node.body]
    computed = {s.target.tensor for _, s in statements}
    for indices, statement in statements:
        here = _offset(statement.target, loop.index)
        for entry in reads(statement.value):
            there = _offset(entry, loop.index)
            if entry.tensor in computed and here is not None and there is not None:
                distance = (here - there) * loop.range.step
                if distance >= 0:
                    cost = cost_of(program, indices, statement, model)
                    yield Dependence(entry.tensor, statement.target.tensor, distance, cost)


def _offset(entry: Read, index: str) -> int | None:
    """The constant beside a loop's index in an entry, None where the index does not stand in it."""
    for place in entry.indices:
        if any(atom == Variable(index) for atom, _ in place.terms):
            return place.constant
    return None


def cycle_mean(program: Program, loop: Loop, model: Model) -> Cost:
    """The greatest mean weight of a cycle: what each iteration waits for the ones before; 0 where it does not."""
    edges = list(dependences(program, loop, model))
    inner = [cycle_mean(program, node, model) * trips(node) for node in loop.body if isinstance(node, Loop)]
    found = [cost for start in {e.source for e in edges} for cost in _cycles(edges, start, start, NOTHING, 0, ())]
    return largest(path for cost in (NOTHING, *found, *inner) for path in cost.paths)


def _cycles(
    edges: list[Dependence], start: str, at: str, cost: Cost, distance: int, seen: tuple[str, ...]
) -> Iterator[Cost]:
    for edge in edges:
        if edge.source != at or edge.target in seen or edge.target < start:
            continue
        total, length = cost + edge.cost, distance + edge.distance
        if edge.target == start:
            if length:
                share = Cost(frozenset(((((), Fraction(1, length)),),)))
                yield total * share
        else:
            yield from _cycles(edges, start, edge.target, total, length, (*seen, edge.target))


def affine_states(loop: Loop) -> tuple[str, ...]:
    """The tensors that a loop carries from one iteration to the next, if all of them enter linearly; else none."""
    statements = [s for node in loop.body if isinstance(node, For) for s in node.body]
    computed = {s.target.tensor for s in statements}
    carried = {
        e.tensor
        for s in statements
        for e in reads(s.value)
        if e.tensor in computed and _offset(e, loop.index) != _offset(s.target, loop.index)
    }
    dependent = set(carried)
    for _ in statements:
        dependent |= {s.target.tensor for s in statements if any(e.tensor in dependent for e in reads(s.value))}
    if any(isinstance(node, Loop) for node in loop.body) or not carried:
        return ()
    if all(s.operator in ("+=", "=") and _degree(s.value, dependent) is not None for s in statements):
        return tuple(sorted(carried))
    return ()


def _degree(value: Expression, state: set[str]) -> int | None:
    """0 where an expression does not read the state, 1 where it is affine in it, None elsewhere."""
    match value:
        case Read(tensor, _, _):
            return int(tensor in state)
        case Sum(parts):
            degrees = [_degree(part, state) for part in parts]
            return None if None in degrees else max((d for d in degrees if d is not None), default=0)
        case Product(parts):
            degrees = [_degree(part, state) for part in parts]
            total = sum(d for d in degrees if d is not None)
            return None if None in degrees or total > 1 else total
        case Reduction(_, body):
            return _degree(body, state)
        case _:
            return None if any(entry.tensor in state for entry in reads(value)) else 0
