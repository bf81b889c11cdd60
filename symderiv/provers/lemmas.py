"""What is shown on the way to a conclusion, and is assumed beside it until it is proved itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from symderiv.kernel.terms import Relation
from symderiv.language.encode import Fact
from symderiv.provers.task import Found, ProofBuilder, Task


class Lemma(NamedTuple):
    """A relation, and its proof, which may rest on the lemmas before it."""

    stated: Relation
    found: Found


def beside(task: Task, lemmas: Sequence[Lemma]) -> Task:
    """The task in which lemmas are assumed."""
    known = (Fact(lemma.stated, "hypothesis", "") for lemma in lemmas)
    assumed = tuple(dict.fromkeys((*task.encoded.assumptions, *known)))
    return replace(task, encoded=replace(task.encoded, assumptions=assumed))


def closed(task: Task, lemmas: Sequence[Lemma], found: Found) -> Found:
    """The proof with those of the lemmas in it, the last one first, as it may rest on the others."""
    builder = ProofBuilder(task)
    last = builder.append(found.proof)
    for lemma in reversed(lemmas):
        without = builder.add("discharge", (last,), lemma.stated)
        last = builder.add("detach", (without, builder.append(lemma.found.proof)))
    parts = (*(lemma.found for lemma in lemmas), found)
    stated = {lemma.stated for lemma in lemmas}
    needed = (condition for part in parts for condition in part.conditions if condition.proposition not in stated)
    rules = dict.fromkeys(rule for part in parts for rule in part.rules)
    return Found(builder.proof, tuple(rules), tuple(dict.fromkeys(needed)))
