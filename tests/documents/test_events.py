"""Events: their probabilities are means of what is 1 where they happen, and sets of them are compared."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

ROW = "\n\n$$ 1 + 1 = 2 $$\n\nand therefore\n\n$$ %s $$\n"
EVENTS = f"Let $A$, $B$ and $C$ be events. We begin with{ROW}"
DISJOINT = f"Let $A$ and $B$ be two disjoint events. We begin with{ROW}"
INDEPENDENT = f"Let $A$, $B$ and $C$ be independent events. We begin with{ROW}"
VARIABLE = f"Let $X$ be a random variable. We begin with{ROW}"


def verdict(tmp_path, text):
    _, found = verdicts(checked(tmp_path, text, "text.md"))
    return found


@pytest.mark.parametrize(
    "formula",
    [
        r"P(A \cup B) = P(A) + P(B) - P(A \cap B)",
        r"P(A \cup B \cup C) = P(A) + P(B) + P(C) - P(A \cap B) - P(A \cap C) - P(B \cap C) + P(A \cap B \cap C)",
        r"P(A \cup B) \leq P(A) + P(B)",
        r"P(A \cap B) \leq P(A)",
        r"P(A \cap B) \geq P(A) + P(B) - 1",
        r"0 \leq P(A)",
        r"1 \geq P(A)",
        r"1 - P(A) = P(A^c)",
        r"P(A \cap B) + P(A \cap B^\mathrm{c}) = P(A)",
        r"P(A | B) P(B) + P(A | \bar{B}) P(\bar{B}) = P(A)",
        r"\frac{P(A | B) P(B)}{P(A)} = P(B | A)",
        r"P((A \cup B)^c) = P(A^c \cap B^c)",
        r"P(A \setminus B) = P(A) - P(A \cap B)",
        r"P(A \cap B \cap C) = P(A | B \cap C) P(B | C) P(C)",
        r"\Pr(A \wedge B) + \Pr(A \vee B) = \Pr(A) + \Pr(B)",
        r"P(A \cup B) = P(A) + P(B \cap A^c)",
        r"(A \cap B) \cup (A \cap B^c) = A",
        r"A \cap (B \cup C) = (A \cap B) \cup (A \cap C)",
        r"(A \cap B)^c = A^c \cup B^c",
        r"A \cap A^c = \emptyset",
        r"P(A \cap A) = P(A)",
    ],
)
def test_what_holds_of_events_is_proved(tmp_path, formula):
    assert verdict(tmp_path, EVENTS % formula) == "proved"


@pytest.mark.parametrize(
    "formula",
    [
        r"P(A \cup B) = P(A) + P(B)",
        r"P(A \cap B) = P(A) P(B)",
        r"P(A \cup B) \leq P(A)",
        r"P(A \cap B) \geq P(A)",
        r"P(A) + P(B) \leq 1",
        r"P(A \setminus B) = P(A) - P(B)",
        r"P(A | B) P(B) = P(B | A)",
        r"P(A | B) + P(A | B^c) = 1",
        r"P(A | B) P(B) = P(A)",
        r"P((A \cup B)^c) = P(A^c \cup B^c)",
        r"P(A \cap B) \leq P(A) P(B)",
        r"P(A)^2 = P(A)",
        r"A \cup B = A",
        r"(A \cap B)^c = A^c \cap B^c",
        r"P(A) P(B) = P(B)",
    ],
)
def test_what_does_not_is_told(tmp_path, formula):
    assert verdict(tmp_path, EVENTS % formula) in ("gap", "refuted")


def test_a_counterexample_says_where_an_event_happens(tmp_path):
    report = checked(tmp_path, EVENTS % r"P(A \cup B) = P(A) + P(B)", "text.md")
    _, (step,) = (derivation.steps for derivation in report.derivations)
    values = step.verdict.counterexample.values
    assert values["A"] == values["B"] == [1]
    assert set(values) == {r"|\Omega|", r"\Pr", "A", "B"}


def test_conditions_are_probabilities(tmp_path):
    report = checked(tmp_path, EVENTS % r"1 = P(B | B)", "text.md")
    _, (step,) = (derivation.steps for derivation in report.derivations)
    assert step.verdict.conditions == (r"P\left(B\right) > 0",)


@pytest.mark.parametrize(
    "formula",
    [
        r"P(A \cup B) = P(A) + P(B)",
        r"P(A \cap B) = 0",
        r"P(A) + P(B) \leq 1",
        r"A \cap B = \emptyset",
        r"P(A | B) P(B) = 0",
    ],
)
def test_disjoint_events(tmp_path, formula):
    assert verdict(tmp_path, DISJOINT % formula) == "proved"
    denied = (DISJOINT % formula).replace(
        "Let $A$ and $B$ be two disjoint events.", "The events $A$ and $B$ are not disjoint."
    )
    assert verdict(tmp_path, denied) in ("gap", "refuted")


@pytest.mark.parametrize(
    "formula",
    [
        r"P(A \cap B) = P(A) P(B)",
        r"P(A \cap B \cap C) = P(A) P(B) P(C)",
        r"P(A | B) P(B) = P(A) P(B)",
        r"P(A \cap B^c) = P(A) P(B^c)",
        r"P(A \cup B) = P(A) + P(B) - P(A) P(B)",
    ],
)
def test_independent_events(tmp_path, formula):
    assert verdict(tmp_path, INDEPENDENT % formula) == "proved"


@pytest.mark.parametrize("formula", [r"P(A \cup B) = P(A) + P(B)", r"P(A \cap B) = 0", r"P(A \cap B) = P(B)"])
def test_independent_events_are_not_disjoint(tmp_path, formula):
    assert verdict(tmp_path, INDEPENDENT % formula) == "gap"


@pytest.mark.parametrize(
    ("said", "proved"),
    [
        ("Let $A$, $B$ and $C$ be independent events.", 2),
        ("Let $A$, $B$ and $C$ be mutually independent events.", 2),
        ("Let $A$, $B$ and $C$ be pairwise independent events.", 1),
        ("Consider pairwise independent events $A$, $B$ and $C$.", 1),
        ("Let $A$, $B$ and $C$ be events. $A$ and $B$ are assumed to be independent.", 1),
        ("Let $A$, $B$ and $C$ be events. $A$ and $B$ are conditionally independent given $C$.", 0),
        ("Let $A$, $B$ and $C$ be events. Consider conditionally independent events $A$ and $B$.", 0),
        ("Let $A$, $B$ and $C$ be events. $A$ and $B$ are independent given $C$.", 0),
        ("Let $A$, $B$ and $C$ be events. $A$ and $B$ are independent of $C$.", 0),
        ("Let $A$, $B$ and $C$ be events. $A$ and $B$ are either dependent or independent.", 0),
        ("Let $A$, $B$ and $C$ be events. Suppose first that $A$ and $B$ are independent. In general they are not.", 0),
        ("Let $A$, $B$ and $C$ be events. If $A$ and $B$ are independent, much is easier.", 0),
    ],
)
def test_how_independent_events_are(tmp_path, said, proved):
    rows = r"P(A \cap B) = P(A) P(B)", r"P(A \cap B \cap C) = P(A) P(B) P(C)"
    text = f"{said}\n\n$$ 1 + 1 = 2 $$\n\nand therefore\n\n$$ {rows[0]} $$\n"
    other = text.replace(rows[0], rows[1])
    found = [verdicts(checked(tmp_path, text, "text.md"))[-1] for text in (text, other)]
    assert found == ["proved"] * proved + ["gap"] * (2 - proved)


BEGINNING = r"Let $A$ and $B$ be events. Then $$ P(A \cup B) = P(A) + P(B) - P(A \cap B) $$ "
SUM = r"$$ P(A \cup B) = P(A) + P(B) $$ "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"For disjoint $A$ and $B$, {SUM} and for all events therefore $$ 1 + P(A \\cup B) = 1 + P(A) + P(B) $$",
            "gap",
        ),
        (f"Now let $A$ and $B$ be disjoint. Then {SUM} and therefore $$ P(A \\cap B) = 0 $$", "proved"),
        (f"We have {SUM} and for disjoint $A$ and $B$ therefore $$ P(A \\cap B) = 0 $$", "proved"),
    ],
)
def test_what_is_said_of_events_late(tmp_path, text, expected):
    """It holds from where it is said, and for the next formula alone where nothing says that it lasts."""
    last = verdicts(checked(tmp_path, BEGINNING + text + "\n", "text.md"))
    assert last[2] == expected
    assert last[1] == ("gap" if text.startswith("We have") else "proved")


@pytest.mark.parametrize(
    "formula",
    [
        r"\Pr(X > x) = 1 - \Pr(X \leq x)",
        r"\Pr(X = x) = \Pr(X \leq x) - \Pr(X < x)",
        r"\Pr(X < x) \leq \Pr(X \leq x)",
        r"\Pr(x \geq X) = \Pr(X \leq x)",
        r"\Pr(X \geq x) + \Pr(X < x) = 1",
        r"\Pr(X \neq x) = \Pr(X < x) + \Pr(X > x)",
    ],
)
def test_comparisons_are_events(tmp_path, formula):
    assert verdict(tmp_path, VARIABLE % formula) == "proved"


@pytest.mark.parametrize(
    "formula",
    [
        r"\Pr(X \geq x) = 1 - \Pr(X \leq x)",  # of a continuous variable it is true
        r"\Pr(X > x) = \Pr(X \leq x)",
        r"\Pr(X^2 \leq 4) = \Pr(X \leq 2)",
        r"\Pr(X \leq x) \leq \Pr(X < x)",
        r"\Pr(X \leq x) = 1",
    ],
)
def test_a_comparison_is_not_interpreted_further(tmp_path, formula):
    assert verdict(tmp_path, VARIABLE % formula) not in ("proved", "refuted", "gap")


def test_letters_are_events_where_the_text_makes_sets_of_them(tmp_path):
    """Without that, P(A, B) is a joint distribution as any other."""
    text = "We have\n\n$$ P(A | B) = \\frac{P(A, B)}{P(B)} $$\n\nand hence\n\n$$ \\sum_A P(A | B) = 1 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"


FAMILY = r"""Let $B_i$ be events. We have

