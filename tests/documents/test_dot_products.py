r"""The inner product of vectors by a dot or angle brackets, where the text does not use the dot entry by entry."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

BOLD = "For vectors $\\mathbf{u}$ and $\\mathbf{v}$ we have\n\n$$ %s . $$\n"


@pytest.mark.parametrize(
    ("formula", "verdict"),
    [
        (r"\mathbf{u} \cdot \mathbf{v} = \mathbf{v}^\top \mathbf{u}", "proved"),
        (r"\mathbf{u} \cdot \mathbf{v} = \mathbf{u}^\top \mathbf{u}", "refuted"),
        (r"\mathbf{u} \cdot \mathbf{v} = \sum_{i=1}^n u_i v_i", "proved"),
        (r"\mathbf{u} \cdot \mathbf{v} = \sum_{i=1}^n u_i", "refuted"),
        (r"(\mathbf{u} + \mathbf{v}) \cdot (\mathbf{u} - \mathbf{v}) = \|\mathbf{u}\|^2 - ||\mathbf{v}||^2", "proved"),
        (r"(\mathbf{u} + \mathbf{v}) \cdot (\mathbf{u} + \mathbf{v}) = \|\mathbf{u}\|^2 + \|\mathbf{v}\|^2", "refuted"),
        (r"\langle \mathbf{u}, a \mathbf{v} \rangle = a \, \mathbf{u} \cdot \mathbf{v}", "proved"),
        (r"\langle \mathbf{u}, a \mathbf{v} \rangle = a^2 \, \mathbf{u} \cdot \mathbf{v}", "refuted"),
        (r"\mathbf{A} \mathbf{u} \cdot \mathbf{v} = \mathbf{u} \cdot \mathbf{A}^\top \mathbf{v}", "proved"),
        (r"\mathbf{A} \mathbf{u} \cdot \mathbf{v} = \mathbf{u} \cdot \mathbf{A} \mathbf{v}", "refuted"),
        (r"\mathbf{u} \cdot \mathbf{v} \cdot \mathbf{w} = 0", "unread"),
        (r"\langle \mathbf{u}, \mathbf{v} \rangle_M = \mathbf{u} \cdot \mathbf{v}", "unread"),
        (r"\langle X, Y \rangle = E[X Y]", "unread"),
    ],
)
def test_the_inner_product(tmp_path, formula, verdict):
    found = verdicts(checked(tmp_path, BOLD % formula, "text.md"))[-1]
    assert found == verdict or (verdict == "refuted" and found == "gap")


@pytest.mark.parametrize(("right", "verdict"), [(r"y^\top x", "proved"), (r"x^\top x", "gap")])
def test_vectors_that_prose_calls_so(tmp_path, right, verdict):
    text = f"Let $x$ and $y$ be vectors. Then\n\n$$ x \\cdot y = {right} . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == [verdict]


def test_of_numbers_the_dot_is_a_product(tmp_path):
    assert verdicts(checked(tmp_path, "Then\n\n$$ x \\cdot y = y x . $$\n", "text.md")) == ["proved"]


def test_a_dot_that_makes_vectors_is_none(tmp_path):
    text = "The gates give\n\n$$ \\mathbf{c} = \\mathbf{f} \\cdot \\mathbf{b} + \\mathbf{i} \\cdot \\mathbf{g} $$\n\n"
    text += "and hence\n\n$$ \\mathbf{f} \\cdot \\mathbf{b} = \\mathbf{f}^\\top \\mathbf{b} . $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["unread", "unread"]
