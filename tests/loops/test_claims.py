"""Claims about costs in loop programs: right ones are given, wrong ones are findings at their place."""

from __future__ import annotations

import time

import pytest

from symderiv.check import Options, check_paths, replay_report
from symderiv.cli import main
from symderiv.model.verdict import Given, Proved, Unknown
from symderiv.readers.loops import program_of
from symderiv.writers.json import document
from tests.loops.programs import answer

LAYERS = """input x[B,I], W[I,J], V[J,K]
output y[B,K]
for b,i,j: h[b,j] += x[b,i] * W[i,j]
for b,j: g[b,j] = relu(h[b,j])
for b,j,k: y[b,k] += g[b,j] * V[j,k]
"""
TWO_AXES = "input x[I,J]\noutput s\nfor i,j: s += x[i,j]\n"
SUMS = "input x[I], y[J]\noutput s[I]\nfor i: s[i] = x[i] * (sum{i2}(x[i2]) + sum{j}(y[j]))\n"
RECURRENT = """input x[T,I], h0[J], W[I,J], U[J,J]
index k in J
size S = T + 1
output h[S,J]
for j: h[0,j] = h0[j]
loop t = 1..T:
  for j: h[t,j] = tanh(sum{i}(x[t-1,i] * W[i,j]) + sum{k}(h[t-1,k] * U[k,j]))
"""
COUPLED = """input x[S]
size S = T + 1
output a[S], b[S]
a[0] = x[0]
b[0] = x[0]
loop t = 1..T:
  a[t] = tanh(b[t-1]) * x[t]
  b[t] = tanh(a[t-1])
"""
EVERY_SECOND = """input x[S]
size S = T + 2
output h[S]
h[0] = x[0]
h[1] = x[1]
loop t = 2..T+1:
  h[t] = tanh(h[t-2]) * x[t]
"""
DILATED = """input x[S]
size S = T + D
index t in S
output h[S]
for t: h[t] += [t <= D-1] * x[t]
loop t = D..T+D-1:
  h[t] += tanh(h[t-D])
"""
PAST = """input x[S]
size S = T + 1
index s in S
output h[S]
h[0] = x[0]
loop t = 1..T:
  h[t] = sum{s}([s <= t-1] * tanh(h[s]))
"""
DIAGONAL = """input x[S,J]
size S = T + 1
output h[S,J]
for j: h[0,j] = x[0,j]
loop t = 1..T:
  for j: h[t,j] = x[t,j] + [j >= 1] * tanh(h[t-1,j-1])
"""
GUARDED = """input x[S]
size S = T + 1
output h[S]
h[0] = x[0]
loop t = 1..T:
  h[t] = x[t] + [t == 1] * tanh(h[t-1])
"""
ADDED = "input x[T]\noutput s\nloop t = 0..T-1:\n  s += exp(x[t])\n"
INDEPENDENT = "input x[T,J]\noutput y[T,J]\nloop t = 0..T-1:\n  for j: y[t,j] = exp(x[t,j])\n"
DOWNWARDS = "input x[T]\noutput h[T]\nh[T-1] = x[T-1]\nloop t = T-2..0:\n  h[t] = tanh(h[t+1]) * x[t]\n"
TRIANGLE = "input x[T]\noutput y[T]\nindex s in T\nloop t = 0..T-1:\n  loop s = 0..t:\n    y[t] += x[s]\n"
ROWS = """input x[T,S]
output h[T,S]
loop t = 0..T-1:
  h[t,0] = x[t,0]
  loop s = 1..S-1:
    h[t,s] = tanh(h[t,s-1]) * x[t,s]
"""
GRID = """input x[T,S]
output h[T,S]
loop t = 0..T-1:
  loop s = 0..S-1:
    h[t,s] = x[t,s] + [t >= 1] * tanh(h[t-1,s]) + [s >= 1] * tanh(h[t,s-1])
"""
SCATTER = "input x[B,D]\nsize S = B + D\noutput y[S]\nfor b,d: y[b+d] += x[b,d]\n"
GATHERED = "input x[B]\ninteger p[B] in J\noutput y[J]\nfor b: y[p[b]] += x[b]\n"
LINEAR = RECURRENT.replace("tanh(", "2 * (", 1)

FAR_FROM_THE_END = """input x[T,J]
output h[T,J]
for j: h[0,j] = x[0,j]
loop t = 1..T-1:
  for j: h[t,j] = x[t,j] + [j <= J-4] * h[t-1,j]
"""
SLANTED = """input x[I,J]
output h[I,J]
loop i = 0..I-1:
  loop j = 0..J-1:
    h[i,j] = x[i,j] + [i >= 1] * [j <= J-4] * h[i-1,j+3] + [j >= 1] * h[i,j-1]
"""

