"""Entropies of random variables that a text names by capitals, with and without the distribution behind them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.checking import checked, steps_of, verdicts


@pytest.mark.parametrize(
    "formula",
    [
        "H(X, Y) = H(X) + H(Y|X)",
        "I(X; Y) = H(X) - H(X|Y) = H(X) + H(Y) - H(X, Y)",
        r"\mathrm{H}(X) - \mathrm{H}(X|Y) = \mathrm{H}(Y) - \mathrm{H}(Y|X)",
        "I(X; Y | Z) = H(X | Z) - H(X | Y, Z)",
        "I(X; Y, Z) = I(X; Z) + I(X; Y | Z)",
        r"H(X|Y) \leq H(X)",
        r"I(X, Y) \geq 0",
        r"H(X_1, X_2) \leq H(X_1) + H(X_2)",
    ],
)
def test_what_holds_of_every_joint_distribution_is_proved(tmp_path: Path, formula: str) -> None:
    report = checked(tmp_path, f"We find that\n$$ {formula} $$\n", "text.md")
    assert set(verdicts(report)) == {"proved"}


@pytest.mark.parametrize(
    "formula",
    [
        "H(X, Y) = H(X) + H(Y)",
        "H(X, Y) = H(Y|X) - H(X)",
        "I(X; Y) = H(X) + H(X|Y)",
        "H(X|Y) = H(Y|X)",
        r"H(X|Y) \geq H(X)",
        "I(X; Y | Z) = H(X | Y) - H(X | Y, Z)",
        r"I(X; Y | Z) \leq I(X; Y)",
    ],
)
def test_what_does_not_is_refuted(tmp_path: Path, formula: str) -> None:
    assert verdicts(checked(tmp_path, f"We find that\n$$ {formula} $$\n", "text.md"))[-1] == "refuted"


def test_the_entropy_of_X_is_that_of_the_x_of_a_distribution(tmp_path: Path) -> None:
    entropy = "We have\n$$ H(X) = - \\sum_x p(x) \\log p(x) $$\nand\n"
    text = f"{entropy}$$ H(X) + H(Y|X) = - \\sum_x \\sum_y p(x,y) \\log p(x,y) $$\n"
    report = checked(tmp_path, text, "text.md")
    assert verdicts(report)[-1] == "proved"
    wrong = text.replace("p(x,y) $$", "p(x) $$")
    assert verdicts(checked(tmp_path, wrong, "text.md"))[-1] == "refuted"


@pytest.mark.parametrize(
    "words",
    [
        "Let $X$ be a continuous random variable.",
        r"Let $X \sim \mathcal{N}(\mu, \sigma^2)$.",
        r"The entropy is $H(X) = -\int p(x) \ln p(x) \, dx$.",
    ],
)
def test_an_entropy_of_densities_is_not_taken_for_one_of_a_table(tmp_path: Path, words: str) -> None:
    text = f"{words} We find that\n$$ H(X) \\geq 0 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) != ["proved"]


def test_H_of_a_number_is_left_alone(tmp_path: Path) -> None:
    text = "We find that\n$$ H(p) = - p \\log p - (1 - p) \\log (1 - p) $$\n"
    (step,) = steps_of(checked(tmp_path, text, "text.md"))
    assert step.left == r"H\left(p\right)"


DENSITIES = r"""Let $X$ and $Y$ be continuous random variables with joint density $p(x,y)$. Their mutual information is

$$
\mathrm{I}(X,Y) = \int \int p(x,y) \log \frac{p(x,y)}{p(x) \, p(y)} \, \mathrm{d}y \, \mathrm{d}x \; .
$$

We have

