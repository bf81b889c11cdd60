"""Lecture notes on machine learning: what is right is followed to the end, and a mistake in the last row is told."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

DISCRIMINATOR = r"""For fixed $x$, write $a = p(x)$ and $b = q(x)$ with $a, b > 0$, and let

$$ f(y) = a \log y + b \log (1 - y), \quad 0 < y < 1 . $$

Its derivative is

$$ f'(y) = \frac{a}{y} - \frac{b}{1 - y} . $$

Setting it to zero gives

\begin{align}
\frac{a}{y} &= \frac{b}{1-y} \\
y &= @ .
\end{align}
"""
PREFERENCES = r"""For $\beta > 0$ we maximise

$$
J(\pi) = \mathbb{E}_{y \sim \pi(\cdot \mid x)} [r(x, y)]
- \beta \, \mathrm{KL}(\pi(y \mid x) \,\|\, \mu(y \mid x)) .
$$

The optimal policy is

$$ \pi^*(y \mid x) = \frac{1}{Z(x)} \mu(y \mid x) \exp\left( \frac{1}{\beta} r(x, y) \right) $$

with the partition function

$$ Z(x) = \sum_y \mu(y \mid x) \exp\left( \frac{1}{\beta} r(x, y) \right) . $$

Solving for the reward,

$$ r(x, y) = \beta \log \frac{\pi^*(y \mid x)}{\mu(y \mid x)} @ . $$
"""
VALUES = r"""For a policy $\pi$,

