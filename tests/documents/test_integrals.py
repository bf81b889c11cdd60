"""Integrals: over variables of distributions, between two ends, and of either sign."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests.documents.checking import checked, verdicts

BOUND = r"""Let $q(z)$ be any density over the latent variable $z$. Then

$$
\begin{aligned}
\log p(x) &= \log \int p(x, z) \, dz \\
&= \log \int q(z) \frac{p(x,z)}{q(z)} \, dz \\
&\geq \int q(z) \log \frac{p(x,z)}{q(z)} \, dz \\
&= \int q(z) \log p(x, z) \, dz - \int q(z) \log q(z) \, dz
\end{aligned}
$$

The gap is

$$
\begin{aligned}
\log p(x) - \int q(z) \log \frac{p(x,z)}{q(z)} \, dz &= \int q(z) \log \frac{q(z) p(x)}{p(x,z)} \, dz \\
&= \int q(z) \log \frac{q(z)}{p(z | x)} \, dz \\
&= \mathrm{KL}(q(z) \| p(z|x)) \geq 0
\end{aligned}
$$
"""
DENSITIES = "Let $q(z)$ and $p(x, z)$ be densities of a continuous distribution.\nTherefore\n\n$$ %s $$\n"
NUMBERS = "We assume that $a < b$ and $c > 0$. We compute\n\n$$ %s $$\n"
UNIFORM = "Let $X \\sim \\mathcal{U}(a, b)$. Then we find\n\n$$ %s $$\n"


def test_the_evidence_lower_bound_with_integrals(tmp_path):
    assert verdicts(checked(tmp_path, BOUND, "text.md")) == ["proved"] * 8


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"&\geq \int q(z) \log \frac{p(x,z)}{q(z)}", r"&\leq \int q(z) \log \frac{p(x,z)}{q(z)}"),
        (r"\, dz - \int q(z) \log q(z)", r"\, dz + \int q(z) \log q(z)"),
        (r"\frac{q(z)}{p(z | x)} \, dz \\", r"\frac{q(z)}{p(z)} \, dz \\"),
        (r"\frac{q(z) p(x)}{p(x,z)}", r"\frac{q(z)}{p(x,z)}"),
        (r"= \mathrm{KL}(q(z) \| p(z|x))", r"= \mathrm{KL}(p(z|x) \| q(z))"),
    ],
)
def test_a_wrong_row_of_it_is_told(tmp_path, old, new):
    text = BOUND.replace(old, new)
    assert text != BOUND
    assert {"refuted", "gap"} & set(verdicts(checked(tmp_path, text, "text.md")))


@pytest.mark.parametrize(
    "formula",
    [
        r"\int \int p(x, z) \, dx \, dz = 1",
        r"\int p(z | x) \, dz = 1",
        r"\int p(z | x) p(x) \, dx = p(z)",
        r"0 \leq \mathrm{KL}(q(z) \| p(z))",
        r"- \int q(z) \log q(z) \, dz \leq - \int q(z) \log p(z) \, dz",
        r"\int q(z)^2 \, dz \geq 0",
    ],
)
def test_what_holds_of_densities_is_proved(tmp_path, formula):
    assert verdicts(checked(tmp_path, DENSITIES % formula, "text.md")) == ["proved"]


@pytest.mark.parametrize(
    "formula",
    [
        r"\mathbb{E}_{q(z)}[\log q(z)] \leq 0",
        r"\int q(z) \log q(z) \, dz \leq 0",
        r"\int q(z)^2 \, dz \leq 1",
        r"q(z) \leq 1",
        r"p(x, z) \leq p(x)",
        r"\mathrm{KL}(q(z) \| p(z | x)) \leq - \mathbb{E}_{q(z)}[\log p(z | x)]",
    ],
)
def test_what_holds_of_probabilities_alone_is_not(tmp_path, formula):
    """A density may be greater than 1."""
    assert "proved" not in verdicts(checked(tmp_path, DENSITIES % formula, "text.md"))


def test_a_counterexample_shows_the_widths_of_intervals(tmp_path):
    text = DENSITIES % r"\mathbb{E}_{q(z)}[\log q(z)] \leq 0"
    ((step,),) = (derivation.steps for derivation in checked(tmp_path, text, "text.md").derivations)
    values = step.verdict.counterexample.values
    widths, density = values[r"\mathrm{d}Z"], values["q"]
    assert sum(Fraction(width) * Fraction(value) for width, value in zip(widths, density, strict=True)) == 1
    assert any(Fraction(value) > 1 for value in density)


@pytest.mark.parametrize(
    "text",
    [
        "Let $p(x, z)$ be an unnormalized density. We get\n\n$$ \\int \\int p(x, z) \\, dx \\, dz = 1 $$\n",
        "Let $p(x, y) = x + y$. We get\n\n$$ \\int \\int p(x, y) \\, dx \\, dy = 1 $$\n",
        "Consider the polynomial $p(x) = x^2$. We get\n\n$$ \\int p(x) \\, dx = 1 $$\n",
        "Here $p(x, z)$ need not integrate to one. We get\n\n$$ \\int \\int p(x, z) \\, dx \\, dz = 1 $$\n",
    ],
)
def test_what_is_no_density_is_taken_for_none(tmp_path, text):
    assert "proved" not in verdicts(checked(tmp_path, text, "text.md"))


@pytest.mark.parametrize(
    "formula",
    [
        r"\int_a^b \frac{x}{b-a} \, dx = \frac{1}{2} \left[ \frac{x^2}{b-a} \right]_a^b",
        r"\int_0^x c e^{-c z} \, dz = \left[ -e^{-cz} \right]_0^x",
        r"\int_0^1 (x - 1/2)^2 dx = \frac{1}{12}",
        r"\int_0^{2\pi} 1 dx = 2 \pi",
        r"\int_0^c \ln x \, dx = c \ln c - c",
        r"\int_b^a 1 dx = a - b",
        r"\int_a^b x^3 dx + \int_b^a x^3 dx = 0",
    ],
)
def test_integrals_between_two_ends_have_values(tmp_path, formula):
    assert verdicts(checked(tmp_path, NUMBERS % formula, "text.md")) == ["proved"]


@pytest.mark.parametrize(
    "formula",
    [
        r"\int_b^a e^x \, dx > 0",
        r"\int_b^a x^2 \, dx \geq 0",
        r"\int_1^0 x^2 \, dx \geq 0",
        r"\int_\infty^0 e^{-x} \, dx > 0",
        r"\int_a^b 1 \, dx = 1",
        r"\int_0^c \ln x \, dx = c \ln c + c",
        r"\int_{-1}^1 \frac{1}{x^2} dx = -2",
        r"\int_a^b x \, dx \geq 0",
    ],
)
def test_they_are_of_either_sign(tmp_path, formula):
    found = verdicts(checked(tmp_path, NUMBERS % formula, "text.md"))
    assert "proved" not in found


def test_an_integral_whose_value_is_not_known_is_not_said_to_be_wrong(tmp_path):
    found = verdicts(
        checked(tmp_path, NUMBERS % r"\int_0^c (\ln x)^2 \, dx = c (\ln c)^2 - 2 c \ln c + 2 c", "text.md")
    )
    assert found == ["unknown"]


@pytest.mark.parametrize(
    "formula",
    [
        r"\mathrm{E}(X) = \int_a^b x \cdot \frac{1}{b-a} \, dx",
        r"\mathrm{E}(X) = \frac{a + b}{2}",
        r"\mathrm{E}(X^2) = \frac{a^2 + a b + b^2}{3}",
        r"\mathrm{Var}(X) = \mathrm{E}(X^2) - \mathrm{E}(X)^2 = \frac{(b - a)^2}{12}",
        r"\mathrm{E}(e^{t X}) = \frac{e^{t b} - e^{t a}}{t (b - a)}",
    ],
)
def test_means_under_a_uniform_law(tmp_path, formula):
    assert set(verdicts(checked(tmp_path, UNIFORM % formula, "text.md"))) == {"proved"}


@pytest.mark.parametrize(
    "formula", [r"\mathrm{E}(X) = \frac{b - a}{2}", r"\mathrm{E}(X^2) = \frac{(a + b)^2}{4}", r"\mathrm{E}(X) = 1"]
)
def test_wrong_means_are_told(tmp_path, formula):
    assert verdicts(checked(tmp_path, UNIFORM % formula, "text.md"))[0] in ("refuted", "gap")


def test_a_discrete_uniform_law_is_another(tmp_path):
    text = UNIFORM.replace("Let", "Let the discrete uniform variable") % r"\mathrm{Var}(X) = \frac{(b - a)^2}{12}"
    assert "proved" not in verdicts(checked(tmp_path, text, "text.md"))


PRIOR = r"""With the beta prior we have

