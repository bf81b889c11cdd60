"""Squares with a definition of their own: `s^2`, of which the text says what it is, and never what s is."""

from __future__ import annotations

from tests.documents.checking import checked, steps_of, verdicts

SAMPLE = r"""Let $x_1, \ldots, x_n$ be independent random variables with mean $\mu$ and variance $\sigma^2$, and let
$\bar{x} = \frac{1}{n} \sum_{i=1}^n x_i$. Let

$$ s^2 = \frac{1}{n-1} \sum_{i=1}^n (x_i - \bar{x})^2 . $$

Then

$$ \mathrm{E}[s^2] = @ . $$
"""
LENGTH = r"""Let $r^2 = 1 - x^2$. Then

$$ r^2 \geq 0 , $$

and

$$ r^4 = 1 - 2 x^2 + x^4 , $$

and

$$ r^2 @ 1 . $$
"""


def test_it_is_put_in_where_it_stands(tmp_path):
    report = checked(tmp_path, SAMPLE.replace("@", r"\sigma^2"))
    assert verdicts(report) == ["given", "proved"]
    assert steps_of(report)[1].verdict.conditions == (r"n - 1 \neq 0",)
    assert verdicts(checked(tmp_path, SAMPLE.replace("@", r"\frac{n}{n-1} \sigma^2"))) == ["given", "gap"]


def test_it_is_not_negative(tmp_path):
    assert verdicts(checked(tmp_path, LENGTH.replace("@", r"\leq"))) == ["proved"] * 3
    assert verdicts(checked(tmp_path, LENGTH.replace("@", r"\geq"))) == ["proved", "proved", "gap"]


def test_it_is_as_random_as_what_it_is_made_of(tmp_path):
    text = r"Let $X$ and $Y$ be random variables. Let $s^2 = X^2 + Y^2$. Then"
    wrong = (r"\mathrm{E}[s^2 X] = s^2 \mathrm{E}[X]", r"\mathrm{E}[s^4] = \mathrm{E}[X^2 + Y^2]^2")
    for formula in wrong:
        assert verdicts(checked(tmp_path, f"{text}\n\n$$ {formula} $$")) == ["gap"]


def test_what_is_known_of_the_name_itself_counts_too(tmp_path):
    text = "Let $r^2 = 1 - x^2$ and $r > 2$. Then\n\n$$ x^2 < 0 $$\n\nand\n\n$$ x^2 = 1 - r^2 $$"
    assert verdicts(checked(tmp_path, text))[1] == "proved"