RIGHT = [
    (FAR_FROM_THE_END, "span = Theta(T) on tree"),
    (FAR_FROM_THE_END, "backward span = Theta(T) on tree"),
    (SLANTED, "span = Theta(I + J) on tree"),
    (LAYERS, "work = Theta(B*I*J + B*J*K)"),
    (LAYERS, "work = Theta(B) in B"),
    (LAYERS, "work = O(B*I*J*K)"),
    (LAYERS, "work = Omega(B*I*J)"),
    (LAYERS, "span = Theta(log(I) + log(J)) on tree"),
    (LAYERS, "span = Theta(1) on fan-in"),
    (LAYERS, "span = Theta(I + J) on serial"),
    (LAYERS, "backward work = Theta(B*I*J + B*J*K)"),
    (LAYERS, "backward span = Theta(log(B)) in B on tree"),
    (TWO_AXES, "span = Theta(I*J) on serial"),
    (TWO_AXES, "span = Theta(log(I) + log(J)) on tree"),
    (SUMS, "work = Theta(I^2 + I*J)"),
    (SUMS, "span = Theta(I + J) on serial"),
    (RECURRENT, "span = Theta(T) on fan-in"),
    (RECURRENT, "span = Theta(S) on fan-in"),
    (RECURRENT, "span = Theta(T) in T on tree"),
    (RECURRENT, "span = Theta(T) in T on serial"),
    (RECURRENT, "span = Theta(T*log(J) + log(I)) on tree"),
    (RECURRENT, "span = Theta(T*J + I) on serial"),
    (RECURRENT, "span = O(T^2*log(J)) in T, J on tree"),
    (RECURRENT, "backward span = Theta(T) in T on tree"),
    (COUPLED, "span = Theta(T) on tree"),
    (EVERY_SECOND, "span = Theta(T) on tree"),
    (DILATED, "span = Theta(T) in T on tree"),
    (PAST, "span = Theta(T*log(T)) on tree"),
    (PAST, "span = Theta(T^2) on serial"),
    (PAST, "span = Theta(T) on fan-in"),
    (DIAGONAL, "span = O(T) on tree"),
    (ADDED, "span = Theta(log(T)) on tree"),
    (ADDED, "span = Theta(1) on fan-in"),
    (ADDED, "span = Theta(T) on serial"),
    (INDEPENDENT, "span = Theta(1) on serial"),
    (INDEPENDENT, "work = Theta(T*J)"),
    (DOWNWARDS, "span = Theta(T) on tree"),
    (TRIANGLE, "work = Theta(T^2)"),
    (TRIANGLE, "span = Theta(T) on serial"),
    (ROWS, "span = Theta(S) on tree"),
    (ROWS, "work = Theta(S*T)"),
    (GRID, "span = Theta(S + T) on fan-in"),
    (GATHERED, "span = Theta(B) on serial"),
    (LINEAR, "scan h"),
]

WRONG = [
    (FAR_FROM_THE_END, "span = Theta(1) on tree"),
    (SLANTED, "span = Theta(I*J) on tree"),
    (LAYERS, "work = O(B*I)"),
    (LAYERS, "work = Theta(B^2) in B"),
    (LAYERS, "work = Omega(B*I*J*K)"),
    (LAYERS, "span = Theta(log(I)) on tree"),
    (LAYERS, "span = Theta(log(I)) on fan-in"),
    (LAYERS, "span = O(log(I) + log(J)) on serial"),
    (TWO_AXES, "span = Theta(I + J) on serial"),
    (RECURRENT, "span = O(log(T)) in T on tree"),
    (RECURRENT, "span = Theta(1) in T on fan-in"),
    (RECURRENT, "span = Theta(T) on tree"),
    (RECURRENT, "span = Theta(T^2) in T on serial"),
    (COUPLED, "span = O(1) on tree"),
    (EVERY_SECOND, "span = O(log(T)) on fan-in"),
    (DILATED, "span = Theta(1) in T on tree"),
    (PAST, "span = Theta(log(T)) on tree"),
    (PAST, "span = Theta(T) on serial"),
    (ADDED, "span = O(1) on tree"),
    (ADDED, "span = Theta(log(T)) on serial"),
    (INDEPENDENT, "span = Theta(T) on tree"),
    (ROWS, "span = Theta(S*T) on tree"),
    (GRID, "span = Theta(S*T) on tree"),
    (TRIANGLE, "work = Theta(T)"),
    (GATHERED, "span = Theta(1) on serial"),
    (SCATTER, "span = Theta(B) in B on serial"),
    (RECURRENT, "scan h"),
]

