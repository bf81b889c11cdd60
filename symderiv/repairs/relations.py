"""A relation that is reversed, or too strong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from symderiv.model.statement import Proposition, Relation
from symderiv.repairs.edit import Edit, Edits

_INSTEAD = {
    Relation.EQUAL: (Relation.AT_MOST, Relation.AT_LEAST),
    Relation.AT_MOST: (Relation.AT_LEAST,),
    Relation.AT_LEAST: (Relation.AT_MOST,),
    Relation.LESS: (Relation.AT_MOST, Relation.GREATER, Relation.AT_LEAST),
    Relation.GREATER: (Relation.AT_LEAST, Relation.LESS, Relation.AT_MOST),
}


def edits(proposition: Proposition, left_too: bool) -> Iterator[Edit]:
    """The other relations."""
    for relation in _INSTEAD.get(proposition.relation, ()):
        words = f"with {relation.value} instead of {proposition.relation.value}"
        yield Edit(replace(proposition, relation=relation), words)


EDITS = Edits("relation", cost=7, of=edits)
