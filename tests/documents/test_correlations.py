r"""`\mathrm{Corr}(X, Y)` and `\mathrm{Std}(X)` in a text that does not say what they are."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

TEXT = r"""Let $X$ and $Y$ be random variables. We have

$$
a - a = 0
$$

and

$$
\begin{split}
0 &= 1 - 1 \\
&= %s
\end{split}
$$
"""
RIGHT = [
    r"\mathrm{Corr}(X, Y) - \frac{\mathrm{Cov}(X, Y)}{\sqrt{\mathrm{Var}(X)} \sqrt{\mathrm{Var}(Y)}}",
    r"\mathrm{Corr}(X, Y) - \frac{\mathrm{Cov}(X, Y)}{\sigma_X \sigma_Y}",
    r"2 \mathrm{Std}(X) - 2 \sqrt{\mathrm{Var}(X)}",
    r"\mathrm{Var}\left( \frac{X}{\sigma_X} + \frac{Y}{\sigma_Y} \right) - 2 - 2 \, \mathrm{Corr}(X, Y)",
]
WRONG = [
    r"\mathrm{Corr}(X, Y) - \frac{\mathrm{Cov}(X, Y)}{\mathrm{Var}(X) \mathrm{Var}(Y)}",
    r"\mathrm{Corr}(X, Y) - \frac{\mathrm{Cov}(X, Y)}{\sigma_X^2}",
    r"\mathrm{Corr}(X, Y) - \mathrm{Cov}(X, Y)",
    r"\mathrm{Corr}(X, Y) + \mathrm{Corr}(Y, X)",
    r"\mathrm{Std}(X) - \mathrm{Var}(X)",
    r"\mathrm{Corr}(X, Y, Z) - \frac{\mathrm{Cov}(X, Y)}{\sigma_X \sigma_Y}",
]


@pytest.mark.parametrize("step", RIGHT)
def test_what_follows_is_proved(tmp_path, step):
    assert verdicts(checked(tmp_path, TEXT % step, "text.md"))[-1] == "proved"


@pytest.mark.parametrize("step", WRONG)
def test_what_does_not_is_not(tmp_path, step):
    assert verdicts(checked(tmp_path, TEXT % step, "text.md"))[-1] not in ("proved", "given")


def test_what_the_text_says_it_is_counts(tmp_path):
    text = "Let\n\n$$\n\\mathrm{Corr}(X, Y) = \\mathrm{Cov}(X, Y)\n$$\n\n" + TEXT % RIGHT[0]
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("proved", "given")


@pytest.mark.parametrize(
    "words",
    [
        r"Here $\mathrm{Corr}(X, Y)$ is Spearman's coefficient.",
        r"Here $\mathrm{Corr}(X, Y) = \mathrm{Cov}(X, Y)$.",
        "Here $\\mathrm{Corr}$ is something else.",
        "By correlations we mean rank correlations.",
        "Correlations are those of the sample.",
    ],
)
def test_where_the_prose_speaks_of_other_correlations_nothing_is_known(tmp_path, words):
    text = (TEXT % RIGHT[0]).replace("We have", f"{words} We have")
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("proved", "given")


def test_what_another_section_says_it_is_counts(tmp_path):
    text = "# Before\n\nLet\n\n$$\n\\mathrm{Corr}(X, Y) = \\mathrm{Cov}(X, Y)\n$$\n\n# Behind\n\n" + TEXT % RIGHT[0]
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("proved", "given")


ALIKE = r"have the same mean $\mu$ and the same variance $\sigma^2$"
OF_BOTH = r"\mathrm{Var}(X + Y) = 2 \sigma^2 (1 + \rho)"


@pytest.mark.parametrize(
    "said",
    [
        rf"Let $X$ and $Y$ {ALIKE}, with correlation $\rho$.",
        rf"Let $X$ and $Y$ {ALIKE}. The correlation between $X$ and $Y$ is $\rho$.",
        rf"Let $X$ and $Y$ {ALIKE}, where $\rho$ is the correlation coefficient of $X$ and $Y$.",
        r"Let $X$ and $Y$ be random variables with variance $\sigma^2$ and correlation $\rho$.",
    ],
)
def test_the_correlation_that_prose_speaks_of_is_known(tmp_path, said):
    text = f"{said} Then we get\n\n$$ {OF_BOTH} . $$\n\nand\n\n$$ {OF_BOTH.replace('+ Y', '- Y')} . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved", "gap"]


@pytest.mark.parametrize(
    "said",
    [
        rf"Let $X$ and $Y$ {ALIKE}, with sample correlation $\rho$.",
        rf"Let $X$ and $Y$ {ALIKE}, and $Z$ and $W$ have correlation $\rho$.",
        rf"Let $X$ and $Y$ {ALIKE}. Some authors assume that $\rho$ is the correlation between $X$ and $Y$.",
        rf"Let $X$ and $Y$ {ALIKE}. Here $\rho$ is the rank correlation of $X$ and $Y$.",
    ],
)
def test_another_correlation_says_nothing(tmp_path, said):
    text = f"{said} Then we get\n\n$$ {OF_BOTH} . $$\n\nand\n\n$$ \\tau = \\tau . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[0] != "proved"
