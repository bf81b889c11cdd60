"""Terms under binders: nothing is captured, and bound variables keep their binders."""

from __future__ import annotations

from symderiv.kernel.terms import (
    Add,
    Bound,
    Entry,
    Index,
    Multiply,
    Reduce,
    Symbol,
    abstract,
    first_unused,
    instantiate,
    opened,
    reduce_over,
    shift,
    substitute,
    sum_over,
)

i, j = Index("i", "I"), Index("j", "I")
a, b = Symbol("a"), Symbol("b")


def u(*indices):
    return Entry("u", indices)


def under(body):
    return Reduce("sum", "I", body)


def test_a_term_is_moved_under_binders():
    assert shift(u(Bound(0), Bound(2)), 3) == u(Bound(3), Bound(5))
    assert shift(under(u(Bound(0), Bound(1), Bound(2))), 2) == under(u(Bound(0), Bound(3), Bound(4)))
    assert shift(under(under(u(Bound(0), Bound(1), Bound(2)))), 1) == under(under(u(Bound(0), Bound(1), Bound(3))))
    assert shift(u(Bound(0), Bound(1)), 1, 1) == u(Bound(0), Bound(2))
    assert shift(u(Bound(0)), 0) == u(Bound(0))
    assert shift(under(u(Bound(0))), 5) == under(u(Bound(0)))


def test_a_value_is_not_captured():
    assert instantiate(Add((Bound(0), Bound(1), Bound(2))), a) == Add((a, Bound(0), Bound(1)))
    assert instantiate(under(u(Bound(0), Bound(1))), i) == under(u(Bound(0), i))
    assert instantiate(under(Multiply((u(Bound(0)), Bound(1)))), u(Bound(0))) == under(
        Multiply((u(Bound(0)), u(Bound(1))))
    )
    assert instantiate(under(u(Bound(0), Bound(2))), i) == under(u(Bound(0), Bound(1)))


def test_a_term_says_how_many_binders_it_needs():
    assert [term.loose for term in (a, u(i), under(a), under(u(Bound(0))), under(under(a)))] == [0] * 5
    assert [term.loose for term in (Bound(1), u(Bound(0), Bound(2)), under(u(Bound(2))))] == [2, 3, 2]


def test_a_body_is_the_inverse_of_an_instance():
    for term in (u(i, j), under(u(Bound(0), i)), under(under(u(Bound(0), Bound(1), i))), a, Add((u(i), u(j)))):
        assert instantiate(abstract(term, i), i) == term
        assert instantiate(abstract(term, i), j) == substitute(term, {i: j})
    assert abstract(u(i, Bound(0)), i) == u(Bound(0), Bound(1))
    assert abstract(under(u(i, Bound(0), Bound(1))), i) == under(u(Bound(1), Bound(0), Bound(2)))
    assert abstract(u(Bound(0)), i) == u(Bound(1))
    assert abstract(under(u(Bound(0), Bound(1))), i) == under(u(Bound(0), Bound(2)))
    assert abstract(a, a) == Bound(0)


def test_names_are_replaced_all_at_once():
    assert substitute(u(i, j), {i: j, j: i}) == u(j, i)
    assert substitute(Add((a, under(u(Bound(0), i)))), {a: b, i: j}) == Add((b, under(u(Bound(0), j))))
    assert substitute(u(i), {j: i}) == u(i)


def test_a_name_that_is_not_used():
    named = [Index(name, "I") for name in ("%3", "%x", "%", "%12y", "$7")]
    assert first_unused("%", [u(*named)]) == 4
    assert first_unused("$", [a, u(*named)]) == 8
    assert first_unused("#", [u(*named)]) == 0


def test_reductions_of_one_kind_are_opened_together():
    taken = Index("%3", "I")
    names, body = opened(sum_over([i, j], u(i, j, taken)), "%")
    assert names == (Index("%4", "I"), Index("%5", "I"))
    assert body == u(*names, taken)
    largest = reduce_over("max", [j], u(i, j))
    names, body = opened(sum_over([i], largest), "%")
    assert names == (Index("%0", "I"),)
    assert body == substitute(largest, {i: names[0]})
    (name,), body = opened(sum_over([i], u(i)), "%", [u(taken)])
    assert (name, body) == (Index("%4", "I"), u(Index("%4", "I")))
