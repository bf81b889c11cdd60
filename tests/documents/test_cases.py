"""What is said in one case of several holds in that case, under its condition."""

from __future__ import annotations

import pytest

from symderiv.documents.cases import openings
from tests.documents.checking import checked, verdicts

TEXT = r"""**Theorem:** There is nothing to show.

**Proof:** First, consider the case that $x > 0$. Then

$$ \frac{x}{x} = 1 $$

where $y = 3$. We get

$$ y + 1 = 4 $$

Next, consider the case $x = 0$. Then

$$ %s $$

Case 3: $x < 0$. We find

$$ %s $$

In all cases we have

$$ %s $$
"""


@pytest.mark.parametrize(
    ("second", "third", "last"), [("x^2 + 1 = 1", "-x > 0", "x^2 + 1 > 0"), ("x y = 0", "-x^3 > 0", "x^2 - x^2 = 0")]
)
def test_the_condition_of_a_case_holds_in_it(tmp_path, second, third, last):
    assert verdicts(checked(tmp_path, TEXT % (second, third, last), "text.md")) == ["proved"] * 5


@pytest.mark.parametrize(
    ("second", "third", "last"),
    [
        ("x > 0", "x = 0", "x > 0"),
        ("y + 1 = 4", "x^2 + 1 = 1", "x^2 + 1 = 1"),
        ("y = 3", "y = 3", "y = 3"),
        ("1 = 0", "1 = 0", "x < 0"),
    ],
)
def test_it_does_not_hold_in_the_others(tmp_path, second, third, last):
    found = verdicts(checked(tmp_path, TEXT % (second, third, last), "text.md"))
    assert found[:2] == ["proved", "proved"]
    assert "proved" not in found[2:]


@pytest.mark.parametrize("words", ["This proves that", "We conclude that", "In summary,", "So we always have"])
def test_what_is_concluded_is_in_none(tmp_path, words):
    text = (TEXT % ("x y = 0", "-x > 0", "-x > 0")).replace("In all cases we have", words)
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


def test_a_single_case_is_none(tmp_path):
    text = "We consider the case that $x > 0$. Then\n\n$$ x^2 > 0 $$\n\nand\n\n$$ x^3 > 0 $$\n"
    assert "refuted" not in verdicts(checked(tmp_path, text, "text.md"))


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("Now consider the case where $a = 1$.", "a = 1"),
        ("**Case 2:** $b < 0$.", "b < 0"),
        ("Case (b): we have $b = 0$", "b = 0"),
        ("In the second case, $c = 2$.", "c = 2"),
        ("For the other case we use that everything vanishes.", None),
    ],
)
def test_words_that_begin_a_case(text, formula):
    (found,) = openings(text, 0, len(text))
    assert (None if found.formula is None else text[slice(*found.formula)]) == formula


@pytest.mark.parametrize(
    "text",
    [
        "Consider the special case $a = 1$.",
        "This is the case if $a = 1$.",
        "in the general case",
        "the case of the normal distribution",
        "a case in point: $a = 1$",
    ],
)
def test_words_that_begin_none(text):
    assert not list(openings(text, 0, len(text)))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("If $a = 1$, then", "and if $a = 2$, then"),
        ("1) For $a = 1$, we have", "and for $a = 2$ we have"),
        ("1) If $a = 1$, then", "2) If $a = 2$, then"),
        ("Consider the case $a = 1$. We have", "If $a = 2$ instead, we have"),
        ("Consider the case $a = 1$. We have", "In general, we have"),
    ],
)
def test_what_is_shown_under_one_condition_is_not_believed_under_the_next_one(tmp_path, first, second):
    text = f"We have\n\n$$ f(x) = x^a $$\n\n{first}\n\n$$ f(x) = x $$\n\n{second}\n\n$$ f(x) = x $$\n"
    given, right, wrong = verdicts(checked(tmp_path, text, "text.md"))
    assert (given, right) == ("given", "proved")
    assert wrong != "proved"


LONE = r"""Consider the case $y > 0$. Define

$$ z = x - y + |y| \; . $$

Because $z^2$ is always positive or zero,

$$ z^2 \geq 0 . $$

Moreover

$$ z - x = @ . $$
"""


def test_a_name_that_is_defined_in_the_only_case_is_defined_behind_it(tmp_path):
    assert verdicts(checked(tmp_path, LONE.replace("@", r"|y| - y"), "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, LONE.replace("@", r"|y| + y"), "text.md"))[-1] != "proved"
    # How far its condition reaches is not said.
    assert verdicts(checked(tmp_path, LONE.replace("@", "0"), "text.md"))[-1] == "unknown"
