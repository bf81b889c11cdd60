"""Products of capitals that stand in both orders."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.checking import checked, verdicts

LAYERS = """The output is
$$ y = W_2 W_1 x. $$
Hence
$$ y = W_1 W_2 x. $$
"""


def test_a_product_that_is_turned_around_is_not_read(tmp_path: Path) -> None:
    report = checked(tmp_path, LAYERS, "text.md")
    assert verdicts(report) == ["given", "unread"]
    (found,) = report.diagnostics
    assert (found.code, found.span.line) == ("ambiguous", 4)
    assert "W_2 W_1 stands above" in found.message


@pytest.mark.parametrize(
    "words",
    [
        "Let $W_1$ and $W_2$ be positive numbers.",
        "For scalars $W_1$ and $W_2$ we look at this.",
        "Let $W_2 > 0$.",
        "Let $z = x / W_1$.",
    ],
)
def test_numbers_may_change_places(tmp_path: Path, words: str) -> None:
    assert verdicts(checked(tmp_path, f"{words} {LAYERS}", "text.md"))[-1] == "proved"


def test_matrices_may_not(tmp_path: Path) -> None:
    text = f"Let $W_1$ and $W_2$ be square matrices. {LAYERS}"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("refuted", "gap")


def test_random_variables_may(tmp_path: Path) -> None:
    text = "For random variables $X$ and $Y$,\n$$ E[X Y] = E[Y X]. $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved"]


HIDDEN = """The hidden layer is $h = W_1 x$.
The output is
$$ y = W_2 h. $$
Hence
$$ y = @ x. $$
"""


def test_what_a_small_letter_stands_for_has_its_place_in_the_order(tmp_path: Path) -> None:
    assert verdicts(checked(tmp_path, HIDDEN.replace("@", "W_2 W_1"), "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, HIDDEN.replace("@", "W_1 W_2"), "text.md"))[-1] == "unread"


def test_an_inverse_turns_a_product_around(tmp_path: Path) -> None:
    text = "We solve\n$$ A B u = x. $$\nNow\n$$ (A B)^{-1} x = @ x. $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", "B^{-1} A^{-1}"), "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text.replace("@", "A^{-1} B^{-1}"), "text.md"))[-1] == "unread"


def test_inverses_stand_in_the_other_order(tmp_path: Path) -> None:
    text = "Let $y = A B x$. Then\n$$ x = @ y. $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", "B^{-1} A^{-1}"), "text.md"))[-1] == "proved"
    assert verdicts(checked(tmp_path, text.replace("@", "A^{-1} B^{-1}"), "text.md"))[-1] in ("unread", "unknown")


def test_the_weights_of_layers_may_not_even_alone(tmp_path: Path) -> None:
    text = "The output is\n$$ Y = X W_1 W_2. $$\nHence\n$$ Y = X W_@. $$\n"
    assert verdicts(checked(tmp_path, text.replace("@", "2 W_1"), "text.md"))[-1] == "unread"
    assert verdicts(checked(tmp_path, text.replace("@", "1 W_2"), "text.md"))[-1] in ("proved", "given")
    told = f"Let $W_1$ and $W_2$ be numbers. {text}"
    assert verdicts(checked(tmp_path, told.replace("@", "2 W_1"), "text.md"))[-1] == "proved"
