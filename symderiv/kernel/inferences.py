"""The inferences.  Each is a function from premises (sequents) and arguments (terms and words) to a sequent.

An inference refuses with `Rejected`, naming the check that stopped it.  Their docstrings are sequents: `G |- s`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from flint import fmpq

from symderiv.kernel.axioms import AXIOMS
from symderiv.kernel.definedness import definitions_of
from symderiv.kernel.errors import Rejected
from symderiv.kernel.facts import is_closed, open_fact
from symderiv.kernel.normal_form import Normalizer, normalizer
from symderiv.kernel.polynomial import Polynomial, accumulate, difference, quote
from symderiv.kernel.signs import POSITIVE, ZERO, allowed
from symderiv.kernel.terms import (
    REAL,
    Forall,
    Gather,
    Implies,
    Index,
    Multiply,
    Reduce,
    Relation,
    Symbol,
    Term,
    abstract,
    instantiate,
    nonnegative,
    nonzero,
    substitute,
    subtract,
    sum_over,
)


class Sequent(NamedTuple):
    """`conclusion` follows from `hypotheses`, for all values of the free names."""

    hypotheses: frozenset[Term]
    conclusion: Term


Argument = Term | str
Premises = Sequence[Sequent]
Theorems = Mapping[str, Sequent]
NONE: frozenset[Term] = frozenset()


def _check(condition: bool, check: str, *data: object) -> None:
    if not condition:
        raise Rejected(check, *data)


def _union(premises: Premises) -> frozenset[Term]:
    return NONE.union(*(premise.hypotheses for premise in premises))


def _term(argument: Argument, check: str) -> Term:
    if not isinstance(argument, Term) or not is_closed(argument):
        raise Rejected(check, argument)
    return argument


def _relation(argument: Argument) -> Relation:
    if not isinstance(argument, Relation) or not is_closed(argument):
        raise Rejected("relation expected", argument)
    return argument


def hypothesis(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """{h} |- h"""
    proposition = _term(arguments[0], "hypothesis: closed term")
    return Sequent(frozenset((proposition,)), proposition)


def axiom(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """|- the axiom of that name"""
    name = arguments[0]
    if not isinstance(name, str) or name not in AXIOMS:
        raise Rejected("axiom: unknown", name)
    return Sequent(NONE, AXIOMS[name].proposition)


def theorem(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """H |- s, for a theorem H |- s whose certificate was replayed"""
    name = arguments[0]
    if not isinstance(name, str) or name not in theorems:
        raise Rejected("theorem: unknown", name)
    return theorems[name]


def specialise(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """G |- s  gives  G[values] |- s[values], for values of free indices and symbols (pairs: name, value)"""
    values: dict[Term, Term] = {}
    _check(len(arguments) % 2 == 0, "specialise: pairs", len(arguments))
    for name, value in zip(arguments[::2], arguments[1::2], strict=True):
        variable, closed = _term(name, "specialise: name"), _term(value, "specialise: value")
        _check(isinstance(variable, Index | Symbol), "specialise: name", name)
        _check(
            _fits(variable.domain if isinstance(variable, Index) else REAL, closed),
            "specialise: domain",
            variable,
            closed,
        )
        values[variable] = closed
    (premise,) = premises
    return Sequent(frozenset(substitute(h, values) for h in premise.hypotheses), substitute(premise.conclusion, values))


def _fits(domain: str, value: Term) -> bool:
    """True where a term denotes an element of the domain."""
    if domain == REAL:
        return not isinstance(value, Index | Gather | Relation | Forall | Implies)
    return isinstance(value, Index | Gather) and value.domain == domain


def instance(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """G |- for all i: s(i)  gives  G |- s(t)"""
    (premise,) = premises
    value = _term(arguments[0], "instance: closed term")
    if not isinstance(premise.conclusion, Forall):
        raise Rejected("instance: quantifier expected", premise.conclusion)
    _check(_fits(premise.conclusion.domain, value), "instance: domain", premise.conclusion.domain, value)
    return Sequent(premise.hypotheses, instantiate(premise.conclusion.body, value))


def generalise(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """G |- s(i), i not free in G  gives  G |- for all i: s(i)"""
    (premise,) = premises
    name = _term(arguments[0], "generalise: name")
    if not isinstance(name, Index | Symbol):
        raise Rejected("generalise: name", name)
    _check(all(name not in h.free for h in premise.hypotheses), "generalise: free in a hypothesis", name)
    domain = name.domain if isinstance(name, Index) else REAL
    return Sequent(premise.hypotheses, Forall(domain, abstract(premise.conclusion, name)))


def detach(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """G |- s -> t and H |- s  give  G, H |- t"""
    implication, premise = premises
    if not isinstance(implication.conclusion, Implies):
        raise Rejected("detach: implication expected", implication.conclusion)
    _check(implication.conclusion.premise == premise.conclusion, "detach: premise", premise.conclusion)
    return Sequent(_union(premises), implication.conclusion.conclusion)


def discharge(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """G, s |- t  gives  G |- s -> t"""
    (premise,) = premises
    assumed = _term(arguments[0], "discharge: closed term")
    return Sequent(premise.hypotheses - {assumed}, Implies(assumed, premise.conclusion))


def _algebra(premises: Premises, roles: Sequence[Argument]) -> Normalizer:
    """The normal form under the premises, each used as its role says: `fact`, `meaning`, `unfold`."""
    _check(len(premises) == len(roles), "roles: one for each premise", len(premises), len(roles))
    used: dict[str, list[Term]] = {"fact": [], "meaning": [], "unfold": []}
    for premise, role in zip(premises, roles, strict=True):
        if not isinstance(role, str) or role not in used:
            raise Rejected("roles: unknown", role)
        used[role].append(premise.conclusion)
    for name in ("meaning", "unfold"):
        _check(len(definitions_of(used[name])) == len(used[name]), "roles: not definitions", name)
    return normalizer(tuple(used["fact"]), tuple(used["meaning"]), tuple(used["unfold"]))


def equality(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """G |- s = t, where both have one normal form under the premises (arguments: s = t, the roles of the premises)"""
    goal = _relation(arguments[0])
    algebra = _algebra(premises, arguments[1:])
    _check(goal.kind == "=", "equality: relation", goal.kind)
    gap = difference(algebra.polynomial(goal.left), algebra.polynomial(goal.right))
    _check(not gap, "equality: normal forms differ", gap)
    return Sequent(_union(premises), goal)


def sign(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """G |- for all i: c -> s r t, where the sign of t - s under the premises shows it"""
    goal = _term(arguments[0], "sign: closed term")
    algebra = _algebra(premises, arguments[1:])
    body, level = goal, 0
    while isinstance(body, Forall):
        _check(body.domain != REAL, "sign: index quantifier expected", body)
        body, level = instantiate(body.body, Index(f"!!{level}", body.domain)), level + 1
    _check(algebra.signs.holds(body), "sign: not shown", body)
    return Sequent(_union(premises), goal)


def combine(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """G |- s <= t, because t - s is a sum of non-negative multiples of what the premises say to be non-negative.

    Arguments: the goal, then for each premise either its role or a multiplier, a term under one binder for each index
    quantifier of the premise.  The premises of the inequality need to hold only where the multiplier is not 0.
    """
    goal = _relation(arguments[0])
    _check(goal.kind in ("<=", "<", "="), "combine: relation", goal.kind)
    _check(len(premises) == len(arguments) - 1, "combine: one argument for each premise")
    pairs = list(zip(premises, arguments[1:], strict=True))
    helpers = [(premise, role) for premise, role in pairs if isinstance(role, str)]
    algebra = _algebra([premise for premise, _ in helpers], [role for _, role in helpers])
    gap = dict(algebra.polynomial(subtract(goal.right, goal.left)))
    strict = False
    for premise, multiplier in pairs:
        if isinstance(multiplier, Term):
            share, is_strict = _share(algebra, premise.conclusion, multiplier, goal.kind)
            accumulate(gap, share, fmpq(-1))
            strict = strict or is_strict
    if goal.kind == "=":
        _check(not gap, "combine: remainder", gap)
    else:
        rest = ZERO if not gap else algebra.signs.sign(quote(gap))
        _check(allowed("<" if goal.kind == "<" and not strict else "<=", rest), "combine: remainder", quote(gap))
    return Sequent(_union(premises), goal)


def _share(algebra: Normalizer, proposition: Term, multiplier: Term, kind: str) -> tuple[Polynomial, bool]:
    """The sum of multiplier * (right - left) over the indices of a premise, and whether it is positive."""
    names: list[Index] = []
    while isinstance(proposition, Forall):
        _check(proposition.domain != REAL, "combine: index quantifier expected", proposition)
        name = Index(f"!!{len(names)}", proposition.domain)
        names.append(name)
        proposition, multiplier = instantiate(proposition.body, name), _under(multiplier, len(names), name)
    live = algebra.signs.close(frozenset((multiplier,)))
    fact = open_fact(proposition)
    if fact is None or fact.variables or not is_closed(multiplier):
        raise Rejected("combine: premise", proposition)
    relation = fact.relation
    for condition in fact.premises:
        _check(algebra.signs.holds(condition, live), "combine: condition", condition)
    _check(relation.kind in (("=",) if kind == "=" else ("=", "<=", "<")), "combine: kind", relation.kind)
    weight = algebra.signs.sign(multiplier)
    _check(relation.kind == "=" or not weight & ~(POSITIVE | ZERO), "combine: multiplier may be negative", multiplier)
    share = Multiply((multiplier, subtract(relation.right, relation.left)))
    is_strict = relation.kind == "<" and weight == POSITIVE
    return algebra.polynomial(sum_over(names, share)), is_strict


def _under(multiplier: Term, depth: int, name: Index) -> Term:
    """A multiplier is written as nested binders of kind `multiplier`, one for each quantifier."""
    if not isinstance(multiplier, Reduce) or multiplier.kind != "multiplier" or multiplier.domain != name.domain:
        raise Rejected("combine: multiplier binds", depth, name.domain)
    return instantiate(multiplier.body, name)


COMPOSITION = {
    ("=", "="): "=",
    ("=", "<="): "<=",
    ("<=", "="): "<=",
    ("<=", "<="): "<=",
    ("=", "<"): "<",
    ("<", "="): "<",
    ("<", "<"): "<",
    ("<", "<="): "<",
    ("<=", "<"): "<",
    ("=", "!="): "!=",
    ("!=", "="): "!=",
}
"""`a r b` and `b s c` give `a COMPOSITION[r, s] c`."""


def compose(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """G |- a r b and H |- b s c  give  G, H |- a (r;s) c"""
    first, second = (_relation(premise.conclusion) for premise in premises)
    _check(first.right == second.left, "compose: middle", first.right, second.left)
    _check((first.kind, second.kind) in COMPOSITION, "compose: kinds", first.kind, second.kind)
    return Sequent(_union(premises), Relation(COMPOSITION[first.kind, second.kind], first.left, second.right))


def weaken(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """G |- a = b  gives  G |- a <= b and b = a;  G |- a < b  gives  G |- a <= b and a != b"""
    (premise,) = premises
    have, goal = _relation(premise.conclusion), _relation(arguments[0])
    same = (have.left, have.right) == (goal.left, goal.right)
    turned = (have.right, have.left) == (goal.left, goal.right)
    allowed_kinds = {"=": ("=", "<="), "<": ("<=", "!="), "!=": ("!=",), "<=": ()}[have.kind]
    _check(
        (same or (turned and have.kind in ("=", "!="))) and goal.kind in allowed_kinds, "weaken: relation", have, goal
    )
    return Sequent(premise.hypotheses, goal)


def term_of_sum(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """G |- for all i: 0 <= f(i)  gives  G |- f(k) <= SUM_i f(i)"""
    (premise,) = premises
    goal = _relation(arguments[0])
    element = _term(arguments[1], "term of sum: element")
    total = goal.right
    if not isinstance(total, Reduce) or total.kind != "sum":
        raise Rejected("term of sum: sum expected", total)
    _check(_fits(total.domain, element), "term of sum: domain", element)
    _check(
        premise.conclusion == Forall(total.domain, nonnegative(total.body)), "term of sum: premise", premise.conclusion
    )
    _check(goal == Relation("<=", instantiate(total.body, element), total), "term of sum: goal", goal)
    return Sequent(premise.hypotheses, goal)


def maximum(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """G |- for all i: f(i) <= c  gives  G |- max_i f(i) <= c, and <  in place of <="""
    (premise,) = premises
    goal = _relation(arguments[0])
    most = goal.left
    if not isinstance(most, Reduce) or most.kind != "max" or goal.kind not in ("<", "<="):
        raise Rejected("maximum: goal", goal)
    name = Index("!!max", most.domain)
    expected = Relation(goal.kind, instantiate(most.body, name), goal.right)
    _check(premise.conclusion == Forall(most.domain, abstract(expected, name)), "maximum: premise", premise.conclusion)
    return Sequent(premise.hypotheses, goal)


def below_maximum(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """|- f(k) <= max_i f(i)"""
    goal, element = _relation(arguments[0]), _term(arguments[1], "below maximum: element")
    most = goal.right
    if not isinstance(most, Reduce) or most.kind != "max" or not _fits(most.domain, element):
        raise Rejected("below maximum: goal", goal)
    _check(goal == Relation("<=", instantiate(most.body, element), most), "below maximum: goal", goal)
    return Sequent(NONE, goal)


def cancel(premises: Premises, arguments: Sequence[Argument], theorems: Theorems) -> Sequent:
    """G |- a c = b c and H |- c != 0  give  G, H |- a = b"""
    multiplied, nonzero_factor = premises
    goal, factor = _relation(arguments[0]), _term(arguments[1], "cancel: factor")
    scaled = Relation("=", Multiply((goal.left, factor)), Multiply((goal.right, factor)))
    _check(goal.kind == "=", "cancel: relation", goal.kind)
    _check(multiplied.conclusion == scaled, "cancel: product", multiplied.conclusion)
    _check(nonzero_factor.conclusion == nonzero(factor), "cancel: factor may be zero", nonzero_factor.conclusion)
    return Sequent(_union(premises), goal)


Inference = Callable[[Premises, Sequence[Argument], Theorems], Sequent]

INFERENCES: dict[str, Inference] = {
    function.__name__: function
    for function in (
        hypothesis,
        axiom,
        theorem,
        specialise,
        instance,
        generalise,
        detach,
        discharge,
        equality,
        sign,
        combine,
        compose,
        weaken,
        term_of_sum,
        maximum,
        below_maximum,
        cancel,
    )
}
"""How many premises and arguments each takes is checked by `replay.py`; an unknown inference is rejected there."""
