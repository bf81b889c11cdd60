"""Attempts to have a false gradient proved: none may be, and each is refused for its own reason."""

from __future__ import annotations

import pytest

from tests.loops.programs import answer

CODES = {
    "a division by nothing": (
        "division-by-zero",
        """input x[B]
output y[B]
for b: y[b] = x[b] / 0
backward x
for b: x.grad[b] += y.grad[b]
""",
    ),
    "a cell that a gather meets twice is overwritten": (
        "write-twice",
        """input E[V]
integer w[B] in V
output y[B]
for b: y[b] = E[w[b]]
backward E
for b: E.grad[w[b]] = y.grad[b]
""",
    ),
    "a scatter overwrites": (
        "write-twice",
        """input x[B]
integer w[B] in V
output y[V]
for b: y[w[b]] = x[b]
backward x
for b: x.grad[b] += y.grad[w[b]]
""",
    ),
    "a sequential loop runs the wrong way": (
        "loop-order",
        """input x[T]
output s[T]
s[0] = x[0]
loop t = 1..T-1:
  s[t] = s[t-1] * x[t]
backward x
loop t = 1..T-1:
  x.grad[t] += s[t-1] * s.grad[t]
  s.grad[t-1] += x[t] * s.grad[t]
x.grad[0] += s.grad[0]
""",
    ),
    "a tensor is read between its two loops": (
        "loop-order",
        """input x[B]
output y[B]
for b: h[b] += x[b]
for b: y[b] += h[b]
for b: h[b] += x[b]
backward x
for b: x.grad[b] += y.grad[b]
""",
    ),
    "a sum is read before it is complete": (
        "loop-order",
        """input x[B]
output y[B]
for b: m += x[b]
for b: y[b] += m
for b: m += x[b]^2
backward x
for b,b2: x.grad[b] += y.grad[b2]
""",
    ),
    "a tensor is overwritten": (
        "write-twice",
        """input x[B]
output y[B]
for b: y[b] = x[b]
for b: y[b] = 2 * x[b]
backward x
for b: x.grad[b] += 2 * y.grad[b]
""",
    ),
    "the gradient of an output is read while it is added to": (
        "loop-order",
        """input x[B]
output y[B]
for b: y[b] = x[b]^2
backward x
for b: y.grad[b] += y.grad[b]
for b: x.grad[b] += 2 * x[b] * y.grad[b]
""",
    ),
    "the gradient of an output is overwritten": (
        "write-twice",
        """input x[B]
output y[B]
for b: y[b] = x[b]^2
backward x
for b: y.grad[b] = 1
for b: x.grad[b] += 2 * x[b] * y.grad[b]
""",
    ),
    "gradients in the wrong order inside of a loop that runs once": (
        "loop-order",
        """input x[B]
output y[B]
for b: h[b] = 2 * x[b]
for b: y[b] = h[b]
backward x
loop t = 0..0:
  for b: x.grad[b] += 2 * h.grad[b]
  for b: h.grad[b] += y.grad[b]
""",
    ),
    "no sizes are as assumed": (
        "contradictory-sizes",
        """input x[B]
output y[B]
assume B >= 2
assume B <= 1
for b: y[b] = x[b]
backward x
for b: x.grad[b] += 2 * y.grad[b]
""",
    ),
    "one index with two sizes": (
        "index-range",
        """input x[B,I]
output y[B]
for b,i: y[b] += x[i,b]
backward x
for b,i: x.grad[i,b] += y.grad[b]
""",
    ),
    "definitions in a circle": (
        "read-before-write",
        """input x[B]
output y[B]
for b: u[b] = v[b] + x[b]
for b: v[b] = u[b]
for b: y[b] = u[b]
backward x
for b: x.grad[b] += y.grad[b]
""",
    ),
    "a statement reads what it writes": (
        "read-before-write",
        """input x[B]
output y[B]
for b: y[b] += y[b] + x[b]
backward x
for b: x.grad[b] += y.grad[b]
""",
    ),
    "a guard that does not keep the index in range": (
        "index-range",
        """input x[T]
output y[T]
for t: y[t] += [t >= 0] * x[t+1]
backward x
for t: x.grad[t+1] += y.grad[t]
""",
    ),
    "what is assumed of a gradient": (
        "unknown-name",
        """input x[B]
output y[B]
assume y.grad[b] == 0
for b: y[b] = x[b]
backward x
for b: x.grad[b] += 2 * y.grad[b]
""",
    ),
    "cells that a recurrence leaves out": (
        "never-written",
        """input x[T]
output h[T]
h[0] = x[0]
loop t = 1..T-2:
  h[t] = h[t-1] + x[t]
backward x
loop t = T-2..1:
  h.grad[t-1] += h.grad[t]
  x.grad[t] += h.grad[t]
x.grad[0] += h.grad[0]
""",
    ),
    "a loop that begins below 0, wrong there at one size": (
        "index-range",
        """input x[T]
output h[S]
size S = T + 1
h[0] = 0
loop t = -1..T-2:
  h[t+2] = h[t+1] + x[t+1]^2
backward x
loop t = T-2..-1:
  x.grad[t+1] += 2 * x[t+1] * h.grad[t+2]
  x.grad[t+1] += [t == -1] * [T == 37] * h.grad[t+2]
  h.grad[t+1] += h.grad[t+2]
""",
    ),
}

