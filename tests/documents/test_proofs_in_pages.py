"""Forms in which pages of proofs are written: what a text says of a name by a label, a link, a chain or a sentence."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts

DERIVED = r"""Consider the model

$$ y_i = a + b x_i + \varepsilon_i, \quad \varepsilon_i \sim \mathcal{N}(0, \sigma^2), \quad i = 1, \ldots, n . $$

The residual sum of squares is

$$ \mathrm{RSS}(a, b) = \sum_{i=1}^n \varepsilon_i^2 = \sum_{i=1}^n (y_i - a - b x_i)^2 . $$

With respect to $b$, we have

$$ \frac{\mathrm{d}\mathrm{RSS}(a, b)}{\mathrm{d}b} = @ . $$
"""
LIKELIHOOD = r"""The likelihood of $y = (y_1, \ldots, y_n)$ is

\begin{align}
p(y | \lambda) &= \prod_{i=1}^n p(y_i | \lambda) \\
&= \prod_{i=1}^n \mathrm{Exp}(y_i; \lambda)
\end{align}

and the log-likelihood is

$$ \mathrm{LL}(\lambda) = \log p(y | \lambda) . $$

Its derivative becomes

$$ \frac{\mathrm{d}\mathrm{LL}(\lambda)}{\mathrm{d}\lambda} = \frac{n}{\lambda} - \sum_{i=1}^n y_i $$

and setting it to zero gives the estimate:

\begin{align}
\frac{\mathrm{d}\mathrm{LL}(\lambda)}{\mathrm{d}\hat{\lambda}} &= 0 \\
0 &= \frac{n}{\hat{\lambda}} @ \sum_{i=1}^n y_i
\end{align}
"""
MOMENTS = r"""**Proof:** Let $X$ be a [random variable](/D/rvar) with [expected value](/D/mean) $\mu$ and
[standard deviation](/D/std) $\sigma$. Hence, we have

$$ \sigma^2 = \mathrm{E}(X^2) @ \mathrm{E}(X)^2 . $$
"""
IDENTICAL = r"""**Proof:** Since $X_1, \ldots, X_n$ are [independent and identically distributed](/D/iid), they have the
same mean, denoted as $\mu$, and the same variance, denoted as $\sigma^2$. So we have

$$ \mathrm{Var}\left( \frac{1}{n} \sum_{i=1}^n X_i \right) = @ . $$
"""
DISCRETE = r"""Let $P(x)$ and $Q(x)$ be probability distributions of a discrete random variable. Then

$$ \sum_{x \in \mathcal{X}} \left( P(x) + Q(x) \right) = @ . $$
"""
BETA = r"""Let $X \sim \mathrm{Bet}(\alpha, \beta)$, so that

$$ \mathrm{E}(X) = \frac{\alpha}{\alpha + \beta} . $$

Then

$$ \mathrm{E}(X^2) = \frac{(\alpha+1) \alpha}{(\alpha+\beta+@) (\alpha+\beta)} . $$
"""


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (DERIVED, r"-2 \sum_{i=1}^n (y_i - a - b x_i) x_i", r"2 \sum_{i=1}^n (y_i - a - b x_i) x_i"),
        (LIKELIHOOD, "-", "+"),
        (MOMENTS, "-", "+"),
        (IDENTICAL, r"\frac{\sigma^2}{n}", r"\frac{\sigma^2}{n^2}"),
        (DISCRETE, "2", "1"),
        (BETA, "1", "2"),
    ],
)
def test_what_is_right_is_proved_and_what_is_wrong_is_told(tmp_path, text, right, wrong):
    assert verdicts(checked(tmp_path, text.replace("@", right), "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text.replace("@", wrong), "text.md"))[-1] in ("refuted", "gap")


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"e^{\left( a - b \right)} e^b = e^a", "proved"),
        (r"e^{(-a)} = \frac{1}{e^a}", "proved"),
        (r"e^{(-a - b)} e^{(a b)} = e^{a b - a - b}", "proved"),
        (r"\ln e^{(-i)} = -i", "unread"),
        (r"\ln e^{(i j)} = i j", "unread"),
        (r"x^{(a^2 - b)} x^b = x^{a^2}", "proved"),
        (r"e^{(t)} = e^{(t)} + 1", "unread"),
        (r"x^{(k+1)} = x^{(k)} - 1", "unread"),
        (r"x^{(-i)} = x^{(-i)} + 1", "unread"),
        (r"\sum_i \ln \frac{a}{b} \cdot \sum_j c_j = \left( \sum_i \ln \frac{a}{b} \right) \sum_j c_j", "proved"),
        (r"\ln \frac{a}{b} \cdot c = c \ln \frac{a}{b}", "unread"),
    ],
)
def test_brackets_in_exponents_and_arguments(tmp_path, formula, verdict):
    assert verdicts(checked(tmp_path, f"For $x, a, b, c > 0$ we have\n\n$$ {formula} . $$", "text.md")) == [verdict]


SYSTEM = r"""This requires us to solve the following system of equations for $a$ and $b$:

