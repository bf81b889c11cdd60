"""Derivatives by a number or an entry, of what is written and of sums over an index."""

from __future__ import annotations

from random import Random

from tests.adversary import calculus
from tests.adversary import languages as of
from tests.adversary import rewriting as r
from tests.adversary.programs import derivative
from tests.adversary.texts import Text
from tests.adversary.tree import (
    ONE,
    ZERO,
    Claim,
    Relation,
    Tree,
    add,
    div,
    entry,
    exp,
    ln,
    mul,
    neg,
    number,
    power,
    scalar,
)


def body(random: Random, by: Tree, others: list[Tree]) -> Tree:
    """A function of `by` and of others."""
    a, b = random.sample(others, 2)
    inner = random.choice((mul(a, by), add(by, a), power(by, 2), by, add(mul(a, by), b)))
    logistic = add(ONE, exp(inner))
    outer = random.choice((exp(inner), power(inner, random.randint(2, 4)), ln(logistic), div(b, logistic)))
    both = (mul(by, outer), mul(outer, exp(neg(by))), div(outer, add(ONE, power(by, 2))))
    return random.choice((outer, outer, add(mul(b, by), outer), *both))


def claim(random: Random) -> Claim:
    """What is true."""
    if random.random() < 0.4:
        i, j = random.sample(("i", "j", "k"), 2)
        inside = [entry("y", i), scalar("a"), scalar("b"), number(3)]
        function = body(random, entry("x", i), inside)
        found = derivative(function, entry("x", i)) or ZERO
        whole, by = Tree("sum", (function,), (i, 1, scalar("n"))), entry("x", j)
        found = at(found, i, j)
    else:
        names = of.names(random, 3)
        by, whole = names[0], body(random, names[0], [*names[1:], number(2)])
        found = derivative(whole, by) or ZERO
    right = r.rewritten(found, r.ALGEBRA, random.randint(0, 3), random)
    return Claim(Relation(Tree("slope", (whole, by)), "=", right))


def at(tree: Tree, old: str, new: str) -> Tree:
    """The tree at another index."""
    if tree.head == "entry":
        return entry(tree.data[0], *(new if index == old else index for index in tree.data[1:]))
    return Tree(tree.head, tuple(at(part, old, new) for part in tree.parts), tree.data)


def text(random: Random, wanted: bool) -> Text | None:
    """A document whose claim is true as `wanted`."""
    return calculus.text(claim(random), random, wanted)
