"""Recurrences whose state enters affinely: h[t] = A[t] h[t-1] + b[t], where A and b do not depend on the state."""

from __future__ import annotations

from symderiv.loops.dependences import Dependence, awaited, dependences, recurrences
from symderiv.model.program import Expression, Loop, Product, Read, Reduction, Sum, reads


def affine_states(loop: Loop) -> tuple[str, ...]:
    """The tensors that a loop carries from one iteration to the next and that a scan can compute.

    Everything that waits for itself on the way to them has to be affine too.
    """
    edges = dependences(loop)
    groups = recurrences(_pairs(edges))
    bent = [group for group in groups if not _is_affine(group, edges)]
    found = [n for group in groups if group not in bent for n in group if not _waits_for(n, bent, edges)]
    return tuple(sorted(found))


def _waits_for(name: str, groups: list[frozenset[str]], edges: list[Dependence]) -> bool:
    return any(awaited(name, _pairs(edges)) & group for group in groups)


def _pairs(edges: list[Dependence]) -> list[tuple[str, str]]:
    return [(edge.source, edge.target) for edge in edges]


def _is_affine(group: frozenset[str], edges: list[Dependence]) -> bool:
    """True of tensors that are sums of terms linear in each other, a known number of iterations before."""
    inside = [edge for edge in edges if edge.source in group and edge.target in group]
    if any(not edge.is_known or edge.reader.loops for edge in inside):
        return False
    statements = [edge.reader.statement for edge in edges if edge.target in group]
    return all(s.operator in ("+=", "=") and _degree(s.value, group) is not None for s in statements)


def _degree(value: Expression, state: frozenset[str]) -> int | None:
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
