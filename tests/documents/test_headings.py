"""The words of a heading are no part of the sentence behind it, and what stands behind it is not said before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.checking import checked, verdicts

STEP = "$$ a + b = 3 b . $$\n"


@pytest.mark.parametrize(
    "heading",
    ["# Why it is not obvious", "## The first case", "### If it is hard", "#### An example", "Not so fast\n---"],
)
def test_words_of_a_heading_take_nothing_from_what_follows(tmp_path: Path, heading: str) -> None:
    text = f"{heading}\n\nLet $a = 2 b$. We consider more.\n\n$$ c = 2 b . $$\n\nThen\n\n{STEP}"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", "proved"]


@pytest.mark.parametrize("name", ["text.md", "text.tex"])
def test_what_is_said_in_a_section_is_not_said_in_the_one_before(tmp_path: Path, name: str) -> None:
    heads = ("# A", "# B") if name.endswith("md") else (r"\section{A}", r"\section{B}")
    shown = STEP if name.endswith("md") else STEP.replace("$$", "\\[", 1).replace("$$", "\\]")
    text = f"{heads[0]}\n\nWe get\n\n{shown}{heads[1]}\n\nLet $a = 2 b$. We get\n\n{shown}"
    first, second = verdicts(checked(tmp_path, text, name))
    assert (first in ("gap", "refuted"), second) == (True, "proved")


def test_nor_before_a_heading_that_divides_what_goes_on(tmp_path: Path) -> None:
    text = f"We get\n\n{STEP}### Step 2\n\nwith $a = 2 b$ we get\n\n{STEP}"
    first, second = verdicts(checked(tmp_path, text, "text.md"))
    assert (first in ("gap", "refuted"), second) == (True, "proved")


CASES = r"""Let $x$ be a real number.

### Case 1: $x \geq 0$

We have

$$ |x| = x . $$

### Case 2: $x < 0$

We have

$$ |x| = - x . $$
"""


def test_what_a_heading_supposes_in_a_formula_holds_behind_it(tmp_path: Path) -> None:
    assert verdicts(checked(tmp_path, CASES, "text.md")) == ["proved", "proved"]
    assert "proved" not in verdicts(checked(tmp_path, CASES.replace("= - x", "= x + x"), "text.md"))[1:]
