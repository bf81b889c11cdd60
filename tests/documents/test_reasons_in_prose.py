"""A fact that a sentence gives as its reason holds from there on: `since $a = b$, ...`."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

TEXT = r"""The coefficient is defined as

$$ r = \frac{e}{t} $$

%s

$$ r = \frac{t - s}{t} $$

and therefore

$$ \frac{s}{t} = 1 - r $$
"""


@pytest.mark.parametrize(
    "words",
    [
        "Since $t = e + s$, this can be rearranged as",
        "Because $t = e + s$, we have",
        "Using that $t = e + s$ we find",
        "Recalling that $t = e + s$ we get",
    ],
)
def test_a_reason_holds_from_there_on(tmp_path, words):
    assert verdicts(checked(tmp_path, TEXT % words, "text.md")) == ["given", "proved", "proved"]


@pytest.mark.parametrize(
    "words",
    [
        "Since $t = e + s$ cannot hold, this is",
        "If, because $t = e + s$ or $t = e - s$, we find",
        "It is not so that, since $t = e + s$, we get",
        "Since $t = e + s$ would be too simple, this is",
        "This differs from $t = e + s$, and reads",
        "Since $t = e + s$ and $t = e - s$ contradict each other, this is",
        "Since $t = e + s$ holds for some of them, this is",
    ],
)
def test_other_words_give_none(tmp_path, words):
    assert verdicts(checked(tmp_path, TEXT % words, "text.md"))[1] != "proved"


SEVERAL = r"""Let $s > 0$. We have

$$
\begin{aligned}
p(y|m) &= \prod_{i=1}^n p(y_i|m) \\
&= \left( \frac{1}{2 \pi s^2} \right)^{n/2} \exp\left[ -\frac{1}{2 s^2} \sum_{i=1}^n (y_i - m)^2 \right]
\end{aligned}
$$

where $p(y_i|m) = \frac{1}{\sqrt{2 \pi s^2}} \exp\left[ -\frac{(y_i - m)^2}{2 s^2} \right]$. Thus

$$ \log p(y|m) = - \frac{n}{2} \log(2 \pi s^2) - \frac{1}{2 s^2} \sum_{i=1}^n (y_i - m)^2 $$
"""


def test_one_of_several_equations_for_a_quantity(tmp_path):
    assert verdicts(checked(tmp_path, SEVERAL, "text.md"))[-1] == "proved"
    wrong = SEVERAL.replace(r"$$ \log p(y|m) = - \frac{n}{2}", r"$$ \log p(y|m) = - n")
    assert verdicts(checked(tmp_path, wrong, "text.md"))[-1] != "proved"
