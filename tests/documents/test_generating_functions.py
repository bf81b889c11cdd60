r"""Moment-generating functions: `M_X(t) = E[e^{tX}]` names a mean that a stated law gives the value of."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

NORMAL = r"""Let $X \sim \mathcal{N}(\mu, \sigma^2)$. The moment-generating function is

$$ M_X(t) = \mathrm{E} \left[ e^{t X} \right] . $$

Therefore

$$ %s . $$
"""
DENSITY = r"\frac{1}{\sqrt{2 \pi} \sigma} \exp \left[ -\frac{1}{2} \left( \frac{x - \mu}{\sigma} \right)^2 \right]"


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"M_X(t) = \int_{-\infty}^{\infty} e^{t x} \, \mathcal{N}(x; \mu, \sigma^2) \, \mathrm{d}x", "proved"),
        (rf"M_X(t) = \int_{{-\infty}}^{{\infty}} e^{{t x}} \cdot {DENSITY} \, \mathrm{{d}}x", "proved"),
        (r"M_X(t) = \exp(\mu t + \sigma^2 t^2 / 2)", "proved"),
        (r"M_X(1) = \exp(\mu + \sigma^2 / 2)", "proved"),
        (r"M_X(t) = \int_{-\infty}^{\infty} e^{-t x} \, \mathcal{N}(x; \mu, \sigma^2) \, \mathrm{d}x", "gap"),
        (rf"M_X(t) = \int_{{-\infty}}^{{\infty}} e^{{2 t x}} \cdot {DENSITY} \, \mathrm{{d}}x", "gap"),
        (r"M_X(t) = \exp(\mu t + \sigma^2 t^2 / 4)", "gap"),
        (r"M_X(1) = \exp(\mu + \sigma^2)", "gap"),
    ],
)
def test_its_value_is_that_of_the_mean(tmp_path, formula, verdict):
    assert verdicts(checked(tmp_path, NORMAL % formula, "text.md"))[-1] == verdict


def test_nothing_follows_from_a_wrong_value_of_it(tmp_path):
    wrong = r"M_X(t) = \int_{-\infty}^{\infty} e^{-t x} \, \mathcal{N}(x; \mu, \sigma^2) \, \mathrm{d}x"
    text = NORMAL % wrong + "\nTherefore\n\n$$ \\mu = 0 . $$\n\nTherefore\n\n$$ 1 = 2 . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[1:] == ["gap", "gap", "gap"]
