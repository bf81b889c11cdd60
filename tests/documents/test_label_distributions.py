"""Labels that a text calls one-hot, or a distribution over classes: they sum to one, and pick one class."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts

HOT = "Let $y$ be a one-hot label vector with $y_c = 1$. We get"
SHIFT = r"\sum_{j=1}^q y_j (a + o_j) = %s + \sum_{j=1}^q y_j o_j"
LOSS = (
    "Plugging the softmax into the cross-entropy loss, we obtain\n\n"
    r"$$ l = -\sum_{j=1}^q y_j \log \frac{\exp(o_j)}{\sum_{k=1}^q \exp(o_k)}"
    " = %s \\log \\sum_{k=1}^q \\exp(o_k) - \\sum_{j=1}^q y_j o_j . $$\n"
)


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        (HOT, r"-\sum_{k=1}^K y_k \log p_k = -\log p_c"),
        ("Let $y_c = 1$ and $y_k = 0$ for all $k \\neq c$. We get", r"-\sum_{k=1}^K y_k \log p_k = -\log p_c"),
        (HOT, SHIFT % "a"),
        ("The labels $y$ are a probability distribution over the classes. We get", SHIFT % "a"),
        ("The weights $y_j$ sum to one. We get", SHIFT % "a"),
    ],
)
def test_what_is_said_of_labels_is_used(tmp_path, said, formula):
    assert verdicts(checked(tmp_path, f"{said}\n\n$$ {formula} . $$\n", "text.md")) == ["proved"]


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        (HOT, r"-\sum_{k=1}^K y_k \log p_k = \log p_c"),
        (HOT, SHIFT % "a^2"),
        ("The labels $y$ are not a distribution over the classes. We get", SHIFT % "a"),
        ("If the weights $y_j$ sum to one, all is easy. They need not. We get", SHIFT % "a"),
        ("The weights $y_j$ sum to $2$. We get", SHIFT % "a"),
        ("The weights $y_j$ sum to one. We get", r"\sum_{j=1}^q y_j + \sum_{j=1}^{q-1} y_j = 2"),
    ],
)
def test_what_is_not_said_is_told(tmp_path, said, formula):
    assert verdicts(checked(tmp_path, f"{said}\n\n$$ {formula} . $$\n", "text.md"))[0] in ("gap", "refuted")


def test_the_labels_of_a_cross_entropy_may_be_a_distribution(tmp_path):
    report = checked(tmp_path, LOSS % "", "text.md")
    assert verdicts(report)[1] == "unknown"
    assert "y_{j} = 1" in steps_of(report)[1].verdict.reason
    assert verdicts(checked(tmp_path, LOSS % "2", "text.md"))[1] in ("gap", "refuted")


def test_a_logarithm_may_say_what_a_number_is(tmp_path):
    softmax = r"\frac{\exp(o_j)}{\sum_k \exp(o_k)}"
    text = f"We have\n\n$$ \\log p_j = \\log {softmax} = o_j %s \\log \\sum_k \\exp(o_k) . $$\n"
    assert verdicts(checked(tmp_path, text % "-", "text.md")) == ["given", "proved"]
    assert verdicts(checked(tmp_path, text % "+", "text.md"))[1] in ("gap", "refuted")
