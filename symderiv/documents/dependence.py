"""What the equations of a text say of dependence, for the derivatives in a statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sympy import Expr, preorder_traversal

from symderiv.documents.names import definable, names_in
from symderiv.language import quantities as q
from symderiv.language.dependences import function_name
from symderiv.language.matrices import Gradient
from symderiv.model.statement import Definition, Proposition, Relation


def derivatives_in(expressions: Iterable[Expr]) -> list[Expr]:
    """What is differentiated in some expressions: the derivatives themselves."""
    nodes = (node for expression in expressions for node in preorder_traversal(expression))
    return [node for node in nodes if isinstance(node, q.Differentiated | Gradient)]


def names_by(expressions: Iterable[Expr]) -> frozenset[str]:
    """The names by which expressions differentiate."""
    return frozenset[str]().union(*(names_in(node.args[1]) for node in derivatives_in(expressions)))


def is_by_way(goal: Proposition) -> bool:
    """True of a statement that differentiates by names that are not written in what it differentiates."""
    found = derivatives_in((goal.left, goal.right))
    return bool(found) and all(names_in(node.args[1]).isdisjoint(names_in(node.args[0])) for node in found)


def names_beside_derivatives(goal: Proposition) -> frozenset[str]:
    """The names in a statement that differentiates, but what it is by: equations say what they depend on."""
    by = names_by((goal.left, goal.right))
    return (names_in(goal.left) | names_in(goal.right)) - by if by else frozenset()


def functions_used(
    goal: Proposition, definitions: Sequence[Definition], stated: Sequence[Proposition]
) -> list[Proposition]:
    """The equations for functions at all arguments that the definitions in a statement need, and its derivatives."""
    general = [p for p in stated if p.parameters and isinstance(p.left, q.Opaque) and p.relation is Relation.EQUAL]
    found: dict[Proposition, None] = {}
    waiting: list[Expr] = [d.body for d in definitions]
    waiting += [goal.left, goal.right] if derivatives_in((goal.left, goal.right)) else []
    while waiting:
        names = names_in(waiting.pop())
        further = [p for p in general if isinstance(p.left, q.Opaque) and p.left.template in names and p not in found]
        found |= dict.fromkeys(further)
        waiting += [p.right for p in further]
    return list(found)


def tied_names(goal: Proposition, definitions: Sequence[Definition], stated: Iterable[Proposition]) -> frozenset[str]:
    """The names without definition of which some equation says that they depend on what is differentiated by."""
    expressions = (goal.left, goal.right, *(d.body for d in definitions))
    by = names_by(expressions)
    if not by:
        return frozenset()
    sides = [(_subject(p.left), names_in(p.right)) for p in stated if p.relation is Relation.EQUAL]
    sides += [(definable(d.name) or "", names_in(d.body)) for d in definitions]
    defined = {definable(d.name) for d in definitions}
    return frozenset[str]().union(*(_reaching(name, sides) for name in by)) - defined


def _reaching(name: str, sides: Sequence[tuple[str, frozenset[str]]]) -> frozenset[str]:
    """The other names that depend on a name, by way of whatever names."""
    reached = {name}
    while further := {left for left, inside in sides if left and left not in reached and inside & reached}:
        reached |= further
    return frozenset(reached - {name})


def _subject(expression: Expr) -> str:
    """The name that an equation is about, or the function."""
    if isinstance(expression, q.Opaque) and expression.args[1]:
        return function_name(expression)
    return definable(expression) or ""
