"""Recurrences whose state enters affinely: h[t] = A[t] h[t-1] + b[t] can be computed by an associative scan.

The maps (A, b) are composed by (A2, b2) o (A1, b1) = (A2 A1, A2 b1 + b2).  That this is associative is proved by the
kernel, for all sizes, so that a tree of compositions gives every state.

Source: Blelloch, Prefix sums and their applications (1990), section 1.4.
"""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.kernel import terms as k
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.replay import Line, Proof, replay_proof
from symderiv.loops.costs import ONE, Cost, Model, affine_states, cost_of, largest, span, symbol, trips
from symderiv.model.program import For, Loop, Program, reads


@dataclass(frozen=True)
class Scan:
    """The states of a loop that can be scanned, the span of the scan, and the proofs that it is associative."""

    states: tuple[str, ...]
    span: Cost
    proofs: tuple[tuple[Sequent, Proof], ...]


def scan_of(program: Program, loop: Loop, model: Model) -> Scan | None:
    """The scan that gives all states of a loop; None where a state does not enter affinely.

    The span is that of log2 T compositions in a row, each of which takes what one step of the recurrence takes.
    """
    states = affine_states(loop)
    if not states:
        return None
    steps = [
        cost_of(program, node.indices, statement, model)
        for node in loop.body
        if isinstance(node, For)
        for statement in node.body
        if any(entry.tensor in states for entry in reads(statement.value))
    ]
    once = largest(path for cost in steps for path in cost.paths) + ONE
    length = next((name for path in trips(loop).paths for monomial, _ in path for name, _ in monomial), "")
    whole = symbol(f"log {length}") * once if length else once
    return Scan(states, whole, associativity())


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


def span_differs(program: Program, model: Model, size: str, powers: tuple[int, int] = (1, 0)) -> str:
    """What is wrong with a claim that the span of a program is Theta(T^a log^b T); empty where it is right.

    `powers` are a and b; everything but `size` is held fixed.  Where the claim is right of this program and a state
    enters affinely, the function that it computes still has a shorter span: see `scan_of`.
    """
    found = span(program, program.forward, model)
    if found.order(size) == powers:
        return ""
    power, logarithm = found.order(size)
    shown = " ".join([f"{size}^{power}"] * bool(power) + [f"log^{logarithm} {size}"] * bool(logarithm)) or "1"
    return f"the span is {found}, which is Theta({shown}) in {size} ({model.value} reductions)"
