r"""Rows of LaTeX as loop programs."""

from __future__ import annotations

import pytest

from symderiv.loops.notation import lines_of
from symderiv.programs import examined, judged_program
from symderiv.readers.loop_rows import Row, program_of_rows
from symderiv.runner import Finished

FORWARD = [
    r"\mbox{For}\;b,j\quad \mu[j] & \pluseq & \frac{1}{B}\;x[b,j]",
    r"\mbox{For}\;b,j\quad s[j] & \pluseq & \frac{1}{B-1}\;(x[b,j] - \mu[j])^2",
    r"\mbox{For}\;b,j\quad x'[b,j] & \pluseq & \frac{x[b,j] - \mu[j]}{\sqrt{s[j]}}",
]
BACKWARD = [
    r"\mbox{For}\;b,j\quad x.\grad[b,j] & \pluseq & \frac{x'.\grad[b,j]}{\sqrt{s[j]}}",
    r"\mbox{For}\;b,j\quad \mu.\grad[j] & \minuseq & \frac{x'.\grad[b,j]}{\sqrt{s[j]}}",
    r"\mbox{For}\;b,j\quad s.\grad[j] & \minuseq & \frac{1}{2}(x[b,j] - \mu[j])s[j]^{-3/2}\;x'.\grad[b,j]",
    r"\mbox{For}\;b,j\quad x.\grad[b,j] & \pluseq & \frac{2}{B-1}\;(x[b,j] - \mu[j])s.\grad[j]",
    r"\mbox{For}\;b,j\quad \mu.\grad[j] & \minuseq & \frac{2}{B-1}\;(x[b,j] - \mu[j])s.\grad[j]",
    r"\mbox{For}\;b,j\quad x.\grad[b,j] & \pluseq & \frac{1}{B}\;\mu.\grad[j]",
]


def rows(texts, line=1):
    return [Row(text, "notes.tex", line + number, 3) for number, text in enumerate(texts)]


def verdicts(program):
    report = judged_program(program, Finished(examined((program, 0))), 0.0).report
    return {step.left: step.verdict for step in report.steps}


def test_batch_normalization_is_proved_with_its_conditions():
    program, diagnostics = program_of_rows(rows(FORWARD), rows(BACKWARD, 10))
    assert not diagnostics
    assert program.inputs == ("x",)
    assert program.outputs == ("x'",)
    assert program.shapes["x"] == ("B", "J")
    found = verdicts(program)
    assert set(found) == {"x.grad[b,j]", "mu.grad[j]", "s.grad[j]"}
    assert {type(verdict).__name__ for verdict in found.values()} == {"Proved"}
    assert {c for verdict in found.values() for c in verdict.conditions} == {r"B - 1 \neq 0", "s[j] > 0"}


def test_what_is_assumed_is_no_condition():
    program, diagnostics = program_of_rows(rows(FORWARD), rows(BACKWARD, 10), rows([r"s[j] > 0", r"B \geq 2"], 20))
    assert not diagnostics
    assert {c for verdict in verdicts(program).values() for c in verdict.conditions} == set()


def test_a_wrong_row_is_refuted_and_named():
    wrong = [*BACKWARD[:3], BACKWARD[3].replace("{B-1}", "{B}"), *BACKWARD[4:]]
    program, _ = program_of_rows(rows(FORWARD), rows(wrong, 10))
    assert "loop 4 is wrong" in verdicts(program)["x.grad[b,j]"].reason


READINGS = {
    r"\text{For } b: y[b] = 2 x[b]^2 z[b]": "for b: y[b] = 2*x[b]^2*z[b]",
    r"\mbox{For}\;b\quad y[b] = \exp(x[b]) \left(1 - x[b]\right)": "for b: y[b] = exp(x[b])*(1 - x[b])",
    r"\mbox{For}\;b\quad y[b] = \sum_{j} W[b,j] \tilde{h}[j] + x[b]": "for b: y[b] = sum{j}(W[b,j]*h~[j]) + x[b]",
    r"\mbox{For}\;b\quad y[b] \mathrel{+\!=} \sigma(x[b])": "for b: y[b] += sigmoid(x[b])",
    r"\mbox{For}\;b,j\quad y[b] \pluseq W_1[j,b] \cdot x_{2}[j]": "for b,j: y[b] += W_1[j,b]*x_2[j]",
    r"\mbox{For}\;b\quad y[b] = \frac{x[b]}{2 c[b]} \ln(2)": "for b: y[b] = x[b]*ln(2)/(2*c[b])",
    r"\mbox{For}\;b\quad y[b] = x[b]^{1/2} [x[b] \geq 0]": "for b: y[b] = sqrt(x[b])*[x[b] >= 0]",
}


@pytest.mark.parametrize(("row", "line"), READINGS.items())
def test_a_row_is_read(row, line):
    program, diagnostics = program_of_rows(rows([row]), [])
    assert not diagnostics
    assert lines_of(program.forward) == [line]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (r"\mbox{For}\;b\quad y[b] = \frac{x[b]}{2", 42),
        (r"\mbox{For}\;b\quad y[b] = x[b] \heartsuit", 34),
        (r"\mbox{For}\;b\quad y[c] = x[b]", 24),
        (r"\mbox{For}\;b\quad x.\foo[b] = x[b]", 24),
        (r"\mbox{For}\;\quad = 1", 21),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(row, column):
    _, diagnostics = program_of_rows(rows([row], 7), [])
    assert (7, column) in {(d.span.line, d.span.column) for d in diagnostics}, diagnostics
