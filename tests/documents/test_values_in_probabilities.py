"""Probabilities that discrete variables have values: which follow from which values these can have."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

BINARY = "Let $H$ and $D$ be binary. We get"
TEST = (
    r"Let $H$ be binary with $P(H = 1) = 0.01$. "
    r"Suppose $P(D = 1 \mid H = 1) = 0.9$ and $P(D = 1 \mid H = 0) = 0.2$. Then"
)
GIVEN = "Let $A_1$ and $A_2$ be conditionally independent given $H$. Then"

RIGHT = [
    (r"Let $H, D \in \{0, 1\}$. We get", "P(D = 1) = P(D = 1, H = 0) + P(D = 1, H = 1)"),
    (BINARY, "P(D = 1) = P(D = 1, H = 0) + P(D = 1, H = 1)"),
    (BINARY, r"P(D = 0) = P(D = 0 \mid H = 0) P(H = 0) + P(D = 0 \mid H = 1) P(H = 1)"),
    (BINARY, r"P(D = 0 \mid H = 1) = 1 - P(D = 1 \mid H = 1)"),
    ("We get", r"P(H = 1 \mid D = 1) = \frac{P(D = 1 \mid H = 1) P(H = 1)}{P(D = 1)}"),
    ("We get", "P(H = 1, D = 1) + P(H = 2, D = 1) = P(D = 1) - P(D = 1) + P(D = 1, H = 1) + P(D = 1, H = 2)"),
    ("The variable $H$ takes the values $0$, $1$ and $2$. Thus", "P(H = 0) = 1 - P(H = 1) - P(H = 2)"),
    (TEST, r"P(D = 1 \mid H = 0) P(H = 0) + P(D = 1 \mid H = 1) P(H = 1) = 0.207"),
    ("Let $X$ and $Y$ be independent binary variables. We get", "P(X = 1, Y = 0) = P(X = 1) (1 - P(Y = 1))"),
]  # fmt: skip
WRONG = [
    (r"Let $H, D \in \{0, 1\}$. We get", "P(D = 1) = P(D = 1, H = 0) - P(D = 1, H = 1)"),
    (BINARY, r"P(D = 0) = P(D = 0 \mid H = 0) P(H = 0) + P(D = 0 \mid H = 1) P(H = 0)"),
    (BINARY, r"P(D = 0 \mid H = 1) = 1 - P(D = 1 \mid H = 0)"),
    ("We get", r"P(H = 1 \mid D = 1) = \frac{P(D = 1 \mid H = 1) P(D = 1)}{P(H = 1)}"),
    ("The variable $H$ takes the values $0$, $1$ and $2$. Thus", "P(H = 0) = 1 + P(H = 1) - P(H = 2)"),
    (TEST, r"P(D = 1 \mid H = 0) P(H = 0) + P(D = 1 \mid H = 1) P(H = 1) = 0.217"),
    ("Let $X$ and $Y$ be binary variables. We get", "P(X = 1, Y = 0) = P(X = 1) (1 - P(Y = 1))"),
]  # fmt: skip
OPEN = [
    ("We get", "P(H = 0) = 1 - P(H = 1)"),
    ("The variable $H$ takes the values $0$, $1$ and $2$. Thus", "P(H = 0) + P(H = 3) = 1 - P(H = 1)"),
    ("The variable $H$ is not binary. Thus", "P(H = 0) = 1 - P(H = 1)"),
    ("We get", r"P(X = 0) = \frac{1}{2}"),
    ("We get", "P(D = 1) = P(D = 1, H = 0) + P(D = 1, H = 1)"),
    ("We get", r"P(X = 0) = e^{-\lambda}"),
]


@pytest.mark.parametrize(("said", "formula"), RIGHT)
def test_what_follows_from_the_values_is_proved(tmp_path, said, formula):
    text = f"{said}\n\n$$1 + 1 = 2$$\n\nand therefore\n\n$${formula}.$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"


@pytest.mark.parametrize(("said", "formula"), WRONG)
def test_what_does_not_is_told(tmp_path, said, formula):
    text = f"{said}\n\n$$1 + 1 = 2$$\n\nand therefore\n\n$${formula}.$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("gap", "refuted")


@pytest.mark.parametrize(("said", "formula"), OPEN)
def test_what_hangs_on_values_that_are_not_said_is_open(tmp_path, said, formula):
    text = f"{said}\n\n$$1 + 1 = 2$$\n\nand therefore\n\n$${formula}.$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("given", "unknown")


def test_variables_that_are_independent_given_another_one(tmp_path):
    text = f"{GIVEN}\n\n$$P(A_1 = 1, A_2 = 0 %s) = P(A_1 = 1 %s) P(A_2 = 0 %s).$$\n"
    given = r"\mid H = 1"
    assert verdicts(checked(tmp_path, text % (given, given, given), "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text % ("", "", ""), "text.md")) != ["proved"]


def test_a_marginal_over_values_that_are_not_said_to_be_all_is_recalled(tmp_path):
    text = "We marginalise to obtain the chance that both tests are positive:\n\n$$P(D = 1, F = 1) = %s.$$\n"
    assert verdicts(checked(tmp_path, text % "P(D = 1, F = 1, H = 0) + P(D = 1, F = 1, H = 1)", "text.md")) == ["given"]


@pytest.mark.parametrize(
    ("said", "formula", "right"),
    [
        ("Let $A$ and $B$ be binary and independent.", "P(A = 1, B = 0) = P(A = 1) (1 - P(B = 1))", True),
        ("Let $A$ and $B$ be binary and independent.", "P(A = 1, B = 1) = P(A = 1)", False),
        ("Let $A$ and $B$ be binary and not independent.", "P(A = 1, B = 1) = P(A = 1) P(B = 1)", False),
        ("Let $A$ and $B$ be binary, independent given $C = 1$ only.", r"P(A = 1, B = 1) = P(A = 1) P(B = 1)", False),
        (r"Let $A \in \{0, 1, 2\}$.", "P(A = 0) + P(A = 1) = 1", False),
    ],
)
def test_binary_and_independent(tmp_path, said, formula, right):
    (word,) = verdicts(checked(tmp_path, f"{said} Then\n\n$$ {formula} $$\n", "text.md"))
    assert (word == "proved") is right
