"""What statements need in order to be defined, and what guards what in a product."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.kernel.definedness import definedness
from symderiv.kernel.errors import Rejected
from symderiv.kernel.facts import definitions_of, open_fact
from symderiv.kernel.inferences import Sequent
from symderiv.kernel.models import Evaluator, Model
from symderiv.kernel.replay import Line, replay_proof
from symderiv.kernel.terms import (
    ONE,
    Add,
    Apply,
    Entry,
    Implies,
    Index,
    Multiply,
    Power,
    Relation,
    Symbol,
    forall,
    nonnegative,
    nonzero,
    positive,
    sum_over,
)

a, b, c = map(Symbol, "abc")
i = Index("i", "I")
u, v, w, e = (Entry(name, (i,)) for name in "uvwe")
OVER_B = Power(b, Fraction(-1))
RATIO = forall([i], Relation("=", e, Multiply((u, Power(v, Fraction(-1))))))


def log(term):
    return Apply("log", (term,))


def total(*factors):
    """Says of a sum of products that it is not negative."""
    return nonnegative(sum_over([i], Multiply(factors)))


NEEDS = {
    "a quotient": (nonnegative(OVER_B), (), {nonzero(b)}),
    "a square over it": (nonnegative(Power(b, Fraction(-2))), (), {nonzero(b)}),
    "a square": (nonnegative(Power(b, Fraction(2))), (), set()),
    "a power without any": (nonnegative(Power(b, Fraction(0))), (), set()),
    "a root": (nonnegative(Power(b, Fraction(1, 2))), (), {nonnegative(b)}),
    "one over a root": (nonnegative(Power(b, Fraction(-1, 2))), (), {positive(b)}),
    "a logarithm": (nonnegative(log(b)), (), {positive(b)}),
    "a power by a number that is not known": (nonnegative(Apply("power", (b, a))), (), {positive(b)}),
    "a quotient inside a logarithm": (nonnegative(log(OVER_B)), (), {nonzero(b), positive(OVER_B)}),
    "a premise and a conclusion": (
        Implies(positive(Power(a, Fraction(-1))), positive(OVER_B)),
        (),
        {nonzero(a), Implies(positive(Power(a, Fraction(-1))), nonzero(b))},
    ),
    "a name that stands for a quotient": (positive(c), (Relation("=", c, OVER_B),), {nonzero(b)}),
    "names that lead to a quotient": (
        positive(c),
        (Relation("=", c, Add((a, ONE))), Relation("=", a, OVER_B)),
        {nonzero(b)},
    ),
    "an entry guards a logarithm": (total(u, log(u)), (), {forall([i], Implies(nonzero(u), positive(u)))}),
    "an entry that is written last guards it too": (
        total(log(v), u),
        (),
        {forall([i], Implies(nonzero(u), positive(v)))},
    ),
    "a sum with an entry guards it": (
        total(Add((u, ONE)), log(v)),
        (),
        {forall([i], Implies(nonzero(Add((u, ONE))), positive(v)))},
    ),
    "a power without any guards": (
        total(Power(u, Fraction(0)), log(v)),
        (),
        {forall([i], Implies(nonzero(Power(u, Fraction(0))), positive(v)))},
    ),
    "a sum with an entry that stands for a sum guards": (
        total(Add((e, ONE)), log(v)),
        (forall([i], Relation("=", e, Add((u, ONE)))),),
        {forall([i], Implies(nonzero(Add((e, ONE))), positive(v)))},
    ),
    "a sum with an entry that stands for a quotient guards nothing": (
        total(Add((e, ONE)), log(w)),
        (RATIO,),
        {forall([i], nonzero(v)), forall([i], positive(w))},
    ),
    "a square guards": (
        total(Power(u, Fraction(2)), log(v)),
        (),
        {forall([i], Implies(nonzero(Power(u, Fraction(2))), positive(v)))},
    ),
    "an exponential guards": (
        total(Apply("exp", (u,)), log(v)),
        (),
        {forall([i], Implies(nonzero(Apply("exp", (u,))), positive(v)))},
    ),
    "a number guards nothing": (total(a, log(v)), (), {forall([i], positive(v))}),
    "nothing guards a denominator": (total(u, Power(v, Fraction(-1))), (), {forall([i], nonzero(v))}),
    "a root guards nothing": (
        total(Power(u, Fraction(1, 2)), log(v)),
        (),
        {forall([i], nonnegative(u)), forall([i], positive(v))},
    ),
    "a denominator guards nothing": (
        total(Power(v, Fraction(-1)), log(w)),
        (),
        {forall([i], nonzero(v)), forall([i], positive(w))},
    ),
    "logarithms do not guard each other": (
        total(log(v), log(w)),
        (),
        {forall([i], positive(v)), forall([i], positive(w))},
    ),
    "a sum with an entry that leads to a quotient guards nothing": (
        total(Add((Entry("f", (i,)), ONE)), log(w)),
        (forall([i], Relation("=", Entry("f", (i,)), Add((e, ONE)))), RATIO),
        {forall([i], nonzero(v)), forall([i], positive(w))},
    ),
    "a number under a sum is needed once": (total(u, OVER_B), (), {nonzero(b)}),
    "an entry that stands for a quotient guards a logarithm": (
        total(e, log(w)),
        (RATIO,),
        {forall([i], nonzero(v)), forall([i], Implies(nonzero(e), positive(w)))},
    ),
    "an entry guards the quotient that another stands for": (
        total(e, u),
        (RATIO,),
        {forall([i], Implies(nonzero(u), nonzero(v)))},
    ),
    "two entries guard": (
        total(u, w, log(v)),
        (),
        {forall([i], Implies(nonzero(u), Implies(nonzero(w), positive(v))))},
    ),
    "definitions that lead in a circle": (
        positive(a),
        (Relation("=", a, Multiply((b, OVER_B))), Relation("=", b, Add((a, ONE)))),
        {nonzero(b)},
    ),
}


@pytest.mark.parametrize("name", NEEDS)
def test_what_a_statement_needs(name):
    proposition, hypotheses, expected = NEEDS[name]
    assert set(definedness(proposition, hypotheses)) == expected


def test_a_definition_is_of_names_with_as_many_indices():
    stated = definitions_of([forall([i], Relation("=", u, ONE))])
    assert stated.unfold(u) == ONE
    for other in (Symbol("u"), Entry("u", (i, i)), v, Apply("u", (a,))):
        assert stated.unfold(other) is None


def test_a_fact_is_a_proposition():
    with pytest.raises(Rejected, match=r"^facts: proposition expected: "):
        open_fact(Add((a, b)))


def test_a_goal_is_defined_only_where_its_definitions_are():
    stated, goal = Relation("=", c, OVER_B), Relation("=", c, c)
    proof = (Line("equality", (), (goal,)),)
    with pytest.raises(Rejected, match="definedness is open"):
        replay_proof(Sequent(frozenset((stated,)), goal), proof)
    replay_proof(Sequent(frozenset((stated, nonzero(b))), goal), proof)


def test_where_a_guard_is_nothing_the_product_is():
    """The convention 0 ln 0 = 0 of the evaluator; a factor that is no guard excuses nothing."""
    here = Evaluator(
        Model(sizes={"I": 1}, symbols={"a": Fraction(0)}, indices={"i": 0}, tensors={"u": {(0,): Fraction(0)}})
    )
    for guarded in (Multiply((u, log(u))), Multiply((log(u), u)), Multiply((Add((u, u)), log(u)))):
        assert here.value(guarded) == 0
    for open_product in (Multiply((a, log(u))), Multiply((u, Power(u, Fraction(-1))))):
        with pytest.raises(Exception, match=r"logarithm|division"):
            here.value(open_product)
