"""What prose announces: events and densities, what is supposed of events, and relations that are no definitions."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

EVENTS = "Let $A$, $B$ and $C$ be events.\n\n{}\n\nTherefore\n\n$$ {} $$\n"
SUPPOSED = [
    ("Suppose that $A$, $B$ and $C$ are independent.", r"P(A | B \cap C) = P(A)", r"P(A | B \cap C) = P(B)"),
    (
        "Suppose that $A$, $B$ and $C$ are mutually independent.",
        r"P(A \cap B \cap C) = P(A \cap C) P(B)",
        r"P(A \cap B \cap C) = P(A \cap C) P(A)",
    ),
    (
        "Assume that $A$ and $B$ are conditionally independent given $C$.",
        r"P(A \cap B | C) = P(A | C) P(B | C)",
        r"P(A \cap B) = P(A) P(B)",
    ),
    ("Throughout, $A \\subseteq B$.", r"P(A \cap C) \leq P(B \cap C)", r"P(B \cap C) \leq P(A \cap C)"),
    ("Suppose that $A \\cap B = A$.", r"P(A | B) = \frac{P(A)}{P(B)}", r"P(A | B) = P(A)"),
    ("Suppose that $A \\cap B = \\emptyset$.", r"P(A) + P(B) \leq 1", r"P(A) + P(C) \leq 1"),
    ("All is well.", r"P(C | B) \leq 1", r"P(C | B) \leq P(C)"),
    ("All is well.", r"P(A \cap C | B) \leq P(C | B)", r"P(A | B) \leq P(A \cap C | B)"),
]


@pytest.mark.parametrize(("said", "right", "wrong"), SUPPOSED)
def test_what_is_supposed_of_events(tmp_path, said, right, wrong):
    sections = "\n\n# Another\n\n".join(EVENTS.format(said, goal) for goal in (right, wrong))
    first, second = verdicts(checked(tmp_path, sections, "text.md"))
    assert first == "proved"
    assert second in ("gap", "refuted")


@pytest.mark.parametrize(
    "said",
    [
        "Some authors assume that $A \\subseteq B$.",
        "It is false that $A \\subseteq B$.",
        "Whether $A \\subseteq B$ is not known.",
        "Suppose that $A \\subseteq B$ or not.",
        "Suppose that $A \\not\\subseteq B$.",
        "The case $A \\subseteq B$ is left out.",
    ],
)
def test_what_is_not_supposed_of_events(tmp_path, said):
    assert verdicts(checked(tmp_path, EVENTS.format(said, r"P(A) \leq P(B)"), "text.md"))[-1] == "gap"


def test_independence_given_an_event_is_none_without_it(tmp_path):
    said = "Suppose that $A$ and $B$ are independent given $C$."
    assert verdicts(checked(tmp_path, EVENTS.format(said, "P(A | B) = P(A)"), "text.md"))[-1] == "gap"


DENSITIES = "Let $T(x, y, z)$ be densities of continuous random variables.\n\nHence we obtain\n\n{}\n"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (r"T(y) = T(y) \int T(x) dx", "T(y) = 2 T(y)"),
        (r"T(y|x) = \frac{T(x, y)}{T(x)}", r"T(y|x) = \frac{T(x, y)}{T(y)}"),
        (r"T(y, z) = T(y) T(z|y)", "T(y, z) = T(y) T(z)"),
        (r"T(x, y) = \int T(x, y, z) dz", r"T(x, y) \leq T(x)"),
    ],
)
def test_announced_densities_are_not_defined_again(tmp_path, right, wrong):
    assert verdicts(checked(tmp_path, DENSITIES.format(f"$$ {right} $$"), "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, DENSITIES.format(f"$$ {wrong} $$"), "text.md"))[-1] in ("gap", "refuted")
    left, rest = wrong.split(") ", 1)
    chain = f"\\begin{{align}}\n{left}) &= {left}) \\\\\n&{rest}\n\\end{{align}}"
    assert verdicts(checked(tmp_path, DENSITIES.format(chain), "text.md"))[-1] in ("gap", "refuted")


@pytest.mark.parametrize(
    "text",
    [
        "Let $p(x)$ be a density. It is given by\n\n$$ p(x) = \\lambda e^{-\\lambda x} $$\n",
        "Let $p(x)$ be a density. We have\n\n$$ p(x) = \\frac{1}{2} e^{-a x} $$\n",
        "Let $A$ and $B$ be events. We have\n\n$$ P(A) = 0.3 $$\n",
        "Let $A$ and $B$ be events. Suppose that\n\n$$ P(A \\cap B) = P(A) P(B) $$\n",
    ],
)
def test_what_says_what_is_announced_is_given(tmp_path, text):
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "given"


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("Let $p(x)$ be the price of $x$ and let $q(y)$ be a distribution.", r"\sum_x p(x) = 1"),
        ("Let $f(x)$ be a function and $p(x)$ a probability distribution.", r"\sum_x f(x) = 1"),
        ("The density $p(x)$ is multiplied by $g(x)$.", r"\int g(x) dx = 1"),
        ("The reward $r(s)$ depends on the distribution $d(s)$.", r"\sum_s r(s) = 1"),
        ("Let $w(x)$ be weights for the distribution $p(x)$.", r"\sum_x w(x) = 1"),
        ("Let $f(x)$ be the utility under the distribution $p(x)$.", r"f(x) \le 1"),
        ("Let $p(x)$ be a distribution and $h(x)$ a statistic.", r"\sum_x h(x) = \sum_x p(x)"),
    ],
)
def test_not_all_that_stands_beside_a_distribution_is_one(tmp_path, said, claim):
    assert verdicts(checked(tmp_path, f"{said} Then\n\n$$ {claim} $$\n", "text.md"))[-1] not in ("proved", "given")


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("Let $p(x)$ and $q(x)$ be two probability distributions.", r"\sum_x (p(x) + q(x)) = 2"),
        ("Let $p(x, y)$ be a joint distribution.", r"\sum_x \sum_y p(x, y) = 1"),
        ("We are given the densities $f(x)$ and $g(x)$.", r"\int (f(x) + g(x)) dx = 2"),
        ("Let $f(x)$ denote the probability density function of $X$.", r"\int f(x) dx = 1"),
        ("Let $f(x)$ be a function and $p(x)$ a probability distribution.", r"\sum_x p(x) = 1"),
        ("Consider a probability distribution over states, $d(s)$.", r"\sum_s d(s) = 1"),
    ],
)
def test_what_is_called_one_is(tmp_path, said, claim):
    assert verdicts(checked(tmp_path, f"{said} Then\n\n$$ {claim} $$\n", "text.md"))[-1] == "proved"
