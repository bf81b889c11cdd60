"""What is printed of a tree is read again as the same tree."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symderiv.documents.markdown_files import read_markdown
from symderiv.documents.reading import displays_of
from symderiv.formulas.grammar import read_expression, read_relations
from symderiv.formulas.printing import printed
from symderiv.formulas.source import Source, Unread
from symderiv.formulas.tokens import formula_tokens
from tests.formulas.shown import shown
from tests.formulas.test_traps import READ

CORPUS = os.environ.get("SYMDERIV_CORPUS", "")


def again(text):
    source = Source("<printed>", text)
    return read_expression(source, formula_tokens(source))


@pytest.mark.parametrize("text", [text for text, _ in READ])
def test_traps_are_printed_as_they_are_read(text):
    for side in read_relations(Source("<test>", text)).sides:
        text = printed(side)
        assert shown(again(text)) == shown(side)


names = st.sampled_from(
    ["a", "x", "x'", r"\hat{x}_i", "x_{ij}", r"\sigma", r"\mathbf{A}", r"\mathrm{loss}", "1_n", "d"]
)
leaves = st.one_of(names, st.integers(0, 99).map(str), st.sampled_from(["0.25", r"\infty", r"\ldots"]))


PATTERNS = [
    "({} + {})",
    "({} - {})",
    "(-{})",
    "{} \\cdot ({})",
    r"\frac{{{}}}{{{}}}",
    r"({}/{})",
    r"({})^{{{}}}",
    r"\sqrt{{{}}}",
    r"\sqrt[3]{{{}}}",
    r"\ln\left({}\right)",
    r"\sin^2\left({}\right)",
    r"\log_2\left({}\right)",
    r"f({})",
    r"F^{{-1}}({})",
    r"p({} \mid {}, {})",
    r"E[{}]",
    r"\left(\sum_{{i=1}}^n {}\right)",
    r"\left(\prod_{{i \in S}} ({})\right)",
    r"\left(\max_x {}\right)",
    r"\left(\int_0^1 {} \, \mathrm{{d}}x\right)",
    r"\left(\frac{{\partial}}{{\partial x}} \left({}\right)\right)",
    r"\left(\nabla_x \left({}\right)\right)",
    r"\left|{}\right|",
    r"\left\|{}\right\|_2",
    r"\lfloor {} \rfloor",
    r"\langle {} \rangle_p",
    r"({})!",
    r"\binom{{{}}}{{{}}}",
    r"\left[{}\right]_0^1",
    r"({} \otimes {})",
    r"\left(E_{{x \sim P(x)}} ({})\right)",
    r"\begin{{pmatrix}} {} & {} \end{{pmatrix}}",
    r"\{{{}, {}\}}",
]
"""What grows from smaller formulas."""


@st.composite
def grown(draw, inner):
    pattern = draw(st.sampled_from(PATTERNS))
    return pattern.format(*(draw(inner) for _ in range(pattern.replace("{{", "").count("{"))))


formulas = st.recursive(leaves, grown, max_leaves=10)


@settings(max_examples=500)
@given(formulas)
def test_generated_formulas_are_printed_as_they_are_read(text):
    source = Source("<generated>", text)
    try:
        tree = read_expression(source, formula_tokens(source))
    except Unread:
        return
    assert shown(again(printed(tree))) == shown(tree)


@pytest.mark.skipif(not CORPUS, reason="SYMDERIV_CORPUS is not set")
def test_the_corpus_is_printed_as_it_is_read():
    wrong = []
    for path in sorted(Path(CORPUS).glob("statproofbook/*.md")):
        for display in displays_of(read_markdown(Source(path.name, path.read_text(encoding="utf-8")))):
            for row in display.rows:
                for side in (row.left, row.right):
                    if row.problem is None and side is not None and not _returns(printed(side)):
                        wrong.append((path.name, printed(side)))
    assert wrong == []


def _returns(text):
    try:
        return printed(again(text)) == text
    except Unread:
        return False


DOTS = re.compile(r"\\[lcd]?dots")
STRUCTURE = re.compile(
    r"\\(?:left|right|middle|[bB]igg?[lr]?|text|mathrm|operatorname|mathbb|mathcal|frac|dfrac|tfrac|cdot|times|limits|quad|qquad|begin|end"
    r"|substack|underbrace|overbrace|choose|binom|displaystyle|exp|max|min|log|ln|lim|int|iint|rightarrow|to|cup|bigcup|cap|bigcap|infty"
    r"|mid|vert|lvert|rvert|[lcdv]?dots|ddots|leq?|geq?|neq?|mathop|lbrace|rbrace|hphantom|sqrt|sum|prod)(?![A-Za-z])"
)


@pytest.mark.skipif(not CORPUS, reason="SYMDERIV_CORPUS is not set")
def test_no_name_and_no_sign_of_the_corpus_is_lost():
    """Greek letters, accents, capitals, digits and what stands between listed things are as many in the echo."""
    lost = []
    for path in sorted(Path(CORPUS).glob("statproofbook/*.md")):
        for display in displays_of(read_markdown(Source(path.name, path.read_text(encoding="utf-8")))):
            for row in display.rows:
                for side, text in zip((row.left, row.right), row.texts, strict=True):
                    if row.problem is None and side is not None and r"\underbrace" not in text:
                        said, echo = _kept(text.rstrip(" .;,\\")), _kept(printed(side))
                        # Dots between terms are read as a sum or product, which says its pattern once.
                        missing = set(said) - set(echo) if DOTS.search(text) else said - echo
                        lost += [(path.name, text, missing)] if missing else []
    assert lost == []


def _kept(text):
    shown = re.sub(r"\\[hv]?phantom\s*\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}", " ", text)
    single = shown.replace(r"\|", "||")
    bars = re.sub(r"\\(?:mid|vert|middle\||l?vert|rvert)(?![A-Za-z])|\\(?:left|right)\|", "|", single)
    plain = STRUCTURE.sub(" ", re.sub(r"\\[,;:! ]", " ", bars))
    words = re.findall(r"\\[A-Za-z]+|[A-Z]|\d+|[|;:<>]", plain)
    return Counter(words)