UNDECIDED = [
    (DIAGONAL, "span = Theta(T) in T on tree"),
    (DIAGONAL, "span = O(1) in T on tree"),
    (GUARDED, "span = Theta(T) on tree"),
    (GUARDED, "span = O(1) on tree"),
    (SCATTER, "span = Theta(D) in D on serial"),
    (SCATTER + "assume B == D\n", "work = Theta(B^2)"),
    (SCATTER + "assume B == D\n", "work = Omega(B^2)"),
    (SCATTER + "assume D <= B\n", "work = O(B^2)"),
    (SCATTER + "assume D <= 5\n", "work = Theta(B)"),
    (SCATTER.replace("size", "size N = B - D\nsize"), "work = O(N*D + D^2)"),
    (DILATED, "span = Theta(T) on tree"),
]


def judged(text, claim):
    found = answer(f"{text}claim {claim}\n")
    return found, found.steps[0]


@pytest.mark.parametrize(("text", "claim"), RIGHT)
def test_a_right_claim_is_given_with_what_was_computed(text, claim):
    found, step = judged(text, claim)
    assert found.codes == []
    assert isinstance(step.verdict, Given), step
    assert step.left.startswith(r"\text{")
    assert step.right
    assert "not proved" in step.verdict.reason


@pytest.mark.parametrize(("text", "claim"), WRONG)
def test_a_wrong_claim_is_a_finding_at_its_place(text, claim):
    found, step = judged(text, claim)
    assert isinstance(step.verdict, Unknown)
    (finding,) = found.diagnostics
    assert finding.code == ("no-scan" if claim.startswith("scan") else "wrong-cost")
    assert (finding.span.line, finding.span.column) == (text.count("\n") + 1, 7)


@pytest.mark.parametrize(("text", "claim"), UNDECIDED)
def test_what_whole_tensors_do_not_show_is_not_decided(text, claim):
    found, step = judged(text, claim)
    assert found.codes == []
    assert isinstance(step.verdict, Unknown), step


def test_both_sides_are_formulas():
    _, step = judged(RECURRENT, "backward span = Theta(T * log(J)^2 + 1) in T, J on fan-in")
    assert step.left == r"\text{backward span on fan-in} = \Theta(T \log(J)^2 + 1)\ \text{in T, J}"
    _, step = judged(RECURRENT, "span = Theta(T) in T on tree")
    assert step.right == r"\max(T \log J + 2 T + \log I + 2, T \log J + 2 T + \log J + 3)"


def test_lower_bounds_of_sizes_do_not_matter():
    found, _ = judged(SCATTER + "assume B >= 2\n", "work = O(B)")
    assert found.codes == ["wrong-cost"]


@pytest.mark.parametrize("size", ["P", "Q"])
def test_sizes_in_a_circle_are_not_decided(size):
    text = "input x[P]\nsize P = Q\nsize Q = P\noutput y[P]\nfor p: y[p] = x[p]\n"
    found, step = judged(text, f"work = Theta({size})")
    assert found.codes == []
    assert isinstance(step.verdict, Unknown)


def test_a_hint_is_a_claim_that_is_right():
    for text, claim in WRONG[:10]:
        (finding,) = judged(text, claim)[0].diagnostics
        _, step = judged(text, finding.hint.removeprefix("claim "))
        assert isinstance(step.verdict, Given), (finding, step)


BAD = {
    "time = O(T)": ("loop-syntax", 7, "expected 'work' or 'span'"),
    "span = T on tree": ("loop-syntax", 14, "expected 'O' or 'Omega' or 'Theta'"),
    "span = Theta(T)": ("loop-syntax", 22, "the model of a sum, tree or fan-in or serial"),
    "span = Theta(T) on forest": ("loop-syntax", 26, "expected 'tree'"),
    "span = Theta(T) on fan": ("loop-syntax", 29, "expected '-'"),
    "span = Theta(T) on tree in T": ("loop-syntax", 31, "the end of the line"),
    "work = Theta(T) on tree": ("loop-syntax", 23, "the end of the line"),
    "work = Theta()": ("loop-syntax", 20, "a size, log(SIZE) or a number"),
    "work = Theta(T - 1)": ("loop-syntax", 22, "expected ')'"),
    "work = Theta(T^0)": ("loop-syntax", 22, "a whole number from 1 to 99"),
    "work = Theta(T^1.5)": ("loop-syntax", 22, "a whole number from 1 to 99"),
    "work = Theta(0)": ("loop-syntax", 20, "a whole number from 1 to 99"),
    "work = Theta(log T)": ("loop-syntax", 24, "expected '('"),
    "work = Theta(N)": ("unknown-name", 7, "N is no size"),
    "work = Theta(T) in N": ("unknown-name", 7, "N is no size"),
    "scan x": ("unknown-name", 7, "x is no tensor that this program computes"),
    "scan": ("loop-syntax", 11, "the name of a tensor"),
}


