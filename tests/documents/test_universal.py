"""Relations that a text states for all values of some names, where it uses them."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

SMOOTH = r"f(y) \le f(x) + g(x)^\top (y - x) + \frac{L}{2} \|y - x\|^2"
STEP = "With the step\n\n$$ x_{t+1} = x_t - \\frac{1}{L} g(x_t) $$\n\nwe get\n\n"
DESCENT = r"""\begin{aligned}
f(x_{t+1}) &\le f(x_t) + g(x_t)^\top (x_{t+1} - x_t) + \frac{L}{2} \|x_{t+1} - x_t\|^2 \\
&= f(x_t) - \frac{1}{%s L} \|g(x_t)\|^2
\end{aligned}"""


@pytest.mark.parametrize(
    "said",
    [
        f"Suppose that $L > 0$ and that, for all $x$ and $y$,\n\n$$ {SMOOTH} . $$\n\n",
        f"Suppose that $L > 0$ and\n\n$$ {SMOOTH} $$\n\nfor all $x, y$. ",
        f"Suppose that $L > 0$ and\n\n$$ {SMOOTH} \\quad \\text{{for all }} x, y . $$\n\n",
        f"Suppose that $L > 0$ and\n\n$$ {SMOOTH} , \\quad \\forall x, y \\in \\mathbb{{R}}^d . $$\n\n",
    ],
)
def test_what_holds_for_all_points_holds_for_the_next_one(tmp_path, said):
    right, wrong = (said + STEP + f"$$ {DESCENT % factor} . $$\n" for factor in (2, 1))
    assert verdicts(checked(tmp_path, right, "text.md"))[-2:] == ["proved", "proved"]
    assert verdicts(checked(tmp_path, wrong, "text.md"))[-2:] in (["proved", "gap"], ["proved", "refuted"])


LIPSCHITZ = "Suppose that $|f(x) - f(y)| \\le K |x - y|$ %s. Then\n\n$$ |f(a) - f(0)| \\le %s |a| . $$\n"


def test_a_bound_is_used_at_numbers(tmp_path):
    assert verdicts(checked(tmp_path, LIPSCHITZ % ("for all $x, y$", "K"), "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, LIPSCHITZ % ("for all $x, y$", "2"), "text.md")) != ["proved"]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "for some $x, y$",
        "for all $x, y$ with $x < y$",
        "for all $x, y$ in the training set",
        r"for all $x, y \in C$",
        "for all $x, y$ except $0$",
        "for all $x$",
        "for all $x > 0$ and $y > 0$",
    ],
)
def test_what_holds_for_some_values_is_not_used_at_others(tmp_path, words):
    assert verdicts(checked(tmp_path, LIPSCHITZ % (words, "K"), "text.md")) != ["proved"]


@pytest.mark.parametrize(
    "text",
    [
        "It is not true that $f(x) \\le f(y)$ for all $x, y$. Then\n\n$$ f(a) \\le f(b) . $$\n",
        "If $f(x) \\le f(y)$ for all $x, y$, we are done. In general, it follows that\n\n$$ f(a) \\le f(b) . $$\n",
        "We have $f(a) = 1$. Then\n\n$$ f(a) \\le f(b) . $$\n\nSuppose now that $f(x) \\le f(y)$ for all $x, y$.\n",
        "Suppose that $f(x) \\le 1$ for all $x$, or that $f(x) \\ge 1$ for all $x$. Then\n\n$$ f(a) \\le 1 . $$\n",
        "Let $x > 0$. Suppose that $f(x) \\le g(x)$ for all $x$. Then\n\n$$ f(-1) \\le g(-1) . $$\n",
        "Suppose that $p(x) \\le q(x)$ for all $x$. Then\n\n$$ p(y) \\le q(y) . $$\n",
        "Let $f(x) \\le 1$ for all $x$, where $f$ is restricted to $C$. Then\n\n$$ f(a) \\le 1 . $$\n",
        "Let $f(x) \\le f(y)$ for all $x, y$. Let $f$ now be another function. Then\n\n$$ f(a) \\le f(b) . $$\n",
        "Suppose that $\\sum_{i=1}^n w_i f(x) \\le 1$ for all $x$. Then\n\n$$ \\sum_{i=1}^n w_i f(w_i) \\le 1 . $$\n",
    ],
)
def test_what_is_not_said_for_all_is_not_used(tmp_path, text):
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"
