"""What a proof needs is asked for where it is needed: a cell that no loop writes is 0, and nobody divides by it."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of
from tests.loops.forms import texts
from tests.loops.programs import answer

SHIFTED = """input x[T]
output h[T]
h[0] = x[0]
loop t = 1..T-1:
  Z[t] = exp(x[t]) + exp(h[t-1])
  h[t] = ln(Z[t])
tensor Z[T]
backward x
loop t = T-1..1:
  x.grad[t] = h.grad[t] * exp(x[t]) / Z[t]
  h.grad[t-1] += h.grad[t] * exp(h[t-1]) / Z[t]
x.grad[0] = h.grad[0]
"""


def test_no_condition_is_false_where_a_loop_has_not_begun():
    found = answer(SHIFTED)
    assert found.is_proved
    assert all(r"\Rightarrow" in condition for condition in found.conditions), found.conditions


@pytest.mark.parametrize("name", ["sequence_scores 0", "sequence_scores 1"])
def test_sums_of_exponentials_are_positive_where_they_are_written(name):
    found = answer(texts()[name])
    assert found.is_proved
    assert not any("n[" in condition for condition in found.conditions), found.conditions


def test_a_wrong_first_step_is_refused():
    found = answer(SHIFTED.replace("x.grad[0] = h.grad[0]", "x.grad[0] = 2 * h.grad[0]"))
    assert found.is_refused
    assert "loop 3" in found.message


def test_relations_between_indices_are_said_as_equations():
    assert answer(texts()["alignment_softened 0"]).conditions == {
        r"m = i + 1 \wedge n' = n + 1 \Rightarrow Z[m, n'] \neq 0",
        r"n \neq 0 \wedge m = i + 1 \Rightarrow Z[m, n] \neq 0",
        r"i \neq 0 \wedge n' = n + 1 \Rightarrow Z[i, n'] \neq 0",
    }


DIVIDED = """input x[T]
output h[S]
size S = T + 1
loop t = 0..T-1:
  w[t] = h[t] + x[t]
  h[t+1] = x[t] / w[t]
backward x
loop t = T-1..0:
  x.grad[t] += h.grad[t+1] / w[t] - x[t] / w[t]^2 * h.grad[t+1]
  h.grad[t] -= x[t] / w[t]^2 * h.grad[t+1]
"""


def test_a_condition_is_about_the_cells_that_are_divided_by():
    found = answer(DIVIDED)
    assert found.is_proved
    assert found.conditions == {r"w[t] \neq 0", r"t = s \Rightarrow w[t] \neq 0"}


JUMP = """input x[J], c
output z
for j: h[j] = 2 * x[j]
for j: z += [h[j] > c] * {}

backward c
for j: c.grad += 0 * z.grad
"""


def test_where_a_comparison_jumps_is_a_condition_of_a_gradient_that_is_0(tmp_path):
    (step,) = steps_of(checked(tmp_path, JUMP.format("x[j]"), "text.loops"))
    assert step.verdict.conditions == (r"h[j] \neq c",)
    (step,) = steps_of(checked(tmp_path, JUMP.format("c"), "wrong.loops"))
    assert step.verdict.counterexample is not None
