"""Gradients as optimisation writes them, and where they are zero."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts

DESCENT = r"""Let $f$ be $L$-smooth, i.e. $f(y) \leq f(x) + \nabla f(x)^T (y - x) + \frac{L}{2} \|y-x\|^2$.
With $x_{t+1} = x_t - \eta \nabla f(x_t)$,

$$
\begin{aligned}
f(x_{t+1}) &\leq f(x_t) + \nabla f(x_t)^T (x_{t+1} - x_t) + \frac{L}{2} \|x_{t+1} - x_t\|^2 \\
&= f(x_t) - \eta \|\nabla f(x_t)\|^2 + \frac{L \eta^2}{2} \|\nabla f(x_t)\|^2 \\
&= f(x_t) - \eta \left(1 - \frac{L\eta}{SOME}\right) \|\nabla f(x_t)\|^2
\end{aligned}
$$
"""


def test_the_transpose_beside_a_gradient_is_that_of_the_gradient(tmp_path):
    assert verdicts(checked(tmp_path, DESCENT.replace("SOME", "2"), "text.md"))[1:] == ["proved", "proved"]
    assert verdicts(checked(tmp_path, DESCENT.replace("SOME", "3"), "text.md"))[2] not in ("given", "proved")
    first = steps_of(checked(tmp_path, DESCENT, "text.md"))[0]
    assert "^{T})" not in str(first.right)


@pytest.mark.parametrize("words", ["which is zero at", "which vanishes only for"])
def test_where_a_derivative_is_zero_is_solved_for(tmp_path, words):
    text = "The function $f(y) = a \\log y + b \\log(1-y)$ has derivative\n\n"
    text += "$$ f'(y) = \\frac{a}{y} - \\frac{b}{1-y} $$\n\n"
    text += f"{words}\n\n$$ y = %s $$\n"
    assert verdicts(checked(tmp_path, text % r"\frac{a}{a+b}", "text.md")) == ["proved", "proved"]
    assert verdicts(checked(tmp_path, text % r"\frac{b}{a+b}", "text.md"))[-1] not in ("given", "proved")


ON_A_PARABOLA = r"""Gradient descent on $f(x) = \frac12 a x^2$ with $a > 0$ and step size $\eta$:

$$ x_{t+1} = x_t - \eta f'(x_t) = x_t - \eta a x_t = (1 - \eta a) x_t . $$

By induction,

$$ x_t = (1 - \eta a)^t x_0 . $$

The method converges if $|1 - \eta a| < 1$, that is,

$$ 0 < \eta < \frac{@}{a} . $$
"""


def test_descent_on_a_parabola(tmp_path):
    # An induction is not checked, and so no mistake either.
    found = ["given", "proved", "proved", "unknown", "proved"]
    assert verdicts(checked(tmp_path, ON_A_PARABOLA.replace("@", "2"), "right.md")) == [*found, "proved"]
    wrong = verdicts(checked(tmp_path, ON_A_PARABOLA.replace("@", "1"), "wrong.md"))
    assert wrong[:-1] == found
    assert wrong[-1] in ("gap", "refuted")


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Gradient descent on $f(x) = a x$ with $a > 0$ gives", "proved"),
        ("We run gradient descent on the loss $f(x) = a x$, $a > 0$. We have", "proved"),
        ("It is not true for $f(x) = a x$ that", "unknown"),
        ("There is no proof of $f(x) = a x$, but", "unknown"),
        ("A counterexample to $f(x) = a x$ is known. We have", "unknown"),
        ("The solutions of $f(x) = a x$ are complex. We have", "unknown"),
        ("We test the hypothesis of $f(x) = a x$. We have", "unknown"),
    ],
)
def test_what_is_done_with_a_function_says_what_it_is(tmp_path, words, verdict):
    assert verdicts(checked(tmp_path, f"{words}\n\n$$ f(2) = 2 a $$\n", "text.md")) == [verdict]


def test_what_is_supposed_for_a_display_is_for_those_right_behind_it(tmp_path):
    said = r"Taking expectations, and assuming that $a = 2 b$,"
    text = f"Let $b > 0$. {said}\n\n$$ a^2 > 3 b^2 $$\n\n$$ a^2 > @ b^2 $$\n\nIn general\n\n$$ a > b $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", "3"), "text.md"))[1:] == ["proved", "gap"]
    assert verdicts(checked(tmp_path, text.replace("@", "5"), "text.md"))[1] in ("gap", "refuted")
