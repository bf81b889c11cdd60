r"""Families of random variables: `Let $X_1, \ldots, X_n$ be independent with mean $\mu$ and variance $\sigma^2$`.

Heads besides those of `tree.py` and `ordered.py`: `member` (data: the family and an index, or a number), and `bar`, the
average of a family.  Truth is that in finite spaces, in which members have two values each, and depend on each other as
the prose allows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from itertools import product
from math import prod
from random import Random

from tests.adversary import planted
from tests.adversary import rewriting as r
from tests.adversary.latex import Writer
from tests.adversary.ordered import HOLDS as ORDERS
from tests.adversary.ordered import N, linear, ordered, plain
from tests.adversary.texts import DOES_NOT, TRUE, Text, chain, joined
from tests.adversary.tree import (
    ONE,
    TWO,
    ZERO,
    Claim,
    Relation,
    Tree,
    add,
    div,
    entry,
    mul,
    neg,
    number,
    power,
    put,
    scalar,
    walk,
)

FAMILIES = ("X", "Y")
MOMENTS = {"X": (r"\mu", r"\sigma"), "Y": (r"\nu", r"\tau")}
"""The names of the means and of the roots of the variances."""
WORLDS = ("independent", "identical", "uncorrelated", "apart", "any")
"""How members depend on each other; those of one family alone are independent where they are `apart`."""
WEAKER = {
    "independent": ("uncorrelated", "apart", "any"), "identical": ("uncorrelated", "apart", "any"),
    "uncorrelated": ("any",), "apart": ("any",), "any": (),
}  # fmt: skip


def member(family: str, index: str) -> Tree:
    return Tree("member", (), (family, index))


def bar(family: str) -> Tree:
    return Tree("bar", (), (family,))


def mean(body: Tree) -> Tree:
    return Tree("mean", (body,))


def variance(body: Tree) -> Tree:
    return Tree("var", (body,))


def covariance(one: Tree, other: Tree) -> Tree:
    return Tree("cov", (one, other))


# what it is worth

Outcome = dict[tuple[str, int], Fraction]


@dataclass
class World:
    """A space, and numbers for all else."""

    random: Random
    size: int
    weights: list[Fraction]
    outcomes: list[Outcome]
    numbers: dict[Tree, Fraction]

    def value(self, tree: Tree, at: Mapping[str, int], outcome: Outcome) -> Fraction:
        """The number that a tree stands for at an outcome."""
        match tree.head, tree.parts, tree.data:
            case "number", _, (value,):
                return Fraction(value)
            case "scalar", _, ("n",):
                return Fraction(self.size)
            case "scalar", _, _:
                return self._drawn(tree)
            case "entry", _, (name, index):
                return self._drawn(entry(name, str(at[index])))
            case "member", _, (family, index):
                return outcome[family, int(index) if index.isdigit() else at[index]]
            case "bar", _, (family,):
                found = [value for (name, _), value in outcome.items() if name == family]
                return sum(found, Fraction(0)) / len(found)
            case "add", parts, _:
                return sum((self.value(part, at, outcome) for part in parts), Fraction(0))
            case "mul", parts, _:
                return prod((self.value(part, at, outcome) for part in parts), start=Fraction(1))
            case "neg", (part,), _:
                return -self.value(part, at, outcome)
            case "div", (above, below), _:
                return self.value(above, at, outcome) / self.value(below, at, outcome)
            case "pow", (base, exponent), _:
                return self.value(base, at, outcome) ** int(self.value(exponent, at, outcome))
            case "sum", (body,), (index, first, last):
                ends = range(first, int(self.value(last, at, outcome)) + 1)
                return sum((self.value(body, {**at, index: n}, outcome) for n in ends), Fraction(0))
            case "ordered", (body,), ((_, _), one, sign, other):
                pairs = [p for p in product(range(1, self.size + 1), repeat=2) if ORDERS[sign](*p)]
                return sum((self.value(body, {**at, one: p[0], other: p[1]}, outcome) for p in pairs), Fraction(0))
        return self._moment(tree, at)

    def _moment(self, tree: Tree, at: Mapping[str, int]) -> Fraction:
        """A mean, a variance or a covariance."""
        match tree.head, tree.parts:
            case "mean", (body,):
                return self._mean(body, at)
            case "var", (body,):
                return self._mean(power(body, 2), at) - self._mean(body, at) ** 2
            case "cov", (one, other):
                return self._mean(mul(one, other), at) - self._mean(one, at) * self._mean(other, at)
        raise AssertionError(tree.head)

    def _mean(self, tree: Tree, at: Mapping[str, int]) -> Fraction:
        places = zip(self.weights, self.outcomes, strict=True)
        return sum((weight * self.value(tree, at, place) for weight, place in places), Fraction(0))

    def _drawn(self, name: Tree) -> Fraction:
        return self.numbers.setdefault(name, Fraction(self.random.randint(-9, 9), self.random.choice((1, 1, 2))))

    def truth(self, relation: Relation) -> bool:
        """Whether a relation between numbers holds, for all values of what is free in it."""
        names = sorted(free(relation.left) | free(relation.right))
        for places in product(range(1, self.size + 1), repeat=len(names)):
            at = dict(zip(names, places, strict=True))
            gap = self.value(relation.left, at, {}) - self.value(relation.right, at, {})
            if not ORDERS[relation.sign](gap, 0):
                return False
        return True


def free(tree: Tree) -> frozenset[str]:
    """The indices that are free in a tree."""
    if tree.head in ("entry", "member"):
        return frozenset(index for index in tree.data[1:] if not index.isdigit())
    inside = frozenset[str]().union(*map(free, tree.parts))
    match tree.head, tree.data:
        case "sum", (index, _, _):
            return inside - {index}
        case "ordered", (bound, *_):
            return inside - {*bound}
    return inside


def world(kind: str, random: Random, families: tuple[str, ...], zero: bool) -> World:
    """A space in which no more holds than what is said."""
    size = random.choice((2, 3)) if len(families) == 1 else 2
    names = [(family, n) for family in families for n in range(1, size + 1)]
    numbers: dict[Tree, Fraction] = {}
    values: list[tuple[Fraction, Fraction]] = []
    chances: list[Fraction] = []
    shapes = {family: Fraction(random.randint(1, 5), random.randint(1, 5)) for family in families}
    for family, _ in names:
        center, root = (scalar(name) for name in MOMENTS[family])
        middle = numbers.setdefault(center, Fraction(0) if zero else Fraction(random.randint(-5, 5), 2))
        spread = numbers.setdefault(root, Fraction(random.randint(1, 6), 2))
        shape = shapes[family] if kind == "identical" else Fraction(random.randint(1, 5), random.randint(1, 5))
        values.append((middle + spread * shape, middle - spread / shape))
        chances.append(1 / (1 + shape * shape))
    places = list(product((0, 1), repeat=len(names)))
    apart = [prod(1 - p if side else p for p, side in zip(chances, place, strict=True)) for place in places]
    together = [_jointly(chances, place) for place in places]
    share = Fraction(random.randint(1, 3), 4)
    match kind:
        case "uncorrelated":
            shift = min(apart) * Fraction(random.choice((-1, 1)), 2) * (len(names) > 2)
            weights = [weight + shift * (-1) ** sum(place) for weight, place in zip(apart, places, strict=True)]
        case "apart" if len(families) == 2:
            # Each of the second family goes with one of the first.
            pairs = [(chances[n], chances[n + size]) for n in range(size)]
            both = [prod(_jointly(pairs[n], (place[n], place[n + size])) for n in range(size)) for place in places]
            weights = [share * one + (1 - share) * other for one, other in zip(both, apart, strict=True)]
        case "any":
            weights = [share * one + (1 - share) * other for one, other in zip(together, apart, strict=True)]
        case _:
            weights = apart
    outcomes = [{name: values[n][place[n]] for n, name in enumerate(names)} for place in places]
    return World(random, size, weights, outcomes, numbers)


def _jointly(chances: tuple[Fraction, ...] | list[Fraction], place: tuple[int, ...]) -> Fraction:
    """The chance of a place where everything goes by one number: each is 0 where that is below its chance."""
    lower = max((p for p, side in zip(chances, place, strict=True) if side), default=Fraction(0))
    upper = min((p for p, side in zip(chances, place, strict=True) if not side), default=Fraction(1))
    return max(upper - lower, Fraction(0))


# claims


@dataclass(frozen=True)
class Stated:
    """What is true, of how many families, and in which worlds."""

    relation: Relation
    families: tuple[str, ...]
    worlds: tuple[str, ...]


ALWAYS = WORLDS
PAIRWISE = ("independent", "identical", "uncorrelated", "apart")
"""Members of one family are uncorrelated."""
CROSSED = ("independent", "identical", "uncorrelated")
"""Those of two as well."""
MUTUAL = ("independent", "identical")


def of_one(random: Random) -> Iterator[Stated]:
    """What is true of one family."""
    family = random.choice(FAMILIES)
    i, j = random.sample(("i", "j", "k"), 2)
    center, root = (scalar(name) for name in MOMENTS[family])
    square = power(root, 2)
    x, other = member(family, i), member(family, j)
    factor, more = random.choice(((ONE, ONE), (entry("a", i), entry("a", j)), (scalar("c"), scalar("c")),
                                  (div(ONE, N), div(ONE, N))))  # fmt: skip
    times = lambda *parts: mul(*(part for part in parts if part != ONE)) if {*parts} != {ONE} else ONE  # noqa: E731
    total, weights, squares = plain(i, times(factor, x)), plain(i, factor), plain(i, power(factor, 2))
    if factor in (ONE, scalar("c"), div(ONE, N)):
        weights, squares = times(N, factor), times(N, power(factor, 2) if factor != ONE else ONE)
    rows: list[tuple[Tree, Tree, tuple[str, ...]]] = [
        (mean(total), times(center, weights), ALWAYS),
        (variance(total), times(square, squares), PAIRWISE),
        (mean(power(total, 2)), add(times(square, squares), times(power(center, 2), power(weights, 2))), PAIRWISE),
        (variance(total), plain(i, plain(j, times(factor, more, covariance(x, other)))), ALWAYS),
        (covariance(total, plain(j, times(entry("b", j), other))),
         times(square, plain(i, times(factor, entry("b", i)))), PAIRWISE),
        (mean(plain(i, power(x, 2))), mul(N, add(square, power(center, 2))), ALWAYS),
        (mean(power(x, 2)), add(square, power(center, 2)), ALWAYS),
        (variance(mul(scalar("c"), x)), mul(power(scalar("c"), 2), square), ALWAYS),
        (covariance(x, plain(j, other)), square, PAIRWISE),
        (mean(ordered((i, j), i, "!=", j, mul(x, other))), mul(N, add(N, neg(ONE)), power(center, 2)), PAIRWISE),
        (variance(plain(i, x)), add(plain(i, variance(x)), mul(TWO, ordered((i, j), i, "<", j, covariance(x, other)))),
         ALWAYS),
        (variance(bar(family)), div(square, N), PAIRWISE),
        (mean(bar(family)), center, ALWAYS),
        (covariance(x, bar(family)), div(square, N), PAIRWISE),
        (variance(add(x, neg(bar(family)))), mul(square, add(ONE, neg(div(ONE, N)))), PAIRWISE),
        (mean(plain(i, power(add(x, neg(bar(family))), 2))), mul(add(N, neg(ONE)), square), PAIRWISE),
        (mean(plain(i, power(add(x, neg(center)), 2))), mul(N, square), ALWAYS),
        (covariance(member(family, "1"), member(family, "2")), ZERO, PAIRWISE),
        (variance(add(member(family, "1"), neg(member(family, "2")))), mul(TWO, square), PAIRWISE),
        (mean(mul(member(family, "1"), member(family, "2"))), power(center, 2), PAIRWISE),
        (mean(mul(power(member(family, "1"), 2), member(family, "2"))),
         mul(add(square, power(center, 2)), center), ("independent", "identical", "apart")),
    ]  # fmt: skip
    for left, right, worlds in rows:
        yield Stated(Relation(left, "=", right), (family,), worlds)


def of_two(random: Random) -> Iterator[Stated]:
    """What is true of two."""
    i, j = random.sample(("i", "j", "k"), 2)
    mu, sigma, nu, tau = (scalar(name) for family in FAMILIES for name in MOMENTS[family])
    x, y, far = member("X", i), member("Y", i), member("Y", j)
    a = entry("a", i)
    second = mul(add(power(sigma, 2), power(mu, 2)), add(power(tau, 2), power(nu, 2)))
    rows: list[tuple[Tree, Tree, tuple[str, ...]]] = [
        (mean(plain(i, mul(x, y))), mul(N, mu, nu), CROSSED),
        (mean(plain(i, mul(a, x, y))), mul(mu, nu, plain(i, a)), CROSSED),
        (variance(plain(i, add(x, y))), mul(N, add(power(sigma, 2), power(tau, 2))), CROSSED),
        (variance(plain(i, add(x, neg(y)))), mul(N, add(power(sigma, 2), power(tau, 2))), CROSSED),
        (mean(plain(i, add(x, neg(y)))), mul(N, add(mu, neg(nu))), ALWAYS),
        (covariance(plain(i, x), plain(j, far)), ZERO, CROSSED),
        (mean(mul(plain(i, x), plain(j, far))), mul(power(N, 2), mu, nu), CROSSED),
        (variance(plain(i, mul(x, y))), mul(N, add(second, neg(mul(power(mu, 2), power(nu, 2))))), MUTUAL),
        (mean(power(plain(i, mul(x, y)), 2)),
         add(mul(N, second), mul(N, add(N, neg(ONE)), power(mu, 2), power(nu, 2))), MUTUAL),
        (covariance(x, far), ZERO, CROSSED),
        (mean(mul(power(x, 2), power(y, 2))), second, MUTUAL),
        (variance(add(plain(i, x), plain(i, mul(a, y)))),
         add(mul(N, power(sigma, 2)), mul(power(tau, 2), plain(i, power(a, 2)))), CROSSED),
        (variance(plain(i, add(x, y))), add(mul(N, power(sigma, 2)), mul(N, power(tau, 2)),
                                           mul(TWO, plain(i, plain(j, covariance(x, far))))), PAIRWISE),
    ]  # fmt: skip
    for left, right, worlds in rows:
        yield Stated(Relation(left, "=", right), FAMILIES, worlds)


def stated(random: Random) -> Stated:
    """What is true."""
    found = random.choice([*(of_one if random.random() < 0.6 else of_two)(random)])
    left, right = found.relation.left, found.relation.right
    right = r.rewritten(right, (r.commute, r.distribute, r.flatten, partial(linear)), random.randint(0, 2), random, 40)
    if random.random() < 0.3:
        left, right = right, left
    return replace(found, relation=Relation(left, "=", right))


# errors


def tempting(random: Random) -> Relation:
    """What is true of normal variables, or of few, and false of others."""
    mu, sigma, nu, tau = (scalar(name) for family in FAMILIES for name in MOMENTS[family])
    i, j = random.sample(("i", "j", "k"), 2)
    x, other, y = member("X", i), member("X", j), member("Y", i)
    return random.choice(
        (
            Relation(mean(power(x, 3)), "=", add(power(mu, 3), mul(number(3), mu, power(sigma, 2)))),
            Relation(variance(power(x, 2)), "=", mul(TWO, power(sigma, 4))),
            Relation(mean(mul(x, other)), "=", power(mu, 2)),
            Relation(covariance(x, other), "=", ZERO),
            Relation(variance(add(x, neg(other))), "=", mul(TWO, power(sigma, 2))),
            Relation(mean(power(plain(i, x), 2)), "=", mul(N, power(mu, 2))),
            Relation(variance(mul(x, y)), "=", mul(power(sigma, 2), power(tau, 2))),
            Relation(variance(plain(i, mul(x, y))), "=", mul(N, power(sigma, 2), power(tau, 2))),
            Relation(variance(mul(N, x)), "=", variance(plain(i, x))),
            Relation(mean(plain(i, plain(j, mul(x, other)))), "=", mul(power(N, 2), power(mu, 2))),
            Relation(mean(plain(i, mul(x, y))), "=", plain(i, mul(power(mu, 2), power(nu, 2)))),
            Relation(mean(power(bar("X"), 2)), "=", power(mu, 2)),
            Relation(variance(bar("X")), "=", power(sigma, 2)),
            Relation(mean(plain(i, power(add(x, neg(bar("X"))), 2))), "=", mul(N, power(sigma, 2))),
            Relation(covariance(x, bar("X")), "=", ZERO),
        )
    )


def families_in(relation: Relation) -> tuple[str, ...]:
    nodes = [node for side in (relation.left, relation.right) for _, node in walk(side)]
    return tuple(sorted({node.data[0] for node in nodes if node.head in ("member", "bar")}))


def another_member(found: Relation, random: Random) -> tuple[str, Relation] | None:
    """One error: another index, another moment, a square more."""
    side = random.choice(("left", "right", "right"))
    whole: Tree = getattr(found, side)
    path, part = random.choice(list(walk(whole)))
    match part.head, part.data, part.parts:
        case "member", (family, index), _:
            names = [*(free(found.left) | free(found.right)), "1", index]
            new = member(random.choice(families_in(found)), random.choice(sorted(names)))
            return "wrong variable", replace(found, **{side: put(whole, path, new if family else part)})
        case "cov", _, (one, _):
            return "wrong function", replace(found, **{side: put(whole, path, variance(one))})
        case "var", _, (one,):
            return "wrong function", replace(found, **{side: put(whole, path, mean(power(one, 2)))})
    of_numbers = planted.plant(Claim(found), random)
    return of_numbers and (of_numbers[0], of_numbers[1].relation)


# how it is written


class Style(Writer):
    """Writes members and averages."""

    def written(self, tree: Tree) -> str:
        match tree:
            case Tree("member", _, (family, index)):
                return f"{family}_{index}" if self.random.random() < 0.8 else f"{family}_{{{index}}}"
            case Tree("bar", _, (family,)):
                return rf"\bar{{{family}}}"
            case Tree("ordered", (body,), (_, one, sign, other)):
                order = {"!=": r"\neq", "<": "<", ">": ">", "<=": r"\leq", ">=": r"\geq"}[sign]
                return rf"\sum_{{{one} {order} {other}}} {self.bracketed(self.written(body))}"
        return super().written(tree)


WORDS = {
    "independent": ("independent", "mutually independent", "independent random variables"),
    "identical": ("i.i.d.", "independent and identically distributed"),
    "uncorrelated": ("uncorrelated", "uncorrelated random variables"),
    "any": ("random variables",),
}


def prose(kind: str, families: tuple[str, ...], zero: bool, random: Random) -> list[str]:
    """What is said of the families."""
    listed = [rf"$ {family}_1, \ldots, {family}_n $".replace("$ ", "$").replace(" $", "$") for family in families]

    def moments(family: str) -> str:
        center, root = MOMENTS[family]
        return f"mean ${'0' if zero else center}$ and variance ${root}^2$"

    if kind == "apart" or (len(families) == 2 and kind == "identical"):
        word = WORDS["identical" if kind == "identical" else "independent"]
        said = [
            f"Let {names} be {random.choice(word)} with {moments(f)}."
            for names, f in zip(listed, families, strict=True)
        ]
        return said if kind == "apart" else [*said, f"Let {' and '.join(listed)} be independent."]
    word = random.choice(WORDS[kind])
    if len(families) == 1:
        return [f"Let {listed[0]} be {word} with {moments(families[0])}."]
    each = [f"Let ${f}_i$ have {moments(f)}." for f in families]
    return [f"Let {' and '.join(listed)} be {word}.", *each]


def spaces(kind: str, found: Relation, families: tuple[str, ...], zero: bool, random: Random) -> Iterator[bool]:
    for _ in range(5):
        yield world(kind, random, families, zero).truth(found)


def text(random: Random, wanted: bool) -> Text | None:
    """A document whose claim is true as `wanted`."""
    claimed, zero = stated(random), random.random() < 0.15
    found, families, kind = claimed.relation, claimed.families, TRUE
    said = random.choice(claimed.worlds)
    if not wanted:
        way = random.random()
        if way < 0.15:
            found, kind = tempting(random), "tempting"
            families = families_in(found)
            said = random.choice(WORLDS)
        elif way < 0.45 and WEAKER[said]:
            kind, said = "wrong hypothesis", random.choice(WEAKER[said])
        else:
            error = another_member(found, random)
            if error is None:
                return None
            kind, found = error
    nodes = [node for side in (found.left, found.right) for _, node in walk(side)]
    # Of a mean that is said to be 0 the text gives no name.
    zero = zero and not any(node == scalar(center) for node in nodes for center, _ in MOMENTS.values())
    if found.left == found.right or any(node.head == "prod" for node in nodes) or not families:
        return None
    if any(node.head == "member" and not _has_mean(found, node) for node in nodes):
        return None
    try:
        truths = [*spaces(said, found, families, zero, random)]
    except (ZeroDivisionError, KeyError, OverflowError):
        return None
    if (not all(truths)) if wanted else all(truths):
        return None
    style = Style(random, random.choice((("(", ")"), (r"\left(", r"\right)"))))
    averages = sorted({node.data[0] for node in nodes if node.head == "bar"})
    defined = [rf"Let $\bar{{{f}}} = \frac{{1}}{{n}} \sum_{{i=1}}^n {f}_i$." for f in averages]
    sentences = prose(said, families, zero, random)
    if not wanted and kind == "wrong hypothesis" and random.random() < 0.3:
        clause = f"$ {families[0]}_1, \\ldots, {families[0]}_n $ are independent".replace("$ ", "$", 1).replace(
            " $", "$"
        )
        sentences.append(random.choice(DOES_NOT).format(clause))
    return Text(kind, joined(*sentences, *defined, chain(random, *style.row(found))))


def _has_mean(found: Relation, node: Tree) -> bool:
    """True of a member that stands in moments alone: a relation between random variables is another matter."""
    return all(_inside(side, node) for side in (found.left, found.right))


def _inside(tree: Tree, node: Tree) -> bool:
    if tree.head in ("mean", "var", "cov"):
        return True
    return tree != node and all(_inside(part, node) for part in tree.parts)
