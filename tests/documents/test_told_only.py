"""What a text tells as a conjecture, as what others say or as what would be so is no premise of what it says itself."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

TOLD = [
    "It is conjectured that",
    "It was once believed that",
    "Alice says that",
    "Some authors claim that",
    "A student may think that",
    "One might be tempted to write",
    "Naively, one has",
    "If it were true that",
]
SAID = [
    "It is known that",
    "We have",
    "Bayes' theorem says that",
    "We would like to minimise the loss",
    "The theorem asserts that",
    "Let",
]


def page(words, between=""):
    return f"{words}\n\n$$ u = v^2 . $$\n\n{between}Further\n\n$$ u + 1 = v^2 + 1 . $$\n"


@pytest.mark.parametrize("words", TOLD)
def test_what_is_only_told_proves_nothing_behind_its_sentence(tmp_path, words):
    assert verdicts(checked(tmp_path, page(words), "text.md"))[-1] in ("gap", "unknown", "refuted")


@pytest.mark.parametrize("words", SAID)
def test_what_is_said_does(tmp_path, words):
    assert verdicts(checked(tmp_path, page(words), "text.md"))[-1] == "proved"


def test_what_would_be_so_follows_in_its_sentence(tmp_path):
    text = "If it were true that\n\n$$ a = b^2 , $$\n\nwe would have\n\n$$ a^2 = @ . $$\n\n"
    text += "In fact,\n\n$$ 1 + a^2 = 1 + @ . $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", "b^4"), "right.md")) == ["given", "proved", "gap"]
    assert verdicts(checked(tmp_path, text.replace("@", "b^3"), "wrong.md"))[1] in ("gap", "refuted")


@pytest.mark.parametrize(
    ("words", "word"), [("Moreover", "proved"), ("For all $a, b$ we get", "gap"), ("For all $a$ and $b$ we get", "gap")]
)
def test_a_value_is_given_up_for_all_names_of_a_list(tmp_path, words, word):
    text = f"Let $a, b$ be numbers. Let $b = 1$. Then\n\n$$ a b = a . $$\n\n{words}\n\n$$ (a b)^2 = a^2 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved", word]


@pytest.mark.parametrize(
    ("first", "second", "word"),
    [
        ("a^2 = b", "a^4 = b^2", "gap"),
        ("a^2 = b + c", "a^4 = (b + c)^2", "gap"),
        ("a^2 = a a", "a^4 = a^3 a", "proved"),
    ],
)
def test_a_square_that_is_refuted_is_no_definition(tmp_path, first, second, word):
    text = f"We would like to show\n\n$$ {first} . $$\n\nNote that then\n\n$$ {second} . $$\n"
    found = verdicts(checked(tmp_path, text, "text.md"))[-1]
    assert found == word or (word == "gap" and found == "refuted")
