"""What a statement needs in order to mean what it says: denominators, logarithms and roots stay inside their domains.

In a product, the entries of tensors guard what stands inside the other factors: in `P(x) ln P(x)` the logarithm needs
`P(x) > 0` only where `P(x) != 0`, which is the convention 0 ln 0 = 0 and the rule that an expectation runs over the
support of its distribution.  Factors are guarded in one fixed order, so no two of them excuse each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cached_property

from symderiv.kernel.facts import Definition, as_definition, head_of, open_fact
from symderiv.kernel.terms import (
    Apply,
    Entry,
    Forall,
    Implies,
    Index,
    Multiply,
    Power,
    Reduce,
    Relation,
    Symbol,
    Term,
    forall,
    instantiate,
    nonnegative,
    nonzero,
    positive,
    substitute,
)


class Definitions(dict[str, Definition]):
    """Definitions by the name that they define."""

    @cached_property
    def partial(self) -> frozenset[str]:
        """The defined names that do not have a value everywhere, because their bodies do not."""
        found: frozenset[str] = frozenset()
        while True:
            more = frozenset(h for h, d in self.items() if _divides(d.body) or not found.isdisjoint(_heads(d.body)))
            if more == found:
                return found
            found = more


def definitions_of(propositions: Iterable[Term]) -> Definitions:
    """The definitions among some propositions; the first of each name counts."""
    found = Definitions()
    for proposition in propositions:
        fact = open_fact(proposition)
        definition = None if fact is None else as_definition(fact)
        if definition is not None:
            found.setdefault(definition.head, definition)
    return found


def unfold(term: Term, definitions: Definitions) -> Term | None:
    """The body of the definition of a symbol or entry, at its arguments."""
    definition = definitions.get(head_of(term) or "") if isinstance(term, Symbol | Entry) else None
    if definition is None or len(definition.parameters) != len(term.children):
        return None
    return substitute(definition.body, dict(zip(definition.parameters, term.children, strict=True)))


def has_circle(definitions: Definitions) -> bool:
    """True where a name is defined by way of itself."""
    done: set[str] = set()

    def visit(head: str, above: frozenset[str]) -> bool:
        if head in above:
            return True
        if head in done or head not in definitions:
            return False
        found = any(visit(name, above | {head}) for name in sorted(_heads(definitions[head].body)))
        done.add(head)
        return found

    return any(visit(head, frozenset()) for head in definitions)


def is_total(term: Term, definitions: Definitions) -> bool:
    """True of a term that has a value whatever its variables are."""
    return not _divides(term) and definitions.partial.isdisjoint(_heads(term))


def _divides(term: Term) -> bool:
    """True of a term that divides, or takes logarithms or roots."""
    known: bool | None = term.__dict__.get("_divides")
    if known is None:
        own = isinstance(term, Power) and (term.exponent < 0 or term.exponent.denominator != 1)
        own = own or (isinstance(term, Apply) and term.function in ("log", "power"))
        known = term.__dict__["_divides"] = own or any(map(_divides, term.children))
    return known


def _heads(term: Term) -> frozenset[str]:
    """The names in a term that may have definitions."""
    known: frozenset[str] | None = term.__dict__.get("_heads")
    if known is None:
        own = (head_of(term) or "",) if isinstance(term, Symbol | Entry) else ()
        known = term.__dict__["_heads"] = frozenset(own).union(*[_heads(child) for child in term.children])
    return known


def guard_order(factors: Iterable[Term], definitions: Definitions) -> list[tuple[Term, bool]]:
    """The factors of a product in the order in which they guard each other, each with whether it is a guard.

    A power that is itself a factor comes first, so nothing guards it: `P(x,y) / P(x)` is undefined where P(x) = 0.
    """
    ranked = []
    for factor in factors:
        total = is_total(factor, definitions)
        rank = 1 if total else 0 if isinstance(factor, Power) else 2 if isinstance(factor, Entry) else 3
        ranked.append((rank, factor, rank == 2 or (total and _has_entry(factor))))
    return [(factor, guards) for _, factor, guards in sorted(ranked, key=lambda item: item[0])]


def _has_entry(term: Term) -> bool:
    return (isinstance(term, Entry) and bool(term.indices)) or any(_has_entry(child) for child in term.children)


def definedness(proposition: Term, hypotheses: Iterable[Term]) -> tuple[Term, ...]:
    """The propositions that must hold for `proposition` to be meant as it reads; definitions are looked through."""
    definitions = definitions_of(hypotheses)
    goals: dict[Term, None] = {}
    _walk(proposition, definitions, (), (), goals, set())
    return tuple(goals)


def _walk(
    term: Term,
    definitions: Definitions,
    variables: tuple[Index, ...],
    guards: tuple[Term, ...],
    goals: dict[Term, None],
    seen: set[tuple[Term, tuple[Term, ...]]],
) -> None:
    if is_total(term, definitions) or (term, guards) in seen:
        return
    seen.add((term, guards))
    match term:
        case Forall(domain, body) | Reduce(_, domain, body):
            variable = Index(f"&{len(variables)}", domain)
            _walk(instantiate(body, variable), definitions, (*variables, variable), guards, goals, seen)
        case Implies(premise, conclusion):
            _walk(premise, definitions, variables, guards, goals, seen)
            _walk(conclusion, definitions, variables, (*guards, premise), goals, seen)
        case Multiply(factors):
            for factor, is_guard in guard_order(factors, definitions):
                _walk(factor, definitions, variables, guards, goals, seen)
                if is_guard:
                    guards = (*guards, nonzero(factor))
        case _:
            body_of = unfold(term, definitions)
            for inner in term.children if body_of is None else (body_of,):
                _walk(inner, definitions, variables, guards, goals, seen)
            operation = _need(term)
            if operation is not None:
                need: Term = operation
                for guard in reversed(guards):
                    need = Implies(guard, need)
                goals[forall([v for v in variables if v in need.free], need)] = None


def _need(term: Term) -> Relation | None:
    """What one operation needs of its operand."""
    need: Term | None = None
    match term:
        case Power(base, exponent) if exponent.denominator != 1:
            need = positive(base) if exponent < 0 else nonnegative(base)
        case Power(base, exponent) if exponent < Fraction(0):
            need = nonzero(base)
        case Apply("log", (argument,)) | Apply("power", (argument, _)):
            need = positive(argument)
        case _:
            pass
    return need if isinstance(need, Relation) else None
