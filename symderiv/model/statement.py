"""A relation between two expressions, in the context in which it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from sympy import Expr

from symderiv.model.span import Span


class Relation(Enum):
    """The relations between real expressions."""

    EQUAL = "="
    AT_MOST = "<="
    AT_LEAST = ">="
    LESS = "<"
    GREATER = ">"
    UNEQUAL = "!="


@dataclass(frozen=True)
class Proposition:
    """`left relation right`, wherever all of `premises` hold, for all values of the free variables in it."""

    left: Expr
    relation: Relation
    right: Expr
    premises: tuple[Proposition, ...] = ()
    parameters: tuple[Expr, ...] = ()
    """Real numbers for all values of which it holds, where it is assumed."""


@dataclass(frozen=True)
class Definition:
    """`name` stands for `body`; the free variables of `name` are its arguments."""

    name: Expr
    body: Expr


@dataclass(frozen=True)
class Context:
    """What is taken as given where a statement stands.  Declarations travel inside the expressions themselves."""

    assumptions: tuple[Proposition, ...] = ()
    definitions: tuple[Definition, ...] = ()
    varying: frozenset[str] = frozenset()
    """Names without definition that no derivative takes for constants."""
    particular: frozenset[str] = frozenset()
    """Variables with one value each: an equation with one of them on one side alone holds for that value."""
    single: frozenset[str] = frozenset()
    """Variables with one value in all that is assumed, as the label y where `l = -ln p_y` is."""


@dataclass(frozen=True)
class Statement:
    """A proposition that is claimed to hold in its context."""

    proposition: Proposition
    context: Context = field(default_factory=Context)
    span: Span | None = None
