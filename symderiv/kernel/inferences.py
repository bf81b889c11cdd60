"""The inferences.  Each is a function from premises (sequents) and arguments (terms and words) to a sequent.
Two more, which cite axioms and theorems, stand in `replay.py`.

An inference refuses with `Rejected`, naming the check that stopped it.  Their docstrings are sequents: `G |- s`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

from flint import fmpq

from symderiv.kernel import terms as k
from symderiv.kernel.errors import Rejected, check
from symderiv.kernel.facts import definitions_of, fits, open_fact
from symderiv.kernel.normal_form import Normalizer, normalizer
from symderiv.kernel.polynomial import Polynomial, accumulate, quote
from symderiv.kernel.signs import POSITIVE, ZERO, allowed


class Sequent(NamedTuple):
    """`conclusion` follows from `hypotheses`, for all values of the free names."""

    hypotheses: frozenset[k.Term]
    conclusion: k.Term


Argument = k.Term | str
Premises = Sequence[Sequent]


def _union(premises: Premises) -> frozenset[k.Term]:
    return frozenset[k.Term]().union(*(premise.hypotheses for premise in premises))


def _relation(argument: k.Term) -> k.Relation:
    if not isinstance(argument, k.Relation):
        raise Rejected("relation expected", argument)
    return argument


def _proposition(term: k.Term, where: str) -> k.Term:
    check(isinstance(term, k.Relation | k.Implies | k.Forall), f"{where}: proposition expected", term)
    return term


def hypothesis(proposition: k.Term) -> Sequent:
    """{h} |- h"""
    return Sequent(frozenset((_proposition(proposition, "hypothesis"),)), proposition)


def instance(premise: Sequent, value: k.Term) -> Sequent:
    """G |- for all i: s(i)  gives  G |- s(t)"""
    general = premise.conclusion
    if not isinstance(general, k.Forall):
        raise Rejected("instance: quantifier expected", general)
    check(fits(general.domain, value), "instance: domain", general.domain, value)
    return Sequent(premise.hypotheses, k.instantiate(general.body, value))


def generalise(premise: Sequent, argument: k.Term) -> Sequent:
    """G |- s(i), i not free in G  gives  G |- for all i: s(i)"""
    if not isinstance(argument, k.Index | k.Symbol):
        raise Rejected("generalise: name", argument)
    check(all(argument not in h.free for h in premise.hypotheses), "generalise: free in a hypothesis", argument)
    return Sequent(premise.hypotheses, k.forall([argument], premise.conclusion))


def detach(implication: Sequent, premise: Sequent) -> Sequent:
    """G |- s -> t and H |- s  give  G, H |- t"""
    stated = implication.conclusion
    if not isinstance(stated, k.Implies):
        raise Rejected("detach: implication expected", stated)
    check(stated.premise == premise.conclusion, "detach: premise", premise.conclusion)
    return Sequent(_union((implication, premise)), stated.conclusion)


def discharge(premise: Sequent, assumed: k.Term) -> Sequent:
    """G, s |- t  gives  G |- s -> t"""
    implied = k.Implies(_proposition(assumed, "discharge"), premise.conclusion)
    return Sequent(premise.hypotheses - {assumed}, implied)


def _algebra(premises: Premises, roles: Sequence[Argument]) -> Normalizer:
    """The normal form under the premises, each used as its role says: `fact`, `meaning`, `unfold`."""
    check(len(premises) == len(roles), "roles: one for each premise", len(premises), len(roles))
    return normalizer(*_by_role(tuple([premise.conclusion for premise in premises]), tuple(roles)))


@lru_cache(maxsize=1 << 8)
def _by_role(stated: tuple[k.Term, ...], roles: tuple[Argument, ...]) -> tuple[tuple[k.Term, ...], ...]:
    """The facts, the meanings and the definitions to unfold.  Many lines of a proof have the same."""
    used: dict[Argument, list[k.Term]] = {"fact": [], "meaning": [], "unfold": []}
    for proposition, role in zip(stated, roles, strict=True):
        check(role in used, "roles: unknown", role)
        used[role].append(proposition)
    defining = used["meaning"] + used["unfold"]
    definitions = definitions_of(defining)
    check(len(definitions) == len(defining), "roles: not definitions", *defining)
    check(not definitions.is_circular, "roles: definitions lead in a circle", *defining)
    return tuple(map(tuple, used.values()))


def equality(premises: Premises, argument: k.Term, *roles: Argument) -> Sequent:
    """G |- s = t, where both have one normal form under the premises (arguments: s = t, the roles of the premises)"""
    goal = _relation(argument)
    algebra = _algebra(premises, roles)
    check(goal.kind == "=", "equality: relation", goal.kind)
    left, right = algebra.polynomial(goal.left), algebra.polynomial(goal.right)
    check(left == right, "equality: normal forms differ", left, right)
    return Sequent(_union(premises), goal)


def sign(premises: Premises, goal: k.Term, *roles: Argument) -> Sequent:
    """G |- for all i: c -> s r t, where the sign of t - s under the premises shows it"""
    algebra = _algebra(premises, roles)
    body, names = goal, list[k.Index]()
    while isinstance(body, k.Forall):
        check(body.domain != k.REAL, "sign: index quantifier expected", body)
        names.append(k.Index(f"!!{len(names)}", body.domain))
        body = k.instantiate(body.body, names[-1])
    check(algebra.signs.holds(body), "sign: not shown", body)
    return Sequent(_union(premises), goal)


def combine(premises: Premises, argument: k.Term, *uses: Argument) -> Sequent:
    """G |- s <= t, because t - s is a sum of non-negative multiples of what the premises say to be non-negative.

    Arguments: the goal, then for each premise either its role or a multiplier, a term under one binder for each index
    quantifier of the premise.  The premises of the inequality need to hold only where the multiplier is not 0.
    """
    goal = _relation(argument)
    check(goal.kind in ("<=", "<", "="), "combine: relation", goal.kind)
    check(len(premises) == len(uses), "combine: one argument for each premise")
    pairs = list(zip(premises, uses, strict=True))
    helpers = [(premise, role) for premise, role in pairs if isinstance(role, str)]
    algebra = _algebra([premise for premise, _ in helpers], [role for _, role in helpers])
    gap = dict(algebra.polynomial(k.subtract(goal.right, goal.left)))
    strict = False
    for premise, multiplier in pairs:
        if isinstance(multiplier, k.Term):
            share, is_strict = _share(algebra, premise.conclusion, multiplier, goal.kind)
            accumulate(gap, share, fmpq(-1))
            strict = strict or is_strict
    rest = ZERO if not gap else algebra.signs.sign(quote(gap)) if goal.kind != "=" else POSITIVE
    check(allowed("<=" if strict else goal.kind, rest), "combine: remainder", gap)
    return Sequent(_union(premises), goal)


def _share(algebra: Normalizer, proposition: k.Term, multiplier: k.Term, kind: str) -> tuple[Polynomial, bool]:
    """The sum of multiplier * (right - left) over the indices of a premise, and whether it is positive."""
    names: list[k.Index] = []
    while isinstance(proposition, k.Forall):
        check(proposition.domain != k.REAL, "combine: index quantifier expected", proposition)
        names.append(k.Index(f"!!{len(names)}", proposition.domain))
        weight = _reduction(multiplier, "multiplier", "combine")
        check(weight.domain == proposition.domain, "combine: multiplier binds", weight.domain)
        proposition, multiplier = (k.instantiate(term.body, names[-1]) for term in (proposition, weight))
    live = algebra.signs.close(frozenset((multiplier,)))
    fact = open_fact(proposition)
    check(not fact.variables, "combine: premise", proposition)
    relation = fact.relation
    for condition in fact.premises:
        check(algebra.signs.holds(condition, live), "combine: condition", condition)
    check(relation.kind in (("=",) if kind == "=" else ("=", "<=", "<")), "combine: kind", relation.kind)
    sign_of = algebra.signs.sign(multiplier)
    check(relation.kind == "=" or not sign_of & ~(POSITIVE | ZERO), "combine: multiplier may be negative", multiplier)
    share = k.Multiply((multiplier, k.subtract(relation.right, relation.left)))
    return algebra.polynomial(k.sum_over(names, share)), relation.kind == "<" and sign_of == POSITIVE


COMPOSITION = {("=", other): other for other in ("=", "<=", "<", "!=")}
COMPOSITION |= {(one, "="): one for one in ("<=", "<", "!=")}
COMPOSITION |= {("<=", "<="): "<=", ("<", "<"): "<", ("<", "<="): "<", ("<=", "<"): "<"}
"""`a r b` and `b s c` give `a COMPOSITION[r, s] c`."""


def compose(first: Sequent, second: Sequent) -> Sequent:
    """G |- a r b and H |- b s c  give  G, H |- a (r;s) c"""
    one, two = _relation(first.conclusion), _relation(second.conclusion)
    check(one.right == two.left, "compose: middle", one.right, two.left)
    check((one.kind, two.kind) in COMPOSITION, "compose: kinds", one.kind, two.kind)
    return Sequent(_union((first, second)), k.Relation(COMPOSITION[one.kind, two.kind], one.left, two.right))


def weaken(premise: Sequent, argument: k.Term) -> Sequent:
    """G |- a = b  gives  G |- a <= b and b = a;  G |- a < b  gives  G |- a <= b and a != b"""
    have, goal = _relation(premise.conclusion), _relation(argument)
    same = (have.left, have.right) == (goal.left, goal.right)
    turned = (have.right, have.left) == (goal.left, goal.right) and have.kind in ("=", "!=")
    kinds = {"=": ("=", "<="), "<": ("<=", "!="), "!=": ("!=",), "<=": ()}[have.kind]
    check((same or turned) and goal.kind in kinds, "weaken: relation", have, goal)
    return Sequent(premise.hypotheses, goal)


def _reduction(term: k.Term, kind: str, where: str) -> k.Reduce:
    if not isinstance(term, k.Reduce) or term.kind != kind:
        raise Rejected(f"{where}: {kind} expected", term)
    return term


def maximum(premise: Sequent, argument: k.Term) -> Sequent:
    """G |- for all i: f(i) <= c  gives  G |- max_i f(i) <= c, and <  in place of <="""
    goal = _relation(argument)
    most = _reduction(goal.left, "max", "maximum")
    check(goal.kind in ("<", "<="), "maximum: relation", goal.kind)
    every = k.Forall(most.domain, k.Relation(goal.kind, most.body, k.shift(goal.right, 1)))
    check(premise.conclusion == every, "maximum: premise", premise.conclusion)
    return Sequent(premise.hypotheses, goal)


def below_maximum(argument: k.Term, element: k.Term) -> Sequent:
    """|- f(k) <= max_i f(i)"""
    goal = _relation(argument)
    most = _reduction(goal.right, "max", "below maximum")
    check(fits(most.domain, element), "below maximum: domain", element)
    check(goal == k.Relation("<=", k.instantiate(most.body, element), most), "below maximum: goal", goal)
    return Sequent(frozenset(), goal)


def cancel(multiplied: Sequent, nonzero: Sequent, argument: k.Term, factor: k.Term) -> Sequent:
    """G |- a c = b c and H |- c != 0  give  G, H |- a = b"""
    goal = _relation(argument)
    scaled = k.Relation("=", k.Multiply((goal.left, factor)), k.Multiply((goal.right, factor)))
    check(goal.kind == "=", "cancel: relation", goal.kind)
    check(multiplied.conclusion == scaled, "cancel: product", multiplied.conclusion)
    check(nonzero.conclusion == k.nonzero(factor), "cancel: factor may be zero", nonzero.conclusion)
    return Sequent(_union((multiplied, nonzero)), goal)


class Inference(NamedTuple):
    """How to infer, and the numbers of premises and arguments.

    None: any number of premises, which are given as one sequence; one term, and any number of further arguments.
    """

    infer: Callable[..., Sequent]
    premises: int | None
    arguments: int | None


INFERENCES: dict[str, Inference] = {
    infer.__name__: Inference(infer, premises, arguments)
    for infer, premises, arguments in (
        (hypothesis, 0, 1),
        (instance, 1, 1),
        (generalise, 1, 1),
        (detach, 2, 0),
        (discharge, 1, 1),
        (equality, None, None),
        (sign, None, None),
        (combine, None, None),
        (compose, 2, 0),
        (weaken, 1, 1),
        (maximum, 1, 1),
        (below_maximum, 0, 2),
        (cancel, 2, 2),
    )
}
