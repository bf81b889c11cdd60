r"""Laws of what is made of normal variables, which texts state by `\sim`."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts

ONE = r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$."
TWO = r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$ and $Y \sim \mathcal{N}(m, s^2)$ be independent random variables."
SAMPLE = r"""Let

$$ X_i \overset{\mathrm{iid}}{\sim} \mathcal{N}(\mu, \sigma^2), \quad i = 1, \ldots, n . $$
"""
VECTOR = r"Let $x \sim \mathcal{N}(\mu, \Sigma)$ be a random vector. Let $A$ be a matrix and $b$ a vector."
MODEL = r"Consider the model $y = X \beta + \varepsilon$ with $\varepsilon \sim \mathcal{N}(0, \sigma^2 I_n)$."
FOLLOWS = "%s It follows that\n\n$$ %s . $$\n"


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        (ONE, r"\frac{X - \mu}{\sigma} \sim \mathcal{N}(0, 1)", r"\frac{X - \mu}{\sigma} \sim \mathcal{N}(0, \sigma)"),
        (ONE, r"2 X + 1 \sim \mathcal{N}(2 \mu + 1, 4 \sigma^2)", r"2 X + 1 \sim \mathcal{N}(2 \mu + 1, 2 \sigma^2)"),
        (ONE, r"-X \sim \mathcal{N}(-\mu, \sigma^2)", r"-X \sim \mathcal{N}(\mu, \sigma^2)"),
        (TWO, r"X - Y \sim \mathcal{N}(\mu - m, \sigma^2 + s^2)", r"X - Y \sim \mathcal{N}(\mu - m, \sigma^2 - s^2)"),
        (
            SAMPLE,
            r"\frac{1}{n} \sum_{i=1}^n X_i \sim \mathcal{N}(\mu, \frac{\sigma^2}{n})",
            r"\frac{1}{n} \sum_{i=1}^n X_i \sim \mathcal{N}(\mu, \sigma^2)",
        ),
        (
            VECTOR,
            r"A x + b \sim \mathcal{N}(A \mu + b, A \Sigma A^\mathrm{T})",
            r"A x + b \sim \mathcal{N}(A \mu - b, A \Sigma A^\mathrm{T})",
        ),
        (
            VECTOR,
            r"b^\mathrm{T} x \sim \mathcal{N}(b^\mathrm{T} \mu, b^\mathrm{T} \Sigma b)",
            r"b^\mathrm{T} x \sim \mathcal{N}(b^\mathrm{T} \mu, b^\mathrm{T} b)",
        ),
        (MODEL, r"y \sim \mathcal{N}(X \beta, \sigma^2 I_n)", r"y \sim \mathcal{N}(X \beta, \sigma^4 I_n)"),
        (
            MODEL,
            r"X^\mathrm{T} y \sim \mathcal{N}(X^\mathrm{T} X \beta, \sigma^2 X^\mathrm{T} X)",
            r"X^\mathrm{T} y \sim \mathcal{N}(X^\mathrm{T} \beta, \sigma^2 X^\mathrm{T} X)",
        ),
    ],
)
def test_what_is_affine_has_the_law_of_its_mean_and_covariance(tmp_path, said, right, wrong):
    assert verdicts(checked(tmp_path, FOLLOWS % (said, right), "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, FOLLOWS % (said, wrong), "text.md"))[-1] != "proved"


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        (ONE, r"2 X + 1 \sim \mathcal{N}(2 \mu + 1, 2 \sigma^2)"),
        (TWO, r"X - Y \sim \mathcal{N}(\mu - m, \sigma^2 - s^2)"),
        (VECTOR, r"A x + b \sim \mathcal{N}(A \mu, A \Sigma A^\mathrm{T})"),
    ],
)
def test_another_law_is_told(tmp_path, said, wrong):
    assert verdicts(checked(tmp_path, FOLLOWS % (said, wrong), "text.md"))[-1] == "gap"


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        (ONE, r"X^2 \sim \mathcal{N}(\mu^2 + \sigma^2, \sigma^4)"),
        (ONE + " Let $Z = X / 2$.", r"X Z \sim \mathcal{N}(\mu^2, \sigma^4)"),
        (ONE + " Let $a$ be random.", r"a X \sim \mathcal{N}(a \mu, a^2 \sigma^2)"),
        (r"Let $X$ have mean $\mu$ and variance $\sigma^2$.", r"X + 1 \sim \mathcal{N}(\mu + 1, \sigma^2)"),
        (r"Let $X \sim \mathrm{Exp}(1)$.", r"X - 1 \sim \mathcal{N}(0, 1)"),
        (TWO.replace("independent", ""), r"X + Y \sim \mathcal{N}(\mu + m, \sigma^2 + s^2)"),
        (TWO, r"X Y \sim \mathcal{N}(\mu m, \sigma^2 s^2)"),
        ("", r"Z \sim \mathcal{N}(0, 1)"),
        (r"If $X \sim \mathcal{N}(\mu, \sigma^2)$, fine.", r"X + 1 \sim \mathcal{N}(\mu + 1, \sigma^2)"),
        (
            r"Let $\beta \sim \mathcal{N}(0, S)$ and $y \sim \mathcal{N}(X \beta, \sigma^2 I_n)$.",
            r"2 y \sim \mathcal{N}(2 X \beta, 4 \sigma^2 I_n)",
        ),
    ],
)
def test_nothing_is_proved_of_what_is_not_normal_for_certain(tmp_path, said, formula):
    assert verdicts(checked(tmp_path, FOLLOWS % (said, formula), "text.md"))[-1] != "proved"


CHAIN = r"""Let $y = X \beta + \varepsilon$ with $\varepsilon \sim \mathcal{N}(0, \sigma^2 V)$. It follows that

