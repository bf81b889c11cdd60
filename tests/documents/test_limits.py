"""Limits: at infinity and at a place, of antiderivatives and by themselves."""

from __future__ import annotations

import pytest

from symderiv.model.verdict import Proved
from tests.documents.checking import checked, steps_of, verdicts

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
    r"\lim_{x \to \infty} x^2 = 0",
    r"\lim_{x \to \infty} f(x) e^{-\lambda x} = 0",
    r"\lim_{x \to \infty} \sin x = 0",
    r"\lim_{x \to \infty} (-1)^x = 1",
    r"\lim_{x \to 0} \frac{1}{x} = 0",
    r"\lim_{x \to 0} \frac{|x|}{x} = 1",
    r"\lim_{x \to 0} x \ln x = 0",
    r"\lim_{x \to \infty} e^{e^x - x} = 0",
    r"\lim_{x \to \mu} \frac{1}{(x - \mu)^2} = 0",
    r"\lim_{x \to 0, x > 0} x = 0",
    r"\lim_{x \to -1} \sqrt{x} = 0",
    r"\lim_{x \to -1} \ln x = 0",
    r"\lim_{x \to 0} \frac{\sin x - x + \frac{x^3}{6}}{x^9} = 0",
    r"\lim_{x \to 0} \frac{\ln(1 + x) - x}{x^9} = 0",
    r"\lim_{x \to \infty} \ln \ln x = 0",
    r"\lim_{x \to \infty} e^{\sin x} = 1",
    r"\lim_{x \to \infty} \frac{1}{2 + \sin x} = \frac{1}{2}",
]
"""What has no finite limit, or none that is found."""
NEAR = [
    (r"\lim_{x \to \infty} \frac{x}{x + 1}", "1", "2"),
    (r"\lim_{x \to 0} \frac{\ln(1 + x) - x}{x^2}", r"-\frac{1}{2}", r"\frac{1}{2}"),
    (r"\lim_{x \to 0} \frac{\ln(1 + x) - x + \frac{x^2}{2}}{x^3}", r"\frac{1}{3}", r"-\frac{1}{3}"),
    (r"\lim_{x \to 0} \frac{\sqrt{1 + x} - 1 - \frac{x}{2}}{x^2}", r"-\frac{1}{8}", r"\frac{3}{8}"),
    (r"\lim_{x \to 0} \frac{(1 + x)^{-2} - 1 + 2 x}{x^2}", "3", "-1"),
    (r"\lim_{x \to 0} \frac{e^{x} - 1 - x - \frac{x^2}{2}}{x^3}", r"\frac{1}{6}", r"\frac{1}{3}"),
    (r"\lim_{x \to 0} \frac{\sin x - x}{x^3}", r"-\frac{1}{6}", r"\frac{1}{6}"),
    (r"\lim_{x \to \mu} \frac{\cos x - \cos \mu}{x - \mu}", r"-\sin \mu", r"\sin \mu"),
    (r"\lim_{x \to \mu} \frac{\sin x - \sin \mu}{x - \mu}", r"\cos \mu", r"-\cos \mu"),
    (r"\lim_{x \to \infty} \frac{1}{\ln x}", "0", "1"),
    (r"\lim_{x \to \infty} x e^{-x} \ln x", "0", "1"),
    (r"\lim_{x \to \infty} \frac{e^{x} + e^{2 x}}{e^{2 x}}", "1", "2"),
    (r"\lim_{x \to \infty} \frac{\lambda x^2 + 1}{\sigma x^2 - x}", r"\frac{\lambda}{\sigma}", r"\lambda"),
    (r"\lim_{x \to \infty} \frac{1}{1 + e^{-\lambda x}}", "1", "0"),
    (r"\lim_{x \to -\infty} \frac{1}{1 + e^{-\lambda x}}", "0", "1"),
    (r"\lim_{x \to \infty} (\ln(1 + e^x) - x)", "0", "1"),
    (r"\lim_{x \to \infty} (\sqrt{x^2 + x} - x)", r"\frac{1}{2}", "0"),
    (r"\lim_{x \to \infty} \frac{(\ln x)^3}{\sqrt{x}}", "0", "1"),
    (r"\lim_{n \to \infty} (1 + \frac{\mu}{n})^n", r"e^\mu", r"e^{-\mu}"),
    (r"\lim_{n \to \infty} (1 + \frac{1}{n})^n", "e", "2"),
    (r"\lim_{x \to \infty} x^{-\lambda}", "0", "1"),
    (r"\lim_{x \to \infty} \frac{\sin x}{x}", "0", "1"),
    (r"\lim_{x \to \mu} \frac{x^2 - \mu^2}{x - \mu}", r"2 \mu", r"\mu"),
    (r"\lim_{x \to \mu} e^{x \sigma}", r"e^{\mu \sigma}", r"e^\mu"),
    (r"\lim_{x \to \lambda} \ln x", r"\ln \lambda", r"- \ln \lambda"),
    (r"\lim_{x \to 0} \frac{e^{\mu x} - 1}{x}", r"\mu", "0"),
    (r"\lim_{x \to 0} \frac{\ln(1 + \mu x)}{x}", r"\mu", r"\mu^2"),
    (r"\lim_{x \to 0} \frac{\sin x}{x}", "1", "0"),
    (r"\lim_{x \to 0} \frac{1 - \cos x}{x^2}", r"\frac{1}{2}", "1"),
    (r"\lim_{x \to 0} \frac{\lambda^x - 1}{x}", r"\ln \lambda", r"\lambda"),
    (r"\lim_{x \to 0} |x|", "0", "1"),
    (r"\lim_{x \to 0^+} x \ln x", "0", "1"),
    (r"\lim_{x \to \mu^+} \frac{|x - \mu|}{x - \mu}", "1", "-1"),
    (r"\lim_{x \to 0^{-}} \frac{|x|}{x}", "-1", "1"),
    (r"\lim_{x \downarrow 0} \sqrt{x}", "0", "1"),
    (r"\lim_{h \to 0} \frac{(\mu + h)^3 - \mu^3}{h}", r"3 \mu^2", r"3 \mu^3"),
]
"""A limit, its value, and another number."""


