"""Smaller claims that fail in the same way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from tests.adversary.tree import ONE, TWO, Claim, Tree, put, size, walk

STEPS = 200
"""Claims that are tried."""


def shrunk(claim: Claim, fails: Callable[[Claim], bool]) -> Claim:
    """The smallest claim that is found to fail."""
    left = STEPS
    improved = True
    while improved and left:
        improved = False
        for smaller in smaller_claims(claim):
            left -= 1
            if not left:
                break
            if fails(smaller):
                claim, improved = smaller, True
                break
    return claim


def smaller_claims(claim: Claim) -> Iterator[Claim]:
    """The claim with a hypothesis left out, or a subtree replaced by a part of it, or by a number."""
    for place in range(len(claim.hypotheses)):
        yield replace(claim, hypotheses=claim.hypotheses[:place] + claim.hypotheses[place + 1 :])
    relation = claim.relation
    for side in ("left", "right"):
        whole: Tree = getattr(relation, side)
        for path, part in sorted(walk(whole), key=lambda found: -size(found[1])):
            for new in (*part.parts, *shorter(part)):
                yield replace(claim, relation=replace(relation, **{side: put(whole, path, new)}))


def shorter(tree: Tree) -> Iterator[Tree]:
    """A sum or product without one of its parts; a number for what is small."""
    if tree.head in ("add", "mul") and len(tree.parts) > 2:
        for place in range(len(tree.parts)):
            yield Tree(tree.head, tree.parts[:place] + tree.parts[place + 1 :])
    if tree.parts and tree.head not in ("prob", "matrix", "transpose", "inverse"):
        yield from (ONE, TWO)
