"""Recurrences over several loops: schedules, and the spans that they give, beside the longest path at small sizes."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest

from symderiv.loops.analysis import analysed
from symderiv.loops.chains import schedule
from symderiv.loops.costs import span
from symderiv.loops.dependences import Dependence, Entered
from symderiv.loops.derivative import backward_of
from symderiv.loops.graphs import span_at
from symderiv.loops.instances import sizes_of
from symderiv.loops.operations import Model
from symderiv.model.program import Read, Statement
from symderiv.model.verdict import Given
from symderiv.readers.loops import program_of
from tests.loops.paths import work_and_span
from tests.loops.programs import answer

pytestmark = pytest.mark.thorough

GRID = """input a, b, x[I,J]
output h[I,J]
loop i = 0..I-1:
  loop j = 0..J-1:
    h[i,j] = x[i,j] + [i >= 1] * a * tanh(h[i-1,j]) + [j >= 1] * b * h[i,j-1]
"""
AGAINST = GRID.replace("[i >= 1] * a * tanh(h[i-1,j])", "[i >= 1] * [j <= J-2] * a * tanh(h[i-1,j+1])")
FROM_RIGHT = GRID.replace("j = 0..J-1", "j = J-1..0").replace("[j >= 1] * b * h[i,j-1]", "[j <= J-2] * b * h[i,j+1]")
RELAXED = """size N = J + 2
input a, b, c, x[N], y[T], z[T]
output h[T,N]
for n: h[0,n] = x[n]
loop t = 1..T-1:
  h[t,0] = y[t]
  h[t,J+1] = z[t]
  loop j = 1..J:
    h[t,j] = a * h[t,j-1] + b * h[t-1,j] + c * tanh(h[t-1,j+1])
"""
LAYERS = """input w[L], u[L], x[T]
size M = L + 1
output h[M,T]
for t: h[0,t] = x[t]
loop l = 1..L:
  h[l,0] = tanh(h[l-1,0])
  loop t = 1..T-1:
    h[l,t] = tanh(w[l-1] * h[l-1,t] + u[l-1] * h[l,t-1])
"""
TRIANGLE = """input x[I], w
output c[I,I]
for i,i2: c[i,i2] += [i >= i2] * x[i]
loop i = I-2..0:
  loop j = i+1..I-1:
    c[i,j] += c[i+1,j] * c[i,j-1] * w
"""
CUBE = """input x[I,J,K], a
output h[I,J,K]
loop i = 0..I-1:
  loop j = 0..J-1:
    loop k = 0..K-1:
      h[i,j,k] = x[i,j,k] + [i >= 1] * [k <= K-2] * a * h[i-1,j,k+1] + [j >= 1] * h[i,j-1,k] + [k >= 1] * h[i,j,k-1]
"""
VECTORS = """input U[K,K], V[K,K], x[I,J,K]
index m in K
output h[I,J,K]
loop i = 0..I-1:
  loop j = 0..J-1:
    for k,m: s[i,j,k] += [i >= 1] * [j <= J-2] * U[k,m] * h[i-1,j+1,m]
    for k,m: s[i,j,k] += [j >= 1] * V[k,m] * h[i,j-1,m]
    for k: h[i,j,k] = tanh(s[i,j,k] + x[i,j,k])
"""
SNAKE = """input x[I,J]
output h[I,J]
for j: h[0,j] = x[0,j]
loop i = 1..I-1:
  h[i,0] = tanh(h[i-1,J-1])
  loop j = 1..J-1:
    h[i,j] = tanh(h[i,j-1]) + x[i,j]
"""
ROWS = """input x[I,J]
index k in J
output h[I,J]
for j: h[0,j] = x[0,j]
loop i = 1..I-1:
  for k: s[i] += tanh(h[i-1,k])
  h[i,0] = s[i]
  loop j = 1..J-1:
    h[i,j] = tanh(h[i,j-1]) + x[i,j]
