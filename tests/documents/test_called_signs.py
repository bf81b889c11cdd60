"""Signs that prose gives to names, and the conditions that are not needed then."""

from __future__ import annotations

import pytest

from symderiv.model.verdict import Proved
from symderiv.writers.verdicts import name_of
from tests.documents.checking import checked, steps_of

ROOT = "%s Then\n\n$$ \\sqrt{c^2} = c . $$\n"


def conditions(folder, text):
    """The conditions of the last step, which is proved."""
    step = steps_of(checked(folder, text, "text.md"))[-1]
    assert isinstance(step.verdict, Proved), name_of(step.verdict)
    return list(step.verdict.conditions)


@pytest.mark.parametrize(
    "said",
    [
        "Let $c$ be a positive number.",
        "Let $c$ be a non-negative constant.",
        "For some positive constant $c$ we have the following.",
        "Suppose that $a$ and $c$ are positive.",
        "Here $c$ is a positive real number.",
        "Let $x$ be a number and let $c$ be strictly positive.",
    ],
)
def test_what_is_called_positive_is_its_own_root(tmp_path, said):
    assert conditions(tmp_path, ROOT % said) == []


@pytest.mark.parametrize(
    "said",
    [
        "Let $c$ be a number that is not positive.",
        "Some authors assume that $c$ is positive.",
        "The positive part of $x$ is $c$.",
        "Let $c$ be the number of positive samples.",
        "Either $c$ is positive or zero.",
        "The sum of positive numbers $c$ is large.",
        "The inner product of $a$ and $c$ is positive.",
        "Suppose that the matrix $c$ is positive.",
        "It would be nice if $c$ were positive.",
        "For half of the batch, $c$ is positive.",
        "Assume that $c$ is positive. This assumption is dropped now.",
        "We first treat a positive number $c$. Now the other case.",
        "Let $c$ be positive or negative.",
        "Let $c$ be a positive number. Let $d$ be the sum. Now let $c$ be any real number.",
        "Let $c$ be a positive number. Let $c$ be a negative number.",
    ],
)
def test_what_is_not_called_so_needs_the_condition(tmp_path, said):
    assert conditions(tmp_path, ROOT % said) == ["c > 0"]


def test_a_condition_holds_for_its_sentence(tmp_path):
    text = "If $c$ is positive, then\n\n$$ \\sqrt{c^2} = c . $$\n\nFor any $c$, however,\n\n$$ \\sqrt{c^2} = c . $$\n"
    assert conditions(tmp_path, text) == ["c > 0"]


def test_a_positive_random_variable_is_positive_everywhere(tmp_path):
    text = "Let $X$ be a positive random variable with mean $\\mu > 0$. Then\n\n$$ E[\\ln X] \\leq \\ln \\mu . $$\n"
    assert conditions(tmp_path, text) == []
    other = text.replace(r"\leq", r"\geq")
    assert name_of(steps_of(checked(tmp_path, other, "text.md"))[-1].verdict) in ("gap", "refuted")


def test_weights_are_positive_for_every_index(tmp_path):
    text = "The weights $w_i$ are positive numbers. Hence\n\n$$ \\sum_{i=1}^n \\sqrt{w_i^2} = \\sum_{i=1}^n w_i . $$\n"
    assert conditions(tmp_path, text) == []
