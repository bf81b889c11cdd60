"""Functions of which nothing is known have the same value at places that are the same: `f(x/2 + x/2) = f(x)`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from symderiv.formulas import tree as t
from symderiv.formulas.general import Terms
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Unread
from symderiv.kernel.errors import Exhausted
from symderiv.kernel.normal_form import normalizer
from symderiv.kernel.terms import Relation as Equation
from symderiv.kernel.terms import subtract
from symderiv.language import quantities as q
from symderiv.language.encode import encode
from symderiv.language.matrices import NUMBER, shape_of
from symderiv.language.written import LanguageError
from symderiv.model.statement import Proposition, Relation, Statement

MOST = 6
"""Of how many calls of one function the places are compared."""


def same_calls(terms: Terms, calls: Iterable[t.Applied]) -> Iterator[Proposition]:
    """The equations between calls of one function at places that are equal as numbers, and written in other ways."""
    by_head: dict[tuple[str, str, tuple[str, ...]], dict[str, t.Applied]] = defaultdict(dict)
    for call in calls:
        if not call.bar and call.before:
            by_head[call.head.text, call.opening, call.separators][printed(call)] = call
    for found in by_head.values():
        for one, other in combinations(list(found.values())[:MOST], 2):
            try:
                left, right = terms.expression(one), terms.expression(other)
                places = zip(one.before, other.before, strict=True)
                if isinstance(left, q.Opaque) and all(_same(terms, *pair) for pair in places):
                    yield Proposition(left, Relation.EQUAL, right)
            except (Unread, LanguageError):
                continue


def _same(terms: Terms, one: t.Node, other: t.Node) -> bool:
    """True of expressions for one and the same number."""
    if printed(one) == printed(other):
        return True
    left, right = terms.expression(one), terms.expression(other)
    if shape_of(left) != NUMBER or shape_of(right) != NUMBER:
        return False
    stated = encode(Statement(Proposition(left, Relation.EQUAL, right)))
    try:
        facts = tuple(fact.proposition for fact in stated.facts)
        match stated.conclusion:
            case Equation(left=one_side, right=other_side):
                return not normalizer(facts, (), ()).polynomial(subtract(one_side, other_side))
            case _:
                return False
    except (Exhausted, RecursionError):
        return False
