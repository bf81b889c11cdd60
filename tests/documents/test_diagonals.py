r"""Diagonal matrices, `\operatorname{diag}(p)`, and products in which a number stands before a vector."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts

SETTING = r"Let $p \in \mathbb{R}^k$ and $v \in \mathbb{R}^k$ be vectors"
SOFTMAX = rf"{SETTING} and $J = @ - p p^\top$. Then" + "\n\n$$ % $$\n"

RIGHT = [
    r"v^\top J v = \sum_{i=1}^k p_i v_i^2 - \left( \sum_{i=1}^k p_i v_i \right)^2",
    r"J^\top = J",
    r"J v = \operatorname{diag}(p) v - (p^\top v) p",
    r"\operatorname{diag}(p) v = \operatorname{diag}(v) p",
    r"\operatorname{tr}(\operatorname{diag}(p)) = \sum_{i=1}^k p_i",
]
WRONG = [
    r"v^\top J v = \sum_{i=1}^k p_i v_i - \left( \sum_{i=1}^k p_i v_i \right)^2",
    r"J^\top = -J",
    r"J v = \operatorname{diag}(p) v + (p^\top v) p",
    r"\operatorname{diag}(p) v = \operatorname{diag}(v) v",
    r"\operatorname{tr}(\operatorname{diag}(p)) = \sum_{i=1}^k p_i^2",
]


def test_what_is_right_is_proved(tmp_path):
    for formula in RIGHT:
        text = SOFTMAX.replace("@", r"\operatorname{diag}(p)").replace("%", formula)
        assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved", formula


def test_what_is_wrong_is_told(tmp_path):
    for formula in WRONG:
        text = SOFTMAX.replace("@", r"\mathrm{diag}(p)").replace("%", formula.replace(r"\operatorname", r"\mathrm"))
        assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("gap", "refuted"), formula


def test_an_inverse_needs_that_no_entry_is_zero(tmp_path):
    text = rf"{SETTING}. Then" + "\n\n" + r"$$ \operatorname{diag}(p)^{-1} \operatorname{diag}(p) v = v . $$"
    (step,) = steps_of(checked(tmp_path, text, "text.md"))
    assert step.verdict.conditions == (r"p[\mathit{row}] \neq 0",)


@pytest.mark.parametrize(
    ("formula", "word"),
    [
        (r"p p^\top v = (p^\top v) p", ("proved",)),
        (r"p p^\top v = (p^\top v) v", ("gap", "refuted")),
        (r"(p^\top v) (v^\top p) p = (p^\top v)^2 p", ("proved",)),
        (r"(p^\top v) (v^\top p) p = (p^\top v)^2 v", ("gap", "refuted")),
    ],
)
def test_a_number_may_stand_before_a_vector(tmp_path, formula, word):
    text = f"{SETTING}. Then\n\n$$ {formula} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in word


def test_the_diagonal_of_a_matrix_is_another_thing(tmp_path):
    text = r"Let $A \in \mathbb{R}^{k \times k}$ be a matrix and $p \in \mathbb{R}^k$. Then" + "\n\n"
    assert verdicts(checked(tmp_path, text + r"$$ p^\top \operatorname{diag}(A) p = p^\top A p $$", "text.md")) != [
        "proved"
    ]


def test_the_determinant_is_the_product_of_the_entries(tmp_path):
    for body, word in (("p_i", ("proved",)), ("p_i^2", ("gap", "refuted"))):
        text = rf"{SETTING}. Then" + "\n\n" + rf"$$ |\operatorname{{diag}}(p)| = \prod_{{i=1}}^k {body} $$"
        assert verdicts(checked(tmp_path, text, "text.md"))[-1] in word


def test_a_diagonal_that_is_listed_is_left_open(tmp_path):
    text = r"Let $\Sigma = \mathrm{diag}(\sigma_1^2, \ldots, \sigma_d^2)$. Then" + "\n\n"
    assert verdicts(checked(tmp_path, text + r"$$ |\Sigma| = \prod_{j=1}^d \sigma_j^2 $$", "text.md")) == ["unknown"]


def test_an_equation_for_a_diagonal_matrix_defines_nothing(tmp_path):
    # It would say that v is zero, and so that both sides of the row before it are.
    claim = r"(u^\top v) w = (w^\top v) u"
    false = r"\operatorname{diag}(u - v) = \operatorname{diag}(u) + \operatorname{diag}(v)"
    names = r"Let $u \in \mathbb{R}^k$, $v \in \mathbb{R}^k$ and $w \in \mathbb{R}^k$ be vectors. Then"
    found = verdicts(checked(tmp_path, f"{names}\n\n$$ {claim} $$\n\n$$ {false} $$\n", "text.md"))
    assert all(word in ("gap", "refuted") for word in found), found


LISTED = "Let $D = \\operatorname{diag}(d_1, \\ldots, d_n)$ and $x \\in \\mathbb{R}^n$. Then\n\n$$ %s . $$\n"


@pytest.mark.parametrize(
    ("formula", "is_right"),
    [
        (r"x^\top D x = \sum_{i=1}^n d_i x_i^2", True),
        (r"x^\top D^2 x = \sum_{i=1}^n d_i^2 x_i^2", True),
        (r"x^\top D x = \sum_{i=1}^n d_i x_i", False),
        (r"x^\top D x = \sum_{i=1}^n d_i^2 x_i^2", False),
        (r"d x^\top D x = d \sum_{i=1}^n d_i x_i^2", False),
    ],
    ids=["form", "square", "wrong form", "wrong square", "another d"],
)
def test_its_entries_can_be_listed(tmp_path, formula, is_right):
    found = verdicts(checked(tmp_path, LISTED % formula, "text.md"))[-1]
    assert (found == "proved") is is_right


@pytest.mark.parametrize(
    "listed",
    [r"d_1, \ldots, d_n, 0", r"1, d_2, \ldots, d_n", r"d_1, \ldots, x_n", r"d_1, \ldots, d_n^2", r"d_2, \ldots, d_n"],
)
def test_other_lists_are_not_its_entries(tmp_path, listed):
    text = (LISTED % r"x^\top D x = \sum_{i=1}^n d_i x_i^2").replace(r"d_1, \ldots, d_n", listed)
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (r"x = [x_1, \ldots, x_n]^\top", "given"),
        (r"x = (x_1, x_2, \ldots, x_n)^\mathrm{T}", "given"),
        (r"x = [y_1, \ldots, y_n]^\top", "unread"),
    ],
)
def test_a_row_says_what_entries_a_vector_has(tmp_path, row, word):
    text = "Let $x$ be the vector\n\n$$ % . $$\n\nThen\n\n$$ x^\\top x = \\sum_{i=1}^n x_i^2 . $$\n"
    found = verdicts(checked(tmp_path, text.replace("%", row), "text.md"))
    assert found[0] == word
    assert word == "unread" or found[1] == "proved"


BY_ENTRIES = r"""Let $D = \mathrm{diag}(d_1, d_2)$. Then
$$ \mathrm{tr}(D) = d_1 + d_2. $$
And
$$ \det(D) = @. $$
"""


@pytest.mark.parametrize(("value", "verdict"), [("d_1 d_2", "proved"), ("d_1 + d_2", "gap"), ("d_1", "gap")])
def test_the_determinant_of_what_is_listed_is_no_trace(tmp_path, value, verdict):
    assert verdicts(checked(tmp_path, BY_ENTRIES.replace("@", value), "text.md"))[-1] == verdict


@pytest.mark.parametrize("made", [r"\mathrm{blkdiag}(A, B)", r"\operatorname{toeplitz}(c)", "k(x, y)"])
def test_what_is_traced_is_no_number_whatever_it_is_made_by(tmp_path, made):
    text = f"Let $D = {made}$. Then\n$$ \\mathrm{{tr}}(D) = s. $$\nAnd\n$$ \\det(D) = s. $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] not in ("proved", "refuted", "gap")
