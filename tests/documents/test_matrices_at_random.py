"""Matrices of numbers and letters at random: what SymPy makes of them is proved, with one entry changed it is told."""

from __future__ import annotations

from random import Random

import pytest
from sympy import Matrix, Rational, latex, simplify, symbols

from tests.documents.checking import checked, verdicts

pytestmark = pytest.mark.thorough

LETTERS = symbols("a b c x y")


def matrix(random: Random, rows: int, columns: int) -> Matrix:
    choice = [*map(Rational, range(-3, 4)), *LETTERS, -LETTERS[0], LETTERS[1] ** 2]
    return Matrix(rows, columns, lambda *_: random.choice(choice))


def written(found: Matrix) -> str:
    rows = r" \\ ".join(" & ".join(latex(entry) for entry in found.row(row)) for row in range(found.rows))
    return rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}"


def case(random: Random, kind: str) -> tuple[str, Matrix]:
    size = random.choice((2, 2, 3))
    one, other = matrix(random, size, size), matrix(random, size, size)
    if kind == "product":
        return f"{written(one)} {written(other)}", one * other
    if kind == "sum":
        return f"2 {written(one)} - {written(other)}^\\top", 2 * one - other.T
    if kind == "vector":
        vector = matrix(random, size, 1)
        return f"{written(one)} {written(vector)}", one * vector
    while simplify(one.det()) == 0:
        one = matrix(random, size, size)
    return f"{written(one)}^{{-1}}", one.inv().applyfunc(simplify)


CASES = [(kind, seed) for kind in ("product", "sum", "vector", "inverse") for seed in range(2)]


def verdict(tmp_path, left: str, right: Matrix) -> str:
    text = f"It is known that $1 + 1 = 2$, and therefore\n\n$$\n{left} = {written(right)}\n$$\n"
    return verdicts(checked(tmp_path, text, "text.md"))[-1]


@pytest.mark.parametrize(("kind", "seed"), CASES)
def test_what_is_right_is_proved_and_what_is_wrong_is_told(tmp_path, kind, seed):
    random = Random(f"{kind} {seed}")
    left, right = case(random, kind)
    assert verdict(tmp_path, left, right) == "proved"
    row, column = random.randrange(right.rows), random.randrange(right.cols)
    wrong = right.copy()
    wrong[row, column] = right[row, column] + random.choice((1, -2, LETTERS[3]))
    assert verdict(tmp_path, left, wrong) in ("refuted", "gap")
