r"""Brackets above names are labels where the text shows it, and stay ambiguous elsewhere."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

LISTED = "Let the examples be $\\{(x^{(i)}, y^{(i)})\\}_{i=1}^n$. Then\n\n$$ %s $$\n"


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"\sum_{i=1}^n (x^{(i)} + y^{(i)}) = \sum_{i=1}^n x^{(i)} + \sum_{j=1}^n y^{(j)}", "proved"),
        (r"\sum_{i=1}^n x^{(i)} y^{(i)} = \sum_{i=1}^n x^{(i)}", "gap"),
        (r"\sum_{i=1}^n x^{(i)} x^{(i)} = \sum_{i=1}^n (x^{(i)})^2", "proved"),
        (r"x^{(1)} x^{(2)} = x^{(3)}", "gap"),
        (r"w_{jk}^{(l)} + w^{(l)}_{jk} = 2 w^{(l)}_{jk}", "proved"),
        (r"w_{jk}^{(l)} + w^{(k)}_{jl} = 2 w^{(l)}_{jk}", "gap"),
        (r"x^{(i)} + x_i = 2 x_i", "unread"),
        (r"x^{(-i)} = \frac{1}{x^{(i)}}", "unread"),
        (r"e^{(a)} = 1", "unread"),
    ],
)
def test_a_list_shows_what_is_a_label(tmp_path, formula, verdict):
    assert verdicts(checked(tmp_path, LISTED % formula, "text.md"))[-1] == verdict


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"(\mathbf{W}^{(2)} \mathbf{W}^{(1)})^\top = \mathbf{W}^{(1)\top} {\mathbf{W}^{(2)}}^\top", "proved"),
        (r"(\mathbf{W}^{(2)} \mathbf{W}^{(1)})^\top = \mathbf{W}^{(2)\top} {\mathbf{W}^{(1)}}^\top", "gap"),
        (r"\sum_{i=1}^n ({\mathbf{x}}^{(i)} + \mathbf{b}) = \sum_{i=1}^n \mathbf{x}^{(i)} + n \mathbf{b}", "proved"),
        (r"\sum_{i=1}^n ({\mathbf{x}}^{(i)} + \mathbf{b}) = \sum_{i=1}^n \mathbf{x}^{(i)} + \mathbf{b}", "gap"),
        (r"\sum_{i=1}^n 2 l^{(i)}(\mathbf{w}, b) = 2 \sum_{i=1}^n l^{(i)}(\mathbf{w}, b)", "proved"),
        (r"\sum_{i=1}^n 2 l^{(i)}(\mathbf{w}, b) = 2 \sum_{i=1}^n l^{(i)}(\mathbf{v}, b)", "unknown"),
    ],
)
def test_vectors_and_first_ones_have_labels(tmp_path, formula, verdict):
    found = verdicts(checked(tmp_path, f"We find\n\n$$ {formula} $$\n", "text.md"))[-1]
    assert found == verdict or (verdict == "gap" and found == "refuted")


@pytest.mark.parametrize(
    "before", ["The layers are numbered. In layer $l$ we have", "At step $l$ we have", "For the $l$-th layer"]
)
def test_words_count_by_a_letter(tmp_path, before):
    text = f"{before}\n\n$$ 2 (a^{{(l)}} + a^{{(2)}}) = 2 a^{{(2)}} + 2 a^{{(%s)}} $$\n"
    assert verdicts(checked(tmp_path, text % "l", "t.md")) == ["proved"]
    assert verdicts(checked(tmp_path, text % "3", "t.md")) == ["refuted"]


@pytest.mark.parametrize(
    "text",
    [
        "Then\n\n$$ x^{(i)} x^{(i)} = x^{(2i)} $$\n",
        "The $n$-th derivative is\n\n$$ f^{(n)}(x) = f^{(n)}(x) + 1 $$\n\nfor inputs $\\mathbf{x}^{(i)}$.\n",
        "The rising factorial of layer $n$ is\n\n$$ x^{(n)} = x^{(n)} + 1 $$\n",
    ],
    ids=["nothing shows it", "a derivative", "a factorial"],
)
def test_what_may_be_something_else_is_unread(tmp_path, text):
    assert verdicts(checked(tmp_path, text, "text.md")) == ["unread"]


def test_one_of_several_vectors_is_no_entry(tmp_path):
    text = "For the examples $\\mathbf{x}^{(1)}, \\ldots, \\mathbf{x}^{(n)}$ and a vector $\\mathbf{v}$ we find\n\n"
    text += "$$ \\mathbf{v}^\\top \\mathbf{v} = \\sum_{i=1}^n (v^{(i)})^2 $$\n"
    assert "proved" not in verdicts(checked(tmp_path, text, "text.md"))
