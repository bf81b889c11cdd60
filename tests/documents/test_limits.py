"""Limits at infinity, of antiderivatives and by themselves: an exponential outgrows every power."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

TEXT = "Let $\\lambda > 0$ and $\\sigma > 0$. Then\n\n$$ \\lambda + \\sigma > 0 $$\n\nand therefore\n\n$$ %s $$\n"
PARTS = r"\int_0^\infty x^2 e^{-\lambda x} dx = \left[ -\frac{1}{\lambda} x^2 e^{-\lambda x} \right]_0^\infty"
RIGHT = [
    PARTS + r" + \frac{2}{\lambda} \int_0^\infty x e^{-\lambda x} dx",
    r"\left[ -\frac{1}{\lambda} e^{-\lambda x} \right]_0^\infty + \int_0^\infty e^{-x} dx = \frac{1}{\lambda} + 1",
    r"\left[ e^{-\lambda x} + 3 \right]_0^\infty + \int_0^\infty e^{-x} dx = 0",
    r"\left[ x^2 \exp\left(- \frac{x^2}{2 \sigma^2}\right) \right]_{-\infty}^\infty + \int_0^\infty e^{-x} dx = 1",
    r"\lim_{x \to \infty} x^3 e^{-2 x} = 0",
    r"\lim_{x \to -\infty} x e^{\lambda x} = 0",
    r"\lim_{x \to \infty} (\sigma + e^{-\lambda x}) = \sigma",
]
WRONG = [
    PARTS + r" + \frac{2}{\lambda} \int_0^\infty x^2 e^{-\lambda x} dx",
    r"\lim_{x \to \infty} x^3 e^{-2 x} = 1",
    r"\lim_{x \to \infty} (\sigma + e^{-\lambda x}) = 0",
]
OPEN = [
    r"\lim_{x \to \infty} e^{\lambda x} = 0",
    r"\lim_{x \to -\infty} e^{-\lambda x} = 0",
    r"\lim_{x \to \infty} \frac{x}{x + 1} = 1",
    r"\lim_{x \to \infty} \frac{x}{x + 1} = 2",
    r"\lim_{x \to \infty} e^{-\mu x} = 0",
    r"\lim_{x \to \infty} x^2 = 0",
    r"\lim_{x \to \infty} f(x) e^{-\lambda x} = 0",
]


def verdict(tmp_path, formula):
    return verdicts(checked(tmp_path, TEXT % formula, "text.md"))[-1]


@pytest.mark.parametrize("formula", RIGHT)
def test_what_vanishes_at_infinity(tmp_path, formula):
    assert verdict(tmp_path, formula) == "proved"


@pytest.mark.parametrize("formula", WRONG)
def test_wrong_limits_are_told(tmp_path, formula):
    assert verdict(tmp_path, formula) in ("gap", "refuted")


@pytest.mark.parametrize("formula", OPEN)
def test_nothing_is_said_of_other_limits(tmp_path, formula):
    assert verdict(tmp_path, formula) == "unknown"


@pytest.mark.parametrize("name", ["I_n", "a_n", r"\bar{x}_n", "f(n)", "0_n", r"\mathbf{I}_n"])
def test_what_depends_on_the_variable_is_no_constant(tmp_path, name):
    formula = rf"\lim_{{n \to \infty}} {name} = {name}"
    assert verdict(tmp_path, formula) not in ("proved", "given")


IMPOSSIBLE = r"""Let $f(x) = e^x$. We have

$$ 1 + 1 = 2 $$

and it was seen that

$$ \lim_{n \to \infty} (-1)^n = 1 $$

and therefore

$$ \lim_{x \to \infty} \sin(x) = 0 $$

and therefore

$$ %s $$
"""


@pytest.mark.parametrize(
    "formula", [r"\lim_{x \to \infty} (x + 1 - x) = 0", "2 = 3", r"\lim_{x \to \infty} e^{-x} = 1"]
)
def test_nothing_is_proved_by_dividing_by_what_is_zero(tmp_path, formula):
    """That a limit differs from 0 is no condition where the text says that it is 0."""
    assert verdicts(checked(tmp_path, IMPOSSIBLE % formula, "text.md"))[-1] == "gap"


PARAMETER = r"""Let

$$ g(\theta) = \theta x $$

We have

$$ \frac{d}{dx} (\theta x) = 0 $$

and therefore

$$ %s $$
"""


@pytest.mark.parametrize(
    "formula",
    [
        r"\int_0^1 g(\theta) \, dx = \theta x",
        r"\lim_{x \to \infty} g(\theta) = \theta x",
        r"\sum_{x=1}^n g(\theta) = n \theta x",
    ],
)
def test_a_function_of_a_parameter_depends_on_what_its_body_does(tmp_path, formula):
    """What is integrated over stands in its definition, though not among its arguments."""
    found = verdicts(checked(tmp_path, PARAMETER % formula, "text.md"))
    assert "proved" not in found
    assert "refuted" not in found
