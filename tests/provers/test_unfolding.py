"""Inequalities for a name by what an assumed equation says that it is."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

TEXT = "The loss is $L = %s$. Then\n\n$$ L %s. $$\n"


@pytest.mark.parametrize(
    ("body", "bound"),
    [
        ("(1 - z)^2", r"\ge 0"),
        ("|1 - z|", r"\ge 0"),
        (r"\max(0, 1 - z)", r"\ge 0"),
        (r"\max(0, 1 - z)", r"\ge 1 - z"),
        (r"\sum_{i=1}^n (y_i - a x_i)^2 + a^2", r"\ge 0"),
        ("1 + z^2", "> 0"),
        ("1 + z^2", r"\ge 2 z"),
        (r"\frac{1}{1 + e^{-z}}", "> 0"),
    ],
)
def test_a_bound_of_what_a_name_stands_for_is_proved(tmp_path, body, bound):
    assert verdicts(checked(tmp_path, TEXT % (body, bound), "text.md")) == ["proved"]


@pytest.mark.parametrize(
    ("body", "bound"),
    [
        ("(1 - z)^2", "> 0"),
        ("(1 - z)^3", r"\ge 0"),
        (r"\max(0, 1 - z)", r"\le 1 - z"),
        ("1 + z^2", r"\ge 3 z"),
        (r"\sum_{i=1}^n (y_i - a x_i)^2 - a^2", r"\ge 0"),
    ],
)
def test_one_that_does_not_hold_is_told(tmp_path, body, bound):
    assert verdicts(checked(tmp_path, TEXT % (body, bound), "text.md"))[0] in ("refuted", "gap")
