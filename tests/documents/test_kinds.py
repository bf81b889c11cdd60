"""What a text calls random, no expectation lets go of; what it calls constant, every expectation does."""

from pathlib import Path

import pytest

from tests.documents.checking import checked, steps_of
from tests.documents.checking import name_of as name

DRAWN = (
    r"We draw $x \sim p$.",
    r"Let $x, z \sim p$ be independent draws.",
    r"Take $x \overset{\text{iid}}{\sim} p$.",
    r"Let $x$ be sampled from $p$.",
    r"Let $z$ and $x$ be independently drawn from $p$.",
    r"Assume that $x$ follows a normal distribution.",
    r"Let $x$ be a random variable.",
    "$$ x \\sim p $$",
    "$$ x, z \\sim p $$",
    "$$ z, x \\sim p $$",
)


@pytest.mark.parametrize("said", DRAWN)
def test_what_is_drawn_is_not_taken_out_of_an_expectation(tmp_path: Path, said: str) -> None:
    report = checked(tmp_path, f"{said}\n\nThen\n\n$$ E(x y) = x E(y) $$\n")
    assert name(steps_of(report)[-1].verdict) in ("gap", "refuted")


@pytest.mark.parametrize("said", DRAWN)
def test_linearity_holds_for_what_is_drawn(tmp_path: Path, said: str) -> None:
    report = checked(tmp_path, f"{said}\n\nThen\n\n$$ E(a x + b) = a E(x) + b $$\n")
    assert name(steps_of(report)[-1].verdict) == "proved"


@pytest.mark.parametrize("said", ["Let $x$ be a constant.", "Here $x$ points are drawn.", "We take numbers."])
def test_what_is_not_drawn_is_taken_out(tmp_path: Path, said: str) -> None:
    report = checked(tmp_path, f"{said}\n\nThen\n\n$$ E(x y) = x E(y) $$\n")
    assert name(steps_of(report)[-1].verdict) == "proved"


GRADIENT = r"""Let $%s$ be %s.

We have

$$
\frac{\partial}{\partial b} (y - X b)^\top W (y - X b) = -2 X^\top W (y - X b) .
$$
"""


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (GRADIENT % ("W", "symmetric"), True),
        (GRADIENT.replace("Let $%s$ be %s.", "For a symmetric matrix $W$ the following holds."), True),
        (GRADIENT.replace("Let $%s$ be %s.", "We use symmetric positive definite matrices $V$ and $W$."), True),
        (GRADIENT % ("W", "square"), False),
        (GRADIENT % ("W", "not symmetric"), False),
        (GRADIENT % ("W", "skew-symmetric"), False),
        (GRADIENT % ("V", "symmetric"), False),
    ],
)
def test_a_matrix_is_symmetric_where_the_text_says_so(tmp_path: Path, text: str, verdict: bool) -> None:
    report = checked(tmp_path, text)
    assert (name(steps_of(report)[-1].verdict) == "proved") is verdict


def test_a_letter_for_a_constant_is_one_wherever_it_stands(tmp_path: Path) -> None:
    text = "Let $X$ and $Y$ be random variables.\n\nThen\n\n$$ E[a X] + c = c + E[a] E[X] $$\n"
    assert name(steps_of(checked(tmp_path, text))[-1].verdict) == "proved"
    alone = text.replace("E[a X] + c", "X + c").replace("E[a] E[X]", "E[a] X")
    assert name(steps_of(checked(tmp_path, alone))[-1].verdict) != "proved"


@pytest.mark.parametrize(
    ("words", "formula"),
    [
        ("Let $y$ depend on $x$.", r"\frac{d}{dx} (y x) = y"),
        ("Here $y$ is a smooth function of $x$.", r"\frac{d}{dx} (y x) = y"),
        ("Let $x$ be a vector.", r"x x^\top = x^\top x"),
        ("Let $A$ be a symmetric matrix only if stated otherwise.", r"x^\top A y = y^\top A x"),
    ],
)
def test_what_words_say_of_names_is_heeded(tmp_path: Path, words: str, formula: str) -> None:
    known = "It is known that $1 < 2$."
    report = checked(tmp_path, f"{known} {words}\n\nHence\n\n$$ {formula} $$\n")
    assert name(steps_of(report)[-1].verdict) not in ("proved", "given")
