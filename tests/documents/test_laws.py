"""Random variables with a law: their means are integrals and sums with the density, whose values are known."""

from __future__ import annotations

import pytest

from symderiv.model.verdict import Proved
from symderiv.writers.verdicts import name_of
from tests.documents.checking import checked, steps_of, verdicts

TEXT = r"""**Theorem:** Let $X$ be a random variable with

$$
X \sim %s \; .
$$

**Proof:** We have

$$
%s \; .
$$
"""

RIGHT = [
    (r"\mathrm{Exp}(\lambda)", r"\mathrm{E}(X) = \int_0^\infty x \, \lambda \exp(-\lambda x) \, \mathrm{d}x"),
    (r"\mathrm{Exp}(\lambda)", r"\mathrm{E}(X) = \int_0^{+\infty} x \, f_X(x) \, \mathrm{d}x"),
    (r"\mathrm{Exp}(\lambda)", r"\mathrm{Var}(X) = \frac{1}{\lambda^2}"),
    (r"\mathrm{Gam}(a, b)", r"\mathrm{E}(X^2) = \frac{a (a + 1)}{b^2}"),
    (r"\mathrm{Gam}(a, b)", r"\mathrm{E}(\ln X) = \psi(a) - \ln b"),
    (r"\mathrm{Gam}(a, b)", r"\mathrm{Var}(X) = \frac{a}{b^2}"),
    (r"\mathrm{Bet}(a, b)", r"\mathrm{E}(X) = \frac{a}{a + b}"),
    (r"\mathrm{Poiss}(\lambda)", r"\mathrm{E}[X (X-1)] = \sum_{x=2}^\infty \frac{\lambda^x e^{-\lambda}}{(x-2)!}"),
    (r"\mathrm{Poiss}(\lambda)", r"\mathrm{E}[X (X-1)] = \lambda^2"),
    (r"\mathrm{Bern}(p)", r"\mathrm{Var}(X) = p (1 - p)"),
    (r"\mathrm{Bin}(n, p)", r"\mathrm{E}(X) = \sum_{x=0}^n x \binom{n}{x} p^x (1-p)^{n-x}"),
    (r"\mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(X^2) = \mu^2 + \sigma^2"),
    (r"\mathcal{N}(\mu, \sigma^2)", r"\mathrm{Var}(X) = \sigma^2"),
    (r"\mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(e^{t X}) = e^{\mu t + \sigma^2 t^2 / 2}"),
]
WRONG = [
    (r"\mathrm{Exp}(\lambda)", r"\mathrm{E}(X) = \lambda"),
    (r"\mathrm{Exp}(\lambda)", r"\mathrm{E}(X) = \int_0^\infty \lambda \exp(-\lambda x) \, \mathrm{d}x"),
    (r"\mathrm{Exp}(\lambda)", r"\mathrm{E}(X) = \int_0^1 x \, \lambda \exp(-\lambda x) \, \mathrm{d}x"),
    (r"\mathrm{Exp}(\lambda)", r"\mathrm{E}(X) = \int_{-\infty}^\infty x \, \lambda \exp(-\lambda x) \, \mathrm{d}x"),
    (r"\mathrm{Gam}(a, b)", r"\mathrm{E}(X^2) = \frac{a^2}{b^2}"),
    (r"\mathrm{Gam}(a, b)", r"\mathrm{E}(\ln X) = \ln a - \ln b"),
    (r"\mathrm{Bet}(a, b)", r"\mathrm{Var}(X) = \frac{a b}{(a + b)^2}"),
    (r"\mathrm{Poiss}(\lambda)", r"\mathrm{Var}(X) = \lambda^2"),
    (r"\mathrm{Bern}(p)", r"\mathrm{Var}(X) = p"),
    (r"\mathrm{Bin}(n, p)", r"\mathrm{E}(X) = n p (1 - p)"),
    (r"\mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(X^2) = \sigma^2"),
    (r"\mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(e^{t X}) = e^{\mu t + \sigma^2 t^2}"),
]
TOLD = WRONG[:1] + WRONG[4:6] + WRONG[7:8] + WRONG[10:]
"""Of these the values of both sides are known."""


@pytest.mark.parametrize(("law", "step"), RIGHT)
def test_a_mean_is_an_integral_with_the_density(tmp_path, law, step):
    verdict = steps_of(checked(tmp_path, TEXT % (law, step), "text.md"))[-1].verdict
    assert isinstance(verdict, Proved), verdict


