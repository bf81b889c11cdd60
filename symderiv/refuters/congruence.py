"""A symmetric matrix as R' D R with D diagonal, in rational numbers.

Method: the same row and column operations, from the first row to the last; where a diagonal entry is 0, another row is
added first.
"""

from __future__ import annotations

from fractions import Fraction

Matrix = list[list[Fraction]]


def diagonalised(matrix: Matrix) -> tuple[Matrix, list[Fraction]] | None:
    """R and the diagonal of D, such that entry (i, j) is the sum over k of R[k][i] D[k] R[k][j].

    None where the matrix is not symmetric.
    """
    size = len(matrix)
    if any(matrix[i][j] != matrix[j][i] for i in range(size) for j in range(i)):
        return None
    left = [list(row) for row in matrix]
    # What is done to the rows of `left` is undone by `undo`: matrix = undo left undo'.
    undo = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    for place in range(size):
        if left[place][place] == 0:
            other = next((n for n in range(place + 1, size) if left[place][n] != 0), None)
            if other is None:
                continue
            sign = 1 if 2 * left[place][other] + left[other][other] != 0 else -1
            _add(left, undo, place, other, Fraction(sign))
        for row in range(place + 1, size):
            _add(left, undo, row, place, -left[row][place] / left[place][place])
    return [[undo[i][k] for i in range(size)] for k in range(size)], [left[k][k] for k in range(size)]


def _add(left: Matrix, undo: Matrix, row: int, other: int, times: Fraction) -> None:
    """Adds a multiple of another row to a row, and of the other column to the column."""
    left[row] = [own + times * added for own, added in zip(left[row], left[other], strict=True)]
    for line in left:
        line[row] += times * line[other]
    for line in undo:
        line[other] -= times * line[row]
