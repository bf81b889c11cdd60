"""What is called a matrix, lies in a space of them, or is transposed, is none of the numbers that commute."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

MATRICES = [
    r"Let $A, B \in \mathbb{R}^{n \times n}$ be given. Then",
    r"Let $A, B \in \mathbb{R}^{n \times n}$ be invertible. Then",
    r"Let $A, B \in M_n(\mathbb{R})$. Then",
    r"Let $A, B \in \mathbb{S}^n_{++}$. Then",
    r"Suppose $A \in \mathbb{R}^{n \times n}$ and $A x = b$. Let $B$ be another matrix of the same size. Then",
    "Let $A, B$ be symmetric. Then",
    "Let $A$ and $B$ be positive definite, and $n$ a number. Then",
    "Let $A$ and $B$ be the weight matrices of two layers. Then",
    "Let $A$ denote a covariance matrix and $B$ denote the hat matrix of the model. Then",
]
NUMBERS = [
    "Then",
    "Let $A$ and $B$ be positive. Then",
    "Let $A$ be the number of rows of a matrix and $B$ be the rank of another. Then",
    "Let $A$ denote the matrix size and $B$ denote the matrix rank. Then",
    r"Let $A, B \in \mathbb{R}$ be given. Then",
    "Let $A$ and $B$ be square numbers. Then",
]


def last(folder, said, claim):
    return verdicts(checked(folder, f"{said}\n\n$$ {claim} $$\n", "text.md"))[-1]


@pytest.mark.parametrize("said", MATRICES)
def test_matrices_do_not_commute(tmp_path, said):
    assert last(tmp_path, said, "A B = B A") in ("gap", "refuted")
    assert last(tmp_path, said, "A (B + B) = A B + A B") == "proved"


@pytest.mark.parametrize("said", NUMBERS)
def test_numbers_do(tmp_path, said):
    assert last(tmp_path, said, "A B = B A") == "proved"


LOSS = r"Let $L = \|y - X w\|^2$. Then"
SQUARES = r"Let $L = \|y - X w\|^2 + \lambda \|w\|^2$. Then"
LAYER = r"Let $L = \frac12 \|y - W x\|^2$. Then"


@pytest.mark.parametrize(
    ("said", "right", "wrong"),
    [
        (LOSS, r"\nabla_w L = - 2 X^T (y - X w)", r"\nabla_w L = - 2 X (y - X w)"),
        (LOSS, r"L = y^T y - 2 y^T X w + w^T X^T X w", "L = y^2 - 2 X y w + X^2 w^2"),
        (LOSS, r"L + 1 = 1 + (y - X w)^T (y - X w)", "L + 1 = 1 + (y - X w)^2"),
        (SQUARES, r"\nabla_w L = - 2 X^T (y - X w) + 2 \lambda w", r"\nabla_w L = - 2 X (y - X w) + 2 \lambda w"),
        (LAYER, r"\frac{\partial L}{\partial W} = - (y - W x) x^T", r"\frac{\partial L}{\partial W} = - x (y - W x)"),
        ("For vectors $x$ and $y$ we have", "x^T y = y^T x", "x y^T = x^T y"),
        (
            "Then",
            r"\mathbf{x}^T \mathbf{y} = \mathbf{y}^T \mathbf{x}",
            r"\mathbf{W} \mathbf{x} = \mathbf{x} \mathbf{W}",
        ),
        ("Then", "k^T K^{-1} y + 1 = 1 + k^T K^{-1} y", "k^T K^{-1} y = y K^{-1} k"),
    ],
)
def test_shapes_are_not_made_to_fit_by_taking_vectors_for_numbers(tmp_path, said, right, wrong):
    assert last(tmp_path, said, right) == "proved"
    assert last(tmp_path, said, wrong) in ("gap", "refuted", "unread")


def test_what_does_not_fit_says_nothing_of_what_stands_beside_it(tmp_path):
    text = "For vectors $u$ and $v$ we have\n\n$$ u v^T = v^T u $$\n\nso that\n\n$$ u^T v = v^T u . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["unread", "proved"]


@pytest.mark.parametrize(
    ("said", "claim", "word"),
    [
        (r"Let $\gamma \in (0, 1)$ be the discount factor and $T$ the horizon. Then",
         r"(1 - \gamma) \sum_{t=0}^{T-1} \gamma^t = 1 - \gamma^T", "proved"),
        (r"Let $\gamma \in (0, 1)$ be the discount factor and $T$ the horizon. Then",
         r"(1 - \gamma) \sum_{t=0}^{T-1} \gamma^t = 1 - \gamma", "gap"),
        (r"After $T$ steps with $0 < \rho < 1$ we have", r"\rho^T \rho = \rho^{T+1}", "proved"),
        (r"After $T$ steps with $0 < \rho < 1$ we have", r"\rho^T \rho = \rho^2", "gap"),
        ("Let $T$ be the horizon and $x$ a number. Then", "x + x^T x = x^2 + x", "gap"),
        ("Let $T$ be the horizon. Then", "1 + (a b)^T = b a + 1", "gap"),
        (r"Let $L = \sum_{t=1}^T w^T x_t$ be the sum over $T$ rounds. Then",
         r"\frac{\partial L}{\partial w} = \sum_{t=1}^T x_t", "proved"),
        (r"Let $L = \sum_{t=1}^T w^T x_t$ with $w, x_t \in \mathbb{R}^d$. Then", r"L = \sum_{t=1}^T x_t^T w", "proved"),
    ],
)  # fmt: skip
def test_a_number_of_steps_is_an_exponent(tmp_path, said, claim, word):
    found = last(tmp_path, said, claim)
    assert found == word or (word == "gap" and found == "refuted")


CALLED = r"""Let $A$ be an invertible $n \times n$ matrix, $U$ an $n \times k$ matrix and $V$ a $k \times n$ matrix.
@ Then

