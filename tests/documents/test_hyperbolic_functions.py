r"""Hyperbolic functions are made of exponentials; sine and cosine have values as well."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

SIGMOID = "Let $\\sigma(x) = \\frac{1}{1 + e^{-x}}$. We find\n\n$$ %s . $$\n"


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"\tanh(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}}", "proved"),
        (r"\tanh(x) = 2 \sigma(2 x) - 1", "proved"),
        (r"\tanh(-x) = - \tanh(x)", "proved"),
        (r"\tanh(x) = \frac{\sinh(x)}{\cosh(x)}", "proved"),
        (r"\tanh(x) < 1", "proved"),
        (r"\cosh(x)^2 - \sinh(x)^2 = 1", "proved"),
        (r"\cosh(x + y) = \cosh(x) \cosh(y) + \sinh(x) \sinh(y)", "proved"),
        (r"\cosh(x) \geq 1", "proved"),
        (r"\sum_{i=1}^n \tanh(a_i) = - \sum_{i=1}^n \tanh(-a_i)", "proved"),
        (r"\frac{d}{dx} \tanh(x) = 1 - \tanh(x)^2", "proved"),
        (r"\frac{d}{dx} \cosh(x) = \sinh(x)", "proved"),
        (r"\lim_{x \to \infty} \tanh(x) = 1", "proved"),
        (r"\int_0^1 \cosh(x) \, dx = \sinh(1)", "proved"),
        (r"\tanh(x) = x", "wrong"),
        (r"\tanh(-x) = \tanh(x)", "wrong"),
        (r"\tanh(x) < 1/2", "wrong"),
        (r"\cosh(x)^2 + \sinh(x)^2 = 1", "wrong"),
        (r"\cosh(x + y) = \cosh(x) \cosh(y) - \sinh(x) \sinh(y)", "wrong"),
        (r"\sinh(x) \geq 0", "wrong"),
        (r"\sum_{i=1}^n \tanh(a_i) = \sum_{i=1}^n \tanh(-a_i)", "wrong"),
        (r"\frac{d}{dx} \cosh(x) = - \sinh(x)", "wrong"),
        (r"\lim_{x \to \infty} \tanh(x) = 0", "wrong"),
        (r"\int_0^1 \cosh(x) \, dx = \cosh(1)", "wrong"),
    ],
)
def test_what_is_known_of_exponentials_is_known_of_them(tmp_path, formula, verdict):
    found = verdicts(checked(tmp_path, SIGMOID % formula, "text.md"))[-1]
    assert found == verdict or (verdict == "wrong" and found in ("gap", "refuted"))


def test_of_a_function_that_is_given_by_them_no_wrong_relation_is_proved(tmp_path):
    assert verdicts(checked(tmp_path, SIGMOID % r"\tanh(x) = 2 \sigma(x) - 1", "text.md"))[-1] != "proved"


@pytest.mark.parametrize(
    ("formula", "wrong"),
    [
        (r"\tanh(x + y) = \frac{\tanh(x) + \tanh(y)}{1 + \tanh(x) \tanh(y)}", r"\tanh(x + y) = \tanh(x) + \tanh(y)"),
        (r"\sin(3 x) = 3 \sin(x) - 4 \sin(x)^3", r"\sin(3 x) = 3 \sin(x) - 3 \sin(x)^3"),
    ],
)
def test_their_values_at_different_places_are_no_numbers_of_their_own(tmp_path, formula, wrong):
    """What holds of them for all numbers is not called wrong because it would not hold of any function."""
    assert verdicts(checked(tmp_path, SIGMOID % formula, "text.md"))[-1] in ("proved", "plausible", "unknown")
    assert verdicts(checked(tmp_path, SIGMOID % wrong, "text.md"))[-1] not in ("proved", "plausible")
