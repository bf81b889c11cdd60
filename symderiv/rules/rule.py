"""What a rule is."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.model.statement import Proposition


@dataclass(frozen=True)
class Rule:
    """Accepted mathematics: a permanent id `topic.name`, the words a reader would use, the statement, where it is
    found.

    `given` are sufficient conditions.  A rule without a statement is one that the normal form applies by itself, such
    as linearity; `statement` says in LaTeX what it does.
    """

    name: str
    words: str
    statement: Proposition | str
    given: tuple[Proposition, ...] = ()
    source: str = ""
