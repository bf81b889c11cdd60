"""Work and span under each reduction model, of recurrent networks and of what a scan makes of an affine one."""

from __future__ import annotations

import time

import pytest

from symderiv.claims import cost_lines
from symderiv.kernel.replay import replay_proof
from symderiv.loops.chains import waiting
from symderiv.loops.costs import span
from symderiv.loops.operations import Model, work
from symderiv.model.program import Loop
from symderiv.readers.loops import program_of
from symderiv.scans import associativity, scan_of

RECURRENT = """input x[T,I], W[I,J], U[J,J]
index k in J
size S = T + 1
output h[S,J]
loop t = 1..T:
  for i,j: a[t,j] += x[t-1,i] * W[i,j]
  for k,j: a[t,j] += h[t-1,k] * U[k,j]
  for j: h[t,j] = tanh(a[t,j])
"""
LINEAR = RECURRENT.replace("tanh(a[t,j])", "2 * a[t,j]")
DIAGONAL = """size S = T + 1
input a[T,J], x[T,J]
output h[S,J]
loop t = 1..T:
  for j: h[t,j] = a[t-1,j] * h[t-1,j] + x[t-1,j]
"""
INDEPENDENT = "input x[T,J]\noutput y[T,J]\nloop t = 0..T-1:\n  for j: y[t,j] = exp(x[t,j])\n"
LAYERS = """input x[B,I], W[I,J], V[J,K]
output y[B,K]
for b,i,j: h[b,j] += x[b,i] * W[i,j]
for b,j: g[b,j] = relu(h[b,j])
for b,j,k: y[b,k] += g[b,j] * V[j,k]
"""
CONVOLUTION = """size X = P + K - 1
size Y = Q + L - 1
input x[B,C,X,Y], w[O,C,K,L], c[O]
output y[B,O,P,Q]
for b,o,p,q: y[b,o,p,q] += c[o]
for b,o,p,q,c,k,l: y[b,o,p,q] += w[o,c,k,l] * x[b,c,p+k,q+l]
"""


def read(text):
    program, diagnostics = program_of(text)
    assert not diagnostics
    return program


def loop_of(program):
    return next(node for node in program.forward if isinstance(node, Loop))


@pytest.mark.parametrize(
    ("model", "expected"), [(Model.TREE, "log J + log I + 3"), (Model.FAN_IN, "5"), (Model.SERIAL, "J + I + 3")]
)
def test_the_span_of_layers_is_their_longest_path(model, expected):
    program = read(LAYERS)
    assert set(str(span(program, program.forward, model)).split(" + ")) == set(expected.split(" + "))


def test_the_work_counts_every_operation():
    program = read(LAYERS)
    assert set(str(work(program, program.forward)).split(" + ")) == {"B I J", "B J", "B J K"}


def test_many_sizes_do_not_take_long():
    before = time.process_time()
    lines = list(cost_lines(read(CONVOLUTION), list(Model)))
    assert time.process_time() - before < 1
    assert lines[1] == "  work            Theta(B C K L O P Q): B C K L O P Q + B O P Q"
    assert lines[2] == "  span on tree    Theta(log C + log K + log L): log C + log K + log L + 1"


@pytest.mark.parametrize(("model", "order"), [(Model.TREE, (1, 0)), (Model.FAN_IN, (1, 0)), (Model.SERIAL, (1, 0))])
def test_the_span_of_a_recurrent_network_is_proportional_to_its_length(model, order):
    program = read(RECURRENT)
    assert span(program, program.forward, model).order("T") == order


def test_what_each_iteration_waits_for_is_the_greatest_cycle_mean():
    program = read(RECURRENT)
    assert str(waiting(program, loop_of(program), Model.FAN_IN)) == "3 T"
    assert str(waiting(program, loop_of(program), Model.TREE)) == "T log J + 2 T"


def test_a_cycle_over_two_iterations_weighs_half():
    text = "size S = T + 2\ninput x[S]\noutput h[S]\nloop t = 2..T+1:\n  h[t] = h[t-2] * x[t]\n"
    program = read(text)
    assert str(waiting(program, loop_of(program), Model.FAN_IN)) == "1/2 T"


def test_independent_iterations_do_not_wait():
    program = read(INDEPENDENT)
    assert span(program, program.forward, Model.TREE).order("T") == (0, 0)
    assert work(program, program.forward).order("T") == (1, 0)


@pytest.mark.parametrize("text", [LINEAR, DIAGONAL])
def test_an_affine_state_can_be_scanned(text):
    program = read(text)
    found = scan_of(program, loop_of(program), Model.TREE)
    assert found is not None
    assert found.states == ("h",)
    assert found.span.order("T") == (0, 1)
    assert span(program, program.forward, Model.TREE).order("T") == (1, 0)


@pytest.mark.parametrize(
    "text", [RECURRENT, DIAGONAL.replace("a[t-1,j] * h", "h[t-1,j] * h"), DIAGONAL.replace("+ x", "+ h[t-1,j]^2 * x")]
)
def test_another_state_cannot(text):
    program = read(text)
    assert scan_of(program, loop_of(program), Model.TREE) is None


def test_the_composition_is_associative_by_the_kernel():
    for goal, proof in associativity():
        replay_proof(goal, proof)
        assert goal.hypotheses == frozenset()
