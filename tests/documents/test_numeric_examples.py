"""Worked examples with numbers: what prose says of members, starts and sizes is what the rows are worked out from."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.checking import checked, verdicts


def last(folder: Path, text: str) -> str:
    return verdicts(checked(folder, text, "text.md"))[-1]


SOFTMAX = r"""Let $p_i = \frac{e^{z_i}}{\sum_{j=1}^3 e^{z_j}}$ with $z_1 = 0$, $z_2 = \ln 2$, $z_3 = \ln 3$. Then
$$ p_@ . $$
"""
LOSS = r"""The prediction is $q_1 = \frac12$, $q_2 = \frac14$, $q_3 = \frac14$ and the label is $y_1 = 0$, $y_2 = 1$,
$y_3 = 0$. The loss is
$$ L = -\sum_{i=1}^3 y_i \ln q_i = @ . $$
"""
DESCENT = r"""Let $f(w) = (w - 3)^2$. Start at $w_0 = 0$ with step size $\eta = 0.1$:
$$ w_1 = w_0 - \eta f'(w_0) = 0 + 0.1 \cdot 6 = 0.6. $$
Then
$$ w_2 = w_1 - \eta f'(w_1) = @ . $$
"""


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (SOFTMAX, r"2 = \frac13", r"2 = \frac12"),
        (SOFTMAX, r"1 = \frac16", r"1 = \frac13"),
        (LOSS, r"2 \ln 2", r"\ln 2"),
        (DESCENT, r"0.6 + 0.1 \cdot 4.8", r"0.6 + 0.1 \cdot 5.8"),
    ],
)
def test_rows_are_worked_out_from_the_numbers_in_prose(tmp_path: Path, text: str, right: str, wrong: str) -> None:
    assert last(tmp_path, text.replace("@", right)) == "proved"
    assert last(tmp_path, text.replace("@", wrong)) in ("refuted", "gap", "unknown")


FAMILY = """@ let
$$ y_i = a x_i. $$
Then
$$ y_1 = a x_1. $$
"""


def test_an_equation_for_a_family_says_what_its_members_are(tmp_path: Path) -> None:
    assert last(tmp_path, FAMILY.replace("@", "Here")) == "proved"
    assert last(tmp_path, FAMILY.replace("@", "For every $i$")) == "proved"
    assert last(tmp_path, FAMILY.replace("@", "Here").replace("a x_1", "a x_2")) != "proved"


@pytest.mark.parametrize("words", ["For $i > 1$", r"For $i \neq k$", "For even $i$", "Where $i$ is a hit,"])
def test_not_of_those_that_are_left_out(tmp_path: Path, words: str) -> None:
    assert last(tmp_path, FAMILY.replace("@", words)) != "proved"


@pytest.mark.parametrize("name", ["k", "y", "c"])
def test_nor_of_others_than_the_one_that_is_picked_out(tmp_path: Path, name: str) -> None:
    text = "The true class is $k$.\n$$ g_k = p_k - 1. $$\nThen\n$$ g_1 = p_1 - 1. $$\n".replace("k", name)
    assert last(tmp_path, text) != "proved"


def test_the_numbers_of_another_section_are_others(tmp_path: Path) -> None:
    loss = LOSS.replace("@", r"2 \ln 2")
    text = f"# One\n\n{loss}\n# Two\n\n{loss}"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", "proved"] * 2


def test_what_is_derived_at_a_value_is_not_refuted_elsewhere(tmp_path: Path) -> None:
    text = "We look at it at $a = 2$:\n$$ u = a + 1 = 3. $$\nThen\n$$ v = 2 u = 6. $$\n"
    assert last(tmp_path, text) == "unknown"
