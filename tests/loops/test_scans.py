"""Which states a scan can compute, beside what affine maps do to numbers: f(p + q) - f(p) - f(q) + f(0) = 0."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from symderiv.loops.affine import affine_states
from symderiv.loops.analysis import analysed
from symderiv.loops.dependences import dependences, recurrences
from symderiv.loops.execution import Execution
from symderiv.loops.operations import Model
from symderiv.model.program import Loop
from symderiv.readers.loops import program_of
from symderiv.scans import scan_of

HEAD = """input p[J], q[J], x[S,J], W[J,J]
size S = T + 2
index k in J
index t in S
tensor h[S,J], g[S,J]
for j: h[0,j] = p[j]
for j: h[1,j] = p[j]
for j: g[0,j] = q[j]
for j: g[1,j] = q[j]
loop t = 2..T+1:
"""
TERMS = [
    "x[t,j]",
    "W[j,j] * h[t-1,j]",
    "sum{k}(W[j,k] * h[t-1,k])",
    "x[t,j] * h[t-2,j]",
    "-(h[t-1,j] - g[t-1,j]) / 2",
    "exp(x[t,j]) * g[t-1,j]",
    "tanh(g[t-1,j])",
    "h[t-1,j] * g[t-1,j]",
    "h[t-1,j]^2",
    "relu(g[t-1,j])",
    "[h[t-1,j] > 0] * x[t,j]",
    "[t >= 3] * g[t-2,j]",
    "max(h[t-1,j], x[t,j])",
    "(h[t-1,j] + 1) * (x[t,j] + 2)",
    "x[t,j] / (1 + g[t-1,j]^2)",
]


def programs(count):
    random = Random(4)
    while count:
        both = [" + ".join(random.sample(TERMS, random.choice([1, 2]))) for _ in range(2)]
        text = HEAD + "".join(f"  for j: {n}[t,j] = {value}\n" for n, value in zip("hg", both, strict=True))
        program, diagnostics = program_of(text)
        assert not diagnostics
        assert not analysed(program)
        count -= 1
        yield text, program


def states(program, values):
    sizes = {"T": 4, "S": 6, "J": 2}
    execution = Execution(program, sizes, {name: array.copy() for name, array in values.items()})
    execution.run(program.forward)
    return execution.arrays


def is_affine(program, name, group, random):
    """Whether a state is affine in the first ones of the states that wait for each other, by numbers."""
    shared = {"x": random.normal(size=(6, 2)), "W": random.normal(size=(2, 2))}
    shared |= {n: random.normal(size=2) for n in "pq"}
    moved = [first for state, first in (("h", "p"), ("g", "q")) if state in group]
    one, other = ({n: random.normal(size=2) for n in moved} for _ in range(2))
    points = [{n: a * one[n] + b * other[n] for n in moved} for a, b in ((1, 1), (1, 0), (0, 1), (0, 0))]
    found = [states(program, {**shared, **point})[name] for point in points]
    return bool(np.allclose(found[0] - found[1] - found[2] + found[3], 0, atol=1e-6))


def test_what_is_scanned_is_affine():
    random = np.random.default_rng(1)
    accepted = 0
    for text, program in programs(150):
        (loop,) = (node for node in program.forward if isinstance(node, Loop))
        for name in affine_states(loop):
            accepted += 1
            (group,) = (
                group for group in recurrences((e.source, e.target) for e in dependences(loop)) if name in group
            )
            assert all(is_affine(program, name, group, random) for _ in range(3)), (name, text)
    assert accepted >= 20


SHAPE = "input x[S,J]\nsize S = T + 2\nindex s in S\noutput h[S,J]\nfor j: h[0,j] = x[0,j]\nfor j: h[1,j] = x[1,j]\n"
NO = {
    "its whole past": "loop t = 2..T+1:\n  for j: h[t,j] = sum{s}([s <= t-1] * h[s,j])\n",
    "the largest so far": "loop t = 2..T+1:\n  for j: h[t,j] = max(h[t-1,j], x[t,j])\n",
    "a loop inside": "loop t = 2..T+1:\n  loop j = 0..J-1:\n    h[t,j] = h[t-1,j] + [j >= 1] * h[t,j-1]\n",
    "of what is not affine": "loop t = 2..T+1:\n  for j: g[t,j] = tanh([t >= 3] * g[t-1,j] + x[t,j])\n"
    "  for j: h[t,j] = g[t,j] * h[t-1,j]\ntensor g[S,J]\n",
}


@pytest.mark.parametrize("loop", NO.values(), ids=NO.keys())
def test_what_has_no_scan(loop):
    program, diagnostics = program_of(SHAPE + loop)
    assert not diagnostics
    assert scan_of(program, program.forward[-1], Model.TREE) is None


def test_a_state_with_lags_and_one_made_of_another():
    text = "loop t = 2..T+1:\n  for j: g[t,j] = g[t-1,j] + x[t,j]\n  for j: h[t,j] = h[t-2,j] + g[t,j]\ntensor g[S,J]\n"
    program, _ = program_of(SHAPE + text)
    scan = scan_of(program, program.forward[-1], Model.TREE)
    assert scan.states == ("g", "h")
    assert str(scan.span) == "2 log T"


def test_a_state_that_is_mixed_pays_for_products_of_matrices():
    text = "loop t = 2..T+1:\n  for j: h[t,j] = sum{k}(h[t-1,k])\nindex k in J\n"
    program, _ = program_of(SHAPE + text)
    scans = {model: str(scan_of(program, program.forward[-1], model).span) for model in Model}
    assert scans == {Model.TREE: "log J log T + 2 log T", Model.FAN_IN: "3 log T", Model.SERIAL: "J log T + 2 log T"}
