"""What prose says in passing is no hypothesis, and yet a step that needs it is not called a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.checking import checked, steps_of, verdicts

STEP = "Hence\n$$ a + b = 3 b. $$\n"


@pytest.mark.parametrize("words", ["We have $a = 2 b$.", "It holds that $a = 2 b$.", "Then $a = 2 b$, as is plain."])
def test_a_step_that_needs_what_prose_mentions_is_left_open(tmp_path: Path, words: str) -> None:
    (step,) = steps_of(checked(tmp_path, f"{words} {STEP}", "text.md"))
    assert type(step.verdict).__name__ == "Unknown"
    assert step.verdict.reason == r"it follows from $a = 2 \, b$, which the text only mentions"


@pytest.mark.parametrize(
    "words",
    [
        "We do not know that $a = 2 b$.",
        "That $a = 2 b$ is false.",
        "We will show that $a = 2 b$.",
        "We have $a = 3 b$.",
        "We have $c = 2 b$.",
        "It holds that $a + b = 3 b$.",
    ],
)
def test_what_is_denied_or_does_not_lead_to_it_excuses_nothing(tmp_path: Path, words: str) -> None:
    assert verdicts(checked(tmp_path, f"{words} {STEP}", "text.md")) == ["gap"]


def test_nor_does_what_contradicts_the_text(tmp_path: Path) -> None:
    text = "Let $a = b + 1$ and $b = 1$. We have $a = 3$. Hence\n$$ a + b = 7. $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("gap", "refuted")


@pytest.mark.parametrize(
    "words", ["We know $a = 2 b$.", "Recall $a = 2 b$.", "It is well known that $a = 2 b$.", "Remember that $a = 2 b$."]
)
def test_what_is_known_is_a_fact(tmp_path: Path, words: str) -> None:
    assert verdicts(checked(tmp_path, f"{words} {STEP}", "text.md")) == ["proved"]
    wrong = STEP.replace("3 b", "4 b")
    assert verdicts(checked(tmp_path, f"{words} {wrong}", "text.md")) == ["refuted"]


def test_a_bound_of_an_entropy_is_used(tmp_path: Path) -> None:
    text = "Let $n > 0$. We know that $H(X) \\leq \\ln n$. Hence\n$$ \\ln n - H(X) @ 0. $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", r"\geq"), "text.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text.replace("@", "="), "text.md")) != ["proved"]


def test_a_value_that_a_name_may_have_for_a_while_is_no_mistake(tmp_path: Path) -> None:
    text = "Let $f(x) = x^2$ with $x = 3 t$. Then\n$$ f(x) = @ t^2. $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", "9"), "text.md")) == ["unknown"]
    assert verdicts(checked(tmp_path, text.replace("@", "8"), "text.md")) == ["gap"]


DATA = r"""We observe $u = 1$, $v = 2$ and $w = 4$. Then
$$ u + v + w = @. $$
"""


@pytest.mark.parametrize(("value", "verdict"), [("7", "unknown"), ("8", "gap")])
def test_several_things_may_be_needed_together(tmp_path: Path, value: str, verdict: str) -> None:
    assert verdicts(checked(tmp_path, DATA.replace("@", value), "text.md")) == [verdict]


@pytest.mark.parametrize("words", ["We find that", "For a fair die the entropy is", "A fair die $X$ has entropy"])
def test_entropies_are_mentioned_too(tmp_path: Path, words: str) -> None:
    text = f"{words} $H(X) = \\ln 6$. Hence\n$$ 2 H(X) = @ \\ln 6. $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", "2"), "text.md")) == ["unknown"]
    assert verdicts(checked(tmp_path, text.replace("@", "3"), "text.md")) == ["gap"]


@pytest.mark.parametrize(
    ("case", "other", "verdict"),
    [("For linear models,", "Hence", "unknown"), ("For linear models,", "For other models we get", "gap"),
     ("For $b = 0$,", "Hence", "gap")],
)  # fmt: skip
def test_what_is_said_of_a_case_is_not_said_of_another(tmp_path: Path, case: str, other: str, verdict: str) -> None:
    text = f"{case} we have $a = 2 b$. {STEP.replace('Hence', other)}"
    assert verdicts(checked(tmp_path, text, "text.md")) == [verdict]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Some authors claim that it is known that", "gap"),
        ("A common mistake is to note that", "gap"),
        ("Before we know that", "gap"),
        ("As before, we know that", "proved"),
        ("Using the claim, note that", "proved"),
    ],
)
def test_what_others_take_for_a_fact_is_none(tmp_path: Path, words: str, verdict: str) -> None:
    assert verdicts(checked(tmp_path, f"{words} $a = 2 b$. {STEP}", "text.md")) == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "Let $x = 2$. After one step we get $x = 5$. Then\n$$ x + 1 = 3. $$\n",
        "Let $x_1 = 1$ and $x_2 = 2$. After sorting we have $x_1 = 2$ and $x_2 = 1$. Then\n$$ x_1 - x_2 = -1. $$\n",
        "Let $a_1 = 1$ and $a_2 = 3$. Turned around we have $a_1 = 3$ and $a_2 = 1$. Then\n$$ a_1 + 2 a_2 = 7. $$\n",
        "Let $y_i = 2 x_i$. After scaling we obtain $y_i = x_i$. Then\n$$ y_1 = 2 x_1. $$\n",
    ],
)
def test_a_value_that_prose_replaces_proves_nothing(tmp_path: Path, text: str) -> None:
    assert verdicts(checked(tmp_path, text, "text.md")) == ["unknown"]
