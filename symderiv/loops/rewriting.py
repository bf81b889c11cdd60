"""Loop expressions with parts replaced, and what is counted in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from symderiv.model.program import (
    Affine,
    Atom,
    Comparison,
    Expression,
    Function,
    IndexComparison,
    Looked,
    Loop,
    Node,
    Power,
    Product,
    Read,
    Reduction,
    Sum,
    Variable,
    combine,
    of_atom,
)

Change = Callable[[Affine], Affine]


def map_parts(expression: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """The expression with `change` applied to its direct parts."""
    match expression:
        case Sum(parts):
            return Sum(tuple(change(part) for part in parts))
        case Product(parts):
            return Product(tuple(change(part) for part in parts))
        case Function(name, parts):
            return Function(name, tuple(change(part) for part in parts))
        case Power(base, exponent, span):
            return Power(change(base), exponent, span)
        case Reduction(indices, body):
            return Reduction(indices, change(body))
        case Comparison(kind, left, right):
            return Comparison(kind, change(left), change(right))
        case _:
            return expression


def map_indices(expression: Expression, change: Change) -> Expression:
    """The expression with `change` applied to every index in it."""
    match expression:
        case Read(tensor, indices, span):
            return Read(tensor, tuple(change(index) for index in indices), span)
        case IndexComparison(kind, left, right):
            return IndexComparison(kind, change(left), change(right))
        case _:
            return map_parts(expression, lambda part: map_indices(part, change))


def substituted(index: Affine, values: Mapping[Atom, Affine]) -> Affine:
    """The index with atoms replaced, inside of lookups too."""
    total = Affine((), index.constant)
    for atom, coefficient in index.terms:
        if atom in values:
            found = values[atom]
        elif isinstance(atom, Looked):
            found = of_atom(Looked(atom.tensor, tuple(substituted(inner, values) for inner in atom.indices)))
        else:
            found = of_atom(atom)
        total = combine(total, found, coefficient)
    return total


def substitute(expression: Expression, values: Mapping[Atom, Affine]) -> Expression:
    """The expression with index atoms replaced; no sum in it may bind a name that a value mentions."""
    return map_indices(expression, lambda index: substituted(index, values))


def renamed(expression: Expression, names: Mapping[str, str]) -> Expression:
    """The expression with index variables renamed, except where a sum in it binds them again."""
    match expression:
        case Reduction(indices, body):
            return Reduction(indices, renamed(body, {old: new for old, new in names.items() if old not in indices}))
        case Read() | IndexComparison():
            return substitute(expression, {Variable(old): of_atom(Variable(new)) for old, new in names.items()})
        case _:
            return map_parts(expression, lambda part: renamed(part, names))


def variables(index: Affine) -> set[str]:
    """The index variables in an index."""
    found: set[str] = set()
    for atom, _ in index.terms:
        if isinstance(atom, Variable):
            found.add(atom.name)
        elif isinstance(atom, Looked):
            for inner in atom.indices:
                found |= variables(inner)
    return found


def free_variables(expression: Expression) -> set[str]:
    """The index variables that an expression does not sum over itself."""
    match expression:
        case Read(_, indices, _):
            return set().union(*(variables(index) for index in indices)) if indices else set()
        case IndexComparison(_, left, right):
            return variables(left) | variables(right)
        case Reduction(indices, body):
            return free_variables(body) - set(indices)
        case Sum(parts) | Product(parts) | Function(_, parts):
            return set().union(*(free_variables(part) for part in parts)) if parts else set()
        case Power(base, _, _):
            return free_variables(base)
        case Comparison(_, left, right):
            return free_variables(left) | free_variables(right)
        case _:
            return set()


def map_statements(nodes: tuple[Node, ...], change: Callable[[Expression], Expression]) -> tuple[Node, ...]:
    """The loops with `change` applied to the value of each statement."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, Loop):
            result.append(replace(node, body=map_statements(node.body, change)))
        else:
            result.append(replace(node, body=tuple(replace(s, value=change(s.value)) for s in node.body)))
    return tuple(result)
