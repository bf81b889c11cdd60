"""Forms in which lecture notes say what holds: right texts are proved, and with one sign changed they are told."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

ESTIMATE = r"""We minimise

$$ J(w) = (y - X w)^\top (y - X w) + \lambda w^\top w , $$

and the gradient is

$$ \nabla_w J(w) = -2 X^\top y + 2 X^\top X w + 2 \lambda w . $$

Setting it to zero we find

$$ (X^\top X @ \lambda I) \hat w = X^\top y . $$
"""
SLOPES = r"""The Lagrangian is

$$ L(a, b, u) = a^2 + 3 b^2 - u (a + b - 1) . $$

Setting the derivatives to zero,

\begin{align}
\frac{\partial L}{\partial a} &= 2 a - u = 0 \\
\frac{\partial L}{\partial b} &= 6 b @ u = 0 .
\end{align}
"""
FIRST_SLOPE = SLOPES.replace("2 a - u", "2 a @ u").replace("6 b @ u", "6 b - u")
DIVERGENCE = r"""For distributions $p(x, y)$ and $q(x | y)$,

$$ \sum_{x, y} p(x, y) \log p(x | y)
= \sum_{x, y} p(x, y) \log q(x | y) @ \sum_y p(y) \, \mathrm{KL}(p(x | y) \| q(x | y)) . $$
"""
NAMED = r"""The process is $q(x_t | x_{t-1})$. With $\bar v = v_1 v_2$, the variance is

$$ v_2 (1 - v_1) + (1 - v_2) = 1 - \bar v . $$

In general,

$$ v_2 (1 - v_1) + (1 - v_2) = 1 @ \bar v . $$
"""
ACCENTED = r"""The smoothed labels are $\tilde y_k = (1 - e) y_k + \frac{e}{K}$. They still sum to one, as
$\sum_{k=1}^K y_k = 1$:

$$ \sum_{k=1}^K \tilde y_k = (1 - e) @ e = 1 . $$
"""
NO_ARTICLE = r"""In linear regression with hat matrix $H = X (X^\top X)^{-1} X^\top$, we have

$$ H^2 = @ X (X^\top X)^{-1} X^\top . $$
"""
CONDITION = r"""Let $C$ be random. If $y = a + C$ with $E[C] = 0$, then

$$ E[y] = @ a . $$
"""
SOLVED = r"""Solving $a m + 1 = 3$ for the median $m$, we find

$$ 2 a m = @ . $$
"""
BERNOULLI = r"""# Dropout as a regulariser

Let $m_1, \ldots, m_d$ be independent Bernoulli variables with $\mathbb{E}[m_i] = p$, where $0 < p < 1$. Then

$$ \mathrm{Var}(m_i / p) = @ . $$
"""
WRITTEN_OUT = r"""Let $X \sim \mathrm{Bernoulli}(p)$. Then we have

$$ \mathrm{Var}(X) = p (1 @ p) . $$
"""
FIXED = r"""Let $x$ be a random vector and let $A$ be a symmetric matrix. Then

$$ E[\mathrm{tr}(A x x^T)] = @ \mathrm{tr}(A E[x x^T]) . $$
"""
DESCENT = r"""We run gradient descent,

$$ x_{t+1} = x_t - \eta \nabla f(x_t) . $$

Hence, for a vector $z$, we have

$$ \|x_{t+1} - z\|^2 = \|x_t - z\|^2 @ 2 \eta \nabla f(x_t)^\top (x_t - z) + \eta^2 \|\nabla f(x_t)\|^2 . $$

Summing up, we have

$$ \sum_{t=0}^{T-1} \left( \|x_t - z\|^2 - \|x_{t+1} - z\|^2 \right) \le \|x_0 - z\|^2 . $$
"""
ANOTHER_LAW = r"""Let $X \sim \mathrm{Exp}(r)$. Then we have

$$ h(X) = 1 - \ln r . $$

For $X \sim \mathcal{U}(a, b)$,

$$ h(X) = \ln(b - a) = \ln(b @ a) . $$
"""
POWER_OF_A_FUNCTION = r"""For all $c$ we have

$$ 1 - \tanh(c)^2 = (1 - \tanh(c)) (1 @ \tanh(c)) . $$
"""
BEFORE_A_SUM = r"""Let $a > 0$. We have

$$ \sum_{i=1}^n (y_i \ln a - 1) = \ln a \sum_{i=1}^n y_i @ n . $$
"""
NO_COMPONENT = r"""Let $a > 0$ and $x_m > 0$. Then

