r"""Means over what stands below their sign: `E_x[...]`, and `\langle ... \rangle_{p(x)}`."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts

RIGHT = r"""
\mathbb{E}_x[f(x) + c] = \mathbb{E}_x[f(x)] + c
\mathbb{E}_{x,y}[f(x) + g(y)] = \mathbb{E}_x[f(x)] + \mathbb{E}_y[g(y)]
\mathbb{E}_{\epsilon}[(a + \epsilon)^2] = a^2 + 2 a \mathbb{E}_{\epsilon}[\epsilon] + \mathbb{E}_{\epsilon}[\epsilon^2]
\mathbb{E}_x[x \epsilon] = \epsilon \mathbb{E}_x[x]
\mathrm{E}_{\hat{t}}[(\hat{t} - t)^2] = \mathrm{E}_{\hat{t}}[\hat{t}^2] - 2 t \mathrm{E}_{\hat{t}}[\hat{t}] + t^2
\mathbb{E}_D[(h - g_D(x))^2] = (h - \mathbb{E}_D[g_D(x)])^2 + \mathbb{E}_D[(g_D(x) - \mathbb{E}_D[g_D(x)])^2]
\mathbb{E}_x[x^T A x] = \mathrm{tr}(A \mathbb{E}_x[x x^T])
\langle (x - m)^T A x \rangle_{p(x)} = \langle x^T A x \rangle_{p(x)} - m^T A \langle x \rangle_{p(x)}
\langle x + 1 \rangle_{q(x)} - \langle x \rangle_{p(x)} = 1 - \langle x \rangle_{p(x)} + \langle x \rangle_{q(x)}
""".strip().splitlines()
WRONG = [
    r"\mathbb{E}_x[f(x) + c] = \mathbb{E}_x[f(x)] + 2 c",
    r"\mathbb{E}_x[x^2] = \mathbb{E}_x[x]^2",
    r"\mathbb{E}_x[x y] = x \mathbb{E}_x[y]",
    r"\mathbb{E}_x[x y] = \mathbb{E}_y[x y]",
    r"\mathbb{E}_{x,y}[x y] = \mathbb{E}_x[x] \mathbb{E}_y[y]",
    r"\mathbb{E}_{x,y}[x y] = y \mathbb{E}_x[x]",
    r"\mathbb{E}_x[\mathbb{E}_y[x y]] = x \mathbb{E}_y[y]",
    r"\mathbb{E}_x[\mathbb{E}_y[x y]] = \mathbb{E}_y[x y]",
    r"\mathbb{E}_x[x] + \mathbb{E}_x[-x y] = 0",
    r"\mathbb{E}_D[g_D(x)^2] = \mathbb{E}_D[g_D(x)]^2",
    r"\mathbb{E}_D[g_D(x)] = g_D(x)",
    r"\mathbb{E}_x[x^T A x] = \mathbb{E}_x[x]^T A \mathbb{E}_x[x]",
    r"\mathbb{E}_x[x^T A x] = x^T A x",
    r"\langle x \rangle_{q(x)} = \langle x \rangle_{p(x)}",
    r"\langle x^T A x \rangle_{p(x)} = x^T A x",
    r"\mathbb{E}_{\pi}[R] = R",
    r"\mathbb{E}_q[\ln p - \ln q] = \ln p - \mathbb{E}_q[\ln q]",
    r"\mathbb{E}_{q_\phi}[\ln p - \ln q_\phi] = \ln p - \mathbb{E}_{q_\phi}[\ln q_\phi]",
    r"\mathbb{E}_\theta[t - \theta] = t - \mathbb{E}_\theta[\theta]",
    r"\mathbb{E}_\theta[\hat\theta - \theta] = \hat\theta - \mathbb{E}_\theta[\theta]",
    r"\mathbb{E}_q[p q] = \mathbb{E}_q[p] \mathbb{E}_q[q]",
]


def verdict(tmp_path, step, before=""):
    text = f"{before}We have\n\n$$\n{step} .\n$$\n"
    return verdicts(checked(tmp_path, text, "text.md"))[-1]


@pytest.mark.parametrize("step", RIGHT)
def test_what_is_not_averaged_over_is_constant(tmp_path, step):
    assert verdict(tmp_path, step) == "proved"


@pytest.mark.parametrize("step", WRONG)
def test_no_false_mean_is_proved(tmp_path, step):
    assert verdict(tmp_path, step) not in ("proved", "given")


@pytest.mark.parametrize("made", ["y = x^2", "y = z + 1$ where $z = 3 x"])
def test_what_is_made_of_it_is_not_constant(tmp_path, made):
    assert verdict(tmp_path, r"\mathbb{E}_x[x y] = y \mathbb{E}_x[x]", f"Let ${made}$. ") not in ("proved", "given")


def test_a_function_that_hides_it_is_not_constant(tmp_path):
    step = r"\mathbb{E}_x[x f(a)] = f(a) \mathbb{E}_x[x]"
    assert verdict(tmp_path, step, "Let $f(a) = a x$. ") not in ("proved", "given")
    assert verdict(tmp_path, step, "Let $f(a) = a^2$. ") == "proved"


def test_independence_makes_means_over_several_factor(tmp_path):
    step = r"\mathbb{E}_{x,y}[x y] = \mathbb{E}_x[x] \mathbb{E}_y[y]"
    assert verdict(tmp_path, step, "Draw $x$ and $y$ independently. ") == "proved"


def test_a_density_below_the_brackets_is_shown(tmp_path):
    text = "We have\n\n$$\n\\langle x + c \\rangle_{p(x)} = \\langle x \\rangle_{p(x)} + c .\n$$\n"
    (step,) = steps_of(checked(tmp_path, text, "text.md"))
    assert step.left.startswith(r"E_{p\left(x\right)}\left[")


def test_what_is_drawn_may_stand_below_the_sign(tmp_path):
    assert (
        verdict(tmp_path, r"\mathbb{E}_q[2 \ln p - \ln q + 1] = 2 \mathbb{E}_q[\ln p] - \mathbb{E}_q[\ln q] + 1")
        == "proved"
    )
    assert verdict(tmp_path, r"\mathbb{E}_q[c \ln p] = c \mathbb{E}_q[\ln p]") == "unknown"
    step = r"\mathbb{E}_\theta[t \theta] = t \mathbb{E}_\theta[\theta]"
    assert verdict(tmp_path, step) == "unknown"
    assert verdict(tmp_path, step, r"Draw $\theta \sim \mathcal{N}(0, 1)$. ") == "proved"


DECLARED = (
    "<!-- symderiv: let X, Y be independent random variables -->\nWe have\n\n$$ 1 + 1 = 2 $$\n\nand hence\n\n$$ %s $$\n"
)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"\mathrm{E}[a X + b] = a \mathrm{E}[X] + b", "proved"),
        (r"\mathrm{E}[a X + b] = a \mathrm{E}[X] + \mathrm{E}[b]", "proved"),
        (r"\mathrm{Var}(a X + b) = a^2 \mathrm{Var}(X) + \mathrm{Var}(b)", "proved"),
        (r"\mathrm{Cov}(X, c) = 0", "proved"),
        (r"\mathrm{E}[X] = X", "gap"),
        (r"\mathrm{E}[a X + b] = a \mathrm{E}[X]", "gap"),
    ],
)
def test_where_random_variables_are_declared_the_rest_are_numbers(tmp_path, formula, expected):
    assert verdicts(checked(tmp_path, DECLARED % formula, "text.md"))[-1].replace("refuted", "gap") == expected


CONSTANTS = """Let $X$ be a random variable and let $c$ and $d$ be constants%s. Then

$$ 1 + 1 = 2 $$

and therefore

$$ %s $$
"""


@pytest.mark.parametrize(
    "formula", ["E[c] = c", r"\mathrm{Var}[c d] = 0", "E[c^2 + d] = c^2 + d", r"\mathrm{Cov}[c, d] = 0"]
)
def test_what_is_called_a_constant_is_its_own_mean(tmp_path, formula):
    assert verdicts(checked(tmp_path, CONSTANTS % ("", formula), "text.md"))[-1] == "proved"


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        ("", "E[c + Y] = c + Y"),
        ("", "E[c X] = c X"),
        (" with $c = X^2$", "E[c] = c"),
        (" with $c = X^2$", r"\mathrm{Var}[c] = 0"),
    ],
)
def test_what_is_made_of_others_is_not(tmp_path, said, formula):
    assert verdicts(checked(tmp_path, CONSTANTS % (said, formula), "text.md"))[-1] not in ("proved", "refuted")
