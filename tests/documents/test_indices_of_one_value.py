"""An equation with an index on one side alone holds for one value of it, unless the text speaks of all values."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

LABEL = r"Let $y \in \{1, \dots, K\}$ and let $q_k = c \mathbf{1}[k = y]$."
LOSS = r"Let $p_1, \dots, p_K$ be a probability distribution, let $y$ be the label and $\ell = - \ln p_y$."
SMOOTHED = (
    r"Let $y \in \{1, \dots, K\}$. The smoothed labels are"
    "\n\n$$\nq_k = (1 - e) \\mathbf{1}[k = y] + \\frac{e}{K} .\n$$\n\n"
)
ENTROPY = (
    r"Let $\ell = - z_y + \ln \sum_{k=1}^K e^{z_k}$ be the loss for the label $y$,"
    r" and $p_k = e^{z_k} / \sum_{j=1}^K e^{z_j}$."
)
RIGHT = [
    (ENTROPY, r"\frac{\partial \ell}{\partial z_k} = p_k - \mathbf{1}[k = y]"),
    (ENTROPY, r"\frac{\partial \ell}{\partial z_y} = p_y - 1"),
    (ENTROPY, r"\sum_{k=1}^K \frac{\partial \ell}{\partial z_k} = 0"),
    (LABEL, r"\sum_{k=1}^K a_k q_k = c a_y"),
    (LABEL, r"\sum_{k=1}^K q_k = c \sum_{k=1}^K \mathbf{1}[k = y]"),
    (SMOOTHED, r"\sum_{k=1}^K q_k = 1"),
    (SMOOTHED, r"- \sum_{k=1}^K q_k z_k = - (1 - e) z_y - \frac{e}{K} \sum_{k=1}^K z_k"),
    (r"Let $t_k = \mathbf{1}[k = y]$ be the one-hot label.", r"- \sum_{k=1}^K t_k \ln p_k = - \ln p_y"),
    (LOSS, r"2 \ell = - 2 \ln p_y"),
    (r"Let $\mu = \mathbb{E}[x_i]$.", r"\sum_{i=1}^n \mathbb{E}[x_i] = n \mu"),
    (r"Let $w_i = \frac{1}{n}$ for $i = 1, \dots, n$.", r"\sum_{j=1}^n w_j x_j = \frac{1}{n} \sum_{j=1}^n x_j"),
    (r"Let $x_1, \dots, x_n$ be numbers with $x_i = c$.", r"\sum_{j=1}^n x_j = n c"),
]  # fmt: skip
WRONG = [
    (ENTROPY, r"\frac{\partial \ell}{\partial z_k} = p_k - 1"),
    (ENTROPY, r"\frac{\partial \ell}{\partial z_k} = p_k"),
    (ENTROPY + "\n\n$$\n\\frac{\\partial \\ell}{\\partial z_y} = p_y - 1 .\n$$\n\n",
     r"\frac{\partial \ell}{\partial z_k} = p_k - 1"),
    (r"Let $c = \alpha_t \beta_t$.", r"\sum_{s=1}^T \alpha_s \beta_s = T c"),
    (LABEL, r"\sum_{k=1}^K a_k q_k = \sum_{k=1}^K a_k c \mathbf{1}[k = z]"),
    (LABEL, r"\sum_{k=1}^K q_k a_k = \sum_{k=1}^K c \mathbf{1}[k = z] a_k"),
    (LABEL, r"\sum_{k=1}^K a_k q_k = c a_z"),
    (SMOOTHED, r"\sum_{k=1}^K q_k = 1 + e"),
    (SMOOTHED, r"- \sum_{k=1}^K q_k z_k = - (1 - e) z_y - e \sum_{k=1}^K z_k"),
    (LOSS, r"\sum_{k=1}^K \ln p_k = - K \ell"),
    (LOSS, r"\sum_{k=1}^K a_k \ln p_k = - \ell \sum_{k=1}^K a_k"),
    ("The loss for the label $y$ is\n\n$$\n\\ell = - \\ln p_y .\n$$\n\n",
     r"\sum_{k=1}^K a_k \ln p_k = - \ell \sum_{k=1}^K a_k"),
    (r"Let $s = \sum_{k=1}^K e^{z_k}$ and $\ell = \ln s - z_y$.", r"\sum_{k=1}^K (\ln s - z_k) = K \ell"),
    ("Let $s_i = x_{ij} w$ where $j$ is a fixed column.", r"\sum_{j=1}^m x_{ij} w = m s_i"),
    ("Let $A_{ij} = u_i v_j$ and $r_i = A_{ij} s$.", r"\sum_i r_i = \sum_i A_{ik} s"),
]  # fmt: skip


def verdict(tmp_path, words, step):
    return verdicts(checked(tmp_path, f"{words} Then\n\n$$\n{step} .\n$$\n", "text.md"))[-1]


@pytest.mark.parametrize(("words", "step"), RIGHT)
def test_what_follows_is_proved(tmp_path, words, step):
    assert verdict(tmp_path, words, step) == "proved"


@pytest.mark.parametrize(("words", "step"), WRONG)
def test_what_is_said_of_one_value_is_not_said_of_all(tmp_path, words, step):
    assert verdict(tmp_path, words, step) in ("gap", "refuted", "unknown")


LISTS = [
    (r"Let $f_1, \dots, f_N > 0$.", "proved"),
    (r"Let $f_1, \dots, f_N > 0$ be the scores of $N$ candidates.", "proved"),
    (r"For $f_1, \ldots, f_N \ge 0$ we have the following.", "proved"),
    (r"Let $f_1, \dots, f_N$ be positive numbers.", "proved"),
    (r"Let $f_1, \dots, f_N$ be numbers.", "gap"),
    (r"Let $f_1, \dots, f_N < 0$.", "gap"),
    (r"Let $f_2, \dots, f_N > 0$.", "gap"),
    (r"Let $f_1, \dots, f_M > 0$.", "gap"),
    (r"It is not true that $f_1, \dots, f_N > 0$.", "gap"),
    (r"Some authors let $f_1, \dots, f_N > 0$.", "gap"),
]


@pytest.mark.parametrize(("words", "expected"), LISTS)
def test_the_signs_of_lists_with_dots(tmp_path, words, expected):
    assert verdict(tmp_path, words, r"\sum_{j=1}^N f_j \ge 0").replace("refuted", "gap") == expected