$$ \int_0^\infty x_m a e^{-a x} \, dx = @ x_m . $$
"""
BEST = r"""We minimise $f$. It is minimal at $c^* = b / a$. Then we have

$$ a c^* = @ b . $$
"""
RIGHT_AND_WRONG = [
    (BEST, "", "2"),
    (POWER_OF_A_FUNCTION, "+", "-"),
    (BEFORE_A_SUM, "-", "+"),
    (NO_COMPONENT, "", "2"),
    (ESTIMATE, "+", "-"),
    (SLOPES, "-", "+"),
    (FIRST_SLOPE, "-", "+"),
    (DIVERGENCE, "+", "-"),
    (NAMED, "-", "+"),
    (ACCENTED, "+", "-"),
    (NO_ARTICLE, "", "-"),
    (CONDITION, "", "2"),
    (SOLVED, "4", "5"),
    (BERNOULLI, r"\frac{1-p}{p}", r"\frac{1-p}{p^2}"),
    (WRITTEN_OUT, "-", "+"),
    (FIXED, "", "2"),
]


@pytest.mark.parametrize(("text", "right", "wrong"), RIGHT_AND_WRONG)
def test_what_is_right_is_proved_and_what_is_wrong_is_told(tmp_path, text, right, wrong):
    assert set(verdicts(checked(tmp_path, text.replace("@", right), "text.md"))) <= {"given", "proved"}
    assert {"refuted", "gap"} & set(verdicts(checked(tmp_path, text.replace("@", wrong), "text.md")))


@pytest.mark.parametrize(
    "ends", [r"With $s = a + b$ we have", r"Let $s$ be a number. Suppose that $s = a + b$. We have"]
)
def test_what_a_name_means_lasts_and_what_is_supposed_of_it_does_not(tmp_path, ends):
    text = f"{ends}\n\n$$ s^2 = (a + b)^2 . $$\n\nIn general,\n\n$$ s^2 = (a + b)^2 . $$\n"
    last = verdicts(checked(tmp_path, text, "text.md"))[-1]
    assert (last == "proved") == ends.startswith("With")


def test_what_may_rest_on_something_supposed_before_is_not_refuted_among_distributions(tmp_path):
    text = "The process is $q(x | y)$. Suppose that $s = a + b$. We have\n\n$$ s^2 = (a + b)^2 . $$\n\n"
    text += "In general, we have\n\n$$ \\frac{1}{a} + \\frac{1}{b} = \\frac{a + b}{a b} = \\frac{s}{a b} . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved", "proved", "gap"]


def test_a_random_matrix_stays_in_its_mean(tmp_path):
    text = FIXED.replace("a symmetric matrix", "a random matrix").replace("@", "")
    assert verdicts(checked(tmp_path, text, "text.md")) == ["gap"]


@pytest.mark.parametrize(
    "words",
    [
        "Instead of solving $x = 2$ for $x$, we find",
        "Points with loss $x = 2$ are rare:",
        "Let $x > y$. There are networks with weights $x = y + 2 - y$. Then",
    ],
)
def test_what_is_spoken_of_is_not_supposed(tmp_path, words):
    assert verdicts(checked(tmp_path, f"{words}\n\n$$ x^2 = 4 . $$\n", "text.md")) != ["proved"]


@pytest.mark.parametrize(
    "formula",
    [
        r"\mathrm{vec}(A X + C) = \mathrm{vec}(A X) + \mathrm{vec}(C)",
        r"\left\langle \mathrm{tr}(A S) \right\rangle = \mathrm{tr}(\left\langle A S \right\rangle)",
        r"(A \otimes B) (C \otimes D) = (A C) \otimes (B D)",
    ],
)
def test_values_for_operations_that_are_kept_as_written_say_nothing(tmp_path, formula):
    text = f"Let $A$, $B$, $C$, $D$, $S$, $X$ be matrices. Then we have\n\n$$ {formula} . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[0] in ("given", "unknown")


def test_a_sum_over_neighbours_makes_no_family_of_them(tmp_path):
    right, wrong = (verdicts(checked(tmp_path, DESCENT.replace("@", sign), "text.md")) for sign in "-+")
    assert right == ["given", "proved", "unread"]
    assert wrong[1] != "proved"


def test_a_name_with_another_law_is_another(tmp_path):
    right, wrong = (verdicts(checked(tmp_path, ANOTHER_LAW.replace("@", sign), "text.md")) for sign in "-+")
    assert right[1] not in ("gap", "refuted")
    assert right[-1] == "proved"
    assert wrong[-1] in ("gap", "refuted")