@pytest.mark.parametrize(("law", "step"), WRONG)
def test_what_is_wrong_of_it_is_not_proved(tmp_path, law, step):
    found = verdicts(checked(tmp_path, TEXT % (law, step), "text.md"))[-1]
    assert found in (("gap", "refuted") if (law, step) in TOLD else ("gap", "refuted", "unknown", "plausible"))


CHAIN = r"""**Theorem:** Let

$$
X \sim \mathrm{Poiss}(\lambda) \; .
$$

**Proof:** We get

$$
\mathrm{E}(X) = %s
$$

such that

$$
\mathrm{E}(X^2) - \mathrm{E}(X)^2 = \mathrm{E}(X^2) - %s \; .
$$

Thus, we have

$$
%s \; .
$$
"""


def test_what_a_wrong_row_says_is_not_believed_in_the_next(tmp_path):
    assert "proved" not in verdicts(checked(tmp_path, CHAIN % (r"\lambda^2", r"\lambda^4", r"1 = \lambda"), "text.md"))


def test_a_right_row_is(tmp_path):
    report = checked(tmp_path, CHAIN % (r"\lambda", r"\lambda^2", r"\lambda + \lambda = 2 \lambda"), "text.md")
    assert verdicts(report)[1:] == ["proved"] * 3


DIVERGENCE = r"""**Theorem:** Let

$$
\begin{split}
P: \; X &\sim \mathrm{Exp}(u) \\
Q: \; X &\sim \mathrm{Exp}(v) \; .
\end{split}
$$

**Proof:** The divergence is defined as

$$
\mathrm{KL}[P\,||\,Q] = \int_{\mathcal{X}} p(x) \, \ln \frac{p(x)}{q(x)} \, \mathrm{d}x \; .
$$

With the densities, this becomes

$$
\begin{split}
\mathrm{KL}[P\,||\,Q] &= \int_{-\infty}^{+\infty} \mathrm{Exp}(x; u) \, \ln \frac{\mathrm{Exp}(x; u)}{\mathrm{Exp}(x; v)} \, \mathrm{d}x \\
&= \left\langle \ln \frac{u \exp(-u x)}{v \exp(-v x)} \right\rangle_{p(x)} \\
&= \left\langle \ln u - \ln v - (u - v) \, x \right\rangle_{p(x)} \\
&= %s \; .
\end{split}
$$
"""  # noqa: E501


@pytest.mark.parametrize("value", [r"\ln \frac{u}{v} + \frac{v}{u} - 1", r"\ln u - \ln v - \frac{u - v}{u}"])
def test_a_divergence_of_named_families_is_decided(tmp_path, value):
    assert verdicts(checked(tmp_path, DIVERGENCE % value, "text.md"))[3:] == ["proved"] * 4


@pytest.mark.parametrize("value", [r"\ln \frac{u}{v} + \frac{u}{v} - 1", r"\ln \frac{v}{u} + \frac{v}{u} - 1", "0"])
def test_a_wrong_one_is_told(tmp_path, value):
    assert verdicts(checked(tmp_path, DIVERGENCE % value, "text.md"))[3:] == [*["proved"] * 3, "gap"]


def test_a_variable_with_two_laws_has_none(tmp_path):
    text = (TEXT % (r"\mathrm{Exp}(u)", r"\mathrm{E}(X) = \frac{1}{u}")).replace(
        "**Proof:**", "Later let\n\n$$\nX \\sim \\mathrm{Exp}(v) \\; .\n$$\n\n**Proof:**"
    )
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


def test_a_density_that_the_text_defines_is_its_own(tmp_path):
    text = (TEXT % (r"\mathrm{Exp}(u)", r"f_X(x) = u \exp(-u x)")).replace(
        "**Proof:**", "where\n\n$$\nf_X(x) = \\frac{1}{2} x \\; .\n$$\n\n**Proof:**"
    )
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


SCALE = r"""**Theorem:** Let $X$ be a random variable with

$$
X \sim \mathrm{Exp}(u) \; .
$$

**Proof:** The density is defined as

$$
f_X(x) = \frac{1}{u} \exp(-x/u) \; .
$$

We have

$$
\mathrm{E}(X) = u \; .
$$
"""


