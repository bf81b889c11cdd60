"""A mistake under a condition is told although what is known beside it has no values that can be tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.checking import checked, verdicts

UNIFORM = r"""Let $a < b$. If $a \leq x \leq b$, we have

$$
\begin{split}
F(x) &= \int_{-\infty}^{a} 0 \, \mathrm{d}z + \int_{a}^{x} \frac{1}{b-a} \, \mathrm{d}z \\
&= 0 + \frac{1}{b-a} [z]_a^x \\
&= @ \; .
\end{split}
$$
"""


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (r"\frac{x-a}{b-a}", "proved"),
        (r"\frac{b-a}{x-a}", "gap"),
        (r"\frac{x+a}{b-a}", "gap"),
        (r"\frac{x-b}{b-a}", "gap"),
    ],
)
def test_a_wrong_end_of_a_chain_of_integrals(tmp_path: Path, value: str, told: str) -> None:
    assert verdicts(checked(tmp_path, UNIFORM.replace("@", value), "text.md"))[-1] == told


SIGN = r"""If $x > 0$, then

$$ g(x) = \sqrt{x^2} + f(x) = @ + f(x) . $$
"""


@pytest.mark.parametrize(
    ("value", "told"), [("x", {"proved"}), ("2 x", {"gap", "refuted"}), ("-x", {"gap", "refuted"})]
)
def test_the_condition_itself_counts(tmp_path: Path, value: str, told: set[str]) -> None:
    assert verdicts(checked(tmp_path, SIGN.replace("@", value), "text.md"))[-1] in told
