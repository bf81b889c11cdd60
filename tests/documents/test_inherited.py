"""A theorem knows what the text before it has introduced, and keeps to itself what it supposes."""

from __future__ import annotations

import pytest

from tests.documents.checking import checked, verdicts

MEAN = "Let\n\\begin{equation}\n\\mu = \\frac{1}{n} \\sum_{i=1}^n x_i .\n\\end{equation}\n"
SCALED = "\\frac{1}{n} \\sum_{i=1}^n (a x_i + c) = a \\mu + c ."


def last(tmp_path, before, statement, step):
    proof = f"\\begin{{proof}}\nWe have\n\\begin{{equation}}\n{step}\n\\end{{equation}}\n\\end{{proof}}\n"
    text = f"\\section{{Means}}\n{before}\n\\begin{{lemma}}\n{statement}\n\\end{{lemma}}\n{proof}"
    return verdicts(checked(tmp_path, text))[-1]


@pytest.mark.parametrize("statement", ["All is well.", "All is shifted by $c$.", "All is scaled by $a > 0$."])
def test_definitions_before_a_lemma_hold_in_its_proof(tmp_path, statement):
    assert last(tmp_path, MEAN, statement, SCALED) == "proved"
    assert last(tmp_path, MEAN, statement, SCALED.replace("+ c .", "+ 2 c .")) in ("gap", "refuted")


@pytest.mark.parametrize("statement", [r"Let $\mu$ be a number.", r"Suppose that $\mu > 0$."])
def test_a_name_that_the_lemma_speaks_of_may_be_another_one(tmp_path, statement):
    assert last(tmp_path, MEAN, statement, SCALED) in ("gap", "refuted")


def test_what_is_supposed_before_is_none(tmp_path):
    supposed = "Suppose first that\n\\begin{equation}\ny = 2 .\n\\end{equation}\n"
    assert last(tmp_path, supposed, "All is well.", "z (y + 1) = 3 z .") in ("gap", "refuted")
    assert last(tmp_path, "Let $f(x) = x^2$.", "Let $f$ be a function.", "f(x + 1) = (x + 1)^2 .") in ("gap", "unknown")


def test_what_a_lemma_supposes_holds_for_nothing_before_it(tmp_path):
    text = (
        "\\section{Squares}\nWe have\n\\begin{equation}\n(x + y)^2 = x^2 + y^2 .\n\\end{equation}\n"
        "\\begin{lemma}\nSuppose that $x y = 0$. Then\n"
        "\\begin{equation}\n(x + y)^2 = x^2 + y^2 .\n\\end{equation}\n\\end{lemma}\n"
    )
    assert verdicts(checked(tmp_path, text))[0] in ("gap", "refuted")
