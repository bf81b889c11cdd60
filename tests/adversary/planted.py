"""The errors that people make, in the order of how often published text has them.

Each takes a subtree and what else occurs in the claim, and gives a wrong one, or None where it does not apply.  That
what comes out is wrong is for `models.witness` to show.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.adversary.rules_of_chance import ROLES
from tests.adversary.tree import (
    Claim,
    Relation,
    Tree,
    add,
    exp,
    is_weight,
    ln,
    mul,
    neg,
    number,
    power,
    put,
    scalar,
    walk,
)
from tests.adversary.values import role

Around = list[Tree]
"""All nodes of a claim: other names are taken from it."""

Error = Callable[[Tree, Around, Random], Tree | None]
ATOMS = ("scalar", "rv", "entry", "matrix")


def sign(tree: Tree, around: Around, random: Random) -> Tree | None:
    if tree.head == "neg":
        return tree.parts[0]
    if tree.head == "add":
        place = random.randrange(len(tree.parts))
        part = tree.parts[place]
        return put(tree, (place,), part.parts[0] if part.head == "neg" else neg(part))
    return neg(tree) if tree.head in ("mul", "div", "pow") else None


def index(tree: Tree, around: Around, random: Random) -> Tree | None:
    """Another index, or two of them exchanged."""
    if tree.head == "prob":
        return another_variable(tree, random)
    if tree.head != "entry":
        return None
    name, *indices = tree.data
    if len(indices) > 1 and random.random() < 0.5:
        return Tree("entry", (), (name, *reversed(indices)))
    others = {n.data[0] for n in around if n.head in ("sum", "prod")} - set(indices)
    if not others:
        return None
    indices[random.randrange(len(indices))] = random.choice(sorted(others))
    return Tree("entry", (), (name, *indices))


def another_variable(tree: Tree, random: Random) -> Tree | None:
    """One variable of a distribution for another, where the other does not stand there."""
    name, outcomes, given = tree.data
    free = [v for v in ROLES[name] if v not in map(role, (*outcomes, *given))]
    if not free:
        return None
    old = random.choice((*outcomes, *given))
    new = random.choice(free)
    swap = lambda names: tuple(sorted(new if v == old else v for v in names))  # noqa: E731
    return Tree("prob", (), (name, swap(outcomes), swap(given)))


def variable(tree: Tree, around: Around, random: Random) -> Tree | None:
    """One name for another of the same kind."""
    if tree.head in ("entropy", "info"):
        return another_entropy(tree, random)
    if tree.head not in ATOMS:
        return None
    alike = {n for n in around if n.head == tree.head and len(n.data) == len(tree.data) and n.data[0] != tree.data[0]}
    if tree.head in ("matrix", "entry"):
        alike = {n for n in alike if n.data[1:] == tree.data[1:]}
    return random.choice(sorted(alike, key=repr)) if alike else None


def another_entropy(tree: Tree, random: Random) -> Tree | None:
    name, *names = tree.data
    roles = ROLES[name]
    turned = dict(zip(roles, (*roles[1:], roles[0]), strict=True))
    return Tree(tree.head, (), (name, *(tuple(sorted(turned[v] for v in group)) for group in names)))


def missing_factor(tree: Tree, around: Around, random: Random) -> Tree | None:
    if tree.head == "mul":
        place = random.randrange(len(tree.parts))
        return mul(*tree.parts[:place], *tree.parts[place + 1 :])
    return tree.parts[0] if tree.head == "div" and random.random() < 0.5 else None


def extra_factor(tree: Tree, around: Around, random: Random) -> Tree | None:
    if tree.head not in ("mul", "div", "pow", "scalar", "mean", "trace", "entropy"):
        return None
    names = [n for n in around if n.head == "scalar"]
    return mul(random.choice((number(2), *names)), tree)


def parentheses(tree: Tree, around: Around, random: Random) -> Tree | None:
    """a (b + c) as a b + c, (a + b)^2 as a + b^2, ln(a b) as ln(a) b, sum (f + g) as sum f + g."""
    match tree:
        case Tree("mul", (*before, Tree("add", (first, *rest)))):
            return add(mul(*before, first), *rest)
        case Tree("neg", (Tree("add", (first, *rest)),)):
            return add(neg(first), *rest)
        case Tree("pow", (Tree("add", (*rest, last)), exponent)):
            return add(*rest, power(last, exponent))
        case Tree("pow", (Tree("mul", (*rest, last)), exponent)):
            return mul(*rest, power(last, exponent))
        case Tree("ln" | "exp" as head, (Tree("mul" | "add" as inner, (first, *rest)),)):
            return Tree(inner, (Tree(head, (first,)), *rest))
        case Tree("mean" | "trace" as head, (Tree("add", (first, *rest)),)) if head == "mean":
            return add(Tree(head, (first,)), *rest) if all(p.head not in ("rv",) for p in rest) else None
        case Tree("div", (Tree("add", (first, *rest)), below)):
            return add(first, *rest[:-1], Tree("div", (rest[-1], below)))
    return None


def wrong_function(tree: Tree, around: Around, random: Random) -> Tree | None:
    match tree.head, tree.parts:
        case "ln", (inner,):
            return random.choice((exp(inner), inner))
        case "exp", (inner,):
            return random.choice((ln(inner), inner))
        case "sqrt", (inner,):
            return power(inner, 2)
        case "var", (inner,):
            return Tree("mean", (inner,))
        case "sum", _:
            return Tree("prod", tree.parts, tree.data)
        case "prod", _:
            return Tree("sum", tree.parts, tree.data)
        case "trace", (inner,):
            return Tree("det", (inner,))
        case "kl", (one, other):
            return Tree("cross", (one, other)) if one.head == other.head == "prob" else None
        case "info", _:
            name, one, other, given = tree.data
            return Tree("entropy", (), (name, tuple(sorted((*one, *other))), given))
    return None


def wrong_power(tree: Tree, around: Around, random: Random) -> Tree | None:
    if tree.head != "pow":
        return None
    base, exponent = tree.parts
    if exponent.head == "number":
        value = exponent.data[0]
        return random.choice((base, power(base, value + 1), power(base, -value)))
    return base


def transpose_or_inverse(tree: Tree, around: Around, random: Random) -> Tree | None:
    if tree.head in ("transpose", "inverse"):
        return random.choice((tree.parts[0], Tree("inverse" if tree.head == "transpose" else "transpose", tree.parts)))
    if tree.head == "matrix":
        return random.choice((Tree("transpose", (tree,)), Tree("inverse", (tree,))))
    return None


def limits(tree: Tree, around: Around, random: Random) -> Tree | None:
    if tree.head == "total" and len(tree.data) > 1:
        return replace(tree, data=tree.data[:-1])
    if tree.head not in ("sum", "prod"):
        return None
    name, first, last = tree.data
    others = [s for s in ("n", "m") if last != scalar(s)]
    changed = ((name, first - 1, last), (name, first + 1, last), (name, first, add(last, neg(number(1)))))
    data = random.choice((*changed, *((name, first, scalar(s)) for s in others)))
    return replace(tree, data=data)


def swapped(tree: Tree, around: Around, random: Random) -> Tree | None:
    """a/b as b/a, a^b as b^a, P(y | x) as P(x | y), KL(p, q) as KL(q, p), A B as B A."""
    match tree.head, tree.parts, tree.data:
        case "div" | "kl" | "cross", (one, other), _:
            return Tree(tree.head, (other, one))
        case "pow", (one, other), _ if other.head != "number":
            return Tree("pow", (other, one))
        case "prob" | "entropy" as head, _, (name, outcomes, given) if given:
            return Tree(head, (), (name, given, outcomes))
        case "mul", (*before, one, other), _:
            return mul(*before, other, one)
    return None


def missing_term(tree: Tree, around: Around, random: Random) -> Tree | None:
    if tree.head != "add":
        return None
    place = random.randrange(len(tree.parts))
    return add(*tree.parts[:place], *tree.parts[place + 1 :])


def missing_condition(tree: Tree, around: Around, random: Random) -> Tree | None:
    if tree.head not in ("prob", "entropy") or not tree.data[2]:
        return None
    return Tree(tree.head, (), (tree.data[0], tree.data[1], tree.data[2][:-1]))


ERRORS: dict[str, tuple[int, Error]] = {
    "sign": (20, sign),
    "index": (16, index),
    "wrong variable": (14, variable),
    "missing factor": (10, missing_factor),
    "extra factor": (6, extra_factor),
    "parentheses": (9, parentheses),
    "wrong function": (7, wrong_function),
    "wrong power": (7, wrong_power),
    "transpose or inverse": (7, transpose_or_inverse),
    "limits": (4, limits),
    "swapped arguments": (6, swapped),
    "missing term": (6, missing_term),
    "missing condition": (4, missing_condition),
}
"""Kinds with their weights.  `relation` and `hypothesis` stand apart, since they change no tree."""

OF_CLAIMS = {"relation": 4, "missing hypothesis": 3}
TURNED = {"=": ("<", ">"), "<=": (">=", ">"), ">=": ("<=", "<"), "<": (">=", ">"), ">": ("<=", "<")}
ATTEMPTS = 30


def plant(claim: Claim, random: Random) -> tuple[str, Claim] | None:
    """The claim with one error in it, and the kind of error."""
    kinds = {kind: weight for kind, (weight, _) in ERRORS.items()} | OF_CLAIMS
    for _ in range(ATTEMPTS):
        (kind,) = random.choices(list(kinds), list(kinds.values()))
        found = in_claim(claim, kind, random) if kind in OF_CLAIMS else in_tree(claim, kind, random)
        if found is not None:
            return kind, found
    return None


def in_tree(claim: Claim, kind: str, random: Random) -> Claim | None:
    """One error in one of the sides."""
    error = ERRORS[kind][1]
    around = [node for tree in claim.trees() for _, node in walk(tree)]
    side = random.choice(("left", "right", "right"))
    whole: Tree = getattr(claim.relation, side)
    places = list(walk(whole))
    random.shuffle(places)
    for path, part in places:
        new = error(part, around, random)
        if new is not None and new != part and (not is_weight(whole, path) or _samples_the_same(part, new)):
            return replace(claim, relation=replace(claim.relation, **{side: put(whole, path, new)}))
    return None


def _samples_the_same(part: Tree, new: Tree) -> bool:
    """True of distributions over the same variables: an expectation is written with its distribution alone."""
    return part.head == new.head == "prob" and set(part.data[1]) == set(new.data[1])


def in_claim(claim: Claim, kind: str, random: Random) -> Claim | None:
    """The relation turned round, or a hypothesis left out."""
    relation = claim.relation
    if kind == "relation":
        sign = random.choice(TURNED[relation.sign])
        return replace(claim, relation=Relation(relation.left, sign, relation.right))
    if not claim.hypotheses:
        return None
    place = random.randrange(len(claim.hypotheses))
    return replace(claim, hypotheses=claim.hypotheses[:place] + claim.hypotheses[place + 1 :])
