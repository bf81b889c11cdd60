r"""Events: sets of outcomes, their probabilities, and what prose says of them.

Heads besides those of `tree.py`: `event` (data: its name), `cap`, `cup`, `complement`, `minus`, and `chance`, whose
parts are an event and, where there is one, what it is conditioned on.  Truth is that in finite probability spaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product
from math import prod
from random import Random

from tests.adversary import planted
from tests.adversary import rewriting as r
from tests.adversary.latex import Writer
from tests.adversary.texts import DOES_NOT, HOLDS, TRUE, Text, chain, joined
from tests.adversary.tree import ONE, ZERO, Claim, Relation, Tree, add, div, mul, neg, put, walk
from tests.adversary.values import Evaluation, Model, Number, Undefined, compared, plus, times

NAMES = ("A", "B", "C")
SIGNS = {"cap": r" \cap ", "cup": r" \cup ", "minus": r" \setminus "}


def event(name: str) -> Tree:
    return Tree("event", (), (name,))


def cap(*parts: Tree) -> Tree:
    return r.flat("cap", parts)


def cup(*parts: Tree) -> Tree:
    return r.flat("cup", parts)


def complement(part: Tree) -> Tree:
    return Tree("complement", (part,))


def chance(*parts: Tree) -> Tree:
    return Tree("chance", parts)


# what it is worth


class Space(Evaluation):
    """Values in a probability space: an event is 1 at the outcomes where it happens, and 0 elsewhere."""

    def value(self, tree: Tree, at: Mapping[str, int]) -> Number:
        """A number."""
        match tree.head, tree.parts:
            case "event", _:
                return self.model.random[tree.data[0]][at[""]]
            case "cap", parts:
                return Fraction(prod(self.value(part, at) for part in parts))
            case "cup", parts:
                return max(self.value(part, at) for part in parts)
            case "minus", (one, other):
                return self.value(one, at) * (1 - self.value(other, at))
            case "complement", (part,):
                return 1 - self.value(part, at)
            case "chance", (one,):
                return self._mean(lambda place: self.value(one, place), at)
            case "chance", (one, given):
                below = self._mean(lambda place: self.value(given, place), at)
                if below == 0:
                    raise Undefined
                return times(self._mean(lambda place: self.value(cap(one, given), place), at), 1 / below)
        return super().value(tree, at)


def truth(relation: Relation, model: Model) -> bool | None:
    """Whether a relation holds in a space; None where a side has no value."""
    space = Space(model)
    try:
        gap = plus(space.number(relation.left, {}), -space.number(relation.right, {}))
    except Undefined:
        return None
    return compared(gap, relation.sign)


WORLDS = ("any", "independent", "pairwise", "disjoint", "inclusion", "conditional")
"""What may be said of the events, and what is true of them then."""


def space(world: str, random: Random) -> Model:
    """A probability space in which exactly what is said holds."""
    outcomes = list(product((0, 1), repeat=len(NAMES)))
    heads = [Fraction(random.randint(1, 6), 7) for _ in NAMES]
    apart = [prod(p if side else 1 - p for p, side in zip(heads, place, strict=True)) for place in outcomes]
    free = [Fraction(random.randint(1, 7)) for _ in outcomes]
    match world:
        case "independent":
            weights = apart
        case "pairwise":
            shift = min(apart) * Fraction(random.choice((-1, 1)), 2)
            weights = [weight + shift * (-1) ** sum(place) for weight, place in zip(apart, outcomes, strict=True)]
        case "disjoint":
            weights = [weight * (not (place[0] and place[1])) for weight, place in zip(free, outcomes, strict=True)]
        case "inclusion":
            weights = [weight * (place[0] <= place[1]) for weight, place in zip(free, outcomes, strict=True)]
        case "conditional":
            other = [Fraction(random.randint(1, 6), 7) for _ in NAMES]
            weights = [
                (heads[2] if c else 1 - heads[2])
                * prod(p if s else 1 - p for p, s in zip((other if c else heads)[:2], (a, b), strict=True))
                for a, b, c in outcomes
            ]
        case _:
            weights = free
    total = sum(weights, Fraction(0))
    values = {name: [Fraction(place[n]) for place in outcomes] for n, name in enumerate(NAMES)}
    return Model(outcomes=[weight / total for weight in weights], random=values)


SPACES = 6


def is_true(relation: Relation, world: str, random: Random) -> bool:
    return all(truth(relation, space(world, random)) for _ in range(SPACES))


def is_false(relation: Relation, world: str, random: Random) -> bool:
    return any(truth(relation, space(world, random)) is False for _ in range(SPACES))


# sound rewriting


def include_exclude(tree: Tree, random: Random) -> Tree | None:
    match tree:
        case Tree("chance", (Tree("cup", (one, *rest)), *given)):
            other = cup(*rest)
            return add(chance(one, *given), chance(other, *given), neg(chance(cap(one, other), *given)))
    return None


def by_complement(tree: Tree, random: Random) -> Tree | None:
    match tree:
        case Tree("chance", (Tree("complement", (one,)), *given)):
            return add(ONE, neg(chance(one, *given)))
        case Tree("chance", (one, *given)) if random.random() < 0.2:
            return add(ONE, neg(chance(complement(one), *given)))
    return None


def by_difference(tree: Tree, random: Random) -> Tree | None:
    match tree:
        case Tree("minus", (one, other)):
            return cap(one, complement(other))
        case Tree("chance", (Tree("minus", (one, other)), *given)):
            return add(chance(one, *given), neg(chance(cap(one, other), *given)))
    return None


def de_morgan(tree: Tree, random: Random) -> Tree | None:
    match tree:
        case Tree("complement", (Tree("cap" | "cup" as head, parts),)):
            return Tree("cup" if head == "cap" else "cap", tuple(map(complement, parts)))
        case Tree("complement", (Tree("complement", (part,)),)):
            return part
    return None


def commute(tree: Tree, random: Random) -> Tree | None:
    if tree.head not in ("cap", "cup"):
        return None
    return replace(tree, parts=tuple(random.sample(tree.parts, len(tree.parts))))


def distribute(tree: Tree, random: Random) -> Tree | None:
    match tree:
        case Tree("cap", (one, Tree("cup", parts))):
            return cup(*(cap(one, part) for part in parts))
        case Tree("cup", (one, Tree("cap", parts))):
            return cap(*(cup(one, part) for part in parts))
    return None


def conditional(tree: Tree, random: Random) -> Tree | None:
    match tree:
        case Tree("chance", (one, given)):
            return div(chance(cap(one, given)), chance(given))
        case Tree("chance", (Tree("cap", (one, *rest)),)):
            return mul(chance(one, cap(*rest)), chance(cap(*rest)))
    return None


def bayes(tree: Tree, random: Random) -> Tree | None:
    match tree:
        case Tree("chance", (one, given)):
            return div(mul(chance(given, one), chance(one)), chance(given))
    return None


def total_probability(tree: Tree, random: Random) -> Tree | None:
    match tree:
        case Tree("chance", (one,)):
            other = event(random.choice(NAMES))
            if random.random() < 0.5:
                return add(chance(cap(one, other)), chance(cap(one, complement(other))))
            rest = complement(other)
            return add(mul(chance(one, other), chance(other)), mul(chance(one, rest), chance(rest)))
    return None


SOUND: tuple[r.Rule, ...] = (
    include_exclude, include_exclude, by_complement, by_difference, de_morgan, commute, distribute, conditional, bayes,
    total_probability, *r.ALGEBRA[:4],
)  # fmt: skip


def letters(tree: Tree) -> set[str]:
    return {node.data[0] for _, node in walk(tree) if node.head == "event"}


def factorise(tree: Tree, random: Random) -> Tree | None:
    """P(A and B) = P(A) P(B) and P(A | B) = P(A), of independent ones"""
    match tree:
        case Tree("chance", (Tree("cap", parts),)):
            if all(letters(one).isdisjoint(letters(other)) for one, other in combinations(parts, 2)):
                return mul(*map(chance, parts))
        case Tree("chance", (one, given)) if letters(one).isdisjoint(letters(given)):
            return chance(one)
    return None


def of_two(tree: Tree, random: Random) -> Tree | None:
    """The same where two letters alone stand in it."""
    return factorise(tree, random) if len(letters(tree)) == 2 else None


def of_disjoint(tree: Tree, random: Random) -> Tree | None:
    match tree:
        case Tree("chance", (Tree("cap", parts), *_)) if {event("A"), event("B")} <= {*parts}:
            return ZERO
        case Tree("chance", (Tree("cup", parts), *given)) if {event("A"), event("B")} == {*parts}:
            return add(*(chance(part, *given) for part in parts))
    return None


def of_inclusion(tree: Tree, random: Random) -> Tree | None:
    """A is a subset of B"""
    match tree:
        case Tree("cap" | "cup" as head, parts) if {event("A"), event("B")} <= {*parts}:
            rest = [part for part in parts if part != event("B" if head == "cap" else "A")]
            return r.flat(head, rest)
        case Tree("minus", (one, other)) if (one, other) == (event("A"), event("B")):
            return cap(one, complement(one))
    return None


def of_conditional(tree: Tree, random: Random) -> Tree | None:
    """A and B are independent given C"""
    match tree:
        case Tree("chance", (Tree("cap", parts), given)) if given == event("C") and letters(tree) == {*NAMES}:
            if len(parts) == 2 and all(len(letters(part)) == 1 for part in parts):
                return mul(*(chance(part, given) for part in parts))
    return None


SPECIAL: Mapping[str, r.Rule] = {
    "independent": factorise,
    "pairwise": of_two,
    "disjoint": of_disjoint,
    "inclusion": of_inclusion,
    "conditional": of_conditional,
}


def some_event(random: Random, depth: int) -> Tree:
    if depth == 0 or random.random() < 0.15:
        return event(random.choice(NAMES))
    kind = random.choice(("cap", "cap", "cup", "cup", "complement", "minus"))
    one, other = some_event(random, depth - 1), some_event(random, depth - 1)
    match kind:
        case "complement":
            return complement(one)
        case "minus":
            return Tree("minus", (one, other))
    return r.flat(kind, (one, other))


def start(random: Random) -> Tree:
    a, b, c = (event(name) for name in random.sample(NAMES, 3))
    one = some_event(random, random.randint(1, 2))
    return random.choice(
        (
            chance(one), chance(one), chance(cup(a, b)), chance(cap(a, b)), chance(a, b), chance(cap(a, b), c),
            chance(cup(a, b), c), mul(chance(a), chance(b)), chance(cap(a, b, c)), add(chance(a, b), chance(c)),
        )
    )  # fmt: skip


def inequality(random: Random, rules: tuple[r.Rule, ...]) -> Relation:
    a, b = (event(name) for name in random.sample(NAMES, 2))
    one, other = random.choice(
        (
            (chance(cup(a, b)), add(chance(a), chance(b))),
            (chance(cap(a, b)), chance(a)),
            (chance(a), chance(cup(a, b))),
            (add(chance(a), chance(b), neg(ONE)), chance(cap(a, b))),
            (chance(cap(a, b)), chance(a, b)),
            (ZERO, chance(Tree("minus", (a, b)))),
            (chance(a, b), ONE),
        )
    )
    one, other = (r.rewritten(side, rules, random.randint(0, 2), random, 20) for side in (one, other))
    return random.choice((Relation(one, "<=", other), Relation(other, ">=", one)))


def relation(random: Random, world: str) -> Relation:
    """What is true of such events."""
    special = (SPECIAL[world],) * 12 if world in SPECIAL else ()
    if random.random() < 0.2:
        return inequality(random, (*SOUND, *special))
    left = start(random)
    right = r.rewritten(left, (*SOUND, *special), random.randint(1, 4), random, 24)
    return Relation(left, "=", right)


# errors


def another_set(tree: Tree, random: Random) -> tuple[str, Tree] | None:
    """An intersection for a union, a complement more or less, a condition that is left out or changed places."""
    match tree.head, tree.parts:
        case "cap" | "cup", parts:
            return "wrong function", Tree("cup" if tree.head == "cap" else "cap", parts)
        case "minus", (one, other):
            return "swapped arguments", Tree("minus", (other, one))
        case "complement", (part,):
            return "missing complement", part
        case "event", _ if random.random() < 0.5:
            return "wrong variable", event(random.choice([n for n in NAMES if n != tree.data[0]]))
        case "event", _:
            return "extra complement", complement(tree)
        case "chance", (one, given):
            return random.choice((("swapped arguments", chance(given, one)), ("missing condition", chance(one))))
    return None


def wrong(found: Relation, random: Random) -> tuple[str, Relation] | None:
    """One error."""
    if random.random() < 0.4:
        of_numbers = planted.plant(Claim(found), random)
        return of_numbers and (of_numbers[0], of_numbers[1].relation)
    side = random.choice(("left", "right", "right"))
    whole: Tree = getattr(found, side)
    path, part = random.choice(list(walk(whole)))
    error = another_set(part, random)
    return error and (error[0], replace(found, **{side: put(whole, path, error[1])}))


# how it is written


class Style(Writer):
    """Writes events as well."""

    def written(self, tree: Tree) -> str:
        match tree.head, tree.parts:
            case "event", _:
                return str(tree.data[0])
            case "cap" | "cup" | "minus", parts:
                return SIGNS[tree.head].join(self.within(part) for part in parts)
            case "complement", (part,):
                return f"{self.within(part)}^c" if part.head == "event" else f"{self.bracketed(self.written(part))}^c"
            case "chance", parts:
                bar = self.random.choice(("|", r" \mid "))
                return f"P({bar.join(self.written(part) for part in parts)})"
        return super().written(tree)

    def within(self, tree: Tree) -> str:
        return self.bracketed(self.written(tree)) if tree.head in SIGNS else self.written(tree)


SAID = {
    "independent": ("$A$, $B$ and $C$ are independent", "$A$, $B$ and $C$ are mutually independent"),
    "pairwise": ("$A$, $B$ and $C$ are pairwise independent",),
    "disjoint": ("$A$ and $B$ are disjoint", "$A$ and $B$ are mutually exclusive", r"$A \cap B = \emptyset$"),
    "inclusion": (r"$A \subseteq B$", r"$A \cap B = A$"),
    "conditional": ("$A$ and $B$ are conditionally independent given $C$",),
}
LET = ("Let $A$, $B$ and $C$ be events.", "Consider events $A$, $B$ and $C$.", "$A$, $B$ and $C$ are events.")


def text(random: Random, wanted: bool) -> Text | None:
    """A document whose claim is true as `wanted`."""
    world = random.choice(WORLDS)
    found = relation(random, world)
    style = Style(random, random.choice((("(", ")"), (r"\left(", r"\right)"))))
    clause = random.choice(SAID[world]) if world in SAID else ""
    prose = [random.choice(LET), random.choice(HOLDS).format(clause) if clause else ""]
    kind = TRUE
    if not wanted and clause and random.random() < 0.5:
        kind = "missing hypothesis"
        weaker = [w for w in ("pairwise", "disjoint", "independent", "conditional") if w != world]
        world = "any"
        prose[1] = random.choice(DOES_NOT).format(clause)
        if random.random() < 0.3:
            world = random.choice(weaker)
            kind, prose[1] = "wrong hypothesis", random.choice(HOLDS).format(random.choice(SAID[world]))
    elif not wanted:
        error = wrong(found, random)
        if error is None:
            return None
        kind, found = error
    if found.left == found.right or not (is_true if wanted else is_false)(found, world, random):
        return None
    return Text(kind, joined(*prose, chain(random, *style.row(found))))