def test_the_density_shows_what_a_parameter_is(tmp_path):
    """An exponential distribution may be written with its mean."""
    assert verdicts(checked(tmp_path, SCALE, "text.md"))[-1] == "proved"
    wrong = SCALE.replace(r"\mathrm{E}(X) = u", r"\mathrm{E}(X) = 1/u")
    assert verdicts(checked(tmp_path, wrong, "text.md"))[-1] != "proved"


def test_a_marginal_density_is_not_that_of_the_family(tmp_path):
    text = (TEXT % (r"\mathrm{Exp}(u)", r"p(x) = u \exp(-u x)")).replace(
        "**Proof:**", "where\n\n$$\np(x) p(u | x) = p(x | u) p(u) \\; .\n$$\n\n**Proof:**"
    )
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


RECALLED = r"""Let $X$ be a random variable with

$$
X \sim %s \; .
$$

%s

$$
%s \; .
$$
"""

KNOWN = [
    (r"\mathrm{Exp}(\lambda)", r"\mathrm{E}(X) = 1/\lambda", r"\mathrm{E}(X) = 2/\lambda"),
    (r"\mathrm{Exp}(\lambda)", r"\mathrm{Var}(X) = 1/\lambda^2", r"\mathrm{Var}(X) = 1/\lambda"),
    (r"\mathrm{Exp}(\beta)", r"\mathrm{E}(X) = \beta", r"\mathrm{E}(X) = 2 \beta"),
    (r"\mathrm{Gam}(a, b)", r"\mathrm{E}(X) = a/b", r"\mathrm{E}(X) = b/a"),
    (r"\mathrm{Gam}(a, \theta)", r"\mathrm{Var}(X) = a \theta^2", r"\mathrm{Var}(X) = a \theta"),
    (r"\mathrm{Bet}(a, b)", r"\mathrm{E}(X) = a/(a + b)", r"\mathrm{E}(X) = b/(a + b)"),
    (r"\mathrm{Bin}(n, p)", r"\mathrm{Var}(X) = n p (1 - p)", r"\mathrm{Var}(X) = n p"),
    (r"\mathrm{Bern}(p)", r"\mathrm{Var}(X) = p (1 - p)", r"\mathrm{Var}(X) = p^2"),
    (r"\mathrm{Poiss}(\lambda)", r"\mathrm{Var}(X) = \lambda", r"\mathrm{Var}(X) = \lambda^2"),
    (r"\mathcal{N}(\mu, \sigma^2)", r"\mathrm{E}(X^2) = \mu^2 + \sigma^2", r"\mathrm{E}(X^2) = \mu^2 - \sigma^2"),
    (r"\mathcal{N}(\mu, \sigma)", r"\mathrm{Var}(X) = \sigma^2", r"\mathrm{Var}(X) = \sigma^3"),
]


@pytest.mark.parametrize(("law", "right", "wrong"), KNOWN)
def test_a_recalled_moment_is_compared_with_that_of_the_law(tmp_path, law, right, wrong):
    assert verdicts(checked(tmp_path, RECALLED % (law, "Recall the formula", right), "text.md"))[-1] == "given"
    report = checked(tmp_path, RECALLED % (law, "Recall the formula", wrong), "text.md")
    assert verdicts(report)[-1] == "refuted"


@pytest.mark.parametrize(("law", "right", "wrong"), KNOWN[:2])
def test_what_is_supposed_of_a_moment_is_not_compared(tmp_path, law, right, wrong):
    assert verdicts(checked(tmp_path, RECALLED % (law, "Assume that", wrong), "text.md"))[-1] == "given"


def test_nothing_rests_on_a_recalled_moment_that_is_wrong(tmp_path):
    text = RECALLED % (r"\mathrm{Exp}(\lambda)", "Recall the formula", r"\mathrm{E}(X) = 2/\lambda")
    text += "\nIt follows that\n\n$$\n\\mathrm{E}(3 X) = 6 / \\lambda\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("gap", "unknown", "refuted")


