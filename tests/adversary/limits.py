"""Limits of quotients, powers and exponentials."""

from __future__ import annotations

from random import Random

from tests.adversary import calculus
from tests.adversary import rewriting as r
from tests.adversary.calculus import INFINITY
from tests.adversary.texts import Text
from tests.adversary.tree import ONE, TWO, ZERO, Claim, Relation, Tree, add, div, exp, ln, mul, neg, power, scalar

X = scalar("x")


def limit(goal: Tree, body: Tree) -> Tree:
    return Tree("limit", (goal, body), ("x",))


def claim(random: Random) -> Claim:
    """What is true."""
    a, b, c, k = (scalar(name) for name in ("a", "b", "c", "k"))
    positive, nonzero = (Relation(k, ">", ZERO),), (Relation(k, "!=", ZERO),)
    fall = exp(neg(mul(k, X)))
    forms: tuple[tuple[Tree, Tree, Tree, tuple[Relation, ...]], ...] = (
        (INFINITY, fall, ZERO, positive),
        (INFINITY, add(a, mul(b, fall)), a, positive),
        (INFINITY, mul(power(X, 2), fall), ZERO, positive),
        (INFINITY, div(add(mul(a, X), b), add(mul(k, X), c)), div(a, k), nonzero),
        (INFINITY, div(a, X), ZERO, ()),
        (INFINITY, div(ONE, add(ONE, fall)), ONE, positive),
        (INFINITY, mul(add(ONE, neg(fall)), c), c, positive),
        (a, add(power(X, 2), mul(b, X)), add(power(a, 2), mul(b, a)), ()),
        (a, div(add(power(X, 2), neg(power(a, 2))), add(X, neg(a))), mul(TWO, a), ()),
        (ZERO, div(add(power(add(b, X), 2), neg(power(b, 2))), X), mul(TWO, b), ()),
        (ZERO, div(add(exp(mul(k, X)), neg(ONE)), X), k, ()),
        (ZERO, div(ln(add(ONE, mul(c, X))), X), c, ()),
        (a, exp(mul(k, X)), exp(mul(k, a)), ()),
    )
    goal, body, found, needs = random.choice(forms)
    body = r.rewritten(body, r.ALGEBRA, random.randint(0, 2), random, 40)
    return Claim(Relation(limit(goal, body), "=", r.rewritten(found, r.ALGEBRA, random.randint(0, 2), random)), needs)


def text(random: Random, wanted: bool) -> Text | None:
    """A document whose claim is true as `wanted`."""
    return calculus.text(claim(random), random, wanted)
