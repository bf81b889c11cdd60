"""Each named gradient has a verdict of its own, and behind a wrong one it is said whether the rest is right."""

from __future__ import annotations

import pytest

from symderiv.gradients.comparison import comparisons
from symderiv.gradients.counterexamples import differs, differs_in_more_digits
from symderiv.readers.loops import program_of
from tests.loops.programs import answer

NETWORK = """input x[B,I], W[J,I]
output h[B,J]
for b,j: a[b,j] += W[j,I] * x[b,I]
for b,j: h[b,j] = tanh(a[b,j])
backward a, W, x
for b,j: a.grad[b,j] += h.grad[b,j] * (1 - h[b,j])
for b,j,i: W.grad[j,i] += a.grad[b,j] * x[b,i]
for b,j,i: x.grad[b,i] += a.grad[b,j] * W[j,i]
"""

RECURRENCE = """size S = T + 1
index t in S
input x[S], a, h0
scalar a
scalar h0
output y[S]
h[0] = h0
loop t = 1..T:
  h[t] = a * h[t-1] + x[t]
tensor h[S]
for t: y[t] = h[t]^2
backward x, h, a
for t: h.grad[t] += 2 * y.grad[t] * h[t]
loop t = T..2:
  h.grad[t-1] += a * h.grad[t]
loop t = 1..T:
  x.grad[t] += h.grad[t]
  a.grad += h.grad[t] * h[t-1]
"""

REVERSED = """size S = T + 1
index t in S
input x[S], c[S]
output y
scalar y
h[T] = 0
loop t = T-1..0:
  h[t] = c[t] * h[t+1] + x[t]
tensor h[S]
for t: y += [t <= T - 1] * h[t]
backward x, h, c
for t: h.grad[t] += [t <= T - 1] * y.grad
loop t = 0..T-2:
  h.grad[t+1] += c[t] * h.grad[t]
loop t = 0..T-1:
  x.grad[t] += h.grad[t]
  c.grad[t] += h.grad[t] * h[t+1]
"""


def verdicts(text):
    found = answer(text)
    assert not found.diagnostics
    return {step.left.split(".grad")[0]: type(step.verdict).__name__ for step in found.steps}, found


def test_what_is_computed_from_a_wrong_gradient_is_right_given_the_right_one():
    words, found = verdicts(NETWORK)
    assert set(words.values()) == {"Refuted"}
    assert found.message.count("is right given the right a.grad") == 2
    assert "loop 1" in found.message


def test_a_second_error_behind_the_first_is_named():
    _, found = verdicts(NETWORK.replace("* W[j,i]\n", "* W[j,i]^2\n"))
    assert "W.grad is right given the right a.grad" in found.message
    assert "given the right a.grad, x.grad is still wrong: see loop 3" in found.message


@pytest.mark.parametrize(("text", "others"), [(RECURRENCE, "xa"), (REVERSED, "xc")])
def test_a_gradient_that_reads_only_what_is_right_is_proved(text, others):
    words, found = verdicts(text)
    assert words == {"h": "Refuted"} | dict.fromkeys(others, "Proved")
    reasons = [step.verdict.reason for step in found.steps if words[step.left.split(".grad")[0]] == "Proved"]
    assert all("but for its" in reason for reason in reasons)


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [("+= h.grad[t]\n", "+= h.grad[t-1]\n", "x"), ("T..2:", "T..3:", "xa"), ("* h[t-1]\n", "* h[t]\n", "a")],
)
def test_a_gradient_that_reads_what_is_wrong_is_not(old, new, wrong):
    head, tail = RECURRENCE.rsplit("backward", 1)
    words, _ = verdicts(f"{head}backward{tail.replace(old, new)}")
    assert words == dict.fromkeys("xa", "Proved") | dict.fromkeys(f"h{wrong}", "Refuted")


def test_rounding_is_no_difference():
    """e^x e^x is more than a number of double precision can hold, where x is large."""
    text = "input x[B]\noutput y[B]\nfor b: Z[b] += exp(x[b])\nfor b: y[b] = x[b] / Z[b]\nbackward x\n"
    text += "for b: x.grad[b] += y.grad[b] / Z[b]\nfor b: x.grad[b] -= y.grad[b] * exp(8*x[b]) * x[b] / exp(9*x[b])\n"
    program, _ = program_of(text)
    runs = list(comparisons(program, 1, 100, varied=True))
    seen = [run for run in runs if differs(run, "x", "x.grad")]
    assert not any(differs_in_more_digits(run, "x", "x.grad") for run in seen)
    wrong, _ = program_of(text.replace("-= y", "-= 2 * y"))
    runs = [run for run in comparisons(wrong, 1, 20, varied=True) if differs(run, "x", "x.grad")]
    assert runs
    assert all(differs_in_more_digits(run, "x", "x.grad") for run in runs[:5])