REFUTED = {
    "nothing is passed back where a ratio is not clipped": """input r[B]
constant A[B]
scalar e
positive e
output L
for b: L -= min(r[b] * A[b], max(min(r[b], 1 + e), 1 - e) * A[b])
backward r
for b: c[b] = max(min(r[b], 1 + e), 1 - e)
for b: r.grad[b] -= A[b] * [r[b] * A[b] < c[b] * A[b]] * L.grad
for b: r.grad[b] -= A[b] * [r[b] * A[b] > c[b] * A[b]] * [r[b] < 1 + e] * [r[b] > 1 - e] * L.grad
""",
    "groups by the other end of an edge": """input l[E], v[N]
integer r[E] in N
integer s[E] in N
output y[N]
index e2 in E
for e: Z[r[e]] += exp(l[e])
for e: a[e] = exp(l[e]) / Z[r[e]]
for e: y[r[e]] += a[e] * v[s[e]]
backward l
for e: a.grad[e] += y.grad[r[e]] * v[s[e]]
for e: d[s[e]] += a[e] * a.grad[e]
for e: l.grad[e] += a[e] * (a.grad[e] - d[s[e]])
""",
    "groups by both ends of an edge": """input l[E], v[N]
integer r[E] in N
integer s[E] in N
output y[N]
index e2 in E
for e: Z[r[e]] += exp(l[e])
for e: a[e] = exp(l[e]) / Z[r[e]]
for e: y[r[e]] += a[e] * v[s[e]]
backward l
for e: a.grad[e] += y.grad[r[e]] * v[s[e]]
for e,e2: l.grad[e] -= [r[e] == s[e2]] * a[e] * a[e2] * a.grad[e2]
for e: l.grad[e] += a[e] * a.grad[e]
""",
    "a group without those that are counted twice": """input l[E], v[N]
integer r[E] in N
integer s[E] in N
output y[N]
index e2 in E
for e: Z[r[e]] += exp(l[e])
for e: a[e] = exp(l[e]) / Z[r[e]]
for e: y[r[e]] += a[e] * v[s[e]]
backward l
for e: a.grad[e] += y.grad[r[e]] * v[s[e]]
for e,e2: l.grad[e] -= [r[e] == r[e2]] * [s[e] == s[e2]] * a[e] * a[e2] * a.grad[e2]
for e: l.grad[e] += a[e] * a.grad[e]
""",
    "a gradient that is wrong at its first cell is read there": """size S = T + 1
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
backward x, h
for t: h.grad[t] += 2 * y.grad[t] * h[t]
loop t = T..2:
  h.grad[t-1] += a * h.grad[t]
loop t = 1..T:
  x.grad[t] += h.grad[t] + h0 * h.grad[0]
""",
    "a gradient that is wrong at its first two cells": """size S = T + 1
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
backward x, h
for t: h.grad[t] += 2 * y.grad[t] * h[t]
loop t = T..3:
  h.grad[t-1] += a * h.grad[t]
loop t = 1..T:
  x.grad[t] += h.grad[t]
""",
    "a gradient that is wrong at its first and its last cell": """size S = T + 1
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
backward x, h
for t: h.grad[t] += 2 * y.grad[t] * h[t]
loop t = T-1..1:
  h.grad[t-1] += a * h.grad[t]
loop t = 1..T:
  x.grad[t] += h.grad[t]
""",
    "a multiple of a recurrence that is 0 at one cell": """index u in T
input x[T], c[T]
constant c[t]
output y[T]
for t: y[t] = c[t] * sum{u}([u <= t] * x[u])
backward x
loop t = T-1..0:
  A[t] += y.grad[t] * c[t]
  A[t] += [t + 1 <= T - 1] * A[t+1]
for t: x.grad[t] += [t >= 1] * A[t]
""",
    "a multiple of a recurrence by a number at another cell": """index u in T
input x[T], c[T]
constant c[t]
output y[T]
for t: y[t] = c[t] * sum{u}([u <= t] * x[u])
backward x
loop t = T-1..0:
  A[t] += y.grad[t]
  A[t] += [t + 1 <= T - 1] * A[t+1]
for t: x.grad[t] += c[t] * A[t]
""",
    "a multiple of a recurrence with a lag of two": """index u in T
input x[T], c[T]
constant c[t]
output y[T]
for t: y[t] = sum{u}([u <= t] * c[u] * x[u])
backward x
loop t = T-1..0:
  A[t] += y.grad[t]
  A[t] += [t + 2 <= T - 1] * A[t+2]
for t: x.grad[t] += c[t] * A[t]
""",
    "a name that looks like a gradient": """input x[B]
output y[B]
for b: y[b] = x[b]^2
backward x
for b: y'[b] = 2 * x[b]
for b: x.grad[b] += y'[b] * y[b]
""",
    "a sum inside of the loop over its index": """input x[B,I], W[I,J]
output y[B,J]
for b,j: y[b,j] = sum{i}(x[b,i] * W[i,j])
backward W
for b,i,j: W.grad[i,j] += sum{b}(x[b,i] * y.grad[b,j])
""",
    "a guard that is off by one": """input x[T]
output y[T]
for t: y[t] += [t >= 1] * x[t-1]
backward x
for t: x.grad[t] += [t + 2 < T] * y.grad[t+1]
""",
    "a guard that only matters at one size": """input x[T]
output y[T]
for t: y[t] += [t >= 1] * x[t-1]
backward x
for t: x.grad[t] += [t + 1 < T] * [T != 7] * y.grad[t+1]
""",
    "a polynomial that is 0 at small sizes": """input x[B]
output y[B]
for b: y[b] = x[b]
backward x
for b: x.grad[b] += y.grad[b] * (1 + (B - 3) * (B - 1) * (B - 2) * (B - 4))
""",
    "a rectified number is not negative": """input x[B]
output y[B]
for b: h[b] = relu(x[b])
for b: y[b] = h[b]
backward x
for b: x.grad[b] += [h[b] >= 0] * y.grad[b]
""",
    "one side of a kink that is far away": """input x[B]
output y[B]
for b: y[b] = relu(x[b] - 20)
backward x
for b: x.grad[b] += [x[b] > 21] * y.grad[b]
""",
    "a claim without a loop": """input x[B]
output y[B]
for b: y[b] = x[b]^2
backward x
for b: h[b] += y.grad[b]
""",
    "one name, two gradients": """input x[B], z[B]
output y[B]
for b: y[b] = x[b] * z[b]
backward x, z
for b: z.grad[b] += z[b] * y.grad[b]
for b: x.grad[b] += z.grad[b]
""",
    "a recurrence that begins with nothing": """input x[T]
output s[T]
s[0] = x[0]
loop t = 1..T-1:
  s[t] = s[t-1] + x[t]
backward x
loop t = T-1..1:
  g[t-1] += g[t]
  x.grad[t] += g[t]
x.grad[0] += g[0]
""",
    "an average over another size": """input x[B,I], W[I]
output y[B]
for b,i: y[b] += x[b,i] * W[i]
backward W
average W
for b,i: W.grad[i] += x[b,i] * y.grad[b] / I
""",
    "a constant that is differentiated": """input x[B]
constant c[B]
output y[B]
for b: c[b] = x[b]^2
for b: y[b] = c[b] * x[b]
backward x
for b: x.grad[b] += 3 * x[b]^2 * y.grad[b]
""",
    "a root of a square": """input x[B]
output y[B]
for b: y[b] = sqrt(x[b]^2)
backward x
for b: x.grad[b] += y.grad[b]
""",
    "one of two outputs": """input x[B]
output y[B]
output z[B]
for b: y[b] = x[b]^2
for b: z[b] = y[b]^2
backward x
for b: x.grad[b] += 2 * x[b] * y.grad[b]
""",
    "the gradient 1 of an output is added once more": """input x[B]
output loss with grad 1
for b: loss += x[b]^2
backward x
loss.grad += 1
for b: x.grad[b] += 2 * x[b] * loss.grad
""",
    "a tie is broken by order": """input x[B,T]
positive x[b,t]
output y[B]
for b,t: y[b] max= x[b,t]
backward x
for b,t: x.grad[b,t] += [x[b,t] > y[b]] * y.grad[b]
""",
    "a loop whose range is empty at the size at which the claim is wrong": """input x[T]
output h[T]
assume T >= 2
h[0] = x[0]
h[1] = x[1]
loop s = 0..T-3:
  h[s+2] = h[s+1] + x[s+2]^2
backward x
loop s = T-3..0:
  x.grad[s+2] += 2 * x[s+2] * h.grad[s+2]
  h.grad[s+1] += h.grad[s+2]
x.grad[1] += h.grad[1]
x.grad[0] += [T >= 3] * h.grad[0]
""",
    "an auxiliary tensor that has no cells at the size at which the claim is wrong": """input x[T]
output y
for t: u[t] = x[t]^2
loop s = 1..T-1:
  v[s-1] = u[s]
y += x[0]
loop s = 1..T-1:
  y += v[s-1]
backward x
x.grad[0] += [T >= 2] * y.grad
loop s = 1..T-1:
  x.grad[s] += 2 * x[s] * y.grad
""",
    "an index of a sum that hides that of the loop": """input x[B], w[B]
output y[B]
for b: y[b] = sum{b2}(x[b2] * w[b])
backward w
for b: w.grad[b] += sum{b}(x[b] * y.grad[b])
""",
    "a gather that is left out where it meets the first word": """input x[V]
integer w[B] in V
output y[B]
for b: y[b] = [w[b] >= 1] * x[w[b]-1]
backward x
for b: x.grad[w[b]] += [w[b] >= 1] * y.grad[b]
""",
    "one iteration less": """input x[T]
output y
y += x[0]
loop s = 1..T-1:
  y += x[s]^2
backward x
x.grad[0] += (1 + [T == 1]) * y.grad
loop s = 1..T-1:
  x.grad[s] += 2 * x[s] * y.grad
""",
    "an index that is declared too short for its loop, wrong in the last iteration at one size": """input x[T]
output h[S]
size S = T + 1
index t in T
h[0] = 0
loop t = 1..T:
  h[t] = h[t-1] + x[t-1]^2
backward x
loop t = T..1:
  x.grad[t-1] += 2 * x[t-1] * h.grad[t]
  x.grad[t-1] += [t == T] * [T == 37] * h.grad[t]
  h.grad[t-1] += h.grad[t]
""",
    "a guard in a product of products": """input x[T]
output y[T]
for t: y[t] = -x[t]
backward x
for t: x.grad[t] -= [T <= 36] * y.grad[t]
""",
    "a power of a guard": """input x[T]
output y[T]
for t: y[t] = x[t]
backward x
for t: x.grad[t] += [T <= 36]^2 * y.grad[t]
""",
    "a guard that has to be kept": """input x[T]
output y[T]
index s in T
for t,s: y[t] -= [s <= t] * x[s]
backward x
for t,s: x.grad[s] -= y.grad[t]
""",
}

