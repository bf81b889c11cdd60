r"""Sums over ordered indices: `\sum_{i<j}`, `\sum_{j \neq i}`, `\sum_{j=i+1}^n`, also with an index that is free.

Heads besides those of `tree.py`: `ordered` (data: the indices that it binds, then `one`, a sign and `other`; part: the
body), and `place`, an index as a number.  All indices run from the same number to n, and truth is that for small n.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from math import prod
from random import Random

from tests.adversary import planted
from tests.adversary import rewriting as r
from tests.adversary.latex import PRODUCT, Writer
from tests.adversary.texts import TRUE, Text, chain, joined
from tests.adversary.tree import (
    ONE,
    ZERO,
    Claim,
    Relation,
    Tree,
    add,
    entry,
    mul,
    neg,
    number,
    power,
    put,
    scalar,
    walk,
)

N = scalar("n")
INDICES = ("i", "j", "k", "l")
SOME = ("<", "<=", "!=", ">", ">=")
OPPOSITE = {"<": ">=", ">=": "<", "<=": ">", ">": "<=", "!=": "="}
TURNED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "!=": "!=", "=": "="}
HOLDS = {
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
    "!=": lambda one, other: one != other,
    "=": lambda one, other: one == other,
}


def place(index: str) -> Tree:
    return Tree("place", (), (index,))


def ordered(bound: tuple[str, ...], one: str, sign: str, other: str, body: Tree) -> Tree:
    return Tree("ordered", (body,), (bound, one, sign, other))


def plain(index: str, body: Tree, first: int = 1) -> Tree:
    return Tree("sum", (body,), (index, first, N))


# what it is worth


@dataclass
class World:
    """Numbers for everything: the last value of all indices, and the first."""

    random: Random
    first: int
    last: int
    entries: dict[Tree, Fraction]

    def drawn(self, name: Tree) -> Fraction:
        return self.entries.setdefault(name, Fraction(self.random.randint(-9, 9), self.random.choice((1, 1, 2))))

    def value(self, tree: Tree, at: Mapping[str, int]) -> Fraction:
        """The number that a tree stands for."""
        places = range(self.first, self.last + 1)
        match tree.head, tree.parts, tree.data:
            case "number", _, (value,):
                return Fraction(value)
            case "scalar", _, ("n",):
                return Fraction(self.last)
            case "scalar", _, _:
                return self.drawn(tree)
            case "place", _, (index,):
                return Fraction(at[index])
            case "entry", _, (name, *indices):
                return self.drawn(entry(name, *(str(at[index]) for index in indices)))
            case "add", parts, _:
                return sum((self.value(part, at) for part in parts), Fraction(0))
            case "mul", parts, _:
                return prod((self.value(part, at) for part in parts), start=Fraction(1))
            case "neg", (part,), _:
                return -self.value(part, at)
            case "pow", (base, exponent), _:
                return self.value(base, at) ** int(self.value(exponent, at))
            case "sum", (body,), (index, first, last):
                ends = range(first, int(self.value(last, at)) + 1)
                return sum((self.value(body, {**at, index: found}) for found in ends), Fraction(0))
            case "ordered", (body,), (bound, one, sign, other):
                everywhere = [dict(at)]
                for index in bound:
                    everywhere = [{**found, index: n} for found in everywhere for n in places]
                chosen = [found for found in everywhere if HOLDS[sign](found[one], found[other])]
                return sum((self.value(body, found) for found in chosen), Fraction(0))
        raise AssertionError(tree.head)

    def truth(self, relation: Relation) -> bool:
        """Whether a relation holds for all values of what is free in it."""
        names = sorted(free(relation.left) | free(relation.right))
        everywhere: list[dict[str, int]] = [{}]
        for index in names:
            everywhere = [{**at, index: n} for at in everywhere for n in range(self.first, self.last + 1)]
        gaps = [self.value(relation.left, at) - self.value(relation.right, at) for at in everywhere]
        test = {"=": lambda g: g == 0, "!=": lambda g: g != 0, "<": lambda g: g < 0, "<=": lambda g: g <= 0,
                ">": lambda g: g > 0, ">=": lambda g: g >= 0}[relation.sign]  # fmt: skip
        return all(map(test, gaps))


def truths(relation: Relation, first: int, random: Random) -> list[bool]:
    return [World(random, first, last, {}).truth(relation) for last in (2, 3, 4, first + 1, 3, 2)]


def free(tree: Tree) -> frozenset[str]:
    """The indices that are free in a tree."""
    if tree.head in ("entry", "place"):
        return frozenset(tree.data[tree.head == "entry" :])
    inside = frozenset[str]().union(*map(free, tree.parts))
    match tree.head, tree.data:
        case "sum", (index, _, _):
            return inside - {index}
        case "ordered", (bound, one, _, other):
            return (inside | {one, other}) - {*bound}
    return inside


def renamed(tree: Tree, names: Mapping[str, str]) -> Tree:
    """The tree with other names for its indices, bound or free."""
    data = tree.data
    if tree.head in ("place", "sum"):
        data = (names.get(data[0], data[0]), *data[1:])
    elif tree.head == "entry":
        data = (data[0], *(names.get(index, index) for index in data[1:]))
    elif tree.head == "ordered":
        bound, one, sign, other = data
        data = (tuple(names.get(b, b) for b in bound), names.get(one, one), sign, names.get(other, other))
    return replace(tree, parts=tuple(renamed(part, names) for part in tree.parts), data=data)


def bound_in(tree: Tree) -> set[str]:
    found: set[str] = set()
    for _, node in walk(tree):
        if node.head in ("sum", "ordered"):
            found |= {node.data[0]} if node.head == "sum" else {*node.data[0]}
    return found


def unused(*trees: Tree) -> str | None:
    """An index that occurs in none of the trees."""
    taken = frozenset[str]().union(*(free(tree) | bound_in(tree) for tree in trees))
    return next((index for index in INDICES if index not in taken), None)


# sound rewriting


def turn(tree: Tree, random: Random) -> Tree | None:
    """i < j is j > i; and the names of two bound indices do not matter"""
    match tree:
        case Tree("ordered", (body,), (bound, one, sign, other)):
            if len(bound) == 2 and random.random() < 0.5 and bound_in(body).isdisjoint(bound):
                return renamed(tree, {one: other, other: one})
            return ordered(bound, other, TURNED[sign], one, body)
    return None


def split(tree: Tree, random: Random, first: int) -> Tree | None:
    """i != j where i < j or i > j; i <= j where i < j or i = j"""
    match tree:
        case Tree("ordered", (body,), (bound, one, "!=", other)):
            return add(ordered(bound, one, "<", other, body), ordered(bound, one, ">", other, body))
        case Tree("ordered", (body,), (bound, one, "<=" | ">=" as sign, other)) if one not in bound_in(body):
            inner = at(body, bound[-1], one if bound[-1] == other else other)
            rest = inner if len(bound) == 1 else plain(bound[0], inner, first)
            return add(ordered(bound, one, sign[0], other, body), rest)
    return None


def at(body: Tree, old: str, new: str) -> Tree:
    return renamed(body, {old: new})


def without(tree: Tree, random: Random, first: int) -> Tree | None:
    """All but those that are left out"""
    match tree:
        case Tree("ordered", (body,), ((index,), one, sign, other)) if one not in bound_in(body):
            beside = other if index == one else one
            if beside in bound_in(body) or index in bound_in(body):
                return None
            whole = plain(index, body, first)
            if sign == "!=":
                return add(whole, neg(at(body, index, beside)))
            return add(whole, neg(ordered((index,), one, OPPOSITE[sign], other, body)))
    return None


def nest(tree: Tree, random: Random, first: int) -> Tree | None:
    """A sum over pairs as a sum of sums, in either order, and back"""
    match tree:
        case Tree("ordered", (body,), ((_, _) as bound, one, sign, other)):
            outer, inner = random.sample(bound, 2)
            return plain(outer, ordered((inner,), one, sign, other, body), first)
        case Tree("sum", (Tree("ordered", (body,), ((inner,), one, sign, other)),), (outer, _, _)):
            if {one, other} == {outer, inner}:
                return ordered((one, other), one, sign, other, body)
    return None


def divide(tree: Tree, random: Random) -> Tree | None:
    """A sum over all pairs by their order"""
    match tree:
        case Tree("sum", (Tree("sum", (body,), (inner, _, _)),), (outer, _, _)):
            sign = random.choice(("<", "<="))
            both = (outer, inner)
            one, other = (ordered(both, outer, order, inner, body) for order in (sign, OPPOSITE[sign]))
            return add(one, other)
    return None


def linear(tree: Tree, random: Random) -> Tree | None:
    """Sums and factors out of a sum"""
    if tree.head not in ("sum", "ordered"):
        return None
    bound = {tree.data[0]} if tree.head == "sum" else {*tree.data[0]}
    (body,) = tree.parts
    match body.head, body.parts:
        case "add", parts:
            return add(*(replace(tree, parts=(part,)) for part in parts))
        case "neg", (part,):
            return neg(replace(tree, parts=(part,)))
        case "mul", parts:
            outside = [part for part in parts if free(part).isdisjoint(bound)]
            inside = [part for part in parts if part not in outside]
            if outside and inside:
                return mul(*outside, replace(tree, parts=(mul(*inside),)))
    return None


def square(tree: Tree, random: Random) -> Tree | None:
    """The square of a sum, and the product of two"""
    match tree:
        case Tree("pow", (Tree("sum", (body,), (index, first, _)), exponent)) if exponent == number(2):
            other = unused(tree)
            if other is None or index in bound_in(body):
                return None
            pairs = mul(body, at(body, index, other))
            if random.random() < 0.5:
                rest = ordered((index, other), index, "!=", other, pairs)
            else:
                rest = mul(number(2), ordered((index, other), index, random.choice("<>"), other, pairs))
            return add(plain(index, power(body, 2), first), rest)
        case Tree("mul", (Tree("sum", (body,), (index, first, _)), Tree("sum", (more,), (second, _, _)))):
            other = unused(tree) if index == second else second
            if other is None or index in bound_in(body) or second in bound_in(more):
                return None
            return plain(index, plain(other, mul(body, at(more, second, other)), first), first)
    return None


RULES = (
    turn,
    turn,
    split,
    without,
    nest,
    nest,
    divide,
    linear,
    linear,
    square,
    square,
    r.commute,
    r.distribute,
    r.flatten,
)


# claims


def factor(random: Random, i: str, j: str) -> Tree:
    """What a sum over pairs may have in it."""
    return random.choice(
        (
            mul(entry("a", i), entry("a", j)), mul(entry("a", i), entry("b", j)), entry("w", i, j),
            power(add(entry("a", i), neg(entry("a", j))), 2), mul(entry("w", i, j), entry("a", j)),
            add(entry("w", i, j), entry("w", j, i)), mul(place(i), entry("a", j)), entry("a", i), entry("b", j),
            mul(scalar("c"), entry("a", j)), add(entry("a", i), entry("a", j)), add(place(j), neg(place(i))),
            mul(entry("w", i, j), add(entry("a", i), neg(entry("a", j)))),
        )
    )  # fmt: skip


def start(random: Random, first: int) -> Tree:
    i, j, k = random.sample(INDICES[:3], 3)
    body, sign, more = factor(random, i, j), random.choice(SOME), random.choice(SOME)
    over = partial(plain, first=first)
    pairs, one = ordered((i, j), i, sign, j, body), ordered((j,), j, sign, i, body)
    a, b = entry("a", i), entry("b", j)
    alone = random.choice((a, mul(place(i), a)))
    three = mul(entry("a", j), ordered((k,), k, more, j, entry("b", k)))
    return random.choice(
        (
            pairs, pairs, one, one, over(i, one), over(i, over(j, body)), power(over(i, alone), 2),
            mul(over(i, a), over(j, b)), add(pairs, over(i, power(a, 2))),
            over(i, mul(entry("b", i), ordered((j,), j, sign, i, entry("a", j)))),
            ordered((i, j), i, sign, j, over(k, mul(entry("w", i, k), entry("w", j, k)))),
            ordered((j,), j, sign, i, three),
        )
    )  # fmt: skip


def known(random: Random, first: int) -> Relation | None:
    """Identities and bounds that no rewriting makes."""
    i, j = random.sample(INDICES[:3], 2)
    a, other = entry("a", i), entry("a", j)
    gap = power(add(a, neg(other)), 2)
    whole = plain(i, power(a, 2), first)
    many = N if first == 1 else add(N, ONE)
    spread = add(mul(many, whole), neg(power(plain(i, a, first), 2)))
    pairs = ordered((i, j), i, random.choice("<>"), j, gap)
    both = mul(number(2), ordered((i, j), i, "<", j, mul(a, other)))
    return random.choice(
        (
            Relation(pairs, "=", spread), Relation(ordered((i, j), i, "!=", j, gap), "=", mul(number(2), spread)),
            Relation(ordered((i, j), i, "<", j, ONE), "=", mul(number(Fraction(1, 2)), many, add(many, neg(ONE)))),
            Relation(ordered((i, j), i, "!=", j, ONE), "=", mul(many, add(many, neg(ONE)))),
            Relation(pairs, ">=", ZERO), Relation(both, "<=", mul(add(many, neg(ONE)), whole)),
            Relation(ordered((i, j), i, "<", j, add(a, other)), "=", mul(add(many, neg(ONE)), plain(i, a, first))),
            Relation(ordered((i, j), i, "!=", j, a), "=", mul(add(many, neg(ONE)), plain(i, a, first))),
        )
    )  # fmt: skip


def relation(random: Random, first: int) -> Relation:
    """What is true."""
    if random.random() < 0.2:
        found = known(random, first)
        return replace(found, right=r.rewritten(found.right, (r.commute, turn, linear), 1, random, 40))
    rules = [partial(rule, first=first) if rule in (split, without, nest) else rule for rule in RULES]
    left = start(random, first)
    return Relation(left, "=", r.rewritten(left, rules, random.randint(1, 4), random, 45))


# errors


def another_order(tree: Tree, random: Random) -> tuple[str, Tree] | None:
    """Another order, an index for the other, a sum that has all."""
    match tree:
        case Tree("ordered", (body,), (bound, one, sign, other)):
            kind = random.choice(("order", "order", "index", "missing condition"))
            if kind == "order":
                new = random.choice([s for s in TURNED if s not in (sign, "=")])
                return kind, ordered(bound, one, new, other, body)
            if kind == "index":
                return kind, replace(tree, parts=(renamed(body, {one: other, other: one}),))
            return kind, plain(bound[0], body) if len(bound) == 1 else plain(one, plain(other, body))
        case Tree("entry", _, (name, *indices)):
            return "index", entry(name, *(random.choice(INDICES[:3]) for _ in indices))
    return None


def wrong(found: Relation, random: Random) -> tuple[str, Relation] | None:
    """One error."""
    if random.random() < 0.4:
        of_numbers = planted.plant(Claim(found), random)
        return of_numbers and (of_numbers[0], of_numbers[1].relation)
    side = random.choice(("left", "right", "right"))
    whole: Tree = getattr(found, side)
    path, part = random.choice(list(walk(whole)))
    error = another_order(part, random)
    return error and (error[0], replace(found, **{side: put(whole, path, error[1])}))


# how it is written

SIGNS = {"<": ("<",), ">": (">",), "<=": (r"\le", r"\leq"), ">=": (r"\ge", r"\geq"), "!=": (r"\neq", r"\ne")}


class Style(Writer):
    """Writes sums over ordered indices as well; `fixed` are the indices that the prose speaks of."""

    first: int = 1
    fixed: bool = False

    def written(self, tree: Tree) -> str:
        match tree:
            case Tree("place", _, (index,)):
                return str(index)
            case Tree("ordered", (body,), (bound, one, sign, other)):
                inner = self.at(body, PRODUCT)
                marks = {n.data[1] for _, n in walk(body) if n.head == "entry" and n.data[0] in ("a", "b")}
                if len(bound) == 1:
                    return f"{self._single(bound[0], one, sign, other)} {inner}"
                return f"{self._pairs(one, sign, other, {one, other} & marks)} {inner}"
        return super().written(tree)

    def _single(self, index: str, one: str, sign: str, other: str) -> str:
        """A sum over one of two indices."""
        beside = other if index == one else one
        sign = sign if index == one else TURNED[sign]
        sign_text = self.random.choice(SIGNS[sign])
        forms = []
        if sign == "!=":
            forms.append(rf"\sum_{{\substack{{{index}={self.first} \\ {index} {sign_text} {beside}}}}}^n")
        else:
            step = {">": f"{beside}+1", ">=": beside, "<": f"{beside}-1", "<=": beside}[sign]
            ends = (step, "n") if sign in (">", ">=") else (self.first, step)
            forms.append(rf"\sum_{{{index}={ends[0]}}}^{{{ends[1]}}}")
        if self.fixed:
            forms.append(rf"\sum_{{{index} {sign_text} {beside}}}")
            forms.append(rf"\sum_{{{index} : {index} {sign_text} {beside}}}")
        return self.random.choice(forms)

    def _pairs(self, one: str, sign: str, other: str, marks: set[str]) -> str:
        """A sum over both; where its ends are not written, it is seen from what has such indices."""
        sign_text = self.random.choice(SIGNS[sign])
        forms = [rf"\sum_{{{one}, {other} : {one} {sign_text} {other}}}"] if marks else []
        forms += [rf"\sum_{{{one} {sign_text} {other}}}"] * 2 if len(marks) == 2 else []
        if sign in ("<", "<="):
            forms.append(rf"\sum_{{{self.first} \leq {one} {sign_text} {other} \leq n}}")
        outer, inner = (one, other) if self.random.random() < 0.5 else (other, one)
        fixed, self.fixed = self.fixed, True
        forms.append(rf"\sum_{{{outer}={self.first}}}^n {self._single(inner, one, sign, other)}")
        self.fixed = fixed
        return self.random.choice(forms)


def text(random: Random, wanted: bool) -> Text | None:
    """A document whose claim is true as `wanted`."""
    first = random.choice((1, 1, 1, 0))
    found, kind = relation(random, first), TRUE
    if not wanted:
        error = wrong(found, random)
        if error is None:
            return None
        kind, found = error
    sides = (found.left, found.right)
    if found.left == found.right or any(bound_in(side) & (free(found.left) | free(found.right)) for side in sides):
        return None
    if any(node.head == "prod" for side in sides for _, node in walk(side)):
        return None
    try:
        holds = all(truths(found, first, random))
    except ZeroDivisionError:
        return None
    if holds is not wanted:
        return None
    style = Style(random, random.choice((("(", ")"), (r"\left(", r"\right)"))))
    names = sorted(free(found.left) | free(found.right))
    style.first, style.fixed = first, not names or random.random() < 0.5
    prose = [rf"Let $a_{first}, \ldots, a_n$ and $b_{first}, \ldots, b_n$ be numbers."]
    if names and style.fixed:
        prose.append("Let " + ", ".join(f"${name}$" for name in names) + " be fixed.")
    return Text(kind, joined(*prose, chain(random, *style.row(found))))