\begin{align}
A y &\sim \mathcal{N}(A X \beta, A (\sigma^2 V) A^\mathrm{T}) \\
&\sim \mathcal{N}(A X \beta, @ A V A^\mathrm{T}) .
\end{align}
"""


def test_two_laws_are_the_same_where_their_parameters_are(tmp_path):
    assert verdicts(checked(tmp_path, CHAIN.replace("@", r"\sigma^2"), "text.md")) == ["proved", "proved"]
    assert verdicts(checked(tmp_path, CHAIN.replace("@", r"\sigma"), "text.md"))[1] in ("refuted", "gap")


def test_the_report_shows_the_law_as_the_text_writes_it(tmp_path):
    report = checked(tmp_path, FOLLOWS % (ONE, r"2 X \sim \mathcal{N}(2 \mu, 4 \sigma^2)"), "text.md")
    (step,) = steps_of(report)
    assert (step.left, step.relation) == (r"2 \cdot X", r"\sim")
    assert step.right.startswith(r"\mathcal{N}")


FACTORS = r"""Let $z \sim \mathcal{N}(0, I)$ and $x = W z + b + \epsilon$ with $\epsilon \sim \mathcal{N}(0, s^2 I)$.
The vectors $z$ and $\epsilon$ are independent."""
MEAN = r"""Let $X_1, \ldots, X_n$ be independent random variables with $X_i \sim \mathcal{N}(\mu, \sigma^2)$, and

$$ \bar{X} = \frac{1}{n} \sum_{i=1}^n X_i . $$

"""


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        (FACTORS, r"x \sim \mathcal{N}(b, W W^\mathrm{T} + s^2 I)", r"x \sim \mathcal{N}(b, W^\mathrm{T} W + s^2 I)"),
        (
            MEAN,
            r"\frac{\bar{X} - \mu}{\sigma / \sqrt{n}} \sim \mathcal{N}(0, 1)",
            r"\frac{\bar{X} - \mu}{\sigma / n} \sim \mathcal{N}(0, 1)",
        ),
    ],
)
def test_what_is_made_of_normal_variables_stands_for_that(tmp_path, said, right, wrong):
    assert verdicts(checked(tmp_path, FOLLOWS % (said, right), "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, FOLLOWS % (said, wrong), "text.md"))[-1] != "proved"


def test_a_wrong_law_is_not_believed(tmp_path):
    """What is given of a name says how it is distributed, and not what a text comes to."""
    said = r"Let $X \sim \mathcal{N}(0, 1)$ and let $Z = 2 X$."
    text = FOLLOWS % (said, r"Z \sim \mathcal{N}(0, 2)") + "\nTherefore, we have\n\n$$ \\mathrm{Var}[Z] = 2 . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        (ONE + " Given $X > 0$, we see the following.", r"X + 1 \sim \mathcal{N}(\mu + 1, \sigma^2)"),
        (ONE.replace("$.", "$, truncated to positive values."), r"X + 1 \sim \mathcal{N}(\mu + 1, \sigma^2)"),
        (TWO + " We condition on $Y$.", r"X + Y \sim \mathcal{N}(\mu + m, \sigma^2 + s^2)"),
        (ONE + " Let $Z = 2 X$. Now let $Z$ be another random variable.", r"Z \sim \mathcal{N}(2 \mu, 4 \sigma^2)"),
    ],
)
def test_a_law_for_some_outcomes_is_another_one(tmp_path, said, formula):
    assert verdicts(checked(tmp_path, FOLLOWS % (said, formula), "text.md"))[-1] != "proved"


@pytest.mark.parametrize(
    "words", ["Given $X > 0$, it follows that", "After we have seen that $X > 0$, it follows that"]
)
def test_a_law_under_a_condition_is_not_proved(tmp_path, words):
    text = f"{ONE} {words}\n\n$$ 2 X \\sim \\mathcal{{N}}(2 \\mu, 4 \\sigma^2) . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "unknown"
