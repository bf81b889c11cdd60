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


IN_TIME = """input x[T], a
scalar a
size S = T + 1
tensor h[S], g[S]
output y
h[0] = 1
loop t = 1..T:
  h[t] = a * h[t-1] * (1 + x[t-1])
y = h[T]
backward x, a
h.grad[T] += y.grad
loop t = T..1:
"""
BODY = (
    "  h.grad[t-1] += a * (1 + x[t-1]) * h.grad[t]",
    "  g[t] = a * h[t-1] * h.grad[t]",
    "  x.grad[t-1] += g[t]",
    "  a.grad += h[t-1] * (1 + x[t-1]) * h.grad[t]",
)


def in_time(*body):
    return answer(IN_TIME + "\n".join(body) + "\n")


def test_another_order_in_a_sequential_loop():
    assert in_time(*BODY).is_proved
    found = in_time(*(BODY[n] for n in (0, 2, 1, 3)))
    assert [d.code for d in found.diagnostics] == ["loop-order"]
    assert found.diagnostics[0].hint == "the loops are right in the order 2, 4, 3, 5"


def test_a_loop_that_reads_the_cell_to_which_it_adds():
    found = in_time(BODY[0].replace("h.grad[t]", "h.grad[t-1]"), *BODY[1:])
    assert found.diagnostics[0].hint == (
        "loop 2 is wrong: an index of h.grad; right is: h.grad[t-1] += a*(1 + x[t-1])*h.grad[t]"
    )


SHIFTED = """input p[T,S]
tensor a[T,S]
output y
for s: a[0,s] = [s == 0] * p[0,s]
loop t = 1..T-1:
  for s: a[t,s] = p[t,s] * (a[t-1,s] + [s >= 1] * a[t-1,s-1])
y = a[T-1,S-1]
backward p
a.grad[T-1,S-1] += y.grad
loop t = T-1..1:
  for s: p.grad[t,s] += a.grad[t,s] * (a[t-1,s] + [s >= 1] * a[t-1,s-1])
  for s: a.grad[t-1,s] += a.grad[t,s] * p[t,s]
  for s: a.grad[t-1,s-1] += [s >= 1] * a.grad[t,s] * p[t,s]
p.grad[0,0] += a.grad[0,0]
"""


def test_a_guard_that_is_missing():
    assert answer(SHIFTED).is_proved
    found = answer(SHIFTED.replace("+= [s >= 1] * a.grad", "+= a.grad"))
    assert [d.code for d in found.diagnostics] == ["index-range"]
    assert found.diagnostics[0].hint == (
        "loop 4 is wrong: another value is to be added; right is: for s: a.grad[t-1,s-1] += a.grad[t,s]*p[t,s]*[s >= 1]"
    )


def test_a_sum_by_capitals_over_two_ranges():
    text = """input x[B,I], W[J,I]
output y[B,J]
for b,j: y[b,j] = W[j,I] * x[b,I]
backward x, W
for b,i: x.grad[b,i] += y.grad[b,J] * W[J,i]
for i,j: W.grad[j,i] += y.grad[B,j] * x[B,i]
"""
    assert answer(text).is_proved
    found = answer(text.replace("W[J,i]", "W[i,J]"))
    assert {d.code for d in found.diagnostics} == {"index-range"}
    assert found.diagnostics[0].message == "the index i ranges over I and over J (in W[i,j])"
    assert found.diagnostics[0].hint == (
        "loop 1 is wrong: an index of W; right is: for b,i: x.grad[b,i] += sum{j}(y.grad[b,j]*W[j,i])"
    )


def test_a_maximum_that_is_reached_twice_is_no_defect():
    text = """input E[V,I]
integer w[N] in V
assume N >= V + 1
output m[I]
for n,i: m[i] max= E[w[n],i]
backward E
for n,i: E.grad[w[n],i] += m.grad[i] * [E[w[n],i] == m[i]]
"""
    assert not any("defect" in step.verdict.reason for step in answer(text).steps)