$$
%s \; .
$$
"""


@pytest.mark.parametrize(
    "step",
    [
        (
            r"\mathrm{I}(X,Y) = \int \int p(x,y) \log p(x,y) \, \mathrm{d}y \, \mathrm{d}x"
            r" - \int p(x) \log p(x) \, \mathrm{d}x - \int p(y) \log p(y) \, \mathrm{d}y"
        ),
        r"\mathrm{I}(X,Y) = \mathrm{h}(X) + \mathrm{h}(Y) - \mathrm{h}(X,Y)",
        r"\mathrm{I}(X,Y) = \mathrm{h}(X) - \mathrm{h}(X|Y)",
        r"\mathrm{h}(X|Y) \leq \mathrm{h}(X)",
    ],
)
def test_entropies_of_densities(tmp_path: Path, step: str) -> None:
    assert verdicts(checked(tmp_path, DENSITIES % step, "text.md"))[-1] == "proved"


@pytest.mark.parametrize(
    "step",
    [
        r"\mathrm{h}(X) \geq 0",
        r"\mathrm{h}(X, Y) \geq \mathrm{h}(X)",
        r"\mathrm{I}(X,Y) \leq \mathrm{h}(X)",
        r"\mathrm{H}(X) \geq 0",
        r"\mathrm{I}(X,Y) = \mathrm{h}(X) + \mathrm{h}(Y) + \mathrm{h}(X,Y)",
        r"\mathrm{h}(X) = \int p(x) \log p(x) \, \mathrm{d}x + 1",
    ],
)
def test_what_holds_of_probabilities_alone_is_not_proved_of_densities(tmp_path: Path, step: str) -> None:
    assert verdicts(checked(tmp_path, DENSITIES % step, "text.md"))[-1] not in ("proved", "given")


@pytest.mark.parametrize(
    "claim", ["H(f(X)) = H(X)", "H(g(X), Y) = H(X, Y)", "I(g(X); Y) = I(X; Y)", "H(X | g(Y)) = H(X | Y)"]
)
def test_a_function_of_a_random_variable_is_no_distribution_of_it(tmp_path, claim):
    text = f"Let $X$ and $Y$ be discrete random variables. Then\n\n$$ {claim} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("proved", "given")


def test_the_entropy_of_a_distribution_is_that_of_its_variable(tmp_path):
    text = "Let $P(X)$ be a distribution. Then\n\n$$ H(P(X)) {} 0 $$\n"
    assert verdicts(checked(tmp_path, text.format(r"\ge"), "right.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text.format("<"), "wrong.md"))[0] in ("gap", "refuted")


PLAIN = r"""Let $h(X) = \frac12 \ln(2 \pi e s)$ be the differential entropy of $X$, with $s > 0$.