$$ v(s) = \sum_a \pi(a \mid s) \sum_{s'} p(s' \mid s, a) \left( r(s, a) + \gamma v(s') \right) $$

and since $\sum_{s'} p(s' \mid s, a) = 1$,

$$ v(s) = \sum_a \pi(a \mid s) \left( r(s, a) + @ \sum_{s'} p(s' \mid s, a) v(s') \right) . $$
"""
PARTITION = r"""Let $A(\theta) = \log \sum_x h(x) e^{\theta T(x)}$ with $h(x) > 0$ and
$p(x) = h(x) e^{\theta T(x) - A(\theta)}$. Then

\begin{align}
A'(\theta) &= \frac{\sum_x h(x) T(x) e^{\theta T(x)}}{\sum_x h(x) e^{\theta T(x)}} \\
&= \sum_x p(x) T(x) .
\end{align}

The second derivative is

$$ A''(\theta) = \sum_x p(x) T(x)^2 - @ . $$
"""
TEMPERATURE = r"""With temperature $T > 0$ let $q_i = \frac{\exp(z_i / T)}{\sum_j \exp(z_j / T)}$ and
let $p_i$ be fixed with $\sum_i p_i = 1$. The loss is

$$ C = - \sum_i p_i \log q_i . $$

Then

$$ \frac{\partial C}{\partial z_i} = @ (q_i - p_i) . $$
"""
LAYER = r"""Let $Y = X W$ with $X \in \mathbb{R}^{n \times d}$, $W \in \mathbb{R}^{d \times k}$ and let
$L = \frac{1}{2} \| Y - T \|_F^2$. Then

$$ \frac{\partial L}{\partial W} = X^T (@) . $$
"""
SOFT_MAXIMUM = r"""Let $f(x) = \log \sum_{i=1}^n e^{x_i}$. The gradient has the entries

$$ \frac{\partial f}{\partial x_j} = p_j, \qquad p_j = \frac{e^{x_j}}{\sum_{i=1}^n e^{x_i}} $$

and the Hessian

$$ \frac{\partial^2 f}{\partial x_j \partial x_k} = @ . $$
"""
CHAIN_RULE = r"""For random variables $X, Y, Z$, and for any $q(x \mid y)$ beside $p(x, y)$,

\begin{align}
I(X; Y, Z) &= H(X) - H(X \mid Y, Z) \\
&= H(X) - H(X \mid Y) + H(X \mid Y) - H(X \mid Y, Z) \\
&= I(X; Y) + I(X; Z @) .
\end{align}
"""
VARIATE = r"""Let $X$ and $Y$ be random variables with $\mathrm{Var}(Y) > 0$ and
let $Z = X - c (Y - \mathbb{E}[Y])$. Then

$$ \mathrm{Var}(Z) = \mathrm{Var}(X) - 2 c \, \mathrm{Cov}(X, Y) + c^2 \, \mathrm{Var}(Y) . $$

At $c = \frac{\mathrm{Cov}(X, Y)}{\mathrm{Var}(Y)}$ this is

$$ \mathrm{Var}(Z) = \mathrm{Var}(X) @ \frac{\mathrm{Cov}(X, Y)^2}{\mathrm{Var}(Y)} . $$
"""
WHITENING = r"""Let $V$ be a symmetric $n \times n$ matrix. Let there be a symmetric $n \times n$ matrix $W$, such that

$$ W V W^T = I_n . $$

Then

$$ W V W = I_n \quad \Leftrightarrow \quad V = W^{-1} W^{-1} \quad \Leftrightarrow \quad V^{-1} = @ . $$
"""
CANCELLED = r"""Let $A$ be an invertible $n \times n$ matrix and $x, y \in \mathbb{R}^n$. From

$$ A x = A y $$

it follows that

$$ x = @ . $$
"""
PEAK = r"""Let $f(x) = \frac{1}{\sigma} \exp \left( - \frac{(x - \mu)^2}{2 \sigma^2} \right)$ with $\sigma > 0$. Then

$$
f''(x) = \left( \frac{(x - \mu)^2}{\sigma^5} - \frac{1}{\sigma^3} \right)
\exp \left( - \frac{(x - \mu)^2}{2 \sigma^2} \right)
$$

so that

$$ f''(\mu) = @ . $$
"""
CENTRE = r"""The fitted line is

$$ y = \hat{b} + \hat{a} x . $$

Plugging in the estimate of the intercept

$$ \hat{b} = \bar{y} - \hat{a} \bar{x} \; , $$

we obtain

$$ \hat{b} + \hat{a} \bar{x} = @ . $$
"""
LIKELIHOOD = r"""Let $y_1, \ldots, y_n$ be numbers with mean $\bar{y}$, let $\sigma > 0$ and

$$
\mathrm{LL}(\mu, \sigma^2) = - \frac{n}{2} \log \sigma^2
- \frac{1}{2 \sigma^2} (y^T y - 2 n \bar{y} \mu + n \mu^2) .
$$

The derivative of this with respect to $\mu$ is

$$ \frac{\mathrm{d} \mathrm{LL}(\mu, \sigma^2)}{\mathrm{d} \mu} = \frac{n}{\sigma^2} (\bar{y} - \mu) $$

and setting it to zero gives

\begin{align}
\frac{\mathrm{d} \mathrm{LL}(\hat{\mu}, \sigma^2)}{\mathrm{d} \mu} &= 0 \\
0 &= \frac{n}{\sigma^2} (\bar{y} - \hat{\mu}) \\
\hat{\mu} &= @ .
\end{align}
"""
NOT_DECIDED = (PREFERENCES, PARTITION)
"""Where a mistake is not believed, and no values were found at which it shows."""
NOTES = {
    "discriminator": (DISCRIMINATOR, r"\frac{a}{a + b}", r"\frac{b}{a + b}"),
    "preferences": (PREFERENCES, r"+ \beta \log Z(x)", r"- \beta \log Z(x)"),
    "values": (VALUES, r"\gamma", ""),
    "partition": (PARTITION, r"\left( \sum_x p(x) T(x) \right)^2", r"\sum_x p(x) T(x)"),
    "temperature": (TEMPERATURE, r"\frac{1}{T}", "T"),
    "layer": (LAYER, "Y - T", "T - Y"),
    "soft maximum": (SOFT_MAXIMUM, r"p_j \delta_{jk} - p_j p_k", r"p_j \delta_{jk} + p_j p_k"),
    "chain rule": (CHAIN_RULE, r"\mid Y", ""),
    "variate": (VARIATE, "-", "+"),
    "whitening": (WHITENING, "W W", "W V"),
    "cancelled": (CANCELLED, "y", "2 y"),
    "peak": (PEAK, r"- \frac{1}{\sigma^3}", r"\frac{1}{\sigma^3}"),
    "centre": (CENTRE, r"\bar{y}", r"\bar{x}"),
    "likelihood": (LIKELIHOOD, r"\bar{y}", r"n \bar{y}"),
}


@pytest.mark.parametrize(("text", "right", "_"), NOTES.values(), ids=NOTES)
def test_what_is_right_is_followed_to_the_end(tmp_path, text, right, _):
    found = verdicts(checked(tmp_path, text.replace("@", right), "text.md"))
    assert set(found) <= {"given", "proved"}
    assert found[-1] == "proved"


@pytest.mark.parametrize(("text", "_", "wrong"), NOTES.values(), ids=NOTES)
def test_a_mistake_in_the_last_row_is_told(tmp_path, text, _, wrong):
    found = verdicts(checked(tmp_path, text.replace("@", wrong), "text.md"))
    assert found[-1] in ("unknown" if text in NOT_DECIDED else "gap", "refuted")
    assert not {"gap", "refuted"} & set(found[:-1])


@pytest.mark.parametrize(
    ("said", "holds", "fails"),
    [
        (r"Let $a, b > 0$. Then", r"a b > 0", r"a b < 0"),
        (r"For $a, b \ge 0$ we have", r"a + b \ge 2 \sqrt{a b}", r"a + b \le 2 \sqrt{a b}"),
        (r"Let $0 < a, b < 1$. Then", r"(1 - a) (1 - b) > 0", r"(1 - a) (b - 1) > 0"),
        (r"Let $0 < a, b, c < 1$. Then", r"(1 - a) b > 0", r"(1 - a) b < 0"),
        ("Let $a, b, c > 0$. Then", r"\frac{a}{b c} > 0", r"\frac{a}{b c} < 0"),
        ("Then", r"\frac{a}{b} > 0, \quad a, b > 0", r"\frac{a}{b} < 0, \quad a, b > 0"),
    ],
)
def test_a_bound_of_several_names_is_one_of_each(tmp_path, said, holds, fails):
    right = verdicts(checked(tmp_path, f"{said}\n\n$$ {holds} $$\n", "right.md"))
    wrong = verdicts(checked(tmp_path, f"{said}\n\n$$ {fails} $$\n", "wrong.md"))
    assert right[0] == "proved"
    assert wrong[0] in ("gap", "refuted")


def test_a_list_of_names_in_front_of_something_else_bounds_nothing(tmp_path):
    text = "Let $f(a), b > 0$. Then\n\n$$ a > 0 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[0] != "proved"


def test_a_law_that_is_not_known_leaves_its_moments_open(tmp_path):
    text = "Let $X \\sim \\mathrm{Foo}(a, b)$. Then\n\n$$ \\mathrm{E}[X] = \\frac{a}{b} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("given", "unknown")
