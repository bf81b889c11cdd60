"""Premises, prepared for use: universally quantified relations with the premises that guard them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from symderiv.kernel.terms import (
    REAL,
    Apply,
    Bound,
    Entry,
    Forall,
    Gather,
    Implies,
    Index,
    Relation,
    Symbol,
    Term,
    instantiate,
    subterms,
)


class Fact(NamedTuple):
    """For all values of `variables`: where all of `premises` hold, `relation` holds."""

    variables: tuple[Index | Symbol, ...]
    premises: tuple[Term, ...]
    relation: Relation


def open_fact(proposition: Term) -> Fact | None:
    """The fact that a proposition states; None where it is not of that form.

    The variables are given names that no reader can write (`?0`, `?1`, ...), so that they cannot be confused.
    """
    if "_fact" not in proposition.__dict__:
        proposition.__dict__["_fact"] = _opened(proposition)
    fact: Fact | None = proposition.__dict__["_fact"]
    return fact


def _opened(proposition: Term) -> Fact | None:
    variables: list[Index | Symbol] = []
    premises: list[Term] = []
    while True:
        match proposition:
            case Forall(domain, body):
                name = f"?{len(variables)}"
                variable = Symbol(name) if domain == REAL else Index(name, domain)
                variables.append(variable)
                proposition = instantiate(body, variable)
            case Implies(premise, conclusion):
                premises.append(premise)
                proposition = conclusion
            case Relation():
                return Fact(tuple(variables), tuple(premises), proposition)
            case _:
                return None


class Definition(NamedTuple):
    """`head(parameters) = body`, for all values of the parameters."""

    head: str
    parameters: tuple[Index | Symbol, ...]
    body: Term


def head_of(term: Term) -> str | None:
    """The name of a symbol, an entry, a gather or a function application."""
    match term:
        case Symbol(name) | Entry(name, _) | Gather(name, _, _) | Apply(name, _):
            return name
        case _:
            return None


@lru_cache(maxsize=4096)
def as_definition(fact: Fact) -> Definition | None:
    """The definition that a fact states: an equation whose left side is a name applied to distinct variables."""
    left, right = fact.relation.left, fact.relation.right
    if fact.relation.kind != "=" or fact.premises or not isinstance(left, Symbol | Entry):
        return None
    arguments = left.children
    if set(arguments) != set(fact.variables) or len(arguments) != len(fact.variables):
        return None
    if any(head_of(part) == head_of(left) for part in subterms(right)):
        return None
    return Definition(head_of(left) or "", tuple(a for a in arguments if isinstance(a, Index | Symbol)), right)


Binding = dict[Term, Term]


def match(pattern: Term, target: Term, variables: frozenset[Term], binding: Binding) -> Binding | None:
    """The extension of `binding` under which `pattern` is `target`; None where there is none.

    Only free names in `variables` are bound, an index only to an index of its domain, and never to a term that
    refers to a binder around it.
    """
    if pattern in variables:
        known = binding.get(pattern)
        if known is not None:
            return binding if known == target else None
        return {**binding, pattern: target} if _may_stand_for(pattern, target) else None
    if type(pattern) is not type(target) or isinstance(target, Bound):
        return binding if pattern == target else None
    inner, other = pattern.children, target.children
    if not inner or len(inner) != len(other) or _own(pattern) != _own(target):
        return binding if pattern == target else None
    for one, two in zip(inner, other, strict=True):
        extended = match(one, two, variables, binding)
        if extended is None:
            return None
        binding = extended
    return binding


def _own(term: Term) -> tuple[object, ...]:
    return tuple(part for part in term.parts if not isinstance(part, Term | tuple))


def _may_stand_for(variable: Term, target: Term) -> bool:
    if isinstance(variable, Index):
        return isinstance(target, Index | Gather) and target.domain == variable.domain and is_closed(target)
    return is_closed(target) and not isinstance(target, Index | Gather | Relation | Forall | Implies)


def is_closed(term: Term) -> bool:
    """True where no binder outside of `term` is referred to."""
    return term.loose == 0
