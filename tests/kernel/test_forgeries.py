"""Forgeries: each is flawless but for one thing, and the check that stops it is named.

Beside them stand the same lines without the flaw, which are accepted.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce

import pytest

from symderiv.kernel.errors import Exhausted, Rejected
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.normal_form import Normalizer
from symderiv.kernel.replay import Line, derive, replay_proof, replay_refutation
from symderiv.kernel.terms import (
    MINUS_ONE,
    ONE,
    REAL,
    ZERO,
    Add,
    Apply,
    Bound,
    Delta,
    Entry,
    Forall,
    Gather,
    Implies,
    Index,
    Multiply,
    Number,
    Power,
    Reduce,
    Relation,
    Symbol,
    forall,
    nonnegative,
    nonzero,
    positive,
    subtract,
    sum_over,
)

a, b, c = map(Symbol, "abc")
i, j, k = Index("i", "I"), Index("j", "I"), Index("k", "K")
u, uj = Entry("u", (i,)), Entry("u", (j,))
INVERSE = Fraction(-1)
DEEP = reduce(lambda term, _: Add((term, ONE)), range(3000), a)
EQUAL = Relation("=", Add((a, b)), Add((b, a)))
LESS = Relation("<=", a, b)
STRICT = Relation("<", a, b)
SAME = Relation("=", a, b)
UNEQUAL = Relation("!=", a, b)
OTHER = Relation("<=", c, ZERO)
SUMMED = Relation("<", Add((a, c)), b)
SCALED = Relation("=", Multiply((a, c)), Multiply((b, c)))
SQUARE = Relation("<=", ZERO, Power(a, Fraction(2)))
TOTAL = sum_over([i], u)
MOST = Reduce("max", "I", Entry("u", (Bound(0),)))
ABOVE = forall([i], nonnegative(u))
SHARE = Relation("<=", u, TOTAL)


def line(inference, *arguments, premises=()):
    return Line(inference, tuple(premises), arguments)


def proves(*lines, theorems=None):
    return derive(tuple(lines), theorems or {})[-1]


def others(index):
    """The weights of all terms of a sum but one."""
    return Reduce("multiplier", "I", Power(subtract(ONE, Delta(Bound(0), index)), Fraction(2)))


ACCEPTED = {
    "a sum that is not 0 has a factor that is not": (
        [line("sign", Implies(nonzero(sum_over([i], Multiply((u, a)))), nonzero(a)))],
        Sequent(frozenset(), Implies(nonzero(sum_over([i], Multiply((u, a)))), nonzero(a))),
    ),
    "hypothesis": ([line("hypothesis", LESS)], Sequent(frozenset((LESS,)), LESS)),
    "equality": ([line("equality", EQUAL)], Sequent(frozenset(), EQUAL)),
    "sign": ([line("sign", SQUARE)], Sequent(frozenset(), SQUARE)),
    "instance": (
        [line("hypothesis", ABOVE), line("instance", j, premises=[0])],
        Sequent(frozenset((ABOVE,)), nonnegative(uj)),
    ),
    "generalise": (
        [line("sign", nonnegative(Power(u, Fraction(2)))), line("generalise", i, premises=[0])],
        Sequent(frozenset(), forall([i], nonnegative(Power(u, Fraction(2))))),
    ),
    "detach": (
        [line("hypothesis", Implies(LESS, EQUAL)), line("hypothesis", LESS), line("detach", premises=[0, 1])],
        Sequent(frozenset((Implies(LESS, EQUAL), LESS)), EQUAL),
    ),
    "discharge": (
        [line("hypothesis", STRICT), line("weaken", LESS, premises=[0]), line("discharge", STRICT, premises=[1])],
        Sequent(frozenset(), Implies(STRICT, LESS)),
    ),
    "compose": (
        [line("hypothesis", LESS), line("hypothesis", Relation("<", b, c)), line("compose", premises=[0, 1])],
        Sequent(frozenset((LESS, Relation("<", b, c))), Relation("<", a, c)),
    ),
    "weaken": (
        [line("equality", EQUAL), line("weaken", Relation("<=", EQUAL.left, EQUAL.right), premises=[0])],
        Sequent(frozenset(), Relation("<=", EQUAL.left, EQUAL.right)),
    ),
    "weaken to the same": (
        [line("hypothesis", SAME), line("weaken", SAME, premises=[0])],
        Sequent(frozenset((SAME,)), SAME),
    ),
    "weaken an equation turned round": (
        [line("hypothesis", SAME), line("weaken", Relation("=", b, a), premises=[0])],
        Sequent(frozenset((SAME,)), Relation("=", b, a)),
    ),
    "weaken an equation to an order turned round": (
        [line("hypothesis", SAME), line("weaken", Relation("<=", b, a), premises=[0])],
        Sequent(frozenset((SAME,)), Relation("<=", b, a)),
    ),
    "weaken what is unequal turned round": (
        [line("hypothesis", UNEQUAL), line("weaken", Relation("!=", b, a), premises=[0])],
        Sequent(frozenset((UNEQUAL,)), Relation("!=", b, a)),
    ),
    "weaken a strict order": (
        [line("hypothesis", STRICT), line("weaken", UNEQUAL, premises=[0])],
        Sequent(frozenset((STRICT,)), UNEQUAL),
    ),
    "combine a strict order and another": (
        [line("hypothesis", STRICT), line("hypothesis", OTHER), line("combine", SUMMED, ONE, ONE, premises=[0, 1])],
        Sequent(frozenset((STRICT, OTHER)), SUMMED),
    ),
    "combine an order and a strict one": (
        [line("hypothesis", OTHER), line("hypothesis", STRICT), line("combine", SUMMED, ONE, ONE, premises=[0, 1])],
        Sequent(frozenset((STRICT, OTHER)), SUMMED),
    ),
    "term of sum": (
        [line("hypothesis", ABOVE), line("combine", SHARE, others(i), premises=[0])],
        Sequent(frozenset((ABOVE,)), SHARE),
    ),
    "below maximum": (
        [line("below_maximum", Relation("<=", u, MOST), i)],
        Sequent(frozenset(), Relation("<=", u, MOST)),
    ),
    "maximum": (
        [line("hypothesis", forall([i], Relation("<=", u, a))), line("maximum", Relation("<=", MOST, a), premises=[0])],
        Sequent(frozenset((forall([i], Relation("<=", u, a)),)), Relation("<=", MOST, a)),
    ),
    "combine": (
        [line("hypothesis", LESS), line("combine", Relation("<=", Add((a, c)), Add((b, c))), ONE, premises=[0])],
        Sequent(frozenset((LESS,)), Relation("<=", Add((a, c)), Add((b, c)))),
    ),
    "cancel": (
        [line("hypothesis", SCALED), line("hypothesis", nonzero(c)), line("cancel", SAME, c, premises=[0, 1])],
        Sequent(frozenset((SCALED, nonzero(c))), SAME),
    ),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_flawless_lines_are_accepted(name):
    lines, sequent = ACCEPTED[name]
    assert proves(*lines) == sequent


FORGERIES = {
    "an inference nobody knows": ("replay: unknown inference", [line("trust me", LESS)]),
    "a later line as premise": ("replay: premise is not an earlier line", [line("weaken", LESS, premises=[0])]),
    "a line before the first as premise": (
        "replay: premise is not an earlier line",
        [line("hypothesis", LESS), line("weaken", LESS, premises=[-1])],
    ),
    "one premise too few": ("replay: shape of the line", [line("hypothesis", LESS), line("compose", premises=[0])]),
    "one argument too many": ("replay: shape of the line", [line("hypothesis", LESS, LESS)]),
    "an axiom with a premise": (
        "replay: shape of the line",
        [line("hypothesis", LESS), line("axiom", "real.indicator", premises=[0])],
    ),
    "an axiom with two names": ("replay: shape of the line", [line("axiom", "real.indicator", "real.indicator")]),
    "an exponential of two numbers": ("sorts: number of arguments", [line("sign", positive(Apply("exp", (a, b))))]),
    "a maximum of nothing": ("sorts: number of arguments", [line("sign", nonnegative(Apply("max", ())))]),
    "no argument": ("replay: shape of the line", [line("equality")]),
    "a reserved name": ("replay: reserved name", [line("hypothesis", positive(Symbol("?0")))]),
    "an open hypothesis": ("sorts: loose variable", [line("hypothesis", nonnegative(Entry("u", (Bound(0),))))]),
    "the real numbers as an index set": (
        "sorts: the real numbers are no index set",
        [line("below_maximum", Relation("<=", Add((a, ONE)), Reduce("max", REAL, Bound(0))), a)],
    ),
    "an index as a number": ("sorts: number expected", [line("sign", nonnegative(Power(i, Fraction(2))))]),
    "a number as an index": ("sorts: index expected", [line("sign", nonnegative(Delta(i, a)))]),
    "a delta across two sets": (
        "sorts: indices of two sets are compared",
        [line("equality", Relation("=", sum_over([i], Delta(i, k)), ONE))],
    ),
    "a multiplier of a reduction nobody knows": (
        "sorts: reduction",
        [line("hypothesis", LESS), line("combine", LESS, Reduce("mean", "I", ONE), premises=[0])],
    ),
    "a function of one number and of two": (
        "sorts: two signatures",
        [line("hypothesis", Relation("=", Apply("f", (a,)), Apply("f", (a, b))))],
    ),
    "a map from two sets": (
        "sorts: two signatures",
        [
            line(
                "hypothesis",
                Relation("=", Entry("u", (Gather("g", "I", (i,)),)), Entry("u", (Gather("g", "I", (k,)),))),
            )
        ],
    ),
    "a tensor with two shapes": (
        "sorts: two signatures",
        [line("hypothesis", ABOVE), line("sign", nonnegative(Power(Entry("u", (k,)), Fraction(2))))],
    ),
    "a number to the zeroth makes nothing live": (
        "sign: not shown",
        [line("sign", Implies(nonzero(Power(a, Fraction(0))), nonzero(a)))],
    ),
    "a sum that is not 0 makes none of its terms live": (
        "sign: not shown",
        [line("sign", Implies(nonzero(TOTAL), nonzero(uj)))],
    ),
    "two sums that are not 0 are so at one index": (
        "sign: not shown",
        [
            line("hypothesis", forall([i], Implies(nonzero(u), Implies(nonzero(Entry("v", (i,))), nonzero(a))))),
            line(
                "sign",
                Implies(nonzero(TOTAL), Implies(nonzero(sum_over([i], Entry("v", (i,)))), nonzero(a))),
                "fact",
                premises=[0],
            ),
        ],
    ),
    "the greatest of some numbers makes none of their factors live": (
        "sign: not shown",
        [line("sign", Implies(nonzero(Reduce("max", "I", Multiply((a, Entry("u", (Bound(0),)))))), nonzero(a)))],
    ),
    "an index in the kernel's own name": (
        "replay: reserved name",
        [line("sign", Implies(nonzero(TOTAL), nonzero(Entry("u", (Index("!live0", "I"),)))))],
    ),
    "an axiom nobody stated": ("axiom: unknown", [line("axiom", "real.wishful")]),
    "a theorem nobody proved": ("theorem: unknown", [line("theorem", "sha256:0")]),
    "an instance of what is not general": (
        "instance: quantifier expected",
        [line("hypothesis", LESS), line("instance", j, premises=[0])],
    ),
    "an instance in another index set": (
        "instance: domain",
        [line("hypothesis", ABOVE), line("instance", k, premises=[0])],
    ),
    "a number for an index": ("instance: domain", [line("hypothesis", ABOVE), line("instance", a, premises=[0])]),
    "an index for a number": (
        "instance: domain",
        [line("axiom", "logarithm.tangent"), line("instance", i, premises=[0])],
    ),
    "an open instance": (
        "sorts: loose variable",
        [line("hypothesis", ABOVE), line("instance", Bound(0), premises=[0])],
    ),
    "general over a name in a hypothesis": (
        "generalise: free in a hypothesis",
        [line("hypothesis", nonnegative(u)), line("generalise", i, premises=[0])],
    ),
    "general over no name": (
        "generalise: name",
        [line("hypothesis", nonnegative(u)), line("generalise", u, premises=[0])],
    ),
    "detached from no implication": (
        "detach: implication expected",
        [line("hypothesis", LESS), line("hypothesis", LESS), line("detach", premises=[0, 1])],
    ),
    "detached by another premise": (
        "detach: premise",
        [line("hypothesis", Implies(LESS, EQUAL)), line("hypothesis", SQUARE), line("detach", premises=[0, 1])],
    ),
    "a proposition for a number": (
        "instance: domain",
        [line("axiom", "logarithm.tangent"), line("instance", LESS, premises=[0])],
    ),
    "a role too few": (
        "roles: one for each premise",
        [line("hypothesis", LESS), line("equality", EQUAL, premises=[0])],
    ),
    "a role nobody knows": (
        "roles: unknown",
        [line("hypothesis", LESS), line("equality", EQUAL, "oracle", premises=[0])],
    ),
    "a meaning that defines nothing": (
        "roles: not definitions",
        [line("hypothesis", LESS), line("equality", EQUAL, "unfold", premises=[0])],
    ),
    "a recursive definition": (
        "roles: not definitions",
        [
            line("hypothesis", Relation("=", a, Add((a, ONE)))),
            line("equality", Relation("=", a, Add((a, ONE))), "unfold", premises=[0]),
        ],
    ),
    "a conditional equation as a definition": (
        "roles: not definitions",
        [
            line("hypothesis", Implies(LESS, Relation("=", c, ONE))),
            line("equality", Relation("=", c, ONE), "unfold", premises=[0]),
        ],
    ),
    "a diagonal as a definition of all entries": (
        "roles: not definitions",
        [
            line("hypothesis", forall([i], Relation("=", Entry("w", (i, i)), ONE))),
            line("equality", Relation("=", Entry("w", (i, j)), ONE), "unfold", premises=[0]),
        ],
    ),
    "a function as a definition of the tensor of its name": (
        "roles: not definitions",
        [
            line("hypothesis", forall([a], Relation("=", Apply("u", (a,)), ONE))),
            line("equality", Relation("=", u, ONE), "unfold", premises=[0]),
        ],
    ),
    "one entry as a definition of all": (
        "roles: not definitions",
        [
            line("hypothesis", forall([i], Relation("=", uj, ONE))),
            line("equality", Relation("=", u, ONE), "unfold", premises=[0]),
        ],
    ),
    "an order by normal form": ("equality: relation", [line("equality", Relation("<=", a, a))]),
    "two different sides": ("equality: normal forms differ", [line("equality", Relation("=", a, b))]),
    "x/x without x != 0": (
        "equality: normal forms differ",
        [line("equality", Relation("=", Multiply((a, Power(a, INVERSE))), ONE))],
    ),
    "log of a product without signs": (
        "equality: normal forms differ",
        [
            line("hypothesis", positive(a)),
            line(
                "equality",
                Relation("=", Apply("log", (Multiply((a, b)),)), Add((Apply("log", (a,)), Apply("log", (b,))))),
                "fact",
                premises=[0],
            ),
        ],
    ),
    "a captured index": (
        "equality: normal forms differ",
        [line("equality", Relation("=", Multiply((TOTAL, uj)), sum_over([i], Multiply((u, u)))))],
    ),
    "a marginal over an index in use": (
        "equality: normal forms differ",
        [
            line("hypothesis", Relation("=", TOTAL, ONE)),
            line("equality", Relation("=", sum_over([i], Multiply((u, u))), ONE), "fact", premises=[0]),
        ],
    ),
    "a sign that is open": ("sign: not shown", [line("sign", positive(a))]),
    "a square is not positive": ("sign: not shown", [line("sign", positive(Power(a, Fraction(2))))]),
    "a sum with one non-negative term": (
        "sign: not shown",
        [line("hypothesis", nonnegative(u)), line("sign", nonnegative(TOTAL), "fact", premises=[0])],
    ),
    "signs of all real numbers": (
        "sign: index quantifier expected",
        [line("sign", Forall(REAL, nonnegative(Power(Bound(0), Fraction(2)))))],
    ),
    "two numbers that are unequal by combination": ("combine: relation", [line("combine", Relation("!=", a, b))]),
    "a negative multiplier": (
        "combine: multiplier may be negative",
        [line("hypothesis", LESS), line("combine", Relation("<=", b, a), MINUS_ONE, premises=[0])],
    ),
    "a multiplier of unknown sign": (
        "combine: multiplier may be negative",
        [
            line("hypothesis", LESS),
            line("combine", Relation("<=", Multiply((c, a)), Multiply((c, b))), c, premises=[0]),
        ],
    ),
    "a remainder": (
        "combine: remainder",
        [line("hypothesis", LESS), line("combine", Relation("<=", Add((a, ONE)), b), ONE, premises=[0])],
    ),
    "strict from what is not": (
        "combine: remainder",
        [line("hypothesis", LESS), line("combine", Relation("<", a, b), ONE, premises=[0])],
    ),
    "strict with a multiplier that may be nothing": (
        "combine: remainder",
        [
            line("hypothesis", STRICT),
            line("hypothesis", nonnegative(c)),
            line("combine", Relation("<", Multiply((c, a)), Multiply((c, b))), c, "fact", premises=[0, 1]),
        ],
    ),
    "strict from orders": (
        "combine: remainder",
        [line("hypothesis", LESS), line("hypothesis", OTHER), line("combine", SUMMED, ONE, ONE, premises=[0, 1])],
    ),
    "a sum that is strict in no term": (
        "combine: remainder",
        [line("hypothesis", ABOVE), line("combine", positive(TOTAL), Reduce("multiplier", "I", ONE), premises=[0])],
    ),
    "an equation between other numbers": (
        "weaken: relation",
        [line("hypothesis", SAME), line("weaken", Relation("=", a, c), premises=[0])],
    ),
    "an equation from what is unequal": (
        "weaken: relation",
        [line("hypothesis", UNEQUAL), line("weaken", SAME, premises=[0])],
    ),
    "an equation from an order": (
        "combine: kind",
        [line("hypothesis", LESS), line("combine", Relation("=", a, b), ONE, premises=[0])],
    ),
    "a premise whose condition is open": (
        "combine: condition",
        [
            line("axiom", "logarithm.tangent"),
            line("instance", a, premises=[0]),
            line("combine", Relation("<=", Apply("log", (a,)), Add((a, MINUS_ONE))), ONE, premises=[1]),
        ],
    ),
    "an equation with a remainder": (
        "combine: remainder",
        [line("hypothesis", Relation("=", a, b)), line("combine", Relation("=", Add((a, ONE)), b), ONE, premises=[0])],
    ),
    "a multiplier too few": (
        "combine: one argument for each premise",
        [line("hypothesis", LESS), line("combine", LESS, premises=[0])],
    ),
    "a premise that is a word for all numbers": (
        "combine: premise",
        [
            line("hypothesis", Implies(LESS, Forall(REAL, positive(Bound(0))))),
            line("combine", SQUARE, ONE, premises=[0]),
        ],
    ),
    "a multiplier that binds another set": (
        "combine: multiplier binds",
        [line("hypothesis", ABOVE), line("combine", nonnegative(TOTAL), Reduce("multiplier", "K", ONE), premises=[0])],
    ),
    "a multiplier without its binder": (
        "combine: multiplier expected",
        [line("hypothesis", ABOVE), line("combine", nonnegative(TOTAL), ONE, premises=[0])],
    ),
    "an axiom without an instance": (
        "combine: index quantifier expected",
        [line("axiom", "real.indicator"), line("combine", SQUARE, ONE, premises=[0])],
    ),
    "a broken chain": (
        "compose: middle",
        [line("hypothesis", LESS), line("hypothesis", LESS), line("compose", premises=[0, 1])],
    ),
    "unequal is not transitive": (
        "compose: kinds",
        [
            line("hypothesis", Relation("!=", a, b)),
            line("hypothesis", Relation("!=", b, a)),
            line("compose", premises=[0, 1]),
        ],
    ),
    "an order turned round": (
        "weaken: relation",
        [line("hypothesis", LESS), line("weaken", Relation("<=", b, a), premises=[0])],
    ),
    "an order made strict": (
        "weaken: relation",
        [line("hypothesis", LESS), line("weaken", Relation("<", a, b), premises=[0])],
    ),
    "strict turned round": (
        "weaken: relation",
        [line("hypothesis", Relation("<", a, b)), line("weaken", Relation("<=", b, a), premises=[0])],
    ),
    "a term at another index": (
        "combine: remainder",
        [line("hypothesis", ABOVE), line("combine", SHARE, others(j), premises=[0])],
    ),
    "a term of another set": (
        "sorts: indices of two sets are compared",
        [line("hypothesis", ABOVE), line("combine", SHARE, others(k), premises=[0])],
    ),
    "a maximum from one entry": (
        "maximum: premise",
        [line("hypothesis", Relation("<=", u, a)), line("maximum", Relation("<=", MOST, a), premises=[0])],
    ),
    "a sum as a maximum": (
        "maximum: max expected",
        [
            line("hypothesis", forall([i], Relation("<=", u, a))),
            line("maximum", Relation("<=", TOTAL, a), premises=[0]),
        ],
    ),
    "above the maximum": ("below maximum: max expected", [line("below_maximum", Relation("<=", MOST, u), i)]),
    "another entry below the maximum": ("below maximum: goal", [line("below_maximum", Relation("<=", uj, MOST), i)]),
    "an entry of another set below the maximum": (
        "below maximum: domain",
        [line("below_maximum", Relation("<=", u, MOST), k)],
    ),
    "an equation from a maximum": (
        "maximum: relation",
        [line("hypothesis", forall([i], Relation("=", u, a))), line("maximum", Relation("=", MOST, a), premises=[0])],
    ),
    "a factor that may be zero": (
        "cancel: factor may be zero",
        [line("hypothesis", SCALED), line("hypothesis", nonzero(b)), line("cancel", SAME, c, premises=[0, 1])],
    ),
    "another factor cancelled": (
        "cancel: product",
        [line("hypothesis", SCALED), line("hypothesis", nonzero(b)), line("cancel", SAME, b, premises=[0, 1])],
    ),
    "a factor cancelled from an order": (
        "cancel: relation",
        [line("hypothesis", SCALED), line("hypothesis", nonzero(c)), line("cancel", LESS, c, premises=[0, 1])],
    ),
    "a relation nobody knows": ("sorts: relation", [line("hypothesis", Relation("=>", a, b))]),
    "a reduction nobody knows": ("sorts: reduction", [line("sign", nonnegative(Reduce("mean", "I", ONE)))]),
    "a multiplier as a number": (
        "sorts: reduction",
        [line("axiom", "logarithm.tangent"), line("instance", Reduce("multiplier", "I", ONE), premises=[0])],
    ),
    "a relation as a multiplier": (
        "sorts: number expected",
        [line("hypothesis", LESS), line("combine", LESS, LESS, premises=[0])],
    ),
    "a multiplier over the real numbers": (
        "sorts: the real numbers are no index set",
        [line("hypothesis", LESS), line("combine", LESS, Reduce("multiplier", REAL, ONE), premises=[0])],
    ),
    "a number as a hypothesis": ("hypothesis: proposition expected", [line("hypothesis", a)]),
    "a number as a premise": (
        "discharge: proposition expected",
        [line("sign", SQUARE), line("discharge", a, premises=[0])],
    ),
    "a term of a formula nested too deep": ("replay: too deep", [line("hypothesis", nonnegative(DEEP))]),
    "a word for a term": ("term expected", [line("hypothesis", "a = b")]),
    "definitions in a circle": (
        "roles: definitions lead in a circle",
        [
            line("hypothesis", Relation("=", a, Add((b, ONE)))),
            line("hypothesis", Relation("=", b, Add((a, ONE)))),
            line("equality", Relation("=", a, c), "unfold", "meaning", premises=[0, 1]),
        ],
    ),
    "a word for a relation": ("term expected", [line("equality", "a = b")]),
    "a word for a value": ("term expected", [line("hypothesis", ABOVE), line("instance", "i", premises=[0])]),
    "a number for a relation": ("relation expected", [line("equality", a)]),
}


ONE_SIGNATURE = [
    Relation("<=", Apply("max", (a, b)), Apply("max", (a, b, c))),
    Relation("=", Entry("u", (Gather("g", "I", (i,)),)), Entry("u", (Gather("h", "I", (k,)),))),
    Relation("=", Apply("u", (a,)), u),
]


@pytest.mark.parametrize("relation", ONE_SIGNATURE, ids=["maxima", "maps into one set", "a function and a tensor"])
def test_what_has_one_signature_is_accepted(relation):
    proves(line("hypothesis", relation))


def test_a_refusal_says_what_it_saw():
    assert str(Rejected("combine: kind", "<=", 2)) == "combine: kind: <=, 2"
    assert str(Rejected("combine: kind")) == "combine: kind"


@pytest.mark.parametrize("name", FORGERIES)
def test_a_forgery_is_stopped_by_its_own_check(name):
    check, lines = FORGERIES[name]
    with pytest.raises(Rejected) as caught:
        proves(*lines)
    assert caught.value.check == check


HALF = Multiply((a, Power(b, INVERSE)))
DEFINED = Relation("=", HALF, HALF)


def test_a_theorem_is_about_the_same_names():
    theorems = {"t": Sequent(frozenset(), ABOVE), "h": Sequent(frozenset((ABOVE,)), SQUARE)}
    assert proves(line("theorem", "t"), theorems=theorems) == theorems["t"]
    other = line("hypothesis", nonnegative(Entry("u", (k,))))
    for name in theorems:
        with pytest.raises(Rejected, match="sorts: two signatures"):
            proves(line("theorem", name), other, theorems=theorems)


def test_a_goal_needs_its_conclusion():
    with pytest.raises(Rejected, match="goal is not among the lines"):
        replay_proof(Sequent(frozenset(), SQUARE), (line("equality", EQUAL),))


def test_a_goal_may_not_use_more_than_its_hypotheses():
    with pytest.raises(Rejected, match="goal is not among the lines"):
        replay_proof(Sequent(frozenset(), LESS), (line("hypothesis", LESS),))
    replay_proof(Sequent(frozenset((LESS,)), LESS), (line("hypothesis", LESS),))


def test_a_goal_must_be_defined():
    with pytest.raises(Rejected, match="definedness is open"):
        replay_proof(Sequent(frozenset(), DEFINED), (line("equality", DEFINED),))
    replay_proof(Sequent(frozenset((nonzero(b),)), DEFINED), (line("equality", DEFINED),))


def test_a_goal_is_closed_and_has_no_reserved_names():
    open_goal = Sequent(frozenset(), nonnegative(Bound(0)))
    with pytest.raises(Rejected, match="loose variable"):
        replay_proof(open_goal, ())
    with pytest.raises(Rejected, match="reserved name"):
        replay_proof(Sequent(frozenset(), positive(Symbol("#000"))), ())


def test_a_normal_form_has_a_budget():
    with pytest.raises(Exhausted):
        Normalizer(budget=5).polynomial(Power(Add((a, b, c)), Fraction(9)))


def test_definitions_that_lead_in_a_circle_end():
    circle = (Relation("=", a, Add((b, ONE))), Relation("=", b, Add((a, ONE))))
    lines = [line("hypothesis", circle[0]), line("hypothesis", circle[1])]
    with pytest.raises(Rejected):
        proves(*lines, line("equality", Relation("=", a, c), "unfold", "unfold", premises=[0, 1]))


def test_a_goal_with_circular_definitions_is_refused():
    circle = frozenset((Relation("=", a, Add((b, ONE))), Relation("=", b, Add((a, ONE)))))
    with pytest.raises(Rejected, match="circle"):
        replay_proof(Sequent(circle, Relation("=", a, a)), (line("equality", Relation("=", a, a)),))


STEP = Apply("step", (a,))


def test_a_jump_refutes_beside_it_and_not_at_it():
    goal = Sequent(frozenset(), Relation("=", STEP, Number(Fraction(1, 2))))
    assert replay_refutation(goal, Model(symbols={"a": Fraction(2)})).left == 1
    with pytest.raises(Rejected, match="undefined"):
        replay_refutation(goal, Model(symbols={"a": Fraction(0)}))


def test_a_goal_nested_too_deep_is_refused():
    goal = Sequent(frozenset(), nonnegative(Power(DEEP, Fraction(2))))
    with pytest.raises(Rejected, match="too deep"):
        replay_proof(goal, (line("sign", goal.conclusion),))
    with pytest.raises(Rejected, match="too deep"):
        replay_refutation(goal, Model(symbols={"a": Fraction(2)}))


def test_circular_definitions_do_not_hold_by_construction():
    circle = frozenset((Relation("=", a, Add((b, ONE))), Relation("=", b, Add((a, ONE)))))
    with pytest.raises(Rejected, match="circle"):
        replay_refutation(Sequent(circle, Relation("=", c, ONE)), Model(symbols={"c": Fraction(2)}))


GOAL = Sequent(frozenset((positive(a),)), Relation("=", a, ONE))
SUMS = Sequent(frozenset(), Relation("=", TOTAL, ONE))
LOG = Sequent(frozenset(), Relation("=", Apply("log", (a,)), ONE))
REFUTATIONS = {
    "a hypothesis that fails": ("refutation: hypothesis does not hold", GOAL, Model(symbols={"a": Fraction(-1)})),
    "a conclusion that holds": ("refutation: conclusion is not false", GOAL, Model(symbols={"a": Fraction(1)})),
    "a value left out": ("model: value", GOAL, Model()),
    "a size left out": ("model: size", SUMS, Model()),
    "an empty set": ("model: size", SUMS, Model(sizes={"I": 0})),
    "an entry left out": ("model: value", SUMS, Model(sizes={"I": 2}, tensors={"u": {(0,): Fraction(1)}})),
    "an element outside of its set": (
        "model: element",
        Sequent(frozenset(), positive(u)),
        Model(sizes={"I": 1}, indices={"i": 3}, tensors={"u": {(3,): Fraction(0)}}),
    ),
    "an index left out": ("model: index", Sequent(frozenset(), positive(u)), Model(sizes={"I": 1})),
    "a logarithm of nothing": ("refutation: undefined", LOG, Model(symbols={"a": Fraction(0)})),
    "a division by nothing": (
        "refutation: undefined",
        Sequent(frozenset(), Relation("=", Power(a, INVERSE), ONE)),
        Model(symbols={"a": Fraction(0)}),
    ),
    "a root of less than nothing": (
        "refutation: undefined",
        Sequent(frozenset(), Relation("=", Power(a, Fraction(1, 2)), ONE)),
        Model(symbols={"a": Fraction(-1)}),
    ),
    "two enclosures that overlap": (
        "refutation: conclusion is not false",
        Sequent(frozenset(), Relation("=", Apply("exp", (Apply("log", (a,)),)), a)),
        Model(symbols={"a": Fraction(3)}),
    ),
    "all real numbers": (
        "refutation: undefined",
        Sequent(frozenset((Forall(REAL, positive(Bound(0))),)), Relation("=", a, ONE)),
        Model(symbols={"a": Fraction(2)}),
    ),
    "a premise that fails": (
        "refutation: premise does not hold",
        Sequent(frozenset(), Implies(positive(a), Relation("=", a, ONE))),
        Model(symbols={"a": Fraction(-1)}),
    ),
    "a map without a value": (
        "model: gather",
        Sequent(frozenset(), positive(Entry("u", (Gather("g", "I", (i,)),)))),
        Model(sizes={"I": 2}, indices={"i": 1}, tensors={"u": {(0,): ONE.value}}, gathers={"g": {(0,): 0}}),
    ),
    "a power of less than nothing": (
        "refutation: undefined",
        Sequent(frozenset(), Relation("=", Apply("power", (a, b)), ONE)),
        Model(symbols={"a": Fraction(-1), "b": Fraction(2)}),
    ),
    "a definition with another number of indices": (
        "sorts: two signatures",
        Sequent(frozenset((forall([i], Relation("=", u, ONE)),)), positive(Entry("u", (i, i)))),
        Model(sizes={"I": 1}, indices={"i": 0}),
    ),
    "a function without meaning": (
        "model: function",
        Sequent(frozenset(), positive(Apply("f", (a,)))),
        Model(symbols={"a": Fraction(1)}),
    ),
}


@pytest.mark.parametrize("name", REFUTATIONS)
def test_a_false_refutation_is_stopped_by_its_own_check(name):
    check, goal, model = REFUTATIONS[name]
    with pytest.raises(Rejected) as caught:
        replay_refutation(goal, model)
    assert caught.value.check == check


def test_a_true_refutation_gives_both_sides():
    found = replay_refutation(GOAL, Model(symbols={"a": Fraction(2)}))
    assert (found.left, found.right) == (2, 1)


def test_a_name_with_a_definition_takes_its_value_from_it():
    stated = Relation("=", c, Multiply((Number(Fraction(2)), a)))
    goal = Sequent(frozenset((stated,)), Relation("=", c, a))
    assert replay_refutation(goal, Model(symbols={"a": Fraction(3)})).left == 6
    with pytest.raises(Rejected, match="hypothesis does not hold"):
        replay_refutation(goal, Model(symbols={"a": Fraction(3), "c": Fraction(5)}))


def test_a_definition_of_other_indices_gives_no_value():
    """Terms that have no sorts are refused before they are evaluated; whoever evaluates them all the same is told."""
    defined = Forall("I", Relation("=", Entry("v", (Bound(0),)), ONE))
    evaluator = Evaluator(Model(sizes={"I": 1}, indices={"i": 0, "j": 0}), [defined])
    assert evaluator.value(Entry("v", (i,))) == 1
    with pytest.raises(Rejected, match="model: indices"):
        evaluator.value(Entry("v", (i, j)))
