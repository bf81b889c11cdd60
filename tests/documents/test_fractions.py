"""Fractions with a factor in common above and below, which must not be 0."""

from __future__ import annotations

from pathlib import Path

import pytest

from symderiv.model.verdict import Proved
from tests.documents.checking import checked, steps_of, verdicts


@pytest.mark.parametrize(
    ("left", "right", "wrong"),
    [
        (r"\frac{a}{a + a^2}", r"\frac{1}{1 + a}", r"\frac{1}{1 - a}"),
        (r"\frac{a}{2 a + a^2}", r"\frac{1}{2 + a}", r"\frac{2}{2 + a}"),
        (r"\frac{2 a}{4 a + 2 a^2}", r"\frac{1}{2 + a}", r"\frac{1}{1 + a}"),
        (r"\frac{x}{x^2 + x y}", r"\frac{1}{x + y}", r"\frac{1}{1 + y}"),
    ],
)
def test_what_is_divided_out_is_not_0(tmp_path: Path, left: str, right: str, wrong: str) -> None:
    (step,) = steps_of(checked(tmp_path, f"We see that\n$$ {left} = {right}. $$\n", "text.md"))
    assert isinstance(step.verdict, Proved)
    assert {r"a \neq 0", r"x \neq 0"} & {*step.verdict.conditions}
    assert verdicts(checked(tmp_path, f"We see that\n$$ {left} = {wrong}. $$\n", "text.md"))[0] in ("refuted", "gap")
