"""A matrix A has the entries a_ij, where a text says nothing else of these."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

MATRIX = "Let $A$ be an $n \\times n$ matrix and $x \\in \\mathbb{R}^n$. We find\n\n$$ %s . $$\n"
FORM = r"x^T A x = \sum_{i=1}^n \sum_{j=1}^n a_{ij} x_i x_j"


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (FORM, "proved"),
        (r"\operatorname{tr}(A^T A) = \sum_{i=1}^n \sum_{j=1}^n a_{ij}^2", "proved"),
        (r"x^T A x = \sum_{i=1}^n \sum_{j=1}^n a_{ij} x_i", "gap"),
        (r"\operatorname{tr}(A^T A) = \sum_{i=1}^n a_{ii}^2", "gap"),
    ],
)
def test_the_entries_have_the_small_letter(tmp_path, formula, verdict):
    assert verdicts(checked(tmp_path, MATRIX % formula, "text.md"))[-1] == verdict


@pytest.mark.parametrize(
    "said",
    [
        r"Let $A \in \mathbb{R}^{n \times n}$ with entries $a_{ij}$ and $x \in \mathbb{R}^n$.",
        r"Let $A$ be a real $n \times n$ matrix with elements $a_{ij}$ and $x \in \mathbb{R}^n$.",
        r"Let $A$ be a $n \times n$ matrix and $x \in \mathbb{R}^n$, and let $a_{ij}$ be the entries of $A$.",
    ],
)
def test_a_text_can_say_so(tmp_path, said):
    assert verdicts(checked(tmp_path, f"{said} We find\n\n$$ {FORM} . $$\n", "text.md")) == ["proved"]


@pytest.mark.parametrize(
    "text",
    [
        MATRIX.replace("matrix and", r"matrix, $B$ be an $n \times n$ matrix with entries $a_{ij}$ and") % FORM,
        MATRIX.replace("We", r"Let $B$ be a matrix and let $a_{ij}$ be the entries of $B$. We") % FORM,
        MATRIX.replace("We", "Let $a_{ij} = i + j$. We") % FORM,
        MATRIX.replace("We", "Let $a$ be a number. We") % FORM,
        MATRIX % FORM + "\nwhere $a_{ij}$ is what $i$ pays to $j$.\n",
        MATRIX % rf"a {FORM}",
        MATRIX % FORM.replace("a_{ij}", "a_{ij} A_{ij}"),
        MATRIX % FORM.replace("a_{ij} x_i", "a_i a_{ij} x_i"),
        MATRIX.replace(r"an $n \times n$ matrix", "a number") % FORM,
    ],
    ids=["another has them", "are of another", "given", "a number", "said below", "alone", "own", "one index", "none"],
)
def test_what_is_something_else_is_not_an_entry(tmp_path, text):
    assert "proved" not in verdicts(checked(tmp_path, text, "text.md"))
