r"""Parameters of named distributions are what these need them to be: that of `\mathrm{Exp}(\lambda)` is positive."""

from __future__ import annotations

import pytest

from symderiv.model.verdict import Proved
from tests.documents.checking import checked, steps_of, verdicts

TEXT = r"""**Theorem:** Let $X$ be a random variable:

$$
X \sim %s \; .
$$

**Proof:** We have

$$
%s \; .
$$
"""


def conditions(folder, family, step):
    report = checked(folder, TEXT % (family, step), "text.md")
    verdict = steps_of(report)[-1].verdict
    return verdict.conditions if isinstance(verdict, Proved) else None


@pytest.mark.parametrize(
    ("family", "step"),
    [
        (r"\mathrm{Exp}(\lambda)", r"\frac{\lambda}{\lambda} + 1 = 2"),
        (r"\mathrm{Exp}(1/\theta)", r"\sqrt{\theta^2} = \theta"),
        (r"\mathrm{Gam}(a, b)", r"\ln \frac{a}{b} + \ln b = \ln a"),
        (r"\mathrm{Bet}(\alpha, \beta)", r"\frac{\alpha + \beta}{\alpha + \beta} + 1 = 2"),
        (r"\mathrm{Poiss}(\lambda)", r"\ln \lambda^2 = 2 \ln \lambda"),
        (r"\mathrm{Bin}(n, p)", r"\sqrt{p^2} = p"),
        (r"\mathrm{Geom}(p)", r"\frac{p^2}{p} = p"),
        (r"\mathcal{N}(\mu, \sigma^2)", r"\sqrt{\sigma^2} = \sigma"),
        (r"\mathcal{N}(0, \sigma^2 V)", r"\sqrt{\sigma^2} = \sigma"),
        (r"\mathcal{N}(\mu, v)", r"\frac{v^2}{v} = v"),
        (r"\mathcal{N}(\mu, \tau^{-1})", r"\frac{\tau^2}{\tau} = \tau"),
        (r"t(\nu)", r"\frac{\nu}{\nu} + 1 = 2"),
        (r"\chi^2(k)", r"\frac{k}{k} + 1 = 2"),
        (r"\mathrm{F}(u, v)", r"\sqrt{u^2 v^2} = u v"),
        (r"\mathcal{U}(a, b)", r"\frac{b - a}{b - a} + 1 = 2"),
    ],
)
def test_what_a_family_needs_is_in_force(tmp_path, family, step):
    assert conditions(tmp_path, family, step) == ()


@pytest.mark.parametrize(
    ("family", "step"),
    [
        (r"\mathrm{Bin}(n, p)", r"\frac{p^2}{p} = p"),  # p may be 0
        (r"\mathcal{N}(\mu, \sigma^2)", r"\sqrt{\mu^2} = \mu"),
        (r"\mathcal{U}(a, b)", r"\frac{a}{a} + 1 = 2"),
        (r"\mathrm{Gam}(a, b)", r"\frac{a - b}{a - b} + 1 = 2"),
    ],
)
def test_and_no_more_than_that(tmp_path, family, step):
    assert conditions(tmp_path, family, step) != ()


def test_a_discrete_interval_may_have_one_element(tmp_path):
    text = (TEXT % (r"\mathcal{U}(a, b)", r"\frac{b - a}{b - a} + 1 = 2")).replace("variable", "discrete variable")
    (verdict,) = [step.verdict for step in steps_of(checked(tmp_path, text, "text.md"))][-1:]
    assert not (isinstance(verdict, Proved) and verdict.conditions == ())


def test_a_recalled_family_says_nothing_of_other_lines(tmp_path):
    text = r"""**Proof:** We know that

$$
X \sim \mathrm{Exp}(a) \quad \Rightarrow \quad \mathrm{E}(X) = \frac{1}{a} \; .
$$

We have

$$
\sqrt{a^2} = a \; .
$$
"""
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


def test_a_density_says_it_too(tmp_path):
    text = r"""**Proof:** The density is

$$
p(x) = \mathrm{Gam}(x; a, b) \; .
$$

We have

$$
\sqrt{a^2} = a \; .
$$
"""
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"


def test_what_a_text_says_to_the_contrary_is_noticed(tmp_path):
    text = r"""**Theorem:** Let $\lambda < 0$ and

$$
X \sim \mathrm{Exp}(\lambda) \; .
$$

**Proof:** We have

$$
\lambda = \lambda + 1 \; .
$$
"""
    step = steps_of(checked(tmp_path, text, "text.md"))[-1]
    assert not isinstance(step.verdict, Proved) or "contradictory" in step.verdict.reason
