"""True statements of every language, at random."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random

from tests.adversary import rewriting as r
from tests.adversary import rules_of_chance as c
from tests.adversary.tree import (
    ONE,
    TWO,
    ZERO,
    Claim,
    Relation,
    Tree,
    absolute,
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
    sqrt,
    walk,
)  # fmt: skip

NAMES = (
    "a", "b", "c", "x", "y", "z", "u", "v", "w", "s", "t", r"\alpha", r"\beta", r"\lambda", r"\mu", r"\theta", "x_1",
    "x_2", "a'", r"\hat{y}", r"\bar{x}", r"\tilde{b}", r"\sigma", r"\gamma_0",
)  # fmt: skip


def names(random: Random, count: int) -> list[Tree]:
    return list(map(scalar, random.sample(NAMES, count)))


def polynomial(random: Random, atoms: list[Tree], depth: int) -> Tree:
    """Sums, differences, products, squares and fractions."""
    if depth == 0 or random.random() < 0.1:
        return random.choice((*atoms, *atoms, *atoms, TWO, number(3)))
    kind = random.choice(("add", "add", "sub", "mul", "mul", "square", "div"))
    one = polynomial(random, atoms, depth - 1)
    if kind == "square":
        return power(one, 2)
    other = polynomial(random, atoms, depth - 1)
    match kind:
        case "add":
            return r.flat("add", (one, other))
        case "sub":
            return add(one, neg(other))
        case "mul":
            return r.flat("mul", (one, other))
    return div(one, random.choice(atoms))


def equation(start: Tree, rules: tuple[r.Rule, ...], random: Random, hypotheses=(), words=()) -> Claim:
    """A tree equal to itself, rewritten on both sides."""
    left = right = r.rewritten(start, rules, random.randint(0, 1), random)
    for _ in range(10):
        right = r.rewritten(start if left == right else right, rules, random.randint(2, 6), random)
        if left != right:
            break
    return Claim(Relation(left, "=", right), tuple(hypotheses), tuple(words))


def algebra(random: Random) -> Claim:
    atoms = names(random, random.randint(2, 4))
    words = declared(random, atoms)
    return equation(polynomial(random, atoms, random.randint(2, 3)), r.ALGEBRA, random, (), words)


def declared(random: Random, atoms: list[Tree]) -> list[str]:
    """Now and then the author says what the letters are."""
    return [f"let {', '.join(a.data[0] for a in atoms)} be scalars"] if random.random() < 0.3 else []


def positives(atoms: list[Tree]) -> list[Relation]:
    return [Relation(a, ">", ZERO) for a in atoms]


def monomial(random: Random, atoms: list[Tree], exponents: Callable[[], Tree]) -> Tree:
    one, other = random.sample(atoms, 2)
    return random.choice(
        (
            mul(one, other),
            div(one, other),
            power(one, exponents()),
            mul(power(one, exponents()), other),
            mul(power(one, exponents()), power(other, exponents())),
            div(power(one, exponents()), other),
        )
    )


def logarithms(random: Random) -> Claim:
    atoms = names(random, 3)
    inner = monomial(random, atoms, lambda: random.choice((TWO, number(3), atoms[2])))
    start = random.choice((ln(inner), ln(inner), mul(atoms[0], ln(inner)), exp(add(atoms[0], atoms[1]))))
    other = random.choice((exp(mul(TWO, atoms[2])), ln(mul(*atoms)), exp(add(atoms[0], neg(atoms[1]))), atoms[1]))
    return equation(add(start, other), r.LOGARITHMS, random, positives(atoms), declared(random, atoms))


def powers(random: Random) -> Claim:
    atoms = names(random, 3)
    values = (Fraction(1, 2), Fraction(1, 3), Fraction(3, 2), Fraction(2), Fraction(3))
    exponents = lambda: random.choice((*map(number, values), atoms[2]))  # noqa: E731
    one, other = (monomial(random, atoms, exponents) for _ in range(2))
    start = random.choice(
        (power(one, exponents()), mul(sqrt(one), power(atoms[0], exponents())), div(one, sqrt(other)))
    )
    return equation(start, r.POWERS, random, positives(atoms), declared(random, atoms))


VECTORS, GRIDS = ("x", "y", "u", "v"), ("w", "A", "k")
SIZES = (scalar("n"), scalar("m"))


def summand(random: Random, index: str, constants: list[Tree], vectors: Sequence[str]) -> Tree:
    one, other = (entry(name, index) for name in vectors)
    return random.choice(
        (
            mul(one, other), mul(constants[0], one), add(one, neg(constants[0])), power(add(one, neg(constants[0])), 2),
            add(mul(constants[0], one), mul(constants[1], other)), power(one, 2), add(one, neg(other)), constants[0],
            div(mul(constants[0], one), constants[1]), mul(constants[0], power(add(one, other), 2)),
        )
    )  # fmt: skip


def sums(random: Random) -> Claim:
    constants = list(map(scalar, random.sample(("a", "b", "c", r"\lambda", r"\mu", "t"), 2)))
    i, j = random.sample(r.INDICES, 2)
    vectors = random.sample(VECTORS, 4)
    one = Tree("sum", (summand(random, i, constants, vectors[:2]),), (i, 1, SIZES[0]))
    grid = entry(random.choice(GRIDS), i, j)
    body = mul(grid, entry(vectors[2], j)) if random.random() < 0.7 else mul(entry(vectors[0], i), grid)
    two = Tree("sum", (Tree("sum", (body,), (j, 1, SIZES[1])),), (i, 1, SIZES[0]))
    over = random.randrange(2)
    other = Tree("sum", (summand(random, j, constants, vectors[2 * over : 2 * over + 2]),), (j, 1, SIZES[over]))
    start = random.choice(
        (one, two, mul(one, other), add(one, other), mul(constants[1], one), add(two, one), power(one, 2))
    )
    return equation(start, r.SUMS, random)


def products(random: Random) -> Claim:
    constants = list(map(scalar, random.sample(("a", "b", "c", r"\lambda"), 2)))
    i = random.choice(r.INDICES)
    one, other = (entry(name, i) for name in random.sample(VECTORS, 2))
    body = random.choice(
        (
            mul(one, other),
            power(one, 2),
            mul(constants[0], one),
            div(one, other),
            exp(one),
            mul(exp(mul(constants[0], one)), other),
        )
    )
    whole = Tree("prod", (body,), (i, 1, SIZES[0]))
    start = random.choice((whole, ln(whole), mul(constants[1], whole), ln(mul(constants[1], whole))))
    positive = [Relation(a, ">", ZERO) for a in constants]
    return equation(start, r.PRODUCTS, random, positive if random.random() < 0.6 else ())


JOINT = ("let P(x,y) be a distribution",)
THREE = ("let T(x,y,z) be a distribution",)


def probability(random: Random) -> Claim:
    name, words = ("P", JOINT) if random.random() < 0.6 else ("T", THREE)
    variables = c.ROLES[name]
    chosen = random.sample(variables, random.randint(1, len(variables)))
    cut = random.randint(1, len(chosen))
    start = c.prob(name, tuple(chosen[:cut]), tuple(chosen[cut:]))
    if random.random() < 0.25:
        start = random.choice((c.total((chosen[0],), c.prob(name, (chosen[0],), tuple(chosen[1:]))), mul(start, TWO)))
    return equation(start, c.PROBABILITY, random, (), words)


def information(random: Random) -> Claim:
    if random.random() < 0.3:
        p, q = c.prob("p", ("x",)), c.prob("q", ("x",))
        start = random.choice(
            (Tree("kl", (p, q)), Tree("cross", (p, q)), add(Tree("kl", (p, q)), Tree("cross", (p, p))))
        )
        words = ("let p(x) be a distribution", "let q(x) be a distribution")
        return equation(start, c.INFORMATION, random, (), words)
    name, words = ("P", JOINT) if random.random() < 0.6 else ("T", THREE)
    one, other, *rest = random.sample(c.ROLES[name], len(c.ROLES[name]))
    given = tuple(rest) if random.random() < 0.5 else ()
    start = random.choice(
        (
            c.info(name, one, other, given), c.info(name, one, other, given), c.entropy(name, (one, other), given),
            c.entropy(name, (one,), (other, *given)), add(c.entropy(name, (one,)), c.entropy(name, (other,), (one,))),
        )
    )  # fmt: skip
    return equation(start, c.INFORMATION, random, (), words)


def expectation(random: Random) -> Claim:
    x, y = (Tree("rv", (), (name,)) for name in ("X", "Y"))
    a, b = map(scalar, random.sample(("a", "b", "c", r"\lambda", r"\mu"), 2))
    independent = random.random() < 0.3
    bodies = (
        x,
        add(x, y),
        add(mul(a, x), b),
        mul(x, y),
        add(mul(a, x), mul(b, y)),
        power(add(x, neg(a)), 2),
        add(x, neg(y)),
    )
    body = random.choice(bodies)
    start = random.choice((c.mean(body), c.var(body), c.var(body), c.cov(x, body), c.cov(add(mul(a, x), b), y)))
    if random.random() < 0.3:
        start = add(start, random.choice((c.mean(x), mul(a, c.var(y)), power(c.mean(y), 2))))
    words = [f"let X, Y be {'independent ' if independent else ''}random variables"]
    return equation(start, c.INDEPENDENCE if independent else c.EXPECTATION, random, (), words)


def matrices(random: Random) -> Claim:
    kinds = {"A": "square", "B": "square", "C": "square", "S": "symmetric"}
    square = [Tree("matrix", (), (name, kind)) for name, kind in kinds.items() if name != "S" or random.random() < 0.5]
    x, y = (Tree("matrix", (), (name, "column")) for name in ("x", "y"))
    one, other, third = (random.choice(square) for _ in range(3))
    inverse = c.inverse(mul(one, other)) if random.random() < 0.5 else mul(c.inverse(one), other)
    starts = (
        c.transposed(mul(one, other)), c.transposed(add(mul(one, other), third)), c.trace(mul(one, other, third)),
        c.trace(add(mul(one, c.transposed(other)), third)), mul(c.transposed(x), one, y),
        mul(c.transposed(x), add(one, other), x),
        mul(one, add(other, third)), mul(c.transposed(add(x, neg(y))), one, add(x, neg(y))), inverse,
        c.transposed(inverse), mul(c.transposed(add(mul(one, x), neg(y))), add(mul(one, x), neg(y))),
        c.transposed(mul(one, other, third)), mul(c.transposed(mul(one, x)), y),
    )  # fmt: skip
    claim = equation(random.choice(starts), c.MATRICES, random)
    used = {node.data for tree in claim.trees() for _, node in walk(tree) if node.head == "matrix"}
    symmetric = [Tree("matrix", (), data) for data in sorted(used) if data[1] == "symmetric"]
    facts = tuple(Relation(c.transposed(s), "=", s) for s in symmetric)
    return Claim(claim.relation, facts)


def inequalities(random: Random) -> Claim:
    """Known inequalities with their parts replaced and their sides rewritten."""
    a, b, x, y = names(random, 4)
    start, rules = random.choice(KNOWN)(a, b, x, y, random)
    sides = [
        r.rewritten(side, rules, random.randint(0, 2), random) for side in (start.relation.left, start.relation.right)
    ]
    relation = Relation(sides[0], start.relation.sign, sides[1])
    if random.random() < 0.3:
        turned = {"<=": ">=", ">=": "<=", "<": ">", ">": "<"}[relation.sign]
        relation = Relation(relation.right, turned, relation.left)
    return Claim(relation, start.hypotheses, start.words)


def given(relation: Relation, *hypotheses: Relation, words: tuple[str, ...] = ()) -> Claim:
    return Claim(relation, hypotheses, words)


def of_squares(a, b, x, y, random):
    one, other = random.choice(((a, b), (a, mul(b, x)), (add(a, b), x)))
    forms = (
        given(Relation(power(add(one, neg(other)), 2), ">=", ZERO)),
        given(Relation(mul(TWO, one, other), "<=", add(power(one, 2), power(other, 2)))),
        given(Relation(ZERO, "<=", add(power(one, 2), power(other, 2)))),
        given(Relation(ZERO, "<", add(power(one, 2), ONE))),
    )
    return random.choice(forms), r.ALGEBRA


def of_orders(a, b, x, y, random):
    positive = Relation(a, ">", ZERO)
    strict = random.random() < 0.5
    order = Relation(x, "<" if strict else "<=", y)
    forms = (
        given(Relation(add(x, a), order.sign, add(y, a)), order),
        given(Relation(mul(a, x), order.sign, mul(a, y)), order, positive),
        given(Relation(neg(y), order.sign, neg(x)), order),
        given(Relation(add(x, neg(b)), order.sign, add(y, neg(b))), order),
        given(Relation(div(x, a), order.sign, div(y, a)), order, positive),
        given(Relation(mul(neg(a), y), order.sign, mul(neg(a), x)), order, positive),
        given(Relation(add(x, a), "<", add(y, b)), Relation(x, "<", y), Relation(a, "<=", b)),
        given(Relation(mul(a, b), ">", ZERO), positive, Relation(b, ">", ZERO)),
        given(Relation(x, "<", add(x, a)), positive),
    )
    return random.choice(forms), r.ALGEBRA[:8]


def of_tangents(a, b, x, y, random):
    positive = Relation(x, ">", ZERO)
    forms = (
        given(Relation(ln(x), "<=", add(x, neg(ONE))), positive),
        given(Relation(add(ONE, x), "<=", exp(x))),
        given(Relation(ln(div(x, y)), "<=", add(div(x, y), neg(ONE))), positive, Relation(y, ">", ZERO)),
        given(Relation(exp(x), ">", ZERO)),
        given(Relation(add(ONE, neg(div(ONE, x))), "<=", ln(x)), positive),
    )
    return random.choice(forms), r.LOGARITHMS


def of_information(a, b, x, y, random):
    p, q = c.prob("p", ("x",)), c.prob("q", ("x",))
    both = ("let p(x) be a distribution", "let q(x) be a distribution")
    h = lambda *args: c.entropy("P", *args)  # noqa: E731
    forms = (
        given(Relation(Tree("kl", (p, q)), ">=", ZERO), words=both),
        given(Relation(Tree("cross", (p, p)), "<=", Tree("cross", (p, q))), words=both),
        given(Relation(h(("x",), ("y",)), "<=", h(("x",))), words=JOINT),
        given(Relation(h(("x", "y")), "<=", add(h(("x",)), h(("y",)))), words=JOINT),
        given(Relation(c.info("P", "x", "y"), ">=", ZERO), words=JOINT),
        given(Relation(h(("x",)), "<=", h(("x", "y"))), words=JOINT),
        given(Relation(h(("y",), ("x",)), ">=", ZERO), words=JOINT),
        given(Relation(c.prob("P", ("x", "y")), "<=", c.prob("P", ("x",))), words=JOINT),
        given(Relation(c.prob("P", ("x",), ("y",)), "<=", ONE), words=JOINT),
        given(Relation(c.info("P", "x", "y"), "<=", h(("x",))), words=JOINT),
    )
    return random.choice(forms), c.INFORMATION


def of_variances(a, b, x, y, random):
    one, other = (Tree("rv", (), (name,)) for name in ("X", "Y"))
    words = ("let X, Y be random variables",)
    forms = (
        given(Relation(c.var(one), ">=", ZERO), words=words),
        given(Relation(power(c.mean(one), 2), "<=", c.mean(power(one, 2))), words=words),
        given(Relation(c.var(add(one, other)), ">=", ZERO), words=words),
        given(Relation(mul(TWO, c.cov(one, other)), "<=", add(c.var(one), c.var(other))), words=words),
        given(Relation(exp(c.mean(one)), "<=", c.mean(exp(one))), words=words),
    )
    return random.choice(forms), c.EXPECTATION


def of_absolutes(a, b, x, y, random):
    forms = (
        given(Relation(absolute(x), ">=", ZERO)),
        given(Relation(x, "<=", absolute(x))),
        given(Relation(neg(absolute(x)), "<=", x)),
    )
    return random.choice(forms), r.ALGEBRA[:3]


KNOWN = (of_squares, of_orders, of_orders, of_tangents, of_information, of_information, of_variances, of_absolutes)

LANGUAGES: dict[str, Callable[[Random], Claim]] = {
    "algebra": algebra,
    "logarithms": logarithms,
    "powers": powers,
    "sums": sums,
    "products": products,
    "probability": probability,
    "information": information,
    "expectation": expectation,
    "matrices": matrices,
    "inequalities": inequalities,
}
