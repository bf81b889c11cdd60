"""`With $b = c^2$,` and `Solving for $z$,` lead to what follows, and give nothing anew."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

LOSS = "The loss is\n\n$$\n\\ell = - a b .\n$$\n\n"
LEADS = [
    (LOSS + "With $b = c^2$,", r"\ell = - a c^2", r"\ell = - a c^3"),
    (LOSS + "With $b = c^2$ this is", r"\ell = - a c^2", r"\ell = - a c^3"),
    (LOSS + "With $b = c^2$, where $c$ is a number,", r"\ell = - a c^2", r"\ell = a c^2"),
    ("Let $x = m + s z$ with $s > 0$. Solving for $z$,", r"z = \frac{x - m}{s}", r"z = \frac{x + m}{s}"),
    ("Let $x = m + s z$ with $s > 0$. Solving this for $z$,", r"z = \frac{x - m}{s}", r"z = \frac{m - x}{s}"),
]


@pytest.mark.parametrize(("words", "right", "wrong"), LEADS)
def test_what_they_lead_to_is_checked(tmp_path, words, right, wrong):
    assert verdicts(checked(tmp_path, f"{words}\n\n$$\n{right} .\n$$\n", "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, f"{words}\n\n$$\n{wrong} .\n$$\n", "text.md"))[-1] in ("gap", "refuted")


def test_a_constant_that_is_fixed_restricts_nothing(tmp_path):
    words = r"Let $m \sim \mathrm{Bernoulli}(q)$ and let $g = \frac{m h}{q}$ for a fixed number $h$. Then"
    assert verdicts(checked(tmp_path, f"{words}\n\n$$\nE[g] = h .\n$$\n", "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, f"{words}\n\n$$\nE[g] = q h .\n$$\n", "text.md"))[-1] in ("gap", "refuted")
    some = words.replace("fixed number", "point")
    assert verdicts(checked(tmp_path, f"{some}\n\n$$\nE[g] = h .\n$$\n", "text.md"))[-1] == "gap"
