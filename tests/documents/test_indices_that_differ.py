"""What holds for two indices that differ, or are the same, holds for these alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.checking import checked, verdicts

RATIO = r"""Let $r = \sum_j x_j^2$ and $r > 0$. For $i @ k$ we have

$$ \frac{\partial}{\partial x_k} \frac{x_i}{r} = %s . $$
"""


@pytest.mark.parametrize(
    ("sign", "right", "verdict"),
    [
        (r"\ne", r"- \frac{2 x_i x_k}{r^2}", "proved"),
        (r"\neq", r"- \frac{x_i x_k}{r^2}", "gap"),
        (r"\ne", r"\frac{1}{r} - \frac{2 x_i x_k}{r^2}", "gap"),
    ],
)
def test_derivatives_by_another_entry(tmp_path: Path, sign: str, right: str, verdict: str) -> None:
    assert verdicts(checked(tmp_path, (RATIO % right).replace("@", sign), "text.md")) == [verdict]


@pytest.mark.parametrize(
    ("lead", "verdict"), [(r"For $i \neq k$ we have", "proved"), ("We have", "gap"), (r"For $i = k$ we have", "gap")]
)
def test_a_product_of_deltas(tmp_path: Path, lead: str, verdict: str) -> None:
    text = rf"{lead}" + "\n\n$$ \\sum_j \\delta_{ij} \\delta_{jk} = 0 . $$\n"
    told = verdicts(checked(tmp_path, text, "text.md"))
    assert told == [verdict] or (verdict == "gap" and told == ["refuted"])


def test_it_is_said_of_two_values_and_not_of_all(tmp_path: Path) -> None:
    text = r"For $i \neq k$ we have" + "\n\n$$ \\delta_{ik} = 0 . $$\n\nHence\n\n$$ \\sum_i \\delta_{ik} = 0 . $$\n"
    first, second = verdicts(checked(tmp_path, text, "text.md"))
    assert first in ("proved", "given")
    assert second not in ("proved", "given")


def test_nothing_follows_of_what_has_no_such_indices(tmp_path: Path) -> None:
    text = r"For $i \neq k$ we have" + "\n\n$$ x_i + x_k + 1 = x_i + x_k . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[0] in ("gap", "refuted")


def test_an_apposition_is_no_condition_and_no_mistake_is_told(tmp_path: Path) -> None:
    text = r"""Let $\ell = \ln \sum_j e^{s_j} - s_k$. The derivative by another score $s_i$, $i \neq k$, is

$$ \frac{\partial \ell}{\partial s_i} = @ \frac{e^{s_i}}{\sum_j e^{s_j}} . $$
"""
    assert verdicts(checked(tmp_path, text.replace("@", ""), "text.md")) == ["unknown"]
    assert verdicts(checked(tmp_path, text.replace("@", "2"), "text.md")) == ["gap"]


BEHIND = r"""Let $r = \sum_j x_j$. Hence we get

$$ \frac{\partial (x_i + r)}{\partial x_k} = 1 , $$

where $i \neq k$. Moreover,

$$ %s . $$
"""


@pytest.mark.parametrize(
    "row",
    [
        r"\frac{\partial (x_i + x_k)}{\partial x_k} = 1",
        r"\sum_{i=1}^n \frac{\partial (x_i + r)}{\partial x_k} = n",
        r"\frac{\partial (x_k + r)}{\partial x_k} = 1",
    ],
)
def test_what_is_said_behind_a_display_is_said_of_it_alone(tmp_path: Path, row: str) -> None:
    first, second = verdicts(checked(tmp_path, BEHIND % row, "text.md"))
    assert first == "proved"
    assert second != "proved"


JACOBIAN = r"""Let $p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$. Then

$$ \frac{\partial p_i}{\partial z_k} = @ p_i p_k , \quad i \neq k . $$
"""


@pytest.mark.parametrize(("factor", "told"), [("-", {"proved"}), ("", {"gap", "refuted"}), ("-2", {"gap", "refuted"})])
def test_in_the_line_of_a_relation(tmp_path: Path, factor: str, told: set[str]) -> None:
    assert verdicts(checked(tmp_path, JACOBIAN.replace("@", factor), "text.md"))[0] in told


@pytest.mark.parametrize(
    ("words", "shown", "later"),
    [
        (
            r"Let $i \neq k$ be two indices. We have",
            r"\delta_{ik} = 0",
            r"\sum_{i=1}^n \sum_{k=1}^n \delta_{ik} x_i = 0",
        ),
        (r"We look at an entry, where $i \neq j$.", r"A_{ij} + \delta_{ij} = A_{ij}", r"\delta_{ij} A_{ij} = 0"),
    ],
)
def test_nor_is_it_known_of_others_what_is_given_of_them(tmp_path: Path, words: str, shown: str, later: str) -> None:
    text = f"{words}\n\n$$ {shown} . $$\n\nFor any two of them it follows that\n\n$$ {later} . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("gap", "refuted", "unknown")
