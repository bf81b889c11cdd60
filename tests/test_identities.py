"""Identities as textbooks state them: none is refuted, and what is false of the same kind is not proved."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from symderiv.cli import symderiv
from symderiv.documents.single import read_single
from symderiv.formulas.source import Unread
from tests.processes import lasting_workers

PROVED = (
    r"(x + y)^3 = x^3 + 3 x^2 y + 3 x y^2 + y^3",
    r"\frac{a}{b} + \frac{c}{d} = \frac{a d + b c}{b d}",
    r"\frac{1}{x (x+1)} = \frac{1}{x} - \frac{1}{x+1}",
    r"a x^2 + b x + c = a \left(x + \frac{b}{2a}\right)^2 + c - \frac{b^2}{4a}",
    r"e^{x + y} = e^x e^y",
    r"\sqrt{p(1-p)} \sqrt{p(1-p)} = p(1-p)",
    r"\frac{\sqrt{p(1-p)}}{p(1-p)} = \frac{1}{\sqrt{p - p^2}}",
    r"\sqrt{(x - y)^2} = |x - y|",
    r"|a b| = |b| |a|",
    r"\sqrt{(2x+1)^2} = |2x + 1|",
    r"\sqrt{a^2 b} = |a| \sqrt{b}",
    r"\sqrt[3]{a} \sqrt[3]{b} = \sqrt[3]{a b}",
    r"\ln \left((x - y)^2\right) = 2 \ln |x - y|",
    r"e^x \ge 1 + x",
    r"\ln x \le x - 1",
    r"\log_2 x = \frac{\ln x}{\ln 2}",
    r"\ln \sum_{i=1}^n e^{x_i} = c + \ln \sum_{i=1}^n e^{x_i - c}",
    r"\frac{e^{x_i + c}}{\sum_{j=1}^n e^{x_j + c}} = \frac{e^{x_i}}{\sum_{j=1}^n e^{x_j}}",
    r"\ln \prod_{i=1}^n p_i = \sum_{i=1}^n \ln p_i",
    r"\sum_{i} \sum_{j} x_{ij} = \sum_j \sum_i x_{ij}",
    r"\frac{1}{n} \sum_{i=1}^n \sum_{j=1}^n (x_i - x_j)^2 = 2 \sum_{i=1}^n x_i^2 - \frac{2}{n} (\sum_{i=1}^n x_i)^2",
    r"\frac{\partial}{\partial \mu} \sum_{i=1}^n (x_i - \mu)^2 = -2 \sum_{i=1}^n (x_i - \mu)",
    r"\frac{d}{dx} x^n = n x^{n-1}",
    r"\frac{d^2}{dx^2} (a x + b) = 0",
    r"\frac{d}{dx} \frac{1}{1 + e^{-x}} = \frac{1}{1 + e^{-x}} \left(1 - \frac{1}{1 + e^{-x}}\right)",
    r"\frac{1}{1 + e^{-x}} = \frac{e^x}{1 + e^x}",
    r"1 - \frac{1}{1 + e^{-x}} = \frac{1}{1 + e^{x}}",
    r"\ln(1 + e^x) = x + \ln(1 + e^{-x})",
    r"-\ln \frac{1}{1 + e^{-x}} = \ln(1 + e^x) - x",
    r"\frac{d}{dx} \ln(1 + e^x) = \frac{1}{1 + e^{-x}}",
    r"\frac{e^x - e^{-x}}{e^x + e^{-x}} = \frac{2}{1 + e^{-2x}} - 1",
    r"\frac{d}{dx} \frac{e^x - e^{-x}}{e^x + e^{-x}} = 1 - \left(\frac{e^x - e^{-x}}{e^x + e^{-x}}\right)^2",
    r"\frac{1}{\frac{1}{a} + \frac{1}{b}} = \frac{a b}{a + b}",
    r"\frac{\frac{x}{a} + \frac{y}{b}}{\frac{1}{a} + \frac{1}{b}} = \frac{b x + a y}{a + b}",
    r"\mathrm{tr}(A B C) = \mathrm{tr}(C A B)",
    r"\mathrm{tr}(x x^T) = x^T x",
    r"x^T A y = y^T A^T x",
    r"(A + B)^2 = A^2 + A B + B A + B^2",
    r"(A^{-1})^T = (A^T)^{-1}",
    r"X (X^T X)^{-1} X^T X = X",
    r"E[(X - E[X])^2] = E[X^2] - E[X]^2",
    r"\mathrm{Cov}(a X, b Y) = a b \mathrm{Cov}(X, Y)",
    r"\mathrm{Var}(X + Y) = \mathrm{Var}(X) + \mathrm{Var}(Y) + 2 \mathrm{Cov}(X, Y)",
    r"p(x, y, z) = p(x) p(y \mid x) p(z \mid x, y)",
    r"p(x \mid y) = \frac{p(y \mid x) p(x)}{p(y)}",
    r"\sum_{i=1}^{3} c = 3 c",
    r"\sum_{i=2}^{1} c = 0",
)
"""True, and proved; some under conditions."""

NOT_REFUTED = (
    r"\sum_{i=1}^n (x_i - \bar{x}) = 0",
    r"\sum_{i=1}^n (x_i - \bar{x})^2 = \sum_{i=1}^n x_i^2 - n \bar{x}^2",
    r"\sum_{i=1}^n (x_i - \mu)^2 = \sum_{i=1}^n (x_i - \bar x)^2 + n (\bar x - \mu)^2",
    r"\|x\|^2 = \sum_{i=1}^n x_i^2",
    r"x^T x = \sum_{i=1}^n x_i^2",
    r"x_1 + x_2 + \cdots + x_n = \sum_{i=1}^n x_i",
    r"a_1 b_1 + a_2 b_2 = \sum_{i=1}^2 a_i b_i",
    r"(A x)_i = \sum_{j} A_{ij} x_j",
    r"(A B)_{ij} = \sum_k A_{ik} B_{kj}",
    r"x_i = \sum_j \delta_{ij} x_j",
    r"A A^{-1} = I",
    r"\mathbf{A} \mathbf{A}^{-1} = I",
    r"I_n A = A",
    r"\prod_{i=1}^n u_i \lambda = \prod_{i=1}^n \lambda u_i",
    r"(A B)^\top = B^\top A^\top",
    r"\mathbf{1}^T \mathbf{1} = n",
    r"(X^T X)^{-1} X^T X = I",
    r"\det(A^{-1}) = 1 / \det(A)",
    r"\pi > 3",
    r"e^{i \pi} + 1 = 0",
    r"E[\bar{X}] = \mu",
    r"E_x x = 1",
    r"\mathrm{Var}(\bar{X}) = \frac{\sigma^2}{n}",
    r"\mathbb{E}[X] = \mathbb{E}[\mathbb{E}[X \mid Y]]",
    r"H(X, Y) = H(X) + H(Y \mid X)",
    r"I(X; Y) \ge 0",
    r"\ln \sum_{i=1}^n e^{x_i} \ge \max_i x_i",
    r"\max(x, y) = x + \max(0, y - x)",
    r"\min(a,b) + \max(a,b) = a + b",
    r"\lfloor x \rfloor \le x",
    r"\sqrt[3]{8} = 2",
    r"\sqrt{x^2} = |x|",
    r"|x + y| \le |x| + |y|",
    r"\sin^2 x + \cos^2 x = 1",
    r"\sum_{i=1}^n i^2 = \frac{n(n+1)(2n+1)}{6}",
    r"\sum_{i=0}^{\infty} r^i = \frac{1}{1-r}",
    r"\sum_{k=0}^{n} \binom{n}{k} p^k (1-p)^{n-k} = 1",
    r"\binom{n}{k} = \binom{n-1}{k-1} + \binom{n-1}{k}",
    r"\Gamma(x+1) = x \Gamma(x)",
    r"\int_0^1 x^2 \, dx = \frac{1}{3}",
    r"\int_0^\infty e^{-x} \, dx = 1",
    r"\lim_{n \to \infty} \left(1 + \frac{x}{n}\right)^n = e^x",
    r"\sum_{i<j} x_i x_j = \frac{1}{2} \left( \left(\sum_i x_i\right)^2 - \sum_i x_i^2 \right)",
    r"\mathbb{1}[x > 0] + \mathbb{1}[x \le 0] = 1",
    r"x \odot y = y \odot x",
    r"\|A\|_F^2 = \mathrm{tr}(A^T A)",
    r"\|x\|_1 = \sum_i |x_i|",
    r"|x^T y| \le \|x\| \|y\|",
    r"\left(\sum_{i=1}^n x_i y_i\right)^2 \le \sum_{i=1}^n x_i^2 \sum_{i=1}^n y_i^2",
    r"\nabla_x x^T A x = (A + A^T) x",
    r"\frac{\partial}{\partial x} a^T x = a",
    r"\frac{\partial f}{\partial x} = \frac{\partial f}{\partial y} \frac{\partial y}{\partial x}",
    r"\frac{\partial^2 f}{\partial x \partial y} = \frac{\partial^2 f}{\partial y \partial x}",
    r"P(A) + P(A^c) = 1",
    r"f^{-1}(f(x)) = x",
)
"""True as the field means it, though not all of what they say is known here."""

NOT_PROVED = (
    r"\sqrt{(2x+1)^2} = 2x + 1",
    r"(x - 1)(y - 1) \geq 0",
    r"\sqrt{p(1-p)} = p \sqrt{1-p}",
    r"\sqrt{a^2} = a",
    r"\sqrt[3]{a + b} = \sqrt[3]{a} + \sqrt[3]{b}",
    r"|a + b| = |a| + |b|",
    r"\ln \left((x - y)^2\right) = 2 \ln (y - x)",
    r"\frac{\partial L}{\partial w} = 0",
    r"\frac{\partial L}{\partial w} = \frac{\partial L}{\partial b}",
    r"\frac{\partial}{\partial w} \sum_{i=1}^n y_i = 0",
    r"\nabla_x c = 0",
    r"\frac{d f}{d x} = 0",
    r"\sum_{i=2}^{1} c = 1",
    r"\sum_{i=1}^{0.5 n} c = 0.5 n c",
    r"\mathrm{tr}(A B C) = \mathrm{tr}(A C B)",
    r"\mathrm{tr}((A + B)^2) = \mathrm{tr}(A^2 + A B + B^2)",
    r"x^T A y = x^T A^T y",
    r"E[X Y] = E[X] E[Y]",
    r"\pi = 3",
    r"(A B)^\top = A^\top B^\top",
    r"(A B)^{-1} = A^{-1} B^{-1}",
    r"\mathrm{tr}(B y x^\top) = \mathrm{tr}(y x^\top B^\top)",
    r"\mathbf{x}^\top \mathbf{B} \mathbf{y} = \mathrm{tr}(\mathbf{x}^\top \mathbf{y} \mathbf{B})",
    r"\sum_{i=1}^n \sum_{j=1}^i a_j = n \sum_{j=1}^i a_j",
    r"I_n A = I_n",
)
"""False, or true only of names of which something is known."""


def step(statement: str, *assumptions: str) -> dict[str, object]:
    arguments = ["prove", statement, "--no-cache", "--format", "json"]
    for assumption in assumptions:
        arguments += ["--assume", assumption]
    with lasting_workers():
        outcome = CliRunner().invoke(symderiv, arguments, standalone_mode=False)
    if not outcome.stdout.startswith("{"):
        return {"verdict": "unread", "conditions": []}
    ((derivation,),) = [file["derivations"] for file in json.loads(outcome.stdout)["files"]]
    return dict(derivation["steps"][0])


@pytest.mark.parametrize("statement", PROVED)
def test_an_identity_that_the_normal_form_or_a_lemma_decides_is_proved(statement):
    assert step(statement)["verdict"] == "proved"


@pytest.mark.parametrize("statement", NOT_REFUTED)
def test_a_true_statement_is_never_refuted(statement):
    assert step(statement)["verdict"] != "refuted"


@pytest.mark.parametrize("statement", NOT_PROVED)
def test_what_is_not_known_to_be_true_is_not_proved(statement):
    assert step(statement)["verdict"] != "proved"


MEAN = r"\bar{x} = \frac{1}{n} \sum_{i=1}^n x_i"


@pytest.mark.parametrize(("sign", "verdict"), [("-", "proved"), ("+", "refuted")])
def test_what_is_said_of_a_mean_decides(sign, verdict):
    statement = rf"\sum_{{i=1}}^n (x_i - \bar{{x}})^2 = \sum_{{i=1}}^n x_i^2 {sign} n \bar{{x}}^2"
    assert step(statement, MEAN)["verdict"] == verdict
    assert step(statement)["verdict"] == "gap"


@pytest.mark.parametrize(
    ("statement", "conditions"),
    [
        (r"\sum_{i=m}^n c = (n - m + 1) c", [r"n - m + 1 \geq 1"]),
        (r"\sum_{i=n}^{1} c = (2 - n) c", [r"1 - n + 1 \geq 1"]),
        (r"\sum_{i=1}^{n-1} c = (n - 1) c", [r"n - 1 \geq 1"]),
        (r"\sum_{i=0}^{n} c = (n + 1) c", []),
        (r"\sum_{i=1}^{2 n} c = 2 n c", []),
        (r"\sum_{i=1}^{n m} c = n m c", []),
        (r"n \ge 2 \Rightarrow \sum_{i=1}^{n-1} c = (n - 1) c", []),
    ],
)
def test_a_range_that_may_be_empty_is_a_condition(statement, conditions):
    found = step(statement)
    assert (found["verdict"], found["conditions"]) == ("proved", conditions)


def test_a_counterexample_calls_things_by_their_names():
    found = step(r"\sum_{i=1}^n i x_i = \sum_{i=1}^n x_i")
    assert set(found["counterexample"]["values"]) == {"n", "x"}


@pytest.mark.parametrize(
    ("statement", "place"), [(r"\sum_{i=1}^n x_{i+1} = 0", "1:14"), ("H(x) = H(y", "1:11"), (r"a + b = \foo{c}", "1:9")]
)
def test_what_cannot_be_read_is_shown_where_reading_stopped(statement, place):
    with pytest.raises(Unread) as problem:
        read_single(statement)
    assert str(problem.value).startswith(f"<statement>:{place}: ")


@pytest.mark.parametrize("assumed", ["y = x", "y = x^2"])
def test_a_name_that_is_assumed_equal_is_not_constant_in_a_derivative(assumed):
    assert step(r"\frac{d}{dx} (x y) = y", assumed)["verdict"] != "proved"
