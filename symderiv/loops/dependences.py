"""What the iterations of a sequential loop wait for: which tensors are made of which, how many iterations before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from symderiv.model.program import Affine, For, Loop, Node, Read, SizeOf, Statement, Variable, combine, reads


@dataclass(frozen=True)
class Entered:
    """A statement in a loop, with its parallel indices, the sequential loops between, and its number in the text."""

    statement: Statement
    indices: tuple[str, ...]
    loops: tuple[Loop, ...]
    number: int


@dataclass(frozen=True)
class Dependence:
    """`reader` at one iteration waits for an entry of a tensor, as it is computed `distance` iterations before.

    The distance is the smallest that there can be where it `is_known` not to be one number.  `is_even` where no loop
    inside runs against it: what is read there was computed at the same iteration of such a loop, or before it.
    """

    entry: Read
    reader: Entered
    distance: int
    is_known: bool = True
    is_even: bool = True

    @property
    def source(self) -> str:
        """The tensor that is waited for."""
        return self.entry.tensor

    @property
    def target(self) -> str:
        """The tensor that waits."""
        return self.reader.statement.target.tensor


def entered(nodes: tuple[Node, ...]) -> list[Entered]:
    """The statements of a loop's body, in order."""
    return [Entered(*found, number) for number, found in enumerate(_statements(nodes, ()))]


def _statements(
    nodes: tuple[Node, ...], loops: tuple[Loop, ...]
) -> Iterator[tuple[Statement, tuple[str, ...], tuple[Loop, ...]]]:
    for node in nodes:
        if isinstance(node, For):
            yield from ((statement, node.indices, loops) for statement in node.body)
        else:
            yield from _statements(node.body, (*loops, node))


def dependences(loop: Loop) -> list[Dependence]:
    """What the statements of a loop wait for among what the loop computes, each once."""
    found: dict[Dependence, None] = {}
    statements = entered(loop.body)
    for reader in statements:
        for entry in reads(reader.statement.value):
            for writer in statements:
                if writer.statement.target.tensor == entry.tensor:
                    for dependence in _between(writer, reader, entry, loop):
                        found[dependence] = None
    return list(found)


def _between(writer: Entered, reader: Entered, entry: Read, loop: Loop) -> Iterator[Dependence]:
    distance = distance_between(writer.statement.target, entry, loop)
    inner = [distance_between(writer.statement.target, entry, one) for one in reader.loops]
    is_even = writer.loops == reader.loops and all(apart is not None and apart >= 0 for apart in inner)
    if distance is None:
        first = 0 if writer.number < reader.number else 1
        yield Dependence(entry, reader, first, False, is_even)
    elif distance >= 0:
        yield Dependence(entry, reader, distance, True, is_even)


def distance_between(written: Read, read: Read, loop: Loop) -> int | None:
    """How many iterations before its reading an entry is written; None where that is not one number.

    It is negative where no iteration before writes what is read.
    """
    variable = Variable(loop.index)
    found: set[int] = set()
    for one, other in zip(written.indices, read.indices, strict=False):
        rate = dict(one.terms).get(variable, 0)
        apart = combine(one, other, -1)
        if rate == 0 or apart.terms:
            continue
        found.add(apart.constant // rate * loop.range.step if apart.constant % rate == 0 else -1)
    if len(found) > 1:
        return -1
    return found.pop() if found else None


def awaited(name: str, edges: Iterable[Dependence]) -> set[str]:
    """The tensors that one waits for, in any number of steps; itself among them where it waits for itself."""
    sources: dict[str, set[str]] = {}
    for edge in edges:
        sources.setdefault(edge.target, set()).add(edge.source)
    found: set[str] = set()
    waiting = [name]
    while waiting:
        new = sources.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def recurrences(edges: Iterable[Dependence]) -> list[frozenset[str]]:
    """The groups of tensors that wait for each other, or for themselves."""
    whole = list(edges)
    reached = {name: awaited(name, whole) for edge in whole for name in (edge.source, edge.target)}
    groups = (frozenset(o for o in reached[name] if name in reached[o]) for name in reached if name in reached[name])
    return list(dict.fromkeys(groups))


def is_plain(index: Affine) -> bool:
    """True of an index that is no entry of a tensor."""
    return all(isinstance(atom, Variable | SizeOf) for atom, _ in index.terms)
