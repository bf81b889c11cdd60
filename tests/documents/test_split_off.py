"""A name that a chain ends with, for what is left of it beside another term."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

BOUND = r"""Let $q(z)$ be any distribution with $q(z) > 0$. Then

$$
\begin{aligned}
\log p(x) &= \mathbb{E}_{q(z)}\left[\log \frac{p(x, z)}{p(z \mid x)}\right] \\
&= \mathbb{E}_{q(z)}\left[\log \frac{p(x, z)}{q(z)}\right]
   + \mathbb{E}_{q(z)}\left[\log \frac{q(z)}{p(z \mid x)}\right] \\
&= \mathcal{L}(q) @ \mathrm{KL}(q(z) \| p(z \mid x)) .
\end{aligned}
$$

Hence

$$ \log p(x) \ge \mathcal{L}(q) . $$

We can also write

$$ \mathcal{L}(q) = \mathbb{E}_{q(z)}[\log p(x \mid z)] - \mathrm{KL}(q(z) \| p(z)) . $$
"""


@pytest.mark.parametrize(("sign", "last"), [("+", "proved"), ("-", "gap")])
def test_a_bound_is_what_is_left(tmp_path, sign, last):
    found = verdicts(checked(tmp_path, BOUND.replace("@", sign), "text.md"))
    assert found == ["proved", "proved", "given", last, last]


@pytest.mark.parametrize(
    ("row", "verdicts_of_it"),
    [
        (r"a + b = \mathcal{L} + c", ("given",)),
        ("a + b = J(w) + c", ("given",)),
        ("a + b = S + c", ("gap", "unknown")),
        (r"a + b = \mathcal{L} + J(w)", ("gap", "unknown")),
        (r"a + b = 2 \mathcal{L} + c", ("gap", "unknown")),
        ("a + b = a + c", ("gap", "refuted")),
    ],
)
def test_one_name_alone_is_new(tmp_path, row, verdicts_of_it):
    left, right = row.split(" = ")
    text = f"Let $a > 0$, $b > 0$ and $c > 1$. Then\n\n$$ 2 a + 2 b + c - c - a - b = {left} = {right} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in verdicts_of_it
