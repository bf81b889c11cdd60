"""Trees in the words of derivation scripts."""

from __future__ import annotations

from functools import reduce
from operator import add, mul
from typing import Any

from sympy import Integer, Rational

import symderiv as s
from symderiv.language.script import at_least, at_most, equal, greater, less, unequal
from symderiv.language.written import Absolute
from symderiv.model.statement import Proposition
from tests.adversary.rules_of_chance import ROLES
from tests.adversary.tree import Relation, Tree
from tests.adversary.values import role

RELATIONS = {"=": equal, "<=": at_most, ">=": at_least, "<": less, ">": greater, "!=": unequal}
VARIABLES = dict(zip("xyz", s.variables("x y z"), strict=True))
DISTRIBUTIONS = {name: s.distribution(name, *(VARIABLES[v] for v in roles)) for name, roles in ROLES.items()}


def proposition(relation: Relation, words: tuple[str, ...] = ()) -> Proposition:
    """A relation; `words` say whether the random variables are independent."""
    independent = any("independent" in word for word in words)
    variables = dict(zip("XY", s.random_variables("X Y", independent=independent), strict=True))
    return RELATIONS[relation.sign](said(relation.left, variables), said(relation.right, variables))


def index(name: str) -> Any:
    """x and x' are elements of one alphabet."""
    known = VARIABLES[role(name)]
    return known if name == role(name) else known.copy(name)


def said(tree: Tree, variables: dict[str, Any]) -> Any:
    """The expression."""
    parts = [said(part, variables) for part in tree.parts]
    match tree.head, parts:
        case "number", _:
            value = tree.data[0]
            return Integer(value.numerator) if value.denominator == 1 else Rational(value.numerator, value.denominator)
        case "scalar", _:
            return s.scalars(tree.data[0])[0]
        case "rv", _:
            return variables[tree.data[0]]
        case "add" | "mul", _:
            return reduce(add if tree.head == "add" else mul, parts)
        case "neg", [part]:
            return -part
        case "div", [above, below]:
            return (
                Rational(1) * above / below
                if isinstance(above, Rational) and isinstance(below, Rational)
                else above / below
            )
        case "pow", [base, exponent]:
            return base**exponent
        case "sqrt" | "ln" | "exp", [part]:
            return getattr(s, tree.head)(part)
        case "abs", [part]:
            return Absolute(part)
    return of_chance(tree, parts)


def of_chance(tree: Tree, parts: list[Any]) -> Any:
    match tree.head, tree.data:
        case "prob", (name, outcomes, given):
            return DISTRIBUTIONS[name](*barred(outcomes, given))
        case "entropy", (name, before, after):
            return DISTRIBUTIONS[name].H(*barred(before, after))
        case "info", (name, (one,), (other,), given):
            names = (index(other) | tuple(map(index, given))) if given else index(other)
            return DISTRIBUTIONS[name].I(index(one), names)
        case "total", names:
            return s.Sum[tuple(map(index, names))](parts[0])
        case "expect", _:
            return s.E[parts[0]](parts[1])
        case "kl", _:
            return s.KL(*parts)
        case "cross", _:
            return s.entropy(parts[0]) if tree.parts[0] == tree.parts[1] else s.cross_entropy(*parts)
        case "mean", _:
            return s.E(parts[0])
        case "var", _:
            return s.Var(parts[0])
        case "cov", _:
            return s.Cov(*parts)
    raise AssertionError(tree.head)


def barred(before: tuple[str, ...], after: tuple[str, ...]) -> list[Any]:
    """The arguments of P(x, y | z)."""
    names = [index(name) for name in before]
    if not after:
        return names
    given = tuple(map(index, after))
    return [*names[:-1], names[-1] | (given[0] if len(given) == 1 else given)]
