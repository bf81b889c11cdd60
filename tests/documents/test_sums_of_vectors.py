"""Sums of vectors and matrices over data: gradients of losses, scatter matrices, normal equations."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

DATA = r"""Let

$$
S = \sum_{n=1}^N x_n x_n^\top
$$

and

$$
m = \frac1N \sum_{n=1}^N x_n .
$$

Then

$$
%s .
$$
"""
LOSS = r"""Let

$$
J(w) = \frac12 \sum_{n=1}^N (w^\top x_n - t_n)^2 + \frac{\lambda}{2} w^\top w .
$$

Then

$$
\nabla J(w) = %s .
$$

Setting the gradient to zero gives

$$
%s .
$$
"""


@pytest.mark.parametrize(
    "step",
    [
        r"w^\top S w = \sum_{n=1}^N (w^\top x_n)^2",
        r"\sum_{n=1}^N (x_n - m)(x_n - m)^\top = S - N m m^\top",
        r"\sum_{n=1}^N (x_n - m) = 0",
        r"\sum_{n=1}^N a_n x_n^\top w = \left(\sum_{n=1}^N a_n x_n\right)^\top w",
        r"S^\top = S",
    ],
)
def test_what_is_right_is_proved(tmp_path, step):
    assert verdicts(checked(tmp_path, DATA % step, "text.md"))[-1] == "proved"


@pytest.mark.parametrize(
    "step",
    [
        r"w^\top S w = \left(\sum_{n=1}^N w^\top x_n\right)^2",
        r"\sum_{n=1}^N (x_n - m)(x_n - m)^\top = S + N m m^\top",
        r"\sum_{n=1}^N (x_n - m)(x_n - m)^\top = S - m m^\top",
        r"\sum_{n=1}^N a_n x_n = \left(\sum_{n=1}^N a_n\right) m",
    ],
)
def test_what_is_wrong_is_told(tmp_path, step):
    assert verdicts(checked(tmp_path, DATA % step, "text.md"))[-1] in ("gap", "refuted")


def test_the_gradient_of_a_loss_over_data(tmp_path):
    right = LOSS % (r"\sum_{n=1}^N (w^\top x_n - t_n) x_n + \lambda w",
                    r"\sum_{n=1}^N x_n x_n^\top w + \lambda w = \sum_{n=1}^N t_n x_n")  # fmt: skip
    assert verdicts(checked(tmp_path, right, "text.md")) == ["given", "proved", "proved"]


@pytest.mark.parametrize(
    "gradient",
    [
        r"\sum_{n=1}^N (w^\top x_n + t_n) x_n + \lambda w",
        r"2 \sum_{n=1}^N (w^\top x_n - t_n) x_n + \lambda w",
        r"\sum_{n=1}^N (w^\top x_n - t_n) x_n",
    ],
)
def test_a_wrong_gradient_is_not_proved(tmp_path, gradient):
    text = LOSS % (gradient, "0 = 0")
    assert verdicts(checked(tmp_path, text, "text.md"))[1] in ("gap", "refuted", "unknown")


def test_a_product_over_matrices_is_no_number(tmp_path):
    text = "Let\n\n$$\nP = \\prod_{n=1}^N A_n A_n^\\top .\n$$\n\nThen\n\n$$\nP + P = P .\n$$\n"
    assert "proved" not in verdicts(checked(tmp_path, text, "text.md"))
