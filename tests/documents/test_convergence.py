r"""What series and integrals need to converge is a condition where a text does not say it."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts


@pytest.mark.parametrize(
    ("formula", "needs"),
    [
        (r"\sum_{k=0}^\infty g^k = \frac{1}{1-g}", [r"- g + 1 > 0", "g > 0"]),
        (r"\int_0^\infty e^{-b x} \, \mathrm{d}x = \frac{1}{b}", ["b > 0"]),
    ],
)
def test_what_it_needs_is_said(tmp_path, formula, needs):
    (step,) = steps_of(checked(tmp_path, f"We have\n\n$$\n{formula}\n$$\n", "text.md"))
    assert sorted(step.verdict.conditions) == sorted(needs)


@pytest.mark.parametrize(
    "formula",
    [
        r"\sum_{k=0}^\infty g^k = \frac{1}{1+g}",
        r"\sum_{k=1}^\infty g^k = \frac{1}{1-g}",
        r"\int_0^\infty e^{-b x} \, \mathrm{d}x = b",
        r"\lim_{x \to \infty} e^{-a x} = 0",
        r"\lim_{x \to \infty} e^{-a x} = 1",
    ],
)
def test_what_holds_under_no_such_condition_is_not_proved(tmp_path, formula):
    assert verdicts(checked(tmp_path, f"We have\n\n$$\n{formula}\n$$\n", "text.md")) != ["proved"]


def test_where_the_text_says_the_opposite_nothing_is_proved(tmp_path):
    text = "Let $g > 2$. Then\n\n$$\n\\sum_{k=0}^\\infty g^k = \\frac{1}{1-g}\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) != ["proved"]


def test_a_value_in_prose_is_a_factor_before_brackets(tmp_path):
    text = "We assume that $m(x) = s$. We get\n\n$$\nm(x) + s (1 - b) = 2 s - b s\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved"]