$$ (A \cap B_i) \cap (A \cap B_j) = A \cap (B_i \cap B_j) $$

so that

$$ \sum_i P(A \cap B_i) = P(A) $$
"""


def test_members_of_families(tmp_path):
    assert verdicts(checked(tmp_path, FAMILY, "text.md")) == ["proved", "unknown"]


@pytest.mark.parametrize(
    "formula", ["P(A) + 1 = Q(A) + 1", "P(A) + 1 = p(A) + 1", "1 - P(A) = Q(A^c)", "P(A) Q(A) = Q(A)^2"]
)
def test_another_letter_is_another_measure(tmp_path, formula):
    assert verdict(tmp_path, EVENTS % formula) != "proved"


def test_members_of_a_family_whose_index_has_no_clear_range_are_not_told(tmp_path):
    text = r"""Let $B_1, \ldots, B_n$ be mutually exclusive events, so that

$$
p(\cup_i^n B_i) = \sum_i^n p(B_i) - \sum_i^{n-1} p(B_i \cap [\cup_{j=i+1}^n B_j]) .
$$

Because all $B_i$ are mutually exclusive, we have

$$
B_i \cap B_j = \emptyset \quad \text{for all} \quad i \neq j .
$$
"""
    assert not {"gap", "refuted"} & set(verdicts(checked(tmp_path, text, "text.md"))[1:])


@pytest.mark.parametrize(
    ("words", "step"),
    [
        (r"Assume that $A$, $B$ and $C$ are independent.", r"P(B) P(C) \leq P(B \mid C)"),
        (r"Assume that $A \cap B = A$.", r"P(C \mid B) P(B) + P(C \mid B^c) P(B^c) \leq P(C \cup A)"),
    ],
)
def test_probabilities_of_events_are_no_free_numbers(tmp_path, words, step):
    left = step.partition(r" \leq")[0]
    text = f"Let $A$, $B$ and $C$ be events. {words} Then\n\n\\begin{{align}}\n{left} &= {left} \\\\\n"
    report = checked(tmp_path, text + step.replace(left, "").replace(r"\leq", r"&\leq") + "\n\\end{align}\n", "text.md")
    assert verdicts(report)[-1] not in ("gap", "refuted")


def test_what_stands_beside_what_it_divides_by_may_be_impossible(tmp_path):
    said = "Let $A$, $B$ and $C$ be events. Assume that $A$, $B$ and $C$ are mutually independent. Therefore\n\n"
    step = r"P(A \mid B) = P(A \mid A) P(A) + P(A^c) P(A \mid A^c)"
    assert verdicts(checked(tmp_path, f"{said}$$ {step} $$\n", "text.md")) == ["proved"]
