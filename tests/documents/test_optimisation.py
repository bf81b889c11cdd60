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
