"""Integrals between two ends of powers, exponentials and logarithms, whose values are known by an antiderivative."""

from __future__ import annotations

from random import Random

from tests.adversary import calculus
from tests.adversary import rewriting as r
from tests.adversary.texts import Text
from tests.adversary.tree import (
    ONE,
    TWO,
    ZERO,
    Claim,
    Relation,
    Tree,
    add,
    div,
    exp,
    ln,
    mul,
    neg,
    number,
    power,
    scalar,
    walk,
)

X = scalar("x")


def integral(lower: Tree, upper: Tree, body: Tree) -> Tree:
    return Tree("integral", (lower, upper, body), ("x",))


def mentions(tree: Tree) -> bool:
    return any(node == X for _, node in walk(tree))


def linear(tree: Tree, random: Random) -> Tree | None:
    """Sums, constant factors, and both ends exchanged"""
    if tree.head != "integral":
        return None
    lower, upper, body = tree.parts
    match body.head, body.parts:
        case "add", parts:
            return add(*(integral(lower, upper, part) for part in parts))
        case "neg", (inner,):
            return neg(integral(lower, upper, inner))
        case "mul", parts if not all(map(mentions, parts)):
            inside = [part for part in parts if mentions(part)] or [ONE]
            return mul(*(part for part in parts if not mentions(part)), integral(lower, upper, mul(*inside)))
    return neg(integral(upper, lower, body)) if random.random() < 0.3 else None


RULES = (linear, linear, *r.ALGEBRA)


def term(random: Random, rate: Tree) -> tuple[Tree, Tree, bool]:
    """A function, an antiderivative, and whether its ends have to be positive."""
    degree = random.randint(1, 4)
    forms = (
        (power(X, degree), div(power(X, degree + 1), number(degree + 1)), False),
        (exp(mul(rate, X)), div(exp(mul(rate, X)), rate), False),
        (ONE, X, False),
        (div(ONE, X), ln(X), True),
        (power(X, -2), neg(div(ONE, X)), True),
        (mul(X, exp(mul(rate, X))), mul(exp(mul(rate, X)), add(div(X, rate), neg(div(ONE, power(rate, 2))))), False),
        (ln(X), add(mul(X, ln(X)), neg(X)), True),
        (power(add(X, neg(rate)), 2), div(power(add(X, neg(rate)), 3), number(3)), False),
    )
    return random.choice(forms)


def replaced(tree: Tree, new: Tree) -> Tree:
    if tree == X:
        return new
    return Tree(tree.head, tuple(replaced(part, new) for part in tree.parts), tree.data)


def claim(random: Random) -> Claim:
    """What is true."""
    a, b, c, k = (scalar(name) for name in ("a", "b", "c", "k"))
    body, whole, positive = term(random, k)
    more, other, needs = term(random, k)
    lower, upper = random.choice(((a, b), (a, b), (ZERO, b), (ONE, b), (a, TWO), (b, a), (ZERO, ONE)))
    positive, two = positive or needs, random.random() < 0.5
    if positive and ZERO in (lower, upper):
        lower = ONE
    if not two:
        more, other = ZERO, ZERO
    inner, outer = (add(body, mul(c, more)), add(whole, mul(c, other))) if two else (body, whole)
    nonzero = [Relation(k, "!=", ZERO)]
    order = [Relation(end, ">", ZERO) for end in (lower, upper) if end.head == "scalar"] if positive else []
    left = integral(lower, upper, inner)
    if random.random() < 0.2:
        square = integral(a, b, power(add(X, neg(k)), 2))
        return Claim(Relation(square, ">=", ZERO), (Relation(a, "<", b),))
    if random.random() < 0.2:
        right = add(integral(lower, c, inner), integral(c, upper, inner))
        order += [Relation(c, ">", ZERO)] if positive else []
    else:
        right = add(replaced(outer, upper), neg(replaced(outer, lower)))
    left = r.rewritten(left, RULES, random.randint(0, 2), random, 40)
    right = r.rewritten(right, RULES, random.randint(0, 2), random, 60)
    return Claim(Relation(left, "=", right), (*nonzero, *order))


def text(random: Random, wanted: bool) -> Text | None:
    """A document whose claim is true as `wanted`."""
    return calculus.text(claim(random), random, wanted)
