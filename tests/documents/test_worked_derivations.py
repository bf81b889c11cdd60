"""Derivations in steps, as they are worked out for readers: right ones are followed, and a mistake is told."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

SAMPLE_VARIANCE = r"""Let $X_1, \dots, X_n$ be @1 random variables with mean $\mu$ and variance $v$, and
$S = \sum_{i=1}^n X_i$. Therefore

$$ \mathrm{Var}(S) = n v . $$

$$ \mathbb{E}[S^2] = n v + @2 \mu^2 $$
"""
BOXED = r"""Let $X$ and $Y$ be random variables with $\mathbb{E}[X] = a$ and $\mathbb{E}[Y] = b$. We have

$$ \mathrm{Cov}(X, Y) = \mathbb{E}[X Y] - a b . $$

$$ \boxed{\mathbb{E}[X Y] = a b @} $$
"""
REPARAMETRISED = r"""Let $\epsilon \sim \mathcal{N}(0, 1)$ and $z = \mu + \sigma \epsilon$ with $\sigma > 0$. Then

$$ \mathbb{E}[z] = \mu , \qquad \mathrm{Var}(z) = @ $$
"""
LOG_NORMAL = r"""Let $Y = e^X$ with $X \sim \mathcal{N}(\mu, \sigma^2)$. Then

$$ \mathbb{E}[Y] = e^{\mu + \sigma^2 @} $$
"""
SUM_OF_NORMALS = r"""Let $X \sim \mathcal{N}(0, 1)$ and $Y \sim \mathcal{N}(0, 1)$@, and let $Z = X + Y$. Then

$$ \mathrm{Var}(Z) = 2 $$
"""
GATES = r"""Let $c_t = f_t c_{t-1} + i_t g_t$ and $h_t = o_t \tanh(c_t)$, where $f_t$, $i_t$, $g_t$, $o_t$ are
numbers. Then

$$ \frac{\partial c_t}{\partial i_t} = @ $$

$$ \frac{\partial h_t}{\partial c_t} = o_t (1 - \tanh^2(c_t)) $$
"""
BACKWARD = r"""Let $L = -\log p$ with $p = \frac{1}{1 + e^{-z}}$ and $z = w x + b$.

**Backward pass.**

$$ \frac{\partial p}{\partial z} = p (1 - p) $$

$$ \frac{\partial L}{\partial w} = (p - 1) @ $$
"""
CROSS_ENTROPY = r"""Let $s_i = \frac{e^{z_i}}{\sum_{k=1}^K e^{z_k}}$. Then

$$ \frac{\partial s_i}{\partial z_j} = s_i (\delta_{ij} - s_j) $$

and with $L = -\sum_{i=1}^K y_i \log s_i$ where $\sum_{i=1}^K y_i = 1$:

$$ \frac{\partial L}{\partial z_j} = s_j - @ $$
"""
PROPORTION = r"""Let $X_1, \dots, X_n$ be i.i.d. Bernoulli with mean $p$. With $\hat p = \frac{1}{n} \sum_{i=1}^n X_i$,

$$ \mathbb{E}[\hat p] = p, \qquad \mathrm{Var}(\hat p) = @ $$
"""
BATCH = r"""Let $G_1, \dots, G_m$ be @ gradients with mean $g$ and variance $v$, and let
$\bar G = \frac{1}{m} \sum_{i=1}^m G_i$. Hence

$$ \mathbb{E}[\bar G^2] = g^2 + \frac{v}{m} $$
"""
BAYESIAN = r"""Let $w \sim \mathcal{N}(0, a^2)$, $e \sim \mathcal{N}(0, s^2)$@ and $y = w x + e$ where
$x$ is a fixed number. Then

$$ \mathrm{Var}(y) = x^2 a^2 + s^2 $$
"""
ESTIMATE = r"""Let $\epsilon$ be a random variable with $\mathbb{E}[\epsilon] = 0$ and let $f$ be a constant.
The estimate $\hat f$ is a random variable @. Then

$$ \mathbb{E}[\epsilon (f - \hat f)] = 0 $$
"""
DUAL = r"""The Lagrangian is

$$ L(w, b) = \frac{1}{2} w^\top w - \sum_{i=1}^n a_i (y_i (w^\top x_i + b) - 1) $$

with $w, x_i \in \mathbb{R}^d$. Setting the derivative with respect to $w$ to zero

$$ w = @1 \sum_{i=1}^n a_i y_i x_i $$

and with respect to $b$

$$ \sum_{i=1}^n a_i y_i = @2 . $$
"""
MULTIPLIER = r"""Let $S$ be a symmetric $d \times d$ matrix. The Lagrangian is

$$ L(u, c) = u^\top S u + c (1 - u^\top u) $$

$$ \nabla_u L = 2 S u - 2 c u = 0 $$

$$ \Rightarrow S u = @ u $$
"""
CONTRACTION = r"""Let $\mu > 0$. Suppose that the Lojasiewicz inequality $\|g\|^2 \ge 2 \mu (F - F^*)$ holds.
Suppose also that $F' \le F - \frac{\eta}{2} \|g\|^2$ with $\eta > 0$. Then

\begin{align}
F' - F^* &\le F - F^* - \frac{\eta}{2} \|g\|^2 \\
&\le F - F^* @ \eta \mu (F - F^*) .
\end{align}
"""
DESCENT = r"""Let $f$ have a minimum at $x^*$ with $f(x^*) = c$. We run $x_{t+1} = x_t - \eta g_t$. Then we have

