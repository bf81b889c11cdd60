"""Loop programs from Python say the same as their texts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symderiv.check import Options, check_paths
from symderiv.loops.notation import lines_of
from symderiv.model.diagnostic import SymderivError
from symderiv.model.verdict import Proved
from symderiv.readers.loop_builder import LoopProgram, function, indices, size, total
from symderiv.readers.loops import program_of
from tests.loops.programs import FOLDER


def test_batch_normalization_is_the_same_as_its_text():
    loops = LoopProgram("Batch normalization")
    x, scaled = loops.input("x", "B", "J"), loops.output("x'", "B", "J")
    mu, s = loops.tensor("mu", "J"), loops.tensor("s", "J")
    b, j = indices("b j")
    n = size("B")
    loops.assume(n, ">=", 2)
    loops.assume(s[j], ">", 0)
    loops.add((b, j), mu[j], 1 / n.number * x[b, j])
    loops.add((b, j), s[j], (x[b, j] - mu[j]) ** 2 / (n - 1))
    loops.add((b, j), scaled[b, j], (x[b, j] - mu[j]) / function("sqrt", s[j]))
    loops.backward(x)
    g = scaled.grad
    inner = total(indices("b2"), g[indices("b2")[0], j]) / n
    other = total(indices("b2"), g[indices("b2")[0], j] * scaled[indices("b2")[0], j]) / (n - 1)
    loops.set((b, j), x.grad[b, j], (g[b, j] - inner - scaled[b, j] * other) / function("sqrt", s[j]))
    program = loops.program()
    assert program.title == "Batch normalization"
    assert program.shapes["x.grad"] == ("B", "J")
    assert lines_of(program.forward)[0] == "for b,j: mu[j] += x[b,j]/B"


def test_a_recurrence_with_a_sequential_loop():
    loops = LoopProgram()
    x, a = loops.input("x", "T"), loops.input("a")
    s = loops.output("s", "T")
    (t,) = indices("t")
    last = size("T") - 1
    loops.set((), s[0], x[0])
    with loops.loop(t, 1, last):
        loops.set((), s[t], a.scalar * s[t - 1] + (1 - a.scalar) * x[t])
    text = (FOLDER / "leaky_integrator.loops").read_text(encoding="utf-8")
    assert lines_of(loops.program().forward) == lines_of(program_of(text)[0].forward)


def test_gathers_guards_and_comparisons():
    loops = LoopProgram()
    table, labels = loops.input("E", "V"), loops.integer("w", ["B"], "V")
    y = loops.output("y", "B")
    (b,) = indices("b")
    loops.add((b,), y[b], b.compare(">=", 1) * table[labels.at(b)] * table[0].compare(">", Fraction(1, 2)))
    assert lines_of(loops.program().forward) == ["for b: y[b] += [b >= 1]*E[w[b]]*[E[0] > 1/2]"]


SCRIPT = """
from symderiv.readers.loop_builder import LoopProgram, indices

loops = LoopProgram("A square")
x, y = loops.input("x", "B"), loops.output("y", "B")
(b,) = indices("b")
loops.set((b,), y[b], x[b] ** 2)
loops.backward(x)
loops.add((b,), x.grad[b], 2 * x[b] * y.grad[b])
square = loops.program()
"""


def test_a_script_with_a_loop_program_is_checked(tmp_path):
    path = tmp_path / "square.py"
    path.write_text(SCRIPT)
    (file,) = check_paths([path], Options(jobs=1, cache=False)).files
    assert not file.diagnostics
    (derivation,) = file.derivations
    assert (derivation.name, derivation.title) == ("square", "A square")
    (step,) = derivation.steps
    assert isinstance(step.verdict, Proved)
    assert step.span.line == 8


def test_what_makes_no_sense_is_told():
    loops = LoopProgram()
    x, y = loops.input("x", "B"), loops.output("y", "B")
    b, c = indices("b c")
    with pytest.raises(SymderivError, match="only an entry"):
        loops.add((b,), x[b] * 2, x[b])
    with pytest.raises(SymderivError, match="runs over an index"):
        loops.add((b + c,), y[b], x[b])
    with pytest.raises(SymderivError, match="not a number"):
        loops.add((b,), y[b], x[b] * b)
    with pytest.raises(SymderivError, match="steps of 1 or -1, not of 2"), loops.loop(b, 0, 4, step=2):
        pass


def test_claims_about_costs():
    loops = LoopProgram()
    x, y = loops.input("x", "B"), loops.output("y", "B")
    (b,) = indices("b")
    loops.add((b,), y[b], 2 * x[b])
    loops.claim("work = Theta(B)")
    (claim,) = loops.program().claims
    assert (claim.text, claim.span.path) == ("work = Theta(B)", __file__)
    with pytest.raises(SymderivError) as caught:
        loops.claim("work = B")
    assert caught.value.diagnostic.code == "loop-syntax"
    assert caught.value.diagnostic.span.path == __file__
    loops.claim("work = O(N)")
    with pytest.raises(SymderivError, match="N is no size"):
        loops.program()
