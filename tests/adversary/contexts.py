"""Claims that need what the prose around them says, or does not say: bounds, values and independence.

The claims are those of other languages.  A false one is true where something holds of which the text speaks without
saying that it does: in another case, in another section, as a supposition that it drops again.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.adversary import languages as of
from tests.adversary import rewriting as r
from tests.adversary.latex import Writer, writer
from tests.adversary.models import is_true, positive_witness, witness
from tests.adversary.texts import DOES_NOT, HOLDS, TRUE, Text, chain, joined
from tests.adversary.tree import Claim, Relation, number, put, walk

INDEPENDENT = (
    "$X$ and $Y$ are independent", "$X$ and $Y$ are statistically independent", "$X$ is independent of $Y$",
)  # fmt: skip
VARIABLES = ("Let $X$ and $Y$ be random variables.", "Let $X$, $Y$ be two real random variables.")
OF_VALUES = (
    "Setting {0} for a moment, we get\n\n$$ 1 + 1 = 2 $$\n\nNow to the general case.",
    "For example, with {0} we get\n\n$$ 1 + 1 = 2 $$\n\nIn general this is different.",
    "Had we chosen {0}, much would be easier.",
)


def with_a_value(random: Random) -> Claim:
    """A letter has a value, and is replaced by it where it occurs."""
    atoms = of.names(random, 3)
    letter, *rest = atoms
    value = random.choice((number(random.randint(2, 4)), r.flat("add", tuple(rest)), r.flat("mul", tuple(rest))))
    start = of.polynomial(random, atoms, 2)
    places = [path for path, part in walk(start) if part == letter]
    right = start
    for path in places:
        right = put(right, path, value)
    right = r.rewritten(right, r.ALGEBRA, random.randint(0, 3), random)
    return Claim(Relation(start, "=", right), (Relation(letter, "=", value),))


def of_independent(random: Random) -> Claim:
    """What is true of independent random variables."""
    while True:
        claim = of.expectation(random)
        if any("independent" in word for word in claim.words):
            return claim


STARTS = (of.logarithms, of.powers, of.inequalities, of.inequalities, with_a_value, with_a_value)


def text(random: Random, wanted: bool) -> Text | None:
    """A document whose claim is true as `wanted`."""
    if random.random() < 0.3:
        return of_variables(random, wanted)
    claim = random.choice(STARTS)(random)
    if not claim.hypotheses or claim.words or claim.relation.left == claim.relation.right:
        return None
    style = replace(writer(claim, random), exponential=False)
    chosen = random.randrange(len(claim.hypotheses))
    kept = [h for n, h in enumerate(claim.hypotheses) if n != chosen]
    clause = f"${style.relation(claim.hypotheses[chosen])}$"
    others = [random.choice(HOLDS).format(f"${style.relation(h)}$") for h in kept]
    if wanted:
        if not is_true(claim, random):
            return None
        return written(TRUE, others, random.choice(HOLDS), clause, claim, style, random)
    weaker = replace(claim, hypotheses=tuple(kept))
    if witness(weaker, random) is None:
        return None
    is_value = claim.hypotheses[chosen].sign == "="
    frame = random.choice((*DOES_NOT, *OF_VALUES) if is_value else DOES_NOT)
    found = written("missing hypothesis", others, frame, clause, claim, style, random)
    return replace(found, conditional=positive_witness(weaker, random) is None)


def of_variables(random: Random, wanted: bool) -> Text | None:
    """The same of random variables, which are independent or not."""
    claim = of_independent(random)
    style = replace(writer(claim, random), exponential=False)
    clause = random.choice(INDEPENDENT)
    if claim.relation.left == claim.relation.right:
        return None
    if wanted:
        found = random.choice(HOLDS)
        return written(TRUE, [random.choice(VARIABLES)], found, clause, claim, style, random)
    if witness(replace(claim, words=("let X, Y be random variables",)), random) is None:
        return None
    frame = random.choice(DOES_NOT)
    return written("missing hypothesis", [random.choice(VARIABLES)], frame, clause, claim, style, random)


def written(kind: str, others: list[str], frame: str, clause: str, claim: Claim, style: Writer, random: Random) -> Text:
    """The document."""
    return Text(kind, joined(*others, frame.format(clause), chain(random, *style.row(claim.relation))))