@pytest.mark.parametrize(("claim", "expected"), BAD.items(), ids=BAD.keys())
def test_what_cannot_be_read_is_told_at_its_place(claim, expected):
    code, column, message = expected
    _, (finding,) = program_of(f"{INDEPENDENT}claim {claim}\n")
    assert (finding.code, finding.span.line, finding.span.column) == (code, 5, column)
    assert message in finding.message


def test_claim_may_be_the_name_of_a_tensor():
    program, diagnostics = program_of("input x[T]\noutput claim[T]\nfor t: claim[t] = x[t]\n")
    assert not diagnostics
    assert not program.claims
    assert program_of("input x\noutput claim\nclaim = x\n")[1] == []


def test_a_program_without_operations_costs_nothing():
    found = answer("input x[T]\nclaim work = O(1)\nclaim work = Omega(T)\n")
    assert found.words == ["Given", "Unknown"]
    assert found.codes == ["wrong-cost"]


def test_claims_beside_gradients(tmp_path):
    text = "input x[B]\noutput y[B]\nfor b: y[b] = x[b]^2\nclaim work = Theta(B)\nbackward x\n"
    path = tmp_path / "square.loops"
    path.write_text(text + "for b: x.grad[b] += 2 * x[b] * y.grad[b]\nclaim backward work = Theta(B)\n")
    (file,) = check_paths([path], Options(jobs=1, cache=False)).files
    (derivation,) = file.derivations
    assert [type(step.verdict) for step in derivation.steps] == [Proved, Given, Given]


def test_nothing_is_said_of_a_program_that_may_not_be_executed():
    found = answer("input x[T]\noutput y[T]\nfor t: y[t] = x[t+1]\nclaim work = Theta(T)\n")
    assert found.codes == ["index-range"]
    assert found.words == ["Unread"]


def test_a_claim_that_takes_too_long_leaves_the_others(tmp_path, monkeypatch):
    monkeypatch.setattr("symderiv.claims._scan", lambda program, claim: time.sleep(60))
    path = tmp_path / "slow.loops"
    path.write_text(f"{LINEAR}claim scan h\nclaim work = Theta(T) in T\n")
    (file,) = check_paths([path], Options(jobs=1, cache=False, timeout=2)).files
    first, second = (step.verdict for step in file.derivations[0].steps)
    assert isinstance(first, Unknown)
    assert "stopped after 2 s" in first.reason
    assert isinstance(second, Given)


def test_the_law_of_a_scan_is_proved_and_replayed(tmp_path):
    path = tmp_path / "scan.loops"
    path.write_text(f"{LINEAR}claim scan h\n")
    report = check_paths([path], Options(jobs=1, cache=False))
    steps = report.files[0].derivations[0].steps
    assert [type(step.verdict) for step in steps] == [Given, Proved, Proved]
    assert "h enters affinely" in steps[0].verdict.reason
    assert all(outcome.ok for outcome in replay_report(document(report)))


def test_a_span_of_a_state_that_enters_affinely_says_that_there_is_a_scan():
    _, step = judged(LINEAR, "span = Theta(T) in T on tree")
    assert "h enters affinely, and has a scan of span" in step.verdict.reason
    _, step = judged(RECURRENT, "span = Theta(T) in T on tree")
    assert "scan" not in step.verdict.reason


def test_the_exit_status_tells_a_wrong_claim(tmp_path, capsys):
    path = tmp_path / "layers.loops"
    path.write_text(f"{LAYERS}claim work = Theta(B*I*J + B*J*K)\n")
    assert main(["check", "--strict", "--no-cache", str(path)]) == 0
    path.write_text(f"{LAYERS}claim work = Theta(B*I*J)\n")
    assert main(["check", "--no-cache", str(path)]) == 1
    assert f"{path}:6:7: wrong-cost: the work is " in capsys.readouterr().out


def test_derive_prints_costs(tmp_path, capsys):
    path = tmp_path / "linear.loops"
    path.write_text(LINEAR)
    assert main(["derive", str(path), "--costs", "--model", "fan-in"]) == 0
    printed = capsys.readouterr().out.split("\n")
    assert printed[:3] == [
        "forward",
        "  work            Theta(I J T + J^2 T): I J T + J^2 T + J T + J",
        "  span on fan-in  Theta(T): 3 T + 4",
    ]
    assert "h enters affinely, and is computed by an associative scan over t" in printed
    assert main(["derive", str(path), "--costs"]) == 0
    assert "  span on tree " in capsys.readouterr().out
    assert main(["derive", str(path), "--model", "tree"]) == 2
    path.write_text("input x[T]\noutput y[T]\nfor t: y[t] = x[t+1]\n")
    assert main(["derive", str(path), "--costs"]) == 2
