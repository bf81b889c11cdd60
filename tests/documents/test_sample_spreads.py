r"""Sample variances and covariances that prose names: `where $s_x^2$ is the sample variance of $x$`."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts

TEXT = r"""Consider the sums over all $i = 1, \ldots, n$, where $\bar{x}$ and $\bar{y}$ are the sample means, %s.

$$
\mathrm{S} = \sum_{i=1}^{n} (x_i - \bar{x})^2 + \sum_{i=1}^{n} (y_i - \bar{y})^2
$$

It follows that

$$
%s
$$
"""
BOTH = (
    "$s_x^2$ and $s_y^2$ are the [sample variances](/D/var-samp) of $x$ and $y$ and $s_{xy}$ is the sample covariance"
    " between $x$ and $y$"
)
RIGHT = [
    r"\sum_{i=1}^{n} (x_i - \bar{x})^2 = (n-1) \, s_x^2",
    r"\sum_{i=1}^{n} (y_i - \bar{y})^2 = (n-1) \, s_y^2",
    r"\sum_{i=1}^{n} (x_i - \bar{x}) (y_i - \bar{y}) = (n-1) \, s_{xy}",
    r"\sum_{i=1}^{n} (x_i - y_i - \bar{x} + \bar{y})^2 = (n-1) \, (s_x^2 + s_y^2 - 2 s_{xy})",
    r"\sum_{i=1}^{n} s_x (x_i - \bar{x})^2 = (n-1) \, s_x^3",
]
WRONG = [
    r"\sum_{i=1}^{n} (x_i - \bar{x})^2 = (n-1) \, s_y^2",
    r"\sum_{i=1}^{n} (x_i - \bar{x})^2 = (n-1) \, s_x",
    r"\sum_{i=1}^{n} (x_i^2 - \bar{x})^2 = (n-1) \, s_x^2",
    r"\sum_{i=1}^{n} (x_i - \bar{x}) (y_i - \bar{y}) = (n-1) \, s_x s_y",
    r"\sum_{i=1}^{n} (x_i - \bar{x})^2 + (n-1) \, s_x^2 = n - 1",
]


@pytest.mark.parametrize("step", RIGHT)
def test_what_follows_is_proved(tmp_path, step):
    assert verdicts(checked(tmp_path, TEXT % (BOTH, step), "text.md"))[-1] == "proved"


@pytest.mark.parametrize("step", WRONG)
def test_what_does_not_is_not_proved(tmp_path, step):
    """Few values make a variance the square of a fraction, so not all of them are told."""
    assert verdicts(checked(tmp_path, TEXT % (BOTH, step), "text.md"))[-1] not in ("proved", "given")


DIVISORS = [
    ("$s_x^2$ is the unbiased sample variance of $x$", "(n-1)", "proved"),
    ("$s_x^2$ is the biased sample variance of $x$", "n", "proved"),
    ("$s_x^2$ is the uncorrected sample variance of $x$", "(n-1)", "gap"),
]


@pytest.mark.parametrize(("words", "divisor", "verdict"), DIVISORS)
def test_by_what_it_is_divided_is_said_or_shown(tmp_path, words, divisor, verdict):
    step = rf"s_x^2 \cdot {divisor} = \sum_{{i=1}}^{{n}} (x_i - \bar{{x}})^2"
    assert verdicts(checked(tmp_path, TEXT % (words, step), "text.md"))[-1] == verdict


def test_what_leaves_it_open_says_nothing(tmp_path):
    step = r"s_x^2 \cdot n = \sum_{i=1}^{n} (x_i - \bar{x})^2"
    assert (
        verdicts(checked(tmp_path, TEXT % ("$s_x^2$ is the sample variance of $x$", step), "text.md"))[-1] != "proved"
    )


@pytest.mark.parametrize(
    "words",
    [
        "$s_x^2$ is the variance of the noise",
        "$s_x^2$ is not the sample variance of $x$",
        "$s_x^2$ is the weighted sample variance of $x$",
        "$s_x^2$ is the sample variance of $z$",
    ],
)
def test_what_is_not_said_is_not_known(tmp_path, words):
    step = r"\sum_{i=1}^{n} (x_i - \bar{x})^2 = (n-1) \, s_x^2"
    assert verdicts(checked(tmp_path, TEXT % (words, step), "text.md"))[-1] != "proved"


POWERS = r"""Let

$$ s^2 = \frac{1}{n-1} \sum_{i=1}^n x_i^2 $$

$$ r^2 = a + b $$

We obtain

$$
%s
$$
"""


def test_an_equation_for_a_square_says_what_a_new_name_is(tmp_path):
    assert verdicts(checked(tmp_path, POWERS % "1 + 1 = 2", "text.md"))[:2] == ["given", "given"]


@pytest.mark.parametrize(
    "step",
    [
        r"r^4 s^2 (n - 1) = (a + b)^2 \sum_{i=1}^n x_i^2",
        r"r^3 + r^5 = r (a + b) (1 + a + b)",
        r"\sum_{i=1}^n (x_i^2 + r^2) = (n - 1) s^2 + n (a + b)",
    ],
)
def test_powers_of_it_are_known(tmp_path, step):
    assert verdicts(checked(tmp_path, POWERS % step, "text.md"))[-1] == "proved"


def test_no_value_at_which_an_assumption_says_nothing_is_a_counterexample(tmp_path):
    """With n = 1 the equation for s^2 divides by 0."""
    step = r"\sum_{i=1}^n x_i^2 = (n - 1) s^2 + a - a^2"
    last = steps_of(checked(tmp_path, POWERS % step, "text.md"))[-1]
    values = getattr(last.verdict, "counterexample", None)
    assert values is not None
    assert dict(values.values)["n"] != "1"


def test_a_name_for_the_variance_itself(tmp_path):
    step = r"\sum_{i=1}^{n} (x_i - \bar{x})^2 = (n-1) \, v"
    assert verdicts(checked(tmp_path, TEXT % ("$v$ is the sample variance of $x$", step), "text.md"))[-1] == "proved"
