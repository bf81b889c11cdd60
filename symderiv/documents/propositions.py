"""Relations as propositions: chains from end to end, sides that match, and what holds for all values of a name."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace

from sympy import Expr, Integer

from symderiv.documents.line import Line
from symderiv.formulas import tree as t
from symderiv.formulas.printing import printed
from symderiv.language import quantities as q
from symderiv.language import written as w
from symderiv.language.indices import SumOver
from symderiv.language.matrices import NUMBER, shape_of
from symderiv.model.statement import Proposition, Relation

_STRICT = ((Relation.AT_MOST, Relation.LESS), (Relation.AT_LEAST, Relation.GREATER))


def chained(chain: Proposition | None, line: Line) -> Proposition | None:
    """The left side of a chain with the last right side of it so far, and what is between the two."""
    stated = line.proposition
    if stated is None or line.row.kind != "continued":
        return stated
    if chain is None or chain.right != stated.left:
        return None
    relation = _between(chain.relation, stated.relation)
    return None if relation is None else Proposition(chain.left, relation, stated.right)


def _between(one: Relation, other: Relation) -> Relation | None:
    """What `a one b other c` says of a and c; None where it says nothing."""
    both = {one, other} - {Relation.EQUAL}
    if len(both) < 2:
        return None if Relation.UNEQUAL in both and one is other else next(iter(both), Relation.EQUAL)
    return {frozenset(pair): pair[1] for pair in _STRICT}.get(frozenset(both))


def as_written(tree: t.Sides, sign: str) -> Proposition:
    """A relation as it is written, which nothing is known of."""
    left, right = (q.Opaque(printed(side)) for side in tree.sides)
    return Proposition(left, Relation(sign), right)


def matching(left: Expr, right: Expr) -> tuple[Expr, Expr]:
    """Both sides, with 0 as the matrix that it stands for."""
    from symderiv.language.matrices import Constant

    shapes = shape_of(left), shape_of(right)
    if shapes[0] != shapes[1]:
        if left == 0 and shapes[0] == NUMBER:
            left = Constant("zeros", "0", *shapes[1])
        elif right == 0 and shapes[1] == NUMBER:
            right = Constant("zeros", "0", *shapes[0])
    return left, right


def generalised(proposition: Proposition, summed: Set[str] = frozenset()) -> Proposition:
    r"""A definition of a function by its value at a name, for all values of the name.

    So also that `p(x \mid a)` sums to 1, and a bound of `h(x)` in a text that sums over x.
    """
    left, right = proposition.left, proposition.right
    if proposition.relation is Relation.EQUAL and right == 1 and isinstance(left, SumOver | q.RangedSum):
        return replace(proposition, parameters=_conditions(left.args[1]))
    if not isinstance(left, q.Opaque):
        return proposition
    arguments = tuple(left.args[1])
    names = [a.name for a in arguments if isinstance(a, w.Scalar)]
    if proposition.relation is not Relation.EQUAL:
        known = tuple(a for a in arguments if isinstance(a, w.Scalar) and a.name in summed)
        return replace(proposition, parameters=known) if isinstance(right, Integer) else proposition
    if len(names) != len(arguments) or len(set(names)) != len(names):
        return proposition
    if not all(_occurs(a, right) for a in arguments):
        return proposition
    return replace(proposition, parameters=arguments)


def _conditions(body: Expr) -> tuple[Expr, ...]:
    r"""The a of `p(x \mid a)`: where such a distribution is summed over x, it is for all a."""
    is_conditional = isinstance(body, q.Opaque) and r"\mid" in body.template
    return tuple(a for a in body.args[1] if isinstance(a, w.Scalar)) if is_conditional else ()


def _occurs(name: Expr, expression: Expr) -> bool:
    return (
        expression == name
        or any(_occurs(name, part) for part in expression.args if isinstance(part, Expr))
        or (isinstance(expression, q.Opaque) and any(_occurs(name, part) for part in expression.args[1]))
    )
