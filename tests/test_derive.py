"""`symderiv derive`: what it prints is right, is read again, and runs."""

from __future__ import annotations

import shutil
import subprocess
from random import Random

import numpy as np
import pytest

from symderiv.cli import main
from symderiv.derive import derived_loops
from symderiv.gradients.comparison import comparison
from symderiv.loops.instances import distinct_sizes, draw, positive_names
from symderiv.readers.loops import read
from tests.loops.programs import FOLDER, answer

FILES = sorted(FOLDER.glob("*.loops"))
SQUARE = "input x[B]\noutput y[B]\nfor b: y[b] = x[b]^2\n"


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_derived_loops_are_proved(path):
    loops, findings = derived_loops(path, "loops")
    assert not findings
    program = read(path).programs[0]
    differentiated = [n for n in program.inputs if n not in program.integers and n not in program.constants]
    head, _, _ = path.read_text(encoding="utf-8").partition("\nbackward")
    found = answer(f"{head}\nbackward {', '.join(differentiated)}\n{loops}")
    assert found.is_proved, (found, loops)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_derived_code_runs_and_gives_the_same_numbers(path):
    code, _ = derived_loops(path, "python")
    module: dict[str, object] = {}
    exec(compile(code, path.name, "exec"), module)  # noqa: S102  # our own code, from our own programs
    program = read(path).programs[0]
    data = draw(program, distinct_sizes(program, 2), Random(1), positive_names(program))
    expected = comparison(program, data).derived.arrays
    tensors = {name: array.copy() for name, array in data.arrays().items()}
    module["backward"](data.sizes, module["forward"](data.sizes, tensors))
    for name, array in tensors.items():
        assert np.allclose(array, expected[name], equal_nan=True), name


def test_the_command_prints_each_form(tmp_path, capsys):
    path = tmp_path / "square.loops"
    path.write_text(SQUARE)
    assert main(["derive", str(path)]) == 0
    assert capsys.readouterr().out == "for b: x.grad[b] += 2*y.grad[b]*x[b]\n"
    assert main(["derive", str(path), "--to", "latex"]) == 0
    assert r"\text{For } b: \quad x.\mathrm{grad}[b] \mathrel{+=}" in capsys.readouterr().out
    assert main(["derive", str(path), "--to", "python", "--output", str(tmp_path / "square.py")]) == 0
    assert "def backward(sizes, tensors):" in (tmp_path / "square.py").read_text()


def test_a_sum_is_in_brackets_behind_a_minus(tmp_path, capsys):
    path = tmp_path / "difference.loops"
    path.write_text("input x[B], c, d\noutput y\nfor b: y += exp(c - (d - x[b])) * (c + d)\n")
    assert main(["derive", str(path), "--to", "latex"]) == 0
    assert r"\exp\left(c - \left(d - x[b]\right)\right)" in capsys.readouterr().out


def test_what_cannot_be_derived_is_told_at_its_place(tmp_path, capsys):
    path = tmp_path / "bad.loops"
    path.write_text("input x[T]\noutput y[T]\nfor t: y[t] = x[t+1]\n")
    assert main(["derive", str(path)]) == 2
    assert f"{path}:3:15: index-range: " in capsys.readouterr().err
    assert main(["derive", str(tmp_path / "none.loops")]) == 2


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="pdflatex is not installed")
def test_the_latex_is_typeset(tmp_path):
    rows = "".join(derived_loops(path, "latex")[0] or "" for path in FILES[::6])
    text = rf"\documentclass{{article}}\usepackage{{amsmath}}\begin{{document}}{rows}\end{{document}}"
    (tmp_path / "rows.tex").write_text(text)
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "rows.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout[-2000:]
