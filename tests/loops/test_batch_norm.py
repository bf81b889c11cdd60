"""Batch normalization, for symbolic sizes: its gradients in every form, all orders of its six backward loops, and what
is wrong with the wrong ones.
"""

from __future__ import annotations

import re
from itertools import permutations

import pytest

from symderiv.loops.analysis import analysed
from symderiv.readers.loops import program_of
from tests.loops.programs import answer

FORWARD = """input x[B,J]
output x'[B,J]
assume B >= 2
positive s[j]
for b,j: mu[j] += 1/B * x[b,j]
for b,j: s[j] += 1/(B-1) * (x[b,j] - mu[j])^2
for b,j: x'[b,j] += (x[b,j] - mu[j]) / sqrt(s[j])
"""
LOOPS = (
    "for b,j: x.grad[b,j] += x'.grad[b,j] / sqrt(s[j])",
    "for b,j: mu.grad[j] -= x'.grad[b,j] / sqrt(s[j])",
    "for b,j: s.grad[j] -= 1/2 * (x[b,j] - mu[j]) * s[j]^(-3/2) * x'.grad[b,j]",
    "for b,j: x.grad[b,j] += 2/(B-1) * (x[b,j] - mu[j]) * s.grad[j]",
    "for b,j: mu.grad[j] -= 2/(B-1) * (x[b,j] - mu[j]) * s.grad[j]",
    "for b,j: x.grad[b,j] += 1/B * mu.grad[j]",
)


def program(*loops: str, named: str = "x, mu, s") -> str:
    return "\n".join([FORWARD + f"backward {named}", *loops])


def test_all_gradients_are_proved_from_these_hypotheses_alone():
    found = answer(program(*LOOPS))
    assert found.is_proved, found
    assert found.conditions == set()
    assert [step.left for step in found.steps] == ["x.grad[b,j]", "mu.grad[j]", "s.grad[j]"]


def test_without_the_hypotheses_they_are_conditions():
    text = "\n".join(n for n in program(*LOOPS).split("\n") if not n.startswith(("assume", "positive")))
    found = answer(text)
    assert found.is_proved
    assert found.conditions == {r"B - 1 \neq 0", "s[j] > 0"}


CLOSED = {
    "with means": "x.grad[b,j] += (x'.grad[b,j] - 1/B * sum{c}(x'.grad[c,j])"
    " - x'[b,j] * sum{c}(x'.grad[c,j] * x'[c,j]) / (B-1)) / sqrt(s[j])",
    "as one sum": "x.grad[b,j] = s[j]^(-1/2) * (x'.grad[b,j]"
    " - sum{c}(x'.grad[c,j] + B/(B-1) * x'[b,j] * x'.grad[c,j] * x'[c,j]) / B)",
}


@pytest.mark.parametrize("closed", CLOSED.values(), ids=CLOSED.keys())
def test_the_closed_form(closed):
    found = answer("index c in B\n" + program(f"for b,j: {closed}", named="x"))
    assert found.is_proved, found
    assert found.conditions == set()


def test_the_loop_that_adds_nothing_may_be_left_out():
    assert answer(program(*LOOPS[:4], LOOPS[5])).is_proved


def test_the_order_of_the_forward_loops_is_forced():
    head, *lines = FORWARD.strip().split("\nfor ")
    legal = []
    for order in permutations(lines):
        found = analysed(program_of("\n".join([head, *(f"for {line}" for line in order)]))[0])
        if not found:
            legal.append(order)
    assert legal == [tuple(lines)]


def test_sixty_six_of_the_orders_of_the_backward_loops_are_legal():
    parsed, _ = program_of(program(*LOOPS))
    legal = set()
    for order in permutations(range(6)):
        shuffled = program_of(program(*(LOOPS[n] for n in order)))[0]
        findings = analysed(shuffled)
        assert {finding.code for finding in findings} <= {"loop-order"}
        if not findings:
            legal.add(tuple(n + 1 for n in order))
    before = [(3, 4), (3, 5), (2, 6), (5, 6)]
    expected = {o for o in permutations(range(1, 7)) if all(o.index(a) < o.index(b) for a, b in before)}
    assert legal == expected
    assert len(legal) == 66
    assert parsed.named


def test_loops_that_are_fused_are_refused_with_an_instance():
    body = "\n".join(f"  {loop.removeprefix('for b,j: ')}" for loop in LOOPS)
    found = answer(program(f"for b,j:\n{body}"))
    assert set(found.codes) == {"loop-order"}
    assert any(re.search(r"loop 4 reads s.grad\[j\] before loop 3", d.message) for d in found.diagnostics)
    assert not {"Proved", "Refuted"} & set(found.words)


WRONG = {
    "a wrong sign": (3, LOOPS[2].replace("-=", "+=")),
    "B in place of B - 1": (4, LOOPS[3].replace("2/(B-1)", "2/B")),
    "another power": (3, LOOPS[2].replace("^(-3/2)", "^(-1/2)")),
    "a factor left out": (6, "for b,j: x.grad[b,j] += mu.grad[j]"),
}


@pytest.mark.parametrize(("number", "loop"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_loop_is_refuted_and_named(number, loop):
    found = answer(program(*LOOPS[: number - 1], loop, *LOOPS[number:]))
    assert "Refuted" in found.words
    assert set(found.words) <= {"Refuted", "Proved"}
    assert f"loop {number} is wrong" in found.message
    refuted = next(step.verdict for step in found.steps if step.verdict.__class__.__name__ == "Refuted")
    assert refuted.counterexample.left != refuted.counterexample.right
    assert refuted.counterexample.values["B"] >= 3
    assert refuted.repair


def test_a_missing_average_is_right_up_to_a_factor():
    found = answer(
        "input x[B,I], W[I]\noutput y[B]\nfor b,i: y[b] += x[b,i] * W[i]\nbackward W\naverage W\n"
        "for b,i: W.grad[i] += x[b,i] * y.grad[b]\n"
    )
    (step,) = found.steps
    assert step.verdict.rules == ("loops.up-to-factor",)
    assert "right up to the factor 1/B" in step.verdict.reason
