"""The number of entries of a random vector, from the density that is written out for it."""

from __future__ import annotations

from tests.documents.checking import checked, verdicts

TEXT = r"""
Given a linear regression model

$$ y = X\beta + \varepsilon, \; \varepsilon \sim \mathcal{N}(0, \sigma^2 V) \; , $$

the likelihood function is

$$
\begin{split}
p(y|\beta,\sigma^2) &= \mathcal{N}(y; X\beta, \sigma^2 V) \\
&= \sqrt{\frac{1}{(2\pi)^n |\sigma^2 V|}} \cdot
\exp\left[ -\frac{1}{2} (y - X\beta)^\mathrm{T} (\sigma^2 V)^{-1} (y - X\beta) \right]
\end{split}
$$

and the determinant is

$$ |\sigma^2 V| = (\sigma^2)^%s |V| $$
"""


def test_the_exponent_is_the_size(tmp_path):
    assert verdicts(checked(tmp_path, TEXT % "n", "text.md"))[-2:] == ["proved", "proved"]
    assert verdicts(checked(tmp_path, TEXT % "k", "text.md"))[-1] in ("gap", "refuted")


def test_a_size_that_is_said_otherwise_makes_the_exponent_wrong(tmp_path):
    said = TEXT.replace("Given a", "With the $m \\times 1$ vector $y$, given a")
    assert verdicts(checked(tmp_path, said % "m", "text.md"))[-2:] == ["gap", "proved"]
