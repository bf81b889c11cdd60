r"""Matrices that are written out, and vectors in bold with entries in plain type."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts

SQUARE = r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}"
RIGHT = [
    rf"{SQUARE} \begin{{bmatrix}} x \\ y \end{{bmatrix}} = \begin{{bmatrix}} a x + b y \\ c x + d y \end{{bmatrix}}",
    (
        r"\begin{pmatrix} 1 & 2 \\ -3 & 4 \end{pmatrix} \begin{pmatrix} x \\ y \end{pmatrix}"
        r" = \begin{pmatrix} x + 2 y \\ -3 x + 4 y \end{pmatrix}"
    ),
    rf"{SQUARE}^{{-1}} = \frac{{1}}{{a d - b c}} \begin{{bmatrix}} d & -b \\ -c & a \end{{bmatrix}}",
    rf"{SQUARE}^\top + {SQUARE} = \begin{{bmatrix}} 2 a & b + c \\ b + c & 2 d \end{{bmatrix}}",
    rf"\det {SQUARE} = a d - b c",
    rf"\left| {SQUARE} \right| = a d - b c",
    r"\begin{vmatrix} a & b \\ c & d \end{vmatrix} = a d - b c",
    r"\begin{bmatrix} x & y \end{bmatrix} \begin{bmatrix} x \\ y \end{bmatrix} = x^2 + y^2",
    rf"{SQUARE}^2 = \begin{{bmatrix}} a^2 + b c & a b + b d \\ a c + c d & b c + d^2 \end{{bmatrix}}",
    (
        r"\begin{bmatrix} u & v \end{bmatrix}^\top \begin{bmatrix} u & v \end{bmatrix}"
        r" = \begin{bmatrix} u^\top u & u^\top v \\ v^\top u & v^\top v \end{bmatrix}"
    ),
    (
        r"\left[ \begin{matrix} 1_n^\mathrm{T} \\ u^\mathrm{T} \end{matrix} \right]"
        r" \left[ \begin{matrix} 1_n & u \end{matrix} \right]"
        r" = \left[ \begin{matrix} n & 1_n^\mathrm{T} u \\ u^\mathrm{T} 1_n & u^\mathrm{T} u \end{matrix} \right]"
    ),
    (
        r"\begin{bmatrix} 2 & 0 & 0 \\ 0 & 3 & 1 \\ 0 & 0 & 1 \end{bmatrix}^{-1}"
        r" = \begin{bmatrix} 1/2 & 0 & 0 \\ 0 & 1/3 & -1/3 \\ 0 & 0 & 1 \end{bmatrix}"
    ),
]
WRONG = [
    rf"{SQUARE} \begin{{bmatrix}} x \\ y \end{{bmatrix}} = \begin{{bmatrix}} a x + c y \\ b x + d y \end{{bmatrix}}",
    rf"{SQUARE}^{{-1}} = \frac{{1}}{{a d - b c}} \begin{{bmatrix}} d & -c \\ -b & a \end{{bmatrix}}",
    rf"{SQUARE}^{{-1}} = \frac{{1}}{{a d - b c}} \begin{{bmatrix}} d & b \\ c & a \end{{bmatrix}}",
    rf"{SQUARE}^\top = {SQUARE}",
    rf"\det {SQUARE} = a d + b c",
    (
        r"\begin{bmatrix} a & b \\ -c & d \end{bmatrix} + \begin{bmatrix} 0 & 0 \\ c & 0 \end{bmatrix}"
        r" = \begin{bmatrix} a & b \\ c & d \end{bmatrix}"
    ),
]
NEVER = [
    # What is no number is not put where numbers are: the second entries are vectors, or of other shapes.
    r"\begin{bmatrix} u & v \\ w & z \end{bmatrix}^{-1} u^\top = \frac{1}{u z - v w} u^\top",
    r"\begin{bmatrix} a & b \end{bmatrix} = \begin{bmatrix} a \\ b \end{bmatrix}",
    r"\begin{bmatrix} a & \cdots & b \end{bmatrix} = \begin{bmatrix} a & \cdots & b + 0 x \end{bmatrix}",
]


def verdict(tmp_path, step: str) -> str:
    return verdicts(checked(tmp_path, f"As $u^\\top v = v^\\top u$, it follows that\n\n$$\n{step}\n$$\n", "text.md"))[
        -1
    ]


@pytest.mark.parametrize("step", RIGHT)
def test_what_follows_is_proved(tmp_path, step):
    assert verdict(tmp_path, step) == "proved"


@pytest.mark.parametrize("step", WRONG)
def test_what_does_not_is_told(tmp_path, step):
    assert verdict(tmp_path, step) in ("refuted", "gap")


@pytest.mark.parametrize("step", NEVER)
def test_what_cannot_be_worked_out_is_neither_proved_nor_refuted(tmp_path, step):
    assert verdict(tmp_path, step) not in ("proved", "refuted", "gap")


def test_the_inverse_needs_a_determinant(tmp_path):
    text = f"It follows that\n\n$$\n{RIGHT[2]}\n$$\n"
    (step,) = steps_of(checked(tmp_path, text, "text.md"))
    assert getattr(step.verdict, "conditions", None), "ad - bc is not 0"


NAMED = r"""Consider the covariance matrix

$$
\Sigma = \begin{bmatrix} s & r \\ r & t \end{bmatrix}
$$

Its inverse is obtained as

$$
\Sigma^{-1} = \frac{1}{s t - r^2} \begin{bmatrix} t & %s \\ -r & s \end{bmatrix}
$$
"""


@pytest.mark.parametrize(("entry", "words"), [("-r", ("proved",)), ("r", ("refuted", "gap"))])
def test_what_a_name_was_said_to_be_is_put_for_it(tmp_path, entry, words):
    assert verdicts(checked(tmp_path, NAMED % entry, "text.md"))[-1] in words


BOLD = [
    (r"\mathbf{w}^\top \mathbf{x} + b = \sum_{i=1}^n w_i x_i + b", ("proved",)),
    (r"\|\mathbf{x}\|_2 = \sqrt{\sum_{i=1}^n x_i^2}", ("proved",)),
    (r"\mathbf{x}^\top \mathbf{A} \mathbf{x} = \sum_{i=1}^n \sum_{j=1}^n a_{ij} x_i x_j", ("proved",)),
    (r"\mathbf{x}^\top \mathbf{A} \mathbf{x} = \sum_{i=1}^n \sum_{j=1}^n a_{ij} x_i x_i", ("refuted", "gap")),
    (r"\mathbf{w}^\top \mathbf{x} = \sum_{i=1}^n w_i x_i + b", ("refuted", "gap")),
]


@pytest.mark.parametrize(("step", "words"), BOLD)
def test_entries_of_what_is_bold(tmp_path, step, words):
    text = f"It is known that $1 + 1 = 2$, and therefore\n\n$$\n{step}\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in words


@pytest.mark.parametrize("other", [r"\mathbf{x}_i^\top \mathbf{x}_i \geq 0", r"x + 1 \geq x"])
def test_a_letter_that_is_something_else_is_no_entry(tmp_path, other):
    text = f"We have\n\n$$\n{other}\n$$\n\nand therefore\n\n$$\n{BOLD[0][0]}\n$$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"
