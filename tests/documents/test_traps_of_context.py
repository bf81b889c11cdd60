"""Formulas whose reading hangs on the rest of the text: calls and products, expectations, Euler's number."""

from __future__ import annotations

import pytest
from sympy import latex

from symderiv.documents.markdown_files import read_markdown
from symderiv.documents.page import page_of
from symderiv.formulas.source import Source
from symderiv.model.derivation import Stated
from tests.documents.checking import checked, verdicts


def echoes(*displays):
    """What each relation is understood as; the code of what is wrong with it where it is not read."""
    page = page_of(read_markdown(Source("a", "\n\n".join(f"$${text}$$" for text in displays))))
    codes = iter([diagnostic.code for diagnostic in page.diagnostics])
    found = []
    for derivation in page.derivations:
        for step in derivation.steps:
            if isinstance(step, Stated):
                found.append(next(codes))
            else:
                said = step.statement.proposition
                found.append(f"{latex(said.left)} {said.relation.value} {latex(said.right)}")
    return found


@pytest.mark.parametrize(
    ("displays", "echo"),
    [
        (["f(x+1) = x"], r"f\left(x + 1\right) = x"),
        (["f = 3", "f(x+1) = c"], r"f \, \left(x + 1\right) = c"),
        (["f(x,y) = 1", "f(a+b) = c"], r"f\left(a + b\right) = c"),
        (["p(x) = 1", "p(p-1) = c"], r"p \, \left(p - 1\right) = c"),
        ([r"\lambda(t) = 1", r"\lambda(t+1) = \lambda"], "ambiguous"),
        (["f(x) = x", "f(1) + f = 2"], "ambiguous"),
        (["f(x) = x", "f^2(x) = c"], "ambiguous"),
        (["n = 2", "n^2(n+1) = c"], r"n^{2} \, \left(n + 1\right) = c"),
        (["F(x) = y", "F^{-1}(x) = c"], r"F^{-1}\left(x\right) = c"),
        (["V = 2", "V^{-1}(y-m) = c"], r"V^{-1} \, \left(y - m\right) = c"),
        (["e^x = y"], r"\exp x = y"),
        (["e = 3", "e x + e^x = y"], r"e \, x + e^{x} = y"),
        (["|a| = b"], r"\left|a\right| = b"),
        (["E[X]^2 = c"], r"E\left[X\right]^{2} = c"),
        (["E[X^2] = c"], r"E\left[X^{2}\right] = c"),
        (["E[X] = c", "E X = c"], "ambiguous"),
        (["p(x) = p(y)"], r"p\left(x\right) = p\left(y\right)"),
        ([r"\log x = \ln x"], r"\ln x = \ln x"),
        ([r"\log_2 x = y"], r"\frac{\ln x}{\ln 2} = y"),
        ([r"x^\mathrm{T} A y = c"], r"x^\mathrm{T} \, A \, y = c"),
        ([r"\frac{\partial L}{\partial \sigma^2} = c"], r"\frac{\partial }{\partial (\sigma^{2})} L = c"),
        ([r"\sum_{i=1}^n x_i = c"], r"\sum_{i=1}^{n} x_{i} = c"),
        (["x' = x"], "x' = x"),
        (["x_{n+1} = x_n"], "x_{n+1} = x_n"),
    ],
)
def test_context_decides(displays, echo):
    assert echoes(*displays)[-1] == echo


@pytest.mark.parametrize("rest", ["Then\n\n$$ |y| + 1 = y + 1. $$\n", "Let $f = x + y - |y|$. Then\n\n$$ f = x. $$\n"])
def test_a_bound_ends_where_its_name_is_let_be_any_number(tmp_path, rest):
    text = f"Let $y > 0$. Then\n\n$$ |y| = y. $$\n\nNow let $y$ be any real number. {rest}"
    assert verdicts(checked(tmp_path, text, "text.md")) == ["proved", "gap"]
    assert verdicts(checked(tmp_path, text.replace("Now let $y$ be any real number. ", ""), "text.md"))[1] == "proved"