RIGHT = {
    "a quotient that is 1": (
        {r"x[b] \neq 0"},
        """input x[B]
output y[B]
for b: y[b] = x[b] / x[b]
backward x
for b: x.grad[b] += 0 * y.grad[b]
""",
    ),
    "a size less one below the line": (
        {r"B - 1 \neq 0"},
        """input x[B]
output y[B]
for b: y[b] = x[b] / (B - 1)
backward x
for b: x.grad[b] += y.grad[b] / (B - 1)
""",
    ),
    "the same, assumed": (
        set(),
        """input x[B]
output y[B]
assume B >= 2
for b: y[b] = x[b] / (B - 1)
backward x
for b: x.grad[b] += y.grad[b] / (B - 1)
""",
    ),
    "a root": (
        {"x[b] > 0"},
        """input x[B]
output y[B]
for b: y[b] = sqrt(x[b])
backward x
for b: x.grad[b] += 1/2 * y.grad[b] / y[b]
""",
    ),
    "another tensor's name for an auxiliary one": (
        set(),
        """input x[B], z[B]
output y[B]
for b: y[b] = x[b] * z[b]
backward x
for b: z.grad[b] += z[b]
for b: x.grad[b] += z.grad[b] * y.grad[b]
""",
    ),
    "an output that is read": (
        set(),
        """input x[B]
output y[B]
output z[B]
for b: y[b] = x[b]^2
for b: z[b] = y[b]^2
backward x
for b: y.grad[b] += 2 * y[b] * z.grad[b]
for b: x.grad[b] += 2 * x[b] * y.grad[b]
""",
    ),
    "a range by assumption": (
        set(),
        """input x[T]
output y[S]
assume S <= T
for s: y[s] = x[s]
backward x
for s: x.grad[s] += y.grad[s]
""",
    ),
}

