"""Indicators inside of functions taken apart: the value stays, and shared parts are changed once."""

from __future__ import annotations

import time

from symderiv.gradients.cases import by_cases, one_sided, unfolded
from symderiv.kernel import terms as k
from symderiv.kernel.facts import Definitions
from symderiv.kernel.normal_form import Normalizer
from symderiv.loops.equations import STEP
from tests.loops.programs import FOLDER, answer, variants

X, Y = k.Symbol("x"), k.Symbol("y")


def step(term):
    return k.Apply(STEP, (term,))


def exponential(term):
    return k.Apply("exp", (term,))


def test_an_indicator_inside_of_a_function_becomes_a_factor():
    found = by_cases(exponential(k.Multiply((Y, step(X)))))
    expected = k.Add(
        (k.Multiply((step(X), exponential(Y))), k.Multiply((k.subtract(k.ONE, step(X)), exponential(k.ZERO))))
    )
    assert Normalizer().canonical(found) == Normalizer().canonical(expected)


def test_sums_keep_their_indices_apart():
    inner = k.Index("i", "I")
    outer = k.Index("j", "I")
    entry = k.Entry("a", (inner, outer))
    body = k.Multiply((entry, exponential(k.Multiply((entry, step(X))))))
    term = k.sum_over([outer, inner], body)
    found = Normalizer().canonical(by_cases(term))
    whole = k.sum_over([outer, inner], k.Multiply((entry, exponential(entry))))
    none = k.sum_over([outer, inner], entry)
    expected = k.Add((k.Multiply((step(X), whole)), k.Multiply((k.subtract(k.ONE, step(X)), none))))
    assert found == Normalizer().canonical(expected)


def test_shared_parts_are_changed_once():
    """As a tree the term has more than a trillion parts."""
    term = k.Multiply((X, step(Y)))
    for _ in range(40):
        term = exponential(k.Multiply((term, k.Add((X, term)))))
    assert by_cases(term).free == {X, Y}
    assert unfolded(term, Definitions({})) == term
    negative = k.Apply("f", (step(k.negate(X)),))
    shared = k.Add((negative, negative))
    assert one_sided(shared, lambda _: True, Normalizer().signs) != shared


def test_maxima_of_rectified_numbers_do_not_take_long():
    text = (FOLDER / "max_pooling_after_relu.loops").read_text(encoding="utf-8")
    for _, wrong in variants(text):
        before = time.process_time()
        assert answer(wrong).is_refused
        assert time.process_time() - before < 4
