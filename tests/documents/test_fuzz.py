"""Whatever a document holds, it is read or refused: no exception leaves the readers.

`make fuzz` tries a hundred thousand inputs.
"""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from symderiv.documents.latex_files import read_latex
from symderiv.documents.markdown_files import read_markdown
from symderiv.documents.notebook_files import read_notebook
from symderiv.documents.page import page_of
from symderiv.formulas.source import Source

pytestmark = pytest.mark.thorough

INPUTS = int(os.environ.get("SYMDERIV_FUZZ", "900"))
fuzzed = settings(max_examples=INPUTS, deadline=None, suppress_health_check=list(HealthCheck))

PARTS = [
    "$$", "$", "\n", "\n\n", "a", "b", "x", "i", "n", "d", "P", "E", "1", "2", "0.5", " ", "=", "+", "-", "/", "!",
    "'", "*", ",", ".", ";", "(", ")", "[", "]", "{", "}", "|", "||", "^", "_", "&", "<", ">", "#", "#1", "%", "~",
    "`", "```math\n", "---\n", "> ", "# ", "<!--", "-->", "symderiv:", r"\\", r"\{", r"\}", r"\[", r"\]", r"\(",
    r"\)", r"\frac", r"\sqrt", r"\sum", r"\prod", r"\int", r"\ln", r"\exp", r"\sin", r"\hat", r"\mathbf",
    r"\mathrm{d}", r"\mathbb{E}", r"\operatorname{tr}", r"\partial", r"\nabla", r"\left", r"\right", r"\left(",
    r"\right)", r"\left|", r"\right|", r"\left.", r"\middle|", r"\langle", r"\rangle", r"\mid", r"\|", r"\sim",
    r"\in", r"\leq", r"\not", r"\Rightarrow", r"\overset{", r"\text{where }", r"\text{", r"\begin{align}",
    r"\end{align}", r"\begin{cases}", r"\end{cases}", r"\begin{pmatrix}", r"\end{pmatrix}", r"\begin{proof}",
    r"\end{proof}", r"\newcommand{\a}", r"\def\a", r"\a", r"\label{e}", r"\eqref{e}", r"\binom", r"\underbrace",
    r"\substack", r"\infty", r"\ldots", r"\top", r"\alpha", r"\max", r"\lim", r"\to", "_{i=1}^n", "^{-1}", "p(x)",
    "p(x|y)", "E[X]", r"_{x \sim P}", "{a}{b}", "**Proof:**", "where $a = b$,", "independent",
]  # fmt: skip
soup = st.lists(st.sampled_from(PARTS), max_size=40).map("".join)
displays = st.lists(soup.map(lambda text: f"$${text}$$\n"), max_size=3).map("\n".join)
documents = st.one_of(
    soup, displays, displays.map(lambda text: f"Let $x = 1$. {text} where $n > 0$."), st.text(max_size=60)
)


@fuzzed
@given(documents)
def test_latex_is_read_or_refused(text):
    page_of(read_latex(Source("a.tex", text)))


@fuzzed
@given(documents)
def test_markdown_is_read_or_refused(text):
    page_of(read_markdown(Source("a.md", text)))


cells = st.one_of(documents, st.lists(documents, max_size=3), st.none(), st.integers())


@fuzzed
@given(st.one_of(st.lists(cells, max_size=3), st.text(max_size=40)), st.integers(0, 200))
def test_notebooks_are_read_or_refused(content, cut):
    made = [{"cell_type": "markdown", "metadata": {}, "source": source} for source in content]
    text = json.dumps({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": made})
    page_of(read_notebook(Source("a.ipynb", text[: len(text) - cut] if cut % 3 == 0 else text)))
