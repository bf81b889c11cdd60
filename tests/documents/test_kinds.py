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
