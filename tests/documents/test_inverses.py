"""Identities of inverse matrices in documents, the identity written `I`, and what is told of wrong ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents.checking import checked, steps_of, verdicts

TRUE = [
    r"(I + U V)^{-1} U = U (I + V U)^{-1}",
    r"X^\top (X X^\top + \lambda I)^{-1} = (X^\top X + \lambda I)^{-1} X^\top",
    r"(A + U C U^\top)^{-1} = A^{-1} - A^{-1} U (C^{-1} + U^\top A^{-1} U)^{-1} U^\top A^{-1}",
    r"(P^{-1} + H^\top R^{-1} H)^{-1} = P - P H^\top (H P H^\top + R)^{-1} H P",
    r"P H^\top (H P H^\top + R)^{-1} = (P^{-1} + H^\top R^{-1} H)^{-1} H^\top R^{-1}",
    r"(y - X w)^\top (y - X w) + \lambda w^\top w = y^\top y - 2 w^\top X^\top y + w^\top (X^\top X + \lambda I) w",
    r"X^\top (A^{-1} - B^{-1}) X = X^\top A^{-1} (B - A) B^{-1} X",
    r"(A^{-1} + B^{-1})^{-1} X^\top = A (A + B)^{-1} B X^\top",
]
FALSE = [
    r"(I + U V)^{-1} U = U (I + U V)^{-1}",
    r"X^\top (X X^\top + \lambda I)^{-1} = (X^\top X - \lambda I)^{-1} X^\top",
    r"(A + U C U^\top)^{-1} = A^{-1} + A^{-1} U (C^{-1} + U^\top A^{-1} U)^{-1} U^\top A^{-1}",
    r"(A + U C U^\top)^{-1} = A^{-1} - A^{-1} U (C + U^\top A^{-1} U)^{-1} U^\top A^{-1}",
    r"(P^{-1} + H^\top R^{-1} H)^{-1} = P - P H^\top (H P H^\top + R)^{-1} H",
    r"(y - X w)^\top (y - X w) + \lambda w^\top w = y^\top y - 2 w^\top X^\top y + w^\top (X^\top X - \lambda I) w",
    r"X^\top (A^{-1} - B^{-1}) X = X^\top A^{-1} (A - B) B^{-1} X",
    r"X^\top (A + B)^{-1} X = X^\top (A^{-1} + B^{-1}) X",
]


@pytest.mark.parametrize("formula", TRUE)
def test_an_identity_of_inverses_is_proved(tmp_path: Path, formula: str) -> None:
    report = checked(tmp_path, f"We find that\n$$ {formula} $$\n", "text.md")
    assert verdicts(report) == ["proved"]
    (step,) = steps_of(report)
    assert "contradictory" not in step.verdict.reason


@pytest.mark.parametrize("formula", FALSE)
def test_a_wrong_one_has_values_at_which_it_fails(tmp_path: Path, formula: str) -> None:
    assert verdicts(checked(tmp_path, f"We find that\n$$ {formula} $$\n", "text.md"))[0] in ("refuted", "gap")


def test_identities_of_different_sizes_may_all_be_written_I(tmp_path: Path) -> None:
    text = "We find that\n$$ (I + U V) U = U (I + V U) $$\nand\n$$ X^\\top (I + U V) X = X^\\top X + X^\\top U V X $$\n"
    report = checked(tmp_path, text, "text.md")
    assert verdicts(report) == ["proved", "proved"]


@pytest.mark.parametrize(
    "words", ["Let $I$ be the Fisher information matrix.", "where $I$ is the moment of inertia.", r"We set $I = 2 C$."]
)
def test_an_I_of_which_the_text_says_something_else_is_no_identity(tmp_path: Path, words: str) -> None:
    text = f"{words}\nWe find that\n$$ X^\\top X + X^\\top I X = 2 X^\\top X $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


def test_an_assumed_equation_is_put_in(tmp_path: Path) -> None:
    text = (
        "Let $K = P H^\\top S^{-1}$. Then we have\n$$ K S = P H^\\top $$\nand\n$$ K S K^\\top = P H^\\top K^\\top $$\n"
    )
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"
    wrong = text.replace("$$ K S = P H^\\top $$", "$$ K S = P H $$")
    assert verdicts(checked(tmp_path, wrong, "text.md"))[-2] != "proved"


def test_assumed_equations_that_lead_in_a_circle_stop_no_proof(tmp_path: Path) -> None:
    said = "Let $X$ be a matrix, $A = 2 B$ and $B = \\frac{1}{2} A$. Then we have"
    text = f"{said}\n$$ X^\\top (A - A) X = X^\\top A X - X^\\top A X $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] == "proved"


def test_what_is_divided_by_and_multiplied_again_is_a_condition(tmp_path: Path) -> None:
    text = "We have\n$$ E = \\sum_{n=1}^N t_n y_n $$\nand so\n$$ \\frac{t_n}{y_n} y_n + t_n = 2 t_n $$\n"
    *_, step = steps_of(checked(tmp_path, text, "text.md"))
    assert step.verdict.conditions == (r"y_{n} \neq 0",)
    *_, wrong = verdicts(checked(tmp_path, text.replace("= 2 t_n", "= t_n"), "text.md"))
    assert wrong in ("refuted", "gap")


def test_a_range_beside_a_formula_is_one_condition(tmp_path: Path) -> None:
    text = "The density is\n$$ f(x) = 2 x, \\quad 0 \\leq x \\leq 1 $$\n"
    report = checked(tmp_path, text, "text.md")
    assert verdicts(report) == ["given", "given", "given"]
    assert not report.diagnostics


def test_assumptions_that_a_proof_does_not_use_cannot_make_it_suspicious(tmp_path: Path) -> None:
    text = (
        "Let $X \\sim \\mathrm{Exp}(\\lambda)$. We have\n"
        "$$ \\mathrm{E}(X) = \\int_0^\\infty x \\lambda e^{-\\lambda x} \\, \\mathrm{d}x $$\nand\n"
        "$$ \\lambda \\left( 0 + \\frac{1}{\\lambda^2} \\right) = \\frac{1}{\\lambda} $$\n"
    )
    *_, step = steps_of(checked(tmp_path, text, "text.md"))
    assert "contradictory" not in step.verdict.reason


SQUARE = "Let $A$ be an $n \\times n$ matrix and $x, y \\in \\mathbb{R}^n$. "
CONDITION = r"A \text{ is invertible}"


@pytest.mark.parametrize(
    ("said", "lists"),
    [
        ("Let $A$ be invertible.", []),
        ("Assume that $A$ is nonsingular.", []),
        ("Here $A$ is symmetric and positive definite.", []),
        ("Let $A$ be positive semi-definite.", [CONDITION]),
        ("We do not assume that $A$ is invertible.", [CONDITION]),
        ("If $A$ is invertible, much is easier.", [CONDITION]),
        ("Suppose for a moment that $A$ is invertible.", [CONDITION]),
        ("In some cases $A$ is invertible.", [CONDITION]),
        ("Only sometimes $A$ is invertible.", [CONDITION]),
        ("Let $A$ be an orthogonal projection.", [CONDITION]),
        ("The invertible matrices $A$ form a group.", [CONDITION]),
        ("Unlike a positive definite matrix $A$ ours is any.", [CONDITION]),
        ("With an invertible matrix $A$ it is easier, but ours may be singular.", [CONDITION]),
        ("Usually $A$ is invertible. Here $A$ is singular.", [CONDITION]),
        ("Now $A$ is invertible for almost all $x$.", [CONDITION]),
    ],
)
def test_an_inverse_exists_where_the_text_says_so(tmp_path, said, lists):
    report = checked(
        tmp_path, f"{SQUARE}{said} We get\n\n$$ 1 + 1 = 2 $$\n\n$$ A^{{-1}} A x + y = x + y $$\n", "text.md"
    )
    step = steps_of(report)[-1]
    assert [list(step.verdict.conditions), verdicts(report)[-1]] == [lists, "proved"]


@pytest.mark.parametrize(("said", "expected"), [("Let $A$ be invertible.", "proved"), ("Let $A$ be singular.", "gap")])
def test_what_an_invertible_matrix_maps_to_the_same_is_the_same(tmp_path, said, expected):
    text = f"{SQUARE}{said} Then\n\n$$ A x = A y \\quad \\Rightarrow \\quad x = y $$\n"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["given", expected]