The mutual information of $X$ and $Y$ is
$$ I(X, Y) = h(X) - h(X \mid Y). $$
"""
CHAIN = r"""Let $X$ and $Y$ be continuous random variables. By the chain rule,
$$ I(X; Y) = h(X) + h(Y) - h(X, Y) = h(Y) - h(Y \mid X). $$
"""


def test_a_plain_h_before_random_variables_is_an_entropy(tmp_path: Path) -> None:
    assert verdicts(checked(tmp_path, PLAIN, "text.md")) == ["given"]
    noisy = PLAIN.replace("$s > 0$", r"$s > 0$, and $h(X \mid Y) = \frac12 \ln(2 \pi e v)$ with $v > 0$")
    result = noisy + "Hence\n$$ I(X, Y) = \\frac12 \\ln \\frac{s}{v}. $$\n"
    assert verdicts(checked(tmp_path, result, "text.md"))[-1] == "proved"
    wrong = result.replace(r"\frac{s}{v}", r"\frac{v}{s}")
    assert verdicts(checked(tmp_path, wrong, "text.md"))[-1] == "gap"


VALUES = """The entropy of a fair die $X$ is
$$ H(X) = \\ln 6. $$
That of its number given its parity is
$$ H(X|Y) = \\ln 3. $$
Hence
$$ I(X; Y) = H(X) - H(X|Y) = \\ln 6 - \\ln 3 = \\ln 2. $$
"""


def test_the_values_of_entropies_are_used(tmp_path: Path) -> None:
    assert verdicts(checked(tmp_path, VALUES, "text.md")) == ["given", "given", "proved", "proved", "proved"]
    wrong = VALUES.replace(r"\ln 6 - \ln 3 = \ln 2", r"\ln 6 + \ln 3 = \ln 18")
    assert verdicts(checked(tmp_path, wrong, "text.md"))[3] in ("refuted", "gap", "unknown")


@pytest.mark.parametrize("names", ["XY", "xy"])
def test_differential_entropies_obey_the_chain_rule(tmp_path: Path, names: str) -> None:
    text = CHAIN.translate(str.maketrans("XY", names))
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"
    wrong = text.replace(r"= h({1}) - h({1} \mid {0})".format(*names), r"= h({1}) - h({0} \mid {1})".format(*names))
    assert wrong != text
    assert verdicts(checked(tmp_path, wrong, "text.md"))[-1] in ("refuted", "gap")


@pytest.mark.parametrize(
    "text",
    [
        "Let $h$ be a deterministic function. The entropy obeys\n$$ H(h(X)) = H(h(X) | X) + H(h(X)). $$\n",
        "The mutual information is $I(X; Y)$. For the step $h$ we have\n$$ h(X + Y) = h(X) + h(Y). $$\n",
        "Let $h(X)$ be a function of $X$, $I(X; Y)$ the mutual information. Then\n$$ h(X) = 2 h(X). $$\n",
    ],
)
def test_an_h_that_a_text_takes_for_something_else_is_none(tmp_path: Path, text: str) -> None:
    (step,) = steps_of(checked(tmp_path, text, "text.md"))
    assert r"\mathrm{h}" not in step.left
    assert step.verdict != "proved"


@pytest.mark.parametrize(
    "formula", ["h(a X) = h(X) + \\ln a", "H(2 X) = H(X)", r"\mathrm{h}(X + c) + 1 = \mathrm{h}(X) + 1"]
)
def test_the_entropy_of_what_is_computed_is_left_open(tmp_path: Path, formula: str) -> None:
    text = f"Let $X$ be a continuous random variable with entropy $h(X)$. We find that\n$$ {formula}. $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["unknown"]


MIXED = r"""Let $X$ be discrete and $Y$ be continuous. Then
$$ I(X; Y) = H(X) - H(X \mid Y) = h(Y) - h(Y \mid X). $$
And
$$ @ \ge 0. $$
"""


def test_what_is_called_discrete_has_no_density(tmp_path: Path) -> None:
    text = MIXED.replace("@", r"H(X \mid Y)")
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved"] * 3
    text = MIXED.replace("@", r"h(Y \mid X)")
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "gap"
    text = MIXED.replace("@", r"H(X \mid Y)").replace("be discrete", "be not discrete")
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "gap"


def test_the_last_value_of_an_entropy_counts(tmp_path: Path) -> None:
    text = "Let $H(X) = 3$. Then\n$$ 2 H(X) = 6. $$\nNow let $H(X) = 2$. Then\n$$ 2 H(X) = @. $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", "4"), "text.md")) == ["proved", "proved"]
    assert verdicts(checked(tmp_path, text.replace("@", "6"), "text.md"))[-1] != "proved"


@pytest.mark.parametrize("words", ["With energy $e > 0$, the", "Let $s, e > 0$. The", "The error is $e = a - b$. The"])
def test_an_e_that_prose_bounds_or_defines_is_not_the_number(tmp_path: Path, words: str) -> None:
    text = f"{words} entropy is $H(X) = \\ln(2 e)$. Then\n$$ H(X) = \\ln 2 + 1. $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("gap", "refuted", "unknown")


@pytest.mark.parametrize("words", ["The", "With Euler's number $e = 2.718$, the"])
def test_another_e_is_the_number(tmp_path: Path, words: str) -> None:
    text = f"{words} entropy is $H(X) = \\ln(2 e)$. Then\n$$ H(X) = \\ln 2 + 1. $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"
