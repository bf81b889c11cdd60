"""Proofs in which no computation is given hypotheses that it can do without."""

from __future__ import annotations

from collections.abc import Set

from symderiv.kernel.replay import Line, Proof
from symderiv.kernel.terms import Term

COMPUTED = ("equality", "sign", "combine")
"""The inferences whose premises are used as roles say: they do without those that nothing needs."""


def pruned(proof: Proof, left_out: Set[Term]) -> Proof:
    """The proof in which no computation is given what is left out; whether it still is one, the kernel says."""
    hidden = {n for n, line in enumerate(proof) if line.inference == "hypothesis" and left_out & {*line.arguments}}
    return tuple(_given_less(line, hidden) if line.inference in COMPUTED else line for line in proof)


def rests_on(proof: Proof, left_out: Set[Term]) -> bool:
    """True where the last line of a proof needs what is left out, also where no computation is given it."""
    lines = pruned(proof, left_out)
    waiting, seen = [len(lines) - 1], set[int]()
    while waiting:
        line = lines[number := waiting.pop()]
        if line.inference == "hypothesis" and left_out & {*line.arguments}:
            return True
        seen.add(number)
        waiting += [premise for premise in line.premises if premise not in seen]
    return False


def _given_less(line: Line, hidden: Set[int]) -> Line:
    goal, *uses = line.arguments
    kept = [(n, use) for n, use in zip(line.premises, uses, strict=True) if n not in hidden or isinstance(use, Term)]
    return Line(line.inference, tuple(n for n, _ in kept), (goal, *(use for _, use in kept)))