$$ \|x_{t+1} - x^*\|^2 = \|x_t - x^*\|^2 - @ \eta g_t^\top (x_t - x^*) + \eta^2 \|g_t\|^2 $$
"""
ROTATION = r"""Let $Q$ be an @ matrix. Then for all $x$

$$ \|Q x\|^2 = x^\top x $$
"""
INFORMATION = r"""Let $p(x, y)$ be a joint distribution. We have

$$ H(X, Y) \le H(X) + H(Y) $$

$$ H(X \mid Y) \le H(X) $$

$$ I(X; Y) = H(X) + H(Y) @ H(X, Y) $$
"""
SCREENED = r"""Let $p(x, y, z)$ be a joint distribution. Suppose that $X$ and $Y$ are independent given $Z$. Then

$$ p(x, y \mid z) = p(x \mid z) p(y \mid z) $$

$$ p(x \mid y, z) = p(x \mid @) $$
"""
IN_BOLD = r"""Let $y_i = w x_i + e_i$.

**Step 2: The estimator** is $v = \frac{\sum_{i=1}^n x_i y_i}{\sum_{i=1}^n x_i^2}$.

**Step 3: Substitute.** We get

$$ v = w + @ \frac{\sum_{i=1}^n x_i e_i}{\sum_{i=1}^n x_i^2} $$
"""
WORKED = {
    "gates": (GATES, "g_t", "i_t"),
    "backward": (BACKWARD, "x", "w"),
    "cross entropy": (CROSS_ENTROPY, "y_j", "2 y_j"),
    "proportion": (PROPORTION, r"\frac{p (1 - p)}{n}", r"\frac{p (1 - p)}{n^2}"),
    "batch": (BATCH, "i.i.d.", "identically distributed"),
    "Bayesian": (BAYESIAN, " be independent", ""),
    "estimate": (ESTIMATE, r"independent of $\epsilon$", "with finite variance"),
    "reparametrised": (REPARAMETRISED, r"\sigma^2", r"\sigma"),
    "log-normal": (LOG_NORMAL, "/ 2", ""),
    "sum of normals": (SUM_OF_NORMALS, " be independent", ""),
    "boxed": (BOXED, r"+ \mathrm{Cov}(X, Y)", ""),
    "multiplier": (MULTIPLIER, "c", "2 c"),
    "contraction": (CONTRACTION, "-", "+"),
    "descent": (DESCENT, "2", ""),
    "rotation": (ROTATION, "orthogonal", "invertible"),
    "information": (INFORMATION, "-", "+"),
    "screened": (SCREENED, "z", "y"),
    "in bold": (IN_BOLD, "", "2"),
}


@pytest.mark.parametrize(("text", "right", "wrong"), WORKED.values(), ids=WORKED)
def test_what_is_right_is_proved_and_a_mistake_is_told(tmp_path, text, right, wrong):
    found = verdicts(checked(tmp_path, text.replace("@", right), "text.md"))
    assert set(found) <= {"given", "proved"}
    assert "proved" in found
    assert {"refuted", "gap"} & set(verdicts(checked(tmp_path, text.replace("@", wrong), "text.md")))


def filled(text, *parts):
    for number, part in enumerate(parts, 1):
        text = text.replace(f"@{number}", part)
    return text


@pytest.mark.parametrize(
    ("said", "square", "found"),
    [
        ("independent and identically distributed", "n^2", ["proved", "proved"]),
        ("independent and identically distributed", "n", ["proved", "gap"]),
        ("identically distributed", "n^2", ["gap", "proved"]),
    ],
)
def test_a_value_that_a_text_comes_to_proves_nothing_before_it(tmp_path, said, square, found):
    assert verdicts(checked(tmp_path, filled(SAMPLE_VARIANCE, said, square), "text.md")) == found


@pytest.mark.parametrize(
    ("factor", "total", "found"),
    [("", "0", ["proved", "proved"]), ("2", "0", ["gap", "proved"]), ("", "1", ["proved", "gap"])],
)
def test_words_go_on_for_another_variable(tmp_path, factor, total, found):
    shown = verdicts(checked(tmp_path, filled(DUAL, factor, total), "text.md"))[1:]
    assert [{"refuted": "gap"}.get(verdict, verdict) for verdict in shown] == found


@pytest.mark.parametrize(
    "said",
    [
        r"Let $Q \in \mathbb{R}^{d \times k}$ be an orthogonal matrix.",
        r"Let $Q$ be a matrix. Some suppose that $Q$ is an orthogonal matrix.",
        r"Let $Q$ be a matrix. Its columns are orthogonal.",
    ],
)
def test_what_may_not_be_orthogonal_has_no_inverse(tmp_path, said):
    text = f"{said} Then we have\n\n$$ Q Q^\\top x = x $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) != ["proved"]


@pytest.mark.parametrize("words", ["", "For all functions", "Hence"])
def test_only_the_slope_of_a_function_is_set_to_zero(tmp_path, words):
    text = f"Let $L = a^2 + b$.\n\n{words}\n\n$$ \\frac{{\\partial L}}{{\\partial a}} = 2 a = 0 $$\n"
    found = verdicts(checked(tmp_path, text, "text.md"))
    assert found == (["proved", "gap"] if words == "Hence" else ["proved", "given"])