\begin{align}
m &= \frac{a}{a + b} \\
v &= a b
\end{align}

From the first equation we deduce that

\begin{align}
m (a + b) &= a \\
@
\end{align}
"""


def test_a_system_to_be_solved_is_given(tmp_path):
    right = checked(tmp_path, SYSTEM.replace("@", "m b &= a - m a"))
    assert verdicts(right) == ["given", "given", "proved", "proved"]
    assert verdicts(checked(tmp_path, SYSTEM.replace("@", "m b &= a + m a")))[-1] in ("refuted", "gap")


TO_SOLVE = r"""We have to solve the following equation for $x$:

$$ x^2 = 1 . $$

@

$$ (x + 1)^2 = 2 + 2 x . $$
"""


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Therefore, we have", "proved"),
        ("For any real $x$ we have", "refuted"),
        ("Now let $x$ be arbitrary. We have", "gap"),
        ("We drop this assumption. We have", "gap"),
        ("In general, we have", "refuted"),
    ],
)
def test_an_equation_to_be_solved_holds_of_its_solutions(tmp_path, words, verdict):
    assert verdicts(checked(tmp_path, TO_SOLVE.replace("@", words)))[-1] == verdict


def test_several_equations_to_be_solved_are_used_together(tmp_path):
    posed = (
        "We have to solve the following system for $a$ and $b$: $$ a + b = 3, \\quad a - b = 1 . $$ Adding them gives "
    )
    assert verdicts(checked(tmp_path, posed + "$$ 2 a = 4 $$ and so $$ b = 1 . $$"))[2:] == ["proved", "proved"]
    assert verdicts(checked(tmp_path, posed + "$$ 2 a = 5 . $$"))[2:] != ["proved"]


PARTIAL = "Let $P(x, y)$ be the joint distribution of discrete random variables. @ We have $$ # = 1 . $$"


@pytest.mark.parametrize(
    ("words", "left", "verdict"),
    [
        (r"Their values are in $\mathcal{X}$.", r"\sum_{x \in \mathcal{X}} P(x)", "proved"),
        (r"Let $P(x, y)$ be a distribution on $\mathcal{X}$.", r"\sum_{x \in \mathcal{X}} P(x)", "proved"),
        (r"The set $\mathcal{X}$ is a typical set.", r"\sum_{x \in \mathcal{X}} P(x)", "unknown"),
        (r"Let $\mathcal{X}$ be the words of a message.", r"\sum_{x \in \mathcal{X}} P(x)", "unknown"),
        (r"Let $\mathcal{X}$ be a set of some values.", r"\sum_{x \in \mathcal{X}} P(x)", "unknown"),
        (r"Their values are in $\mathcal{X}$.", r"\sum_{x, y \in \mathcal{X}} P(x, y)", "unknown"),
    ],
)
def test_a_sum_over_a_set_is_over_all_values_where_the_text_says_so(tmp_path, words, left, verdict):
    found = verdicts(checked(tmp_path, PARTIAL.replace("@", words).replace("#", left)))[-1]
    assert found == verdict


def test_the_slope_at_an_estimate_is_not_that_of_what_has_it(tmp_path):
    said = r"Let $f(p) = (p - \hat{p})^2$. Then $$ \frac{d f(p)}{d \hat{p}} = @ . $$"
    assert verdicts(checked(tmp_path, said.replace("@", "0")))[-1] != "proved"


def test_solving_an_equation_is_no_system_to_be_solved(tmp_path):
    text = "We have $$ (a + b)^2 = a^2 + 2 a b + b^2 . $$ Solving the first equation for $2 a b$: $$ 2 a b = a + b . $$"
    assert verdicts(checked(tmp_path, text)) == ["proved", "refuted"]


def test_a_new_name_is_not_known_where_it_stands_below_again(tmp_path):
    law = "Let $x \\geq 0$ and $c > 0$, with\n\n$$ F(x) = 1 - e^{-c x} . $$"
    value = "\n\nThus, the inverse is\n\n$$ x = -\\frac{\\ln(1 - p)}{c} $$"
    below = "\n\nand with $p = 1/2$ we get\n\n$$ -\\frac{\\ln(1 - p)}{c} = \\frac{\\ln 2}{c} . $$"
    assert verdicts(checked(tmp_path, law + value + below))[-2] == "unknown"
    assert verdicts(checked(tmp_path, law + value))[-1] == "gap"


def test_a_third_derivative_has_no_condition_of_its_own(tmp_path):
    formula = r"\frac{d^3}{dx^3} e^{(x-m)^2} = 12 (x-m) e^{(x-m)^2} + 8 (x-m)^3 e^{(x-m)^2}"
    report = checked(tmp_path, f"$$ {formula} $$")
    assert verdicts(report) == ["proved"]
    assert steps_of(report)[0].verdict.conditions == ()


SPREADS = r"""Here $\bar{x}$ and $\bar{y}$ are the sample means, $s_x^2$ is the sample variance of $x$, and $s_{xy}$ is
the sample covariance of $x$ and $y$. The slope is

