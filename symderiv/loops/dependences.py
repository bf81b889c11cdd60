"""What the iterations of a sequential loop wait for: which tensors are made of which, how many iterations before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from symderiv.model.program import Affine, For, Loop, Node, Read, SizeOf, Statement, Variable, combine, reads

T = TypeVar("T")


@dataclass(frozen=True)
class Entered:
    """A statement in a loop, with its parallel indices, the sequential loops between, and its number in the text."""

    statement: Statement
    indices: tuple[str, ...]
    loops: tuple[Loop, ...]
    number: int


@dataclass(frozen=True)
class Dependence:
    """`reader` waits for an entry of a tensor, as `writer` computes it some iterations of a loop before.

    `apart` is how many iterations of that loop, and of each loop inside of it that is around both, lie between; None
    where that is not one number.  They are not `together` where one stands in a loop inside that the other is not in.
    """

    entry: Read
    writer: Entered
    reader: Entered
    apart: tuple[int | None, ...]
    together: bool

    @property
    def source(self) -> str:
        """The tensor that is waited for."""
        return self.entry.tensor

    @property
    def target(self) -> str:
        """The tensor that waits."""
        return self.reader.statement.target.tensor

    @property
    def is_known(self) -> bool:
        """True where the number of iterations between is one number."""
        return self.apart[0] is not None

    @property
    def distance(self) -> int:
        """The iterations between, the smallest number of them that there can be."""
        return self.apart[0] if self.apart[0] is not None else int(self.writer.number >= self.reader.number)

    @property
    def is_even(self) -> bool:
        """True where no loop inside runs against it: what is read was computed at the same iteration, or before."""
        return self.together and all(number is not None and number >= 0 for number in self.apart[1:])


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


def dependences(loop: Loop, around: tuple[Loop, ...] = ()) -> list[Dependence]:
    """What the statements of a loop wait for among what the loop computes, each once; `around` are the loops around."""
    found: dict[Dependence, None] = {}
    statements = entered(loop.body)
    for reader in statements:
        for entry in reads(reader.statement.value):
            for writer in statements:
                if writer.statement.target.tensor == entry.tensor:
                    for dependence in _between(writer, reader, entry, loop, around):
                        found[dependence] = None
    return list(found)


def _between(
    writer: Entered, reader: Entered, entry: Read, loop: Loop, around: tuple[Loop, ...]
) -> Iterator[Dependence]:
    together = writer.loops == reader.loops
    loops = (loop, *reader.loops) if together else (loop,)
    apart = distances_between(writer.statement.target, entry, loops, around)
    if apart is None or (apart[0] is not None and apart[0] < 0):
        return
    if together and not any(apart) and None not in apart and writer.number >= reader.number:
        return  # at the same iteration what is read was computed before
    yield Dependence(entry, writer, reader, apart, together)


def distances_between(
    written: Read, read: Read, loops: tuple[Loop, ...], around: tuple[Loop, ...] = ()
) -> tuple[int | None, ...] | None:
    """How many iterations of each loop before its reading an entry is written, at the same iteration of those around.

    One of them is None where it is not one number; all are where no iteration writes what is read.
    """
    found: dict[str, int] = {loop.index: 0 for loop in around}
    steps = {loop.index: loop.range.step for loop in loops}
    pending = []
    for one, other in zip(written.indices, read.indices, strict=False):
        gap = combine(one, other, -1)
        names = {getattr(atom, "name", "") for atom, _ in one.terms if not isinstance(atom, SizeOf)}
        if not gap.terms and is_plain(one) and names <= found.keys() | steps.keys():
            pending.append((one, gap.constant))
    for _ in range(len(pending)):
        for index, constant in pending:
            rates = {atom.name: rate for atom, rate in index.terms if isinstance(atom, Variable)}
            rest = constant - sum(rate * found[name] for name, rate in rates.items() if name in found)
            unknown = [name for name in rates if name not in found]
            if len(unknown) == 1:
                found[unknown[0]], left = divmod(rest, rates[unknown[0]])
                rest = left
            if rest and len(unknown) <= 1:
                return None
    return tuple(found[name] * steps[name] if name in found else None for name in steps)


def awaited(node: T, edges: Iterable[tuple[T, T]]) -> set[T]:
    """What one waits for, in any number of steps; itself among them where it waits for itself."""
    sources: dict[T, set[T]] = {}
    for source, target in edges:
        sources.setdefault(target, set()).add(source)
    found: set[T] = set()
    waiting = [node]
    while waiting:
        new = sources.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def recurrences(edges: Iterable[tuple[T, T]]) -> list[frozenset[T]]:
    """The groups of what waits for each other, or for itself; an edge leads from what is waited for."""
    whole = list(edges)
    reached = {node: awaited(node, whole) for edge in whole for node in edge}
    groups = (frozenset(o for o in reached[node] if node in reached[o]) for node in reached if node in reached[node])
    return list(dict.fromkeys(groups))


def is_plain(index: Affine) -> bool:
    """True of an index that is no entry of a tensor."""
    return all(isinstance(atom, Variable | SizeOf) for atom, _ in index.terms)
