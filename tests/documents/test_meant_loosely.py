"""What a text may mean by its words is no hypothesis, and no step that needs it is told as wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.checking import checked, steps_of, verdicts

INPUT = r"""Let $m$ be a random variable with mean $p$, $p > 0$, and let $g = \frac{m h}{p}$
for a fixed activation $h$. Hence

$$ \mathbb{E}[g] = @ \frac{h}{p} \mathbb{E}[m] . $$
"""
CONSTRAINT = r"""We maximize $u^T S u$ subject to $u^T u = 1$. Let

$$ v = u . $$

Multiplying by a number and using $u^T u = 1$,

$$ \lambda u^T u = @ \lambda . $$
"""
INDEPENDENCE = r"""Let $X$ and $Y$ be random variables. In such models the sources $X$, $Y$ are taken to be
independent. Hence

$$ \mathbb{E}[X Y] = @ \mathbb{E}[X] \mathbb{E}[Y] . $$
"""
SYMMETRY = r"""Let $A$ and $B$ be square matrices. In such a model, the weighting matrix $A$ is symmetric. Hence

$$ (A B)^T = @ B^T A . $$
"""
NAMED = r"""Let $L(w) = w^2 + 3$. Hence

$$ L + 1 = @ (w^2 + 4) . $$
"""
TEXTS = [INPUT, CONSTRAINT, INDEPENDENCE, SYMMETRY, NAMED]


@pytest.mark.parametrize("text", TEXTS)
def test_it_is_left_open_where_that_makes_it_true(tmp_path: Path, text: str) -> None:
    step = steps_of(checked(tmp_path, text.replace("@", ""), "text.md"))[-1]
    assert type(step.verdict).__name__ == "Unknown"
    assert step.verdict.reason.startswith("it follows from ")


@pytest.mark.parametrize("text", TEXTS)
def test_it_is_told_where_it_does_not(tmp_path: Path, text: str) -> None:
    assert verdicts(checked(tmp_path, text.replace("@", "2"), "text.md"))[-1] in ("gap", "refuted")


MODEL = r"""Assume $y_i = w x_i + e_i$ with $e_i \sim \mathcal{N}(0, 1)$. Let

$$ L(w) = \sum_{i=1}^n (y_i - w x_i)^2 . $$

Then

$$ L'(w) = - 2 \sum_{i=1}^n x_i (y_i - w x_i) . $$
"""


def test_data_are_held_fixed_where_their_model_is_differentiated(tmp_path: Path) -> None:
    assert verdicts(checked(tmp_path, MODEL, "text.md")) == ["given", "proved"]
    assert verdicts(checked(tmp_path, MODEL.replace("= - 2", "= 2"), "text.md"))[-1] in ("gap", "refuted")


BOTH = r"""Let $L(w, b) = (w - c)^2 + (b - 2 c)^2$. The derivatives are

$$ \frac{\partial L}{\partial w} = 2 (w - c) $$

and

$$ \frac{\partial L}{\partial b} = 2 (b - 2 c) . $$

Setting both to zero gives

$$ w = c , \qquad b = @ c . $$
"""


@pytest.mark.parametrize(("factor", "verdict"), [("2", "proved"), ("3", "gap")])
def test_two_derivatives_are_set_to_zero_at_once(tmp_path: Path, factor: str, verdict: str) -> None:
    told = verdicts(checked(tmp_path, BOTH.replace("@", factor), "text.md"))
    assert told[-2] == "proved"
    assert told[-1] == verdict


def test_what_a_first_row_comes_to_is_not_set_to_zero(tmp_path: Path) -> None:
    text = "Let\n\n$$ g = 2 (w - c) . $$\n\nSetting this to zero gives\n\n$$ w = c , \\qquad c = 0 . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


def test_named_lists_of_independent_families(tmp_path: Path) -> None:
    text = r"""Let $y = \sum_{i=1}^n w_i x_i$, where the weights $w_i$ and inputs $x_i$ are all mutually independent,
with $\mathbb{E}[w_i] = 0$, $\mathbb{E}[x_i] = 0$, $\mathrm{Var}(w_i) = a$ and $\mathrm{Var}(x_i) = b$. Then

$$ \mathrm{Var}(y) = @ n a b . $$
"""
    assert verdicts(checked(tmp_path, text.replace("@", ""), "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text.replace("@", "2"), "text.md")) != ["proved"]


NOISE = r"""Let $z = \mu + \sigma \epsilon$ with $\epsilon \sim \mathcal{N}(0, 1)$. Then

$$ \frac{\partial z}{\partial \mu} = 1 , \qquad \frac{\partial z^2}{\partial \sigma} = @ z \epsilon . $$
"""


def test_and_what_is_made_of_noise_depends_on_its_parameters(tmp_path: Path) -> None:
    assert verdicts(checked(tmp_path, NOISE.replace("@", "2"), "text.md")) == ["proved", "proved"]
    assert verdicts(checked(tmp_path, NOISE.replace("@", "3"), "text.md"))[-1] in ("gap", "refuted")


OTHER = r"""Let $L(w) = (w - 1)^2$. Its derivative is

$$ \frac{dL}{dw} = 2 (w - 1) . $$

Let $R(w, b) = (w - 2)^2 + b^2$. Its derivatives are

$$ \frac{\partial R}{\partial w} = 2 (w - 2) , \qquad \frac{\partial R}{\partial b} = 2 b . $$

Setting these to zero gives

$$ w = @ , \qquad b = 0 . $$
"""


def test_those_of_another_function_are_not(tmp_path: Path) -> None:
    assert verdicts(checked(tmp_path, OTHER.replace("@", "2"), "text.md"))[-2:] == ["proved", "proved"]
    assert verdicts(checked(tmp_path, OTHER.replace("@", "1"), "text.md"))[-2] in ("gap", "refuted")


RANGE = r"""A running mean is

$$ v_t = \beta v_{t-1} + (1 - \beta) g_t , \qquad v_0 = 0 , $$

with $0 < \beta < 1$. Unrolling two steps,

$$ v_2 = \beta (1 - \beta) g_1 + (1 - \beta) g_2 . $$

In general we have

$$ @ . $$
"""


def test_a_bound_that_belongs_to_a_definition_does_not_limit_it(tmp_path: Path) -> None:
    assert verdicts(checked(tmp_path, RANGE.replace("@", r"\beta = \beta"), "text.md"))[:3] == [
        "given",
        "given",
        "proved",
    ]
    assert verdicts(checked(tmp_path, RANGE.replace("@", r"|\beta| = \beta"), "text.md"))[-1] in ("gap", "refuted")


RAW = r"""Let $y_i = w x_i + e_i$ with $e_i \sim \mathcal{N}(0, 1)$. Then

$$ \frac{\partial}{\partial w} (y_i + w) = 1 . $$
"""


def test_where_no_function_of_the_parameter_is_differentiated_they_may_vary(tmp_path: Path) -> None:
    assert "proved" not in verdicts(checked(tmp_path, RAW, "text.md"))
