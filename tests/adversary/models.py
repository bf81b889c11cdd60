"""Random models of a claim, and what its truth is in them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random

from tests.adversary.tree import Claim, Relation, Tree, walk
from tests.adversary.values import Model, Undefined, holds, inverted, role

SIZES = ("n", "m", "k")
"""Numbers that are sizes: whole and positive."""

PLACES = range(-1, 8)
"""Where tables have entries: also beyond the limits that are right."""


def nodes(claim: Claim) -> Iterator[Tree]:
    """Everything in a claim, the limits of sums as well."""
    for tree in claim.trees():
        for _, node in walk(tree):
            yield node
            if node.head in ("sum", "prod"):
                yield from (inner for _, inner in walk(node.data[2]))


def drawn(claim: Claim, random: Random, positive: bool) -> Model:
    """A model of everything that a claim mentions; `positive` makes all numbers so."""
    everything = list(nodes(claim))
    model = Model()
    draw = (lambda: above_zero(random)) if positive else (lambda: of_either_sign(random))
    sizes = {size: Fraction(random.randint(2, 4)) for size in SIZES}
    model.numbers = {n.data[0]: sizes.get(n.data[0]) or draw() for n in everything if n.head == "scalar"} | sizes
    arity = {n.data[0]: len(n.data) - 1 for n in everything if n.head == "entry"}
    model.tables = {name: {place: draw() for place in product(PLACES, repeat=count)} for name, count in arity.items()}
    indices = {index for n in everything if n.head == "entry" for index in n.data[1:]}
    variables = {v for n in everything for v in mentioned(n)}
    model.alphabets = {role(v): random.randint(2, 3) for v in sorted(variables)}
    model.elements = {v: random.randrange(model.alphabets[role(v)]) for v in sorted(variables)}
    model.elements |= {index: random.randint(1, 2) for index in sorted(indices - variables)}
    model.joints = joints(everything, model, random)
    model.outcomes, model.random = random_variables(claim, everything, draw, random)
    model.matrices = {
        name: matrix(shape, int(sizes["n"]), int(sizes["m"]), draw) for name, shape in matrices(everything)
    }
    return model


def above_zero(random: Random) -> Fraction:
    return Fraction(random.randint(1, 7), random.choice((1, 2, 3)))


def of_either_sign(random: Random) -> Fraction:
    return Fraction(random.choice((-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)), random.choice((1, 2, 3)))


def mentioned(node: Tree) -> tuple[str, ...]:
    match node.head:
        case "prob":
            return (*node.data[1], *node.data[2])
        case "total" | "expect":
            return node.data
        case "entropy":
            return (*node.data[1], *node.data[2])
        case "info":
            return tuple(v for part in node.data[1:] for v in part)
    return ()


def joints(everything: list[Tree], model: Model, random: Random) -> dict:
    axes: dict[str, set[str]] = {}
    for node in everything:
        if node.head in ("prob", "entropy", "info"):
            axes.setdefault(node.data[0], set()).update(role(v) for v in mentioned(node))
    found = {}
    for name, roles in sorted(axes.items()):
        names = tuple(sorted(roles))
        places = list(product(*(range(model.alphabets[axis]) for axis in names)))
        weights = [random.randint(1, 6) for _ in places]
        found[name] = names, {p: Fraction(w, sum(weights)) for p, w in zip(places, weights, strict=True)}
    return found


def random_variables(claim: Claim, everything: list[Tree], draw, random: Random) -> tuple:
    names = sorted({n.data[0] for n in everything if n.head == "rv"})
    if not any("independent" in words for words in claim.words):
        weights = [random.randint(1, 5) for _ in range(3)]
        return [Fraction(w, sum(weights)) for w in weights], {name: [draw() for _ in weights] for name in names}
    faces = {name: [draw() for _ in range(2)] for name in names}
    chances = {name: Fraction(random.randint(1, 4), 5) for name in names}
    outcomes, values = [], {name: [] for name in names}
    for choice in product((0, 1), repeat=len(names)):
        weight = Fraction(1)
        for name, side in zip(names, choice, strict=True):
            weight *= chances[name] if side else 1 - chances[name]
            values[name].append(faces[name][side])
        outcomes.append(weight)
    return outcomes, values


def matrices(everything: list[Tree]) -> list[tuple[str, str]]:
    return sorted({(n.data[0], n.data[1]) for n in everything if n.head == "matrix"})


def matrix(shape: str, rows: int, columns: int, draw) -> tuple:
    """`square`, `symmetric`, `invertible`, `column`, or `wide` (n by m)."""
    height, width = {"column": (rows, 1), "wide": (rows, columns)}.get(shape, (rows, rows))
    while True:
        table = [[draw() for _ in range(width)] for _ in range(height)]
        if shape == "symmetric":
            table = [[table[min(i, j)][max(i, j)] for j in range(width)] for i in range(height)]
        found = tuple(map(tuple, table))
        if shape in ("column", "wide") or inverted(found)[1] != 0:
            return found


ATTEMPTS = 40


def models(claim: Claim, random: Random, count: int) -> Iterator[tuple[Model, bool | None]]:
    """Models of the hypotheses at which the relation is defined, with its truth there."""
    for attempt in range(ATTEMPTS):
        if count == 0:
            return
        model = drawn(claim, random, positive=attempt % 3 != 0)
        try:
            if all(holds(h, model) for h in claim.hypotheses):
                yield model, holds(claim.relation, model)
                count -= 1
        except Undefined:
            continue


def is_true(claim: Claim, random: Random, count: int = 4) -> bool:
    """True where the relation holds, as far as can be seen, in `count` models."""
    answers = [answer for _, answer in models(claim, random, count)]
    return len(answers) == count and False not in answers


def witness(claim: Claim, random: Random, count: int = 8) -> Model | None:
    """A model of the hypotheses at which both sides are defined and the relation is false."""
    return next((model for model, answer in models(claim, random, count) if answer is False), None)


def positive_witness(claim: Claim, random: Random, count: int = 12) -> Model | None:
    """The same, among models in which all numbers are positive."""
    for _ in range(count):
        model = drawn(claim, random, positive=True)
        try:
            if all(holds(h, model) for h in claim.hypotheses) and holds(claim.relation, model) is False:
                return model
        except Undefined:
            continue
    return None


def hypothesis(left: Tree, sign: str, right: Tree) -> Relation:
    return Relation(left, sign, right)
