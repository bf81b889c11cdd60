"""Advice is checked: whatever an adviser says, nothing false is proved."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.advice.matching import match
from symderiv.kernel import normal_form, products, signs
from symderiv.kernel.errors import Rejected
from symderiv.kernel.facts import binds
from symderiv.kernel.normal_form import Normalizer, forget
from symderiv.kernel.replay import Line, derive
from symderiv.kernel.terms import (
    ONE,
    Bound,
    Entry,
    Gather,
    Implies,
    Index,
    Multiply,
    Power,
    Reduce,
    Relation,
    Symbol,
    forall,
    nonnegative,
    nonzero,
    positive,
    sum_over,
)

i, j, k = Index("i", "I"), Index("j", "I"), Index("k", "K")
u, uj, w = Entry("u", (i,)), Entry("u", (j,)), Entry("w", (i, j))
a, b = Symbol("a"), Symbol("b")
PAIRS = sum_over([i, j], Multiply((w, u)))


@pytest.fixture(autouse=True)
def _fresh():
    forget()
    yield
    forget()


def proves(goal, *facts):
    """Whether the goal is accepted from the facts by one inference."""
    lines = [Line("hypothesis", (), (fact,)) for fact in facts]
    inference = "equality" if isinstance(goal, Relation) and goal.kind == "=" else "sign"
    lines.append(Line(inference, tuple(range(len(facts))), (goal, *("fact" for _ in facts))))
    try:
        derive(tuple(lines))
    except Rejected:
        return False
    return True


def twice(order):
    return [*order, *order[:1]]


@pytest.mark.parametrize(
    "lie", [lambda order: order[:1], lambda order: order[:1] * 2, lambda order: [*order, k], twice]
)
def test_an_order_is_one_of_the_bound_indices(monkeypatch, lie):
    goal = Relation("=", PAIRS, PAIRS)
    assert proves(goal)
    forget()
    monkeypatch.setattr(normal_form, "ordered", lambda bound, factors, rename: lie(list(bound)))
    with pytest.raises(Rejected, match="normal form: order"):
        derive((Line("equality", (), (goal,)),))


def test_any_order_of_the_bound_indices_does(monkeypatch):
    monkeypatch.setattr(
        normal_form, "ordered", lambda bound, factors, rename: sorted(bound, key=lambda n: n.name)[::-1]
    )
    assert not proves(Relation("=", PAIRS, sum_over([i, j], Multiply((w, uj)))))


@pytest.mark.parametrize(
    "lie",
    [
        lambda wanted, variables, factors: [{}],
        lambda wanted, variables, factors: [dict.fromkeys(variables, j)],
        lambda wanted, variables, factors: [dict.fromkeys(variables, k)],
        lambda wanted, variables, factors: [dict.fromkeys(variables, a)],
    ],
)
def test_a_rewriting_divides_the_product(monkeypatch, lie):
    fact = forall([i], Relation("=", u, ONE))
    monkeypatch.setattr(products, "divisors", lie)
    assert not proves(Relation("=", Entry("v", (i,)), ONE), fact)
    assert not proves(Relation("=", a, ONE), Relation("=", b, ONE))


def test_a_root_does_not_divide_the_number(monkeypatch):
    """a = a^(1/2) a^(1/2) only where a is not negative."""
    root = Power(a, Fraction(1, 2))
    monkeypatch.setattr(products, "divisors", lambda wanted, variables, factors: [{}])
    assert not proves(Relation("=", Multiply((a, b)), root), Relation("=", Multiply((root, b)), ONE))
    assert proves(Relation("=", Multiply((root, b, b)), b), Relation("=", Multiply((root, b)), ONE))


def test_a_summed_index_stands_nowhere_else(monkeypatch):
    total = Relation("=", sum_over([i], u), ONE)
    monkeypatch.setattr(products, "divisors", lambda wanted, variables, factors: [dict.fromkeys(variables, j)])
    assert not proves(Relation("=", uj, ONE), total)
    assert not proves(Relation("=", sum_over([j], Multiply((uj, uj))), ONE), total)


@pytest.mark.parametrize("value", [j, k, a])
def test_a_fact_is_about_the_term(monkeypatch, value):
    fact = forall([i], positive(u))
    assert proves(positive(uj), fact)
    forget()
    monkeypatch.setattr(signs, "match", lambda pattern, term, variables, known: dict.fromkeys(variables, value))
    assert not proves(positive(Entry("v", (j,))), fact)
    assert not proves(positive(a), forall([i], positive(b)))


def test_a_binding_gives_every_variable_a_value(monkeypatch):
    fact = forall([i, j], Implies(positive(uj), positive(Entry("v", (i,)))))
    goal = positive(Entry("v", (i,)))

    def partly(pattern, term, variables, known):
        found = match(pattern, term, variables, known)
        return None if found is None else {name: value for name, value in found.items() if name != variables[-1]}

    monkeypatch.setattr(signs, "match", partly)
    assert not proves(goal, fact, forall([i], positive(u)))


CAPTURED = Entry("s", (Bound(0),))
MOST = Reduce("max", "I", Multiply((CAPTURED, Entry("u", (Bound(0),)))))
SCALED = forall([a], Relation("=", Reduce("max", "I", Multiply((a, Entry("u", (Bound(0),))))), ONE))


def test_a_value_is_not_captured(monkeypatch):
    """max (t u) = 1 for all numbers t says nothing of max (s u), since s is not one number."""
    monkeypatch.setattr(products, "divisors", lambda wanted, variables, factors: [dict.fromkeys(variables, CAPTURED)])
    monkeypatch.setattr(signs, "match", lambda pattern, term, variables, known: dict.fromkeys(variables, CAPTURED))
    assert not proves(Relation("=", MOST, ONE), SCALED)
    assert not proves(positive(MOST), SCALED)


@pytest.mark.parametrize("value", [k, a])
def test_a_witness_is_of_the_set_that_is_summed(monkeypatch, value):
    goal = Implies(nonzero(uj), positive(sum_over([i], u)))
    assert proves(goal, forall([i], nonnegative(u)))
    forget()
    monkeypatch.setattr(signs, "choices", lambda names, terms: [dict.fromkeys(names, value), {}])
    assert not proves(goal, forall([i], nonnegative(u)))
    of_another_set = Implies(nonzero(Entry("u", (value,))), goal.conclusion)
    assert not Normalizer([forall([i], nonnegative(u))]).signs.holds(of_another_set)


def test_a_sum_contains_the_other_only_at_different_indices(monkeypatch):
    goal = Implies(nonzero(sum_over([j], w)), positive(sum_over([i, j], w)))
    assert proves(goal, forall([i, j], nonnegative(w)))
    forget()
    monkeypatch.setattr(signs, "match", lambda *_: {})
    monkeypatch.setattr(signs, "choices", lambda *_: [])
    assert not proves(goal, forall([i, j], nonnegative(w)))


def test_a_value_is_closed_and_of_its_domain():
    inside = Entry("u", (Bound(0),))
    for value in (inside, i, Gather("g", "I", (i,)), Relation("=", a, b), forall([i], positive(u))):
        assert not binds({a: value}, [a])
    for value in (Bound(0), Gather("g", "I", (Bound(0),)), k, Gather("g", "K", (i,)), a):
        assert not binds({i: value}, [i])
    assert binds({a: u, i: Gather("g", "I", (k,))}, [a, i])
    assert not binds({a: u}, [a, i])


def test_a_fact_about_the_diagonal_is_not_about_another_entry(monkeypatch):
    monkeypatch.setattr(signs, "match", lambda pattern, term, variables, known: dict.fromkeys(variables, i))
    assert not proves(positive(w), forall([i], positive(Entry("w", (i, i)))))


def test_a_part_of_another_sum_is_no_witness(monkeypatch):
    v = Entry("v", (j,))
    goal = Implies(nonzero(sum_over([j], v)), positive(sum_over([i], u)))
    monkeypatch.setattr(signs, "match", lambda pattern, term, variables, known: {variables[0]: term.indices[0]})
    monkeypatch.setattr(signs, "choices", lambda *_: [])
    assert not Normalizer([forall([i], nonnegative(u))]).signs.holds(goal)
