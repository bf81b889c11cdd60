"""The roles that a relation can have in a text, and the reasons for them."""

from __future__ import annotations

from dataclasses import dataclass

ARROWS = frozenset({"implies", "equivalent"})
CONDITIONS = frozenset(
    {"where", "with", "if", "for", "for all", "for each", "given", "let", "as", "when", "since", "because"}
)
APART = "apart"
"""The kind of relations that are neither checked nor used: approximations, of which several may be named."""
EXTREMUM = "the condition for an extremum"
POSED = "an equation to be solved"
SOLVED = "the solution of the equation before it"
STATIONARY = "where a derivative is zero"


@dataclass(frozen=True)
class Role:
    """What a relation is: `given`, `claim` (of a theorem), `inference`, or `apart`; and why."""

    kind: str
    reason: str = ""


IN_PROSE = Role("given", "stated in the text around it")
EVERYWHERE = "every "
"""Before the name of a function whose values at names were said: it is known at every place."""
VALUED = "value of "
"""Before a name that has a value: a function at it is known."""
TOLD = "told "
"""Before a value of a function that prose says: what follows from it elsewhere is no definition."""
CLAIMED = "claimed "
"""Before what the claims of a theorem are about."""
CONDITION = Role("given", "a condition")
A_DEFINITION = "a definition"
SPLIT_OFF = "a name for what is left"
DEFINED = "defined "
DEFINITION = Role("given", A_DEFINITION)
RECALLED = Role("given", "a recalled formula")
INFERENCE = Role("inference")