def test_a_scale_that_the_mean_shows_is_not_taken_for_a_rate(tmp_path):
    text = RECALLED % (r"\mathrm{Exp}(\beta)", "Recall the formula", r"\mathrm{E}(X) = \beta")
    text += "\nIt follows that\n\n$$\n\\mathrm{E}(X^2) = %s\n$$\n"
    assert verdicts(checked(tmp_path, text % r"2 \beta^2", "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text % r"2 / \beta^2", "text.md"))[-1] != "proved"


@pytest.mark.parametrize(
    ("moment", "verdict"),
    [
        (r"\mathrm{Var}(X) = \mathrm{E}(X^2) - \mathrm{E}(X)^2", "given"),
        (r"\mathrm{Var}(X) = \mathrm{E}(X^2) + \mathrm{E}(X)^2", "refuted"),
        (r"\mathrm{Var}(X) = \mathrm{E}[(X - \mathrm{E}(X))^2]", "given"),
        (r"\mathrm{Cov}(X, Y) = \mathrm{E}(X Y) - \mathrm{E}(X) \mathrm{E}(X)", "refuted"),
    ],
)
def test_a_recalled_formula_for_moments_is_compared(tmp_path, moment, verdict):
    text = f"Let $X$ and $Y$ be random variables. The formula is known:\n\n$$\n{moment}\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == verdict
    supposed = f"Let $X$ and $Y$ be independent. We know the formula\n\n$$\n{moment}\n$$\n"
    assert verdicts(checked(tmp_path, supposed, "text.md"))[-1] == "given"


INLINE = r"""Let $z \sim \mathcal{N}(0, 1)$ and $x = \mu + \sigma z$ with $\sigma > 0$. Then

$$
\mathbb{E}[x] = \mu + \sigma \mathbb{E}[z] = %s
$$

and therefore

$$
\mathrm{Var}(x) = \sigma^2 \mathrm{Var}(z) = %s .
$$
"""


def test_a_law_in_prose_is_one(tmp_path):
    assert verdicts(checked(tmp_path, INLINE % (r"\mu", r"\sigma^2"), "text.md")) == ["proved"] * 4
    wrong = verdicts(checked(tmp_path, INLINE % (r"\mu + \sigma", r"\sigma"), "text.md"))
    assert wrong[0] == wrong[2] == "proved"
    assert "proved" not in (wrong[1], wrong[3])


@pytest.mark.parametrize("words", ["If", "Unless", "Suppose that not"])
def test_a_law_under_a_condition_is_none(tmp_path, words):
    text = f"{words} $Z \\sim \\mathcal{{N}}(0, 1)$ it ends here.\n\nWe have\n\n$$\n\\mathbb{{E}}[Z] = 0 .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


def test_no_doubt_is_cast_on_what_is_said_of_integrals(tmp_path):
    step = steps_of(checked(tmp_path, INLINE % (r"\mu", r"\sigma^2"), "text.md"))[1]
    assert "contradictory" not in step.verdict.reason
    assert step.verdict.conditions == ()


def test_what_other_names_say_of_a_variance_is_not_compared(tmp_path):
    text = "By the law of total variance\n\n$$\n\\mathrm{Var}(X) = \\mathbb{E}[X^2] - m^2 .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "given"


def test_a_mean_in_words_shows_what_a_parameter_is(tmp_path):
    text = "Let $X \\sim \\mathrm{Exp}(b)$ with mean $b$. Then\n\n$$\n\\mathbb{E}[X^2] = %s .\n$$\n"
    assert verdicts(checked(tmp_path, text % "2 b^2", "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text % "2 / b^2", "text.md"))[-1] != "proved"


FAMILY = r"""Let

$$
x_i %s \mathcal{N}(\mu, \sigma^2), \quad i = 1, \ldots, n .
$$

The mean is

$$
m = \frac{1}{n} \sum_{i=1}^n x_i .
$$

Then

$$
%s .
$$
"""
IID = r"\overset{\mathrm{i.i.d.}}{\sim}"


@pytest.mark.parametrize(
    ("sign", "step"),
    [
        (r"\sim", r"\mathrm{E}[x_i] = \mu"),
        (r"\sim", r"\mathrm{E}[m] = \mu"),
        (r"\sim", r"\mathrm{E}[x_i^2] = \sigma^2 + \mu^2"),
        (IID, r"\mathrm{Var}[m] = \frac{\sigma^2}{n}"),
    ],
)
def test_the_members_of_a_family_have_its_moments(tmp_path, sign, step):
    assert verdicts(checked(tmp_path, FAMILY % (sign, step), "text.md"))[-1] == "proved"


@pytest.mark.parametrize(
    ("sign", "step"),
    [
        (r"\sim", r"\mathrm{Var}[m] = \frac{\sigma^2}{n}"),
        (r"\sim", r"\mathrm{E}[x_i^2] = \mu^2"),
        (IID, r"\mathrm{Var}[m] = \sigma^2"),
        (IID, r"\mathrm{E}[m^2] = \mu^2"),
    ],
)
def test_and_no_others(tmp_path, sign, step):
    assert verdicts(checked(tmp_path, FAMILY % (sign, step), "text.md"))[-1] not in ("given", "proved")


def test_a_law_with_a_random_parameter_gives_no_mean(tmp_path):
    text = "Let\n\n$$\n\\theta \\sim \\mathcal{N}(0, 1)\n$$\n\nand\n\n$$\nX \\sim \\mathcal{N}(\\theta, 1) .\n$$\n\n"
    text += "Then\n\n$$\n\\mathrm{E}[X] = \\theta .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("given", "proved")


def test_the_mean_of_a_log_density_is_over_the_values_of_its_variable(tmp_path):
    text = "Let\n\n$$\nX \\sim \\mathcal{N}(\\mu, \\sigma^2) .\n$$\n\nThen\n\n$$\n\\begin{split}\n"
    text += "\\mathrm{E}[(x - \\mu)^2] + c &= %s\n\\end{split}\n$$\n"
    assert verdicts(checked(tmp_path, text % r"\sigma^2 + c", "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text % r"\sigma + c", "text.md"))[-1] not in ("given", "proved")


DENSITIES = r"""Let $p = \mathcal{N}(\mu_1, \sigma_1^2)$ and $q = \mathcal{N}(\mu_2, \sigma_2^2)$ be densities with $\sigma_1, \sigma_2 > 0$.
Then

$$
\begin{split}
\mathrm{KL}(p \| q) &= \int p(x) \ln \frac{p(x)}{q(x)} \, dx \\
&= \int p(x) \left[ \ln \frac{\sigma_2}{\sigma_1} - \frac{(x - \mu_1)^2}{2\sigma_1^2} + \frac{(x - \mu_2)^2}{2\sigma_2^2} \right] dx \\
&= %s .
\end{split}
$$
"""  # noqa: E501


def test_densities_that_are_named_have_their_formulas(tmp_path):
    right = r"\ln \frac{\sigma_2}{\sigma_1} - \frac{1}{2} + \frac{\sigma_1^2 + (\mu_1 - \mu_2)^2}{2\sigma_2^2}"
    assert verdicts(checked(tmp_path, DENSITIES % right, "text.md")) == ["proved"] * 3


@pytest.mark.parametrize(
    "right",
    [
        r"\ln \frac{\sigma_1}{\sigma_2} - \frac{1}{2} + \frac{\sigma_1^2 + (\mu_1 - \mu_2)^2}{2\sigma_2^2}",
        r"\ln \frac{\sigma_2}{\sigma_1} + \frac{1}{2} + \frac{\sigma_1^2 + (\mu_1 - \mu_2)^2}{2\sigma_2^2}",
        r"\ln \frac{\sigma_2}{\sigma_1} - \frac{1}{2} + \frac{\sigma_2^2 + (\mu_1 - \mu_2)^2}{2\sigma_1^2}",
    ],
)
def test_a_wrong_divergence_is_not_proved(tmp_path, right):
    assert verdicts(checked(tmp_path, DENSITIES % right, "text.md"))[-1] not in ("given", "proved")


def test_a_density_of_which_two_things_are_said_has_no_formula(tmp_path):
    text = "Let $p = \\mathcal{N}(0, 1)$ and later $p = \\mathcal{N}(0, 4)$ be densities. Then\n\n"
    text += "$$\n\\int x^2 p(x) \\, dx = 1 .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("given", "proved")


@pytest.mark.parametrize(
    "law", [r"y_i \sim \mathcal{N}(\mu, 1), \quad i = 1, \ldots, n", r"Y \sim \mathcal{N}(\mu, 1)"]
)
def test_a_parameter_with_a_prior_is_random(tmp_path, law):
    name = law.split()[0]
    text = f"Let\n\n$$\n{law}\n$$\n\nwith the prior\n\n$$\np(\\mu) = \\mathcal{{N}}(\\mu; 0, 1) .\n$$\n\nThen\n\n"
    text += f"$$\n\\mathrm{{E}}[{name}] + 1 = \\mu + 1 .\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("given", "proved")


@pytest.mark.parametrize(
    ("law", "step"),
    [
        (r"\mathrm{Bern}(p)", r"(0 - p)^2 \, \mathrm{Pr}(X = 0) + (1 - p)^2 \, \mathrm{Pr}(X = 1) = p (1 - p)"),
        (r"\mathrm{Bern}(p)", r"\mathrm{Pr}(X = 0) = 1 - p"),
        (r"\mathrm{Poiss}(\lambda)", r"\mathrm{Pr}(X = 2) = \frac{1}{2} \lambda^2 e^{-\lambda}"),
        (r"\mathrm{Bin}(n, p)", r"\mathrm{Pr}(X = 0) = (1 - p)^n"),
    ],
)
def test_the_probability_of_a_value(tmp_path, law, step):
    text = f"**Proof:** Let $X \\sim {law}$. It follows that\n\n$$\n{step}\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"


@pytest.mark.parametrize(
    ("law", "step"),
    [
        (r"\mathrm{Bern}(p)", r"(0 - p)^2 \, \mathrm{Pr}(X = 0) + (1 - p)^2 \, \mathrm{Pr}(X = 1) = p"),
        (r"\mathrm{Bern}(p)", r"\mathrm{Pr}(X = 0) = p"),
        (r"\mathrm{Poiss}(\lambda)", r"\mathrm{Pr}(X = 2) = \lambda^2 e^{-\lambda}"),
        (r"\mathrm{Bin}(n, p)", r"\mathrm{Pr}(X = 0) = p^n"),
        (r"\mathrm{Bin}(n, p)", r"\mathrm{Pr}(Y = 0) = (1 - p)^n"),
    ],
)
def test_no_wrong_probability_of_a_value_is_proved(tmp_path, law, step):
    text = f"**Proof:** Let $X \\sim {law}$. It follows that\n\n$$\n{step}\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("proved", "given")


MEAN_OF_SQUARES = r"""Let $X \sim \mathcal{N}(\mu, \sigma^2)$ with density $p(x)$. Then

$$
\mathrm{h}(X) = - \mathrm{E}[\ln p(x)] = \frac{1}{2} \ln (2 \pi \sigma^2) + \frac{1}{2 \sigma^2} \mathrm{E}[(x - \mu)^2]
= \frac{1}{2} \ln (2 \pi \sigma^2) + %s \; .
$$
"""


@pytest.mark.parametrize(("value", "word"), [(r"\frac{1}{2}", "proved"), (r"\frac{1}{2} \sigma^2", "gap")])
def test_a_small_letter_is_a_value_of_the_variable(tmp_path, value, word):
    *_, last = steps_of(checked(tmp_path, MEAN_OF_SQUARES % value, "text.md"))
    assert name_of(last.verdict) in (word, "refuted" if word == "gap" else word)
    assert not isinstance(last.verdict, Proved) or not last.verdict.conditions, "what the proof needs, and no more"


@pytest.mark.parametrize(
    ("law", "words", "quantity", "right", "wrong"),
    [
        (r"\mathcal{N}(m, s)", "where $s$ is the standard deviation", r"\mathrm{Var}(X)", "s^2", "s"),
        (r"\mathcal{N}(m, s)", "with variance $s$", r"\mathrm{Var}(X)", "s", "s^2"),
        (r"\mathcal{N}(m, s)", "with precision $s$", r"\mathrm{Var}(X)", "1/s", "s"),
        (r"\mathrm{Gamma}(k, s)", "with scale $s$", r"\mathrm{E}[X]", "k s", "k/s"),
        (r"\mathrm{Gamma}(k, s)", "with rate $s$", r"\mathrm{E}[X]", "k/s", "k s"),
        (r"\mathrm{Exp}(s)", "with scale parameter $s$", r"\mathrm{E}[X]", "s", "1/s"),
    ],
)
def test_a_parameter_is_what_the_text_calls_it(tmp_path, law, words, quantity, right, wrong):
    text = f"Let $X \\sim {law}$ {words}. Then\n\n$$ {quantity} + 1 = 1 + @ $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", right), "right.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text.replace("@", wrong), "wrong.md"))[0] in ("gap", "refuted")
