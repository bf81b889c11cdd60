"""A program that may not be executed gets the order, or the indices, that make it right, where there are such."""

from __future__ import annotations

import pytest

from symderiv.check import Options, check_paths
from tests.loops.programs import answer

FORWARD = """input x[B,I], W[I,J], v[J]
output z[B]
for b,i,j: y[b,j] += x[b,i] * W[i,j]
for b,j: z[b] += y[b,j] * v[j]
backward x, W
"""
RIGHT = (
    "for b,j: y.grad[b,j] += z.grad[b] * v[j]",
    "for b,i,j: x.grad[b,i] += W[i,j] * y.grad[b,j]",
    "for b,i,j: W.grad[i,j] += x[b,i] * y.grad[b,j]",
)


def hints(tmp_path, loops):
    path = tmp_path / "program.loops"
    path.write_text(FORWARD + "\n".join(loops) + "\n", encoding="utf-8")
    (file,) = check_paths([path], Options(jobs=1, cache=False)).files
    return [finding.hint for finding in file.diagnostics]


def test_the_right_program_needs_none(tmp_path):
    assert hints(tmp_path, RIGHT) == []


@pytest.mark.parametrize(("order", "right"), [((1, 0, 2), "2, 1, 3"), ((1, 2, 0), "3, 1, 2"), ((2, 1, 0), "3, 1, 2")])
def test_another_order(tmp_path, order, right):
    assert hints(tmp_path, [RIGHT[n] for n in order])[0] == f"the loops are right in the order {right}"


def test_exchanged_indices(tmp_path):
    wrong = RIGHT[2].replace("W.grad[i,j]", "W.grad[j,i]")
    (hint, *_) = hints(tmp_path, (*RIGHT[:2], wrong))
    assert hint == "loop 3 is wrong: an index of W.grad; right is: for b,i,j: W.grad[i,j] += x[b,i]*y.grad[b,j]"


def test_no_hint_where_the_order_alone_does_not_make_it_right(tmp_path):
    wrong = RIGHT[1].replace("+=", "-=")
    assert not any(hints(tmp_path, (wrong, RIGHT[0], RIGHT[2])))


def test_the_steps_of_a_program_that_is_not_executed_have_its_repair(tmp_path):
    path = tmp_path / "program.loops"
    path.write_text(FORWARD + "\n".join((RIGHT[1], RIGHT[0], RIGHT[2])) + "\n", encoding="utf-8")
    (file,) = check_paths([path], Options(jobs=1, cache=False)).files
    assert {step.verdict.repair for step in file.derivations[0].steps} == {"2, 1, 3"}


def test_other_bounds():
    text = """input x[T]
output s[T]
s[0] = x[0]
loop t = 1..T-1:
  s[t] = s[t-1] * x[t]
backward x
loop t = BOUNDS:
  x.grad[t] += s[t-1] * s.grad[t]
  s.grad[t-1] += x[t] * s.grad[t]
x.grad[0] += s.grad[0]
"""
    assert answer(text.replace("BOUNDS", "T-1..1")).is_proved
    for bounds in ("1..T-1", "T-1..0", "T..1", "T-2..1", "T-1..2"):
        found = answer(text.replace("BOUNDS", bounds))
        assert found.is_refused
        assert {step.verdict.repair for step in found.steps} == {"loop t = T-1..1:"}, bounds


def test_the_auxiliary_tensor_that_all_wrong_gradients_share_is_named():
    text = """input x[B], z[B]
output y[B]
for b: y[b] = exp(x[b] * z[b]) + z[b]^3
backward x, z
for b: d[b] = y.grad[b] * exp(x[b] * x[b])
for b: x.grad[b] = d[b] * z[b]
for b: z.grad[b] = d[b] * x[b] + 3 * z[b]^2 * y.grad[b]
"""
    found = answer(text)
    assert found.is_refused
    assert "loop 1 is wrong" in found.message
