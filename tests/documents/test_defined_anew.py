"""What is said of a name holds where it is said: of a function that is defined anew, in a proof, behind a theorem."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

FIRST, SECOND = ("Let $f(x) = x^2$.", "Let $f(x) = x^3$.")
SHOWN = "Let\n\n$$ f(x) = x^2 . $$\n\n"
ANEW = {
    "said twice": ("Let $f(x) = x^2$. ", "Now let $f(x) = x^3$. "),
    "shown, then said": (SHOWN, "Now let $f(x) = x^3$. "),
    "said, then shown": ("Let $f(x) = x^2$. ", "Now let\n\n$$ f(x) = x^3 . $$\n\n"),
}


@pytest.mark.parametrize("way", ANEW)
@pytest.mark.parametrize(("one", "other"), [("10", "28"), ("28", "28"), ("10", "10")])
def test_a_function_is_what_was_said_last(tmp_path, way, one, other):
    first, second = ANEW[way]
    text = f"{first}Then\n\n$$ f(3) + 1 = {one} . $$\n\n{second}Then\n\n$$ f(3) + 1 = {other} . $$\n"
    found = [word for word in verdicts(checked(tmp_path, text, "text.md")) if word != "given"]
    assert [word == "proved" for word in found] == [one == "10", other == "28"]


@pytest.mark.parametrize("claim", ["f(3) + 1 = 28", "f(3) = 27"])
@pytest.mark.parametrize("second", ["**Example 2.** Let $f(x) = x^3$.", "Now let $f(x) = x^3$."])
def test_and_nothing_of_what_is_said_later(tmp_path, claim, second):
    text = f"**Example 1.** Let $f(x) = x^2$. Then\n\n$$ {claim} . $$\n\n{second} Then\n\n$$ 1 = 1 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[0] != "proved"


PROOF = r"""\begin{proof}
Let $n = 2 k$. Then
\begin{equation} n^2 = 4 k^2 . \end{equation}
%s
We conclude
\begin{equation} n^2 + 1 = 4 k^2 + 1 . \end{equation}
%s
"""


def test_what_a_proof_supposes_ends_with_it(tmp_path):
    end = r"\end{proof}"
    assert verdicts(checked(tmp_path, PROOF % ("", end), "text.tex")) == ["proved", "proved"]
    assert verdicts(checked(tmp_path, PROOF % (end, ""), "text.tex")) == ["proved", "gap"]


def test_what_stands_behind_a_theorem_is_none_of_its_claims(tmp_path):
    text = (
        r"\begin{lemma} Let $a > 0$. Then $\ln a \le a - 1$. \end{lemma} We compute \begin{equation} @ \end{equation}"
    )
    assert verdicts(checked(tmp_path, text.replace("@", "(a + b)^2 = a^2 + 2 a b + b^2"), "right.tex")) == ["proved"]
    assert verdicts(checked(tmp_path, text.replace("@", "(a + b)^2 = a^2 + b^2"), "wrong.tex"))[0] in ("gap", "refuted")


@pytest.mark.parametrize(("words", "last"), [("Let $x$ be real.", "gap"), ("Let $x$ be such that", "proved")])
def test_what_implies_something_is_no_fact(tmp_path, words, last):
    text = f"{words}\n\n$$ x > 2 \\implies x^2 > 4 $$\n\nTherefore\n\n$$ x^2 + 1 > 5 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", "proved", last]


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("Either $a = 0$ or $b = 0$.", "a = 0"),
        ("If $x > 0$ we set $y = x$, otherwise $y = 0$.", "y = x"),
        (r"Let $a \ge b$ and $b > c$.", "a > b"),
    ],
)
def test_what_was_spoken_of_is_not_defined_by_what_follows(tmp_path, said, claim):
    assert verdicts(checked(tmp_path, f"{said} Then\n\n$$ {claim} $$\n", "text.md")) == ["gap"]
    assert verdicts(checked(tmp_path, f"Let $u > 0$. Then\n\n$$ {claim} $$\n", "text.md")) == ["given"]


@pytest.mark.parametrize(
    "other",
    [
        "In the second case, $f(x) = x^3$.",
        "For the second loss, $f(x) = x^3$.",
        "For the second loss we have $f(x) = x^3$.",
        "Another choice is $f(x) = x^3$.",
        "Alternatively, take $f(x) = x^3$.",
        "A second loss has $f(x) = x^3$.",
        "If the loss is cubic, $f(x) = x^3$.",
        "Next, $f(x) = x^3$.",
    ],
)
@pytest.mark.parametrize("claim", ["f(2) = 4", "f(2) = 8", "f'(2) = 4"])
def test_behind_words_for_another_one_a_function_is_not_known(tmp_path, other, claim):
    first = "The first loss is $f(x) = x^2$."
    before = verdicts(checked(tmp_path, f"{first}\n\n$$ {claim} $$\n", "first.md"))
    assert before == ["gap" if claim.endswith("8") else "proved"]
    behind = verdicts(checked(tmp_path, f"{first} {other}\n\n$$ {claim} $$\n", "second.md"))
    assert behind == ["unknown"]


@pytest.mark.parametrize("again", ["That is, $f(x) = x^2$.", "As for the second loss, $f(x) = x^2$."])
def test_what_is_said_again_is_known(tmp_path, again):
    text = f"The first loss is $f(x) = x^2$. {again}\n\n$$ f(2) = 4 $$\n\n$$ f(2) = 8 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved", "gap"]


LIST = r"""%s

$$
\begin{aligned}
k(x) & = e^{-x^2} && \text{Gaussian;} \\
k(x) & = 1 \text{ if } x \leq 1 && \text{Boxcar;} \\
k(x) & = %s && \text{Epanechikov.}
\end{aligned}
$$

$$ k(0) = 1 $$
"""


def test_a_list_of_several_things_defines_none_of_them(tmp_path):
    text = LIST % ("Some common kernels are", r"\max(0, 1 - x)")
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given"] * 4 + ["unknown"]
    text = "%s\n\n$$\n\\begin{aligned}\nk(x) & = x + x \\\\\nk(x) & = 3 x\n\\end{aligned}\n$$\n"
    assert verdicts(checked(tmp_path, text % "Let $k(x) = 2 x$. We find", "text.md"))[-1] in ("gap", "refuted")
    assert verdicts(checked(tmp_path, text % "Typical kernels are", "text.md"))[-1] == "given"


@pytest.mark.parametrize("claim", ["f(2) = 4", "f(2) = 8", "f'(1) = 3", "f'(1) = 2"])
def test_one_sentence_about_two_functions_with_one_name_defines_neither(tmp_path, claim):
    said = "The gradient of $f(x) = x^2$ at a point is compared with that of $f(x) = x^3$."
    assert verdicts(checked(tmp_path, f"{said} Then\n\n$$ {claim} $$\n", "text.md")) == ["unknown"]
