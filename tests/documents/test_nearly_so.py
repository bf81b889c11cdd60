"""What is only nearly so, on average, in some cases or elsewhere is no equation for what comes behind its sentence."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

NEARLY = [
    "To first order in $h$,",
    "For small $a$,",
    "For sufficiently large $a$ we have",
    r"As $n \to \infty$,",
    "Approximately,",
    "Up to an additive constant,",
    "Ignoring constants,",
    "In expectation, we have",
    "On average,",
    "With probability one half,",
    "Typically one chooses",
    "Sometimes",
    "Initially,",
    "Before the update,",
]
SO = [
    "We have",
    "For a large class of models we define",
    "The loss is often defined as",
    "This is usually written as",
    "Let",
    "With probability densities we write",
    "Up to here, we have",
]


def page(words, first="a = b + c"):
    return f"{words}\n\n$$ {first} . $$\n\nFurther\n\n$$ a^2 = (b + c)^2 . $$\n"


@pytest.mark.parametrize("words", NEARLY)
def test_it_proves_nothing(tmp_path, words):
    assert verdicts(checked(tmp_path, page(words), "text.md"))[-1] in ("gap", "unknown", "refuted")


@pytest.mark.parametrize("words", SO)
def test_what_is_so_does(tmp_path, words):
    assert verdicts(checked(tmp_path, page(words), "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, page(words, "a = b - c"), "wrong.md"))[-1] in ("gap", "refuted")


def test_in_its_sentence_it_does(tmp_path):
    text = "To first order we have\n\n$$ a = b + c , $$\n\nso that\n\n$$ a^2 = (b + c)^2 . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", "proved"]


@pytest.mark.parametrize("words", ["Instead of", "Unlike in the last section, where", "Rather than"])
def test_what_is_so_elsewhere_is_not_so_here(tmp_path, words):
    text = f"{words}\n\n$$ a = b , $$\n\nwe set\n\n$$ a = 2 b . $$\n\nHence\n\n$$ a + b = @ b . $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", "3"), "right.md")) == ["given", "given", "proved"]
    assert verdicts(checked(tmp_path, text.replace("@", "2"), "wrong.md"))[-1] in ("gap", "refuted")


def test_unnamed_constants_are_not_the_same(tmp_path):
    text = "We have\n\n$$ u = x + @ . $$\n\nFurther\n\n$$ v = x + @ . $$\n\nHence we get\n\n$$ u - v = 0 $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", r"\text{const}"), "wrong.md"))[-1] != "proved"
    assert verdicts(checked(tmp_path, text.replace("@", "c"), "right.md"))[-1] == "proved"