$$ p(y|p) = p^y (1-p)^{n-y} $$

$$ p(p) = \mathrm{Bet}(p; a, b) $$

so that

$$ p(y|p) \, p(p) = %s $$
"""


def test_a_density_of_what_is_called_like_itself(tmp_path):
    """p(p) is the prior of the parameter p, and no square."""
    right = r"\frac{1}{B(a, b)} p^{y + a - 1} (1-p)^{n - y + b - 1}"
    assert verdicts(checked(tmp_path, PRIOR % right, "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, PRIOR % r"p^{y+2} (1-p)^{n-y}", "text.md"))[-1] != "proved"


TOTALS = """Let $X$ and $Y$ be random variables with $E(Y^2) > 0$. We have

$$
\\begin{aligned}
0 &\\leq E((X - c Y)^2) \\\\
&= E(X^2) - 2 c E(X Y) + c^2 E(Y^2)
\\end{aligned}
$$

for all $c$. With $c = \\frac{E(X Y)}{E(Y^2)}$ we obtain

$$ 0 \\leq E(X^2) - \\frac{E(X Y)^2}{E(Y^2)} $$

and hence

$$ E(X Y)^2 %s $$
"""


def test_an_inequality_between_means_is_multiplied(tmp_path):
    assert verdicts(checked(tmp_path, TOTALS % r"\leq E(X^2) E(Y^2)", "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, TOTALS % r"\leq E(X)^2 E(Y)^2", "text.md"))[-1] != "proved"


DEPENDS = "Let $y = x^2$ and $z = a_i$. Then\n\n$$ 2 y = 2 x^2 $$\n\nand hence\n\n$$ %s $$\n"


@pytest.mark.parametrize(
    "formula",
    [
        r"\int_0^1 y \, dx + 1 = y + 1",
        r"\int_0^2 y \, dx = 2 y",
        r"\lim_{x \to \infty} y + 1 = y + 1",
        r"\lim_{x \to \infty} y e^{-x} + 1 = 1",
        r"\sum_{i=1}^n z + 1 = n z + 1",
        r"\int_0^1 L \, dw + 1 = L + 1",
        r"\lim_{t \to \infty} f + 1 = f + 1",
    ],
)
def test_what_depends_on_the_variable_is_no_constant(tmp_path, formula):
    """By the text, or by its letter where nothing is said of it."""
    assert verdicts(checked(tmp_path, DEPENDS % formula, "text.md"))[-1] not in ("proved", "refuted")


@pytest.mark.parametrize(
    "formula", [r"\int_0^1 c \, dx + 1 = c + 1", r"\int_0^2 b \, dt = 2 b", r"\sum_{i=1}^n c = n c"]
)
def test_constants_are(tmp_path, formula):
    assert verdicts(checked(tmp_path, DEPENDS % formula, "text.md"))[-1] == "proved"


VARIATIONAL = r"""We consider a joint density $p_\theta(x, z)$ and an approximate posterior $q_\phi(z \mid x)$. Then

