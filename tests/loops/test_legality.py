"""A program that may not be executed gets the order, or the indices, that make it right, where there are such."""

from __future__ import annotations

import pytest

from symderiv.check import Options, check_paths

FORWARD = """input x[B,I], W[I,J], v[J]
output z[B]
for b,i,j: y[b,j] += x[b,i] * W[i,j]
for b,j: z[b] += y[b,j] * v[j]
backward x, W
"""
RIGHT = (
    "for b,j: y.grad[b,j] += z.grad[b] * v[j]",
    "for b,i,j: x.grad[b,i] += W[i,j] * y.grad[b,j]",
    "for b,i,j: W.grad[i,j] += x[b,i] * y.grad[b,j]",
)


def hints(tmp_path, loops):
    path = tmp_path / "program.loops"
    path.write_text(FORWARD + "\n".join(loops) + "\n", encoding="utf-8")
    (file,) = check_paths([path], Options(cache=False)).files
    return [finding.hint for finding in file.diagnostics]


def test_the_right_program_needs_none(tmp_path):
    assert hints(tmp_path, RIGHT) == []


@pytest.mark.parametrize(("order", "right"), [((1, 0, 2), "2, 1, 3"), ((1, 2, 0), "3, 1, 2"), ((2, 1, 0), "3, 1, 2")])
def test_another_order(tmp_path, order, right):
    assert hints(tmp_path, [RIGHT[n] for n in order])[0] == f"the loops are right in the order {right}"


def test_exchanged_indices(tmp_path):
    wrong = RIGHT[2].replace("W.grad[i,j]", "W.grad[j,i]")
    (hint, *_) = hints(tmp_path, (*RIGHT[:2], wrong))
    assert hint == "loop 3 is wrong: an index of W.grad; right is: for b,i,j: W.grad[i,j] += x[b,i]*y.grad[b,j]"


def test_no_hint_where_the_order_alone_does_not_make_it_right(tmp_path):
    wrong = RIGHT[1].replace("+=", "-=")
    assert not any(hints(tmp_path, (wrong, RIGHT[0], RIGHT[2])))
