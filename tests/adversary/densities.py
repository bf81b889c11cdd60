r"""Densities: what holds of distributions with integrals in place of sums, and what holds of probabilities alone.

The claims are those of `languages.py` about distributions.  Truth is that for densities that are constant on intervals:
`widths` are the lengths of these, and the densities of all variables integrate to one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod
from random import Random

from tests.adversary import languages as of
from tests.adversary import models, planted
from tests.adversary import rules_of_chance as c
from tests.adversary.latex import PRODUCT, Writer, writer
from tests.adversary.texts import TRUE, Text, chain, joined
from tests.adversary.tree import ONE, ZERO, Claim, Relation, Tree, add, div, ln, mul, neg, power, walk
from tests.adversary.values import Evaluation, Model, Number, Undefined, compared, enclosure, plus, role, times, total


@dataclass
class Line(Model):
    """Numbers, densities on products of intervals, and the lengths of these by variable."""

    widths: Mapping[str, Sequence[Fraction]] = field(default_factory=dict)


class OnALine(Evaluation):
    """Values where sums over variables are integrals."""

    model: Line

    def length(self, variables: Sequence[str], at: Mapping[str, int]) -> Fraction:
        return prod((self.model.widths[role(v)][at[v]] for v in variables), start=Fraction(1))

    def marginal(self, name: str, variables: Sequence[str], at: Mapping[str, int]) -> Fraction:
        """The density of some variables of a joint one."""
        axes, table = self.model.joints[name]
        wanted = {role(v): at[v] for v in variables}
        found = Fraction(0)
        for place, density in table.items():
            here = dict(zip(axes, place, strict=True))
            if all(here[axis] == number for axis, number in wanted.items()):
                found += density * self.length([axis for axis in axes if axis not in wanted], here)
        return found

    def _of_distributions(self, tree: Tree, at: Mapping[str, int]) -> Number:
        match tree.head, tree.data:
            case "total", variables:
                places = self.places(variables, at)
                return total([times(self.length(variables, p), self.number(tree.parts[0], p)) for p in places])
            case "expect", variables:
                weight, body = tree.parts
                places = self.places(variables, at)
                return total([times(self.length(variables, p), self._weighted(weight, body, p)) for p in places])
        return super()._of_distributions(tree, at)

    def _entropy(self, name: str, before: Sequence[str], after: Sequence[str]) -> Number:
        found: list[Number] = []
        for at in self.places((*before, *after), {}):
            joint = self.marginal(name, (*before, *after), at)
            rate = joint / (self.marginal(name, after, at) if after else 1)
            found.append(times(-joint * self.length((*before, *after), at), enclosure(rate).log()))
        return total(found)

    def _divergence(self, one: Tree, other: Tree, at: Mapping[str, int], relative: bool) -> Number:
        outcomes = one.data[1] if one.head == "prob" else tuple(v for part in one.parts for v in part.data[1])
        found: list[Number] = []
        for place in self.places(outcomes, at):
            p, q = self.probability(one, place), self.probability(other, place)
            found.append(times(p * self.length(outcomes, place), enclosure(p / q if relative else 1 / q).log()))
        return total(found)


def drawn(claim: Claim, random: Random) -> Line:
    """Densities on a few intervals of random lengths."""
    plain = models.drawn(claim, random, positive=True)
    widths = {
        v: [Fraction(random.randint(1, 9), random.choice((2, 7, 20))) for _ in range(n)]
        for v, n in plain.alphabets.items()
    }
    joints = {}
    for name, (axes, table) in plain.joints.items():
        lengths = {p: prod(widths[axis][n] for axis, n in zip(axes, p, strict=True)) for p in table}
        whole = sum(table[p] * lengths[p] for p in table)
        joints[name] = axes, {p: weight / whole for p, weight in table.items()}
    return Line(numbers=plain.numbers, alphabets=plain.alphabets, elements=plain.elements, joints=joints, widths=widths)


MODELS = 6


def answers(claim: Claim, random: Random) -> list[bool | None]:
    """Whether a claim holds, for some densities."""
    found: list[bool | None] = []
    for _ in range(MODELS):
        values = OnALine(model := drawn(claim, random))
        try:
            sides = [values.number(s, model.elements) for s in (claim.relation.left, claim.relation.right)]
        except Undefined:
            continue
        found.append(compared(plus(sides[0], times(Fraction(-1), sides[1])), claim.relation.sign))
    return found


class Style(Writer):
    """Writes integrals for sums, and entropies out, since `H` is for many that of discrete variables."""

    def written(self, tree: Tree) -> str:
        match tree.head, tree.parts, tree.data:
            case "total", (body,), variables:
                space = self.random.choice((r" \, d", r"\, \mathrm{d}", " d"))
                return "".join((r"\int " * len(variables), self.at(body, PRODUCT), *(space + v for v in variables)))
            case "entropy", _, (name, before, after):
                variables = (*before, *after)
                inner = mul(c.prob(name, variables), ln(c.prob(name, before, after)))
                return self.bracketed(f"-{self.written(Tree('total', (inner,), variables))}")
            case "info", _, (name, one, other, given):
                variables = (*one, *other, *given)
                parts = (c.prob(name, one, given), c.prob(name, other, given))
                ratio = ln(div(c.prob(name, (*one, *other), given), mul(*parts)))
                return self.bracketed(self.written(Tree("total", (mul(c.prob(name, variables), ratio),), variables)))
            case "cross", (one, other), _:
                variables = one.data[1]
                return self.bracketed(f"-{self.written(Tree('total', (mul(one, ln(other)),), variables))}")
            case "kl", (one, other), _:
                return rf"\mathrm{{KL}}({self.written(one)} \| {self.written(other)})"
            case "expect", (weight, body), _:
                return rf"\mathbb{{E}}_{{{self.written(weight)}}}{self.bracketed(self.written(body))}"
        return super().written(tree)


P, Q, JOINT = c.prob("p", ("x",)), c.prob("q", ("x",)), c.prob("P", ("x", "y"))
HOLD = (
    Relation(Tree("kl", (P, Q)), ">=", ZERO),
    Relation(Tree("cross", (P, P)), "<=", Tree("cross", (P, Q))),
    Relation(c.total(("x",), power(P, 2)), ">=", ZERO),
    Relation(c.entropy("P", ("x",), ("y",)), "<=", c.entropy("P", ("x",))),
    Relation(c.entropy("P", ("x", "y")), "<=", add(c.entropy("P", ("x",)), c.entropy("P", ("y",)))),
    Relation(c.info("P", "x", "y"), ">=", ZERO),
    Relation(c.expect(("x",), P, ln(div(Q, P))), "<=", ZERO),
)
"""Inequalities that hold of densities."""
HOLD_OF_PROBABILITIES = (
    Relation(c.expect(("x",), P, ln(P)), "<=", ZERO),
    Relation(Tree("cross", (P, Q)), ">=", ZERO),
    Relation(c.total(("x",), power(P, 2)), "<=", ONE),
    Relation(JOINT, "<=", c.prob("P", ("x",))),
    Relation(P, "<=", ONE),
    Relation(c.entropy("P", ("x",)), "<=", c.entropy("P", ("x", "y"))),
    Relation(c.info("P", "x", "y"), "<=", c.entropy("P", ("x",))),
    Relation(ln(c.total(("y",), JOINT)), ">=", c.total(("y",), mul(c.prob("P", ("y",), ("x",)), ln(JOINT)))),
    Relation(neg(Tree("kl", (P, Q))), "<=", c.expect(("x",), P, neg(ln(P)))),
)
"""Those that hold where sums stand for integrals, and not of densities."""


def of_one(random: Random) -> Claim:
    return Claim(random.choice(HOLD))


def of_probabilities(random: Random) -> Claim:
    return Claim(random.choice(HOLD_OF_PROBABILITIES))


SAID = (
    "Let {0} be probability densities.", "Let {0} be densities of continuous random variables.",
    "We write {0} for the densities of continuous variables.",
)  # fmt: skip


def text(random: Random, wanted: bool) -> Text | None:
    """A document whose claim is true as `wanted`."""
    kind, claim = TRUE, random.choice((of.probability, of.information, of_one))(random)
    if claim.relation.left == claim.relation.right:
        return None
    if not wanted:
        mistaken = ("wrong hypothesis", of_probabilities(random))
        found = mistaken if random.random() < 0.2 else planted.plant(claim, random)
        if found is None:
            return None
        kind, claim = found
    seen = answers(claim, random)
    if (not seen or not all(seen)) if wanted else False not in seen:
        return None
    plain = writer(claim, random)
    style = Style(random, plain.brackets, times=plain.times)
    used = sorted({n.data[0] for t in claim.trees() for _, n in walk(t) if n.head in ("prob", "entropy", "info")})
    names = " and ".join(f"${name}({', '.join(c.ROLES[name])})$" for name in used)
    return Text(kind, joined(random.choice(SAID).format(names), chain(random, *style.row(claim.relation))))