@pytest.mark.parametrize(("limit", "value", "other"), NEAR)
def test_limits_are_constant_terms_of_expansions(tmp_path, limit, value, other):
    sections = (TEXT % f"{limit} = {side}" for side in (value, other))
    _, right, _, wrong = verdicts(checked(tmp_path, "\n\n# Another\n\n".join(sections), "text.md"))
    assert right == "proved"
    # Of sines so little is known that no value is told to be wrong.
    assert wrong in (("gap", "refuted") if "sin" not in limit and "cos" not in limit else ("unknown",))


@pytest.mark.parametrize(("fact", "value", "word"), [("k > 0", "1", "proved"), ("k < 0", "0", "proved"),
                                                     ("k < 0", "1", "gap"), ("k^2 > 0", "1", "gap")])  # fmt: skip
def test_a_sign_decides_a_limit(tmp_path, fact, value, word):
    text = f"Suppose that ${fact}$. Then\n\n$$ \\lim_{{x \\to \\infty}} \\frac{{1}}{{1 + e^{{-k x}}}} = {value} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == word


def test_what_is_divided_by_in_the_limit_is_a_condition(tmp_path):
    report = checked(tmp_path, TEXT % r"\lim_{x \to \infty} \frac{1}{\mu x + 1} = 0", "text.md")
    (*_, verdict) = (step.verdict for step in steps_of(report))
    assert not isinstance(verdict, Proved) or any("mu" in condition for condition in verdict.conditions)


def test_a_chain_that_begins_with_a_limit_defines_nothing(tmp_path):
    limit = r"\lim_{x \to \infty} \frac{a}{x}"
    text = f"Then\n\n\\begin{{align}}\n{limit} &= {limit} \\\\\n&= %s\n\\end{{align}}\n"
    assert verdicts(checked(tmp_path, text % "0", "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text % "1", "text.md"))[-1] in ("gap", "refuted")


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


def test_a_limit_that_needs_a_sign_is_not_proved_without_it(tmp_path):
    assert verdict(tmp_path, r"\lim_{x \to \infty} e^{-\mu x} = 0") in ("unknown", "plausible")


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
