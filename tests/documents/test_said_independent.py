r"""What sentences say of how variables depend on each other, and what they do not say: `given $Z$ and $W$`."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from symderiv import distribution, equal, variables
from symderiv.documents.displays import Display
from symderiv.documents.said_independent import SaidIndependent, as_equation, said_independent
from tests.documents.checking import checked, verdicts


def said(*texts):
    """What is said before displays, and behind the last one: names, what is given, and the displays it holds for."""
    *before, after = texts if len(texts) > 1 else (*texts, "")
    displays = [Display(n, None, (), before=text) for n, text in enumerate(before)]
    displays[-1].after = after
    return [
        ("".join(found.names), "".join(found.given), [n for n in range(len(displays) + 1) if found.holds_for(n)])
        for found in said_independent(displays)
    ]


@pytest.mark.parametrize(
    ("sentence", "names", "given"),
    [
        ("Let $X$ and $Y$ be independent.", "XY", ""),
        ("Suppose that $X$ is independent of $Y$.", "XY", ""),
        ("Let $X$, $Y$ and $Z$ be independent random variables on a common space.", "XYZ", ""),
        ("Let $Z$ be given. Let $X$ and $Y$ be independent.", "XY", ""),
        ("Let $X$ and $Y$ be conditionally independent given $Z$.", "XY", "Z"),
        ("Let $X$ and $Y$ be independent, given $Z$. Then for all $w$ we have", "XY", "Z"),
        ("Since $X$ and $Y$ are independent conditional on $Z$, it follows that", "XY", "Z"),
        ("Assume that $X$ is conditionally independent of $Y$ given $Z$: then", "XY", "Z"),
        ("Given $Z$, $X$ and $Y$ are conditionally independent. Hence", "XY", "Z"),
        ("Conditioned on $Z$, $X$ and $Y$ are independent, so", "XY", "Z"),
        (r"For the Markov chain $X \to Y \to Z$ we have", "XZ", "Y"),
        (r"Suppose $X \to Y \to Z$ forms a Markov chain.", "XZ", "Y"),
        (r"Let $X - Y - Z$ be a Markov chain.", "XZ", "Y"),
        ("Suppose that $X$, $Y$, and $Z$ form a Markov chain.", "XZ", "Y"),
    ],
)
def test_what_is_said_holds_from_there_on(sentence, names, given):
    assert said("", sentence, "", "") == [(names, given, [1, 2, 3])]


@pytest.mark.parametrize(
    "sentence",
    [
        "Assume that $X$ and $Y$ are conditionally independent given $Z$ and $W$.",
        "Assume that $X$ and $Y$ are conditionally independent given $Z$, $W$.",
        "Assume that $X$ is conditionally independent of $Y$ given $Z$, and $W$.",
        "Assume that $X$ and $Y$ are independent given $Z$ $= 1$.",
        "Assume that $X$ and $Y$ are conditionally independent given $Z$ for $Z > 0$.",
        "Assume that $X$ and $Y$ are conditionally independent given $Z$ on the set $A$.",
        "Given $Z$, $X$ and $Y$ are independent of $W$.",
        "Given $Z$, $X$ and $Y$ are independent from $W$.",
        "Assume that, given $V$ and given $Z$, $X$ and $Y$ are independent.",
        "Conditioned on $V$, $X$ and $Y$ are independent given $Z$.",
        r"Suppose $X \to Y \to Z$ is a Markov chain given $W$.",
        r"Given $W$, $X \to Y \to Z$ is a Markov chain.",
        r"Suppose $W \to X \to Y \to Z$ is a Markov chain.",
        "Assume that $X$ and $Y$ are independent for each value of $Z$.",
        "Let $X$ and $Y$ be independent for all $z$.",
        "Let $X$ be independent of $Y$ at every $z$.",
        "For each $z$, $X$ and $Y$ are independent.",
        "For each $z$, let $X$ and $Y$ be independent.",
        "Once $Z$ is given, $X$ and $Y$ are independent.",
        "Let $X$ and $Y$ be independent once $Z$ is given.",
        "$X$ and $Y$ are independent where $Z$ is observed.",
        "Let $X$ and $Y$ be independent on $A$.",
        "Let $X$ and $Y$ be independent of $Z$.",
        "$X$ and $Y$ are not conditionally independent given $Z$.",
        "Now, strangely, $X$ and $Y$ are independent given $Z$.",
        "Many authors assume that $X$ and $Y$ are independent given $Z$.",
        "Let $X$ and $Y$ be independent given $Z$ or constant.",
        "Let the sum of $X$ and $Y$ be independent of $W$ given $Z$.",
    ],
)
def test_what_is_not_said_is_not_taken(sentence):
    assert said(sentence, "") == []


def test_what_is_said_under_a_condition_holds_for_the_next_display():
    assert said("", "If $X$ and $Y$ are independent given $Z$, then", "", "") == [("XY", "Z", [1])]
    assert said("", "If $X$ and $Y$ are independent, then", "", "") == [("XY", "", [1])]


def test_what_is_said_beside_dependence_holds_for_the_next_display():
    again = "In general, they are dependent."
    assert said("", "Let $X$ and $Y$ be independent given $Z$.", again, "") == [("XY", "Z", [1])]
    assert said("", "Let $X$ and $Y$ be independent.", again, "") == [("XY", "", [1])]


@pytest.mark.parametrize(
    ("sentence", "claim"),
    [
        ("Assume that $X$ and $Y$ are conditionally independent given $Z$ and $W$.", "I(X;Y|Z) = 0"),
        ("Assume that $X$ and $Y$ are independent for all $z$.", "H(X|Y) = H(X)"),
    ],
)
def test_nothing_is_proved_from_what_is_not_said(tmp_path, sentence, claim):
    assert verdicts(checked(tmp_path, f"{sentence} Then\n\n$$ {claim} $$\n", "text.md")) != ["proved"]


x, y, z = variables("x y z")
P, Q, PAIR = distribution("P", x, y, z), distribution("Q", z), distribution("R", x, y)


def equation(names, given, *distributions):
    notation = SimpleNamespace(distributions={of.name: of for of in distributions})
    return as_equation(SaidIndependent(tuple(names), tuple(given), 0, None, ""), notation)


def test_it_is_an_equation_of_the_one_distribution_that_has_all_variables():
    product = equal(PAIR(x, y), PAIR(x) * PAIR(y))
    given = equal(P(x, y | z), P(x | z) * P(y | z))
    of_given = distribution("S", x, y | z)
    factored = distribution("T", x, y, factors=Q(z))
    assert equation("XY", "", PAIR) == equation("xy", "", PAIR) == equation("xY", "", PAIR, Q, of_given) == product
    assert equation("XY", "", PAIR, factored) == product
    assert equation("XY", "Z", P, PAIR) == equation("XY", "Z", P) == given
    assert equation("XY", "", P, PAIR) is equation("XY", "", Q) is equation("XY", "") is None
    assert equation("XY", "Z", PAIR) is equation("XW", "", PAIR) is equation("xX", "", PAIR) is None