RIGHT |= {
    f"cumulative sums {name}": (
        set(),
        f"""input x[T]
output y[T]
index s in T
for t,s: y[t] -= [s <= t] * x[s]
backward x
for t,s: x.grad[s] {claim}
""",
    )
    for name, claim in {
        "subtracted": "-= [t >= s] * y.grad[t]",
        "in brackets": "+= -1 * ([t >= s] * y.grad[t])",
        "by a power": "-= ([t >= s] * 2)^2 * y.grad[t] / 4",
    }.items()
}

UNDECIDED = {
    "both sides of a maximum are one over a whole region": """input x[B]
output y[B]
for b: y[b] = max(x[b] - 9, relu(x[b] - 9))
backward x
for b: x.grad[b] += 0 * y.grad[b]
""",
    "the largest of entries of which two are one": """input x[V]
integer w[B,T] in V
output y[B]
for b,t: y[b] max= x[w[b,t]]
backward x
for b,t: x.grad[w[b,t]] += [x[w[b,t]] == y[b]] * y.grad[b]
""",
    "contradictory assumptions prove nothing": """input x[B]
assume x[b] > 0
assume x[b] < 0
output y[B]
for b: y[b] = x[b]
backward x
for b: x.grad[b] += y.grad[b]
""",
    "a kink everywhere": """input x[B]
output y[B]
for b: z[b] = x[b] - x[b]
for b: y[b] = relu(z[b])
backward z
for b: z.grad[b] += y.grad[b]
""",
}


@pytest.mark.parametrize(("code", "text"), CODES.values(), ids=CODES.keys())
def test_a_finding_before_any_algebra(code, text):
    found = answer(text)
    assert code in found.codes, found
    assert set(found.words) <= {"Unread"}


@pytest.mark.parametrize("text", REFUTED.values(), ids=REFUTED.keys())
def test_a_false_gradient_is_refuted(text):
    found = answer(text)
    assert "Refuted" in found.words, found


@pytest.mark.parametrize(("conditions", "text"), RIGHT.values(), ids=RIGHT.keys())
def test_what_looks_wrong_and_is_right_is_proved(conditions, text):
    found = answer(text)
    assert found.is_proved, found
    assert found.conditions == conditions


@pytest.mark.parametrize("text", UNDECIDED.values(), ids=UNDECIDED.keys())
def test_what_has_no_meaning_is_not_proved(text):
    assert not {"Proved", "Refuted"} & set(answer(text).words)
