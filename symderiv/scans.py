"""Recurrences whose state enters affinely: h[t] = A[t] h[t-1] + b[t] can be computed by an associative scan.

The maps (A, b) are composed by (A2, b2) o (A1, b1) = (A2 A1, A2 b1 + b2).  That this is associative is proved by the
kernel, for all sizes, so that a tree of compositions gives every state.

Source: Blelloch, Prefix sums and their applications (1990), section 1.4.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symderiv.kernel import terms as k
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.replay import Line, Proof, replay_proof
from symderiv.loops.affine import affine_states
from symderiv.loops.counts import log_cost, size_cost, trips
from symderiv.loops.dependences import dependences, entered
from symderiv.loops.growth import ONE, Cost, largest_of
from symderiv.loops.operations import Model, summing
from symderiv.model.program import Loop, Program, Variable, reads


@dataclass(frozen=True)
class Scan:
    """The states of a loop that can be scanned, and the tensors by which they are computed; how many compositions wait
    for each other, the span of all of them, and the proofs that composition is associative.
    """

    states: tuple[str, ...]
    tensors: tuple[str, ...]
    rounds: Cost
    span: Cost
    proofs: tuple[tuple[Sequent, Proof], ...]


def scan_of(program: Program, loop: Loop, model: Model) -> Scan | None:
    """The scan that gives all states of a loop which enter affinely; None where there is none.

    The span is that of log2 T compositions in a row, each of them a product of matrices over the whole state.
    """
    tensors = affine_states(loop)
    if not tensors:
        return None
    inner = largest_of(summing(sizes, model) for sizes in _mixed(program, loop, tensors))
    carried = {edge.source for edge in dependences(loop) if edge.distance and edge.target in tensors}
    rounds = log_cost(trips(program, loop))
    return Scan(
        tuple(name for name in tensors if name in carried),
        tensors,
        rounds,
        rounds * (ONE + ONE + inner),
        associativity(),
    )


def _mixed(program: Program, loop: Loop, states: tuple[str, ...]) -> Iterator[list[Cost]]:
    """The sizes of each state, without that of time, where a cell is made of others than the one at its place."""
    variable = Variable(loop.index)
    for reader in entered(loop.body):
        target = reader.statement.target
        own = [index for index in target.indices if variable not in dict(index.terms)]
        for entry in reads(reader.statement.value):
            places = [index for index in entry.indices if variable not in dict(index.terms)]
            if target.tensor in states and entry.tensor in states and places != own:
                axes = zip(entry.indices, program.shapes[entry.tensor], strict=True)
                yield [size_cost(program, size) for index, size in axes if index in places]


def associativity() -> tuple[tuple[Sequent, Proof], ...]:
    """Proofs, replayed here, that the composition of affine maps is associative: of its matrices, then of its vectors.

    Raises:
        KernelError: the kernel rejects one, which would be a defect.
    """
    found = []
    for relation in (_matrices(), _vectors()):
        goal = Sequent(frozenset(), relation)
        proof: Proof = (Line("equality", (), (relation,)),)
        replay_proof(goal, proof)
        found.append((goal, proof))
    return tuple(found)


def _index(name: str) -> k.Index:
    return k.Index(name, "K")


def _matrix(number: int, one: k.Index, other: k.Index) -> k.Term:
    return k.Entry(f"A{number}", (one, other))


def _product(left: k.Term, right: k.Term, over: k.Index) -> k.Term:
    return k.sum_over([over], k.Multiply((left, right)))


def _matrices() -> k.Relation:
    """(A3 A2) A1 = A3 (A2 A1)."""
    i, j, one, two = map(_index, ("i", "j", "k", "l"))
    left = _product(_product(_matrix(3, i, two), _matrix(2, two, one), two), _matrix(1, one, j), one)
    right = _product(_matrix(3, i, two), _product(_matrix(2, two, one), _matrix(1, one, j), one), two)
    return k.Relation("=", left, right)


def _vectors() -> k.Relation:
    """(A3 A2) b1 + (A3 b2 + b3) = A3 (A2 b1 + b2) + b3."""
    i, one, two = map(_index, ("i", "k", "l"))
    b1, b2, b3 = k.Entry("b1", (one,)), k.Entry("b2", (two,)), k.Entry("b3", (i,))
    both = _product(_product(_matrix(3, i, two), _matrix(2, two, one), two), b1, one)
    left = k.Add((both, _product(_matrix(3, i, two), b2, two), b3))
    inner = k.Add((_product(_matrix(2, two, one), b1, one), b2))
    return k.Relation("=", left, k.Add((_product(_matrix(3, i, two), inner, two), b3)))