"""
NESTS = {
    "grid": (GRID, "Theta(I+J)"),
    "against": (AGAINST, "Theta(I+J)"),
    "from the right": (FROM_RIGHT, "Theta(I+J)"),
    "relaxed": (RELAXED, "Theta(J+T)"),
    "layers": (LAYERS, "Theta(L+T)"),
    "triangle": (TRIANGLE, "Theta(I)"),
    "cube": (CUBE, "Theta(I+J+K)"),
    "vectors": (VECTORS, "Theta(I*log(K)+J*log(K))"),
    "snake": (SNAKE, "Theta(I*J)"),
    "rows": (ROWS, "Theta(I*J)"),
}


def read(text):
    program, diagnostics = program_of(text)
    assert not diagnostics
    assert not analysed(program)
    return program


def edge(*apart, together=True):
    entered = Entered(Statement(Read("h", ()), "=", Read("h", ())), (), (), 0)
    return Dependence(Read("h", ()), entered, entered, apart, together)


@pytest.mark.parametrize(("text", "order"), NESTS.values(), ids=NESTS.keys())
def test_the_order_of_the_span_is_decided(text, order):
    found = answer(f"{text}claim span = {order} on tree\nclaim span = O(1) on tree\n")
    right, wrong = found.steps
    assert isinstance(right.verdict, Given), right
    assert not isinstance(wrong.verdict, Given)
    assert found.codes == ["wrong-cost"]


@pytest.mark.parametrize("text", [GRID, AGAINST, RELAXED, LAYERS])
def test_the_product_of_both_sizes_is_wrong(text):
    first, second = ("L", "T") if "L" in text else ("T", "J") if "T" in text else ("I", "J")
    found = answer(f"{text}claim span = Theta({first}*{second}) on tree\n")
    assert found.codes == ["wrong-cost"]


@pytest.mark.parametrize(("text", "order"), NESTS.values(), ids=NESTS.keys())
def test_no_path_is_longer_at_small_sizes(text, order):
    program = read(text)
    names = [name for name, size in program.sizes.items() if size is None]
    for nodes, model in product((program.forward, backward_of(program)), (Model.TREE, Model.SERIAL)):
        bound = span(program, nodes, model)
        for values in product((1, 2, 4) if len(names) < 3 else (1, 3), repeat=len(names)):
            sizes = sizes_of(program, dict(zip(names, values, strict=True)))
            if sizes is not None:
                _, path = work_and_span(program, nodes, sizes, model)
                assert path == span_at(program, nodes, sizes, model)
                assert path <= bound.value(sizes)


def test_a_scan_of_a_loop_inside_is_no_shorter_span_of_the_whole():
    text = GRID.replace("tanh(h[i-1,j])", "h[i-1,j]")
    span_of_grid, scan = answer(f"{text}claim span = Theta(I+J) on tree\nclaim scan h\n").steps[:2]
    assert "scan" not in span_of_grid.verdict.reason
    assert "h enters affinely at each i;" in scan.verdict.reason


def test_a_schedule_grows_along_each_dependence():
    random = Random(1)
    steps = [v for v in product(range(-3, 4), repeat=3) if v > (0, 0, 0)]
    for _ in range(300):
        chosen = random.sample(steps, random.choice([1, 2, 3, 5]))
        factors = schedule([edge(*apart) for apart in chosen])
        assert min(factors) >= 0
        for apart in chosen:
            assert sum(f * d for f, d in zip(factors, apart, strict=True)) >= 1


def test_a_schedule_uses_no_loop_that_it_can_do_without():
    assert schedule([edge(1, -1)]) == (1, 0)
    assert schedule([edge(0, 1)]) == (0, 1)
    assert schedule([edge(1, -1), edge(0, 1)]) == (2, 1)
    assert schedule([edge(2, -3), edge(0, 1)]) == (2, 1)
    assert schedule([edge(0, 0)]) == (0, 0)


def test_there_is_no_schedule_where_distances_are_unknown_or_run_back():
    assert schedule([edge(1, None)]) is None
    assert schedule([edge(0, -1)]) is None
    assert schedule([edge(1, 0), edge(1, together=False)]) is None
