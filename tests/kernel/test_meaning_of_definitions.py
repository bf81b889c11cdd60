"""The normal form and the signs mean what the terms mean, also with maps between index sets, extrema and definitions.

As in `test_meaning.py`, terms, facts and points are random; definitions are unfolded, or known for their signs only.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import quote
from symderiv.kernel.signs import NEGATIVE, POSITIVE, ZERO
from symderiv.kernel.terms import ONE, Add, Apply, Gather, Index, Multiply, Power, Reduce, Relation, Symbol, abstract
from symderiv.kernel.terms import ZERO as NOUGHT
from tests.kernel.test_meaning import FREE, OTHER, Draw, close, facts, point
from tests.kernel.total import elements

a, b, c, d = map(Symbol, "abcd")
SCOPE = (*FREE, *OTHER)
BODIES = {
    "d": [Add((a, b)), Power(a, Fraction(-1)), Multiply((b, c)), Apply("log", (a,)), Power(b, Fraction(2)), NOUGHT],
    "e": [Multiply((d, a)), Power(d, Fraction(1, 2)), Add((d, ONE)), Apply("exp", (d,))],
}


class WideDraw(Draw):
    """Random terms with maps, extrema and defined symbols."""

    def index(self, domain, scope):
        if self.random.random() < 0.1:
            other = "Y" if domain == "X" else "X"
            return Gather(f"to {domain}", domain, (super().index(other, scope),))
        return super().index(domain, scope)

    def atom(self, scope):
        return Symbol(self.random.choice("de")) if self.random.random() < 0.1 else super().atom(scope)

    def term(self, depth, scope):
        if depth == 0 or self.random.random() < 0.85:
            return super().term(depth, scope)
        kind = self.random.choice(("abs", "max", "min", "reduce"))
        if kind == "abs":
            return Apply(kind, (self.term(depth - 1, scope),))
        if kind != "reduce":
            return Apply(kind, (self.term(depth - 1, scope), self.term(depth - 1, scope)))
        self.fresh += 1
        bound = Index(f"i{self.fresh}", self.random.choice("XY"))
        body = abstract(self.term(depth - 1, (*scope, bound)), bound)
        return Reduce(self.random.choice(("max", "min", "product")), bound.domain, body)


def wide_point(random):
    here = point(random)
    for domain, other in ("XY", "YX"):
        places = elements(here.sizes[other])
        here.maps[f"to {domain}"] = {place: random.randrange(here.sizes[domain]) for place in places}
    here.definitions = {name: random.choice(bodies) for name, bodies in BODIES.items()}
    return here


def known_at(here, draw, random):
    """Facts that hold at a point, relations between random terms among them."""
    relations = [Relation(kind, draw.term(1, SCOPE), draw.term(1, SCOPE)) for kind in ("<=", "<", "=", "!=")]
    return tuple(fact for fact in (*facts(random), *relations) if here.holds(fact))


@pytest.mark.parametrize("seed", range(40))
def test_normal_forms_and_signs_under_definitions(seed):
    random = Random(seed)
    draw = WideDraw(random)
    compared = 0
    for _ in range(30):
        here = wide_point(random)
        term = draw.term(random.randint(1, 4), SCOPE)
        uses = {
            Relation("=", Symbol(n), body): random.choice(("meaning", "unfold")) for n, body in here.definitions.items()
        }
        try:
            meanings, unfold = (tuple(d for d in uses if uses[d] == use) for use in ("meaning", "unfold"))
            normalizer = Normalizer(known_at(here, draw, random), meanings, unfold, budget=2000)
            expected, found = here.value(term), here.value(quote(normalizer.polynomial(term)))
            sign = normalizer.signs.sign(term)
        except (Exhausted, OverflowError, RecursionError):
            continue
        if max(abs(expected), abs(found)) > 1e7:
            continue
        assert close(expected, found), (term, vars(here))
        if abs(expected) > 1e-6 or expected == 0:
            possible = POSITIVE if expected > 0 else NEGATIVE if expected < 0 else ZERO
            assert sign & possible, (term, expected, vars(here))
        compared += 1
    assert compared > 15
