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


@pytest.mark.parametrize(
    "said",
    [
        "Consider scalar noise $x$.",
        "We draw two real numbers $x$ and $y$ from a distribution.",
        "The number $x$ of heads is random.",
        "Pick a real number $x$ uniformly.",
        "Let the coefficients $x$ have a Gaussian prior.",
        "We put a prior on the coefficient $x$.",
        "Let $x$ be a scalar with a normal distribution.",
        "Let $x$ be a scalar drawn from a standard normal.",
        "Let $x$ be a real number chosen at random.",
        "The random coefficients $x$ vary.",
        "Let $x$ be a real stochastic quantity.",
        "Let $x$ be the (random) coefficient of $y$.",
        "Let $y$ and $x$ be correlated real numbers.",
        "Let $x$ be noise.",
        "Let $y$ be a random variable, and let $x$ depend on $y$.",
        "Let $y$ be a random variable, and let $x$ be a function of $y$.",
    ],
)
def test_what_is_of_chance_is_no_constant_although_it_is_called_a_number(tmp_path: Path, said: str) -> None:
    # Where nothing is said of it, this letter is one for constants.
    report = checked(tmp_path, said.replace("$x$", "$a$") + "\n\nThen\n\n$$ E(a y) = a E(y) $$\n")
    assert name(steps_of(report)[-1].verdict) in ("gap", "refuted")


def test_what_depends_on_what_is_averaged_is_no_constant(tmp_path: Path) -> None:
    for said in ("Let $a$ depend on $X$.", "Let $a$ be a function of $X$."):
        report = checked(tmp_path, f"{said}\n\nThen\n\n$$ E[a X] = a E[X] $$\n")
        assert name(steps_of(report)[-1].verdict) == "gap"


@pytest.mark.parametrize(
    "said",
    [
        "Let $y$ be a random variable with mean $x$.",
        "The noise has the variance $x$.",
        "Draw $y$ from a normal distribution with variance $x$.",
        "Let $x$ be the mean of the noise.",
        "Let $x$ be the rate of a Poisson distribution.",
        "Let $x$ be a deterministic number, and $y$ Gaussian.",
        "Let the noise variance $x$ be known.",
        "Let $x$ be the number of random draws.",
        "Draw $x$ samples from it.",
        "Let $x$ be a number that is not random.",
    ],
)
def test_what_stands_beside_words_of_chance_may_be_a_number(tmp_path: Path, said: str) -> None:
    report = checked(tmp_path, f"{said}\n\nThen\n\n$$ E(x y) = x E(y) $$\n")
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
