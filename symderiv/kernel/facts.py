"""Propositions, prepared for use: universally quantified relations with their premises, and definitions among them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple, cast

from symderiv.kernel import terms as k
from symderiv.kernel.errors import Rejected

Name = k.Index | k.Symbol


class Fact(NamedTuple):
    """For all values of `variables`: where all of `premises` hold, `relation` holds."""

    variables: tuple[Name, ...]
    premises: tuple[k.Term, ...]
    relation: k.Relation


@lru_cache(maxsize=1 << 12)
def open_fact(proposition: k.Term) -> Fact:
    """The fact that a proposition states.

    The variables are given names that no reader can write (`?0`, `?1`, ...), so that they cannot be confused.
    """
    variables: list[Name] = []
    premises: list[k.Term] = []
    while not isinstance(proposition, k.Relation):
        match proposition:
            case k.Forall(domain, body):
                name = f"?{len(variables)}"
                variables.append(k.Symbol(name) if domain == k.REAL else k.Index(name, domain))
                proposition = k.instantiate(body, variables[-1])
            case k.Implies(premise, conclusion):
                premises.append(premise)
                proposition = conclusion
            case _:
                raise Rejected("facts: proposition expected", proposition)
    return Fact(tuple(variables), tuple(premises), proposition)


def fits(domain: str, value: k.Term) -> bool:
    """True where a closed term denotes an element of the domain."""
    if isinstance(value, k.Index | k.Gather):
        return not value.loose and value.domain == domain
    return not value.loose and domain == k.REAL and not isinstance(value, k.Relation | k.Forall | k.Implies)


def domain_of(name: Name) -> str:
    """The domain over which a name ranges."""
    return name.domain if isinstance(name, k.Index) else k.REAL


def binds(binding: dict[k.Term, k.Term], variables: Iterable[Name]) -> bool:
    """True where a binding gives every variable a value of its domain."""
    return all(variable in binding and fits(domain_of(variable), binding[variable]) for variable in variables)


class Definition(NamedTuple):
    """`head(parameters) = body`, for all values of the parameters."""

    head: str
    parameters: tuple[Name, ...]
    body: k.Term


def head_of(term: k.Term) -> str | None:
    """The name of a symbol, an entry, a gather or a function application."""
    match term:
        case k.Symbol(name) | k.Entry(name, _) | k.Gather(name, _, _) | k.Apply(name, _):
            return name
        case _:
            return None


@lru_cache(maxsize=1 << 12)
def as_definition(proposition: k.Term) -> Definition | None:
    """The definition that a proposition states: an equation whose left side is a name at distinct variables."""
    fact = open_fact(proposition)
    if fact.premises or fact.relation.kind != "=":
        return None
    left, right = fact.relation.left, fact.relation.right
    if not isinstance(left, k.Symbol | k.Entry) or len(left.children) != len(fact.variables):
        return None
    if set(left.children) != set(fact.variables) or head_of(left) in heads(right):
        return None
    return Definition(left.parts[0], cast(tuple[Name, ...], left.children), right)


@lru_cache(maxsize=1 << 12)
def heads(term: k.Term) -> frozenset[str]:
    """The names in a term that may have definitions."""
    own = term.parts[:1] if isinstance(term, k.Symbol | k.Entry) else ()
    return frozenset(own).union(*map(heads, term.children))


@lru_cache(maxsize=1 << 12)
def is_partial(term: k.Term) -> bool:
    """True of a term that divides, or takes logarithms, roots or gamma functions."""
    own = isinstance(term, k.Power) and (term.exponent < 0 or term.exponent.denominator != 1)
    own = own or (isinstance(term, k.Apply) and term.function in ("log", "power", "gamma", "digamma"))
    return own or any(map(is_partial, term.children))


class Definitions(dict[str, Definition]):
    """Definitions by the name that they define."""

    @cached_property
    def _bodies(self) -> dict[k.Term, k.Term]:
        return {}

    def unfold(self, term: k.Term) -> k.Term | None:
        """The body of the definition of a symbol or entry, at its arguments; None where there is none."""
        definition = self.get(term.parts[0]) if isinstance(term, k.Symbol | k.Entry) else None
        if definition is None or len(definition.parameters) != len(term.children):
            return None
        if term not in self._bodies:
            values = dict[k.Term, k.Term](zip(definition.parameters, term.children, strict=True))
            self._bodies[term] = k.substitute(definition.body, values)
        return self._bodies[term]

    @cached_property
    def partial(self) -> frozenset[str]:
        """The defined names that need not be defined everywhere, because their bodies are not."""
        found: frozenset[str] = frozenset()
        while True:
            more = frozenset(h for h, d in self.items() if is_partial(d.body) or not found.isdisjoint(heads(d.body)))
            if more == found:
                return found
            found = more

    @cached_property
    def is_circular(self) -> bool:
        """True where a name is defined by way of itself."""
        left = {head: heads(definition.body) & self.keys() for head, definition in self.items()}
        while ready := [head for head, needed in left.items() if not needed]:
            left = {head: needed.difference(ready) for head, needed in left.items() if head not in ready}
        return bool(left)


def definitions_of(propositions: Iterable[k.Term]) -> Definitions:
    """The definitions among some propositions; the first of each name counts."""
    found = Definitions()
    for definition in map(as_definition, propositions):
        if definition is not None:
            found.setdefault(definition.head, definition)
    return found