$$ b = \frac{\sum_{i=1}^n (x_i - \bar{x}) (y_i - \bar{y})}{\sum_{i=1}^n (x_i - \bar{x})^2} . $$

It is

$$ b = \frac{s_{xy}}{s_x^2} . $$
"""


def test_a_spread_whose_divisor_is_open_is_not_known(tmp_path):
    assert verdicts(checked(tmp_path, SPREADS, "text.md"))[-1] == "unknown"


def test_the_place_of_an_extremum_is_not_known(tmp_path):
    text = r"Let $f(x) = -(x - m)^2$. The mode is defined by" + "\n\n"
    text += r"$$ \mathrm{mode}(X) = \operatorname*{arg\,max}_x f(x) . $$" + "\n\nSo we have\n\n"
    text += r"$$ \mathrm{mode}(X) = m . $$"
    assert verdicts(checked(tmp_path, text))[-1] in ("given", "unknown")


def test_the_law_of_a_logarithm_bounds_its_parameters(tmp_path):
    text = "Let $X \\sim \\ln \\mathcal{N}(\\mu, \\sigma^2)$. Then\n\n$$ -\\frac{1}{\\sigma^3} < 0 . $$"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"


@pytest.mark.parametrize(
    ("premise", "conclusion", "verdict"),
    [
        (r"A^{-1} x = A^{-1} y", "x = y", "proved"),
        (r"0 = A^{-1} (x - c y)", "x = c y", "proved"),
        (r"0 = A^{-1} (x - c y)", "x = y", "gap"),
        (r"A^{-1} x = y", "x = A y", "proved"),
        (r"A^{-1} x = y", r"x = A^\mathrm{T} y", "gap"),
    ],
)
def test_what_is_said_therefore_follows_from_the_relation_before_it(tmp_path, premise, conclusion, verdict):
    text = f"Let $A$ be an invertible $n \\times n$ matrix, with vectors $x$ and $y$, and\n\n$$ {premise} . $$"
    report = checked(tmp_path, f"{text}\n\nTherefore\n\n$$ {conclusion} . $$")
    assert verdicts(report) == ["given", verdict]


def test_a_value_that_only_a_law_gives_is_left_open(tmp_path):
    text = r"Let $X \sim \mathrm{Gam}(a, b)$. Then we have" + "\n\n"
    assert verdicts(checked(tmp_path, text + r"$$ \mathrm{E}(\ln X) = \psi(a) - \ln b . $$"))[-1] != "gap"
    assert verdicts(checked(tmp_path, text + r"$$ \mathrm{E}(X^2) = \frac{a^2}{b} . $$"))[-1] in ("refuted", "gap")


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (r"let $\mathcal{X}$ be the set of its values", "proved"),
        (r"let $\mathcal{X}$ be the sample space", "proved"),
        (r"let $\mathcal{X}$ be a training set", None),
        (r"let $\mathcal{X} = \{x_1, \ldots, x_n\}$", None),
        (r"let $\mathcal{X} \subset \mathcal{Z}$", None),
    ],
)
def test_a_sum_over_data_is_none_over_all_values(tmp_path, said, verdict):
    text = rf"Let $p(x)$ be a probability distribution over $x$, and {said}. Then"
    found = verdicts(checked(tmp_path, f"{text}\n\n$$ \\sum_{{x \\in \\mathcal{{X}}}} p(x) = 1 . $$", "text.md"))
    assert found == [verdict] if verdict else found != ["proved"]


@pytest.mark.parametrize("label", ["Case 1", "Example", "Special case", "Counterexample"])
def test_what_is_said_of_a_case_holds_for_no_other(tmp_path, label):
    text = f"**{label}:** Let $X$ and $Y$ be independent. Then\n\n$$ \\mathrm{{Cov}}(X, Y) = 0 . $$\n\n"
    text += "**Case 2:** Let $X = Y$. Then\n\n$$ \\mathrm{Cov}(X, Y) = 0 . $$"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"
