"""Means, variances and covariances given something."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, steps_of, verdicts

SAID = "Let $X$, $Y$ and $Z$ be random variables. We obtain\n\n$$ %s $$\n"


@pytest.mark.parametrize(
    "formula",
    [
        r"E[X + Z|Y] = E[X|Y] + E[Z|Y]",
        r"E[a X + b|Y] = a E[X|Y] + b",
        r"E[Y X|Y] = Y E[X|Y]",
        r"\mathrm{Var}(a X + b|Y) = a^2 \mathrm{Var}(X|Y)",
        r"\mathrm{Var}(X|Y) = E[X^2|Y] - E[X|Y]^2",
        r"E[(X - E[X|Y])^2|Y] = \mathrm{Var}(X|Y)",
        r"\mathrm{Cov}(X, Z|Y) = E[X Z|Y] - E[X|Y] E[Z|Y]",
        r"E[E[X|Y] + Z|Y] = E[X|Y] + E[Z|Y]",
        r"\mathbb{E}[R_t + \gamma G_t | S_t = s] = \mathbb{E}[R_t|S_t = s] + \gamma \mathbb{E}[G_t|S_t = s]",
    ],
)
def test_what_is_true_of_all_means_is_true_of_them(tmp_path, formula):
    assert verdicts(checked(tmp_path, SAID % formula, "text.md"))[-1] == "proved"


@pytest.mark.parametrize(
    "formula",
    [
        r"E[X Z|Y] = E[X|Y] E[Z|Y]",
        r"E[X|Y = y] = E[X]",
        r"\mathrm{Var}(E[X|Y]) = 0",
        r"\mathrm{Var}(X|Y) = E[X^2|Y]",
        r"E[E[X|Y] Z] = E[E[X|Y]] E[Z]",
        r"E[X|Y] = X",
        r"E_q[X|Y] = E[X|Y]",
        r"E[X, Z|Y] = E[X|Y]",
        r"E[X, Z|Y] = E[Z|Y]",
        r"\mathrm{Var}(X, Z|Y) = \mathrm{Var}(X|Y)",
        r"\mathrm{Cov}(X, X, Z|Y) = \mathrm{Var}(X|Y)",
        r"E[X + Z|Y] = E[X|Y] + E[Z]",
        r"E[X|Y] = E[X|Z]",
        r"E[E[X|Y] + W|Z] = E[X|Y] + E[W|Z]",
        r"E[E[X|Y] W|Z] = E[X|Y] E[W|Z]",
        r"\mathrm{Var}(W + E[X|Y]|Z) = \mathrm{Var}(W|Z)",
    ],
)
def test_what_is_not_is_not_proved(tmp_path, formula):
    assert verdicts(checked(tmp_path, SAID % formula, "text.md"))[-1] != "proved"


@pytest.mark.parametrize(
    "formula", [r"E[E[X|Y]] = E[X]", r"\mathrm{Var}(X) = E[\mathrm{Var}(X|Y)] + \mathrm{Var}(E[X|Y])"]
)
def test_of_what_relates_them_to_others_nothing_is_told(tmp_path, formula):
    assert verdicts(checked(tmp_path, SAID % formula, "text.md"))[-1] not in ("gap", "refuted")


def test_they_are_echoed_with_their_condition(tmp_path):
    (step,) = steps_of(checked(tmp_path, SAID % "E[X + Z|Y] = E[X|Y] + E[Z|Y]", "text.md"))
    assert str(step.left).replace("{}", "") == r"E\left[X + Z \mid Y\right]"


def test_what_is_made_of_random_variables_is_no_constant_in_them(tmp_path):
    text = "Let $X$, $Y$, $Z$, $W$ be random variables and $M = X + Y$. We obtain\n\n$$ E[M W|Z] = M E[W|Z] $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


@pytest.mark.parametrize(
    ("said", "formula"),
    [
        ("let $v$ be a random vector", "E[v|Y] = v"),
        ("let $v$ be a random vector", "E[v X|Y] = v E[X|Y]"),
        (r"let $v \in \mathbb{R}^n$ be a random vector", "E[v X|Y] = v E[X|Y]"),
        (r"let $v \in \mathbb{R}^n$ be a random vector", "E[v^T v|Y] = v^T v"),
        ("$f(s) = X + s$", "E[f(a) W|Z] = f(a) E[W|Z]"),
        ("$M = X + Y$", "E[p(Z|Y) X|Y] = p(Z|Y) E[X|Y]"),
    ],
)
def test_what_is_random_is_no_constant(tmp_path, said, formula):
    text = f"Let $X$, $Y$, $Z$, $W$ be random variables and {said}. We obtain\n\n$$ {formula} $$\n"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] != "proved"


def test_of_the_mean_of_a_matrix_nothing_is_told(tmp_path):
    text = f"Let $A$ be a random $n \\times n$ matrix. {SAID % 'E[A|Y] = A'}"
    assert verdicts(checked(tmp_path, text, "text.md"))[-1] in ("unknown", "unread")
