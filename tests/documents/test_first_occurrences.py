"""What a text says of a square or of a covariance of functions where it speaks of it first is what that is."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

SPREAD = r"s^2 = \frac1n \sum_{i=1}^n (x_i - \bar{x})^2"


ESTIMATORS = (
    "We obtain the estimators\n\n$$ \\hat\\mu = \\frac1n \\sum_{i=1}^n x_i \\quad \\textrm{and} \\quad "
    "\\hat\\sigma^2 = \\frac{1}{n-1} \\sum_{i=1}^n (x_i - \\hat\\mu)^2 . $$\n"
)
KERNEL = "This gives a kernel of the form\n\n$$ k(x, y) = \\mathrm{Cov}(f(x), f(y)) = a^2 e^{-(x - y)^2 / b} . $$\n"


@pytest.mark.parametrize("text", [f"We compute the sample variance\n\n$$ {SPREAD} . $$\n", ESTIMATORS, KERNEL])
def test_it_is_given(tmp_path, text):
    assert set(verdicts(checked(tmp_path, text, "text.md"))) == {"given"}


def test_what_comes_second_is_checked(tmp_path):
    text = (
        f"We compute the sample variance\n\n$$ {SPREAD} . $$\n\nWe get\n\n$$ s^2 = \\frac1n \\sum_{{i=1}}^n %s . $$\n"
    )
    right, wrong = r"(\bar{x} - x_i)^2", r"(\bar{x} + x_i)^2"
    assert verdicts(checked(tmp_path, text % right, "text.md")) == ["given", "proved"]
    assert verdicts(checked(tmp_path, text % wrong, "text.md"))[1] in ("gap", "refuted")


def test_an_inequality_says_nothing_of_what_a_square_is(tmp_path):
    assert verdicts(checked(tmp_path, "We get\n\n$$ s^2 \\geq 0 . $$\n", "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, "We get\n\n$$ s^2 \\leq 0 . $$\n", "text.md"))[0] in ("gap", "refuted")


def test_the_covariance_of_known_functions_is_checked(tmp_path):
    text = (
        "Let $a$ and $b$ be independent with mean $0$ and variance $1$, and let $f(x) = a + b x$. We get\n\n"
        "$$ k(x, y) = \\mathrm{Cov}(f(x), f(y)) = 1 %s x y . $$\n"
    )
    assert verdicts(checked(tmp_path, text % "-", "text.md"))[-1] != "given"