$$ M \left( A^{-1} - A^{-1} U V A^{-1} \right) = % $$

For invertible matrices $A$ and $B$ we have

$$ (A B)^{-1} = A^{-1} B^{-1} . $$
"""


@pytest.mark.parametrize("made", ["", "Write $M = A + U V$."])
def test_what_is_called_a_matrix_is_no_number_whatever_it_is_put_into(tmp_path, made):
    """A call of an unknown function has no shape that would make numbers of what is added to its argument."""
    text = CALLED.replace("@", made).replace("%", "I - U V A^{-1} U V A^{-1}")
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved" if made else "unread", "gap"]


def test_what_is_made_of_matrices_is_a_factor_before_brackets(tmp_path):
    text = CALLED.replace("@", "Write $M = A + U V$.").replace("%", "I + U V A^{-1} U V A^{-1}")
    assert verdicts(checked(tmp_path, text, "text.md")) == ["gap", "gap"]


@pytest.mark.parametrize("letter", ["H", "P", "Q"])
def test_a_letter_for_probabilities_may_be_a_matrix(tmp_path, letter):
    said = f"Let ${letter}$ be a projection matrix, so that ${letter}^2 = {letter}$. Then\n\n"
    for right, expected in ((f"I - {letter}", "proved"), (f"I + {letter}", "gap")):
        text = f"{said}$$ (I - {letter})^2 = {right} $$\n"
        assert verdicts(checked(tmp_path, text, "text.md")) == [expected]


def test_capitals_before_a_vector_in_a_norm_are_matrices(tmp_path):
    text = r"The loss is $L = \|y - W_2 W_1 x\|^2$. We have" + "\n\n$$ W_2 W_1 x = W_1 W_2 x $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["refuted"]


@pytest.mark.parametrize("kind", ["projection matrices", "symmetric projection matrices", "covariance matrices"])
def test_letters_that_a_text_takes_for_matrices_do_not_commute(tmp_path, kind):
    text = f"Let $P$ and $Q$ be {kind}. Then\n\n$$ P Q = Q P $$\n\n$$ (P + Q)^2 = P^2 + P Q + Q P + Q^2 $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["gap", "proved"]


def test_matrices_of_one_entry_make_nothing_plausible(tmp_path):
    text = "Let $U$, $V$ be orthogonal matrices and $D$ a diagonal matrix. For $A = U D V^\\top$ we have\n\n"
    assert verdicts(checked(tmp_path, f"{text}$$ A^\\top A = U D^2 U^\\top $$\n", "text.md")) in (["unknown"], ["gap"])
