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