$$
\begin{aligned}
\log p_\theta(x) &= \int q_\phi(z \mid x) \log \frac{p_\theta(x, z)}{p_\theta(z \mid x)} \, dz \\
&= \mathcal{L}(\theta, \phi) + \mathrm{KL}(q_\phi(z \mid x) \| p_\theta(z \mid x))
\end{aligned}
$$

where $\mathcal{L}(\theta, \phi) = \mathbb{E}_{q_\phi(z \mid x)}[\log p_\theta(x, z) - \log q_\phi(z \mid x)]$. Hence

$$ \log p_\theta(x) \geq \mathcal{L}(\theta, \phi) $$

and therefore

$$
\mathcal{L}(\theta, \phi) + 1
= \mathbb{E}_{q_\phi(z \mid x)}[\log p_\theta(x \mid z)] - \mathrm{KL}(q_\phi(z \mid x) \| p_\theta(z)) + 1
$$
"""


def test_a_quantity_that_is_called_by_its_parameters(tmp_path):
    assert verdicts(checked(tmp_path, VARIATIONAL, "text.md")) == ["proved"] * 4


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"\geq \mathcal{L}", r"\leq \mathcal{L}"),
        (r"\mathcal{L}(\theta, \phi) + \mathrm{KL}", r"\mathcal{L}(\theta, \phi) - \mathrm{KL}"),
        (r"\| p_\theta(z)) + 1", r"\| p_\theta(z | x)) + 1"),
    ],
)
def test_a_wrong_row_about_it_is_told(tmp_path, old, new):
    text = VARIATIONAL.replace(old, new)
    assert text != VARIATIONAL
    assert {"refuted", "gap"} & set(verdicts(checked(tmp_path, text, "text.md")))


LEFT = r"""We have

$$ \lim_{n \to \infty} I_n = 1 $$

and, as $a_n = b_n$ for all $n$,

$$ (a_n + 1)^2 = a_n^2 + 2 a_n + 1 $$

$$ \mathrm{E}[X Y I_n] = \lim_{n \to \infty} I_n $$

$$ (x + y)^2 = x^2 + 2 x y + y^2 $$
"""


def test_what_is_not_read_leaves_nothing_behind(tmp_path):
    """What was bound in a row that cannot be read is not bound in the next."""
    found = verdicts(checked(tmp_path, LEFT, "text.md"))
    assert [found[1], found[3]] == ["proved", "proved"]
