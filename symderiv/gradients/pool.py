"""What can stand in a place of a backward loop: what a program is made of, at the indices of that place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations, product

from symderiv.gradients.edits import averaged_loops
from symderiv.gradients.statements import gradient_expression
from symderiv.loops.derivative import backward_of
from symderiv.loops.rewriting import free_variables, variables
from symderiv.model.program import (
    ZERO,
    Affine,
    Comparison,
    Constant,
    Expression,
    IndexComparison,
    Place,
    Power,
    Product,
    Program,
    Read,
    Reduction,
    Size,
    Statement,
    Sum,
    Variable,
    combine,
    of_atom,
    operands,
    places,
    reads,
    subexpressions,
)

ENTRIES = 8
"""Ways to put indices into one tensor."""


@dataclass
class Pool:
    """The parts of a program, and its entries at the indices of a place."""

    program: Program
    _written: list[Statement] = field(default_factory=list)
    _indices: dict[str, list[list[Affine]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        program = self.program
        blocks = (program.forward, program.backward, backward_of(program))
        self._written = [place.statement for nodes in blocks for place in places(nodes)]
        for s in self._written:
            for entry in (s.target, *reads(s.value)):
                axes = self._indices.setdefault(entry.tensor, [[] for _ in entry.indices])
                for axis, index in zip(axes, entry.indices, strict=True):
                    if index not in axis:
                        axis.append(index)
        known = {*program.shapes} - {*program.integers}
        self.tensors = [name for name in program.shapes if name in known and name in self._indices]

    def entries(self, scope: Sequence[str], tensors: Iterable[str] | None = None) -> Iterator[Read]:
        """The entries of tensors at the indices of a scope, those with different indices first."""
        for tensor in self.tensors if tensors is None else tensors:
            choices = [self.indices(tensor, axis, scope) for axis in range(len(self.program.shapes[tensor]))]
            found = [Read(tensor, chosen) for chosen in product(*choices)]
            found.sort(key=lambda entry: (len({*entry.indices}) < len(entry.indices), self._is_shifted(entry)))
            yield from found[:ENTRIES]

    def indices(self, tensor: str, axis: int, scope: Iterable[str]) -> list[Affine]:
        """What can stand for an axis of a tensor: the indices that range over it, and what stands there elsewhere."""
        inside = set(scope)
        size = self.program.shapes[tensor][axis]
        found = [of_atom(Variable(name)) for name in sorted(inside) if self.program.domains.get(name) == size]
        written = self._indices.get(tensor, [])
        found += [index for index in (written[axis] if written else []) if variables(index) <= inside]
        return list(dict.fromkeys(found))

    @staticmethod
    def _is_shifted(entry: Read) -> int:
        return sum(index.variable is None for index in entry.indices)

    def factors(self, scope: Sequence[str]) -> list[Expression]:
        """Sizes, numbers, entries, and what is written elsewhere, with their reciprocals; the plain ones first."""
        inside = set(scope)
        found: list[Expression] = []
        for size in self.program.sizes:
            found += [Power(Size(size), Fraction(-1)), Size(size)]
        found += [Constant(Fraction(*number)) for number in ((2, 1), (1, 2), (1, 1), (3, 1), (4, 1), (1, 3))]
        entries = list(self.entries(scope))
        found += entries
        parts: list[Expression] = []
        for s in self._written:
            for part in subexpressions(s.value):
                if not isinstance(part, Read | Constant | Size) and free_variables(part) <= inside:
                    parts.append(part)
        found += parts
        if any(isinstance(part, Comparison) for part in parts):
            found += [Comparison(">", entry, ZERO) for entry in entries]
        found += [Power(entry, Fraction(-1)) for entry in entries]
        found += [Power(entry, Fraction(exponent)) for entry in entries for exponent in (2, -2)]
        return list(dict.fromkeys(found))

    def sums(self, scope: Sequence[str]) -> Iterator[Expression]:
        """Sums over one more index: of an entry, and of the product of two."""
        inside = set(scope)
        chosen: dict[str, str] = {}
        for name, size in self.program.domains.items():
            if name not in inside:
                chosen.setdefault(size, name)
        for name in chosen.values():
            over = [entry for entry in self.entries([*scope, name]) if name in free_variables(entry)]
            yield from (Reduction((name,), entry) for entry in over)
            yield from (Reduction((name,), Product(pair)) for pair in combinations(over, 2))

    def whole(self, place: Place, scope: frozenset[str]) -> Iterator[Expression]:
        """What the gradient is that a statement computes, all of it and term by term, by the gradients of readers."""
        target = place.statement.target
        tensor = target.tensor.removesuffix(".grad")
        if not target.tensor.endswith(".grad") or tensor not in self.program.shapes:
            return
        for node, _ in averaged_loops(self.program):
            (s,) = node.body
            if s.target.tensor == target.tensor and free_variables(s.value) <= scope:
                yield s.value
        if any(index.variable is None for index in target.indices):
            return
        value = gradient_expression(self.program, backward_of(self.program), tensor)
        if not any(free_variables(part) - scope for part in (value,)):
            yield value
            if isinstance(value, Sum):
                yield from value.terms


def size_of(expression: Expression) -> float:
    """How much there is to write."""
    match expression:
        case Constant() | Size():
            return 0.7
        case Read():
            return 1.0
        case Power(base, exponent, _):
            return size_of(base) + (0.1 if exponent == -1 else 0.3)
        case _:
            return 0.3 + sum(map(size_of, operands(expression)))


def other_entries(pool: Pool, entry: Read, scope: Sequence[str], is_sequential: bool) -> Iterator[tuple[str, Read]]:
    """An entry with one other index, with two exchanged, or of another tensor."""
    count = len(entry.indices)
    what = f"an index of {entry.tensor}"
    for one, other in combinations(range(count), 2):
        turned = list(entry.indices)
        turned[one], turned[other] = turned[other], turned[one]
        yield what, Read(entry.tensor, tuple(turned))
    for one, index in enumerate(entry.indices):
        others = pool.indices(entry.tensor, one, scope)
        if is_sequential or index.variable is None:
            others += [combine(index, Affine((), shift)) for shift in (1, -1)]
        for other_index in others:
            yield what, Read(entry.tensor, (*entry.indices[:one], other_index, *entry.indices[one + 1 :]))
    for tensor in pool.tensors:
        shape = pool.program.shapes[tensor]
        if tensor != entry.tensor and shape == pool.program.shapes[entry.tensor]:
            yield "a tensor in it", Read(tensor, entry.indices)


def other_comparisons(part: IndexComparison) -> Iterator[IndexComparison]:
    """A comparison of indices turned round, of another kind, or one off."""
    kind, left, right = part.kind, part.left, part.right
    yield IndexComparison(kind, right, left)
    for shift in (1, -1):
        yield IndexComparison(kind, combine(left, Affine((), shift)), right)
    yield IndexComparison("==" if kind == ">=" else ">=", left, right)
    yield IndexComparison("==" if kind == ">=" else ">=", right, left)
