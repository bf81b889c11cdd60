"""Squares under sums, and inequalities by those of their squares: what is proved by them, and what is not."""

from __future__ import annotations

import pytest

from symderiv.check import Options, check_paths
from symderiv.model.verdict import Proved
from symderiv.writers.verdicts import name_of

PRODUCT = r"\left(\sum_{i=1}^n a_i b_i\right)^2"
SUMS = "We consider sums of numbers.\n\n"
VECTORS = "Let $x, y$ be vectors.\n\n"
RANDOM = "Let $X$ and $Y$ be random variables.\n\n"


def rows_of(folder, said, formulas):
    """The steps of a document with some relations, none of which follows from another."""
    path = folder / "text.md"
    rows = (f"Then we have\n\n$$ {formula} . $$\n\n" for formula in formulas)
    path.write_text(said + "".join(rows), encoding="utf-8")
    report = check_paths([path], Options(jobs=1, cache=False)).files[0]
    return [step for derivation in report.derivations for step in derivation.steps]


@pytest.mark.parametrize(
    ("said", "formulas"),
    [
        (
            SUMS,
            [
                PRODUCT + r"\le \left(\sum_{i=1}^n a_i^2\right) \left(\sum_{i=1}^n b_i^2\right)",
                r"\left(\sum_{i=1}^n a_i\right)^2 \le n \sum_{i=1}^n a_i^2",
            ],
        ),
        (
            VECTORS,
            [
                r"(x^\top y)^2 \le \|x\|^2 \|y\|^2",
                r"x^\top y \le \frac{1}{2} \|x\|^2 + \frac{1}{2} \|y\|^2",
                r"x^\top y \le 3 \|x\|^2 + \frac{1}{12} \|y\|^2",
                r"\|x + y\|^2 \le 2 \|x\|^2 + 2 \|y\|^2",
            ],
        ),
        (VECTORS + "Suppose that $c > 0$.\n\n", [r"2 x^\top y \le c \|x\|^2 + \frac{1}{c} \|y\|^2"]),
        (RANDOM, [r"E[X Y]^2 \le E[X^2] E[Y^2]", r"\mathrm{Cov}(X, Y)^2 \le \mathrm{Var}(X) \mathrm{Var}(Y)"]),
    ],
    ids=["sums", "vectors", "with a weight", "means"],
)
def test_squares_under_sums_are_completed(tmp_path, said, formulas):
    for step in rows_of(tmp_path, said, formulas):
        assert isinstance(step.verdict, Proved), step.left
        assert step.verdict.conditions == ()


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        (SUMS, r"\left(\sum_{i=1}^n a_i\right)^2 \le \sum_{i=1}^n a_i^2"),
        (
            SUMS,
            r"\left(\sum_{i=1}^n a_i b_i\right)^2 \le \left(\sum_{i=1}^n a_i^2\right) \left(\sum_{i=1}^n b_i\right)^2",
        ),
        (VECTORS, r"x^\top y \le \frac{1}{2} \|x\|^2 + \frac{1}{3} \|y\|^2"),
        (VECTORS, r"x^\top y \le 3 \|x\|^2 + \frac{1}{13} \|y\|^2"),
        (VECTORS, r"\|x + y\|^2 \le \|x\|^2 + \|y\|^2"),
        (VECTORS, r"2 x^\top y \le c \|x\|^2 + \frac{1}{c} \|y\|^2"),
        (VECTORS, r"|x^\top y| \le \|x\|^2 \|y\|"),
        (VECTORS, r"|x^\top y| = x^\top y"),
        (RANDOM, r"E[X Y]^2 \le E[X]^2 E[Y]^2"),
        (RANDOM, r"\mathrm{Cov}(X, Y)^2 \le \mathrm{Var}(X)"),
        (RANDOM, r"E[|X|] \le E[X^2]"),
    ],
)
def test_what_is_not_so_for_all_values_is_told(tmp_path, said, formula):
    (step,) = rows_of(tmp_path, said, [formula])
    assert name_of(step.verdict) in ("gap", "refuted")


@pytest.mark.parametrize(
    ("said", "formula", "needed"),
    [
        (VECTORS, r"|x^\top y| \le \|x\| \|y\|", 2),
        (VECTORS, r"x^\top y \le \|x\| \|y\|", 2),
        (RANDOM, r"E[|X|] \le \sqrt{E[X^2]}", 1),
        (SUMS, r"\sum_{i=1}^n |a_i| \le \sqrt{n} \sqrt{\sum_{i=1}^n a_i^2}", 1),
    ],
)
def test_roots_are_compared_by_their_squares_where_they_are_not_zero(tmp_path, said, formula, needed):
    (step,) = rows_of(tmp_path, said, [formula])
    assert isinstance(step.verdict, Proved)
    assert len(step.verdict.conditions) == needed
    assert all(r"\neq 0" in condition for condition in step.verdict.conditions)
