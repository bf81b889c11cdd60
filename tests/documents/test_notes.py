"""Forms in which lecture notes say what holds: each right text is proved, and with one sign or factor changed is told."""

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


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [(ESTIMATE, "+", "-"), (SLOPES, "-", "+"), (FIRST_SLOPE, "-", "+"), (DIVERGENCE, "+", "-"), (NAMED, "-", "+")],
)
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
