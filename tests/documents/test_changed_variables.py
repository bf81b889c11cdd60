r"""Integrals by what is made of a variable, `\mathrm{d}(c u + b)`, and limits that are infinite up to finite terms."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

NUMBERS = "We assume that $c > 0$. By the substitution $z = (x - m) / c$ we find\n\n$$ %s $$\n"
ELSEWHERE = r"and $\int_0^1 \mathrm{d}z = 1$"


@pytest.mark.parametrize(
    "formula",
    [
        r"\int_{-\infty}^{\infty} e^{-x^2} \, \mathrm{d}x = \int_{-\infty}^{\infty} e^{-(c z)^2} \, \mathrm{d}(c z)",
        r"\int_{-\infty}^\infty e^{-x^2} \, \mathrm{d}x = \int_{-\infty/c}^{\infty/c} e^{-(c z)^2} \, \mathrm{d}(c z)",
        r"\int_{(-\infty - m)/(\sqrt{2} c)}^{(+\infty - m)/(\sqrt{2} c)} e^{-z^2} \, \mathrm{d}z = \sqrt{\pi}",
        r"\int_{-\infty - m}^{+\infty - m} e^{-z^2} \, \mathrm{d}\left( z + m \right) = \sqrt{\pi}",
        r"\int_0^1 (2 z + 1) \, \mathrm{d}(2 z + 1) = 4",
        r"\int_0^1 (z + m) \, \mathrm{d}(c z + m) = c / 2 + c m",
    ],
)
def test_the_slope_is_a_factor_of_the_integrand(tmp_path, formula):
    text = NUMBERS.replace("find", f"find {ELSEWHERE}") % formula
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"


@pytest.mark.parametrize(
    "formula",
    [
        r"\int_{-\infty}^{\infty} e^{-x^2} \, \mathrm{d}x = \int_{-\infty}^{\infty} e^{-(c z)^2} \, \mathrm{d}z",
        r"\int_{-\infty}^{\infty} e^{-x^2} \, \mathrm{d}x = \int_{-\infty/c}^{\infty/c} e^{-z^2} \, \mathrm{d}(c z)",
        r"\int_{\infty/c}^{-\infty/c} e^{-z^2} \, \mathrm{d}z = \sqrt{\pi}",
        r"\int_{-\infty - m}^{0} e^{-z^2} \, \mathrm{d}(z + m) = \sqrt{\pi}",
        r"\int_{-\infty}^{\infty - \infty} e^{-z^2} \, \mathrm{d}z = \sqrt{\pi}",
        r"\int_{-\infty}^{\infty / m} e^{-z^2} \, \mathrm{d}z = \sqrt{\pi}",
        r"\int_0^1 (2 z + 1) \, \mathrm{d}(2 z + 1) = 2",
        r"\int_0^1 (z + m) \, \mathrm{d}(c z + m) = 1 / 2 + m",
        r"\int_0^1 (z + m) \, \mathrm{d}(c z + m) = c m / 2 + z c",
    ],
)
def test_a_wrong_one_is_never_proved(tmp_path, formula):
    text = NUMBERS.replace("find", f"find {ELSEWHERE}") % formula
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("proved", "given")


def test_limits_that_are_divided_change_sides_with_the_sign_of_what_divides_them(tmp_path):
    r"""`\int_{-\infty/k}^{\infty/k}` runs downwards where k is negative."""
    row = r"\int_{-\infty/c}^{\infty/c} e^{-x^2} \, \mathrm{d}x = \sqrt{\pi}"
    assert verdicts(checked(tmp_path, NUMBERS % row, "text.md"))[-1] == "proved"
    negative = NUMBERS.replace("c > 0", "c < 0") % row
    assert verdicts(checked(tmp_path, negative, "text.md"))[-1] in ("refuted", "gap")
    open_sign = NUMBERS.replace("c > 0", r"c \neq 0") % row
    assert verdicts(checked(tmp_path, open_sign, "text.md"))[-1] in ("refuted", "gap")


@pytest.mark.parametrize(
    "differential",
    [r"\mathrm{d}(z^2)", r"\mathrm{d}(-z)", r"\mathrm{d}(z w)", r"\mathrm{d}(z w + z)", r"\mathrm{d}(1 / z)"],
)
def test_what_is_not_of_first_degree_in_one_variable_is_not_read(tmp_path, differential):
    """Of two names either could be the variable, where the text integrates by neither of them alone."""
    assert verdicts(checked(tmp_path, NUMBERS % rf"\int_0^1 z \, {differential} = 1", "text.md")) == ["unread"]
