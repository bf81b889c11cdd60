r"""What integrals, limits and derivatives share: their values in numbers, and how they are written.

Heads besides those of `tree.py`: `integral` (data: its variable; parts: both ends and the body), `limit` (data: its
variable; parts: where it goes and the body), `slope` (parts: the body, and what it is differentiated by), `infinity`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from mpmath.ctx_mp import MPContext

from tests.adversary import planted
from tests.adversary.latex import PRODUCT, Writer, writer
from tests.adversary.texts import HOLDS, TRUE, Text, chain, joined
from tests.adversary.tree import Claim, Relation, Tree, neg, number, power, put, walk

MP = MPContext()
MP.dps = 40
Names = Mapping[Tree, Any]
"""Values of scalars and entries."""
INFINITY = Tree("infinity")
SIZE = 3


class NoValue(Exception):
    """There is no value here, or it is not found."""


def value(tree: Tree, at: Names) -> Any:
    """The number that a tree stands for."""
    if tree in at:
        return at[tree]
    match tree.head, tree.parts, tree.data:
        case "number", _, (found,):
            return MP.mpf(found.numerator) / found.denominator
        case "scalar", _, (name,):
            raise NoValue(name)
        case "entry", _, (name, index):
            return at[Tree("entry", (), (name, int(at[Tree("scalar", (), (index,))])))]
        case "sum", (body,), (index, _, _):
            bound = Tree("scalar", (), (index,))
            return MP.fsum(value(body, {**at, bound: n}) for n in range(1, SIZE + 1))
        case "integral", (lower, upper, body), (name,):
            variable = Tree("scalar", (), (name,))
            return MP.quad(lambda t: value(body, {**at, variable: t}), [value(lower, at), value(upper, at)])
        case "limit", (goal, body), (name,):
            return limit(lambda t: value(body, {**at, Tree("scalar", (), (name,)): t}), goal, at)
        case "slope", (body, by), _:
            return slope(body, by, at)
    return function(tree.head, [value(part, at) for part in tree.parts])


def function(head: str, parts: Sequence[Any]) -> Any:
    match head:
        case "add":
            return MP.fsum(parts)
        case "mul":
            return MP.fprod(parts)
        case "neg":
            return -parts[0]
        case "div" if parts[1]:
            return parts[0] / parts[1]
        case "pow" if parts[0] > 0 or (parts[1] == int(parts[1]) and (parts[0] or parts[1] > 0)):
            return parts[0] ** (parts[1] if parts[0] > 0 else int(parts[1]))
        case "exp":
            return MP.exp(parts[0])
        case "ln" if parts[0] > 0:
            return MP.log(parts[0])
        case "sqrt" if parts[0] >= 0:
            return MP.sqrt(parts[0])
        case "abs":
            return abs(parts[0])
    raise NoValue(head)


def limit(body: Callable[[Any], Any], goal: Tree, at: Names) -> Any:
    """The limit of what is differentiable around it: two values near to it have to agree."""
    if goal == INFINITY:
        found = [body(MP.mpf(10) ** n) for n in (12, 14)]
    else:
        place = value(goal, at)
        found = [body(place + sign * MP.mpf(10) ** -n) for n in (12, 14) for sign in (1, -1)]
    if max(abs(one - found[0]) for one in found) > MP.mpf(10) ** -8:
        raise NoValue
    return found[-1]


STEP = MP.mpf(10) ** -10


def slope(body: Tree, by: Tree, at: Names) -> Any:
    """The derivative by a scalar or an entry, by differences."""
    if by.head == "entry" and isinstance(by.data[1], str):
        name, index = by.data
        by = Tree("entry", (), (name, int(at[Tree("scalar", (), (index,))])))
    if by not in at:
        raise NoValue(by)
    middle = at[by]
    above, below = (value(body, {**at, by: middle + side * STEP}) for side in (1, -1))
    return (above - below) / (2 * STEP)


def holds(relation: Relation, at: Names) -> bool | None:
    """Whether a relation holds; None where the difference is too small to be one, and too large to be none."""
    left, right = value(relation.left, at), value(relation.right, at)
    gap, scale = left - right, 1 + abs(left)
    if not MP.isfinite(gap) or MP.mpf(10) ** -9 * scale < abs(gap) < MP.mpf(10) ** -4 * scale:
        return None
    gap = 0 if abs(gap) <= MP.mpf(10) ** -9 * scale else gap
    return {"=": gap == 0, "!=": gap != 0, "<": gap < 0, "<=": gap <= 0, ">": gap > 0, ">=": gap >= 0}[relation.sign]


def drawn(claim: Claim, random: Random, positive: bool) -> Names:
    """Numbers for all names."""
    nodes = [node for tree in claim.trees() for _, node in walk(tree)]
    signs = (1,) if positive else (1, -1)
    draw = lambda: MP.mpf(random.randint(3, 29)) / 11 * random.choice(signs)  # noqa: E731
    found = {node: draw() for node in sorted({n for n in nodes if n.head == "scalar"}, key=repr)}
    for name in sorted({n.data[0] for n in nodes if n.head == "entry"}):
        found |= {Tree("entry", (), (name, n)): draw() for n in range(1, SIZE + 1)}
    indices = {n.data[1] for n in nodes if n.head == "entry"}
    return found | {Tree("scalar", (), (index,)): random.randint(1, SIZE) for index in sorted(indices)}


ATTEMPTS = 40


def answers(claim: Claim, random: Random, count: int, *, positive: bool = False) -> list[bool | None]:
    """Whether the claim holds, at some values for which its hypotheses do."""
    found: list[bool | None] = []
    for attempt in range(ATTEMPTS):
        at = drawn(claim, random, positive or attempt % 3 == 0)
        try:
            if all(holds(h, at) for h in claim.hypotheses):
                found.append(holds(claim.relation, at))
        except (NoValue, OverflowError, ZeroDivisionError):
            continue
        if len(found) == count:
            break
    return found


# errors


def ends(tree: Tree, random: Random) -> Tree | None:
    """Ends exchanged, one of them another, or the sign of one."""
    if tree.head != "integral":
        return None
    lower, upper, body = tree.parts
    pairs = ((upper, lower), (neg(lower), upper), (lower, neg(upper)), (number(0), upper), (lower, number(1)))
    return Tree("integral", (*random.choice(pairs), body), tree.data)


def exponent(tree: Tree, random: Random) -> Tree | None:
    """Another whole power."""
    if tree.head != "pow" or tree.parts[1].head != "number":
        return None
    return power(tree.parts[0], tree.parts[1].data[0] + random.choice((1, -1)))


OWN = {"limits": ends, "wrong power": exponent}


def wrong(claim: Claim, random: Random) -> tuple[str, Claim] | None:
    """The claim with one error."""
    if random.random() < 0.75:
        return planted.plant(claim, random)
    kind = random.choice(list(OWN))
    for path, part in random.sample(places := list(walk(claim.relation.left)), len(places)):
        new = OWN[kind](part, random)
        if new is not None:
            relation = Relation(put(claim.relation.left, path, new), claim.relation.sign, claim.relation.right)
            return kind, Claim(relation, claim.hypotheses)
    return None


# how it is written


class Style(Writer):
    """Writes integrals, limits and derivatives as well."""

    def written(self, tree: Tree) -> str:
        match tree.head, tree.parts, tree.data:
            case "infinity", _, _:
                return r"\infty"
            case "integral", (lower, upper, body), (name,):
                space = self.random.choice((r"\, ", " ", r"\,"))
                inner = self.at(body, PRODUCT)
                return rf"\int_{{{self.written(lower)}}}^{{{self.written(upper)}}} {inner} {space}d{name}"
            case "limit", (goal, body), (name,):
                return rf"\lim_{{{name} \to {self.written(goal)}}} {self.bracketed(self.written(body))}"
            case "slope", (body, by), _:
                sign = r"\partial " if by.head == "entry" or len(self.single) > 1 else "d"
                return rf"\frac{{{sign}}}{{{sign}{self.written(by)}}} {self.bracketed(self.written(body))}"
        return super().written(tree)


def styled(claim: Claim, random: Random) -> Style:
    """A style.  Other scalars beside that of a derivative make it a partial one."""
    plain = writer(claim, random)
    scalars = {node for tree in claim.trees() for _, node in walk(tree) if node.head == "scalar"}
    names = frozenset(node.data[0] for node in scalars) if random.random() < 0.5 else frozenset[str]()
    return Style(random, plain.brackets, exponential=plain.exponential, times=plain.times, single=names)


def text(claim: Claim, random: Random, wanted: bool) -> Text | None:
    """A document with a claim, or one with an error in it."""
    kind = TRUE
    if not wanted:
        found = wrong(claim, random)
        if found is None:
            return None
        kind, claim = found
    if claim.relation.left == claim.relation.right:
        return None
    seen = answers(claim, random, 4)
    if (not seen or not all(seen)) if wanted else False not in seen:
        return None
    style = styled(claim, random)
    supposed = [random.choice(HOLDS).format(f"${style.relation(h)}$") for h in claim.hypotheses]
    body = joined(*supposed, chain(random, *style.row(claim.relation)))
    return Text(kind, body, not wanted and False not in answers(claim, random, 8, positive=True))


def rational(top: int, bottom: int) -> Tree:
    return number(Fraction(top, bottom))
