"""The normal form means what the term means, at every point: also at zeros, and whatever ln(-1) and 1/0 ln 0 may be.

Terms, facts and points are drawn at random; only facts that hold at the point are given to the normal form.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from random import Random

import pytest

from symderiv.kernel.errors import Exhausted
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.polynomial import quote
from symderiv.kernel.signs import NEGATIVE, POSITIVE, ZERO
from symderiv.kernel.terms import (
    ONE,
    Add,
    Apply,
    Delta,
    Entry,
    Gather,
    Implies,
    Index,
    Multiply,
    Number,
    Power,
    Reduce,
    Relation,
    Size,
    Symbol,
    abstract,
    forall,
    nonnegative,
    nonzero,
    positive,
    sum_over,
)
from symderiv.kernel.terms import ZERO as NOUGHT
from tests.kernel.total import Total, elements

EXPONENTS = [Fraction(n) for n in (-2, -1, -1, -1, 2, 3)] + [Fraction(1, 2), Fraction(-1, 2), Fraction(3, 2)]
DOMAINS = {"x": "X", "y": "Y"}
TENSORS = {"P": ("X", "Y"), "u": ("X",), "v": ("Y",), "w": ("X", "X")}


class Draw:
    """Random terms over a few names."""

    count = 40

    def __init__(self, random):
        self.random = random
        self.fresh = 0

    def index(self, domain, scope):
        known = [i for i in scope if i.domain == domain]
        return self.random.choice(known)

    def atom(self, scope):
        kind = self.random.randrange(8)
        if kind == 0:
            return Number(Fraction(self.random.choice((-2, -1, 0, 1, 2, 3)), self.random.choice((1, 1, 2))))
        if kind == 1:
            return Symbol(self.random.choice("abc"))
        if kind == 2:
            return Size(self.random.choice("XY"))
        if kind == 3:
            domain = self.random.choice("XY")
            return Delta(self.index(domain, scope), self.index(domain, scope))
        name = self.random.choice(list(TENSORS))
        return Entry(name, tuple(self.index(d, scope) for d in TENSORS[name]))

    def term(self, depth, scope):
        if depth == 0:
            return self.atom(scope)
        kind = self.random.randrange(10)
        if kind <= 1:
            return Add(tuple(self.term(depth - 1, scope) for _ in range(2)))
        if kind <= 4:
            return Multiply(tuple(self.term(depth - 1, scope) for _ in range(self.random.randint(1, 3))))
        if kind == 5:
            return Power(self.term(depth - 1, scope), self.random.choice(EXPONENTS))
        if kind == 6:
            return Apply("log", (self.term(depth - 1, scope),))
        if kind == 7 and self.random.random() < 0.5:
            return Apply("exp", (self.atom(scope),))
        self.fresh += 1
        bound = Index(f"i{self.fresh}", self.random.choice("XY"))
        return Reduce("sum", bound.domain, abstract(self.term(depth - 1, (*scope, bound)), bound))


class DrawFractions(Draw):
    """Fractions of few names inside each other, with exponentials among them, so that denominators meet and vanish."""

    def atom(self, scope):
        kind = self.random.randrange(6)
        if kind == 0:
            return Number(Fraction(self.random.choice((-2, -1, 1, 1, 2))))
        if kind == 1:
            return Apply("exp", (Multiply((Number(Fraction(self.random.choice((-1, 1)))), Symbol("a"))),))
        if kind == 2:
            return Entry("u", (self.index("X", scope),))
        return Symbol(self.random.choice("abc"))

    def term(self, depth, scope):
        if depth == 0:
            return self.atom(scope)
        kind = self.random.randrange(8)
        if kind <= 2:
            return Add(tuple(self.term(depth - 1, scope) for _ in range(self.random.randint(2, 3))))
        if kind <= 4:
            return Multiply(tuple(self.term(depth - 1, scope) for _ in range(2)))
        if kind == 5:
            return Apply("log", (self.term(depth - 1, scope),))
        return Power(self.term(depth - 1, scope), Fraction(self.random.choice((-2, -1, -1, -1))))


class DrawLookups(Draw):
    """Sums over what is looked up, of products with equations of lookups in them."""

    count = 12

    def index(self, domain, scope):
        known = [i for i in scope if i.domain == domain]
        other = [i for i in scope if i.domain != domain]
        kind = self.random.randrange(4)
        if kind == 0:
            return self.random.choice(known)
        place = self.random.choice(known if kind == 1 else other)
        name = f"to {domain} from {place.domain}"
        once = Gather(name, domain, (place,))
        return Gather(f"to {domain} from {domain}", domain, (once,)) if kind == 3 else once

    def atom(self, scope):
        if self.random.random() < 0.5:
            return Delta(*(self.index(domain, scope) for domain in self.random.choice(("XX", "YY"))))
        return Entry("u", (self.index("X", scope),))

    def term(self, depth, scope):
        if self.random.random() < 0.3:
            return Apply("exp", (self.atom(scope),))
        bound = [Index(f"i{depth}{n}", self.random.choice("XY")) for n in range(self.random.randint(1, 3))]
        inner = [self.atom((*scope, *bound)) for _ in range(self.random.randint(2, 5))]
        if depth > 1:
            inner.append(Power(self.term(depth - 1, (*scope, *bound)), self.random.choice((Fraction(1), Fraction(-1)))))
        return sum_over(bound, Multiply(tuple(inner)))


FREE = (Index("x", "X"), Index("y", "Y"))
OTHER = (Index("s", "X"), Index("t", "Y"))


def facts(random):
    """Facts that may or may not hold at a point."""
    x, y, s = Index("x", "X"), Index("y", "Y"), Index("s", "X")
    P, u, v, w = Entry("P", (x, y)), Entry("u", (x,)), Entry("v", (y,)), Entry("w", (x, s))
    a, b, c = map(Symbol, "abc")
    whole = Reduce("sum", "X", abstract(Reduce("sum", "Y", abstract(P, y)), x))
    columns = Reduce("sum", "X", abstract(P, x))
    every = [
        nonzero(a),
        nonzero(b),
        nonzero(Add((ONE, a))),
        nonzero(Add((a, b))),
        nonzero(Add((ONE, Power(b, Fraction(-1))))),
        forall([x, y], nonnegative(P)),
        forall([x], nonnegative(u)),
        forall([x], positive(u)),
        forall([x], nonzero(u)),
        forall([y], nonnegative(v)),
        forall([x, s], nonnegative(w)),
        Relation("=", whole, ONE),
        forall([y], Relation("=", columns, ONE)),
        forall([y], Relation("=", v, columns)),
        forall([x, y], Implies(positive(P), positive(u))),
        forall([x, y], Implies(nonzero(v), positive(P))),
        forall([x, y], Implies(nonzero(P), nonzero(v))),
        positive(a),
        nonnegative(b),
        nonzero(c),
        Relation("=", a, b),
        Relation("<", a, b),
        Relation("<=", Add((a, b)), c),
        Relation("=", Add((a, b)), ONE),
        Relation("<", a, NOUGHT),
    ]
    return random.sample(every, random.randint(0, 8))


def point(random):
    sizes = {"X": random.randint(1, 3), "Y": random.randint(1, 3)}
    pick = random.choice(([0, 0, 1, 2], [1, 2, 0.5], [-1, 0, 1, 2], [0, 1]))
    tensors = {
        name: {place: float(random.choice(pick)) for place in elements(*(sizes[d] for d in axes))}
        for name, axes in TENSORS.items()
    }
    if random.random() < 0.5:
        for j in range(sizes["Y"]):
            total = sum(tensors["P"][i, j] for i in range(sizes["X"]))
            if total > 0:
                for i in range(sizes["X"]):
                    tensors["P"][i, j] /= total
    if random.random() < 0.5:
        for j in range(sizes["Y"]):
            tensors["v"][j,] = sum(tensors["P"][i, j] for i in range(sizes["X"]))
    symbols = {name: float(random.choice([*pick, 1, 0])) for name in "abc"}
    indices = {i.name: random.randrange(sizes[i.domain]) for i in (*FREE, *OTHER)}
    here = Total(sizes, symbols, tensors, indices, random.random())
    for one in "XY":
        for other in "XY":
            values = {place: random.randrange(sizes[one]) for place in elements(sizes[other])}
            here.maps[f"to {one} from {other}"] = values
    return here


def close(one, other):
    return abs(one - other) <= 1e-6 * max(1.0, abs(one), abs(other))


@pytest.mark.parametrize("draw", [Draw, DrawFractions, DrawLookups])
@pytest.mark.parametrize("seed", range(60))
def test_the_normal_form_has_the_value_of_the_term(seed, draw):
    random = Random(seed)
    compared = 0
    for _ in range(draw.count):
        term = draw(random).term(random.randint(1, 4), (*FREE, *OTHER))
        here = point(random)
        known = [fact for fact in facts(random) if here.holds(fact)]
        try:
            normal = quote(Normalizer(known, budget=3000).polynomial(term))
            expected, found = here.value(term), here.value(normal)
        except (Exhausted, OverflowError):
            continue
        if max(abs(expected), abs(found)) > 1e7:
            continue
        assert close(expected, found), (term, normal, known, vars(here))
        compared += 1
    assert compared > draw.count * 3 // 8


@pytest.mark.parametrize("seed", range(60))
def test_a_sign_is_right_wherever_the_facts_hold(seed):
    random = Random(1000 + seed)
    for _ in range(60):
        term = Draw(random).term(random.randint(0, 3), (*FREE, *OTHER))
        here = point(random)
        known = [fact for fact in facts(random) if here.holds(fact)]
        try:
            sign = Normalizer(known, budget=2000).signs.sign(term)
            value = here.value(term)
        except (Exhausted, OverflowError):
            continue
        if abs(value) < 1e-7:
            assert sign & ZERO or value != 0, (term, known, vars(here))
        else:
            assert sign & (POSITIVE if value > 0 else NEGATIVE), (term, value, known, vars(here))


def nested_fractions():
    """Fractions whose denominators can vanish, alone and inside each other."""
    a, b = Symbol("a"), Symbol("b")
    minus = Fraction(-1)
    one_over_a, one_over_b = Power(a, minus), Power(b, minus)
    for below in (Add((ONE, one_over_a)), Add((one_over_a, one_over_b)), Add((a, ONE)), Add((a, b))):
        for above in (ONE, a, one_over_a, Multiply((a, one_over_b)), Multiply((b, one_over_a)), Power(a, Fraction(-2))):
            for exponent in (-1, -2):
                yield Multiply((above, Power(below, Fraction(exponent))))
        yield Apply("log", (below,))


@pytest.mark.parametrize("term", list(nested_fractions()), ids=str)
def test_a_fraction_has_its_value_where_a_denominator_is_zero(term):
    a, b = Symbol("a"), Symbol("b")
    conditions = [nonzero(a), nonzero(b), positive(a), nonzero(Add((a, ONE))), nonzero(Add((a, b)))]
    for values in product((-1.0, 0.0, 1.0), repeat=2):
        here = Total({}, dict(zip("ab", values, strict=True)), {}, {}, 0.5)
        true = [condition for condition in conditions if here.holds(condition)]
        for count in range(len(true) + 1):
            for known in combinations(true, count):
                normal = quote(Normalizer(known).polynomial(term))
                assert close(here.value(term), here.value(normal)), (term, normal, known, values)


def test_an_equation_that_leads_back_to_itself_is_left_out():
    """It cannot be used to rewrite, since that would never end; the others still are."""
    a, b, c = map(Symbol, "abc")
    circle = Relation("=", a, Power(Add((ONE, a)), Fraction(-1)))
    normal = Normalizer([circle, Relation("=", b, c)])
    assert normal.polynomial(Multiply((a, b))) == normal.polynomial(Multiply((a, c)))
