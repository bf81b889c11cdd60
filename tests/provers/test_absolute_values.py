"""Bounds on absolute values: what follows from them, what they follow from, and what does not."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        ("Let $|x - 1| < 1$.", "0 < x", "1 < x"),
        ("Let $|x - 1| < 1$.", "x < 2", "x < 1"),
        (r"Let $|x - y| < \epsilon$.", r"y - \epsilon < x", r"y < x"),
        (r"Let $|x - y| < \epsilon$.", r"\epsilon > 0", r"\epsilon > 1"),
        (r"Let $|x - y| \le \epsilon$ and $\epsilon > 0$.", r"x \le y + \epsilon", r"x < y + \epsilon"),
        (r"Let $|x - y| < \epsilon$ and $|y - z| < \epsilon$.", r"|x - z| < 2 \epsilon", r"|x - z| < \epsilon"),
        ("Let $0 < x < 2$.", "|x - 1| < 1", "|x| < 1"),
        (r"Let $a > 0$ and $0 < \eta < \frac{2}{a}$.", r"|1 - \eta a| < 1", r"|1 - \eta a| < \frac12"),
        (r"Let $a > 0$ and $|1 - \eta a| < 1$.", r"\eta < \frac{2}{a}", r"\eta < \frac{1}{a}"),
    ],
)
def test_what_is_bounded_lies_between(tmp_path, said, right, wrong):
    assert verdicts(checked(tmp_path, f"{said} Then\n\n$$ {right} . $$\n", "right.md")) == ["proved"]
    (told,) = verdicts(checked(tmp_path, f"{said} Then\n\n$$ {wrong} . $$\n", "wrong.md"))
    assert told in ("gap", "refuted", "plausible", "unknown")


@pytest.mark.parametrize(
    ("said", "claim", "verdict"),
    [
        ("Let $a > 0$ and suppose that $x a > 0$.", "x > 0", "proved"),
        ("Suppose that $x a > 0$.", "x > 0", "gap"),
        ("Let $a < 0$ and suppose that $x a > 0$.", "x > 0", "gap"),
        ("Let $a > 0$ and suppose that $x a > 1$.", r"x > \frac{1}{a}", "proved"),
        ("Let $a > 0$ and suppose that $x a > 1$.", "x > 1", "gap"),
    ],
)
def test_what_is_said_of_a_product_is_of_its_factors(tmp_path, said, claim, verdict):
    assert verdicts(checked(tmp_path, f"{said} Then\n\n$$ {claim} . $$\n", "text.md")) == [verdict]
