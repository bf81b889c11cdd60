r"""What is known of an indicator such as `\mathbb{1}[x > 0]`: it is 0 or 1."""

from __future__ import annotations

import pytest

from symderiv.language.quantities import is_indicator
from tests.documents.checking import checked, verdicts

TEXT = "Let $x$ and $y$ be numbers. Then we have\n\n$$ %s. $$\n"


@pytest.mark.parametrize(
    "formula",
    [
        r"\mathbb{1}[x > 0]^2 = \mathbb{1}[x > 0]",
        r"\mathbb{1}_{\{x > 0\}}^2 = \mathbb{1}_{\{x > 0\}}",
        r"(1 - \mathbb{1}[x > 0])^2 = 1 - \mathbb{1}[x > 0]",
        r"\mathbb{1}[x \neq y]^3 = \mathbb{1}[x \neq y]",
        r"\mathbb{1}[x > 0] \le 1",
        r"\mathbb{1}[x > 0] \ge 0",
        r"\sum_{i=1}^n \mathbb{1}[x_i > 0]^2 = \sum_{i=1}^n \mathbb{1}[x_i > 0]",
    ],
)
def test_it_is_zero_or_one(tmp_path, formula):
    assert verdicts(checked(tmp_path, TEXT % formula, "text.md")) == ["proved"]


@pytest.mark.parametrize(
    "formula",
    [
        r"\mathbb{1}[x > 0]^2 = 1 - \mathbb{1}[x > 0]",
        r"\mathbb{1}[x > 0] \mathbb{1}[y > 0] = \mathbb{1}[x > 0]",
        r"\mathbb{1}[x > 0] + \mathbb{1}[y > 0] \le 1",
        r"\mathbb{1}[x > 0] \ge 1",
    ],
)
def test_which_of_both_it_is_is_not_known(tmp_path, formula):
    assert verdicts(checked(tmp_path, TEXT % formula, "text.md"))[0] in ("gap", "refuted", "unknown")


def test_what_is_made_of_indicators_is_none():
    assert is_indicator(r"\mathbb{1}\left[x > 0\right]")
    assert is_indicator(r"\mathbb{1}_{\{x > 0\}}")
    assert not is_indicator(r"\mathbb{1}\left[x > 0\right] \oplus \mathbb{1}\left[y > 0\right]")
    assert not is_indicator(r"\mathbb{1}_{x} \star y_{z > 0}")
    assert not is_indicator(r"\mathbb{1}_{n}")
