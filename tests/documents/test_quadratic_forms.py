"""Quadratic forms that are sums of squares, and such that are not."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"(y - X \beta)^\mathrm{T} (y - X \beta) \geq 0", "proved"),
        (r"(b - \beta)^\mathrm{T} X^\mathrm{T} X (b - \beta) \geq 0", "proved"),
        (r"y^\mathrm{T} y + \beta^\mathrm{T} X^\mathrm{T} X \beta \geq y^\mathrm{T} y", "proved"),
        (r"\beta^\mathrm{T} X^\mathrm{T} X \beta > 0", "gap"),
        (r"\beta^\mathrm{T} X^\mathrm{T} X \gamma \geq 0", "gap"),
        (r"\beta^\mathrm{T} X^\mathrm{T} X \beta \leq 0", "gap"),
        (r"(x + y)^\mathrm{T} (x - y) \geq 0", "gap"),
    ],
)
def test_verdicts(tmp_path, formula, verdict):
    text = f"Let $X$ be an $n \\times p$ matrix. We get\n\n$$ {formula} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == [verdict]
