"""A relation of a section, read: its sides as expressions, or what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass

from symderiv.documents.displays import Display, Row
from symderiv.documents.names import definable
from symderiv.documents.role import Role
from symderiv.formulas import tree as t
from symderiv.formulas.source import Unread
from symderiv.model.statement import Context, Proposition


@dataclass(frozen=True)
class Line:
    """A relation with both sides as expressions, or what is wrong with it."""

    row: Row
    display: Display
    role: Role
    proposition: Proposition | None
    interpreted: bool
    problem: Unread | None
    overlooked: bool = False
    """True where a part of it has a meaning that is not interpreted."""
    unstated: frozenset[str] = frozenset()
    """Names that have a meaning by convention, if the text does not define them."""
    says: Proposition | None = None
    """How it is written, where the proposition is another that is true where it is."""
    listed: t.Sides | None = None
    """The relation between numbers that it is where the values of its variables are listed."""
    rests_on: frozenset[int] = frozenset()
    """The places of what the text came to before, and what is put in here for functions."""

    def is_complete(self, context: Context) -> bool:
        """True where everything in the relation has a meaning that is known in the context."""
        named = (*(d.name for d in context.definitions), *(p.left for p in context.assumptions))
        return self.interpreted and self.unstated <= {definable(name) for name in named}
